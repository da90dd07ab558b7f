"""The compendium: all reports of a year in one PDF, and of each level of government. In the language of the statute, as all paper is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language.speech import SOURCE, speech
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site
from generator.model.view import CompendiumPage

# Reports in a volume. A report brings its own fonts, a quarter of a megabyte: a volume has 13 MB and is bound in 250 MB of memory,
# and a corrected report binds one volume anew, not the whole year.
VOLUME = 50


@dataclass(frozen=True)
class Volume:
    """One PDF of several reports. `level` is empty where it holds those of all levels; `number` counts from 1 to `volumes`."""

    year: int
    level: str
    number: int
    volumes: int
    reports: tuple[Report, ...]

    @property
    def path(self) -> str:
        """Where it is."""
        return paths.compendium(self.year, self.level, self.number)


def volumes(site: Site, year: int) -> Iterator[Volume]:
    """The volumes of a year with more than one report, and of each of its levels where more than one level has several."""
    reports = site.by_year[year]
    levels = {level: [one for one in reports if site.agencies[one.agency].level == level] for level in words.levels(speech(SOURCE))}
    several = {level: those for level, those in levels.items() if len(those) > 1}
    if len(reports) > 1:
        yield from _split(year, "", reports)
    if len(several) > 1:
        for level, those in several.items():
            yield from _split(year, level, those)


def _split(year: int, level: str, reports: Sequence[Report]) -> Iterator[Volume]:
    parts = [tuple(reports[start : start + VOLUME]) for start in range(0, len(reports), VOLUME)]
    for number, part in enumerate(parts, 1):
        yield Volume(year, level, number, len(parts), part)


def downloads(site: Site, year: int) -> Iterator[Download]:
    """The volumes of a year as files to take away, where PDFs are made."""
    say = speech(site.settings.language)
    for volume in volumes(site, year) if site.pdf else ():
        name = say("{year} 年度合订本", year=year)
        level = say("（{level}）", level=words.levels(say)[volume.level]) if volume.level else ""
        part = say("第 {number} 册", number=volume.number) if volume.volumes > 1 else ""
        note = say.plural("PDF，{count} 份报告", len(volume.reports))
        yield Download(say.spaced(f"{name}{level}", part), volume.path, note)


def compendium_page(site: Site, volume: Volume) -> CompendiumPage:
    """The cover and contents of a volume. It bears no date: the same reports make the same bytes."""
    say = speech(site.settings.language)
    title = say("{year} 年度政府信息公开工作年度报告合订本", year=volume.year)
    count = say.plural("收录 {count} 份报告", len(volume.reports))
    lines = (
        words.levels(say)[volume.level] if volume.level else "",
        say("第 {number} 册，共 {volumes} 册", number=volume.number, volumes=volume.volumes) if volume.volumes > 1 else "",
        count,
        site.settings.title,
    )
    entries = tuple((site.agencies[one.agency].name_in(one.year), words.title(site.agencies[one.agency], one)) for one in volume.reports)
    return CompendiumPage(frame(site, volume.path, title, count, reports=volume.reports), title, tuple(filter(None, lines)), entries)
