"""Sentences of the command line, in each of its languages at once.

Code has a sentence in Chinese, whole and with names in braces. The catalogues in
`generator/locale/` have it in the other languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.language.speech import LANGUAGES, Speech, speech
from generator.model.figure import plain
from generator.model.finding import Text


def template(text: str) -> str:
    """The sentence itself, marked for the catalogues: somebody hands it to `sentence` later."""
    return text


def sentence(text: str, /, **values: object) -> Text:
    """The sentence in each language. A value that is a Text is put in in the same language."""
    return Text(*(say(text, **_in(say, values)) for say in _languages()))


def plural(text: str, count: int, /, **values: object) -> Text:
    """The sentence in the form that `count` asks for in each language."""
    return Text(*(say.plural(text, count, **_in(say, values)) for say in _languages()))


def listed(items: Iterable[Text | str]) -> Text:
    """The items as a list within a sentence, in each language."""
    texts = [as_text(item) for item in items]
    return Text(*(say.listed(item.say(say.key) for item in texts) for say in _languages()))


def joined(items: Iterable[Text | str], between: str) -> Text:
    """The items one behind the other, with the same mark between them in each language."""
    texts = [as_text(item) for item in items]
    return Text(*(between.join(item.say(say.key) for item in texts) for say in _languages()))


def as_text(item: Text | str) -> Text:
    """The item as a Text; what has no translation is the same in each language."""
    return item if isinstance(item, Text) else Text(item, item)


def _languages() -> Iterable[Speech]:
    return map(speech, LANGUAGES)


def _in(say: Speech, values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: _value(say, value) for name, value in values.items()}


def _value(say: Speech, value: object) -> object:
    match value:
        case Text():
            return value.say(say.key)
        case Decimal():
            return plain(value)
    return value
