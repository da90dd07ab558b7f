"""The manual of the rules: the catalogue as lines, one rule in full, and the whole of it as Markdown (docs/rules.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.language import catalogue
from generator.language.catalogue import Snippet
from generator.load.reading import Reading
from generator.load.rules import DEMANDS, KEYS, SEVERITIES
from generator.load.settings import SITE, read_settings
from generator.model.figure import plain
from generator.model.finding import Text
from generator.model.law import Example, Law, Rule
from generator.model.source import Tree
from generator.pipeline import read_law
from generator.source.tree import Disk

FAILS, PASSES = Text("会报出的写法", "What it reports"), Text("通过的写法", "What passes")
PREFACE = """# 核对规则 · The rules

由 `gongkai rules --markdown` 生成，不要手工改；`./run golden` 重写。English: `gongkai --lang en rules`。

编号不变，也不改作他用。**错误**要改正，或在“说明”里公开写明原因，才能发布；**警告**照常发布，随报告印出；**提示**只给填报的人看。
站点可以在 site.yaml 的“规则”下改级别、数值和词表，或关闭一条规则。例子只写出要紧的几行；“（删去）”表示不写这一项。
"""


def site_law(root: Path) -> Law:
    """The law as the site in a folder goes by it, read from its site.yaml alone; as it ships where there is no site."""
    law = read_law()
    if not (root / "site.yaml").is_file():
        return law
    settings = read_settings(Tree("site.yaml"), Reading(law, Disk(root)))
    return law.adjusted(settings.rules, complete=settings.complete)


def listed(law: Law, language: str) -> str:
    """The catalogue: a heading for each family, a line for each rule."""
    blocks = []
    for key, name, rules in catalogue.families(law):
        width = max(len(catalogue.severity(rule).say(language)) for rule in law.rules.values())
        lines = [f"{rule.id:<5}  {catalogue.severity(rule).say(language):<{width}}  {rule.name.say(language)}" for rule in rules]
        blocks.append("\n".join([f"{key}  {name.say(language)}", *lines]))
    return "\n\n".join(blocks)


def entry(rule: Rule, law: Law, language: str) -> str:
    """The manual entry of one rule."""
    lines = [f"{rule.id}  {rule.name.say(language)}", ""]
    if rule.manual:
        lines += [rule.manual.what.say(language), ""]
    stop = "：" if language == "zh" else ": "
    lines += [f"{name.say(language)}{stop}{said.say(language)}" for name, said in catalogue.facts(rule, law)]
    if rule.words:
        lines.append(f"{Text('词表', 'Words').say(language)}{stop}{'、'.join(rule.words)}")
    if change := _change(rule, language):
        lines.append(f"site.yaml{stop}{change}")
    for title, example in _examples(rule):
        lines += ["", _titled(title, example, law, language)]
        for one in catalogue.snippets(rule, example):
            lines += [f"  {one.place.say(language)}", *(f"    {line}".rstrip() for line in one.text.say(language).rstrip("\n").split("\n"))]
    return "\n".join(lines)


def markdown(law: Law) -> str:
    """The whole manual as a Markdown document in Chinese."""
    parts = [PREFACE]
    for key, name, rules in catalogue.families(law):
        parts.append(f"## {key} {name.zh}\n")
        parts += ["\n".join(_chapter(rule, law)) for rule in rules]
    return "\n".join(parts)


def _chapter(rule: Rule, law: Law) -> Iterator[str]:
    yield f"### {rule.id} {rule.name.zh}\n"
    if rule.manual:
        yield f"{_literal(rule.manual.what.zh)}\n"
    yield from (f"- {name.zh}：{_literal(said.zh)}" for name, said in catalogue.facts(rule, law))
    if rule.words:
        yield f"- 词表：{'、'.join(f'`{word}`' for word in rule.words)}"
    if change := _change(rule, "zh"):
        yield f"- site.yaml：`{change}`"
    yield ""
    for title, example in _examples(rule):
        yield f"{_titled(title, example, law, 'zh')}：\n"
        for one in catalogue.snippets(rule, example):
            yield _fenced(one)


def _fenced(one: Snippet) -> str:
    if not one.kind:
        return f"`{one.place.zh}`：{one.text.zh}\n"
    text = one.text.zh.rstrip("\n")
    return f"`{one.place.zh}`\n\n```{one.kind}\n{text}\n```\n"


def _literal(text: str) -> str:
    """Text in which nothing is taken for Markdown."""
    for mark in "*_<":
        text = text.replace(mark, f"\\{mark}")
    return text


def _examples(rule: Rule) -> Iterator[tuple[Text, Example]]:
    if rule.manual:
        yield from ((FAILS, one) for one in rule.manual.fails)
        yield from ((PASSES, one) for one in rule.manual.passes)


def _titled(title: Text, example: Example, law: Law, language: str) -> str:
    form = catalogue.form_of(example, law)
    also = "、".join(example.also)
    zh = title.zh + (f"（{form}的格式）" if form else "") + (f"，{also} 也会报出" if also else "")
    en = title.en + (f" (form of {form})" if form else "") + (f"; {also} speaks up as well" if also else "")
    return Text(zh, en).say(language)


def _change(rule: Rule, language: str) -> str:
    """How site.yaml changes this rule, with every word it may use here at the value it has now; empty where nothing may change."""
    zh, pairs = language == "zh", list[tuple[str, str, str]]()
    if rule.explainable:
        known, demand = SEVERITIES["off" if rule.off else rule.severity.value], DEMANDS["true" if rule.required else "false"]
        pairs += [(*KEYS["severity"], known[zh]), (*KEYS["explanation"], demand[zh])]
    pairs += [(name, one.word, plain(one.value)) for name, one in rule.thresholds.items()]
    if rule.words:
        pairs.append((*KEYS["words"], "[…]"))
    said = ", ".join(f"{keys[zh]}: {value}" for *keys, value in pairs)
    return f"{SITE['rules'][zh]}: {{{rule.id}: {{{said}}}}}" if pairs else ""
