"""Y-06, Y-07: a section nearly the same as last year's, or as another body's for the same year.

Texts are compared by their runs of four characters (shingles), numbers and the body's own names left out. Comparing each with each
would cost the square of their number, so texts are first put into buckets by the smallest hashes of their shingles, three at a time
(MinHash with one permutation, in bands): two texts of likeness 0.9 share a bucket all but certainly, unlike ones hardly ever, and only
those that share one are compared.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

from generator.language.quantities import fold
from generator.model.finding import Finding, Location
from generator.model.report import SectionText, Site

SHINGLE = 4
BANDS, ROWS = 12, 3
BINS = BANDS * ROWS
NOT_WORDS = re.compile(r"[\W\d_]+")
Key = tuple[str, int, str]


def shingles(text: str, names: Iterable[str]) -> frozenset[int]:
    """The runs of four characters of a text as hashes, without numbers, marks and the names given."""
    words = NOT_WORDS.sub("", fold(text))
    for name in names:
        words = words.replace(name, "")
    data = words.encode("utf-32-le")
    return frozenset(crc32(data[at : at + 4 * SHINGLE]) for at in range(0, len(data) - 4 * SHINGLE + 1, 4))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of runs that two texts have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def check(site: Site) -> Iterator[Finding]:
    """Sections that were written before: by the same body a year ago, by another for the same year."""
    texts = dict(_texts(site))
    held: dict[Key, frozenset[int]] = {key: shingles(text.markdown, _names(site, key[0])) for key, text in texts.items()}
    for key, runs in held.items():
        slug, year, section = key
        before = held.get((slug, year - 1, section))
        if before is None or min(len(runs), len(before)) < site.law.threshold("Y-06", "least"):
            continue
        alike = likeness(runs, before)
        if alike >= site.law.threshold("Y-06", "alike"):
            zh = f"“{texts[key].title}”与 {year - 1} 年度的文字有 {alike:.0%} 相同"
            yield _found(site, "Y-06", key, texts[key], zh, f"{alike:.0%} of the text is that of {year - 1}")
    yield from _peers(site, texts, held)


def _texts(site: Site) -> Iterator[tuple[Key, SectionText]]:
    for (slug, year), report in site.reports.items():
        for section in report.format.sections:
            if not section.table and section.id in report.sections:
                yield (slug, year, section.id), report.sections[section.id]


def _names(site: Site, slug: str) -> tuple[str, ...]:
    return tuple(span.value for span in site.agencies[slug].names)


def _peers(site: Site, texts: dict[Key, SectionText], held: dict[Key, frozenset[int]]) -> Iterator[Finding]:
    least, alike = site.law.threshold("Y-07", "least"), site.law.threshold("Y-07", "alike")
    buckets: dict[tuple[int, str, int, bytes], list[Key]] = {}
    for key, runs in held.items():
        if len(runs) >= least:
            signature = _signature(runs)
            for band in range(BANDS):
                part = signature[band * ROWS : (band + 1) * ROWS].tobytes()
                buckets.setdefault((key[1], key[2], band, part), []).append(key)
    nearest: dict[Key, tuple[float, Key]] = {}
    for keys in buckets.values():
        for one, other in _pairs(keys):
            if one not in nearest or other not in nearest:
                share = likeness(held[one], held[other])
                for mine, theirs in ((one, other), (other, one)):
                    if share >= alike and share > nearest.get(mine, (0.0, mine))[0]:
                        nearest[mine] = (share, theirs)
    for key, (share, (slug, _, _)) in nearest.items():
        name = site.agencies[slug].name
        zh = f"“{texts[key].title}”与“{name}”同年的文字有 {share:.0%} 相同"
        yield _found(site, "Y-07", key, texts[key], zh, f"{share:.0%} of the text is that of “{name}” for the same year")


def _pairs(keys: list[Key]) -> Iterator[tuple[Key, Key]]:
    """Each text with the first and with the one before it in its bucket: a thousand copies of one text are not a million pairs."""
    yield from pairwise(keys)
    yield from ((keys[0], other) for other in keys[2:])


def _signature(runs: frozenset[int]) -> array[int]:
    """The smallest hash in each of so many bins."""
    smallest = [0xFFFFFFFF] * BINS
    for run in runs:
        place = run % BINS
        smallest[place] = min(smallest[place], run)
    return array("L", smallest)


def _found(site: Site, rule: str, key: Key, text: SectionText, zh: str, en: str) -> Finding:
    at = Location(text.at.path, max(text.at.line - 1, 1))
    return site.law.finding(rule, at, zh, en, agency=key[0], year=key[1], form=site.reports[key[0], key[1]].format.id)
