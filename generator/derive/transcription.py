"""What pages say of a report that its body did not enter itself: by whom it was, whose words they are, what of the original is not here."""

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
    rewritten = report.wording is Wording.REWRITTEN
    yield say("录入"), say("由本站编者转录：数字照录，文字改写") if rewritten else say("由本站编者转录，照录原文")
    if parts := [_name(report, part, say) for part in report.left_out if part != PUBLISHED]:
        yield say("没有收录的部分"), ("; " if say.foreign else "；").join(parts)


def day(report: Report, say: Speech) -> str:
    """The day of publication in words: also that this site does not hold it. Empty where the report does not say."""
    return say("本站没有收录") if PUBLISHED in report.left_out else say.day(report.published)


def undated(report: Report, say: Speech) -> str:
    """What a list says in the place of a day of publication that is not there."""
    return say("没有收录") if PUBLISHED in report.left_out else say("未注明")


def address(report: Report, say: Speech) -> str:
    """Where the original is; of a transcribed report also that nobody knows."""
    return report.source_url or (say("不详") if report.transcribed else "")


def rewritten(report: Report, say: Speech) -> str:
    """What stands before texts that the editors rewrote; empty for those of the body."""
    if report.wording is Wording.VERBATIM:
        return ""
    return say("以下文字由本站编者依据报告的事实改写，不是机关的原文。")


def left_out(report: Report, part: str, say: Speech) -> str:
    """What stands in the place of a text that is not held; empty where it is."""
    return say("本站没有收录原报告这一部分的文字。") if part in report.left_out else ""


def publisher(site: Site, report: Report) -> str:
    """Who publishes what stands here: the body itself, or the site whose editors took its report over."""
    return _named(site, report, ours=report.entered_by is By.EDITORS)


def author(site: Site, report: Report) -> str:
    """Whose words a document is in: those of the body, even copied by editors, or the site's own."""
    return _named(site, report, ours=report.wording is Wording.REWRITTEN)


def cited(site: Site, report: Report, say: Speech) -> str:
    """What a citation says of a report that editors took over; empty for one that its body entered."""
    if report.entered_by is By.AGENCY:
        return ""
    if report.wording is Wording.REWRITTEN:
        return say("据“{site}”编者转录（文字改写）", site=site.settings.full_title)
    return say("据“{site}”编者转录（照录原文）", site=site.settings.full_title)


def told(report: Report, say: Speech) -> str:
    """What a feed says of such a report; empty for one that its body entered."""
    return "" if report.entered_by is By.AGENCY else say("由本站编者转录自机关公开发布的报告；发布日期是原报告的。")


def gives(by: By, say: Speech) -> str:
    """What a reason is called that stands in a sentence, by who gives it."""
    return say("编者说明") if by is By.EDITORS else say("机关说明")


def _named(site: Site, report: Report, *, ours: bool) -> str:
    return site.settings.full_title if ours else site.agencies[report.agency].name_in(report.year)


def _name(report: Report, part: str, say: Speech) -> str:
    section = next((one for one in report.format.sections if one.id == part), None)
    if section is None:
        return say("报告开头")
    return section.gloss if say.foreign and section.gloss else section.heading
