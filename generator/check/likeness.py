"""Y-06, Y-07: a section nearly the same as last year's, or as another body's for the same year. What editors rewrote is no body's text.

Texts are compared by their runs of four characters (shingles), numbers and the body's own names left out. Comparing each with each
would cost the square of their number, so texts are first put into buckets by the smallest hashes of their shingles, three at a time
(MinHash with one permutation, in bands): two texts of likeness 0.9 share a bucket all but certainly, unlike ones hardly ever, and only
those that share one are compared. Of each text only its few smallest hashes are held, so memory is bounded, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise

from generator.check.case import Case
from generator.language.glosses import glossed_agency
from generator.language.likeness import likeness, shingles
from generator.model.finding import Finding, Location
from generator.model.report import Report, SectionText
from generator.model.site import Site
from generator.model.source import Remembered
from generator.model.transcription import Wording

# A text that is last year's to the letter is one from this length on.
WORD_FOR_WORD = 20
BANDS, ROWS = 12, 3
BINS = BANDS * ROWS
Key = tuple[str, int, str]
# How many shingles a text has, and the smallest of them in each bin.
Sketch = tuple[int, tuple[int, ...]]


def check(case: Case) -> Iterator[Finding]:
    """Y-06: sections that the same body wrote a year ago."""
    prior, law = case.prior, case.site.law
    if prior is None or prior.wording is Wording.REWRITTEN:
        return
    names = _names(case.site, case.report.agency)
    for text in _texts(case.report):
        before = prior.sections.get(text.id)
        if before is None:
            continue
        now, then = shingles(text.markdown, names), shingles(before.markdown, names)
        alike = likeness(now, then)
        least = law.threshold("Y-06", "least") if alike < 1 else WORD_FOR_WORD
        if min(len(now), len(then)) >= least and alike >= law.threshold("Y-06", "alike"):
            zh = f"“{text.title}”与 {prior.year} 年度的文字有 {alike:.0%} 相同"
            yield case.found("Y-06", _title(text), zh, f"{alike:.0%} of the text is that of {prior.year}")


def check_peers(site: Site, memory: Remembered) -> Iterator[Finding]:
    """Y-07: sections that another body wrote for the same year."""
    least, alike = site.law.threshold("Y-07", "least"), site.law.threshold("Y-07", "alike")
    buckets: dict[tuple[int, str, int, tuple[int, ...]], list[Key]] = {}
    for report in site.reports.values():
        for section, (count, smallest) in _sketches(site, report, memory).items():
            for band in range(BANDS) if count >= least else ():
                part = smallest[band * ROWS : (band + 1) * ROWS]
                buckets.setdefault((report.year, section, band, part), []).append((report.agency, report.year, section))
    nearest: dict[Key, tuple[float, Key]] = {}
    for keys in buckets.values():
        for one, other in _pairs(keys):
            if one not in nearest or other not in nearest:
                share = likeness(_runs(site, one), _runs(site, other))
                for mine, theirs in ((one, other), (other, one)):
                    if share >= alike and share > nearest.get(mine, (0.0, mine))[0]:
                        nearest[mine] = (share, theirs)
    for (slug, year, section), (share, (other_slug, _, _)) in nearest.items():
        report = site.reports[slug, year]
        text, body = report.sections[section], site.agencies[other_slug]
        zh = f"“{text.title}”与“{body.name}”同年的文字有 {share:.0%} 相同"
        en = f"{share:.0%} of the text is that of {glossed_agency(body)} for the same year"
        yield site.law.finding("Y-07", _title(text), zh, en, agency=slug, year=year, form=report.format.id)


def _texts(report: Report) -> Iterator[SectionText]:
    """The sections that are words, not a table."""
    for section in report.format.sections:
        if not section.table and section.id in report.sections and report.wording is Wording.VERBATIM:
            yield report.sections[section.id]


def _title(text: SectionText) -> Location:
    return Location(text.at.path, max(text.at.line - 1, 1))


def _names(site: Site, slug: str) -> tuple[str, ...]:
    return tuple(span.value for span in site.agencies[slug].names)


def _runs(site: Site, key: Key) -> frozenset[int]:
    return shingles(site.reports[key[0], key[1]].sections[key[2]].markdown, _names(site, key[0]))


def _sketches(site: Site, report: Report, memory: Remembered) -> Mapping[str, Sketch]:
    """Section → sketch, remembered for an unchanged report."""
    name, names = f"{report.agency}/{report.year}", _names(site, report.agency)
    key = "\n".join((report.key, *names))
    packed = memory.recall("likeness", name, key) if report.key else None
    if packed is not None:
        with suppress(ValueError, TypeError):
            return {section: (count, tuple(smallest)) for section, (count, smallest) in json.loads(packed).items()}
    made = {text.id: _sketch(shingles(text.markdown, names)) for text in _texts(report)}
    if report.key:
        memory.keep("likeness", name, key, json.dumps(made, separators=(",", ":")))
    return made


def _sketch(runs: frozenset[int]) -> Sketch:
    smallest = [0xFFFFFFFF] * BINS
    for run in runs:
        place = run % BINS
        smallest[place] = min(smallest[place], run)
    return len(runs), tuple(smallest)


def _pairs(keys: list[Key]) -> Iterator[tuple[Key, Key]]:
    """Each text with the first and with the one before it in its bucket: a thousand copies of one text are not a million pairs."""
    yield from pairwise(keys)
    yield from ((keys[0], other) for other in keys[2:])
