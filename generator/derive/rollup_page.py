"""A government's consolidated figures beside the sums of its members, cell by cell, each leading to the members' own cells.

The sums are ours and say so; they never stand in a statutory table, and no body is ranked: members come in the directory's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import lists, paths, words
from generator.derive.frame import frame
from generator.derive.report_page import notes
from generator.derive.years.trend import shown
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.board import Part, RollupPage, SumRow, SumTable
from generator.model.coverage import deadline
from generator.model.figure import Figure, Number, plain, signed
from generator.model.finding import Finding
from generator.model.format import Table
from generator.model.frame import Link
from generator.model.membership import OWN_LEVEL
from generator.model.report import Site
from generator.model.rollup import CellSum, Lack, Rollup, rollup, row_names

# Members named under a cell: 200 cells × 500 members would be a page of many megabytes. The rest is in the file.
LISTED = 200
FAMILY = "R-"


def rollup_page(site: Site, slug: str, year: int, findings: Sequence[Finding]) -> RollupPage:
    """The view of a government in a year, of whose members some have a report. `findings` are those of its own."""
    say, agency, rolled = speech(site.settings.language), site.agencies[slug], rollup(site, slug, year)
    path, report = paths.rollup(slug, year), rolled.report
    name = words.called(agency, say, agency.name_in(year))
    heading = say("{name}：{year} 年度汇总与所属机关之和", name=name, year=year)
    home = words.to_agency(site, agency) if site.years_by_agency.get(slug) else words.to_year(site, year)
    sentences = tuple(_sentences(rolled, say, name, year))
    crumbs = (Link(say("机关"), paths.AGENCIES), home, *([Link(words.in_year(say, year), paths.report(slug, year))] if report else ()))
    added = [one for one in (report, *rolled.reports) if one]
    return RollupPage(
        frame=frame(site, path, heading, sentences[0], crumbs, reports=added),
        kicker=home,
        report=lists.to_report(site, report) if report else None,
        sentences=sentences,
        missing=tuple(_missing(site, rolled, say, year)),
        tables=tuple(one for table in rolled.form.tables for one in _tables(site, rolled, table, say)),
        notes=tuple(notes(site, report, [one for one in findings if one.rule.startswith(FAMILY)])) if report else (),
        caveats=tuple(_caveats(rolled, agency, say)),
        csv=f"{path}rollup.csv",
        years=links(site, slug),
    )


def links(site: Site, slug: str) -> tuple[Link, ...]:
    """The ways to the roll-ups of a government, the newest first."""
    say = speech(site.settings.language)
    return tuple(Link(words.in_year(say, year), paths.rollup(slug, year)) for year in site.years if (slug, year) in site.rolled_up)


def in_year(site: Site, year: int) -> tuple[Link, ...]:
    """The ways to the roll-ups of a year, in the directory's order."""
    say = speech(site.settings.language)
    slugs = sorted(slug for slug, one in site.rolled_up if one == year)
    return tuple(
        Link(words.called(site.agencies[slug], say, site.agencies[slug].name_in(year)), paths.rollup(slug, year)) for slug in slugs
    )


def _sentences(rolled: Rollup, say: Speech, name: str, year: int) -> Iterator[str]:
    held = len(rolled.members) - len(rolled.missing)
    yield say.plural(
        "{name} {year} 年度的数字应当包括 {count} 个所属机关，本站收录了其中 {held} 个的报告。",
        len(rolled.members), name=name, year=year, held=held,
    )  # fmt: skip
    if rolled.report is None:
        yield say("本站没有收录{name}这一年的汇总报告，下面只有程序相加得出的数。", name=name)
    yield say("“相加”一列由程序把所属机关的数相加得出，不是机关公布的数，也不代替法定表中的数。“差”是公布的数减去相加的数。")
    if rolled.missing:
        yield say("所属机关不全：相加的数只包括本站收录了报告的机关，与公布的数有差是当然的。")


def _missing(site: Site, rolled: Rollup, say: Speech, year: int) -> Iterator[tuple[Link, str]]:
    for member in rolled.missing:
        path = paths.agency(member.slug) if site.years_by_agency.get(member.slug) else ""
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
    if len(rolled.cells) < len(rolled.form.cells):
        yield say("不同机关行使同一事项等不能相加的各格不列在这里。")


def _tables(site: Site, rolled: Rollup, table: Table, say: Speech) -> Iterator[SumTable]:
    """One table, or for one with many rows under one column head one for each column, the total first."""
    own = [one for one in rolled.cells if one.cell.table == table.id]
    called = words.glossed(say, table.label, table.gloss)
    if not table.by_column:
        yield SumTable(table.id, called, tuple(_row(site, rolled, one, one.cell.label, _gloss(one, say), say) for one in own), folded=False)
        return
    totals = rolled.form.totals(table.id)
    names = row_names(table)
    for column in sorted(table.blocks[0].leaf_columns, key=lambda one: one.path not in totals):
        rows = tuple(
            _row(site, rolled, one, names[one.cell.row], one.cell.row.gloss if say.foreign else "", say)
            for one in own
            if one.cell.column is column
        )
        caption = say("{table}：{column}", table=called, column=words.glossed(say, column.label, column.gloss))
        yield SumTable(f"{table.id}-{column.path.replace('_', '-')}", caption, rows, folded=column.path not in totals)


def _gloss(one: CellSum, say: Speech) -> str:
    glosses = [heading.gloss for heading in (one.cell.row, one.cell.column) if heading.gloss]
    return " · ".join(glosses) if say.foreign else ""


def _row(site: Site, rolled: Rollup, one: CellSum, label: str, gloss: str, say: Speech) -> SumRow:
    parts = [
        (member, said, "" if part is Lack.OTHER_FORM else f"#{one.cell.address}")
        for member, part in zip(rolled.members, one.parts, strict=True)
        if part is not Lack.NO_REPORT and (said := _text(part, say))
    ]
    year = next(report.year for report in rolled.reports if report)
    alike = {said for _, said, _ in parts}
    if one.computed is None and len(alike) == 1:  # all of them do without the cell: that is one word, not a list
        parts = []
    return SumRow(
        id=one.cell.address,
        label=label,
        gloss=gloss,
        published=(_text(one.published, say) or "0") if one.published else "—",
        computed=plain(one.computed) or (alike.pop() if len(alike) == 1 else "—"),
        difference=_difference(one.difference),
        differs=bool(one.difference) and not rolled.missing,
        counted=f"{len(one.numbers)}/{len(rolled.members)}",
        parts=tuple(_part(member, year, anchor, said, say) for member, said, anchor in parts[:LISTED]),
        zeros=sum(value == 0 for value in one.numbers),
        beyond=max(len(parts) - LISTED, 0),
    )


def _part(member: Agency, year: int, anchor: str, said: str, say: Speech) -> Part:
    name = words.called(member, say, member.name_in(year))
    return Part(Link(name, f"{paths.report(member.slug, year)}{anchor}"), said)


def _text(part: Figure | Lack, say: Speech) -> str:
    """What a member has in a cell, in words where it is no number; empty for 0, which is only counted."""
    if isinstance(part, Lack):
        return say("采用另一种格式")
    return "" if part.value == 0 else shown(say, part)


def _difference(value: Number | None) -> str:
    return "—" if value is None else signed(value).replace("-", "−")
