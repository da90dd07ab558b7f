"""What publication adds: in time (P-01), title (P-02), dates (P-03), links and attachments (P-04)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from generator.check.case import Case
from generator.language import labels, prose
from generator.model.coverage import deadline
from generator.model.finding import Finding, Location, Text
from generator.model.report import IMAGES, Report, SectionText
from generator.model.site import Site
from generator.model.transcription import PUBLISHED

OTHER_YEAR = re.compile(r"\.\./((?:19|20)[0-9]{2})/(?:index\.html)?")
HOST = re.compile(r"https?://[^/\s]+|mailto:\S+@\S+|tel:\S+", re.IGNORECASE)
TITLE = "政府信息公开工作年度报告"


def check(case: Case) -> Iterator[Finding]:
    """Late publication, irregular titles, doubtful dates and dead links."""
    report = case.report
    yield from _late(case)
    yield from _title(case)
    unsaid = report.published_at == report.at  # a day that cannot be read has been said
    if report.published is None and unsaid and PUBLISHED not in report.left_out:
        advice = Text(
            "写上发布日期，如 2024-01-26；没有它无从核对期限",
            "write the day of publication; without it nobody can see whether it was in time",
        )
        yield case.found("P-03", report.published_at, "没有写“发布日期”", "the day of publication (发布日期) is missing", advice=advice)
    for zh, en in _doubtful_dates(report, case.today):
        yield case.found("P-03", report.published_at, zh, en)
    names = {attachment.name for attachment in report.attachments}
    years = set(case.site.years_by_agency[report.agency])
    for text in report.texts:
        for link in prose.links(text.markdown):
            if problem := _dead(link, names, years):
                shown = unquote(link.target)
                yield case.found("P-04", _place(text, link), f"链接“{shown}”{problem.zh}", f"the link “{shown}” {problem.en}")


def _late(case: Case) -> Iterator[Finding]:
    """P-01, against the site's deadline for the kind of body, else the statutory one."""
    report = case.report
    if report.published is None:
        return
    last = deadline(case.site.settings, case.agency.kind, report.year)
    if report.published > last:
        days = (report.published - last).days
        zh = f"发布日期 {report.published} 晚于期限 {last}，迟 {days} 天"
        yield case.found("P-01", report.published_at, zh, f"published {report.published}, {days} days after {last}")


def _title(case: Case) -> Iterator[Finding]:
    """P-02: a title of one's own is the body's name, the year and the fixed words."""
    report = case.report
    names = {labels.normal(name) for name in (case.agency.name, case.agency.name_in(report.year))}
    allowed = {labels.normal(f"{name}{report.year}年{more}{TITLE}") for name in names for more in ("", "度")}
    if report.title and labels.normal(report.title) not in allowed:
        should = f"{case.agency.name_in(report.year)}{report.year}年{TITLE}"
        yield case.found("P-02", report.at, f"标题是“{report.title}”，应为“{should}”", f"the title should read “{should}”")


def check_pages(site: Site) -> Iterator[Finding]:
    """Links of the site's own pages that may not be published. Whether those inside the site lead anywhere is seen when it is built."""
    pages = [said for page in site.pages.values() for said in (page, *page.translations.values())]
    for page in pages:
        for link in prose.links(page.markdown):
            if not prose.allowed(link.target) or (link.image and prose.external(link.target)):
                at = Location(page.at.path, page.at.line + link.line - 1)
                zh, en = f"链接“{link.target}”不能发布", f"the link “{link.target}” cannot be published"
                yield site.law.finding("P-04", at, zh, en)


def _doubtful_dates(report: Report, today: date) -> Iterator[tuple[str, str]]:
    if report.published is None:
        return
    if report.published > today:
        yield f"发布日期 {report.published} 在今天（{today}）之后", f"published {report.published}, after today ({today})"
    if report.published < date(report.year, 12, 31):
        yield f"发布日期 {report.published} 早于报告年度结束", f"published {report.published}, before the year it reports was over"
    if report.signed and report.published < report.signed:
        yield f"发布日期 {report.published} 早于成文日期 {report.signed}", f"published {report.published}, before signed {report.signed}"


def _place(text: SectionText, link: prose.Link) -> Location:
    """Where a link stands: the first place from its paragraph on where its target is written."""
    lines = text.markdown.split("\n")
    for offset, line in enumerate(lines[link.line - 1 :], link.line - 1):
        for target in (link.target, unquote(link.target)):
            if target and (column := line.find(target)) >= 0:
                return Location(text.at.path, text.at.line + offset, column + 1)
    return Location(text.at.path, text.at.line + link.line - 1)


def _dead(link: prose.Link, attachments: set[str], years: set[int]) -> Text | None:
    """What is wrong with a link of a narrative, or None. It may lead to a web address, to the report's own files/, or to
    another year's report (`../2022/`)."""
    if not prose.allowed(link.target):
        return Text(
            "的写法不允许：只用 http(s)、mailto、tel 或 files/ 里的文件", "is not allowed: http(s), mailto, tel or a file in files/"
        )
    if prose.external(link.target):
        if link.image:
            return Text("是外部图片，请把图片放进 files/", "is a remote image; put the image into files/")
        return None if HOST.match(link.target) else Text("没有网址", "has no host")
    return _dead_inside(link, unquote(link.target.partition("#")[0].partition("?")[0]).removeprefix("./"), attachments, years)


def _dead_inside(link: prose.Link, path: str, attachments: set[str], years: set[int]) -> Text | None:
    other = OTHER_YEAR.fullmatch(path)
    if other and not link.image:
        absent = Text("指向的年度，本站没有收录报告", "leads to a year of which this site holds no report")
        return None if int(other[1]) in years else absent
    if path.removeprefix("files/") not in attachments or not path.startswith("files/"):
        return Text("指向的文件不在本报告的 files/ 里", "names no file in this report's files/")
    if link.image and not path.lower().endswith(IMAGES):
        return Text("不是图片文件", "is not an image")
    return None
