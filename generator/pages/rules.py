"""The page `rules/`: what is checked before a report is published on this site.

It is for readers of reports and for their authors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.derive import paths
from generator.derive.frame import frame
from generator.language import catalogue
from generator.language.speech import Speech, speech
from generator.model.finding import Severity
from generator.model.job import Job
from generator.model.law import Example, Law, Rule
from generator.model.rulebook import RuleExample, RuleFamily, RuleView
from generator.model.site import Site
from generator.model.view import RulesPage
from generator.parts.edition import Edition

OFF = "off"


def subjects(say: Speech) -> Mapping[str, str]:
    """The subject of each family of rules."""
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


def _consequences(say: Speech) -> Mapping[str, str]:
    """What follows from a finding, by the policy of the site for its severity."""
    return {
        "stop": say("不改正、又没有公开说明原因的，不发布。"),
        "hold": say(
            "不改正、又没有公开说明原因的，暂缓发布这份报告，网站上仍是上一次核对无误的版本；"
            "没有这样的版本的，只写明正在核对。"
        ),
        "banner": say("照常发布，问题印在报告页上，读者看得到。"),
    }


def rules_page(site: Site) -> RulesPage:
    """Every rule, as this site applies it."""
    law = site.law
    say = speech(site.settings.language)
    family_subjects = subjects(say)
    families = []
    for key, name, rules in catalogue.families(law):
        views = tuple(_rule(rule, law, say) for rule in rules)
        families.append(RuleFamily(key, name.say(say.language), family_subjects[key], views))
    count = sum(not rule.off for rule in law.rules.values())
    description = say(
        "报告发布前要核对什么：{count} 条规则，每条比较什么、依据什么、不符时怎样处理。",
        count=count,
    )
    page = frame(site, paths.RULES, say("核对规则"), description)
    return RulesPage(page, tuple(_levels(site, say)), tuple(families))


def _levels(site: Site, say: Speech) -> Iterator[tuple[str, str, str, int]]:
    """Each severity: its name, its key, what follows from a finding, how many rules have it."""
    counts = Counter(catalogue.severity(rule) for rule in site.law.rules.values())
    for severity in catalogue.SEVERITIES:
        name = catalogue.severity_name(severity)
        if severity is Severity.INFO:
            consequence = say("供填报和审核的人参考，不影响发布。")
        else:
            policy = site.settings.policy[severity.value]
            consequence = _consequences(say)[policy]
        yield name.say(say.language), severity.value, consequence, counts[name]
    off = catalogue.off()
    if off in counts:
        yield off.say(say.language), OFF, say("本站没有启用。"), counts[off]


def _rule(rule: Rule, law: Law, say: Speech) -> RuleView:
    _, *facts, explaining = catalogue.facts(rule, law)  # The first fact is the severity.
    # That findings may be explained is the usual case and said once, over all rules.
    if rule.required or not rule.explainable:
        facts.append(explaining)
    severity = catalogue.severity_in_full(rule, law)
    subject = ""
    if rule.manual:
        subject = rule.manual.what.say(say.language)
    return RuleView(
        rule.id,
        rule.name.say(say.language),
        severity.say(say.language),
        OFF if rule.off else rule.severity.value,
        subject,
        tuple((name.say(say.language), sentence.say(say.language)) for name, sentence in facts),
        tuple(_examples(rule, law, say)),
    )


def _examples(rule: Rule, law: Law, say: Speech) -> Iterator[RuleExample]:
    """The first example that fails and the first that passes.

    A rule with a list of words has none here. Its examples contain such words (of gambling, of
    templates left unfilled), and authorities that watch public sites would find them on this one.
    """
    if rule.manual is None or rule.words:
        return
    for example in rule.manual.fails[:1]:
        yield _example(say("会报出"), rule, example, law, say)
    for example in rule.manual.passes[:1]:
        yield _example(say("通过"), rule, example, law, say)


def _example(title: str, rule: Rule, example: Example, law: Law, say: Speech) -> RuleExample:
    form = catalogue.form_of(example, law)
    if form:
        title = say("{title}（{form}的格式）", title=title, form=form)
    files = []
    for snippet in catalogue.snippets(rule, example):
        text = snippet.text.say(say.language)
        files.append((snippet.place.say(say.language), text.rstrip("\n")))
    return RuleExample(title, tuple(files))


def jobs(edition: Edition) -> Iterable[Job]:
    """The page, once in a language: it is handed the law and the settings only."""
    yield edition.page(paths.RULES, "rules.html", rules_page, edition.select)
