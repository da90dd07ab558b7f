"""The site as its readers get it: from a disk, from a server below a sub-path, under a strict policy and without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from posixpath import dirname, normpath

from generator.inspection import Inspection
from tests.browsing import kinds, nothing, prefixes
from tests.conftest import SmallSite
from tests.reading import lost, read
from tests.serving import SUB_PATH, Watch, served


def test_every_page_is_in_order_and_every_link_leads_somewhere(
    sample: Path, rare: Path, sample_inspection: Inspection
) -> None:
    tongues = dict(
        zip(("", *prefixes(sample)), sample_inspection.site.settings.languages, strict=True)
    )
    for site in (sample, rare):
        pages = read(site)
        found = {}
        for name, page in pages.items():
            prefix = next((one for one in prefixes(site) if name.startswith(one)), "")
            found[name] = [*page.faults(tongues[prefix]), *lost(site, pages, name)]
        nothing(found)
        titles = [(page.language, page.title) for page in pages.values()]
        assert sorted(set(titles)) == sorted(titles), "two pages have one title"


def test_every_page_is_reached_from_the_first(sample: Path) -> None:
    pages = read(sample)
    seen: set[str] = set()
    queue = ["index.html"]
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            targets = [
                target.partition("#")[0]
                for tag, target in pages[name].links
                if tag == "a" and "://" not in target
            ]
            found = (
                normpath(f"{dirname(name)}/{target}").lstrip("/") for target in targets if target
            )
            queue += [one for one in found if one in pages]
    assert set(pages) - seen <= {"404.html"}


def test_from_a_disk(watched: Callable[..., Watch], sample: Path) -> None:
    watch = watched(f"{sample.as_uri()}/")
    for name in kinds(sample):
        watch.visit(name)
    nothing(watch.found)


def test_from_a_server_below_a_sub_path(watched: Callable[..., Watch], sample: Path) -> None:
    """A page of each kind; all pages, from the server's root too and out of an archive: referees/test_every_page.py."""
    with served(sample, SUB_PATH) as address:
        watch = watched(address)
        for name in kinds(sample, every=False):
            watch.visit(name)
        nothing(watch.found)


def test_without_script(watched: Callable[..., Watch], sample: Path) -> None:
    watch = watched(f"{sample.as_uri()}/", scripts=False)
    for name in kinds(sample):
        watch.read_without_script(name)
    nothing(watch.found)


def test_an_address_that_does_not_exist_shows_the_way_back(
    watched: Callable[..., Watch], site: SmallSite
) -> None:
    """The page for unknown addresses is served at any depth, so it must know where the site stands."""
    with (site.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"base_url: https://www.example.gov.cn{SUB_PATH.rstrip('/')}\n")
    assert not site.build().blocked
    with served(site.root / "public", SUB_PATH) as address:
        watch = watched(address)
        watch.visit("agencies/nobody/1999/index.html")
        assert [
            fault
            for fault in watch.found.get("agencies/nobody/1999/index.html", [])
            if "404" not in fault
        ] == []
        ways = watch.page.evaluate(
            "[...document.querySelectorAll('main a, header a')].map(link => link.href.split('#')[0])"
        )
        assert ways and all(watch.page.request.get(way).ok for way in ways if "nobody" not in way)
