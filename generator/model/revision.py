"""What changed between two texts, paragraph by paragraph, as plain words.

No markup of the texts is left in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """Whether words were kept, removed or added."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph that share one fate."""

    fate: Fate
    text: str


@dataclass(frozen=True)
class Passage:
    """Paragraphs that follow each other: several that were kept, or one with changes.

    Each is in pieces.
    """

    kept: bool
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class RevisedSection:
    """What became of one section of a narrative. `said` says how much of the text stayed."""

    id: str
    heading: str
    said: str
    passages: tuple[Passage, ...]
    gloss: str = ""
