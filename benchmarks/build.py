"""How long a site of N reports takes: check cold and warm, cold build, a build with nothing to do, after one edit. Without PDFs.

    .venv/bin/python benchmarks/build.py [N]        default 200 reports (agencies with four years each)

The reports are seeded and add up. As a yardstick that needs no other program, the same pages are rendered by bare Jinja2 from views
already derived: `build / bare` is what reading, checking, planning, verifying and publishing cost beside rendering.
"""

from __future__ import annotations

import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator import scaffold
from generator.inspection import inspect
from generator.pages.report import report_page
from generator.pipeline import Options, build
from generator.render.html import Templates

YEARS = (2021, 2022, 2023, 2024)
NARRATIVE = """## 一、总体情况

{year} 年，本局主动公开政府信息 {count} 条，其中政策文件 {part} 条、工作动态 {rest} 条。制发规范性文件 0 件。{words}

全年收到政府信息公开申请 {received} 件，予以公开 {received} 件，全部办结，没有结转下年度。没有行政复议、行政诉讼。{words}

信息管理按制度审查；网站栏目按时更新；年内培训 2 次，考核 1 次，满意度 {percent}%。{words}

## 五、存在的主要问题及改进情况

{words}

## 六、其他需要报告的事项

没有收取信息处理费。
"""


def timed(name: str, work: Callable[[], object]) -> float:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:34} {wall:8.2f} s wall {cpu:8.2f} s CPU")
    return cpu


def invent(root: Path, count: int) -> None:
    """`count` reports that add up, with about 1,200 characters of narrative each."""
    chance = random.Random(1)
    (root / "site.yaml").parent.mkdir(parents=True, exist_ok=True)
    (root / "site.yaml").write_text("title: 测速\n", "utf-8")
    (root / "content/agencies").mkdir(parents=True)
    template = ""
    for number in range(count // len(YEARS)):
        slug = f"agency-{number:05}"
        scaffold.new_agency(root, slug, f"第{number}局", "工作部门", "县级")
        for year in YEARS:
            folder = root / "content/agencies" / slug / str(year)
            if not template:
                scaffold.new_report(root, slug, year, empty="0")
                template = (folder / "report.yaml").read_text("utf-8")
            folder.mkdir(exist_ok=True)
            received = chance.randrange(500)
            text = template.replace(f"年度: {YEARS[0]}", f"年度: {year}")
            for row in ("新收", "予以公开", "办结"):
                text = text.replace(
                    f"  {row}:", f"  {row}: [{received}, 0, 0, 0, 0, 0, {received}] #", 1
                )
            (folder / "report.yaml").write_text(text, "utf-8")
            (folder / "narrative.md").write_text(_narrative(chance, year, received), "utf-8")


def _narrative(chance: random.Random, year: int, received: int) -> str:
    """True sentences of the kinds that the narrative rules look at, and other words to fill up."""
    words = "".join(chance.choices("政务工作年度机关群众办理内容规范渠道提升服务，；。", k=250))
    part, rest = chance.randrange(100), chance.randrange(900)
    percent = chance.randrange(900, 1000) / 10
    return NARRATIVE.format(
        year=year,
        count=part + rest,
        part=part,
        rest=rest,
        received=received,
        percent=percent,
        words=words,
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        invent(root, count)
        options = Options(root / "public", pdf=False)

        def run() -> None:
            outcome = build(root, options, lambda: ThreadPoolExecutor(1))
            assert not outcome.blocked, outcome.findings[:3]

        cells = sum(len(report.figures) for report in inspect(root).site.reports.values())
        shutil.rmtree(root / ".cache")
        check = timed(f"check {count} reports, cold", lambda: inspect(root))
        print(f"{'':34} {check / cells * 1e6:8.1f} µs a cell, text and all, {cells} cells")
        timed(f"check {count} reports, warm", lambda: inspect(root))
        inspection = inspect(root)
        shutil.rmtree(root / ".cache")
        cold = timed("cold build", run)
        timed("nothing to do", run)
        edited = next((root / "content/agencies").glob("*/*/narrative.md"))
        edited.write_text(edited.read_text("utf-8") + "改。\n", "utf-8")
        timed("one narrative edited", run)
        site = inspection.site
        theme = inspection.theme
        assert theme is not None
        views = [report_page(site, report, ()) for report in site.reports.values()]
        templates = Templates(theme)
        bare = timed(
            "bare Jinja2, report pages only",
            lambda: [templates.render("report.html", view) for view in views],
        )
        print(
            f"build / bare {cold / bare:.2f}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        )


if __name__ == "__main__":
    main()
