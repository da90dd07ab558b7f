"""Values of a file of the law (`formats/`), or a FormatDefect with the place of the mistake.

The files come from the package and from a site's own folder. The reader is therefore strict: an
unknown key, a value of the wrong kind and a missing key are refused with their place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from generator.language import labels
from generator.language.law_words import key_in
from generator.language.sentence import listed, sentence
from generator.language.speech import ENGLISH, SOURCE, STYLES
from generator.model.figure import Number
from generator.model.finding import Location, Text
from generator.model.source import Fields, Items, Node, Scalar

Choice = TypeVar("Choice", bound=StrEnum)
NOWHERE = Location("")


class FormatDefect(Exception):
    """A file of the law contradicts itself or another one: where, and what, in every language."""

    def __init__(self, at: Location, text: Text) -> None:
        super().__init__(f"{at}: {text.say(ENGLISH)}")
        self.at = at
        self.text = text


@dataclass(frozen=True)
class Row:
    """A mapping: its values by key, and where it stands."""

    at: Location
    values: Mapping[str, Node]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def place(self, key: str) -> Location:
        """Where the value of a key stands; where the mapping stands if the key is left out."""
        return self.values[key].at if key in self.values else self.at

    def defect(self, key: str, mistake: Text) -> FormatDefect:
        """A defect of the value of a key, for the caller to raise."""
        return FormatDefect(self.place(key), sentence("“{key}”{mistake}", key=key, mistake=mistake))

    def text(self, key: str) -> str:
        """A text; empty where it is left out."""
        node = self.values.get(key)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            raise self.defect(key, sentence("应是一行文字"))
        return node.text

    def in_languages(self, english_key: str, source: str = "") -> Text:
        """A text in every language that it is there in, by the key of the English.

        `source` is the Chinese; a gloss has none.
        """
        texts = {SOURCE: source}
        for language in STYLES:
            translation = "" if language == SOURCE else self.text(key_in(english_key, language))
            if translation:
                texts[language] = translation
        return Text(tuple(texts), tuple(texts.values()))

    def required(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if not value.strip():
            raise self.defect(key, sentence("不能不写"))
        return value

    def identifier(self, key: str) -> str:
        """An id: lower-case letters, digits and `_`, because ids become parts of addresses."""
        value = self.required(key)
        plain = value.replace("_", "")
        if not (plain.isascii() and plain.isalnum() and value == value.lower()):
            message = sentence("是“{value}”，只能用小写字母、数字和下划线", value=value)
            raise self.defect(key, message)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none where it is left out."""
        return tuple(self._scalar(key, item) for item in self.items(key))

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list; none where it is left out."""
        node = self.values.get(key)
        if node is None:
            return ()
        if not isinstance(node, Items):
            raise self.defect(key, sentence("应是一个列表"))
        return node.items

    def flag(self, key: str, *, default: bool = False) -> bool:
        """`true` or `false`; `default` where it is left out."""
        value = self.text(key)
        if value not in {"", "true", "false"}:
            raise self.defect(key, sentence("只能是 true 或 false"))
        return value == "true" if value else default

    def number(self, key: str) -> Number:
        """A number that must be there."""
        value = self.required(key)
        try:
            return Decimal(value) if "." in value else int(value)
        except (InvalidOperation, ValueError):
            raise self.defect(key, sentence("应是一个数，这里是“{value}”", value=value)) from None

    def year(self, key: str) -> int:
        """A year that must be there."""
        value = self.number(key)
        if not isinstance(value, int) or not 1900 <= value <= 2200:
            raise self.defect(key, sentence("应是年份，这里是“{value}”", value=value))
        return value

    def choice(self, key: str, options: type[Choice]) -> Choice:
        """One of the words of an enumeration, which must be there."""
        value = self.required(key)
        possible = [option.value for option in options]
        if value not in possible:
            choices = listed(possible)
            message = sentence("不能是“{value}”，可用：{choices}", value=value, choices=choices)
            raise self.defect(key, message)
        return options(value)

    def row(self, key: str, keys: Collection[str]) -> Row:
        """A mapping with some of these keys, which must be there."""
        if key not in self:
            raise self.defect(key, sentence("不能不写"))
        return row(self.values[key], keys)

    def rows(self, key: str, keys: Collection[str]) -> Iterator[Row]:
        """The mappings of a list; none where it is left out."""
        for item in self.items(key):
            yield row(item, keys)

    def entries(self, key: str) -> Row:
        """A mapping whose keys are free; an empty one where it is left out."""
        return row(self.values[key], None) if key in self else Row(self.at, {})

    def limited(self, keys: Collection[str]) -> Row:
        """The same mapping; a key that is none of these is refused."""
        for key, node in self.values.items():
            if key not in keys:
                raise _unknown_key(Scalar(key, node.at), keys)
        return self

    def _scalar(self, key: str, node: Node) -> str:
        if not isinstance(node, Scalar):
            message = sentence("“{key}”的每一项应是一行文字", key=key)
            raise FormatDefect(node.at, message)
        return node.text


def row(node: Node | None, keys: Collection[str] | None) -> Row:
    """A mapping without a key twice, and with none but these keys; None lets any key pass."""
    if not isinstance(node, Fields):
        place = node.at if node else NOWHERE
        raise FormatDefect(place, sentence("这里应写成“名称: 内容”"))
    values: dict[str, Node] = {}
    for key, value in node.pairs:
        if key.text in values:
            raise FormatDefect(key.at, sentence("“{key}”写了两次", key=key.text))
        if keys is not None and key.text not in keys:
            raise _unknown_key(key, keys)
        values[key.text] = value
    return Row(node.at, values)


def _unknown_key(key: Scalar, keys: Collection[str]) -> FormatDefect:
    near = labels.nearest(key.text, sorted(keys))
    if near:
        message = sentence("这里没有“{key}”这一项，是不是“{near}”？", key=key.text, near=near)
    else:
        message = sentence("这里没有“{key}”这一项", key=key.text)
    return FormatDefect(key.at, message)
