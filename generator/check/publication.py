"""What publication adds: dates (P-03), links and attachments (P-04), corrections that say what the table says (C-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from generator.language import prose
from generator.model.finding import Finding, Location, Text
from generator.model.report import Report, Site

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def check(site: Site, report: Report, today: date) -> Iterator[Finding]:
    """Doubtful dates, dead links and corrections that contradict the table, for one report as of `today`."""

    def found(rule: str, at: Location, zh: str, en: str, advice: Text | None = None) -> Finding:
        return site.law.finding(rule, at, zh, en, agency=report.agency, year=report.year, advice=advice)

    for zh, en in _doubtful_dates(report, today):
        yield found("P-03", report.at, zh, en)
    names = {attachment.name for attachment in report.attachments}
    for section in report.sections.values():
        for link in prose.links(section.markdown):
            if problem := _dead(link, names):
                at = Location(section.at.path, section.at.line + link.line - 1)
                yield found("P-04", at, f"链接“{unquote(link.target)}”{problem.zh}", f"the link “{unquote(link.target)}” {problem.en}")
    for correction in report.corrections:
        for change in correction.changes:
            now = report.figures[change.cell]
            if change.after not in {now.text, now.raw}:
                label = report.format.cells[change.cell].label
                zh = f"更正把“{label}”改为 {change.after}，而表中是 {now.text or '空白'}"
                yield found("C-10", now.at or report.at, zh, f"corrected “{label}” to {change.after}, the table says {now.text}")


def _doubtful_dates(report: Report, today: date) -> Iterator[tuple[str, str]]:
    if report.published is None:
        return
    if report.published > today:
        yield f"发布日期 {report.published} 在今天（{today}）之后", f"published {report.published}, after today ({today})"
    if report.published < date(report.year, 12, 31):
        yield f"发布日期 {report.published} 早于报告年度结束", f"published {report.published}, before the year it reports was over"
    if report.signed and report.published < report.signed:
        yield f"发布日期 {report.published} 早于成文日期 {report.signed}", f"published {report.published}, before signed {report.signed}"


def _dead(link: prose.Link, attachments: set[str]) -> Text | None:
    """What is wrong with a link of a narrative, or None. It may lead to a web address, an anchor, or the report's own files/."""
    if not prose.allowed(link.target):
        return Text(
            "的写法不允许：只用 http(s)、mailto、tel 或 files/ 里的文件", "is not allowed: http(s), mailto, tel or a file in files/"
        )
    if prose.external(link.target):
        return Text("是外部图片，请把图片放进 files/", "is a remote image; put the image into files/") if link.image else None
    path = unquote(link.target.partition("#")[0].partition("?")[0]).removeprefix("./")
    if not path or (path.startswith("../") and not link.image):
        return None
    if path.removeprefix("files/") not in attachments or not path.startswith("files/"):
        return Text("指向的文件不在本报告的 files/ 里", "names no file in this report's files/")
    if link.image and not path.lower().endswith(IMAGES):
        return Text("不是图片文件", "is not an image")
    return None
