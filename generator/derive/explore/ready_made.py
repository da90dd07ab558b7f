"""The ready-made comparisons: bodies of one level and kind, so many as a page can hold, each figure of the headline over the years.

Bodies stand in the order of the directory, never in that of their figures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.derive import directory, paths, words
from generator.derive.contested import Contested, contradiction
from generator.derive.explore.words import caveats, figure_name, marks, row_of
from generator.derive.frame import frame
from generator.derive.years import series
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.comparison import Comparability, Mark
from generator.model.explore import (
    Catalogue,
    FigureEntry,
    GroupCell,
    GroupEra,
    GroupPage,
    GroupRow,
    GroupTable,
    GroupYear,
    Way,
)
from generator.model.figure import Number, State, plain, typeset
from generator.model.frame import Link
from generator.model.overlap import addends
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site

# Bodies on a page. A hundred with seven years of five figures are some 300 KB, 25 KB packed (docs/decisions/0023).
PART = 100


@dataclass(frozen=True)
class Group:
    """A part of the bodies of one level and kind: which of how many, and the slugs in the order of the directory."""

    level: str
    kind: str
    part: int
    parts: int
    slugs: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where its page is."""
        return paths.explore_group(self.level, self.kind, self.part)


def groups(site: Site) -> tuple[Group, ...]:
    """Every body that has a report once, by level and kind as they are always listed."""
    say = speech(site.settings.language)
    held: dict[tuple[str, str], list[str]] = {(level, kind): [] for level in words.levels(say) for kind in words.kinds(say)}
    for slug in directory.order(site):
        held[site.agencies[slug].level, site.agencies[slug].kind].append(slug)
    found = []
    for (level, kind), slugs in held.items():
        cut = [tuple(slugs[start : start + PART]) for start in range(0, len(slugs), PART)]
        found += [Group(level, kind, number, len(cut), some) for number, some in enumerate(cut, 1)]
    return tuple(found)


def title(say: Speech, group: Group) -> str:
    """What a group is called."""
    return say("{level}：{kind}", level=words.levels(say)[group.level], kind=words.kinds(say)[group.kind])


def to_group(site: Site, group: Group) -> Link:
    """The way to a group, or to a part of a large one, which is told by its first and last body."""
    say = speech(site.settings.language)
    count = say.plural("{count} 个机关", len(group.slugs))
    if group.parts == 1:
        return Link(title(say, group), group.path, count)
    first, last = (words.called(site.agencies[slug], say) for slug in (group.slugs[0], group.slugs[-1]))
    return Link(say("{first} 至 {last}", first=first, last=last), group.path, count)


def group_page(site: Site, known: Catalogue, group: Group, all_parts: Sequence[Group], contested: Contested) -> GroupPage:
    """The view of a group. `contested` are the figures of its reports that others contradict."""
    say = speech(site.settings.language)
    name = title(say, group)
    reports = [report for slug in group.slugs for report in site.of(slug)]
    notes: list[str] = []
    within = contained(site, known, group)
    tables = tuple(_Table(site, known, number, notes, within, contested).view(group.slugs) for number in known.headline)
    computed = any(cell.computed for table in tables for row in table.rows for cell in row.cells)
    heading = name if group.part == 1 else say("{name}（第 {part} 部分）", name=name, part=group.part)
    sentence = say.plural(
        "{bodies}、{count} 份报告的主要数字，逐年并列。", len(reports), bodies=say.plural("{count} 个机关", len(group.slugs))
    )
    return GroupPage(
        frame(
            site,
            group.path,
            heading,
            sentence,
            (Link(say("比较"), paths.EXPLORE),),
            title=say("比较：{name}", name=heading),
            reports=reports,
        ),
        sentence,
        tables,
        tuple(notes),
        caveats(say),
        (*marks(say), ("*", say("报告没有写这个总计，由本站按各列相加"))) if computed else marks(say),
        Download("CSV", f"{group.path}figures.csv", "", f"{group.level}-{group.kind}-{group.part}.csv"),
        ",".join(group.slugs) if len(group.slugs) <= 20 else "",
        tuple(to_group(site, one) for one in all_parts) if len(all_parts) > 1 else (),
    )


def contained(site: Site, known: Catalogue, group: Group) -> Mapping[int, Collection[str]]:
    """Year → the bodies of a group whose figures stand in the report of another one of it, which no sum adds again."""
    held = {year: [site.reports[slug, year] for slug in group.slugs if (slug, year) in site.reports] for year in known.years}
    return {year: addends(site, reports).contained.keys() for year, reports in held.items()}


class _Table:
    """What the table of one figure is made from. `notes` are those of the page, and grow; `within` are each year's bodies that another
    one contains."""

    def __init__(
        self,
        site: Site,
        known: Catalogue,
        number: int,
        notes: list[str],
        within: Mapping[int, Collection[str]],
        contested: Contested,
    ) -> None:
        self.site, self.known, self.number, self.notes, self.within, self.contested = site, known, number, notes, within, contested
        self.say = speech(site.settings.language)
        self.entry: FigureEntry = known.figures[number]
        self.summed = {form.ways[number] for form in known.forms} <= {Way.SUMMED, Way.ABSENT}

    def view(self, slugs: Sequence[str]) -> GroupTable:
        """The table of these bodies."""
        known, say = self.known, self.say
        eras: list[GroupEra] = []
        years: list[GroupYear] = []
        for forms, run in groupby(known.years, key=lambda year: known.years[year]):
            held = list(run)
            years += [GroupYear(year, len(eras), bool(eras) and year == held[0]) for year in held]
            eras.append(GroupEra(say.listed(known.forms[form].basis for form in forms), len(held), bool(eras)))
        changes = {one.year for one in years if one.boundary}
        return GroupTable(
            self.entry.key.replace(".", "-"),
            figure_name(say, known, self.number),
            known.units.get(self.entry.unit, self.entry.unit) if say.foreign else self.entry.unit,
            say("{name}：各年度格式分项列出，这里是{parts}之和。", **self._parts()) if self.summed else "",
            tuple(eras),
            tuple(years),
            tuple(self._row(self.site.agencies[slug], changes) for slug in slugs),
            tuple(self._below(slugs, changes)),
        )

    def _parts(self) -> Mapping[str, str]:
        return {"name": row_of(self.say, self.known, self.number), "parts": self.say.listed(self.entry.parts)}

    def _row(self, agency: Agency, changes: set[int]) -> GroupRow:
        link = words.to_agency(self.site, agency)
        earlier = self.say.listed(span.value for span in agency.names[:-1])
        remark = self.say("曾用名称：{names}", names=earlier) if earlier else ""
        return GroupRow(link.text, link.path, remark, tuple(self._cell(agency.slug, year, year in changes) for year in self.known.years))

    def _figure(self, slug: str, year: int) -> tuple[Report | None, series.Point | None]:
        report = self.site.reports.get((slug, year))
        return report, series.point(self.site.law, report, self.entry.key) if report else None

    def _cell(self, slug: str, year: int, boundary: bool) -> GroupCell:
        report, point = self._figure(slug, year)
        if report is None or point is None:
            return GroupCell(self.say("未收录"), "none", boundary=boundary)
        if point.figure is None:
            return GroupCell("—", "none", boundary=boundary)
        change, notes = self._against_last_year(report)
        compared = [self.site.prior(report)] if change else []
        notes += [said for one in (*compared, report) if one and (said := self._contradiction(one))]
        if point.mark is Mark.MERGED and not self.summed:
            notes.append(self.say("{name}：该年度格式分项列出，这里是{parts}之和。", **self._parts()))
        style = "zero" if point.figure.value == 0 else "" if point.figure.state is State.NUMBER else "none"
        text = self.say("空白") if point.figure.state is State.BLANK else typeset(point.figure.mark)
        return GroupCell(text, style, change, tuple(self._note(one) for one in notes), boundary, point.figure.computed)

    def _contradiction(self, report: Report) -> str:
        """What contradicts the figure in a report; empty for nothing."""
        found = contradiction(self.contested, report, self.entry.key)
        if found is None:
            return ""
        agency, message = self.site.agencies[report.agency], found.message.say(self.say.key)
        name = words.called(agency, self.say, agency.name_in(report.year))
        return self.say("{name} {year} 年度：{message}。", name=name, year=report.year, message=message)

    def _note(self, text: str) -> int:
        if text not in self.notes:
            self.notes.append(text)
        return self.notes.index(text) + 1

    def _against_last_year(self, report: Report) -> tuple[str, list[str]]:
        """The difference to last year's figure where the two compare, and what must be said with it."""
        before = self.site.prior(report)
        if before is None:
            return "", []
        pair = series.pair(self.site.law, self.entry.key, before, report, unconfirmed=self.site.settings.unconfirmed_notes)
        if pair.before.figure is None or pair.verdict.kind is Comparability.NOT:
            return "", []
        notes = [one.said(foreign=self.say.foreign) for one in pair.verdict.notes]
        return series.change_text(pair.change) if any(pair.numbers or ()) else "", notes

    def _below(self, slugs: Sequence[str], changes: set[int]) -> Iterator[GroupRow]:
        """How many of the bodies have a number, and what the numbers come to where they may be added up."""
        held: dict[int, dict[str, Number]] = {}
        for year in self.known.years:
            points = {slug: self._figure(slug, year)[1] for slug in slugs}
            held[year] = {slug: one.figure.value for slug, one in points.items() if one and one.figure and one.figure.value is not None}
        counts = tuple(GroupCell(f"{len(values)}/{len(slugs)}", boundary=year in changes) for year, values in held.items())
        yield GroupRow(self.say("有这个数字的机关"), "", "", counts)
        if self.entry.additive and self.entry.unit and len(slugs) > 1:
            sums = (self._sum(year, values, year in changes) for year, values in held.items())
            yield GroupRow(self.say("本页相加（本站计算）"), "", "", tuple(sums))

    def _sum(self, year: int, values: Mapping[str, Number], boundary: bool) -> GroupCell:
        """What the numbers of a year come to; a body that another one contains is left out, with a note, and so is told what contradicts a
        number that is added."""
        within = self.within[year]
        left_out = [words.called(self.site.agencies[slug], self.say) for slug in values if slug in within]
        said = self.say("{names}的数字已包含在本页另一个政府的汇总报告中，不再相加。", names=self.say.listed(left_out))
        notes = [self._note(said)] if left_out else []
        added = {slug: number for slug, number in values.items() if slug not in within}
        notes += [self._note(one) for slug in added if (one := self._contradiction(self.site.reports[slug, year]))]
        return GroupCell(typeset(plain(sum(added.values()))) if added else "—", notes=tuple(notes), boundary=boundary)
