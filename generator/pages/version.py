"""An earlier version of a corrected report, under a notice that leads to the present one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.derive import corrections, paths
from generator.language.speech import speech
from generator.language.versions import versions
from generator.model.finding import Finding
from generator.model.frame import Html, Link, Meta
from generator.model.job import Job, Part
from generator.model.report import Report
from generator.model.report_view import ReportPage
from generator.model.site import Site
from generator.pages.report import report_page, written_texts
from generator.parts.body import beside_report
from generator.parts.edition import Edition


def version_page(
    site: Site, present: Report, number: int, findings: Sequence[Finding]
) -> ReportPage:
    """The view of version `number` of a report; `findings` are those of the present one.

    It tells search engines not to list it, and that the present page is the canonical one.
    """
    settings = site.settings
    say = speech(settings.language)
    report = versions(present)[number - 1]
    unaffected = corrections.unaffected(findings, report, present)
    page = report_page(site, report, unaffected, present=present)
    home = paths.report(report.agency, report.year)
    version = corrections.named(say, number)
    title = say("{title}（{version}）", title=page.title, version=version)
    canonical = "../../index.html"
    if settings.base_url:
        canonical = f"{settings.base_url}/{paths.prefix(settings)}{home}"
    frame = replace(
        page.frame,
        title=f"{title} - {settings.title}",
        heading=title,
        crumbs=(*page.frame.crumbs, Link(say("{year} 年度", year=report.year), home)),
        meta=(*page.frame.meta, Meta("robots", "noindex")),
        data=Html(""),
        canonical=canonical,
    )
    return replace(
        page,
        frame=frame,
        title=title,
        previous=None,
        following=None,
        compare=None,
        changes=None,
        rollup=None,
        held=None,
    )


def jobs(edition: Edition) -> Iterator[Job]:
    """A page for each earlier version of a corrected report."""
    for report in edition.site.reports.values():
        yield from _versions(edition, report)


def _versions(edition: Edition, report: Report) -> Iterator[Job]:
    """A page for each earlier version of a corrected report."""
    for number in range(1, report.version):
        yield edition.page(
            paths.version(report.agency, report.year, number),
            "report.html",
            version_page,
            beside_report(edition, report).entries("held", [(report.agency, report.year)]),
            edition.report(report),
            Part.of("version", number),
            edition.findings_in(report),
            texts=written_texts(report),
        )
