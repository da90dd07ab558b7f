"""A ready-made comparison: the bodies of one level and kind, all years side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from generator.derive import explore, paths, states, words
from generator.derive.contested import Contested
from generator.derive.explore.ready_made import Group, contained, groups, title
from generator.derive.explore.words import caveats, figure_name, marks, row_of
from generator.derive.frame import frame
from generator.derive.marks import marks_of, merged_note
from generator.derive.years import series
from generator.derive.years.comparison import note_number
from generator.derive.years.year_heads import YearColumn, year_heads
from generator.language import amounts
from generator.language.glosses import unit_name
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.comparison import Comparability, ComparedCell, ComparedHead
from generator.model.explore import (
    Catalogue,
    GroupPage,
    GroupRow,
    GroupTable,
    Way,
)
from generator.model.figure import Number, State
from generator.model.format import Break
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.marks import FigureMarks
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.parts.groups import compared, doubts

# So many bodies fit into the address of the page where a reader goes on choosing.
MOST_CHOSEN = 20


def to_group(site: Site, group: Group) -> Link:
    """The link to a group; a part of a large one is named by its first and last body."""
    say = speech(site.settings.language)
    count = say.plural("{count} 个机关", len(group.slugs))
    if group.page_count == 1:
        return Link(title(say, group), group.path, count)
    first = words.called(site.agencies[group.slugs[0]], say)
    last = words.called(site.agencies[group.slugs[-1]], say)
    return Link(say("{first} 至 {last}", first=first, last=last), group.path, count)


def group_page(
    site: Site,
    catalogue: Catalogue,
    group: Group,
    pages: Sequence[Group],
    within: Mapping[int, Collection[str]],
    contested: Contested,
) -> GroupPage:
    """The view of a group, whose kind is listed on these pages.

    `within` is what `contained` gives for it, `contested` are the figures of its reports that
    others contradict.
    """
    say = speech(site.settings.language)
    name = title(say, group)
    heading = name
    if group.page_number > 1:
        heading = say("{name}（第 {part} 部分）", name=name, part=group.page_number)
    reports = [report for slug in group.slugs for report in site.of(slug)]
    sentence = say.plural(
        "{bodies}、{count} 份报告的主要数字，逐年并列。",
        len(reports),
        bodies=say.plural("{count} 个机关", len(group.slugs)),
    )
    notes: list[str] = []
    tables = tuple(
        _Table(site, catalogue, position, number, notes, within, contested).view(group.slugs)
        for position, number in enumerate(catalogue.headline, 1)
    )
    crumbs = (Link(say("比较"), paths.EXPLORE),)
    title_of_page = say("比较：{name}", name=heading)
    links = tuple(to_group(site, page) for page in pages)
    file_name = f"{group.level}-{group.kind}-{group.page_number}.csv"
    return GroupPage(
        frame=frame(
            site,
            group.path,
            heading,
            sentence,
            crumbs,
            title=title_of_page,
            years=[report.year for report in reports],
        ),
        sentence=sentence,
        tables=tables,
        notes=tuple(notes),
        caveats=caveats(say),
        marks=_marks(say, tables),
        data=Download("CSV", f"{group.path}figures.csv", "", file_name),
        choose=",".join(group.slugs) if len(group.slugs) <= MOST_CHOSEN else "",
        parts=links if len(pages) > 1 else (),
    )


def _marks(say: Speech, tables: Sequence[GroupTable]) -> tuple[tuple[str, str], ...]:
    """The marks of the tables, and that of a computed total where there is one."""
    rows = (row for table in tables for row in table.rows)
    if any(cell.computed for row in rows for cell in row.cells):
        return (*marks(say), ("*", say("报告没有写这个总计，由本站按各列相加")))
    return marks(say)


class _Table:
    """The maker of the table of one figure.

    `position` counts the tables of the page, `number` is that of the figure. `notes` are those of
    the page; new ones are added to them. `within` are each year's bodies whose figures are part of
    another body's.
    """

    def __init__(
        self,
        site: Site,
        catalogue: Catalogue,
        position: int,
        number: int,
        notes: list[str],
        within: Mapping[int, Collection[str]],
        contested: Contested,
    ) -> None:
        self.site = site
        self.catalogue = catalogue
        self.number = number
        self.notes = notes
        self.within = within
        self.contested = contested
        self.say = speech(site.settings.language)
        self.entry = catalogue.figures[number]
        self.summed = {form.ways[number] for form in catalogue.forms} <= {Way.SUMMED, Way.ABSENT}
        columns = []
        for year, forms in catalogue.years.items():
            bases = self.say.listed(catalogue.forms[form].basis for form in forms)
            columns.append(YearColumn(year, forms, bases))
        self.eras, self.heads = year_heads(f"t{position}", columns)
        self.years = list(zip(catalogue.years, self.heads, strict=True))

    def view(self, slugs: Sequence[str]) -> GroupTable:
        """The table of these bodies."""
        say = self.say
        unit = self.entry.unit
        remark = ""
        if self.summed:
            remark = say("{name}：各年度格式分项列出，这里是{parts}之和。", **self._addend_names())
        return GroupTable(
            id=self.entry.key.replace(".", "-"),
            title=figure_name(say, self.catalogue, self.number),
            unit=unit_name(self.site.law, unit, say),
            remark=remark,
            eras=self.eras,
            years=self.heads,
            rows=tuple(self._row(self.site.agencies[slug]) for slug in slugs),
            below=tuple(self._below(slugs)),
        )

    def _addend_names(self) -> Mapping[str, str]:
        """The figure and those that it is the sum of, for a sentence."""
        name = row_of(self.say, self.catalogue, self.number)
        return {"name": name, "parts": self.say.listed(self.entry.parts)}

    def _row(self, agency: Agency) -> GroupRow:
        link = words.to_agency(self.site, agency)
        earlier_names = self.say.listed(span.value for span in agency.names[:-1])
        remark = self.say("曾用名称：{names}", names=earlier_names) if earlier_names else ""
        cells = tuple(self._cell(agency.slug, year, head) for year, head in self.years)
        return GroupRow(link.text, link.path, remark, cells)

    def _point(self, report: Report) -> series.Point:
        return series.point(self.site.law, report, self.entry.key)

    def _marks(self, report: Report, shifts: tuple[Break, ...] = ()) -> FigureMarks:
        """The marks of the figure in a report; `shifts` are those since the year before."""
        contested = self.contested.get((report.agency, report.year), {})
        return marks_of(report, self.entry.key, self._point(report), contested, shifts=shifts)

    def _cell(self, slug: str, year: int, head: ComparedHead) -> ComparedCell:
        boundary = head.boundary
        report = self.site.reports.get((slug, year))
        if report is None:
            return ComparedCell(self.say("未收录"), boundary=boundary, faint=True)
        figure = self._point(report).figure
        if figure is None:
            return ComparedCell("—", boundary=boundary, faint=True)
        change, shifts = self._against_last_year(report)
        marks = self._marks(report, shifts)
        notes = [shift.note.say(self.say.language) for shift in marks.shifts]
        prior = self.site.prior(report)
        if change and prior:
            notes += self._contradiction(prior)
        notes += self._contradiction(report)
        if marks.addends and not self.summed:
            names = self._addend_names()
            notes.append(merged_note(self.say, names["name"], names["parts"]))
        return ComparedCell(
            text=states.compared_text(self.say, figure),
            bears=marks.marks,
            change=change,
            notes=self._note_numbers(notes),
            boundary=boundary,
            faint=figure.state is not State.NUMBER,
        )

    def _contradiction(self, report: Report) -> list[str]:
        """The note on what contradicts the figure in a report; none where nothing does."""
        finding = self._marks(report).contradiction
        if finding is None:
            return []
        agency = self.site.agencies[report.agency]
        note = self.say(
            "{name} {year} 年度：{message}。",
            name=words.called(agency, self.say, agency.name_in(report.year)),
            year=report.year,
            message=finding.message.say(self.say.language),
        )
        return [note]

    def _note_numbers(self, notes: Sequence[str]) -> tuple[int, ...]:
        return tuple(note_number(self.notes, note) for note in notes)

    def _against_last_year(self, report: Report) -> tuple[str, tuple[Break, ...]]:
        """The difference to last year's figure where the two compare, and the shifts between."""
        prior = self.site.prior(report)
        if prior is None:
            return "", ()
        unconfirmed = self.site.settings.unconfirmed_notes
        pair = series.pair(self.site.law, self.entry.key, prior, report, unconfirmed=unconfirmed)
        if pair.before.figure is None or pair.verdict.kind is Comparability.NOT:
            return "", ()
        change = amounts.difference(pair.change) if any(pair.numbers or ()) else ""
        return change, pair.verdict.notes

    def _below(self, slugs: Sequence[str]) -> Iterator[GroupRow]:
        """How many of the bodies have a number, and the sum where numbers may be added up."""
        numbers = {year: self._numbers(slugs, year) for year, _ in self.years}
        counts = []
        for year, head in self.years:
            count = f"{len(numbers[year])}/{len(slugs)}"
            counts.append(ComparedCell(count, boundary=head.boundary))
        yield GroupRow(self.say("有这个数字的机关"), "", "", tuple(counts))
        if self.entry.additive and self.entry.unit and len(slugs) > 1:
            sums = tuple(self._sum(year, head, numbers[year]) for year, head in self.years)
            yield GroupRow(self.say("本页相加（本站计算）"), "", "", sums)

    def _numbers(self, slugs: Sequence[str], year: int) -> Mapping[str, Number]:
        """The number of each body that has one in a year."""
        numbers = {}
        for slug in slugs:
            report = self.site.reports.get((slug, year))
            figure = self._point(report).figure if report else None
            if figure and figure.value is not None:
                numbers[slug] = figure.value
        return numbers

    def _sum(self, year: int, head: ComparedHead, numbers: Mapping[str, Number]) -> ComparedCell:
        """The sum of the numbers of a year.

        A body whose figures are part of another's is left out, with a note; another note is on what
        contradicts a number that is added.
        """
        within = self.within[year]
        added = {slug: number for slug, number in numbers.items() if slug not in within}
        left_out = [
            words.called(self.site.agencies[slug], self.say) for slug in numbers if slug in within
        ]
        notes = []
        if left_out:
            notes.append(
                self.say(
                    "{names}的数字已包含在本页另一个政府的汇总报告中，不再相加。",
                    names=self.say.listed(left_out),
                )
            )
        for slug in added:
            notes += self._contradiction(self.site.reports[slug, year])
        text = amounts.figure(sum(added.values())) if added else "—"
        return ComparedCell(text, notes=self._note_numbers(notes), boundary=head.boundary)


def jobs(edition: Edition) -> Iterator[Job]:
    """A page for each group of bodies."""
    site = edition.site
    if not site.reports:
        return
    all_groups = groups(site)
    catalogue = explore.catalogue(site)
    figures = Part.of("catalogue", catalogue)
    for _, run in groupby(all_groups, key=lambda group: (group.level, group.kind)):
        sections = list(run)
        ends = [slug for group in sections for slug in (group.slugs[0], group.slugs[-1])]
        for group in sections:
            within = {
                year: sorted(slugs) for year, slugs in contained(site, catalogue, group).items()
            }
            yield edition.page(
                group.path,
                "explore_group.html",
                group_page,
                compared(edition, group).agencies("ends", ends),
                figures,
                Part.of("group", group),
                Part.of("sections", sections),
                Part.of("contained", within),
                doubts(edition, group),
            )
