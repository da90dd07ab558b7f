"""What a PDF costs: our press (cut fonts, table headings repaired, data attached, PDF/A-3a and PDF/UA-1) beside WeasyPrint's own call on
the same print pages, in one run.

    .venv/bin/python benchmarks/pdf.py [ROUNDS]        default 3 rounds over the sample's twelve reports

Each way runs in a process of its own, so that its peak memory is its own; the rounds take turns. Read the ratios, not the numbers.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.build.store import Store
from generator.pipeline import Options, build
from generator.render import pdf

ROOT = Path(__file__).parent.parent
CSS = (ROOT / "themes/default/assets/print.css").read_bytes()


def naive(html: bytes) -> bytes:
    """The call that WeasyPrint's manual shows."""
    import weasyprint

    stream = io.BytesIO()
    style = weasyprint.CSS(string=CSS.decode())
    weasyprint.HTML(string=html.decode()).write_pdf(stream, stylesheets=[style], pdf_variant="pdf/ua-1")
    return stream.getvalue()


def ours(html: bytes) -> bytes:
    """What a build does; a table of the usual size is attached."""
    printed = pdf.press(html, {"css": CSS, f"{pdf.ATTACHED}tables.csv": b"x" * 30_000})
    assert printed.data is not None, printed.problems
    return printed.data


def measure(way: str, folder: Path) -> None:
    """One round of one way over all pages, printed as JSON: CPU seconds and bytes a report, peak memory. The first page warms up."""
    press = {"naive": naive, "ours": ours}[way]
    pages = [path.read_bytes() for path in sorted(folder.glob("*.html"))]
    press(pages[0])
    times, sizes = [], []
    for page in pages:
        start = time.process_time()
        sizes.append(len(press(page)))
        times.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": statistics.median(times), "size": statistics.median(sizes), "memory": peak}))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copy(ROOT / "site.yaml", root)
        shutil.copytree(ROOT / "content", root / "content")
        build(root, Options(root / "public"), lambda: ThreadPoolExecutor(1))
        store = Store(root / ".cache")
        store.open()
        pages = root / "pages"
        pages.mkdir()
        for number, (output, made) in enumerate(store.known.items()):
            if output.endswith("/print"):
                (pages / f"{number}.html").write_bytes(store.read(made))
        found: dict[str, list[dict[str, float]]] = {"naive": [], "ours": []}
        for _ in range(rounds):
            for way, results in found.items():
                told = subprocess.run([sys.executable, __file__, way, pages], capture_output=True, text=True, check=True).stdout
                results.append(json.loads(told))
    middle = {way: {key: statistics.median(one[key] for one in results) for key in results[0]} for way, results in found.items()}
    for way, one in middle.items():
        print(f"{way:8} {one['cpu'] * 1000:7.0f} ms CPU  {one['size'] / 1024:7.0f} KiB  {one['memory']:7.0f} MB")
    ratio = {key: middle["ours"][key] / middle["naive"][key] for key in ("cpu", "size", "memory")}
    print(f"ours / naive: CPU {ratio['cpu']:.2f}, size {ratio['size']:.2f}, memory {ratio['memory']:.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
