"""The manual of the rules: a line for each, one in full, and all as Markdown (docs/rules.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.inspection import law_of, read_law
from generator.language import catalogue
from generator.language.catalogue import Snippet
from generator.language.sentence import as_text, in_each, sentence, template
from generator.language.speech import in_context
from generator.load.reading import Reading
from generator.load.rules import DEMANDS, KEYS, SEVERITIES
from generator.load.settings import SITE, law_for, read_settings
from generator.model.figure import plain
from generator.model.finding import Text
from generator.model.law import Example, Law, Rule
from generator.model.source import Tree
from generator.source.tree import Disk

FAILS = template("会报出的写法")
PASSES = template("通过的写法")
PREFACE = """# 核对规则 · The rules

由 `gongkai rules --markdown` 生成，不要手工改；`./run golden` 重写。
English: `gongkai --lang en rules`。

编号不变，也不改作他用。**错误**要改正，或在“说明”里公开写明原因，才能发布；
**警告**照常发布，随报告印出；**提示**只给填报的人看。
站点可以在 site.yaml 的“规则”下改级别、数值和词表，或关闭一条规则。
例子只写出要紧的几行；“（删去）”表示不写这一项。
“代码”是判定这条规则的文件；“写在”是写着它的格式或说法。
"""


def site_law(root: Path) -> Law:
    """The law as the site in a folder goes by it, read from its site.yaml alone.

    Where there is no site, it is the law as it ships.
    """
    if not (root / "site.yaml").is_file():
        return read_law()
    law, _ = law_of(root)
    settings = read_settings(Tree("site.yaml"), Reading(law, Disk(root)))
    return law_for(law, settings)


def listed(law: Law, language: str) -> str:
    """The catalogue: a heading for each family, a line for each rule."""
    severities = {rule: catalogue.severity(law.rules[rule]).say(language) for rule in law.rules}
    width = max(map(len, severities.values()))
    blocks = []
    for family, name, rules in catalogue.families(law):
        lines = [f"{family}  {name.say(language)}"]
        for rule in rules:
            severity = severities[rule.id].ljust(width)
            lines.append(f"{rule.id:<5}  {severity}  {rule.name.say(language)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def entry(rule: Rule, law: Law, language: str) -> str:
    """The manual entry of one rule."""
    lines = [f"{rule.id}  {rule.name.say(language)}", ""]
    if rule.manual:
        lines += [rule.manual.what.say(language), ""]
    for name, fact in _facts(rule, law):
        line = sentence("{name}：{fact}", name=name, fact=fact)
        lines.append(line.say(language))
    for title, example in _examples(rule):
        lines += ["", _titled(title, example, law).say(language)]
        for snippet in catalogue.snippets(rule, example):
            text = snippet.text.say(language).rstrip("\n")
            lines.append(f"  {snippet.place.say(language)}")
            lines += [f"    {line}".rstrip() for line in text.split("\n")]
    return "\n".join(lines)


def _facts(rule: Rule, law: Law) -> Iterator[tuple[Text, Text]]:
    """What an entry says of its rule, how site.yaml changes it, and where its code stands."""
    yield from catalogue.facts(rule, law)
    if rule.words:
        yield sentence(in_context("rule", "词表")), as_text("、".join(rule.words))
    change = _change(rule)
    if change is not None:
        yield as_text("site.yaml"), change
    yield from _places(rule, law)


def _places(rule: Rule, law: Law) -> Iterator[tuple[Text, Text]]:
    """The modules that decide a rule, and the files of the law that state it."""
    modules = catalogue.modules(rule)
    if modules:
        yield sentence(in_context("rule", "代码")), as_text("、".join(modules))
    files = catalogue.stated_in(rule.id, law)
    if files:
        yield sentence(in_context("rule", "写在")), as_text("、".join(files))


def markdown(law: Law) -> str:
    """The whole manual as a Markdown document in Chinese."""
    blocks = [PREFACE]
    for family, name, rules in catalogue.families(law):
        blocks.append(f"## {family} {name.source}\n")
        blocks += ["\n".join(_chapter(rule, law)) for rule in rules]
    return "\n".join(blocks)


def _chapter(rule: Rule, law: Law) -> Iterator[str]:
    yield f"### {rule.id} {rule.name.source}\n"
    if rule.manual:
        yield f"{_literal(rule.manual.what.source)}\n"
    for name, fact in catalogue.facts(rule, law):
        yield f"- {name.source}：{_literal(fact.source)}"
    if rule.words:
        yield f"- 词表：{'、'.join(map(_code, rule.words))}"
    change = _change(rule)
    if change is not None:
        yield f"- site.yaml：{_code(change.source)}"
    for name, files in _places(rule, law):
        yield f"- {name.source}：{'、'.join(map(_code, files.source.split('、')))}"
    yield ""
    for title, example in _examples(rule):
        yield f"{_titled(title, example, law).source}：\n"
        for snippet in catalogue.snippets(rule, example):
            yield _fenced(snippet)


def _code(text: str) -> str:
    return f"`{text}`"


def _fenced(snippet: Snippet) -> str:
    if not snippet.kind:
        return f"`{snippet.place.source}`：{snippet.text.source}\n"
    text = snippet.text.source.rstrip("\n")
    return f"`{snippet.place.source}`\n\n```{snippet.kind}\n{text}\n```\n"


def _literal(text: str) -> str:
    """Text in which nothing is taken for Markdown."""
    for mark in "*_<":
        text = text.replace(mark, f"\\{mark}")
    return text


def _examples(rule: Rule) -> Iterator[tuple[str, Example]]:
    """The examples of a rule, each under its title."""
    if rule.manual:
        for example in rule.manual.fails:
            yield FAILS, example
        for example in rule.manual.passes:
            yield PASSES, example


def _titled(title: str, example: Example, law: Law) -> Text:
    """The title of an example, with the form it is in and the other rules that report it."""
    text = sentence(title)
    form = catalogue.form_of(example, law)
    if form:
        text = sentence("{title}（{form}的格式）", title=text, form=form)
    if example.also:
        rules = "、".join(example.also)
        text = sentence("{title}，{rules} 也会报出", title=text, rules=rules)
    return text


def _change(rule: Rule) -> Text | None:
    """How site.yaml changes this rule, with every word it may use here at its present value.

    None where nothing may change.
    """
    text = in_each(lambda say: _changed(rule, 0 if say.foreign else 1))
    return text if text.source else None


def _changed(rule: Rule, spelling: int) -> str:
    """The line of site.yaml in one spelling of its keys: English 0, Chinese 1."""
    values = []
    if rule.explainable:
        severity = SEVERITIES["off" if rule.off else rule.severity.value]
        demand = DEMANDS["true" if rule.required else "false"]
        values.append(f"{KEYS['severity'].spellings[spelling]}: {severity[spelling]}")
        values.append(f"{KEYS['explanation'].spellings[spelling]}: {demand[spelling]}")
    for name, threshold in rule.thresholds.items():
        values.append(f"{(name, threshold.word)[spelling]}: {plain(threshold.value)}")
    if rule.words:
        values.append(f"{KEYS['words'].spellings[spelling]}: […]")
    if rule.innocent:
        values.append(f"{KEYS['innocent'].spellings[spelling]}: […]")
    if not values:
        return ""
    return f"{SITE['rules'].spellings[spelling]}: {{{rule.id}: {{{', '.join(values)}}}}}"
