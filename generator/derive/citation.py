"""How a report is cited: who, what, when, taken over by whom, which version, where."""

from __future__ import annotations

from generator.derive import corrections, transcription, words
from generator.language.speech import speech
from generator.model.report import Report
from generator.model.site import Site


def of_report(site: Site, report: Report, present: Report, address: str) -> str:
    """A citation in the language of the page, in which the document keeps its Chinese title. `address` is empty where the site has no
    public one; `present` is the version in force."""
    say, agency = speech(site.settings.language), site.agencies[report.agency]
    body, title = agency.name_in(report.year), words.title(agency, report)
    said = words.titled(agency, report, say) if say.foreign else f"{body}：《{title}》"
    day = say("{day}发布", day=say.day(report.published)) if report.published else ""
    for part in (day, transcription.cited(site, report, say), corrections.version(report, present, say), address):
        if part:
            said = say("{said}，{more}", said=said, more=part)
    return say("{said}。", said=said)
