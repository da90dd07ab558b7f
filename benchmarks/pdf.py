"""What a PDF costs: our press (headings repaired, tables sewn together, data attached, PDF/A-3a and PDF/UA-1) beside WeasyPrint's own
call on the same print pages, in one run; headless Chromium on the same pages and typst on the same texts where they are installed.

    .venv/bin/python benchmarks/pdf.py [ROUNDS [REPORTS]]        default 3 rounds over all twelve reports of the sample

Each way runs in a process of its own, so that its peak memory is its own; the rounds take turns. Then a pool of one process and of two
make each report twice, by the clock: that says something only on a quiet machine. Read the ratios, not the numbers.
"""

from __future__ import annotations

import io
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from html import unescape
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from generator.build.store import Store
from generator.pipeline import Options, build
from generator.render import pdf, print_tables
from generator.render.print_tables import TableRow

ROOT = Path(__file__).parent.parent
CSS = (ROOT / "themes/default/assets/print.css").read_bytes()


def naive(html: bytes) -> bytes:
    """The call that WeasyPrint's manual shows."""
    import weasyprint

    stream = io.BytesIO()
    style = weasyprint.CSS(string=CSS.decode())
    weasyprint.HTML(string=html.decode()).write_pdf(
        stream, stylesheets=[style], pdf_variant="pdf/ua-1"
    )
    return stream.getvalue()


def ours(html: bytes) -> bytes:
    """What a build does; a table of the usual size is attached."""
    printed = pdf.press(html, {"css": CSS, f"{pdf.ATTACHED}tables.csv": b"x" * 30_000})
    assert printed.data is not None, printed.problems
    return printed.data


CHROMIUM = shutil.which("chromium-headless-shell")


def chromium(html: bytes) -> bytes:
    """The browser's own printing, a process for each report; the style sheet is the same, so far as it understands it."""
    with tempfile.TemporaryDirectory() as name:
        page, target = Path(name) / "page.html", Path(name) / "page.pdf"
        page.write_bytes(html.replace(b"</head>", b"<style>" + CSS + b"</style></head>"))
        asked = [
            str(CHROMIUM),
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ]
        subprocess.run(asked, check=True, capture_output=True)
        return target.read_bytes()


def typst(html: bytes) -> bytes:
    """The same texts and tables without their styles, as a program written for print sets them."""
    import typst as engine

    tables: dict[int, list[TableRow]] = {}
    for row in print_tables.read(html.decode()):
        tables.setdefault(row.table, []).append(row)
    text = re.sub("<table.*?</table>|<head.*?</head>", "", html.decode(), flags=re.S)
    words = unescape(re.sub("<[^>]*>", " ", text))
    source = '#set text(font: "Noto Serif CJK SC", lang: "zh")\n' + re.sub(
        r"([#$*_`@<>\\\[\]])", r"\\\1", words
    )
    for rows in tables.values():
        width = sum(cell.colspan for cell in rows[0].cells)
        cells = (
            f"table.cell(colspan: {cell.colspan}, rowspan: {cell.rowspan})[0],"
            for row in rows
            for cell in row.cells
        )
        source += f"\n#table(columns: {width}, {''.join(cells)})"
    made: bytes = engine.compile(source.encode())
    return made


WAYS: dict[str, Callable[[bytes], bytes]] = {"naive": naive, "ours": ours}
WAYS |= {"chromium": chromium} if CHROMIUM else {}
WAYS |= {"typst": typst} if find_spec("typst") else {}


def spent() -> float:
    """CPU seconds of this process and of those it started and waited for."""
    return sum(
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def measure(way: str, folder: Path) -> None:
    """One round of one way over all pages, printed as JSON: CPU seconds and bytes a report, peak memory. The first page warms up."""
    press = WAYS[way]
    pages = [path.read_bytes() for path in sorted(folder.glob("*.html"))]
    press(pages[0])
    times, sizes = [], []
    for page in pages:
        start = spent()
        sizes.append(len(press(page)))
        times.append(spent() - start)
    peak = (
        max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        / 1024
    )
    print(
        json.dumps(
            {"cpu": statistics.median(times), "size": statistics.median(sizes), "memory": peak}
        )
    )


def pooled(workers: int, pages: list[bytes]) -> float:
    """Reports a second, by the clock, of processes that are already warm."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(ours, pages[: 2 * workers], chunksize=2))
        start = time.perf_counter()
        list(pool.map(ours, pages * 2))
        return 2 * len(pages) / (time.perf_counter() - start)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    count = int(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copy(ROOT / "site.yaml", root)
        shutil.copytree(ROOT / "content", root / "content")
        for folder in sorted((root / "content/agencies").glob("*/*/"))[count:]:
            shutil.rmtree(folder)
        build(root, Options(root / "public"), lambda: ThreadPoolExecutor(1))
        store = Store(root / ".cache")
        store.open()
        pages = root / "pages"
        pages.mkdir()
        for number, (output, made) in enumerate(store.known.items()):
            if output.endswith("/print"):
                (pages / f"{number}.html").write_bytes(store.read(made))
        found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way, results in found.items():
                told = subprocess.run(
                    [sys.executable, __file__, way, pages],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
                results.append(json.loads(told))
        held = [path.read_bytes() for path in sorted(pages.glob("*.html"))]
        speeds = [
            statistics.median(pooled(workers, held) for _ in range(rounds)) for workers in (1, 2)
        ]
    middle = {
        way: {key: statistics.median(one[key] for one in results) for key in results[0]}
        for way, results in found.items()
    }
    print(f"{'':9} {'ms CPU':>8} {'KiB':>6} {'MB':>6}   naive = 1: faster, size, memory")
    for way, one in middle.items():
        ratio = {key: one[key] / middle["naive"][key] for key in one}
        said = f"{1 / ratio['cpu']:.2f} x, {ratio['size']:.2f}, {ratio['memory']:.2f}"
        print(
            f"{way:9} {one['cpu'] * 1000:8.0f} {one['size'] / 1024:6.0f} {one['memory']:6.0f}   {said}"
        )
    print(
        f"one worker {speeds[0]:.2f} PDF/s, two {speeds[1]:.2f} PDF/s: {speeds[1] / speeds[0]:.2f} x; ",
        end="",
    )
    print(f"two to naive {speeds[1] * middle['naive']['cpu']:.2f} x")


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in WAYS:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
