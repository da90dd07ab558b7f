"""What tests share: the law, small sites to break, and the sample site built once for all of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator import scaffold
from generator.inspection import FORMATS, Inspection, inspect
from generator.model.finding import Finding
from generator.model.law import Law
from generator.pipeline import Options, Outcome, build
from tests.selection import slow
from tests.sharing import built_once, shipped_law, worked_out_once

pytest_plugins = ["tests.browsing", "tests.district", "tests.serving", "tests.twins"]
# Modules that are no tests and assert all the same: their failures show the values too.
pytest.register_assert_rewrite("tests.tagged", "tests.referees.driving")
ROOT = Path(__file__).parent.parent
TODAY = date(2026, 6, 1)
NARRATIVE = """## 一、总体情况

这一年没有大的变化：主动公开了政策文件；依申请公开的渠道畅通；信息管理有制度；网站按时更新；请群众评议了一次。

## 五、存在的主要问题及改进情况

公开的内容还不够丰富，下一年增加解读。

## 六、其他需要报告的事项

没有收取信息处理费。
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="only tests that take no time")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --quick, whatever takes long is left out; how many that are is said at the end."""
    if config.getoption("quick"):
        long = [item for item in items if slow(item)]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


@pytest.fixture(scope="session", autouse=True)
def _worked_out_once() -> Iterator[None]:
    with worked_out_once():
        yield


@pytest.fixture(scope="session")
def law() -> Law:
    return shipped_law()


@dataclass
class SmallSite:
    """A site in a folder of its own, to write to and break."""

    root: Path
    formats: Path = FORMATS

    def path(self, slug: str = "bureau", year: int = 2023, name: str = "report.yaml") -> Path:
        return self.root / "content" / "agencies" / slug / str(year) / name

    def add(self, slug: str, year: int) -> SmallSite:
        """A report in which nothing happened, with its agency."""
        if not self.path(slug, year).parent.parent.exists():
            scaffold.new_agency(self.root, slug, f"测试{slug}局", "工作部门", "县级")
        scaffold.new_report(self.root, slug, year, empty="0")
        # Each year ends its paragraphs in another way, or Y-06 would find them alike.
        return self.write(
            NARRATIVE.replace("。\n", f"。{'甲乙丙丁戊己庚辛壬癸'[year % 10]}\n"),
            slug,
            year,
            "narrative.md",
        )

    def row(self, label: str, value: str, slug: str = "bureau", year: int = 2023) -> SmallSite:
        """Put another value behind a row's label."""
        path = self.path(slug, year)
        text, count = re.subn(
            rf"(?m)^([ ]*{re.escape(label)}:[ ]*).*$",
            lambda match: match[1] + value,
            path.read_text("utf-8"),
            count=1,
        )
        assert count == 1, f"no row {label}"
        path.write_text(text, "utf-8")
        return self

    def write(
        self, text: str, slug: str = "bureau", year: int = 2023, name: str = "report.yaml"
    ) -> SmallSite:
        self.path(slug, year, name).write_text(text, "utf-8")
        return self

    def append(self, text: str, slug: str = "bureau", year: int = 2023) -> SmallSite:
        path = self.path(slug, year)
        held = path.read_text("utf-8").replace("说明: []\n更正: []\n", "")
        if text.startswith("发布日期:"):  # it takes the place of the one that is there
            held = re.sub(r"(?m)^发布日期: .*\n", "", held)
        path.write_text(held + text, "utf-8")
        return self

    def inspect(self) -> Inspection:
        return inspect(self.root, TODAY, formats=self.formats)

    def findings(self) -> list[Finding]:
        return list(self.inspect().findings)

    def rules(self) -> list[str]:
        return [finding.rule for finding in self.findings()]

    def build(self, *, pdf: bool = False, output: Path | None = None) -> Outcome:
        options = Options(
            output or self.root / "public", pdf=pdf, today=TODAY, formats=self.formats
        )
        return build(
            self.root, options, partial(ProcessPoolExecutor, 1, mp_context=get_context("spawn"))
        )

    def page(self, path: str) -> str:
        return (self.root / "public" / path).read_text("utf-8")


@pytest.fixture
def empty_site(tmp_path: Path) -> SmallSite:
    """A site without agencies. What a narrative owes is not asked of these: their texts are a sentence long."""
    root = tmp_path / "site"
    (root / "content" / "agencies").mkdir(parents=True)
    (root / "site.yaml").write_text(
        "title: 测试站\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n", "utf-8"
    )
    return SmallSite(root)


def with_third_form(folder: Path, name: str = "form-2031.yaml") -> Path:
    """The law in a folder with one more form: a file of tests/data/, and nothing else."""
    shutil.copytree(FORMATS, folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "tests/data" / name, folder / "2031.yaml")
    return folder


@pytest.fixture
def site(empty_site: SmallSite) -> SmallSite:
    """One agency, one report of 2023 in which nothing happened."""
    return empty_site.add("bureau", 2023)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as `./run site` builds it, PDFs included; one build for all test processes."""
    return built_once(tmp_path_factory, "sample", build_sample) / "public"


def build_sample(folder: Path) -> None:
    copy_sample(folder)
    pool = partial(ProcessPoolExecutor, 2, mp_context=get_context("spawn"))
    outcome = build(folder, Options(folder / "public", today=TODAY), pool)
    assert not outcome.blocked, outcome.findings


def copy_sample(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "site.yaml", target)
    shutil.copytree(ROOT / "content", target / "content", dirs_exist_ok=True)


@pytest.fixture(scope="session")
def sample_inspection() -> Inspection:
    return inspect(ROOT, TODAY)


@pytest.fixture
def tree_of() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder with its bytes."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read


@pytest.fixture(autouse=True)
def _plain_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in Chinese, whatever the machine speaks."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
