"""The words of the law in another language, from the catalogue of that language.

The files of `generator/formats/` have Chinese only. What a loader expects in other languages beside
a Chinese text is put there from their catalogues, unless the file has it itself, as a form may that
a site brings: in English under `gloss` or `note_en`, in another language under `gloss_fr` or
`note_fr`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.language.speech import ENGLISH, SOURCE, STYLES, in_context, speech
from generator.model.source import Fields, Items, Node, Scalar

OTHERS = tuple(language for language in STYLES if language != SOURCE)
# What the keys of the English begin with that end in its tag.
STEMS = ("zero_", "note_", "do_", "what_")
# The key that a mapping stands under → its keys with Chinese texts, and the keys of the English.
CHART = {"zh": "en"}
KEYS: Mapping[str, Mapping[str, str]] = {
    "form": {"title": "title_gloss"},
    "sections": {"title": "gloss"},
    "tables": {"label": "gloss"},
    "summary": {"zh": "en", "zero": "zero_en"},
    "blocks": {"title": "title_gloss", "corner": "corner_gloss", "note": "note_gloss"},
    "rows": {"label": "gloss"},
    "columns": {"label": "gloss"},
    "concept": {"label": "gloss"},
    "breaks": {"note": "note_en"},
    "charts": CHART,
    "series": CHART,
    "total": CHART,
    "opening": CHART,
    "incoming": CHART,
    "closed": CHART,
    "closing": CHART,
    "rule": {"zh": "en", "do_zh": "do_en", "what_zh": "what_en"},
}
# In which sense a word of the law is meant: a chart calls a figure otherwise than a form does.
CONTEXTS = {
    "charts": "chart",
    "series": "chart",
    "total": "chart",
    "opening": "chain",
    "incoming": "chain",
    "closed": "chain",
    "closing": "chain",
    "rule": "rule",
}
LAW = "law"
UNITS = "units"
UNIT = "unit"
# Mappings whose keys are ids: what stands under these is called so in KEYS.
BY_ID = {"concepts": "concept", "rules": "rule"}


def with_translations(node: Node, kind: str) -> Node:
    """A file of the law with its texts in every language.

    `kind` is `form`, `concepts` or `rules`.
    """
    return _translated(node, kind)


def key_in(english_key: str, language: str) -> str:
    """The key of a text in another language, by that of the English: `gloss_fr`, `note_fr`."""
    if language == ENGLISH:
        return english_key
    stem = english_key.removesuffix(ENGLISH)
    return f"{stem}{language}" if stem in {"", *STEMS} else f"{english_key}_{language}"


def keys_in(*english_keys: str) -> frozenset[str]:
    """The keys under which a file of the law may have these texts in other languages itself."""
    return frozenset(key_in(key, language) for key in english_keys for language in OTHERS)


def sentences(node: Node | None, kind: str) -> Iterator[tuple[str, bool]]:
    """The texts of a file of the law that a catalogue must have, with their contexts.

    Each with whether it has a plural, as the units have.
    """
    if isinstance(node, Items):
        for item in node.items:
            if kind == UNITS and isinstance(item, Scalar):
                yield in_context(UNIT, item.text), True
            yield from sentences(item, kind)
    elif isinstance(node, Fields):
        for _, text, english in _texts(node, kind):
            if node.get(english) is None:
                yield _key(kind, text), False
        for key, child in node.pairs:
            yield from sentences(child, _kind(kind, key.text))


def _translated(node: Node, kind: str) -> Node:
    if isinstance(node, Items) and kind == UNITS:
        return _units(node)
    if isinstance(node, Items):
        return Items(tuple(_translated(item, kind) for item in node.items), node.at)
    if isinstance(node, Scalar):
        return node
    pairs = [(key, _translated(value, _kind(kind, key.text))) for key, value in node.pairs]
    for key, text, english in _texts(node, kind):
        for language in OTHERS:
            translation = speech(language).translation(_key(kind, text))
            foreign_key = key_in(english, language)
            if translation and node.get(foreign_key) is None:
                scalar = Scalar(translation, key.at, plain=False)
                pairs.append((Scalar(foreign_key, key.at), scalar))
    return Fields(tuple(pairs), node.at)


def _units(node: Items) -> Fields:
    """Each unit with its word in every other language, in each form of the plural."""
    pairs: list[tuple[Scalar, Node]] = []
    for unit in node.items:
        if isinstance(unit, Scalar):
            by_language: list[tuple[Scalar, Node]] = []
            for language in OTHERS:
                words = speech(language).forms(in_context(UNIT, unit.text))
                scalars = tuple(Scalar(word, unit.at, plain=False) for word in words)
                by_language.append((Scalar(language, unit.at), Items(scalars, unit.at)))
            pairs.append((unit, Fields(tuple(by_language), unit.at)))
    return Fields(tuple(pairs), node.at)


def _texts(node: Fields, kind: str) -> Iterable[tuple[Scalar, str, str]]:
    """The Chinese texts of a mapping: their keys, the texts, the keys of the English."""
    keys = KEYS.get(kind, {})
    for key, value in node.pairs:
        if key.text in keys and isinstance(value, Scalar) and value.text:
            yield key, value.text, keys[key.text]


def _kind(kind: str, key: str) -> str:
    """What a mapping is that stands under a key, within one of a kind."""
    return BY_ID.get(kind, key)


def _key(kind: str, text: str) -> str:
    return in_context(CONTEXTS.get(kind, LAW), text)
