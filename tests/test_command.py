"""The command line as a script sees it: exit codes, JSON, files; and as a clerk reads it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.commands import run
from tests.conftest import ROOT, SmallSite


def test_a_clean_site_exits_0_and_counts(site: SmallSite) -> None:
    result = run("--root", site.root, "check")
    assert (result.exit_code, result.stdout) == (
        0,
        "1 份报告：错误 0，警告 0，提示 0（其中已说明 0）\n",
    )


def test_an_error_exits_1_with_place_source_caret_and_advice(site: SmallSite) -> None:
    site.row("新收", "[1, 0, 0, 0, 0, 0, 2]")
    result = run("--root", site.root, "check")
    assert result.exit_code == 1
    blocks = result.stdout.split("\n\n")
    assert blocks[0].endswith(
        "新收 1 + 上年结转 0 = 1，而办结 0 + 结转下年度 0 = 0，相差 1\n"
        "   16 |   新收:                     [1, 0, 0, 0, 0, 0, 2]\n"
        "      |                              ^\n"
        "  → 改这两格即全部成立：新收·自然人 1 → 0、新收·总计 2 → 0"
    )
    assert blocks[1] == (
        "content/agencies/bureau/2023/report.yaml:16:28: 错误 T3-02: "
        "新收一行：总计 2，而自然人 1（其余为 0），相差 1\n"
        "  = 与上面是同一处错，改好上面那处即成立"
    )
    assert "generator/formats" not in result.stdout


def test_messages_come_in_english_too(site: SmallSite) -> None:
    site.row("新收", "[1, 0, 0, 0, 0, 0, 2]")
    result = run("--root", site.root, "--lang", "en", "check")
    assert (
        "error T3-02: row New applications this year (新收): Total (总计) 2, but Natural persons (自然人) 1"
        in result.stdout
        and "1 report: 3 errors" in result.stdout
    )


def test_the_locale_chooses_the_language(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "1 report: 0 errors" in run("--root", site.root, "check").stdout


def test_json_has_the_promised_shape(site: SmallSite) -> None:
    site.row("新收", "[1, 0, 0, 0, 0, 0, 2]")
    document = json.loads(run("--root", site.root, "check", "--format", "json").stdout)
    assert document["summary"] == {"error": 3, "warning": 0, "info": 0, "reports": 1}
    found = next(finding for finding in document["findings"] if finding["rule"] == "T3-02")
    keys = "rule severity agency year path line column message expected actual difference cells repairs explained fingerprint"
    assert set(found) == set(keys.split())
    assert (
        found["agency"],
        found["year"],
        found["expected"],
        found["actual"],
        found["difference"],
    ) == ("bureau", 2023, 1, 2, 1)
    assert found["cells"][0] == "applications.received.total" and found["explained"] is False


def test_fail_on_warning(site: SmallSite) -> None:
    site.row("新收", '["", 0, 0, 0, 0, 0, 0]')
    assert run("--root", site.root, "check").exit_code == 0
    assert run("--root", site.root, "check", "--fail-on", "warning").exit_code == 1
    (site.root / "site.yaml").write_text("title: x\nfail_on: warning\n", "utf-8")
    assert run("--root", site.root, "check").exit_code == 1
    built = run("--root", site.root, "build", "--no-pdf")
    assert built.exit_code == 4 and (site.root / "public/index.html").exists()


HOLD = "title: x\npolicy: {{error: {policy}}}\nfail_on: {fail_on}\n规则: {{S-10: 关闭, S-11: 关闭, S-12: 关闭}}\n"
WRONG, ODD, RIGHT = "[1, 0, 0, 0, 0, 0, 2]", '["", 0, 0, 0, 0, 0, 0]', "0"


@pytest.mark.parametrize(
    ("policy", "fail_on", "figures", "checked", "built"),
    [
        ("stop", "error", RIGHT, 0, 0),
        ("stop", "error", ODD, 0, 0),
        ("stop", "warning", ODD, 1, 4),
        ("stop", "error", WRONG, 1, 1),
        ("hold", "error", WRONG, 1, 4),
        ("banner", "error", WRONG, 1, 4),
    ],
)
def test_the_exit_code_tells_published_in_spite_of_findings_from_not_published(
    site: SmallSite, policy: str, fail_on: str, figures: str, checked: int, built: int
) -> None:
    site.row("新收", figures)
    (site.root / "site.yaml").write_text(HOLD.format(policy=policy, fail_on=fail_on), "utf-8")
    assert run("--root", site.root, "check").exit_code == checked
    result = run("--root", site.root, "build", "--no-pdf")
    assert result.exit_code == built, result.output
    assert ("退出码 4" in result.stderr) == (built == 4)
    assert (site.root / "public/index.html").exists() == (built != 1)


def test_paths_limit_what_is_reported(site: SmallSite) -> None:
    site.add("other", 2023).row("新收", "[1, 0, 0, 0, 0, 0, 2]")
    assert run("--root", site.root, "check", site.root / "content/agencies/other").exit_code == 0
    assert run("--root", site.root, "check", "content/agencies/bureau/2023").exit_code == 1
    assert run("--root", site.root, "check", "content/nothing").exit_code == 2
    assert run("--root", site.root, "check", "/etc").exit_code == 2


@pytest.mark.parametrize("command", [["check"], ["build"], ["new", "agency", "x"]])
def test_outside_a_site_the_usage_says_what_to_do(tmp_path: Path, command: list[str]) -> None:
    result = run("--root", tmp_path, *command)
    assert result.exit_code == 2 and "gongkai init" in result.stderr


def test_build_says_what_it_did_and_why(site: SmallSite) -> None:
    assert run("--root", site.root, "build", "--no-pdf").exit_code == 0
    assert "没有变化" in run("--root", site.root, "build", "--no-pdf").stdout
    site.row("行政许可", "{处理决定: 4}")
    result = run(
        "--root", site.root, "build", "--no-pdf", "--why", "agencies/bureau/2023/index.html"
    )
    assert "agencies/bureau/2023/index.html: report" in result.stdout


def test_build_refuses_a_foreign_folder(site: SmallSite, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/file").write_text("x", "utf-8")
    result = run("--root", site.root, "build", "--no-pdf", "--output", tmp_path / "theirs")
    assert result.exit_code == 2 and "不会覆盖" in result.stderr


def test_a_blocked_build_exits_1_and_says_that_the_site_stays(
    site: SmallSite, tree_of: Callable[[Path], dict[str, bytes]]
) -> None:
    run("--root", site.root, "build", "--no-pdf")
    before = tree_of(site.root / "public")
    site.row("新收", "[1, 0, 0, 0, 0, 0, 2]")
    result = run("--root", site.root, "build", "--no-pdf")
    assert (
        result.exit_code == 1
        and "已发布的网站没有变动" in result.stderr
        and "T3-02" in result.stderr
    )
    assert tree_of(site.root / "public") == before


def test_as_of_is_the_day_that_counts(site: SmallSite) -> None:
    site.append("发布日期: 2024-01-20\n")
    assert "P-03" in run("--root", site.root, "check", "--as-of", "2024-01-19").stdout
    assert "P-03" not in run("--root", site.root, "check", "--as-of", "2024-01-20").stdout


def test_init_makes_a_site_that_says_what_to_fill_in_and_is_not_published_before(
    tmp_path: Path,
) -> None:
    made = run("init", tmp_path / "new")
    assert made.exit_code == 0 and "gongkai check" in made.stdout
    assert run("init", tmp_path / "new").exit_code == 2
    asked = run("--root", tmp_path / "new", "check")
    assert (
        asked.exit_code == 1
        and "C-16" in asked.stdout
        and "下一步" in asked.stdout
        and "错误 1，" in asked.stdout
    )
    assert run("--root", tmp_path / "new", "build", "--no-pdf").exit_code == 1
    assert not (tmp_path / "new/public").exists()
    assert (tmp_path / "new/.gitignore").read_text("utf-8").startswith("/public/")
    assert (tmp_path / "new/.github/workflows/site.yml").exists()


def test_new_report_brings_over_what_last_year_settles_and_nothing_else(site: SmallSite) -> None:
    site.row("结转下年度", "[1, 0, 0, 2, 0, 0, 3]").row(
        "行政规范性文件", "{制发: 1, 废止: 0, 现行有效: 43}"
    )
    result = run("--root", site.root, "new", "report", "bureau", "2024")
    assert result.exit_code == 0 and len(result.stdout.split()) == 2
    text = site.path(year=2024).read_text("utf-8")
    assert (
        "上年结转:                 [1, 0, 0, 2, 0, 0, 3]" in text
        and "行政规范性文件·现行有效: 43" in text
    )
    assert "  新收:\n" in text
    rules = [finding.rule for finding in site.findings() if finding.year == 2024]
    assert "S-05" in rules, "a form nobody filled in is never published as a year of zeros"
    assert run("--root", site.root, "new", "report", "bureau", "2024").exit_code == 2
    assert run("--root", site.root, "new", "report", "nobody", "2024").exit_code == 2
    assert run("--root", site.root, "new", "agency", "Bad_Slug").exit_code == 2


def test_reports_of_a_year_are_begun_for_every_body_that_owes_one(site: SmallSite) -> None:
    for slug, more in (("young", "沿革: [{日期: 2025-01-01, 类型: 设立}]\n"), ("old", "")):
        site.add(slug, 2025)
        shutil.rmtree(site.path(slug, 2025).parent)
        agency = site.path(slug, 2025).parent.parent / "agency.yaml"
        agency.write_text(agency.read_text("utf-8") + more, "utf-8")
    made = run("--root", site.root, "new", "report", "--all", "2024")
    assert made.exit_code == 0, made.output
    folders = {Path(line).parent.relative_to(site.root).as_posix() for line in made.stdout.split()}
    assert folders == {f"content/agencies/{slug}/2024" for slug in ("bureau", "old")}
    again = run("--root", site.root, "new", "report", "--all", "2024")
    assert again.exit_code == 0 and "没有机关还缺 2024" in again.stdout


# (what is typed for a body of this name and folder, the exit code, words of the answer)
TYPED = [
    ("bureau", 0, "bureau/2024"),
    ("测试bureau局", 0, "bureau/2024"),
    ("测试bureau", 0, "bureau/2024"),
    ("测试", 2, "可能是 2 个机关：bureau（测试bureau局）、park（测试park局）"),
    ("burau", 2, "是否应为“测试bureau局”（bureau）？"),
    ("测试burau局", 2, "是否应为“测试bureau局”（bureau）？"),
    ("税务", 2, "没有“税务”这个机关"),
]


@pytest.mark.parametrize(("typed", "exit_code", "words"), TYPED)
def test_a_body_is_named_by_folder_name_or_part(
    site: SmallSite, typed: str, exit_code: int, words: str
) -> None:
    site.add("park", 2023)
    result = run("--root", site.root, "new", "report", typed, "2024")
    assert result.exit_code == exit_code and words in result.output


def test_a_command_works_from_any_folder_of_a_site(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.path().parent)
    assert "1 份报告" in run("check").stdout
    assert run("check", "report.yaml").exit_code == 0
    assert run("new", "report", "bureau", "2024").exit_code == 0
    monkeypatch.chdir(site.root.parent)
    assert run("check").exit_code == 2


@pytest.mark.parametrize(
    "output", ["content/out", "templates", "themes/new", ".git", ".cache/out", ".schemas"]
)
def test_nothing_is_published_into_what_the_site_is_read_from(site: SmallSite, output: str) -> None:
    target = site.root / output
    there = target.exists()
    result = run("--root", site.root, "build", "--no-pdf", "--output", target)
    assert result.exit_code == 2 and output.split("/", maxsplit=1)[0] in result.output
    assert target.exists() == there


@pytest.mark.parametrize("option", ["--root", "--output"])
def test_links_in_a_circle_are_the_machines_fault(
    site: SmallSite,
    option: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (site.root / "loop").symlink_to("loop")
    where = {"--root": site.root, "--output": site.root / "public", option: site.root / "loop"}
    arguments = ["--root", where["--root"], "build", "--no-pdf", "--output", where["--output"]]
    monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and "loop" in capsys.readouterr().err


def test_a_bug_of_ours_exits_3_without_a_traceback(site: SmallSite) -> None:
    code = "import generator.inspection as p; p.scan = lambda root: 1 / 0\nfrom generator.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", code, "--root", str(site.root), "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        result.returncode == 3
        and "Traceback" not in result.stderr
        and "ZeroDivisionError" in result.stderr
    )


@pytest.mark.xdist_group("wheel")
def test_the_wheel_works_far_from_the_repository(tmp_path: Path) -> None:
    """Templates, themes and forms ship inside: unpacked elsewhere, `init` and `build` work, once the example is gone."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", tmp_path, ROOT],
        check=True, capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    wheel = next(tmp_path.glob("gongkai-*.whl"))
    zipfile.ZipFile(wheel).extractall(tmp_path / "lib")
    assert (
        next(tmp_path.glob("lib/*.dist-info/licenses/LICENSE")).read_bytes()
        == (ROOT / "LICENSE").read_bytes()
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
    for arguments in (["init", "site"], ["--root", "site", "build", "--no-pdf"]):
        subprocess.run(
            [sys.executable, "-P", "-m", "generator", *arguments],
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
        )
        shutil.rmtree(tmp_path / "site/content/agencies/example-bureau", ignore_errors=True)
    assert (tmp_path / "site/public/assets/site.css").stat().st_size > 1000


@pytest.mark.parametrize("day", ["1月15日", "2026-01-15", "13-45", "02-30"])
def test_a_deadline_that_is_no_day_is_a_finding_whatever_is_checked(
    site: SmallSite, day: str
) -> None:
    """It once ended in a traceback, and `check PATH` kept quiet about it."""
    site.append("发布日期: 2024-01-20\n")
    (site.root / "site.yaml").write_text(
        f"title: x\n期限: {{工作部门: {day}}}\n规则: {{S-10: 关闭, S-11: 关闭, S-12: 关闭}}\n",
        "utf-8",
    )
    asked = run("--root", site.root, "check", "content/agencies/bureau")
    assert asked.exit_code == (0 if day == "02-30" else 2), asked.output


def test_what_is_explained_is_counted_and_not_listed(site: SmallSite) -> None:
    site.row("行政许可", '{处理决定: ""}').append("说明:\n  - {规则: V-04, 原因: 原件空白}\n")
    asked = run("--root", site.root, "check").stdout
    assert "V-04: “" not in asked and "其中已说明 1" in asked
    assert '"explained": true' in run("--root", site.root, "check", "--format", "json").stdout
