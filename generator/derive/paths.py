"""Every address of the site. They are permanent and ASCII, and name no parent body.

The address of a folder ends in `/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.language.speech import code
from generator.model import address
from generator.model.agency import Agency
from generator.model.downloads import ReportFile
from generator.model.settings import Settings
from generator.model.site import Site

HOME = ""
AGENCIES = "agencies/"
YEARS = "years/"
RULES = "rules/"
QUALITY = "quality/"
COVERAGE = "coverage/"
SEARCH = "search/"
DATA = "data/"
API = "data/v1/"
EXPLORE = "compare/"
SITE_MAP = "sitemap/"
FEED = "feed.xml"
COVERAGE_FEED = f"{COVERAGE}feed.xml"
NOT_FOUND = "404.html"
STYLE = "assets/site.css"
SEARCH_SCRIPTS = (
    "assets/shards.js",
    "assets/search-index.js",
    "assets/search-query.js",
    "assets/search.js",
)
EXPLORE_SCRIPTS = (
    "assets/shards.js",
    "assets/explore-data.js",
    "assets/explore-chart.js",
    "assets/explore-table.js",
    "assets/explore-choose.js",
    "assets/explore.js",
)


def part(name: str) -> str:
    """A style sheet that only some pages need."""
    return f"assets/{name}.css"


def prefix(settings: Settings) -> str:
    """What stands before the address of a page: nothing in the first language, `en/` in English."""
    if settings.language == settings.languages[0]:
        return ""
    return f"{code(settings.language)}/"


def agency(slug: str) -> str:
    """An agency's page."""
    return f"{AGENCIES}{slug}/"


def report(slug: str, year: int) -> str:
    """A report's page; its downloads and attachments stand beside it."""
    return f"{agency(slug)}{year}/"


def attachment(home: str, name: str) -> str:
    """The address of a file of a report, whose page is at `home`.

    It is encoded, because editors choose the names of these files freely.
    """
    return address.reference(f"{home}files/{name}")


def version(slug: str, year: int, number: int) -> str:
    """An earlier version of a report, as it was before a correction."""
    return f"{report(slug, year)}versions/{number}/"


def report_file(slug: str, year: int, file: ReportFile, number: int = 0) -> str:
    """A file of a report, or of the earlier version with this number."""
    return f"{version(slug, year, number) if number else report(slug, year)}{file}"


def superseded(site: Site) -> Iterator[str]:
    """The addresses of all earlier versions.

    They link to the present ones; nothing that lists or counts reports links to them.
    """
    for (slug, year), report in site.reports.items():
        for number in range(1, report.version):
            yield version(slug, year, number)


def compare(slug: str) -> str:
    """All years of an agency side by side."""
    return f"{agency(slug)}compare/"


def adjacent(slug: str, earlier: int, later: int) -> str:
    """Two years of an agency that follow one another."""
    return f"{compare(slug)}{earlier}-{later}/"


def year(number: int, section: int = 1) -> str:
    """All reports of a reporting year; a list of very many goes on in further sections."""
    return f"{YEARS}{number}/{_further(section)}"


def compendium(number: int, level: str, volume: int) -> str:
    """All reports of a reporting year in one PDF, or those of one level of government.

    From the second volume on, the address has the number of the volume.
    """
    name = "compendium"
    if level:
        name += f"-{level}"
    if volume > 1:
        name += f"-{volume}"
    return f"{year(number)}{name}.pdf"


def quality(year: int, section: int = 1) -> str:
    """The findings in the reports of a year, in the same sections as the list of reports."""
    return f"{QUALITY}{year}/{_further(section)}"


def scores_file(year: int) -> str:
    """What the scorecards of a site come to for a year."""
    return f"{quality(year)}scores.csv"


def _further(section: int) -> str:
    return f"{section}/" if section > 1 else ""


def rollup(slug: str, year: int) -> str:
    """A government's consolidated figures beside those of its members."""
    return f"{report(slug, year)}rollup/"


def rollup_file(slug: str, year: int) -> str:
    """The same as a file."""
    return f"{rollup(slug, year)}rollup.csv"


def coverage(year: int) -> str:
    """Who published in time for a year."""
    return f"{COVERAGE}{year}/"


def coverage_file(year: int) -> str:
    """The same as a file."""
    return f"{coverage(year)}coverage.csv"


def search_text(slug: str, year: int) -> str:
    """A report as search shows it; the same for all languages, like all files of the index."""
    return f"{SEARCH}text/{slug}/{year}.js"


def search_bucket(year: int, number: int) -> str:
    """One bucket of the full-text index of a year."""
    return f"{SEARCH}{year}/{number:x}.js"


def figures(year: int, ending: str = ".csv") -> str:
    """The figures of a reporting year as open data."""
    return f"{DATA}{year}/figures{ending}"


def explore_group(level: str, kind: str, section: int = 1) -> str:
    """The ready-made comparison of the bodies of a level and kind, or a further section of it."""
    return f"{EXPLORE}{level}-{kind}/{_further(section)}"


def explore_body(slug: str) -> str:
    """A body's figures as the comparison loads them; the same for all languages."""
    return f"{EXPLORE}bodies/{slug}.js"


def text(slug: str) -> str:
    """A page of the site's own text."""
    return f"{slug}/"


def file(path: str) -> str:
    """The file that an address is served from."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def in_full(target: str) -> str:
    """The target of a link in a text; in one to a folder of the site, the page is named."""
    return f"{target}index.html" if target.endswith("/") and "://" not in target else target


def moved(site: Site, body: Agency) -> Iterator[tuple[str, str]]:
    """Every earlier address of the pages of an agency, and the present one."""
    years = site.years_by_agency[body.slug]
    for former in dict.fromkeys(body.former_slugs):
        if site.forwarded.get(former) != body.slug:
            continue
        yield agency(former), agency(body.slug)
        for number in years:
            yield report(former, number), report(body.slug, number)
        if len(years) > 1:
            yield compare(former), compare(body.slug)
        for earlier, later in pairwise(years):
            yield adjacent(former, earlier, later), adjacent(body.slug, earlier, later)


def published(site: Site) -> Iterator[str]:
    """The slugs of agencies that have at least one report: empty pages are not made (空白栏目)."""
    return (slug for slug in sorted(site.agencies) if site.years_by_agency.get(slug))


def with_page(site: Site) -> Iterator[str]:
    """The slugs of agencies that have a page."""
    return (slug for slug in sorted(site.agencies) if site.has_page[slug])
