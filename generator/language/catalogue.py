"""The words around the rule catalogue, in both languages: families, authorities, severities, and what an entry says of its rule.

The manual of the command line, docs/rules.md and the page `rules/` say the same because they all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.figure import plain
from generator.model.finding import Severity, Text
from generator.model.law import Example, Law, Rule

SEVERITIES: Mapping[Severity, Text] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.INFO: Text("提示", "info"),
}
OFF = Text("关闭", "off")
# In the order of a report, from its outline to its neighbours, then what is about the files.
FAMILIES: Mapping[str, Text] = {
    "S": Text("结构与文字", "sections and wording"),
    "V": Text("单元格", "cells"),
    "T2": Text("主动公开", "proactive disclosure"),
    "T3": Text("依申请公开", "disclosure on request"),
    "T4": Text("复议诉讼", "reconsiderations and lawsuits"),
    "X": Text("文字与数字", "text against figures"),
    "Y": Text("跨年度", "across years"),
    "P": Text("发布", "publication"),
    "D": Text("文字损坏", "damaged text"),
    "R": Text("汇总", "consolidation"),
    "E": Text("更正", "corrections"),
    "A": Text("机关代码", "codes of bodies"),
    "C": Text("内容文件", "content files"),
    "N": Text("无法辨认", "unreadable cells"),
    "B": Text("生成", "the build"),
}
BASES: Mapping[str, Text] = {
    "N": Text("国家规定", "national provisions"),
    "L": Text("地方评分或通知", "local scoring or notices"),
    "T": Text("已有核对工具的规则", "a rule of existing checking tools"),
    "S": Text("真实报告中见过", "seen in real reports"),
    "G": Text("编者判断", "the editors' judgement"),
}
RENAMED = "改名自 "  # in an example, of a folder; any other word says that it is not there


@dataclass(frozen=True)
class Snippet:
    """Lines of an example, and over them the file they stand in; `kind` is `yaml` or `markdown`, empty where a whole folder changes."""

    place: Text
    text: Text
    kind: str = ""


def families(law: Law) -> Iterator[tuple[str, Text, tuple[Rule, ...]]]:
    """Each family that has rules, by its letters: its name, and its rules by ID."""
    held: dict[str, list[Rule]] = {key: [] for key in FAMILIES}
    for key in sorted(law.rules):
        held[key.partition("-")[0]].append(law.rules[key])
    yield from ((key, FAMILIES[key], tuple(rules)) for key, rules in held.items() if rules)


def severity(rule: Rule) -> Text:
    """A rule's severity in one word; off where the site has switched it off."""
    return OFF if rule.off else SEVERITIES[rule.severity]


def severity_in_full(rule: Rule, law: Law) -> Text:
    """The severity, whether the site chose it, and in which forms it is another."""
    word = severity(rule)
    if rule.off or rule.chosen:
        return Text(f"{word.zh}（本站设定）", f"{word.en} (set by this site)")
    forms = [(law.format_named(key), SEVERITIES[one]) for key, one in rule.by_form.items()]
    zh = "".join(f"；{form.basis}的格式为{one.zh}" for form, one in forms if form)
    en = "".join(f"; {one.en} in the form of {form.basis}" for form, one in forms if form)
    return Text(word.zh + zh, word.en + en)


def facts(rule: Rule, law: Law) -> tuple[tuple[Text, Text], ...]:
    """What an entry says of its rule beside the comparison itself, as pairs of a word and a sentence: the severity first, whether
    it may be explained last."""
    return (
        (Text("级别", "Severity"), severity_in_full(rule, law)),
        *_going_by(rule),
        (Text("说明", "Explanation"), _explaining(rule)),
    )


def _going_by(rule: Rule) -> Iterator[tuple[Text, Text]]:
    if rule.manual and rule.manual.basis:
        named = [BASES[letter] for letter in rule.manual.basis.split("、")]
        yield Text("依据", "Basis"), Text("；".join(one.zh for one in named), "; ".join(one.en for one in named))
    if rule.advice:
        yield Text("怎么办", "What to do"), rule.advice
    if rule.thresholds:
        zh = "，".join(f"{one.word} {plain(one.value)}" for one in rule.thresholds.values())
        en = ", ".join(f"{name} {plain(one.value)}" for name, one in rule.thresholds.items())
        yield Text("数值", "Thresholds"), Text(zh, en)
    if rule.own_words:
        zh, en = "文字由本站编者改写的不用这条规则", "not asked of texts that the site’s editors rewrote"
        yield Text("转录的报告", "Transcribed reports"), Text(zh, en)
    if rule.of_complete:
        zh, en = "site.yaml 写明“选录”的站不用这条规则", "not asked on a site whose site.yaml calls it a selection"
        yield Text("选录的站", "Selections"), Text(zh, en)


def _explaining(rule: Rule) -> Text:
    if not rule.explainable:
        return Text("不能用“说明”解决，只能改正", "no explanation settles it; it is to be corrected")
    if rule.required:
        return Text("本站要求：不改正的，必须在“说明”中公开写明原因", "this site demands a public reason where it is not corrected")
    return Text(
        "确有原因的，可以在 report.yaml 的“说明”中写明，随报告公开", "a reason may be given under 说明 in report.yaml; it is published"
    )


def snippets(rule: Rule, example: Example) -> Iterator[Snippet]:
    """The files of an example that tell something, with the lines that stand in each.

    A text beside figures only keeps its own numbers from contradicting them, unless a passing example has it, too.
    """
    needed = {name for one in (rule.manual.passes if rule.manual else ()) for name in one.files}
    figures = any(not name.endswith(".md") for name in example.files)
    for name, text in example.files.items():
        if figures and name.endswith(".md") and name not in needed:
            continue
        place = Text(name, name)
        if name.startswith("prior/"):
            file = name.removeprefix("prior/")
            place = Text(f"上一年度的 {file}", f"{file} of the year before")
        if name.endswith((".yaml", ".md")):
            yield Snippet(place, Text(text, text), "yaml" if name.endswith(".yaml") else "markdown")
        elif text.startswith(RENAMED):
            before = text.removeprefix(RENAMED)
            yield Snippet(place, Text(f"文件夹由 {before} 改名而来", f"the folder was called {before} before"))
        else:
            yield Snippet(place, Text("没有这个文件夹", "there is no such folder"))


def form_of(example: Example, law: Law) -> str:
    """The notice whose form an example is written in, where that is not the newest."""
    form = law.format_named(example.form) if example.form else None
    return form.basis if form else ""
