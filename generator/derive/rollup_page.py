"""A government's consolidated figures beside the sums of its members, cell by cell, each leading to the members' own cells.

What differs comes first, with the government's reason beside it. The sums are ours and say so; they never stand in a statutory table, and
no body is ranked: members come in the directory's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.derive import lists, paths, words
from generator.derive.frame import frame
from generator.derive.report_page import notes
from generator.derive.rollup_tables import LISTED, Sheet
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.board import RollupPage, SumTable
from generator.model.coverage import deadline
from generator.model.figure import State, plain
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.membership import OWN_LEVEL
from generator.model.report import Report
from generator.model.report_view import Note
from generator.model.rollup import Lack, Rollup, rollup
from generator.model.site import Site

# Cells that differ and are named at the top; a report that was not consolidated differs in all of them.
NAMED = 30
FAMILY = "R-"


def rollup_page(site: Site, slug: str, year: int, findings: Sequence[Finding]) -> RollupPage:
    """The view of a government in a year, of whose members some have a report. `findings` are those of its own."""
    say, agency, rolled = speech(site.settings.language), site.agencies[slug], rollup(site, slug, year)
    path, report = paths.rollup(slug, year), rolled.report
    name = words.called(agency, say, agency.name_in(year))
    home, sentence = words.to_agency(site, agency), _sentence(rolled, say, name, year)
    said, about = _said(site, report, findings) if report else ((), {})
    tables = tuple(Sheet(rolled, year, say, about).tables())
    differing = [row for table in tables for row in table.rows if row.differs]
    members = list(_members(site, rolled, slug, year, say))
    crumbs = (Link(say("机关"), paths.AGENCIES), home, *([Link(words.in_year(say, year), paths.report(slug, year))] if report else ()))
    if report:
        heading = say("{name}：{year} 年度汇总与所属机关之和", name=name, year=year)
    else:
        heading = say("{name}：{year} 年度所属机关之和", name=name, year=year)
    return RollupPage(
        frame=frame(site, path, heading, sentence, crumbs, reports=[one for one in (report, *rolled.reports) if one]),
        kicker=home,
        year=year,
        report=lists.to_report(site, report) if report else None,
        sentence=sentence,
        differing=tuple(differing[:NAMED]),
        beyond=max(len(differing) - NAMED, 0),
        members=tuple(members[:LISTED]),
        further=max(len(members) - LISTED, 0),
        missing=tuple(_missing(site, rolled, say, year)),
        remarks=tuple(_remarks(rolled, tables, say)),
        tables=tables,
        notes=said,
        caveats=tuple(_caveats(rolled, agency, say)),
        csv=paths.rollup_file(slug, year),
        years=links(site, slug),
    )


def links(site: Site, slug: str) -> tuple[Link, ...]:
    """The ways to the roll-ups of a government, the newest first."""
    say = speech(site.settings.language)
    return tuple(Link(words.in_year(say, year), paths.rollup(slug, year)) for year in site.years if (slug, year) in site.rolled_up)


def only_member(site: Site, slug: str) -> bool:
    """Whether one and the same body is all that a government's sums ever hold."""
    years = [year for year in site.years if (slug, year) in site.rolled_up]
    return len({one.slug for year in years for one in site.members[slug, year] if (one.slug, year) in site.reports}) == 1


def in_year(site: Site, year: int) -> tuple[Link, ...]:
    """The ways to the roll-ups of a year, in the directory's order."""
    say = speech(site.settings.language)
    slugs = sorted(slug for slug, one in site.rolled_up if one == year)
    return tuple(
        Link(words.called(site.agencies[slug], say, site.agencies[slug].name_in(year)), paths.rollup(slug, year)) for slug in slugs
    )


def _sentence(rolled: Rollup, say: Speech, name: str, year: int) -> str:
    """What the page finds: how many cells differ, agree, or cannot be set against each other."""
    held = len(rolled.members) - len(rolled.missing)
    if rolled.report is None and held == 1:
        return say("本站没有收录{name} {year} 年度的汇总报告，下面是一个所属机关的数。", name=name, year=year)
    if rolled.report is None:
        return say.plural("本站没有收录{name} {year} 年度的汇总报告，下面是 {count} 个所属机关的数相加。", held, name=name, year=year)
    if rolled.missing and not any(one.complete for one in rolled.cells):
        return say.plural(
            "{name} {year} 年度的汇总报告不能与所属机关之和逐格相比：本站没有收录 {count} 个所属机关的报告。",
            len(rolled.missing), name=name, year=year,
        )  # fmt: skip
    differ = sum(one.differs for one in rolled.cells)
    idle = sum(one.inapplicable for one in rolled.cells)
    apart = sum(one.difference is None for one in rolled.cells) - idle
    rounded = sum(bool(one.difference) for one in rolled.cells) - differ
    counts = (
        say.plural("{count} 格不同", differ) if differ else "",
        say.plural("{count} 格只差尾数", rounded) if rounded else "",
        say.plural("{count} 格相同", same) if (same := len(rolled.cells) - differ - rounded - apart - idle) else "",
        say.plural("{count} 格不能比", apart) if apart else "",
        say.plural("{count} 格不适用", idle) if idle else "",
    )
    return say(
        "{name} {year} 年度的汇总报告与所属机关之和：{counts}。", name=name, year=year, counts=say.listed(one for one in counts if one)
    )


def _said(site: Site, report: Report, findings: Sequence[Finding]) -> tuple[tuple[Note, ...], Mapping[str, Sequence[int]]]:
    """What is said of differences, each explanation once; and for each cell the numbers of what concerns it, from 1."""
    groups: dict[tuple[bool, int], list[Finding]] = {}
    for index, one in enumerate(findings):
        if one.rule.startswith(FAMILY):
            key = (False, index) if one.explained_by is None else (True, one.explained_by)
            groups.setdefault(key, []).append(one)
    found: list[Note] = []
    about: dict[str, list[int]] = {}
    for group in groups.values():
        said = list(notes(site, report, group))
        found += said
        numbers = range(len(found) - len(said) + 1, len(found) + 1)
        for cell in (cell for one in group for cell in one.cells):
            about.setdefault(cell, []).extend(numbers)
    return tuple(found), about


def _members(site: Site, rolled: Rollup, slug: str, year: int, say: Speech) -> Iterator[Link]:
    """The ways to the members' reports; of one that came from elsewhere during the year, since when it belongs to the government."""
    came = {one.member: one.day for one in site.moves.get(slug, ()) if one.came and date(year, 1, 1) < one.day <= date(year, 12, 31)}
    for report in (one for one in rolled.reports if one):
        link, day = words.title_link(site, report), came.get(report.agency)
        if day and site.lifetimes[report.agency][0] < day:
            link = replace(link, remark=say("{kind}，{day}起；全年的数都计入", kind=link.remark, day=say.day(day)))
        yield link


def _remarks(rolled: Rollup, tables: Sequence[SumTable], say: Speech) -> Iterator[str]:
    """How to read the tables."""
    yield from _computed(rolled, say)
    if any("—" in (row.computed, row.difference) for table in tables for row in table.rows):
        yield say("“—”：这一格没有数可以相加或者相减。")


def _computed(rolled: Rollup, say: Speech) -> Iterator[str]:
    """What the columns hold, and where nothing is subtracted."""
    if rolled.report is None:
        yield say("“相加”一列由程序把所属机关的数相加得出，不是机关公布的数，也不代替法定表中的数。“计入机关”是有数字的机关。")
        return
    yield say(
        "“相加”一列由程序把所属机关的数相加得出，不是机关公布的数，也不代替法定表中的数。"
        "“差”是公布的数减去相加的数。“计入机关”是有数字的机关。"
    )  # fmt: skip
    if not all(one.complete or one.inapplicable for one in rolled.cells):
        yield say(
            "“不可比”：有的所属机关的报告本站没有收录，或者这一格空白、无法辨认、用的是另一种格式，"
            "相加的数只是一部分，不与公布的数相减。"
        )  # fmt: skip


def _missing(site: Site, rolled: Rollup, say: Speech, year: int) -> Iterator[tuple[Link, str]]:
    for member in rolled.missing:
        path = paths.agency(member.slug) if paths.has_page(site, member.slug) else ""
        link = Link(words.called(member, say, member.name_in(year)), path, words.kinds(say)[member.kind])
        day = say.day(deadline(site.settings, member.kind, year))
        yield link, say("期限 {day}", day=day) if site.settings.complete else ""


def _caveats(rolled: Rollup, agency: Agency, say: Speech) -> Iterator[str]:
    """Why honest sums may differ (domain facts 7)."""
    yield say("联合发文由各机关分别计数，相加会重复；以政府名义制发的文件，有的计在政府办公室的报告里。")
    yield say("同一案件的原机关和复议机关都是被告时，两边都可能计入；转送的申请在两个机关各是一件。")
    yield say("下放或委托给乡镇、街道的权力，由作出决定的机关计数。")
    yield say("向政府提出的申请由政府办公室办理，只在办公室的报告里计一次。")
    if any("." in plain(value) for one in rolled.cells for value in one.numbers):
        yield say("以万元为单位的数是四舍五入以后的，相加会有尾差。")
    if agency.roll_up == OWN_LEVEL:
        yield say("汇总范围是本级：不包括下级政府和乡镇。垂直管理单位按系统上报，也不在内。")
    else:
        yield say("汇总范围是本行政区域。垂直管理单位按系统上报，不在内。")
    if rolled.report and any(
        part.state is State.NOT_APPLICABLE for one in rolled.cells for part in one.parts if not isinstance(part, Lack)
    ):
        yield say("写明不适用的机关没有数可加，不妨碍比较。")
    if len(rolled.cells) < len(rolled.form.cells):
        yield say("不同机关行使同一事项等不能相加的各格不列在这里。")
