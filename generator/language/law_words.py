"""The words of the law in another language, from the catalogue of that language.

The files of `generator/formats/` have Chinese only. What a loader expects in English beside a
Chinese text is put there from the catalogue, unless the file has it itself, as a form may that a
site brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.language.speech import ENGLISH, Speech, in_context, speech
from generator.model.source import Fields, Items, Node, Scalar

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
    """A file of the law with the English of its texts; `kind` is `form`, `concepts` or `rules`."""
    return _translated(node, kind, speech(ENGLISH))


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


def _translated(node: Node, kind: str, say: Speech) -> Node:
    if isinstance(node, Items) and kind == UNITS:
        return _units(node, say)
    if isinstance(node, Items):
        return Items(tuple(_translated(item, kind, say) for item in node.items), node.at)
    if isinstance(node, Scalar):
        return node
    pairs = [(key, _translated(value, _kind(kind, key.text), say)) for key, value in node.pairs]
    for key, text, english in _texts(node, kind):
        translation = say.translation(_key(kind, text))
        if translation and node.get(english) is None:
            pairs.append((Scalar(english, key.at), Scalar(translation, key.at, plain=False)))
    return Fields(tuple(pairs), node.at)


def _units(node: Items, say: Speech) -> Fields:
    """Each unit with the word for one, then that for several."""
    pairs: list[tuple[Scalar, Node]] = []
    for unit in node.items:
        if isinstance(unit, Scalar):
            words = say.forms(in_context(UNIT, unit.text))
            scalars = tuple(Scalar(word, unit.at, plain=False) for word in words)
            pairs.append((unit, Items(scalars, unit.at)))
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
