"""What search costs and whether it finds everything: the size of the index, the time it takes, what a query loads and what it misses.

    .venv/bin/python benchmarks/search.py [N]        default 1000 reports (bodies with four years each)

Texts are put together from the clauses of tests/data and invented names, so that the common bigrams are common and most are rare. The
queries run in Chromium from the disk; with up to 1,000 reports every hit is listed and compared with the texts themselves.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, Request, sync_playwright

from generator import scaffold
from generator.build.execute import execute
from generator.build.store import Store
from generator.derive import search as words_of
from generator.derive.search_words import form_words
from generator.inspection import inspect
from generator.language.folding import folded
from generator.model.agency import Span
from generator.model.report import Report, SectionText
from generator.model.site import Site
from generator.model.theme import Theme
from generator.pages import search as search_page
from generator.parts.edition import Edition, first_edition
from generator.plan import _assets, search

YEARS = (2021, 2022, 2023, 2024)
CLAUSES = re.findall(
    r'text: "([^"]+)"',
    (Path(__file__).parent.parent / "tests/data/clauses.yaml").read_text("utf-8"),
)
RARE = [chr(code) for code in range(0x4E00, 0x9000)]


def invent(root: Path, count: int) -> tuple[Site, Theme]:
    """A site of `count` reports, in memory: one report from the disk under many names, with texts of its own."""
    (root / "site.yaml").write_text("title: 测速\n", "utf-8")
    scaffold.new_agency(root, "agency", "第一局", "工作部门", "县级")
    for year in YEARS:
        scaffold.new_report(root, "agency", year, empty="0")
        (root / f"content/agencies/agency/{year}/narrative.md").write_text(
            "## 一、总体情况\n\n有。\n", "utf-8"
        )
    inspection = inspect(root)
    site, chance = inspection.site, random.Random(1)
    agency = site.agencies["agency"]
    slugs = [f"agency-{number:05}" for number in range(count // len(YEARS))]
    agencies = {
        slug: replace(
            agency, slug=slug, names=(Span(f"{_rare(chance)}市{_rare(chance)}区{_rare(chance)}局"),)
        )
        for slug in slugs
    }
    reports = {
        (slug, year): _report(site.reports["agency", year], slug, chance)
        for slug in slugs
        for year in YEARS
    }
    assert inspection.theme is not None
    return replace(site, agencies=agencies, reports=reports), inspection.theme


def _report(report: Report, slug: str, chance: random.Random) -> Report:
    """About 1,800 characters in three sections."""
    texts = {}
    for section, clauses in (("overview", 50), ("problems", 8), ("other", 2)):
        said = "，".join(
            f"{_rare(chance)}{clause}" for clause in chance.choices(CLAUSES, k=clauses)
        )
        texts[section] = SectionText(section, "", said)
    return replace(report, agency=slug, sections=texts)


def _rare(chance: random.Random) -> str:
    return "".join(chance.choices(RARE, k=2))


def make(site: Site, edition: Edition, root: Path, name: str) -> Path:
    """The search of a site, written to a folder; says what it took."""
    store, wall = Store(root / ".cache"), time.process_time()
    store.open()
    planned = list(search.jobs(edition))
    result = execute(planned, store, lambda: ThreadPoolExecutor(1), lambda *_: None)
    wall = time.process_time() - wall
    print(
        f"{name:34} {wall:8.2f} s CPU, {wall / len(site.reports) * 1000:.2f} ms a report, {len(result.remade)} files made"
    )
    pages = execute(
        [*search_page.jobs(edition), *_assets(edition.theme)],
        store,
        lambda: ThreadPoolExecutor(1),
        lambda *_: None,
    )
    for path, made in {**result.public, **pages.public}.items():
        (root / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "out" / path).write_bytes(store.read(made))
    store.close({**result.made, **pages.made})
    return root / "out"


def sizes(folder: Path, count: int) -> None:
    held: Counter[str] = Counter()
    for path in (folder / "search").rglob("*.js"):
        held[_kind(path, folder)] += path.stat().st_size
    print("index: " + ", ".join(f"{kind} {size / 1000:.0f} KB" for kind, size in held.items()))
    buckets = [path.stat().st_size for path in (folder / "search").glob("2*/*.js")]
    print(
        f"{len(buckets)} buckets, largest {max(buckets) / 1000:.0f} KB; {sum(held.values()) / count / 1000:.1f} KB a report in all"
    )


def _kind(path: Path, folder: Path) -> str:
    part = path.relative_to(folder / "search").parts[0]
    return "buckets" if part.isdigit() else part.removesuffix(".js")


def ask(
    page: Page, folder: Path, query: str, shown: int = 0
) -> tuple[set[tuple[str, int]], Counter[str], float]:
    """The reports that the page lists, the bytes of the index that it loaded by kind, and how long it took."""
    loaded: Counter[str] = Counter()

    def note(request: Request) -> None:
        path = Path(request.url.removeprefix("file://").partition("?")[0])
        if path.suffix == ".js" and path.parent.name != "assets":
            loaded[_kind(path, folder)] += path.stat().st_size

    page.on("request", note)
    start = time.perf_counter()
    page.goto(
        f"file://{folder}/search/index.html?q={quote(query)}{f'&shown={shown}' if shown else ''}"
    )
    page.wait_for_function(
        "!/^(正在|$)/.test(document.getElementById('search-status').textContent)", timeout=300_000
    )
    took = time.perf_counter() - start
    page.remove_listener("request", note)
    hrefs: list[str] = page.evaluate(
        "[...document.querySelectorAll('.texts h3 a')].map(link => link.href)"
    )
    return {(href.split("/")[-3], int(href.split("/")[-2])) for href in hrefs}, loaded, took


def brute(site: Site, texts: dict[tuple[str, int], list[str]], query: str) -> set[tuple[str, int]]:
    """The reports that say every word of a query in their text, or in their body's name; beside others a word may stand in a label."""
    words = [folded(word) for word in query.split()]
    names = {slug: folded(agency.name) for slug, agency in site.agencies.items()}
    labels = [
        folded(word) for entry in form_words(site.law.formats[-1]).entries for word in entry.own
    ]
    printed = {word for word in words if any(word in label for label in labels)}
    beside = printed if len(printed) < len(words) else set()

    def says(key: tuple[str, int], word: str) -> bool:
        return word in names[key[0]] or any(word in text for text in texts[key])

    return {key for key in texts if all(word in beside or says(key, word) for word in words)}


def samples(texts: dict[tuple[str, int], list[str]], chance: random.Random) -> Iterator[str]:
    """Pieces of the texts, and of them some with a character changed."""
    for length in (2, 3, 4, 5, 6, 8, 12, 20) * 4:
        text = chance.choice(chance.choice(list(texts.values())))
        start = chance.randrange(max(1, len(text) - length))
        piece = re.sub(r"[「」“”\"\s]|\d{4}年?", "", text[start : start + length])
        if len(piece) > 1:
            yield piece
            yield piece[:-1] + chance.choice("的了一是")
            yield f"{piece} {chance.choice(CLAUSES)[:3]}"


def queries(site: Site) -> Sequence[str]:
    name = next(iter(site.agencies.values())).name
    return (
        "结转下年度",
        "行政复议 纠正",
        name,
        f"{name} 2023 结转下年度",
        "规范性文件",
        "政府信息",
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        root = Path(name)
        site, theme = invent(root, count)
        edition = first_edition(root, site, theme, (), date.today()).of(site)
        folder = make(site, edition, root, f"search for {count} reports, cold")
        print(
            f"{'':34} peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        )
        make(site, edition, root, "nothing to do")
        key, report = next(iter(site.reports.items()))
        overview = replace(report.sections["overview"], markdown="改了。")
        edited = replace(
            site,
            reports={
                **site.reports,
                key: replace(report, sections={**report.sections, "overview": overview}),
            },
        )
        make(
            edited,
            first_edition(root, edited, theme, (), date.today()).of(edited),
            root,
            "one narrative edited",
        )
        folder = make(site, edition, root, "and back")
        sizes(folder, count)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page()
        for query in queries(site):
            hits, loaded, took = ask(page, folder, query)
            said = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in loaded.items())
            print(
                f"{query:24} {sum(loaded.values()) / 1000:6.0f} KB ({said}), {took * 1000:.0f} ms, {len(hits)} reports listed"
            )
        if count <= 1000:
            compare(page, folder, site)


def compare(page: Page, folder: Path, site: Site) -> None:
    """Every hit of many queries against the texts themselves."""
    texts = {}
    for key, report in site.reports.items():
        passages = words_of.report_text(
            site.law, site.agencies[key[0]].name_in(report.year), report, ()
        ).passages
        texts[key] = [line for _, text in passages for line in folded(text).split("\n")]
    found = missed = wrong = asked = 0
    for query in (*queries(site)[:1], *samples(texts, random.Random(2))):
        expected, (hits, _, _) = (
            brute(site, texts, query),
            ask(page, folder, query, shown=len(texts)),
        )
        if missing := expected - hits:
            print(f"missed for {query!r}: {len(missing)}")
        if surplus := hits - expected:
            print(f"not so for {query!r}: {len(surplus)}")
        asked, found, missed, wrong = (
            asked + 1,
            found + len(expected),
            missed + len(expected - hits),
            wrong + len(hits - expected),
        )
    print(f"{asked} queries, {found} hits by brute force: {missed} missed, {wrong} wrong")


if __name__ == "__main__":
    main()
