"""The page `rules/`: what is checked before a report is published here, for those who read reports and those who write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.derive import paths
from generator.derive.frame import frame
from generator.language import catalogue
from generator.language.speech import Speech, speech
from generator.model.finding import Severity
from generator.model.law import Example, Law, Rule
from generator.model.rulebook import RuleExample, RuleFamily, RuleView
from generator.model.site import Site
from generator.model.view import RulesPage

OFF = "off"


def about(say: Speech) -> Mapping[str, str]:
    """What each family of rules looks at."""
    return {
        "S": say("六个部分齐不齐、标题对不对，该写的有没有写。"),
        "V": say("每一格是不是一个说得通的数。"),
        "T2": say("第二部分的表：规章、规范性文件和行政行为的件数。"),
        "T3": say("第三部分的表：收到、办结和结转的申请加起来要对得上。"),
        "T4": say("第四部分的表：行政复议和行政诉讼的件数。"),
        "X": say("正文里写的数与表里的数是不是同一个。"),
        "Y": say("与同一机关上一年的报告、与别的机关的报告相比，接不接得上，像不像抄来的。"),
        "P": say("标题、日期、链接，以及不该公开的内容。"),
        "D": say("转换时丢失的文字、没有填的空、沿用别人的文字。"),
        "E": say("发布以后改了的数字和文字，有没有写明，写得连不连得上。"),
        "R": say("政府的汇总报告与所属机关的报告之间。"),
        "A": say("机关的统一社会信用代码和行政区划代码。"),
        "C": say("报告的文件能不能读、写法对不对。"),
        "N": say("转录旧报告时看不清的格。"),
        "B": say("网页和 PDF 生成得完不完整。"),
    }


def _follows(say: Speech) -> Mapping[str, str]:
    """What follows from a finding, by what the site's policy says of its severity."""
    return {
        "stop": say("不改正、又没有公开说明原因的，不发布。"),
        "hold": say("不改正、又没有公开说明原因的，暂缓发布这份报告，网站上仍是上一次核对无误的版本；没有这样的版本的，只写明正在核对。"),
        "banner": say("照常发布，问题印在报告页上，读者看得到。"),
    }


def rules_page(site: Site) -> RulesPage:
    """Every rule as this site goes by it."""
    law, say = site.law, speech(site.settings.language)
    said = about(say)
    families = tuple(
        RuleFamily(key, name.say(say.key), said[key], tuple(_rule(rule, law, say) for rule in rules))
        for key, name, rules in catalogue.families(law)
    )
    count = sum(not rule.off for rule in law.rules.values())
    description = say("报告发布前要核对什么：{count} 条规则，每条比较什么、依据什么、不符时怎样处理。", count=count)
    return RulesPage(frame(site, paths.RULES, say("核对规则"), description), tuple(_levels(site, say)), families)


def _levels(site: Site, say: Speech) -> Iterator[tuple[str, str, str, int]]:
    held = [catalogue.severity(rule) for rule in site.law.rules.values()]
    for one, word in catalogue.SEVERITIES.items():
        remark = say("供填报和审核的人参考，不影响发布。")
        said = remark if one is Severity.INFO else _follows(say)[site.settings.policy[one.value]]
        yield word.say(say.key), one.value, said, held.count(word)
    if catalogue.OFF in held:
        yield catalogue.OFF.say(say.key), OFF, say("本站没有启用。"), held.count(catalogue.OFF)


def _rule(rule: Rule, law: Law, say: Speech) -> RuleView:
    weight = OFF if rule.off else rule.severity.value
    severity = catalogue.severity_in_full(rule, law).say(say.key)
    # That a reason may be given is said once, over all rules; here stands what differs from it.
    differs = rule.required or not rule.explainable
    facts = tuple((name.say(say.key), said.say(say.key)) for name, said in catalogue.facts(rule, law)[1 : None if differs else -1])
    what = rule.manual.what.say(say.key) if rule.manual else ""
    return RuleView(rule.id, rule.name.say(say.key), severity, weight, what, facts, tuple(_examples(rule, law, say)))


def _examples(rule: Rule, law: Law, say: Speech) -> Iterator[RuleExample]:
    """The first example of either kind. A rule that goes by a list of words has none here: its examples hold such words (of gambling,
    of templates left unfilled), and those who watch over public sites would find them on this one."""
    if rule.manual is None or rule.words:
        return
    for title, examples in ((say("会报出"), rule.manual.fails), (say("通过"), rule.manual.passes)):
        yield from (_example(title, rule, one, law, say) for one in examples[:1])


def _example(title: str, rule: Rule, example: Example, law: Law, say: Speech) -> RuleExample:
    form = catalogue.form_of(example, law)
    files = tuple((one.place.say(say.key), one.text.say(say.key).rstrip("\n")) for one in catalogue.snippets(rule, example))
    return RuleExample(say("{title}（{form}的格式）", title=title, form=form) if form else title, files)
