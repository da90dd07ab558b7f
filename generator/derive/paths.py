"""Every address of the site. Permanent, ASCII, without a parent's code in it; a folder ends in `/`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.report import Agency, Site
from generator.model.settings import Settings

HOME = ""
AGENCIES = "agencies/"
YEARS = "years/"
RULES = "rules/"
QUALITY = "quality/"
SEARCH = "search/"
SITE_MAP = "sitemap/"
FEED = "feed.xml"
NOT_FOUND = "404.html"
STYLE = "assets/site.css"
SEARCH_SCRIPTS = ("assets/search-index.js", "assets/search-query.js", "assets/search.js")


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


def year(number: int, part: int = 1) -> str:
    """All reports of a reporting year; a list of very many goes on in further parts."""
    return f"{YEARS}{number}/{_further(part)}"


def quality(year: int, part: int = 1) -> str:
    """What was found in the reports of a year, in the same parts."""
    return f"{QUALITY}{year}/{_further(part)}"


def _further(part: int) -> str:
    return f"{part}/" if part > 1 else ""


def search_text(slug: str, year: int) -> str:
    """A report as search shows it; the same for all languages, like all files of the index."""
    return f"{SEARCH}text/{slug}/{year}.js"


def search_bucket(year: int, number: int) -> str:
    """A part of a year's full-text index."""
    return f"{SEARCH}{year}/{number:x}.js"


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


def published(site: Site) -> Iterator[str]:
    """The slugs of agencies that have at least one report: nobody gets an empty page (空白栏目)."""
    return (slug for slug in sorted(site.agencies) if site.years_by_agency.get(slug))
