"""A report as a page: facts, the six sections in order with their tables, the explanations under them, downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.derive import citation, corrections, paths, structured, transcription, words
from generator.derive.frame import article, frame
from generator.derive.tables import grid
from generator.language import prose
from generator.language.glosses import cell_name
from generator.language.speech import Speech, speech
from generator.model.figure import State
from generator.model.finding import Finding, Severity
from generator.model.format import Section
from generator.model.frame import Html, Link
from generator.model.report import Explanation, Report
from generator.model.report_view import Download, Note, ReportPage, SectionView
from generator.model.site import Site
from generator.model.transcription import By

Resolve = Callable[[str], str]
Found = Sequence[Finding]


def report_page(
    site: Site, report: Report, findings: Found, before: Found = (), *, for_print: bool = False, present: Report | None = None
) -> ReportPage:
    """The view of one report. `findings` are its own, `before` those of last year's; with `for_print`, links within the site become
    absolute or plain text. Where the report is an earlier version, `present` is the one in force."""
    say, agency = speech(site.settings.language), site.agencies[report.agency]
    home, title = paths.report(report.agency, report.year), words.title(agency, report)
    path = paths.version(report.agency, report.year, report.version) if present else home
    present = present or report
    done, held = corrections.steps(present), site.held.get((report.agency, report.year))
    base = f"{site.settings.base_url}/{path}" if site.settings.base_url else ""
    resolve = _printed(base) if for_print else _within(site, home, path)
    glance = words.glance(site, report, findings, before)
    said = say("{title}：{said}。", title=title, said=words.in_a_sentence(glance, say)) if glance else title
    crumbs = (Link(say("机关"), paths.AGENCIES), words.to_agency(site, agency))
    files, rolled = downloads(site, report, path), (report.agency, report.year) in site.rolled_up
    data = structured.report(site, report, title, path, files)
    return ReportPage(
        frame=frame(site, path, words.titled(agency, report, say), said, crumbs, article(site, report, title), data=data),
        agency=words.to_agency(site, agency),
        year=report.year,
        title=words.titled(agency, report, say),
        preface=Html(prose.render(report.preface.markdown, resolve=resolve)) if report.preface else Html(""),
        notes=tuple(_notes(site, report, "", findings)),
        facts=tuple((name, value) for name, value in facts(site, report, present, say) if value),
        glance=glance,
        sections=tuple(
            corrections.marked(_section(site, report, section, findings, resolve), report, done, say) for section in report.format.sections
        ),
        corrections=tuple(corrections.notices(report, done, say)),
        downloads=files,
        attachments=tuple(Download(one.name, f"{home}files/{one.name}", words.file_size(one.size)) for one in report.attachments),
        previous=_neighbour(site, report, -1),
        following=_neighbour(site, report, +1),
        compare=Link(say("历年比较"), paths.compare(report.agency)) if len(site.years_by_agency[report.agency]) > 1 else None,
        author=transcription.author(site, report),
        citation=citation.of_report(site, report, present, base),
        held=words.held(site, held) if held and not for_print else None,
        changes=_changes(site, report, say),
        version=corrections.version(report, present, say),
        superseded=corrections.superseded(report, present, say),
        gap=say("本站没有收录 {year} 年度的报告，不能与上年比较。", year=report.year - 1) if glance and not site.prior(report) else "",
        rollup=Link(say("汇总与所属机关之和"), paths.rollup(report.agency, report.year)) if rolled else None,
        rewritten=transcription.rewritten(report, say),
    )


def downloads(site: Site, report: Report, path: str) -> tuple[Download, ...]:
    """The files that a report offers in its folder. An earlier version has neither PDF nor workbook of its own."""
    say = speech(site.settings.language)
    saved = words.saved(site, report)
    tables = (
        Download("CSV", f"{path}tables.csv", say("三张表，每格一行，可用 Excel 打开"), f"{saved}.csv"),
        Download("JSON", f"{path}tables.json", say("三张表，供程序读取"), f"{saved}.json"),
    )
    if path != paths.report(report.agency, report.year):
        return tables
    printed = Download("PDF", f"{path}report.pdf", say("全文，适合打印，附有数据"), f"{saved}.pdf")
    workbook = Download("XLSX", f"{path}tables.xlsx", say("三张表，每格一行，另有法定样式"), f"{saved}.xlsx")
    return (*((printed,) if site.pdf else ()), workbook, *tables)


def facts(site: Site, report: Report, present: Report, say: Speech) -> Iterator[tuple[str, str]]:
    """The lines of the metadata block; those without a value are still among them."""
    agency = site.agencies[report.agency]
    yield say("发布机关"), words.called(agency, say, agency.name_in(report.year))
    yield say("统计期限"), say("{year} 年 1 月 1 日至 12 月 31 日", year=report.year)
    yield say("采用格式"), report.format.basis
    yield say("成文日期"), say.day(report.signed)
    yield say("发布日期"), transcription.day(report, say)
    yield say("版本"), corrections.version(report, present, say)
    yield say("信息来源"), report.source
    yield say("索引号"), report.index_number
    yield say("原文网址"), transcription.address(report, say)
    yield from transcription.facts(report, say)


def _section(site: Site, report: Report, section: Section, findings: Sequence[Finding], resolve: Resolve) -> SectionView:
    text = report.sections.get(section.id)
    html = Html(prose.render(text.markdown, resolve=resolve)) if text else Html("")
    say = speech(site.settings.language)
    gloss = section.gloss if say.foreign else ""
    left_out = transcription.left_out(report, section.id, say)
    if not section.table:
        return SectionView(section.id, section.heading, html, gloss, left_out=left_out)
    table = report.format.table(section.table)
    return SectionView(
        section.id,
        section.heading,
        html,
        gloss,
        words.summary(report, table, say),
        words.breakdown(site.law, report, table, say),
        grid(report.format, table, report.figures, glossed=say.foreign),
        tuple(_notes(site, report, table.id, findings)),
        tuple(_legend(report, table.id, say)),
        left_out=left_out,
    )


def notes(site: Site, report: Report, findings: Sequence[Finding], least: Severity = Severity.WARNING) -> Iterator[Note]:
    """All that is said under the tables of a report and at its end, in that order, each once; findings that nobody explained from a
    severity on."""
    seen: set[Note] = set()
    for table in (*(table.id for table in report.format.tables), ""):
        for note in _notes(site, report, table, findings, least):
            if note not in seen:
                seen.add(note)
                yield note


def _notes(site: Site, report: Report, table: str, findings: Sequence[Finding], least: Severity = Severity.WARNING) -> Iterator[Note]:
    """What is to be said under a table, or with no table at the end of the report: first the explanations (what does not agree, and
    why, by the agency or by the editors who took the report over), then what a check found and nobody explained, where the site's policy
    lets such a report be published."""
    key = speech(site.settings.language).key
    own = [finding for finding in findings if _of(table, finding)]
    kind = "editors" if report.entered_by is By.EDITORS else "explanation"
    for index, one in enumerate(report.explanations):
        about = [finding for finding in own if finding.explained_by == index]
        if about:
            yield Note(kind, one.reason, one.person, _about(site, report, one, about))
    for finding in own:
        if not finding.explained and finding.severity.rank >= least.rank:
            yield Note("finding", finding.message.say(key), about=finding.rule)


def _about(site: Site, report: Report, explanation: Explanation, findings: Sequence[Finding]) -> str:
    """What the explanation answers: the discrepancies themselves, else the rule's name and the cells."""
    say = speech(site.settings.language)
    if all(finding.difference is not None or not finding.cells for finding in findings):
        return ("; " if say.foreign else "；").join(finding.message.say(say.key) for finding in findings)
    name = site.law.rules[explanation.rule].name.say(say.key)
    cells = [cell_name(report.format.cells[cell], say) for finding in findings for cell in finding.cells]
    if len(cells) <= 3:
        return say("{name}：{cells}", name=name, cells=say.listed(cells))
    return say.plural("{name}，共 {count} 格", len(cells), name=name)


def _of(table: str, finding: Finding) -> bool:
    """Whether a finding concerns a table; one that concerns none belongs to the table called nothing."""
    return any(cell.startswith(f"{table}.") for cell in finding.cells) if table else not finding.cells


def _legend(report: Report, table: str, say: Speech) -> Iterator[str]:
    """What the marks in a table mean, as far as it has any, and the rows beyond the form."""
    figures = [figure for address, figure in report.figures.items() if address.startswith(f"{table}.")]
    states = {figure.state for figure in figures}
    if State.UNREADABLE in states:
        yield say("“？”表示原表这一格无法辨认。")
    if State.BLANK in states:
        yield say("空白的格在原表中就是空白，核对合计时按 0 计。")
    if State.NOT_APPLICABLE in states:
        yield say("“/”表示不适用。")
    if any(figure.computed for figure in figures):
        yield say("带 * 的总计由各列相加得出，报告中没有填写。")
    if extras := "；".join(f"{one.label} {one.text}" for one in report.extras if one.table == table):
        yield say("法定表以外另列：{extras}。", extras=extras)


def _neighbour(site: Site, report: Report, step: int) -> Link | None:
    years = site.years_by_agency[report.agency]
    index = years.index(report.year) + step
    if not 0 <= index < len(years):
        return None
    return Link(words.in_year(speech(site.settings.language), years[index]), paths.report(report.agency, years[index]))


def _changes(site: Site, report: Report, say: Speech) -> Link | None:
    """The way to the comparison with the report before this one."""
    earlier = [year for year in site.years_by_agency[report.agency] if year < report.year]
    if not earlier:
        return None
    return Link(say("与 {year} 年度逐格比较", year=earlier[-1]), paths.adjacent(report.agency, earlier[-1], report.year))


def _within(site: Site, home: str, path: str) -> Resolve:
    """Links of a text are written from the report's own folder, `home`. Its page may stand deeper, in the folder of a version; and in
    another language it stands elsewhere while the files are there once."""
    up = "../" * (path.count("/") - home.count("/"))
    steps = "../" * (path.count("/") + 1) + home if paths.prefix(site.settings) else up

    def resolve(target: str) -> str:
        if "://" in target or target.startswith(("#", "mailto:", "tel:")):
            return target
        own = not target.startswith("../") and not target.endswith("/")
        return f"{steps}{target}" if own else paths.in_full(f"{up}{target}")

    return resolve


def _printed(base: str) -> Resolve:
    """Paper has no site around it: a link within the site is made absolute, or dropped where the site has no public address."""

    def resolve(target: str) -> str:
        if prose.external(target) or target.startswith("#"):
            return target
        return base + target if base else ""

    return resolve
