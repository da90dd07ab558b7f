"""Every output of a site as a job: where it goes, what it depends on, how it is made. A view is derived only inside its job."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path

from generator.derive import lists, paths, words
from generator.derive.compare_page import compare_page
from generator.derive.report_page import report_page
from generator.derive.rules_page import rules_page
from generator.model.digest import digest, own_code
from generator.model.finding import Finding, Location, Text
from generator.model.job import Job, JobProblem, Payload, PrintJob
from generator.model.report import IMAGES, Attachment, Report, Site
from generator.model.theme import Theme
from generator.model.view import View
from generator.render import files, pdf
from generator.render.html import Templates

AnyJob = Job | PrintJob


@dataclass(frozen=True)
class Plan:
    """What jobs are planned from, with the digests that many of them share: `contents` of each report, `reports` with its findings."""

    root: Path
    site: Site
    theme: Theme
    templates: Templates
    findings: Mapping[tuple[str, int], Sequence[Finding]]
    contents: Mapping[tuple[str, int], str]
    reports: Mapping[tuple[str, int], str]
    recipe: str
    frame: str

    def page(self, path: str, template: str, view: Callable[[], View], **inputs: str) -> Job:
        """The job of one HTML page."""
        return Job(
            paths.file(path),
            {"recipe": self.recipe, "frame": self.frame, "template": self.templates.closure(template), **inputs},
            lambda: self.templates.render(template, view()).encode(),
        )


def plan(root: Path, site: Site, theme: Theme, findings: Sequence[Finding]) -> list[AnyJob]:
    """All jobs of a site, in the order they are best made. Raises JobProblem where a template cannot be read."""
    by_report: dict[tuple[str, int], list[Finding]] = {key: [] for key in site.reports}
    for finding in findings:
        by_report.get((finding.agency, finding.year or 0), []).append(finding)
    contents = {key: digest(report) for key, report in site.reports.items()}
    shared = Plan(
        root,
        site,
        theme,
        Templates(theme),
        by_report,
        contents,
        {key: digest(contents[key], by_report[key]) for key in site.reports},
        _recipe(site.law.digest),
        digest(site.settings, bool(site.reports), [(page.slug, page.title) for page in site.pages.values()], site.pdf, site.law.headline),
    )
    jobs: list[AnyJob] = [*_assets(shared), *_lists(shared), *_agencies(shared)]
    for report in site.reports.values():
        jobs += _report(shared, report)
    return [*jobs, *_waiting(shared)]


def _recipe(law: str) -> str:
    """A digest of the forms, of our own code, and of the libraries that decide the bytes of a page."""
    return digest(law, own_code(), [metadata.version(name) for name in ("jinja2", "markdown-it-py")])


def _assets(shared: Plan) -> Iterator[Job]:
    css = shared.theme.screen
    yield Job(paths.STYLE, {"style": digest(css)}, css.encode)
    for path, source in shared.theme.assets.items():
        data = Path(source).read_bytes()
        yield Job(path, {"file": digest(data.hex())}, partial(bytes, data))


def _lists(shared: Plan) -> Iterator[Job]:
    site = shared.site
    everything = digest({f"{slug} {year}": one for (slug, year), one in sorted(shared.contents.items())}, dict(site.agencies))
    yield shared.page(paths.HOME, "home.html", lambda: lists.home_page(site), site=everything)
    yield shared.page(paths.NOT_FOUND, "text.html", lambda: lists.not_found_page(site))
    yield shared.page(paths.RULES, "rules.html", lambda: rules_page(site))  # the law is in the recipe, what site.yaml changes in the frame
    for page in site.pages.values():
        yield shared.page(paths.text(page.slug), "text.html", partial(lists.text_page, site, page), page=digest(page))
    if not site.reports:
        return
    waiting = digest([key for key in site.held if key not in site.reports])
    yield shared.page(paths.AGENCIES, "agencies.html", lambda: lists.directory_page(site), site=everything, waiting=waiting)
    yield shared.page(paths.YEARS, "years.html", lambda: lists.years_page(site), site=everything)
    for year in site.years:
        reports = site.by_year[year]
        inputs = {
            "reports": digest(
                [shared.contents[report.agency, year] for report in reports], [site.agencies[report.agency] for report in reports]
            ),
            "years": digest(site.years),
        }
        yield shared.page(paths.year(year), "year.html", partial(lists.year_page, site, year), **inputs)


def _agencies(shared: Plan) -> Iterator[Job]:
    site = shared.site
    for slug in paths.published(site):
        agency = site.agencies[slug]
        parent = site.agencies.get(agency.parent)
        found = {year: shared.findings[slug, year] for year in site.years_by_agency[slug]}
        inputs = {
            "agency": digest(agency, parent.name if parent else "", [key for key in site.held if key[0] == slug]),
            "reports": digest([shared.reports[slug, year] for year in site.years_by_agency[slug]]),
        }
        yield shared.page(paths.agency(slug), "agency.html", partial(lists.agency_page, site, agency), **inputs)
        if len(site.years_by_agency[slug]) > 1:
            yield shared.page(paths.compare(slug), "compare.html", partial(compare_page, site, agency, found), **inputs)


def _waiting(shared: Plan) -> Iterator[Job]:
    """A page for each report that is held back and has no good version to show."""
    site = shared.site
    for (slug, year), held in site.held.items():
        if (slug, year) not in site.reports and slug in site.agencies:
            page = partial(lists.waiting_page, site, site.agencies[slug], year)
            inputs = {"held": digest(held), "agency": digest(site.agencies[slug], slug in paths.published(site))}
            yield shared.page(paths.report(slug, year), "waiting.html", page, **inputs)


def _report(shared: Plan, report: Report) -> Iterator[AnyJob]:
    site, key = shared.site, (report.agency, report.year)
    agency, folder = site.agencies[report.agency], paths.report(*key)
    found = shared.findings[key]
    prior = shared.reports.get((report.agency, report.year - 1), "")
    inputs = {
        "report": shared.reports[key],
        "prior": prior,
        "agency": digest(agency),
        "years": digest(site.years_by_agency[report.agency]),
    }
    held = digest(site.held.get(key))
    yield shared.page(folder, "report.html", lambda: report_page(site, report, found), held=held, **inputs)
    own = {"recipe": shared.recipe, "report": shared.contents[key]}
    yield Job(f"{folder}tables.csv", own, lambda: files.tables_csv(report))
    title = words.title(agency, report)
    yield Job(f"{folder}tables.json", {**own, "agency": digest(agency)}, lambda: files.tables_json(agency, report, title))
    for attachment in report.attachments:
        source = shared.root / attachment.source
        yield Job(f"{folder}files/{attachment.name}", {"file": attachment.digest}, partial(_bytes, source, attachment))
    if site.pdf:
        page = shared.page(folder, "print.html", lambda: report_page(site, report, found, for_print=True), **inputs)
        yield _printed(shared, report, Job(f"{folder}print", page.inputs, page.make, public=False))


def _printed(shared: Plan, report: Report, source: Job) -> PrintJob:
    """The PDF of a report: made from its print page, the print style, its images and data, the fonts and WeasyPrint, and nothing else."""
    css = shared.theme.print
    images = [one for one in report.attachments if one.name.lower().endswith(IMAGES)]

    found = shared.findings[report.agency, report.year]

    def payload() -> Payload:
        attached = {
            "report.yaml": files.report_yaml(report),
            "tables.csv": files.tables_csv(report),
            "findings.json": files.findings_json(report, found),
        }
        return {
            "css": css.encode(),
            pdf.DATED: (report.published or date(report.year, 12, 31)).isoformat().encode(),
            **{f"{pdf.ATTACHED}{name}": data for name, data in attached.items()},
            **{f"files/{one.name}": _bytes(shared.root / one.source, one) for one in images},
        }

    inputs = {
        "data": shared.reports[report.agency, report.year],
        "style": digest(css),
        "images": digest({one.name: one.digest for one in images}),
        "fonts": pdf.installed(),
        "recipe": pdf.recipe(),
    }
    return PrintJob(f"{paths.report(report.agency, report.year)}report.pdf", source, inputs, pdf.press, payload)


def _bytes(path: Path, attachment: Attachment) -> bytes:
    """The bytes of an attachment, which must be those the job was planned with: a cache must never hold anything else."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != attachment.digest:
        said = Text("生成过程中文件有变动，请再生成一次", "the file changed during the build; build again")
        raise JobProblem("B-03", Location(attachment.source), said)
    return data
