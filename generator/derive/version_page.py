"""An earlier version of a corrected report: the page it was, under a notice that says where the present one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.derive import corrections, paths
from generator.derive.report_page import report_page
from generator.language.speech import speech
from generator.language.versions import versions
from generator.model.finding import Finding
from generator.model.frame import Html, Link, Meta
from generator.model.report import Report
from generator.model.report_view import ReportPage
from generator.model.site import Site


def version_page(site: Site, present: Report, number: int, findings: Sequence[Finding]) -> ReportPage:
    """The view of version `number` of a report; `findings` are those of the present one. Search engines are told to pass it by, and
    that the present page is the one to know."""
    say, settings = speech(site.settings.language), site.settings
    report = versions(present)[number - 1]
    page = report_page(site, report, corrections.unaffected(findings, report, present), present=present)
    home = paths.report(report.agency, report.year)
    title = say("{title}（{version}）", title=page.title, version=corrections.named(say, number))
    frame = replace(
        page.frame,
        title=f"{title} - {settings.title}",
        heading=title,
        crumbs=(*page.frame.crumbs, Link(say("{year} 年度", year=report.year), home)),
        meta=(*page.frame.meta, Meta("robots", "noindex")),
        data=Html(""),
        canonical=f"{settings.base_url}/{paths.prefix(settings)}{home}" if settings.base_url else "../../index.html",
    )
    return replace(page, frame=frame, title=title, previous=None, following=None, compare=None, changes=None, rollup=None, held=None)
