"""P-01, P-02, P-03, P-04: a report in time, its title, its dates, its links and attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.check.case import Case
from generator.language import labels, prose, targets
from generator.language.sentence import sentence
from generator.model import address
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
    yield from _late(case)
    yield from _title(case)
    yield from _dates(case)
    yield from _links(case)


def _late(case: Case) -> Iterator[Finding]:
    """P-01, against the site's deadline for the kind of body, else the statutory one."""
    report = case.report
    if report.published is None:
        return
    last = deadline(case.site.settings, case.agency.kind, report.year)
    if report.published > last:
        message = sentence(
            "发布日期 {published} 晚于期限 {deadline}，迟 {days} 天",
            published=report.published,
            deadline=last,
            days=(report.published - last).days,
        )
        yield case.finding("P-01", report.published_at, message)


def _title(case: Case) -> Iterator[Finding]:
    """P-02: a title that the report states is the body's name, the year and the fixed words."""
    report = case.report
    if not report.title:
        return
    name = case.agency.name_in(report.year)
    allowed = set()
    for body in (case.agency.name, name):
        for year in (f"{report.year}年", f"{report.year}年度"):
            allowed.add(labels.normal(f"{labels.normal(body)}{year}{TITLE}"))
    if labels.normal(report.title) not in allowed:
        expected = f"{name}{report.year}年{TITLE}"
        message = sentence(
            "标题是“{title}”，应为“{expected}”", title=report.title, expected=expected
        )
        yield case.finding("P-02", report.at, message)


def _dates(case: Case) -> Iterator[Finding]:
    """P-03: no day of publication, or a doubtful one."""
    report = case.report
    for message in _doubtful_dates(report, case.today):
        yield case.finding("P-03", report.published_at, message)
    # The loader has reported a day that cannot be read: its place is not that of the report.
    unread = report.published_at != report.at
    if report.published is None and not unread and PUBLISHED not in report.omissions:
        message = sentence("没有写“发布日期”")
        advice = sentence("写上发布日期，如 2024-01-26；没有它无从核对期限")
        yield case.finding("P-03", report.published_at, message, advice=advice)


def _doubtful_dates(report: Report, today: date) -> Iterator[Text]:
    """What is doubtful about the day of publication."""
    published = report.published
    if published is None:
        return
    if published > today:
        yield sentence(
            "发布日期 {published} 在今天（{today}）之后", published=published, today=today
        )
    if published < date(report.year, 12, 31):
        yield sentence("发布日期 {published} 早于报告年度结束", published=published)
    if report.signed and published < report.signed:
        yield sentence(
            "发布日期 {published} 早于成文日期 {signed}",
            published=published,
            signed=report.signed,
        )


def _links(case: Case) -> Iterator[Finding]:
    """P-04: links of the narrative that lead nowhere."""
    report = case.report
    attachments = {attachment.name for attachment in report.attachments}
    years = set(case.site.years_by_agency[report.agency])
    for text in report.texts:
        for link in prose.links(text.markdown):
            problem = _dead(link, attachments, years)
            if problem is not None:
                target = address.decoded(link.target)
                message = sentence("链接“{target}”{problem}", target=target, problem=problem)
                yield case.finding("P-04", _place(text, link), message)


def check_pages(site: Site) -> Iterator[Finding]:
    """P-04: links of the site's own pages that may not be published.

    Whether those inside the site lead anywhere is seen when it is built.
    """
    for page in site.pages.values():
        for version in (page, *page.translations.values()):
            for link in prose.links(version.markdown):
                if prose.allowed(link.target) and not _is_remote_image(link):
                    continue
                place = Location(version.at.path, version.at.line + link.line - 1)
                message = sentence("链接“{target}”不能发布", target=link.target)
                yield site.law.finding("P-04", place, message)


def _is_remote_image(link: prose.Link) -> bool:
    return link.image and prose.external(link.target)


def _place(text: SectionText, link: prose.Link) -> Location:
    """Where a link stands: the first place from its paragraph on where its target is written."""
    lines = text.markdown.split("\n")
    first = link.line - 1
    for number, line in enumerate(lines[first:], text.at.line + first):
        for target in filter(None, (link.target, address.decoded(link.target))):
            column = line.find(target)
            if column >= 0:
                return Location(text.at.path, number, column + 1)
    return Location(text.at.path, text.at.line + first)


def _dead(link: prose.Link, attachments: set[str], years: set[int]) -> Text | None:
    """What is wrong with a link of a narrative, or None.

    It may lead to a web address, to a file of the report's own files/, or to another year's report
    (`../2022/`).
    """
    if not prose.allowed(link.target):
        return sentence("的写法不允许：只用 http(s)、mailto、tel 或 files/ 里的文件")
    if _is_remote_image(link):
        return sentence("是外部图片，请把图片放进 files/")
    if prose.external(link.target):
        return None if HOST.match(link.target) else sentence("没有网址")
    return _dead_inside(link, attachments, years)


def _dead_inside(link: prose.Link, attachments: set[str], years: set[int]) -> Text | None:
    """What is wrong with a link that stays on the site, or None."""
    path = address.read(link.target).path.removeprefix("./")
    year = OTHER_YEAR.fullmatch(path)
    if year and not link.image:
        collected = int(year[1]) in years
        return None if collected else sentence("指向的年度，本站没有收录报告")
    attached = targets.attachment(link.target, attachments)
    if not attached:
        return sentence("指向的文件不在本报告的 files/ 里")
    if link.image and not address.read(attached).path.lower().endswith(IMAGES):
        return sentence("不是图片文件")
    return None
