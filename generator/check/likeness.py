"""Y-06, Y-07, Y-12: a section nearly the same as last year's, or as another body's for the same
year; a whole report that says again what it said last year.

What the site's editors rewrote is left out: those are not the body's words.

Texts are compared by their runs of four characters (shingles), without numbers and the body's own
names. Comparing each with each would cost the square of their number, so texts are first put into
buckets by the smallest hashes of their shingles, three at a time (MinHash with one permutation, in
bands). Two texts of likeness 0.9 share a bucket all but certainly, unlike ones hardly ever, and
only those that share one are compared. Of each text only a few smallest hashes are kept, so that
memory is bounded, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise

from generator.check.case import Case, about, title_place
from generator.language import amounts
from generator.language.glosses import agency_name
from generator.language.likeness import likeness, shingles
from generator.language.sentence import sentence
from generator.model.finding import Finding
from generator.model.report import Report, SectionText
from generator.model.site import Site
from generator.model.source import Remembered
from generator.model.stranger import read_json
from generator.model.transcription import Wording

# A text that is the same as last year's to the letter is reported from this length on.
WORD_FOR_WORD = 20
BANDS = 12
ROWS = 3
BINS = BANDS * ROWS
LARGEST = 0xFFFFFFFF
# The slug of a body, the year and the section's id.
Key = tuple[str, int, str]
# The year, the section's id, the number of the band and its hashes.
Bucket = tuple[int, str, int, tuple[int, ...]]
# How many shingles a text has, and the smallest of them in each bin.
Sketch = tuple[int, tuple[int, ...]]


def check(case: Case) -> Iterator[Finding]:
    """Y-06, Y-12: what the same body wrote a year ago, by sections and as a whole."""
    prior = case.prior
    if prior is None or prior.wording is Wording.REWRITTEN:
        return
    yield from _sections_again(case, prior)
    if not case.rule("Y-12").off:
        yield from _report_again(case, prior)


def _report_again(case: Case, prior: Report) -> Iterator[Finding]:
    """Y-12: all sections together."""
    names = _names(case.site, case.report.agency)
    new_runs, old_runs = (_all_runs(report, names) for report in (case.report, prior))
    rule = case.rule("Y-12")
    alike = likeness(new_runs, old_runs)
    if min(len(new_runs), len(old_runs)) < rule.number("least") or alike <= rule.number("alike"):
        return
    message = sentence(
        "全文与 {year} 年度的报告有 {share} 相同", year=prior.year, share=amounts.share(alike)
    )
    yield case.finding("Y-12", title_place(next(_texts(case.report))), message)


def _all_runs(report: Report, names: tuple[str, ...]) -> frozenset[int]:
    """The runs of four characters of all sections together."""
    runs: frozenset[int] = frozenset()
    for text in _texts(report):
        runs |= shingles(text.markdown, names)
    return runs


def _sections_again(case: Case, prior: Report) -> Iterator[Finding]:
    """Y-06: each section by itself."""
    rule = case.rule("Y-06")
    names = _names(case.site, case.report.agency)
    for text in _texts(case.report):
        earlier = prior.sections.get(text.id)
        if earlier is None:
            continue
        new_runs = shingles(text.markdown, names)
        old_runs = shingles(earlier.markdown, names)
        alike = likeness(new_runs, old_runs)
        least = rule.number("least") if alike < 1 else WORD_FOR_WORD
        shorter = min(len(new_runs), len(old_runs))
        if shorter >= least and alike >= rule.number("alike"):
            message = sentence(
                "“{title}”与 {year} 年度的文字有 {share} 相同",
                title=text.title,
                year=prior.year,
                share=amounts.share(alike),
            )
            yield case.finding("Y-06", title_place(text), message)


def check_peers(site: Site, memory: Remembered) -> Iterator[Finding]:
    """Y-07: sections that another body wrote for the same year."""
    for key, (alike, peer) in _nearest(site, memory).items():
        slug, year, section = key
        report = site.reports[slug, year]
        text = report.sections[section]
        message = sentence(
            "“{title}”与{body}同年的文字有 {share} 相同",
            title=text.title,
            body=agency_name(site.agencies[peer[0]]),
            share=amounts.share(alike),
        )
        yield about(site.law, report, "Y-07", title_place(text), message)


def _nearest(site: Site, memory: Remembered) -> Mapping[Key, tuple[float, Key]]:
    """Each text that is nearly another body's: how much, and which is most like it."""
    least = site.law.threshold("Y-07", "alike")
    nearest: dict[Key, tuple[float, Key]] = {}
    for keys in _buckets(site, memory).values():
        for first, second in _pairs(keys):
            if first in nearest and second in nearest:
                continue
            alike = likeness(_runs(site, first), _runs(site, second))
            for key, peer in ((first, second), (second, first)):
                best = nearest[key][0] if key in nearest else 0.0
                if alike >= least and alike > best:
                    nearest[key] = (alike, peer)
    return nearest


def _buckets(site: Site, memory: Remembered) -> Mapping[Bucket, list[Key]]:
    """The texts of all reports in buckets; what shares one may be alike."""
    least = site.law.threshold("Y-07", "least")
    buckets: dict[Bucket, list[Key]] = {}
    for report in site.reports.values():
        for section, (count, smallest) in _sketches(site, report, memory).items():
            if count < least:
                continue
            key = (report.agency, report.year, section)
            for band in range(BANDS):
                hashes = smallest[band * ROWS : (band + 1) * ROWS]
                buckets.setdefault((report.year, section, band, hashes), []).append(key)
    return buckets


def _texts(report: Report) -> Iterator[SectionText]:
    """The sections that are words in the body's own wording, not a table."""
    if report.wording is not Wording.VERBATIM:
        return
    for section in report.format.sections:
        if not section.table and section.id in report.sections:
            yield report.sections[section.id]


def _names(site: Site, slug: str) -> tuple[str, ...]:
    return tuple(span.value for span in site.agencies[slug].names)


def _runs(site: Site, key: Key) -> frozenset[int]:
    slug, year, section = key
    text = site.reports[slug, year].sections[section]
    return shingles(text.markdown, _names(site, slug))


def _sketches(site: Site, report: Report, memory: Remembered) -> Mapping[str, Sketch]:
    """Section → sketch, remembered for an unchanged report."""
    names = _names(site, report.agency)
    if not report.key:
        return _sketched(report, names)
    name = f"{report.agency}/{report.year}"
    key = "\n".join((report.key, *names))
    packed = memory.recall("likeness", name, key)
    if packed is not None:
        with suppress(ValueError, TypeError):  # damaged: look again
            return _unpacked(packed)
    sketches = _sketched(report, names)
    memory.keep("likeness", name, key, json.dumps(sketches, separators=(",", ":")))
    return sketches


def _unpacked(packed: str) -> Mapping[str, Sketch]:
    sketches = read_json(packed).items()
    return {section: (count, tuple(smallest)) for section, (count, smallest) in sketches}


def _sketched(report: Report, names: tuple[str, ...]) -> Mapping[str, Sketch]:
    return {text.id: _sketch(shingles(text.markdown, names)) for text in _texts(report)}


def _sketch(runs: frozenset[int]) -> Sketch:
    smallest = [LARGEST] * BINS
    for run in runs:
        number = run % BINS
        smallest[number] = min(smallest[number], run)
    return len(runs), tuple(smallest)


def _pairs(keys: list[Key]) -> Iterator[tuple[Key, Key]]:
    """Each text with the first and with the one before it in its bucket.

    So a thousand copies of one text are not a million pairs.
    """
    yield from pairwise(keys)
    for key in keys[2:]:
        yield keys[0], key
