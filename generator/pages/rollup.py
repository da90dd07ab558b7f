"""The consolidated figures of a government beside the sums of its members, cell by cell.

Each sum leads to the members' own cells. Cells that differ come first, with the reason that the
government gives. The sums are the site's, are called so, and never stand in a statutory table.
Bodies are not ranked: members come in the order of the directory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.derive import directory, lists, paths, words
from generator.derive.frame import frame
from generator.derive.report_words import notes
from generator.derive.rollup_tables import LISTED, Sheet
from generator.language import amounts
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.board import RollupPage, SumTable
from generator.model.coverage import deadline
from generator.model.figure import Figure, State
from generator.model.finding import Finding
from generator.model.frame import Frame, Link
from generator.model.job import Job, Part
from generator.model.membership import OWN_LEVEL
from generator.model.report import Report
from generator.model.report_view import Note
from generator.model.rollup import CellSum, Rollup, rollup
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.parts.government import added_up, place

# So many cells that differ are named at the top. In a report that was not consolidated, all differ.
NAMED = 30
FAMILY = "R-"


def rollup_page(site: Site, slug: str, year: int, findings: Sequence[Finding]) -> RollupPage:
    """The view of a government in a year, of whose members some have a report.

    `findings` are those in the government's own report.
    """
    say = speech(site.settings.language)
    agency = site.agencies[slug]
    sums = rollup(site, slug, year)
    name = words.called(agency, say, agency.name_in(year))
    sentence = _sentence(sums, say, name, year)
    remarks: tuple[Note, ...] = ()
    numbers: Mapping[str, Sequence[int]] = {}
    if sums.report:
        remarks, numbers = _numbered_notes(site, sums.report, findings)
    tables = tuple(Sheet(sums, year, say, numbers).tables())
    differing = [row for table in tables for row in table.rows if row.differs]
    members = tuple(_members(site, sums, slug, year, say))
    return RollupPage(
        frame=_frame(site, sums, agency, year, sentence),
        kicker=words.to_agency(site, agency),
        year=year,
        report=lists.to_report(site, sums.report) if sums.report else None,
        sentence=sentence,
        differing=tuple(differing[:NAMED]),
        beyond=max(len(differing) - NAMED, 0),
        members=members[:LISTED],
        further=max(len(members) - LISTED, 0),
        missing=tuple(_missing(site, sums, say, year)),
        remarks=tuple(_remarks(sums, tables, say)),
        tables=tables,
        notes=remarks,
        caveats=tuple(_caveats(sums, agency, say)),
        csv=paths.rollup_file(slug, year),
        years=links(site, slug),
    )


def _frame(site: Site, sums: Rollup, agency: Agency, year: int, sentence: str) -> Frame:
    say = speech(site.settings.language)
    name = words.called(agency, say, agency.name_in(year))
    crumbs = [*words.agency_crumbs(site, agency)]
    if sums.report:
        crumbs.append(words.year_link(say, year, paths.report(agency.slug, year)))
        heading = say("{name}：{year} 年度汇总与所属机关之和", name=name, year=year)
    else:
        heading = say("{name}：{year} 年度所属机关之和", name=name, year=year)
    reports = [report for report in (sums.report, *sums.reports) if report]
    path = paths.rollup(agency.slug, year)
    years = [report.year for report in reports]
    return frame(site, path, heading, sentence, crumbs, years=years)


def links(site: Site, slug: str) -> tuple[Link, ...]:
    """The ways to the roll-ups of a government, the newest first."""
    say = speech(site.settings.language)
    years = _years(site, slug)
    return tuple(words.year_link(say, year, paths.rollup(slug, year)) for year in years)


def _years(site: Site, slug: str) -> list[int]:
    return sorted(site.rolled_up.get(slug, ()), reverse=True)


def only_member(site: Site, slug: str) -> bool:
    """Whether one and the same body is the only one that the sums of a government ever contain."""
    reporting = set()
    for year in _years(site, slug):
        for member in site.members[slug, year]:
            if (member.slug, year) in site.reports:
                reporting.add(member.slug)
    return len(reporting) == 1


def in_year(site: Site, year: int, governments: Sequence[str]) -> Iterator[Link]:
    """The ways to the roll-ups of a year; `governments` are the slugs of those that have one."""
    say = speech(site.settings.language)
    for slug in governments:
        agency = site.agencies[slug]
        name = words.called(agency, say, agency.name_in(year))
        yield Link(name, paths.rollup(slug, year))


def governments(site: Site, year: int) -> list[Agency]:
    """The governments that have a roll-up of a year, in the order of the directory."""
    slugs = directory.with_page(site)
    return [site.agencies[slug] for slug in slugs if year in site.rolled_up.get(slug, ())]


def _sentence(sums: Rollup, say: Speech, name: str, year: int) -> str:
    """The result of the page: how many cells differ, agree, or cannot be compared."""
    body = {"name": name, "year": year}
    count = len(sums.members) - len(sums.missing)
    if sums.report is None and count == 1:
        return say("本站没有收录{name} {year} 年度的汇总报告，下面是一个所属机关的数。", **body)
    if sums.report is None:
        return say.plural(
            "本站没有收录{name} {year} 年度的汇总报告，下面是 {count} 个所属机关的数相加。",
            count,
            **body,
        )
    if sums.missing and not any(cell.complete for cell in sums.cells):
        return say.plural(
            "{name} {year} 年度的汇总报告不能与所属机关之和逐格相比："
            "本站没有收录 {count} 个所属机关的报告。",
            len(sums.missing),
            **body,
        )
    counts = say.listed(_counts(sums.cells, say))
    return say("{name} {year} 年度的汇总报告与所属机关之和：{counts}。", **body, counts=counts)


def _counts(cells: Sequence[CellSum], say: Speech) -> Iterator[str]:
    """How many cells differ, differ by rounding, agree, cannot be compared, or do not apply."""
    different = sum(cell.differs for cell in cells)
    inapplicable = sum(cell.inapplicable for cell in cells)
    incomparable = sum(cell.difference is None for cell in cells) - inapplicable
    rounded = sum(bool(cell.difference) for cell in cells) - different
    equal = len(cells) - different - rounded - incomparable - inapplicable
    if different:
        yield say.plural("{count} 格不同", different)
    if rounded:
        yield say.plural("{count} 格只差尾数", rounded)
    if equal:
        yield say.plural("{count} 格相同", equal)
    if incomparable:
        yield say.plural("{count} 格不能比", incomparable)
    if inapplicable:
        yield say.plural("{count} 格不适用", inapplicable)


def _numbered_notes(
    site: Site, report: Report, findings: Sequence[Finding]
) -> tuple[tuple[Note, ...], Mapping[str, Sequence[int]]]:
    """The notes on differences, each explanation once.

    Then, by the address of a cell, the numbers of the notes that concern it, from 1.
    """
    # A finding that is explained goes with the others of its explanation, any other stands alone.
    groups: dict[tuple[bool, int], list[Finding]] = {}
    for index, finding in enumerate(findings):
        if not finding.rule.startswith(FAMILY):
            continue
        if finding.explained_by is None:
            groups[False, index] = [finding]
        else:
            groups.setdefault((True, finding.explained_by), []).append(finding)
    numbered: list[Note] = []
    numbers: dict[str, list[int]] = {}
    for group in groups.values():
        start = len(numbered) + 1
        numbered += notes(site, report, group)
        for finding in group:
            for address in finding.cells:
                numbers.setdefault(address, []).extend(range(start, len(numbered) + 1))
    return tuple(numbered), numbers


def _members(site: Site, sums: Rollup, slug: str, year: int, say: Speech) -> Iterator[Link]:
    """The ways to the members' reports.

    At one that came from elsewhere during the year stands since when it belongs to the government.
    """
    start = date(year, 1, 1)
    end = date(year, 12, 31)
    arrivals: dict[str, date] = {}
    for move in site.moves.get(slug, ()):
        if move.came and start < move.day <= end:
            arrivals[move.member] = move.day
    for report in sums.reports:
        if report is None:
            continue
        link = words.title_link(site, report)
        day = arrivals.get(report.agency)
        if day and site.lifetimes[report.agency][0] < day:
            remark = {"kind": link.remark, "day": say.day(day)}
            link = replace(link, remark=say("{kind}，{day}起；全年的数都计入", **remark))
        yield link


def _remarks(sums: Rollup, tables: Sequence[SumTable], say: Speech) -> Iterator[str]:
    """How to read the tables: what the columns contain, and where nothing is subtracted."""
    if sums.report is None:
        yield say(
            "“相加”一列由程序把所属机关的数相加得出，不是机关公布的数，也不代替法定表中的数。"
            "“计入机关”是有数字的机关。"
        )
    else:
        yield say(
            "“相加”一列由程序把所属机关的数相加得出，不是机关公布的数，也不代替法定表中的数。"
            "“差”是公布的数减去相加的数。“计入机关”是有数字的机关。"
        )
        if not all(cell.complete or cell.inapplicable for cell in sums.cells):
            yield say(
                "“不可比”：有的所属机关的报告本站没有收录，"
                "或者这一格空白、无法辨认、用的是另一种格式，"
                "相加的数只是一部分，不与公布的数相减。"
            )
    rows = [row for table in tables for row in table.rows]
    if any("—" in (row.computed, row.difference) for row in rows):
        yield say("“—”：这一格没有数可以相加或者相减。")


def _missing(site: Site, sums: Rollup, say: Speech, year: int) -> Iterator[tuple[Link, str]]:
    """The members without a report, each with the day on which it was due.

    A site that is a selection names no day.
    """
    for member in sums.missing:
        name = words.called(member, say, member.name_in(year))
        path = ""
        due = ""
        if site.has_page.get(member.slug, False):
            path = paths.agency(member.slug)
        if site.settings.complete:
            day = deadline(site.settings, member.kind, year)
            due = say("期限 {day}", day=say.day(day))
        yield Link(name, path, words.kinds(say)[member.kind]), due


def _caveats(sums: Rollup, agency: Agency, say: Speech) -> Iterator[str]:
    """Why honest sums may differ (domain facts 7)."""
    yield say(
        "联合发文由各机关分别计数，相加会重复；以政府名义制发的文件，有的计在政府办公室的报告里。"
    )
    yield say(
        "同一案件的原机关和复议机关都是被告时，两边都可能计入；转送的申请在两个机关各是一件。"
    )
    yield say("下放或委托给乡镇、街道的权力，由作出决定的机关计数。")
    yield say("向政府提出的申请由政府办公室办理，只在办公室的报告里计一次。")
    if any(amounts.decimals(number) for cell in sums.cells for number in cell.numbers):
        yield say("以万元为单位的数是四舍五入以后的，相加会有尾差。")
    if agency.roll_up == OWN_LEVEL:
        yield say("汇总范围是本级：不包括下级政府和乡镇。垂直管理单位按系统上报，也不在内。")
    else:
        yield say("汇总范围是本行政区域。垂直管理单位按系统上报，不在内。")
    figures = [figure for cell in sums.cells for figure in cell.parts]
    states = {figure.state for figure in figures if isinstance(figure, Figure)}
    if sums.report and State.NOT_APPLICABLE in states:
        yield say("写明不适用的机关没有数可加，不妨碍比较。")
    if len(sums.cells) < len(sums.form.cells):
        yield say("不同机关行使同一事项等不能相加的各格不列在这里。")


def jobs(edition: Edition) -> Iterator[Job]:
    """The pages. Each depends on the reports it adds up, on no other."""
    site = edition.site
    for slug, years in sorted(site.rolled_up.items()):
        for year in years:
            members = [member.slug for member in site.members[slug, year]]
            findings = Part((), {})
            if report := site.reports.get((slug, year)):
                findings = edition.findings_in(report)
            selection = (
                added_up(edition, slug, year)
                .entries("has_page", members)
                .entries("moves", [slug])
                .entries("lifetimes", members)
                .entries("rolled_up", [slug])
            )
            yield edition.page(
                paths.rollup(slug, year),
                "rollup.html",
                rollup_page,
                selection,
                *place(slug, year),
                findings,
            )
