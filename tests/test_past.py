"""What is found by looking back: corrections against git, figures against the site that was built last. Said once, printed nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.cli.preview import Preview
from generator.inspection import inspect
from generator.model.finding import Finding
from tests.commands import run
from tests.conftest import TODAY, SmallSite

CORRECTED = "更正:\n  - {日期: 2024-03-01, 原因: 录入有误, 改动: [{格: 行政许可.处理决定, 改前: %s, 改后: %s}]}\n"
WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"))
}
DAYS = {
    "GIT_AUTHOR_DATE": "2024-02-01T09:00:00+08:00",
    "GIT_COMMITTER_DATE": "2024-02-01T09:00:00+08:00",
}


def git(root: Path, *command: str) -> str:
    env = {**os.environ, **WHO, **DAYS, "HOME": str(root)}
    return subprocess.run(
        ["git", *command], cwd=root, env=env, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(site: SmallSite, figure: int | str | None = None, correction: str = "") -> SmallSite:
    """A commit of the site, with a figure in one cell and these corrections."""
    if not (site.root / ".git").exists():
        git(site.root, "init", "-q", "-b", "main")
    if figure is not None:
        site.row("行政许可", f"{{处理决定: {figure}}}")
    text = site.path().read_text("utf-8").partition("更正:")[0]
    site.write(text + correction)
    git(site.root, "add", "content", "site.yaml")
    git(site.root, "commit", "-q", "--allow-empty", "-m", "x")
    return site


def past(site: SmallSite) -> list[str]:
    return [one.message.source for one in site.findings() if one.rule == "E-02"]


BOTH = (
    CORRECTED % (8, 6)
    + "  - {日期: 2024-04-01, 原因: 又错, 改动: [{格: 行政许可.处理决定, 改前: %s, 改后: 5}]}\n"
)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([(8, ""), (5, CORRECTED % (8, 5))], ""),
        ([(8, ""), (5, CORRECTED % (7, 5))], "改前是 7，而 2024-02-01 的提交"),
        ([(8, ""), (8, ""), (5, ""), (5, CORRECTED % (8, 5))], ""),  # changed first, declared later
        ([(8, ""), (5, ""), (5, CORRECTED % (7, 5))], "改前是 7"),
        ([(5, ""), (5, CORRECTED % (8, 5))], "改前是 8"),  # it never was
        ([(5, CORRECTED % (8, 5))], ""),  # came with its correction: nothing is known
        ([("空白", ""), (5, CORRECTED % ("空白", 5))], ""),
        ([(8, ""), (6, CORRECTED % (8, 6)), (5, BOTH % 6)], ""),
        ([(8, ""), (6, CORRECTED % (8, 6)), (5, BOTH % 7)], "改前是 7"),
        ([(8, ""), (5, BOTH % 6)], ""),  # two at once: only the first can be seen
        (
            [(8, ""), (5, CORRECTED % (9, 5)), (5, CORRECTED % (8, 5))],
            "",
        ),  # the correction itself was corrected
    ],
)
def test_what_a_correction_says_was_there_is_what_was_committed(
    site: SmallSite, steps: list[tuple[int | str, str]], said: str
) -> None:
    for figure, correction in steps:
        commit(site, figure, correction)
    found = past(site)
    assert len(found) == bool(said) and all(said in one for one in found), found
    assert past(site) == found, "and the same again from memory"


def test_a_correction_that_is_not_yet_committed_is_held_against_the_last_commit(
    site: SmallSite,
) -> None:
    commit(site, 8)
    site.row("行政许可", "{处理决定: 5}").append(CORRECTED % (7, 5))
    found = [one for one in site.findings() if one.rule == "E-02"]
    assert len(found) == 1 and git(site.root, "rev-parse", "HEAD")[:10] in found[0].message.source
    assert (found[0].at.path, found[0].cells) == (
        "content/agencies/bureau/2023/report.yaml",
        ("proactive.licences.decisions",),
    )
    assert not site.build().blocked and "E-02" not in site.page(
        "agencies/bureau/2023/index.html"
    ), "no page hangs on a history"


def test_a_site_may_be_a_folder_of_a_repository_and_merges_count_once(
    site: SmallSite, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    site.row("行政许可", "{处理决定: 8}")
    git(tmp_path, "add", "site")
    git(tmp_path, "commit", "-q", "-m", "x")
    git(tmp_path, "checkout", "-q", "-b", "fix")
    site.row("行政许可", "{处理决定: 5}").append(CORRECTED % (7, 5))
    git(tmp_path, "commit", "-q", "-a", "-m", "x")
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "m", "fix")
    assert len(past(site)) == 1


def test_no_history_is_no_finding(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.row("行政许可", "{处理决定: 5}").append(CORRECTED % (7, 5))
    assert past(site) == [], "no repository"
    commit(site, 8)
    commit(site, 5, CORRECTED % (7, 5))
    shutil.copytree(site.root, tmp_path / "whole")
    git(tmp_path, "clone", "-q", "--depth", "1", (tmp_path / "whole").as_uri(), "shallow")
    assert not [
        one for one in inspect(tmp_path / "shallow", TODAY).findings if one.rule == "E-02"
    ], "a shallow clone"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert past(site) == [], "no git"
    monkeypatch.undo()
    assert len(past(site)) == 1


def test_git_is_asked_once_for_all_reports_and_not_without_corrections(
    empty_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = subprocess.run

    def counting(command: list[str], **given: Any) -> Any:
        asked.append(next(word for word in command if word in {"rev-parse", "log", "cat-file"}))
        return real(command, **given)

    for slug in ("bureau", "other", "third"):
        empty_site.add(slug, 2023)
    commit(empty_site)
    monkeypatch.setattr(subprocess, "run", counting)
    assert past(empty_site) == [] and asked == []
    for slug in ("bureau", "other"):
        empty_site.row("行政许可", "{处理决定: 5}", slug=slug).append(CORRECTED % (7, 5), slug=slug)
    assert len(past(empty_site)) == 2 and asked == ["rev-parse", "log", "cat-file", "cat-file"]
    assert len(past(empty_site)) == 2 and asked[4:] == ["rev-parse"], (
        "and not again for the same commit"
    )


def test_a_repository_cannot_make_git_run_anything(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Configuration of the repository and of the caller that would run a program or lead elsewhere is of no effect."""
    commit(site, 8)
    commit(site, 5, CORRECTED % (7, 5))
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", "utf-8")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "core.sshCommand",
        "gpg.program",
        "diff.yaml.textconv",
    ):
        git(site.root, "config", name, str(trap))
    git(site.root, "config", "log.showSignature", "true")
    (site.root / ".git" / "info" / "attributes").write_text("*.yaml diff=yaml\n", "utf-8")
    for name, value in {
        "GIT_DIR": str(tmp_path / "elsewhere"),
        "GIT_EXTERNAL_DIFF": str(trap),
        "GIT_PAGER": str(trap),
    }.items():
        monkeypatch.setenv(name, value)
    assert len(past(site)) == 1
    assert not (tmp_path / "sprung").exists()


def test_what_was_committed_may_be_anything(site: SmallSite) -> None:
    """Versions that are no report, too large, gone, or links are passed over."""
    commit(site, 8)
    good = site.path().read_text("utf-8")
    for text in ("：：\n- [", "x: 1\n" * 300_000, "\x00\xff", ""):
        site.path().write_text(text, "utf-8")
        git(site.root, "commit", "-q", "-a", "-m", "x")
    site.path().unlink()
    site.path().symlink_to("narrative.md")
    git(site.root, "commit", "-q", "-a", "-m", "x")
    site.path().unlink()
    git(site.root, "commit", "-q", "-a", "-m", "x")
    site.path().write_text(good, "utf-8")
    commit(site, 5, CORRECTED % (7, 5))
    assert len(past(site)) == 1


# ---- Against the site that was built last ----


@pytest.fixture
def published(site: SmallSite) -> SmallSite:
    """A report with a day of publication, on a site that was built; and one that has none."""
    site.add("draft", 2023).row("行政许可", "{处理决定: 8}").row(
        "行政许可", "{处理决定: 8}", slug="draft"
    )
    site.append("发布日期: 2024-01-20\n")
    draft = site.path("draft").read_text("utf-8")
    site.write(
        "\n".join(line for line in draft.split("\n") if not line.startswith("发布日期")), "draft"
    )
    assert not site.build().blocked
    return site


def silent(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    return [one.message.source for one in findings if one.rule in {"E-03", "E-04"}]


def checked(site: SmallSite) -> list[Finding]:
    return list(inspect(site.root, TODAY, published=site.root / "public").findings)


def test_a_published_figure_that_changes_silently_is_said_until_it_is_declared_and_on_no_page(
    published: SmallSite,
) -> None:
    assert silent(checked(published)) == []
    published.row("行政许可", "{处理决定: 9}").row("行政许可", "{处理决定: 9}", slug="draft")
    found = [one for one in checked(published) if one.rule == "E-03"]
    assert [one.message.source for one in found] == [
        "与已发布的不同，没有更正写明：“行政许可·处理决定” 8 → 9"
    ], "a draft may change"
    assert (found[0].expected, found[0].actual, found[0].agency) == (8, 9, "bureau")
    assert (
        published.path()
        .read_text("utf-8")
        .split("\n")[found[0].at.line - 1]
        .strip()
        .startswith("行政许可")
    )
    line = found[0].advice.source.partition("一行：")[2] if found[0].advice else ""
    outcome = published.build()
    assert silent(outcome.findings) and not outcome.blocked
    assert "E-03" not in published.page("agencies/bureau/2023/index.html") + published.page(
        "quality/2023/index.html"
    )
    assert silent(published.build().findings), "still, until somebody says a word about it"
    assert published.build().made == ()
    published.append(f"更正:\n  {line.replace('…', '录入有误')}\n")
    assert silent(checked(published)) == [], "the line that the finding gives declares it"
    outcome = published.build()
    assert not outcome.blocked and silent(outcome.findings) == []
    assert silent(checked(published)) == []
    assert "8 改为 9" in published.page("agencies/bureau/2023/index.html")


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (CORRECTED % (8, 9), []),
        (CORRECTED % ("８", 9), []),
        (CORRECTED % (7, 9), ["8 → 9"]),
        ("", ["8 → 9"]),
    ],
)
def test_only_a_correction_of_what_was_published_declares_a_change(
    published: SmallSite, correction: str, said: list[str]
) -> None:
    published.row("行政许可", "{处理决定: 9}").append(correction)
    found = silent(checked(published))
    assert len(found) == len(said) and all(
        one in text for one, text in zip(said, found, strict=True)
    )


def test_blank_is_not_zero_and_a_remark_is_no_change(published: SmallSite) -> None:
    path = published.path()
    path.write_text(
        path.read_text("utf-8")
        .replace("行政许可:", "行政许可:  ")
        .replace("处理决定: 8}", "处理决定: '8'}  # 抄自台账"),
        "utf-8",
    )
    assert silent(checked(published)) == []
    published.row("行政处罚", '{处理决定: ""}')
    assert silent(checked(published)) == [
        "与已发布的不同，没有更正写明：“行政处罚·处理决定” 0 → 空白"
    ]


def test_many_changes_are_one_finding(published: SmallSite) -> None:
    for label in ("新收", "予以公开", "办结"):
        published.row(label, "[1, 2, 0, 0, 0, 0, 3]")
    found = silent(checked(published))
    assert len(found) == 1 and found[0].endswith("等 9 格")


def test_a_correction_that_was_published_stays(published: SmallSite) -> None:
    text = published.path().read_text("utf-8")
    published.row("行政许可", "{处理决定: 9}").append(CORRECTED % (8, 9)).build()
    published.write(text)
    assert silent(checked(published)) == [
        "已发布的更正（2024-03-01，录入有误）不见了",
        "与已发布的不同，没有更正写明：“行政许可·处理决定” 9 → 8",
    ]


def test_a_published_report_that_is_gone_is_said_before_it_leaves_the_site(
    published: SmallSite,
) -> None:
    shutil.rmtree(published.path("draft").parent)
    assert silent(checked(published)) == []
    shutil.rmtree(published.path().parent)
    published.add("other", 2023)
    assert silent(checked(published)) == [
        "已发布的 bureau/2023（2024-01-20 发布）不见了，再生成一次就会从网站上消失"
    ]
    outcome = published.build()
    assert not outcome.blocked and silent(outcome.findings)
    assert silent(published.build().findings), "still, until somebody says that it was meant"
    settings = published.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "撤下: [bureau/2023]\n", "utf-8")
    assert silent(checked(published)) == []


def test_a_body_that_moved_is_not_gone(published: SmallSite) -> None:
    agencies = published.root / "content" / "agencies"
    (agencies / "bureau").rename(agencies / "new-bureau")
    with (agencies / "new-bureau" / "agency.yaml").open("a", encoding="utf-8") as stream:
        stream.write("曾用网址: [bureau]\n")
    assert silent(checked(published)) == []


@pytest.mark.parametrize("policy", ["stop", "hold"])
def test_a_site_may_let_no_silent_change_through(published: SmallSite, policy: str) -> None:
    settings = published.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + f"policy: {{warning: {policy}}}\n", "utf-8")
    published.append("发布日期: 2024-01-20\n", "draft").build()
    published.row("行政许可", "{处理决定: 9}")
    for _ in range(2):
        outcome = published.build()
        assert silent(outcome.findings) and outcome.blocked == (policy == "stop")
        assert "作出行政许可决定 8 件" in published.page("agencies/bureau/2023/index.html")
    published.append(CORRECTED % (8, 9))
    assert not published.build().findings
    assert "作出行政许可决定 9 件" in published.page("agencies/bureau/2023/index.html")


def test_a_folder_that_is_no_site_of_ours_is_not_asked(published: SmallSite) -> None:
    published.row("行政许可", "{处理决定: 9}")
    shutil.rmtree(published.root / ".cache")  # it remembers what was published
    tables = published.root / "public/agencies/bureau/2023/tables.json"
    text = tables.read_text("utf-8")
    for broken in (
        "",
        "[]",
        "{}",
        text.replace('"figures"', '"cells"'),
        text.replace('"state": "number"', '"state": "?"'),
        text[:-9],
    ):
        tables.write_text(broken, "utf-8")
        assert silent(checked(published)) == []
    tables.write_text(text, "utf-8")
    shutil.rmtree(published.root / ".cache")  # it remembers that there was nothing to compare
    assert silent(checked(published))
    for manifest in (
        "",
        "[]",
        "{}",
        '{"generator": "other", "files": {}}',
        '{"generator": "gongkai", "files": []}',
    ):
        (published.root / "public/manifest.json").write_text(manifest, "utf-8")
        assert silent(checked(published)) == []


def test_the_preview_never_says_it(published: SmallSite, tmp_path: Path) -> None:
    preview = Preview(published.root, "zh", tmp_path / "preview")
    preview.make()
    published.row("行政许可", "{处理决定: 9}")
    assert silent(preview.make().findings) == []


def test_check_asks_the_site_that_is_named_or_public(published: SmallSite, tmp_path: Path) -> None:
    root = ("--root", str(published.root), "check", "--as-of", "2026-06-01")
    published.row("行政许可", "{处理决定: 9}")
    shutil.rmtree(published.root / ".cache")
    assert "E-03" in run(*root).output
    (published.root / "public").rename(tmp_path / "last")
    assert "E-03" not in run(*root).output
    assert "E-03" in run(*root, "--published", str(tmp_path / "last")).output
    assert run(*root, "--published", str(published.root)).exit_code == 2


def test_an_amount_without_a_unit_of_the_form_is_declared_with_its_own(site: SmallSite) -> None:
    """采购总金额 (2019): the line to paste says 251000元, or pasting it would leave the finding where it is."""
    site.add("old", 2020).row(
        "政府集中采购", '{采购项目数量: 2, 采购总金额: "251000元"}', "old", 2020
    ).append("发布日期: 2021-01-20\n", "old", 2020)
    site.build()
    site.row("政府集中采购", '{采购项目数量: 2, 采购总金额: "308040元"}', "old", 2020)
    options = inspect(site.root, TODAY, published=site.root / "public")
    (found,) = [one for one in options.findings if one.rule == "E-03"]
    assert found.advice is not None and "改前: 251000元, 改后: 308040元" in found.advice.source


# ---- Not only figures, and wherever what was published is known from ----


def reword(site: SmallSite, old: str, new: str, name: str = "narrative.md") -> None:
    path = site.path(name=name) if name != "agency.yaml" else site.path().parent.parent / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def attach(site: SmallSite, words: str = "甲") -> None:
    folder = site.path().parent / "files"
    folder.mkdir(exist_ok=True)
    (folder / "表.txt").write_text(words, "utf-8")


# What is done to a published report with an attachment, what is said of it, what declares it.
SILENT = [
    (lambda site: site.append("发布日期: 2024-01-05\n"), "发布日期“2024-01-20”改成了“2024-01-05”", "发布日期"),
    (lambda site: reword(site, "没有大的变化", "有大的变化"), "“一、总体情况”的文字变了", "总体情况"),
    (lambda site: reword(site, "## 六", "补充一段。\n\n## 六"), "“五、存在的主要问题及改进情况”的文字变了", "五"),
    (lambda site: site.append("标题: 某局2023年政府信息公开工作年度报告\n"), "标题“", "标题"),
    (lambda site: reword(site, "测试bureau局", "测试某局", "agency.yaml"), "机关名称“测试bureau局”改成了“测试某局”", "机关名称"),
    (lambda site: attach(site, "乙"), "附件“表.txt”的内容变了", "附件"),
    (lambda site: (site.path().parent / "files" / "表.txt").unlink(), "附件“表.txt”不见了", "附件"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said", "word"), SILENT, ids=[case[1][:12] for case in SILENT])
@pytest.mark.parametrize("known", ["cache", "built", "git", "committed"])
def test_nothing_that_was_published_changes_in_silence(
    site: SmallSite, change: Any, said: str, word: str, known: str
) -> None:
    site.append("发布日期: 2024-01-20\n")
    attach(site)
    if known in {"git", "committed"}:
        commit(site)
    else:
        assert not site.build().blocked
    if known != "cache":
        shutil.rmtree(site.root / ".cache", ignore_errors=True)
    assert silent(checked(site)) == []
    change(site)
    if known == "git" and "内容" in said:
        commit(site)  # until then only its name is compared
    if known == "committed":
        commit(site)
    (text,) = silent(checked(site))
    assert said in text and ("2024-02-01" in text) == (known in {"git", "committed"})
    if known != "git":
        assert not site.build().blocked
        assert silent(checked(site)), "a build does not make it right"
    site.append(f"更正:\n  - {{日期: 2024-03-01, 原因: 原来的写错了, 另改: [{word}]}}\n")
    assert silent(checked(site)) == []


def test_a_fresh_copy_of_the_repository_sees_what_changed(site: SmallSite, tmp_path: Path) -> None:
    site.append("发布日期: 2024-01-20\n")
    commit(site, 8)
    commit(site, 9)
    git(site.root, "clone", "-q", str(site.root), str(tmp_path / "fresh"))
    fresh = SmallSite(tmp_path / "fresh")
    (text,) = silent(checked(fresh))
    assert "“行政许可·处理决定” 8 → 9" in text
    fresh.append(CORRECTED % (8, 9))
    assert silent(checked(fresh)) == []


@pytest.mark.parametrize(
    "first",
    [
        "{处理决定: 三}",  # could not be read, so it was never published
        "{处理决定: }",
    ],
)
def test_what_could_not_be_published_may_change(site: SmallSite, first: str) -> None:
    site.append("发布日期: 2024-01-20\n").row("行政许可", first)
    commit(site)
    commit(site, 9)
    assert silent(checked(site)) == []
    commit(site, 8)
    assert silent(checked(site)) != []


def test_a_report_that_waits_for_its_day_may_change(site: SmallSite) -> None:
    """The commits are of 1 February: on the 9th it is not published yet."""
    site.append("发布日期: 2024-02-09\n")
    commit(site, 8)
    commit(site, 9)
    assert silent(checked(site)) == []


def test_a_committed_report_that_is_gone_is_seen_in_a_fresh_copy(
    site: SmallSite, tmp_path: Path
) -> None:
    site.append("发布日期: 2024-01-20\n").add("other", 2023)
    commit(site)
    git(site.root, "rm", "-r", "-q", "content/agencies/bureau/2023")
    git(site.root, "commit", "-q", "-m", "x")
    git(site.root, "clone", "-q", str(site.root), str(tmp_path / "fresh"))
    fresh = SmallSite(tmp_path / "fresh")
    assert [text for text in silent(checked(fresh)) if "bureau/2023" in text]
    with (fresh.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("撤下: [bureau/2023]\n")
    assert silent(checked(fresh)) == []


def test_lines_wrapped_anew_are_the_same_words(published: SmallSite) -> None:
    reword(published, "主动公开了政策文件；", "主动公开了\n**政策文件**；")
    assert silent(checked(published)) == []


def test_words_that_a_correction_tells_of_are_declared(published: SmallSite) -> None:
    reword(published, "没有大的变化", "没有大的变动")
    assert silent(checked(published))
    published.append(
        "更正:\n  - {日期: 2024-03-01, 原因: 用词有误, "
        "改动: [{部分: 总体情况, 改前: 大的变化, 改后: 大的变动}]}\n"
    )
    assert silent(checked(published)) == []


@pytest.mark.parametrize("word", ["…", "待填", "改前", "XX"])
def test_a_correction_with_a_placeholder_is_refused(published: SmallSite, word: str) -> None:
    published.append(
        f"更正:\n  - {{日期: 2024-03-01, 原因: {word}, 另改: [发布日期]}}\n"
        if word != "改前"
        else "更正:\n  - {日期: 2024-03-01, 原因: 用词有误, "
        "改动: [{部分: 总体情况, 改前: …, 改后: 变化}]}\n"
    )
    assert "C-05" in {finding.rule for finding in checked(published)}
    assert published.build().blocked


def test_what_else_a_correction_names_is_public(published: SmallSite) -> None:
    published.append("发布日期: 2024-01-22\n")
    published.append("更正:\n  - {日期: 2024-03-01, 原因: 原来的日期写错了, 另改: [发布日期]}\n")
    assert not published.build().blocked
    assert "另改：发布日期" in published.page("agencies/bureau/2023/index.html")
