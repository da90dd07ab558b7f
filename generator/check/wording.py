"""The words of a report's texts as readers see them: what the rules about wording look at."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.check.case import Case
from generator.language import prose
from generator.language.paragraphs import paragraphs
from generator.language.quantities import fold
from generator.model.finding import Finding, Severity, Text
from generator.model.report import SectionText

CLAUSE_END = re.compile(r"[，。；！？;!?\n]|,(?!\d)")
SENTENCE_END = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True)
class Wording:
    """A text of a report as it is read.

    `read` has a line for each paragraph, without marks and wraps, digits and letters half-width and
    look-alikes as the characters that are meant; `as_seen` is the same before that, character for
    character. `offsets` are the places in the source.
    """

    case: Case
    text: SectionText
    read: str
    as_seen: str
    offsets: Sequence[int]

    def finding(
        self,
        rule: str,
        start: int,
        message: Text,
        severity: Severity | None = None,
        advice: Text | None = None,
    ) -> Finding:
        """A finding about the words that start at a place of what is read."""
        place = self.text.place(self.offsets[start])
        return self.case.finding(rule, place, message, severity=severity, advice=advice)

    def clause(self, place: int) -> tuple[int, int]:
        """Where the part of a sentence around a place begins and ends."""
        return _around(_ends(CLAUSE_END, self.read), place, len(self.read))

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        return _around(_ends(SENTENCE_END, self.read), place, len(self.read))


def wordings(case: Case) -> Iterator[Wording]:
    """The texts of a report, as they are read."""
    for text in case.report.texts:
        read, as_seen, offsets = _seen(text.markdown)
        yield Wording(case, text, read, as_seen, offsets)


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def _seen(markdown: str) -> tuple[str, str, Sequence[int]]:
    """The paragraphs of a text, folded and as they are, and where each character stands in it."""
    pieces: list[str] = []
    offsets: list[int] = []
    for paragraph in paragraphs(prose.without_code(markdown)):
        pieces.append(paragraph.words)
        offsets.extend(paragraph.offsets)
        pieces.append("\n")
        offsets.append(offsets[-1] if offsets else 0)
    as_seen = "".join(pieces)
    return fold(as_seen), as_seen, offsets


@lru_cache(maxsize=32)
def _ends(pattern: re.Pattern[str], read: str) -> Sequence[tuple[int, int]]:
    return [mark.span() for mark in pattern.finditer(read)]


def _around(ends: Sequence[tuple[int, int]], place: int, length: int) -> tuple[int, int]:
    following = bisect(ends, (place, place))
    start = ends[following - 1][1] if following else 0
    end = ends[following][0] if following < len(ends) else length
    return start, end


@cache
def any_of(choices: tuple[str, ...]) -> re.Pattern[str]:
    """One of some words; nothing where there are none."""
    return re.compile(alternatives(choices) or r"(?!)", re.IGNORECASE)


@cache
def alternatives(choices: tuple[str, ...]) -> str:
    """One of some words, the longest first, as part of a pattern.

    What begins or ends in Latin letters is a word of its own there.
    """
    return "|".join(_bounded(word) for word in sorted(choices, key=len, reverse=True))


@cache
def beginning(choices: tuple[str, ...]) -> str:
    """What some words begin with, as a pattern that says quickly where none can stand."""
    first = {case for word in choices for case in (word[0].lower(), word[0].upper())}
    return f"(?=[{''.join(map(re.escape, sorted(first)))}])"


def _bounded(word: str) -> str:
    escaped = re.escape(word)
    front = "(?<![A-Za-z0-9])" if word[:1].isascii() and word[:1].isalnum() else ""
    behind = "(?![A-Za-z0-9])" if word[-1:].isascii() and word[-1:].isalpha() else ""
    return f"{front}{escaped}{behind}"


def at_home(read: str, match: re.Match[str], phrases: tuple[str, ...]) -> bool:
    """Whether what was found stands in a longer phrase that is innocent."""
    word = match[0]
    for phrase in phrases:
        if len(phrase) > len(word):
            starts = (match.start() - offset for offset in places(phrase, word))
            if any(read.startswith(phrase, start) for start in starts if start >= 0):
                return True
    return False


def places(read: str, word: str) -> Iterator[int]:
    """Where a word stands."""
    place = read.find(word)
    while place >= 0:
        yield place
        place = read.find(word, place + len(word))
