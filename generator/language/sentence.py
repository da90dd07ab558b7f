"""Sentences of the command line, in each of its languages at once.

Code has a sentence in Chinese, whole and with names in braces. The catalogues in
`generator/locale/` have it in the other languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from generator.language.speech import STYLES, Speech, speech
from generator.model.figure import plain
from generator.model.finding import Finding, Text

TAGS = tuple(STYLES)


def template(text: str) -> str:
    """The sentence itself, marked for the catalogues: somebody hands it to `sentence` later."""
    return text


def sentence(text: str, /, **values: object) -> Text:
    """The sentence in each language. A value that is a Text is put in in the same language."""
    return in_each(lambda say: say(text, **_in(say, values)))


def plural(text: str, count: int, /, **values: object) -> Text:
    """The sentence in the form that `count` asks for in each language."""
    return in_each(lambda say: say.plural(text, count, **_in(say, values)))


def listed(items: Iterable[Text | str]) -> Text:
    """The items as a list within a sentence, in each language."""
    texts = [as_text(item) for item in items]
    return in_each(lambda say: say.listed(item.say(say.language) for item in texts))


def joined(items: Iterable[Text | str], between: str) -> Text:
    """The items one behind the other, with the same mark between them in each language."""
    texts = [as_text(item) for item in items]
    return in_each(lambda say: between.join(item.say(say.language) for item in texts))


def plus(first: Text, second: Text) -> Text:
    """Two cells that are added."""
    return sentence("{first}＋{second}", first=first, second=second)


def both(first: Text, second: Text) -> Text:
    """Two things of which the same is said."""
    return sentence("{first}、{second}", first=first, second=second)


def whole_message(finding: Finding) -> Text:
    """The message of a finding, and how many more there are of the kind."""
    if not finding.further:
        return finding.message
    return sentence(
        "{message}……这个文件里同样的问题还有 {further} 处",
        message=finding.message,
        further=finding.further,
    )


def as_text(item: Text | str) -> Text:
    """The item as a Text; what has no translation is the same in each language."""
    return item if isinstance(item, Text) else Text((), (item,))


def in_each(saying: Callable[[Speech], str]) -> Text:
    """What a function says in each language."""
    return Text(TAGS, tuple(saying(speech(tag)) for tag in TAGS))


def _in(say: Speech, values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: _value(say, value) for name, value in values.items()}


def _value(say: Speech, value: object) -> object:
    match value:
        case Text():
            return value.say(say.language)
        case Decimal():
            return plain(value)
    return value
