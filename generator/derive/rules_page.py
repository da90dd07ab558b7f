"""The page `rules/`: what is checked before a report is published here, for those who read reports and those who write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.derive import paths
from generator.derive.frame import frame
from generator.language import catalogue
from generator.model.finding import Severity
from generator.model.law import Example, Law, Rule
from generator.model.report import Site
from generator.model.rulebook import RuleExample, RuleFamily, RuleView
from generator.model.view import RulesPage

TITLE = "核对规则"
OFF = "off"
ABOUT: Mapping[str, str] = {
    "S": "六个部分齐不齐、标题对不对，该写的有没有写。",
    "V": "每一格是不是一个说得通的数。",
    "T2": "第二部分的表：规章、规范性文件和行政行为的件数。",
    "T3": "第三部分的表：收到、办结和结转的申请加起来要对得上。",
    "T4": "第四部分的表：行政复议和行政诉讼的件数。",
    "X": "正文里写的数与表里的数是不是同一个。",
    "Y": "与同一机关上一年的报告、与别的机关的报告相比，接不接得上，像不像抄来的。",
    "P": "标题、日期、链接，以及不该公开的内容。",
    "D": "转换时丢失的文字、没有填的空、沿用别人的文字。",
    "R": "政府的汇总报告与所属机关的报告之间。",
    "A": "机关的统一社会信用代码和行政区划代码。",
    "C": "报告的文件能不能读、写法对不对。",
    "N": "转录旧报告时看不清的格。",
    "B": "网页和 PDF 生成得完不完整。",
}
# What follows from a finding, by what the site's policy says of its severity.
FOLLOWS: Mapping[str, str] = {
    "stop": "不改正、又没有公开说明原因的，不发布。",
    "hold": "不改正、又没有公开说明原因的，暂缓发布这份报告，网站上仍是上一次核对无误的版本；没有这样的版本的，只写明正在核对。",
    "banner": "照常发布，问题印在报告页上，读者看得到。",
}
REMARK = "供填报和审核的人参考，不影响发布。"
SWITCHED_OFF = "本站没有启用。"


def rules_page(site: Site) -> RulesPage:
    """Every rule as this site goes by it."""
    law = site.law
    families = tuple(
        RuleFamily(key, name.zh, ABOUT[key], tuple(_rule(rule, law) for rule in rules)) for key, name, rules in catalogue.families(law)
    )
    count = sum(not rule.off for rule in law.rules.values())
    description = f"报告发布前要核对什么：{count} 条规则，每条比较什么、依据什么、不符时怎样处理。"
    return RulesPage(frame(site, paths.RULES, TITLE, description), tuple(_levels(site)), families)


def _levels(site: Site) -> Iterator[tuple[str, str, str, int]]:
    held = [catalogue.severity(rule) for rule in site.law.rules.values()]
    for one, word in catalogue.SEVERITIES.items():
        said = REMARK if one is Severity.INFO else FOLLOWS[site.settings.policy[one.value]]
        yield word.zh, one.value, said, held.count(word)
    if catalogue.OFF in held:
        yield catalogue.OFF.zh, OFF, SWITCHED_OFF, held.count(catalogue.OFF)


def _rule(rule: Rule, law: Law) -> RuleView:
    weight = OFF if rule.off else rule.severity.value
    severity = catalogue.severity_in_full(rule, law).zh
    # That a reason may be given is said once, over all rules; here stands what differs from it.
    differs = rule.required or not rule.explainable
    facts = tuple((name.zh, said.zh) for name, said in catalogue.facts(rule, law)[1 : None if differs else -1])
    what = rule.manual.what.zh if rule.manual else ""
    return RuleView(rule.id, rule.name.zh, severity, weight, what, facts, tuple(_examples(rule, law)))


def _examples(rule: Rule, law: Law) -> Iterator[RuleExample]:
    """The first example of either kind. A rule that goes by a list of words has none here: its examples hold such words (of gambling,
    of templates left unfilled), and those who watch over public sites would find them on this one."""
    if rule.manual is None or rule.words:
        return
    for title, examples in (("会报出", rule.manual.fails), ("通过", rule.manual.passes)):
        yield from (_example(title, rule, one, law) for one in examples[:1])


def _example(title: str, rule: Rule, example: Example, law: Law) -> RuleExample:
    form = catalogue.form_of(example, law)
    files = tuple((one.place.zh, one.text.zh.rstrip("\n")) for one in catalogue.snippets(rule, example))
    return RuleExample(f"{title}（{form}的格式）" if form else title, files)
