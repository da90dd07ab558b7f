"""The words around the rule catalogue: families, authorities, severities, facts about a rule.

The manual of the command line, docs/rules.md and the page `rules/` say the same because they all
ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from generator.language.sentence import as_text, sentence, template
from generator.language.speech import in_context
from generator.model.figure import plain
from generator.model.finding import Severity, Stops, Text
from generator.model.law import Example, Law, Rule

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: in_context("severity", "错误"),
    Severity.WARNING: in_context("severity", "警告"),
    Severity.INFO: in_context("severity", "提示"),
}
# In the order of a report, from its outline to its neighbours, then what is about the files.
FAMILIES: Mapping[str, str] = {
    "S": in_context("rules", "结构与文字"),
    "V": in_context("rules", "单元格"),
    "T2": in_context("rules", "主动公开"),
    "T3": in_context("rules", "依申请公开"),
    "T4": in_context("rules", "复议诉讼"),
    "X": in_context("rules", "文字与数字"),
    "Y": in_context("rules", "跨年度"),
    "P": in_context("rules", "发布"),
    "D": in_context("rules", "文字损坏"),
    "R": in_context("rules", "汇总"),
    "E": in_context("rules", "更正"),
    "A": in_context("rules", "机关代码"),
    "C": in_context("rules", "内容文件"),
    "N": in_context("rules", "无法辨认"),
    "B": in_context("rules", "生成"),
}
BASES: Mapping[str, str] = {
    "N": in_context("rules", "国家规定"),
    "L": in_context("rules", "地方评分或通知"),
    "T": in_context("rules", "已有核对工具的规则"),
    "S": in_context("rules", "真实报告中见过"),
    "G": template("编者判断"),
}
# In an example, of a folder; any other word says that the folder is not there.
RENAMED = "改名自 "
PRIOR_YEAR = "prior/"
FORMATS = "generator/formats"
PACKAGE = "generator"


@dataclass(frozen=True)
class Snippet:
    """Lines of an example, and over them the file they stand in.

    `kind` is `yaml` or `markdown`, empty where a whole folder changes.
    """

    place: Text
    text: Text
    kind: str = ""


def modules(rule: Rule) -> tuple[str, ...]:
    """The files of the program that decide a rule."""
    return tuple(f"{PACKAGE}/{module}" for module in rule.decided_by)


def stated_in(rule: str, law: Law) -> tuple[str, ...]:
    """The files of the law that state a rule: identities and expectations of forms, profiles,
    claims.
    """
    files = []
    for form in law.formats:
        stated = {expectation.rule for expectation in form.expectations}
        for identity in form.identities:
            stated |= {identity.rule, identity.counted_twice, identity.swapped}
        if rule in stated:
            files.append(f"{FORMATS}/{form.id}.yaml")
    files += [
        f"{FORMATS}/profiles/{profile.id}.yaml"
        for profile in law.profiles.values()
        if any(expectation.rule == rule for expectation in profile.expectations)
    ]
    if any(claim.rule == rule for claim in law.claims.claims):
        files.append(f"{FORMATS}/claims.yaml")
    return tuple(files)


def families(law: Law) -> Iterator[tuple[str, Text, tuple[Rule, ...]]]:
    """Each family that has rules, by its letters: its name, and its rules by ID."""
    for family, name in FAMILIES.items():
        ids = sorted(rule for rule in law.rules if rule.partition("-")[0] == family)
        if ids:
            yield family, sentence(name), tuple(law.rules[rule] for rule in ids)


def severity_name(severity: Severity) -> Text:
    """A severity in one word."""
    return sentence(SEVERITIES[severity])


def off() -> Text:
    """The word for a rule that a site has switched off."""
    return sentence(in_context("severity", "关闭"))


def severity(rule: Rule) -> Text:
    """A rule's severity in one word; off where the site has switched it off."""
    return off() if rule.off else severity_name(rule.severity)


def severity_in_full(rule: Rule, law: Law) -> Text:
    """The severity, whether the site chose it, and in which forms it is another."""
    name = severity(rule)
    if rule.off or rule.chosen:
        return sentence("{severity}（本站设定）", severity=name)
    for form_id, other_severity in rule.by_form.items():
        form = law.format_named(form_id)
        if form:
            name = sentence(
                "{severity}；{form}的格式为{other}",
                severity=name,
                form=form.basis,
                other=severity_name(other_severity),
            )
    return name


def facts(rule: Rule, law: Law) -> tuple[tuple[Text, Text], ...]:
    """What an entry says of its rule beside the comparison itself: pairs of a word and a sentence.

    The severity comes first, and last whether it may be explained.
    """
    severity_fact = (sentence(in_context("rule", "级别")), severity_in_full(rule, law))
    explanation_fact = (sentence(in_context("rule", "说明")), _explanation(rule))
    return (severity_fact, *_facts(rule), explanation_fact)


def _facts(rule: Rule) -> Iterator[tuple[Text, Text]]:
    if rule.manual and rule.manual.basis:
        yield sentence(in_context("rule", "依据")), _basis(rule.manual.basis)
    if rule.advice:
        yield sentence(in_context("rule", "怎么办")), rule.advice
    if rule.thresholds:
        yield sentence(in_context("rule", "数值")), _thresholds(rule)
    if rule.stops is Stops.ALWAYS:
        effect = sentence("是错误时，整个网站都不发布，不论处置怎样设定")
        yield sentence(in_context("rule", "影响")), effect
    if rule.stops is Stops.NEVER:
        effect = sentence("只提醒：不停止、不暂缓发布，也不影响退出码，不论级别和处置怎样设定")
        yield sentence(in_context("rule", "影响")), effect
    if rule.own_words:
        yield sentence("转录的报告"), sentence("文字由本站编者改写的不用这条规则")
    if rule.of_complete:
        yield sentence("选录的站"), sentence("site.yaml 写明“选录”的站不用这条规则")


def _basis(letters: str) -> Text:
    """On whose authority a rule stands."""
    names = [sentence(BASES[letter]) for letter in letters.split("、")]
    first, *others = names
    for name in others:
        first = sentence("{first}；{second}", first=first, second=name)
    return first


def _thresholds(rule: Rule) -> Text:
    """The numbers that a rule goes by, under the names that site.yaml may call them by."""
    numbers = [
        sentence("{word} {number}", word=threshold.word, name=name, number=plain(threshold.value))
        for name, threshold in rule.thresholds.items()
    ]
    return reduce(_beside, numbers)


def _beside(first: Text, second: Text) -> Text:
    return sentence("{first}，{second}", first=first, second=second)


def _explanation(rule: Rule) -> Text:
    """Whether a public explanation settles a finding."""
    if not rule.explainable:
        return sentence("不能用“说明”解决，只能改正")
    if rule.required:
        return sentence("本站要求：不改正的，必须在“说明”中公开写明原因")
    return sentence("确有原因的，可以在 report.yaml 的“说明”中写明，随报告公开")


def snippets(rule: Rule, example: Example) -> Iterator[Snippet]:
    """The files of an example that tell something, with the lines that stand in each.

    A text beside figures only keeps its own numbers from contradicting them, unless a passing
    example has it, too.
    """
    passing = rule.manual.passes if rule.manual else ()
    needed = {name for passing_example in passing for name in passing_example.files}
    has_figures = any(not name.endswith(".md") for name in example.files)
    for name, text in example.files.items():
        if not has_figures or not name.endswith(".md") or name in needed:
            yield _snippet(name, text)


def _snippet(name: str, text: str) -> Snippet:
    """What an example changes in one file or folder."""
    place = as_text(name)
    if name.startswith(PRIOR_YEAR):
        place = sentence("上一年度的 {file}", file=name.removeprefix(PRIOR_YEAR))
    if name.endswith(".yaml"):
        return Snippet(place, as_text(text), "yaml")
    if name.endswith(".md"):
        return Snippet(place, as_text(text), "markdown")
    if text.startswith(RENAMED):
        folder = text.removeprefix(RENAMED)
        return Snippet(place, sentence("文件夹由 {folder} 改名而来", folder=folder))
    return Snippet(place, sentence("没有这个文件夹"))


def form_of(example: Example, law: Law) -> str:
    """The notice whose form an example is written in, where that is not the newest."""
    form = law.format_named(example.form) if example.form else None
    return form.basis if form else ""
