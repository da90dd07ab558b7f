"""What pages say of a report that its body did not enter itself.

By whom it was entered, whose words it is in, and what of the original this site does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.speech import Speech
from generator.model.report import Report
from generator.model.site import Site
from generator.model.transcription import PUBLISHED, By, Wording


def facts(report: Report, say: Speech) -> Iterator[tuple[str, str]]:
    """The lines of the metadata block; none for a report that its body entered."""
    if report.entered_by is By.AGENCY:
        return
    if report.wording is Wording.REWRITTEN:
        yield say("录入"), say("由本站编者转录：数字照录，文字改写")
    else:
        yield say("录入"), say("由本站编者转录，照录原文")
    missing = [_name(report, text, say) for text in report.omissions if text != PUBLISHED]
    if missing:
        yield say("没有收录的部分"), say.clauses(missing)


def day(report: Report, say: Speech) -> str:
    """The day of publication in words, or that this site does not have it.

    Empty where the report does not name it.
    """
    if PUBLISHED in report.omissions:
        return say("本站没有收录")
    return say.day(report.published)


def missing_day(report: Report, say: Speech) -> str:
    """What stands in a list in the place of a day of publication that is missing."""
    if PUBLISHED in report.omissions:
        return say("没有收录")
    return say("未注明")


def address(report: Report, say: Speech) -> str:
    """The address of the original; of a transcribed report also that it is unknown."""
    if report.transcribed:
        return report.source_url or say("不详")
    return report.source_url


def rewritten(report: Report, say: Speech) -> str:
    """The notice before texts that the editors rewrote; empty for those of the body."""
    if report.wording is Wording.VERBATIM:
        return ""
    return say("以下文字由本站编者依据报告的事实改写，不是机关的原文。")


def left_out(report: Report, section: str, say: Speech) -> str:
    """The notice in the place of a text that this site does not have; empty where it has it."""
    if section not in report.omissions:
        return ""
    return say("本站没有收录原报告这一部分的文字。")


def publisher(site: Site, report: Report) -> str:
    """Who publishes the page: the body itself, or the site whose editors took its report over."""
    return _site_or_body(site, report, is_site=report.entered_by is By.EDITORS)


def author(site: Site, report: Report) -> str:
    """Whose words a document is in: the body's, also where editors copied them, or the site's."""
    return _site_or_body(site, report, is_site=report.wording is Wording.REWRITTEN)


def citation_remark(site: Site, report: Report, say: Speech) -> str:
    """The remark in a citation of a report that editors took over; empty for any other."""
    if report.entered_by is By.AGENCY:
        return ""
    if report.wording is Wording.REWRITTEN:
        return say("据“{site}”编者转录（文字改写）", site=site.settings.full_title)
    return say("据“{site}”编者转录（照录原文）", site=site.settings.full_title)


def told(report: Report, say: Speech) -> str:
    """The remark in a feed on a report that editors took over; empty for any other."""
    if report.entered_by is By.AGENCY:
        return ""
    return say("由本站编者转录自机关公开发布的报告；发布日期是原报告的。")


def gives(by: By, say: Speech) -> str:
    """What a reason within a sentence is called, by who gives it."""
    if by is By.EDITORS:
        return say("编者说明")
    return say("机关说明")


def _site_or_body(site: Site, report: Report, *, is_site: bool) -> str:
    if is_site:
        return site.settings.full_title
    return site.agencies[report.agency].name_in(report.year)


def _name(report: Report, text: str, say: Speech) -> str:
    """The name of a text of the report: the heading of its section, or that it is the preface."""
    for section in report.format.sections:
        if section.id == text:
            return section.gloss.say(say.language) or section.heading
    return say("报告开头")
