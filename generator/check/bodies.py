"""D-03: a text that speaks as another body than the one whose report it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.check.case import Case
from generator.check.wording import Wording, alternatives, any_of, wordings
from generator.language.sentence import sentence
from generator.model.agency import Agency
from generator.model.finding import Finding

OPENING = re.compile(
    r"(?:现将|现公布|现向社会公布|为)([\u4e00-\u9fff（）()]{3,30}?)\s*+(?:(?:19|20)"
    r"\d{2}\s{0,9}年(?:度)?\s{0,9})?政府信息公开(?:工作)?年度报告"
)
# What a body says of itself, early in a clause.
SPOKEN = (
    r"(?=[\u4e00-\u9fff\d ]{0,6}(?:主动|共|全年|依法|按照|高度|认真|始终|收到|受理|新收|公开|编制))"
)
# In front of 本 or 我, what makes a word of the two: 日本, 自我.
NOT_ITSELF = "(?<![日基样版文成书剧根资副课脚标自忘大小])"
# Whom applications were made to, in a sentence that says that they were taken in.
ADDRESSED = re.compile(
    r"向(?P<body>(?:[\u4e00-\u9fff（）]{1,20}?)(?:人民政府|政府办公室|政府办|政府|办公室|局|委员会|委"
    r"|办事处|街道办|街道|镇|乡|厅|管委会))(?:[及和与、]其?[\u4e00-\u9fff]{1,14}?)?(?:提出|提交|递交|申请|提起)"
    r"(?:的|了)?[^，。；\n]{0,12}?(?:信息公开|公开信息|政府信息|依申请|申请\s?\d+\s?[件宗条])"
)
TAKEN_IN = re.compile(r"受理|收到|接收|接到|办理|答复|新收|办结|\d\s*[件宗条份]")
NOT_TAKEN_IN = re.compile(
    r"引导|告知|建议|可以|可向|应当|应向|如何|怎样|转|移送|复议|诉讼|请示|汇报|报告|上级|培训|宣传|需要|有关"
)
# A body as the subject of what only its own report counts.
COUNTED = re.compile(
    r"(?:^|(?<=[。！？；，、\n,;年度底 ]))(?P<body>(?![我本全各])[\u4e00-\u9fff（）]{2,22}?(?:局|委员会|委|厅|政府|"
    r"办公室|办事处|街道|镇|乡|区|县|市|中心|处|队|院|所|馆|站|公司|管委会))\s?"
    r"(?:在?(?:19|20)\d{2}\s?年度?|全年|本年度?|今年|年内)?[，,]?\s?(?:共|共计|累计|总共)?\s?"
    r"(?:收到|受理|新收|主动公开(?:各类)?(?:政府)?信息|办结(?:政府信息|依申请)|依法公开(?:政府)?信息|"
    r"制发(?:行政)?规范性|(?P<general>高度重视|认真贯彻|认真落实|严格按照|严格落实|深入贯彻))",
    re.MULTILINE,
)
# What a body does with this one.
BETWEEN_BODIES = re.compile(r"我|本[局机镇街办]|移交|转办|转来|抄送|通报")
# A shorter name is no name of a body.
SHORTEST = 2


def check(case: Case) -> Iterator[Finding]:
    """Where the texts of a report speak as another body."""
    for wording in wordings(case):
        yield from _another_report(wording)
        yield from _another_self(wording)
        yield from _another_subject(wording)
        yield from _addressed(wording)


def _another_report(wording: Wording) -> Iterator[Finding]:
    """The report is announced as another body's."""
    case = wording.case
    own_names = _names(case.agency)
    for match in OPENING.finditer(wording.read):
        name = re.sub(r"\s", "", match[1])
        if name not in own_names and any(name in _names(agency) for agency in _others(case)):
            message = sentence(
                "这里公布的是“{name}”的报告，而本报告属于“{own}”", name=name, own=_name(case)
            )
            yield wording.finding("D-03", match.start(1), message)


def _another_self(wording: Wording) -> Iterator[Finding]:
    """The text calls the body what its kind of body is not; once for each text."""
    case = wording.case
    name = _name(case)
    lists = case.rule("D-03").lists
    plain = lists.get(f"not_{case.agency.kind}", ())
    spoken = lists.get(f"hardly_{case.agency.kind}", ())
    for match in _selves(plain, spoken, lists["continues"]).finditer(wording.read):
        title = match["plain"] or match["spoken"]
        if title not in name and not _within(title, name, lists["same"]):
            message = sentence("这里自称“{words}”，而本机关是“{name}”", words=match[0], name=name)
            yield wording.finding("D-03", match.start(), message)
            return


def _within(title: str, name: str, same: tuple[str, ...]) -> bool:
    """Whether a name has a title in another spelling (街道办 and 街道办事处)."""
    return any(
        title in group.split() and any(word in name for word in group.split()) for group in same
    )


@cache
def _selves(
    plain: tuple[str, ...], spoken: tuple[str, ...], continues: tuple[str, ...]
) -> re.Pattern[str]:
    """本镇, 我局 …: anywhere, or where the body speaks of what it did."""
    going_on = f"(?!{alternatives(continues)})" if continues else ""
    return re.compile(
        rf"{NOT_ITSELF}(?:我|本)(?P<plain>{alternatives(plain) or '(?!)'}){going_on}"
        rf"|(?<![\u4e00-\u9fff])(?:我|本)(?P<spoken>{alternatives(spoken) or '(?!)'}){SPOKEN}"
    )


def _another_subject(wording: Wording) -> Iterator[Finding]:
    """Another body of the site is the subject of what a report counts; once for each body."""
    case = wording.case
    if case.agency.kind in case.rule("D-03").lists["speak_for_others"]:
        return
    own_names = _names(case.agency)
    reported: set[str] = set()
    for match in COUNTED.finditer(wording.read):
        name = match["body"]
        end = wording.clause(match.end())[1]
        if any(name in own_name for own_name in own_names) or name in reported:
            continue
        if BETWEEN_BODIES.search(wording.read, match.end(), end):
            continue
        whole = match["general"] is not None
        if any(_is_called(agency, name, whole=whole) for agency in _strangers(case)):
            reported.add(name)
            message = sentence("这里说的是“{name}”，而本机关是“{own}”", name=name, own=_name(case))
            yield wording.finding("D-03", match.start("body"), message)


def _strangers(case: Case) -> Iterator[Agency]:
    """The other bodies, less the one above and those below."""
    year = case.report.year
    above = case.agency.parent_in(year)
    return (
        agency
        for agency in _others(case)
        if agency.slug != above and agency.parent_in(year) != case.agency.slug
    )


def _is_called(agency: Agency, name: str, *, whole: bool) -> bool:
    """Whether a name is that of a body: the whole of it, or its end, without the county’s."""
    return any(
        name == spelling or (not whole and len(name) > SHORTEST + 1 and spelling.endswith(name))
        for spelling in _spellings(agency)
    )


def _spellings(agency: Agency) -> Iterator[str]:
    """The names of a body, and what they are shortened to."""
    for name in _names(agency):
        yield name
        for ending in ("人民政府", "办事处"):
            short = name.removesuffix(ending)
            if short != name and len(short) > SHORTEST:
                yield short


def _addressed(wording: Wording) -> Iterator[Finding]:
    """Applications that were made to another body are counted as those of this one."""
    case = wording.case
    rule = case.rule("D-03")
    if case.agency.kind in rule.lists["speak_for_others"]:
        return
    own_names = _names(case.agency)
    for match in ADDRESSED.finditer(wording.read):
        start, end = wording.sentence(match.start())
        around = wording.read[start:end]
        body = match["body"]
        if any(_is_own(name, body, rule.lists["same"]) for name in own_names):
            continue
        if TAKEN_IN.search(around) and not NOT_TAKEN_IN.search(around):
            message = sentence(
                "这里办理的是向“{name}”提出的申请，而本机关是“{own}”", name=body, own=_name(case)
            )
            yield wording.finding("D-03", match.start(), message)


def _is_own(name: str, body: str, same: tuple[str, ...]) -> bool:
    """Whether a body is called by its own name, the end of it, or as “us”."""
    if any_of(("本", "我", "该", "各", "其", "相关", "行政机关")).match(body):
        return True
    if body in name or name.endswith(body.lstrip("省市县区")) or name in body:
        return True
    return any(
        body.endswith(word) and any(spelling in name for spelling in group.split())
        for group in same
        for word in group.split()
        if len(body) - len(word) < 1
    )


def _others(case: Case) -> Iterator[Agency]:
    """The other bodies of the site."""
    slug = case.agency.slug
    return (agency for agency in case.site.agencies.values() if agency.slug != slug)


def _name(case: Case) -> str:
    return case.agency.name_in(case.report.year)


def _names(agency: Agency) -> set[str]:
    return {span.value for span in agency.names}
