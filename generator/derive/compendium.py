"""The compendium: all reports of a year in one PDF, and those of each level of government.

It is in the language of the statute, as everything printed is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language.speech import SOURCE, Speech, speech
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site
from generator.model.view import CompendiumPage

# Reports in a volume. A report brings its own fonts, a quarter of a megabyte: a volume has 13 MB
# and is bound in 250 MB of memory. A corrected report binds one volume anew, not the whole year.
VOLUME = 50


@dataclass(frozen=True)
class Volume:
    """One PDF of several reports.

    `level` is empty where it holds those of all levels; `number` counts from 1 to `volumes`.
    """

    year: int
    level: str
    number: int
    volumes: int
    reports: tuple[Report, ...]

    @property
    def path(self) -> str:
        """The path of the PDF."""
        return paths.compendium(self.year, self.level, self.number)


def volumes(site: Site, year: int) -> Iterator[Volume]:
    """The volumes of a year that has several reports.

    Where several levels have several reports, the volumes of each such level follow.
    """
    reports = site.by_year[year]
    if len(reports) > 1:
        yield from _split(year, "", reports)
    by_level: dict[str, list[Report]] = {}
    for level in words.levels(speech(SOURCE)):
        group = [report for report in reports if site.agencies[report.agency].level == level]
        if len(group) > 1:
            by_level[level] = group
    if len(by_level) > 1:
        for level, group in by_level.items():
            yield from _split(year, level, group)


def _split(year: int, level: str, reports: Sequence[Report]) -> Iterator[Volume]:
    starts = range(0, len(reports), VOLUME)
    for number, start in enumerate(starts, 1):
        section = tuple(reports[start : start + VOLUME])
        yield Volume(year, level, number, len(starts), section)


def downloads(site: Site, year: int) -> Iterator[Download]:
    """The volumes of a year as files to download; none where no PDFs are made."""
    if not site.pdf:
        return
    say = speech(site.settings.language)
    for volume in volumes(site, year):
        name = say("{year} 年度合订本", year=year)
        if volume.level:
            name += say("（{level}）", level=_level_name(volume, say))
        if volume.volumes > 1:
            name = say.spaced(name, say("第 {number} 册", number=volume.number))
        note = say.plural("PDF，{count} 份报告", len(volume.reports))
        yield Download(name, volume.path, note)


def _level_name(volume: Volume, say: Speech) -> str:
    """The level of government of a volume; empty where it holds all levels."""
    return words.levels(say)[volume.level] if volume.level else ""


def _position(volume: Volume, say: Speech) -> str:
    """Which of several volumes it is; empty where there is only one."""
    if volume.volumes == 1:
        return ""
    return say("第 {number} 册，共 {volumes} 册", number=volume.number, volumes=volume.volumes)


def compendium_page(site: Site, volume: Volume) -> CompendiumPage:
    """The cover and contents of a volume. It has no date: the same reports make the same bytes."""
    say = speech(site.settings.language)
    title = say("{year} 年度政府信息公开工作年度报告合订本", year=volume.year)
    count = say.plural("收录 {count} 份报告", len(volume.reports))
    lines = [_level_name(volume, say), _position(volume, say), count, site.settings.title]
    entries = []
    for report in volume.reports:
        agency = site.agencies[report.agency]
        entries.append((agency.name_in(report.year), words.title(agency, report)))
    years = [report.year for report in volume.reports]
    cover = frame(site, volume.path, title, count, years=years)
    return CompendiumPage(cover, title, tuple(filter(None, lines)), tuple(entries))
