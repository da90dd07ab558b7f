"""Every address of the site. Permanent, ASCII, without a parent's code in it; a folder ends in `/`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.model.agency import Agency
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
SEARCH_SCRIPTS = ("assets/shards.js", "assets/search-index.js", "assets/search-query.js", "assets/search.js")
EXPLORE_SCRIPTS = ("assets/shards.js", *(f"assets/explore{part}.js" for part in ("-data", "-chart", "-table", "-choose", "")))


def part(name: str) -> str:
    """A style sheet that only some pages need."""
    return f"assets/{name}.css"


def prefix(settings: Settings) -> str:
    """Before every page's address: nothing in the site's first language, `en/` in a further one."""
    return "" if settings.language == settings.languages[0] else f"{settings.language[:2]}/"


def agency(slug: str) -> str:
    """An agency's page."""
    return f"{AGENCIES}{slug}/"


def report(slug: str, year: int) -> str:
    """A report's page; its downloads and attachments stand beside it."""
    return f"{agency(slug)}{year}/"


def version(slug: str, year: int, number: int) -> str:
    """An earlier version of a report, as it was before a correction."""
    return f"{report(slug, year)}versions/{number}/"


def superseded(site: Site) -> Iterator[str]:
    """The addresses of all earlier versions. They lead to the present ones, and nothing that lists or counts reports leads to them."""
    for (slug, year), one in site.reports.items():
        yield from (version(slug, year, number) for number in range(1, one.version))


def compare(slug: str) -> str:
    """All years of an agency side by side."""
    return f"{agency(slug)}compare/"


def adjacent(slug: str, before: int, after: int) -> str:
    """Two years of an agency that follow one another."""
    return f"{compare(slug)}{before}-{after}/"


def year(number: int, part: int = 1) -> str:
    """All reports of a reporting year; a list of very many goes on in further parts."""
    return f"{YEARS}{number}/{_further(part)}"


def compendium(number: int, level: str, volume: int) -> str:
    """All reports of a reporting year in one PDF, or those of one level of government; from the second volume on with its number."""
    return f"{year(number)}compendium{f'-{level}' if level else ''}{f'-{volume}' if volume > 1 else ''}.pdf"


def quality(year: int, part: int = 1) -> str:
    """What was found in the reports of a year, in the same parts."""
    return f"{QUALITY}{year}/{_further(part)}"


def _further(part: int) -> str:
    return f"{part}/" if part > 1 else ""


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
    """A part of a year's full-text index."""
    return f"{SEARCH}{year}/{number:x}.js"


def figures(year: int, ending: str = ".csv") -> str:
    """The figures of a reporting year as open data."""
    return f"{DATA}{year}/figures{ending}"


def explore_group(level: str, kind: str, part: int = 1) -> str:
    """The ready-made comparison of the bodies of a level and kind, or a further part of it."""
    return f"{EXPLORE}{level}-{kind}/" if part == 1 else f"{EXPLORE}{level}-{kind}/{part}/"


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
    """A link in a text to another folder of the site names its page, as all links of the site do."""
    return f"{target}index.html" if target.endswith("/") and "://" not in target else target


def moved(site: Site, one: Agency) -> Iterator[tuple[str, str]]:
    """Every earlier address of an agency's pages, and the present one."""
    years = site.years_by_agency[one.slug]
    for before in one.former_slugs:
        yield agency(before), agency(one.slug)
        yield from ((report(before, number), report(one.slug, number)) for number in years)
        if len(years) > 1:
            yield compare(before), compare(one.slug)
        yield from ((adjacent(before, *pair), adjacent(one.slug, *pair)) for pair in pairwise(years))


def published(site: Site) -> Iterator[str]:
    """The slugs of agencies that have at least one report: nobody gets an empty page (空白栏目)."""
    return (slug for slug in sorted(site.agencies) if site.years_by_agency.get(slug))


def has_page(site: Site, slug: str) -> bool:
    """Whether an agency has a page: it has a report, or is a government whose members have, so that they are added up."""
    return bool(site.years_by_agency.get(slug)) or slug in site.adding_up


def with_page(site: Site) -> Iterator[str]:
    """The slugs of agencies that have a page."""
    return (slug for slug in sorted(site.agencies) if has_page(site, slug))
