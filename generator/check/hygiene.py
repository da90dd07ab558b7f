"""P-05, P-06, D-01, D-02, D-03: what does not belong into a public text: injected words, personal data, damage, placeholders,
another body's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.check.case import Case
from generator.language import prose
from generator.language.quantities import fold
from generator.model.agency import Agency
from generator.model.finding import Finding
from generator.model.report import SectionText

# The name of a site where 我市 or 本局 would stand: in front of what a body speaks of itself with.
INTRUDER = re.compile(
    r"([\u4e00-\u9fffA-Za-z0-9.]{2,8}?(?:网|站|彩|娱乐|棋牌|体育|论坛|直播|平台|\.com|\.cn))(?=各(?:镇|单位|部门|乡|街道|级|科室)|政府信息公开|政务公开|全体|人民政府)"
)
# Where a body fights what the words name, or accounts for it, they belong.
FOUGHT = re.compile(r"打击|查处|整治|案件|诈骗|非法|扫黄|公益金|管理|发行|销售|网点|取缔|防范|宣传")
OFFICIAL = re.compile(r"日报|新闻|频道|融媒|广电|政府|政务|公开|门户|信息|官方|本|我|该|省|市|县|区|镇|上网|在网|通过|互联")
IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MOBILE = re.compile(r"(?<![\d-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![@\d-])")
# Replacement characters, UTF-8 read as Latin or GBK, and a question mark where a currency sign was.
MOJIBAKE = re.compile(r"\ufffd+|锟斤拷|烫烫烫|屯屯屯|(?:[ÃÂâäåæçèé][\u0080-\u00bf]){2,}|(?:鐨勬|涓€|鏀垮簻|淇℃伅){1,}")
LOST_SIGN = re.compile(r"(?:(?<=[为计款额共费值：:（(，,])|(?<=[为计款额共费值：:（(，,] )|(?m:^))[?？]\s*\d[\d,.]*\s*(?:亿元|万元|元)")
BLANKS = re.compile(
    r"_{3,}|＿{2,}|\*{3,}(?=[年月日件条份个])|[?？]{2,}(?=[件条份个])|\[数字\]|(?<![A-Za-z./])[Xx×]{2,}(?=\s*[年月日局镇市县区乡街办份件条个省])"
)
SELVES = {
    "township": ("局", "街道", "县", "区", "市"),
    "subdistrict": ("局", "镇", "乡", "县", "市"),
    "department": ("镇", "乡", "街道"),
    "government": ("局", "镇", "街道"),
}
SELF = re.compile(
    r"(?<![\u4e00-\u9fff])(?:我|本)(局|镇|乡|街道|县|区|市)(?=[\u4e00-\u9fff]{0,4}(?:主动|共|全年|依法|按照|高度|认真|始终|收到|受理|新收|公开|编制))"
)
OPENING = re.compile(
    r"(?:现将|现公布|现向社会公布|为)([\u4e00-\u9fff（）()]{3,30}?)\s*(?:(?:19|20)\d{2}\s*年(?:度)?\s*)?政府信息公开(?:工作)?年度报告"
)


def check(case: Case) -> Iterator[Finding]:
    """What does not belong into the texts of a report."""
    for text in case.report.texts:
        words = fold(prose.without_code(text.markdown))
        yield from _injected(case, text, words)
        yield from _personal(case, text, words)
        yield from _damaged(case, text, words)
        yield from _another(case, text, words)


def _injected(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    for word in case.rule("P-05").words:
        for at in _places(words, word):
            if FOUGHT.search(_clause(words, at)):
                continue
            yield case.found("P-05", text.place(at), f"正文里有“{word}”", f"the text holds “{word}”")
    seen = [(found[1], found.start(1)) for found in INTRUDER.finditer(words) if not OFFICIAL.search(found[1])]
    names = Counter(_tail(name, [other for other, _ in seen]) for name, _ in seen)
    for name, count in names.items():
        if count > 1 and not any(word in name for word in case.rule("P-05").words):
            at = words.find(name)
            zh = f"“{name}”在“我市”“本局”该在的地方出现了 {count} 次，可能是网页被篡改"
            yield case.found("P-05", text.place(at), zh, f"“{name}” stands {count} times where the body would name itself")


def _tail(name: str, others: list[str]) -> str:
    """The longest end that a name shares with another of its kind: 督导某某网 and 组织某某网 are the same 某某网."""
    ends = [name[index:] for index in range(len(name) - 2) if sum(other.endswith(name[index:]) for other in others) > 1]
    return ends[0] if ends else name


def _clause(words: str, at: int) -> str:
    """The part of a sentence around a place."""
    start = max(words.rfind(mark, 0, at) for mark in "，。；！？\n") + 1
    ends = [end for mark in "，。；！？\n" if (end := words.find(mark, at)) >= 0]
    return words[start : min(ends, default=len(words))]


def _places(words: str, word: str) -> Iterator[int]:
    at = words.find(word)
    while at >= 0:
        yield at
        at = words.find(word, at + len(word))


def _personal(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    for found in IDENTITY.finditer(words):
        if _checks(found[0]):
            zh, en = f"“{found[0][:6]}…”像是身份证号", f"“{found[0][:6]}…” looks like an identity number"
            yield case.found("P-06", text.place(found.start()), zh, en)
    for found in MOBILE.finditer(words):
        zh, en = f"“{found[0][:3]}…{found[0][-2:]}”像是手机号", f"“{found[0][:3]}…{found[0][-2:]}” looks like a mobile number"
        yield case.found("P-06", text.place(found.start()), zh, en)


def _checks(number: str) -> bool:
    """Whether the last character is the check digit of the other seventeen (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def _damaged(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    for found in MOJIBAKE.finditer(words):
        yield case.found("D-01", text.place(found.start()), f"“{found[0]}”像是乱码", f"“{found[0]}” looks like mojibake")
    for found in LOST_SIGN.finditer(words):
        zh, en = f"“{found[0]}”前面的“?”多半是丢了的货币符号", f"the question mark of “{found[0]}” was a currency sign"
        yield case.found("D-01", text.place(found.start()), zh, en)
    said = {at: word for word in case.rule("D-02").words for at in _places(words, word)}
    said |= {found.start(): found[0] for found in BLANKS.finditer(words)}
    last = -9
    for at, shown in sorted(said.items()):
        if at > last + 4:
            yield case.found("D-02", text.place(at), f"“{shown}”像是没有填写的占位文字", f"“{shown}” looks like a placeholder")
        last = at


def _another(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    """D-03: the report is announced as another body's, or the text calls itself what its kind of body is not."""
    year, own = case.report.year, case.agency
    for found in OPENING.finditer(words):
        name = re.sub(r"\s", "", found[1])
        others = (other for other in case.site.agencies.values() if other.slug != own.slug)
        if name not in _names(own) and any(name in _names(other) for other in others):
            zh = f"这里公布的是“{name}”的报告，而本报告属于“{own.name_in(year)}”"
            yield case.found("D-03", text.place(found.start(1)), zh, f"announces the report of “{name}”")
    for found in SELF.finditer(words):
        if found[1] in SELVES.get(own.kind, ()) and found[1] not in own.name_in(year):
            zh = f"这里自称“{found[0]}”，而本机关是“{own.name_in(year)}”"
            yield case.found("D-03", text.place(found.start()), zh, f"speaks of itself as “{found[0]}”")
            break


def _names(agency: Agency) -> set[str]:
    return {span.value for span in agency.names}
