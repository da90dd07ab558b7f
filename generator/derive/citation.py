"""How a report is cited: who, what, when, by whom it was transcribed, which version, where."""

from __future__ import annotations

from generator.derive import corrections, transcription, words
from generator.language.speech import speech
from generator.model.report import Report
from generator.model.site import Site


def of_report(site: Site, report: Report, present: Report, address: str) -> str:
    """A citation in the language of the page; the document keeps its Chinese title.

    `address` is empty where the site has no public one; `present` is the version in force.
    """
    say = speech(site.settings.language)
    agency = site.agencies[report.agency]
    if say.foreign:
        citation = words.page_title(agency, report, say)
    else:
        citation = f"{agency.name_in(report.year)}：《{words.title(agency, report)}》"
    day = ""
    if report.published:
        day = say("{day}发布", day=say.day(report.published))
    transcriber = transcription.citation_remark(site, report, say)
    version = corrections.version(report, present, say)
    for addition in (day, transcriber, version, address):
        if addition:
            citation = say("{said}，{more}", said=citation, more=addition)
    return say("{said}。", said=citation)
