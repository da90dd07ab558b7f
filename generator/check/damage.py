"""D-01, D-05: characters that were lost, misread, exchanged for look-alikes or written twice.

What is certain is an error; what a copy leaves behind, and a report may have been published with,
is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.check.case import Case, passages
from generator.check.wording import Wording, alternatives, at_home, wordings
from generator.language.lookalikes import LOOKALIKE, meant
from generator.language.mojibake import misread
from generator.language.sentence import sentence, template
from generator.model.finding import Finding, Severity, Text
from generator.model.law import Rule

# Replacement characters, and what the commonest wrong encodings make of them.
REPLACED = re.compile(r"\ufffd+|锟斤拷|烫烫烫|屯屯屯")
LOST_SIGN = re.compile(
    r"(?:(?<=[为计款额共费值：:（(，,])|(?<=[为计款额共费值：:（(，,] )|(?m:^))"
    r"[?？]\s*\d[\d,.]*\s*(?:亿元|万元|元)"
)
YEAR = r"(?:19|20)\d{2}"
# The number of a document without one of its brackets, or without both: 〔202130号, 2021〕30号,
# 国办函202130号.
LOST_BRACKET = re.compile(
    rf"[〔﹝［\[【]\s?{YEAR}\s?\d{{1,4}}\s?号|(?<=[发函办字令规文])[（(]\s?{YEAR}\s?\d{{1,3}}\s?号"
    rf"|(?<=[发函办字令规文])\s?{YEAR}\s?[〕﹞］\]】）)]\s?\d{{1,4}}\s?号"
    rf"|(?<=[办政国府][发函])\s?{YEAR}\s?\d{{1,3}}\s?号"
)
# A date without its 年 or 月, or the first of a period without its 日.
LOST_YEAR = re.compile(
    rf"(?<!\d){YEAR}(?:0?[1-9]|1[0-2])月(?:[0-3]?\d日)?"
    rf"|(?<![\d年.-]){YEAR}\s(?:[1-9]|1[0-2])\s?月\s?[0-3]?\d\s?日"
    rf"|{YEAR}\s?年\s?(?:\d{{1,2}}|\d{{1,2}}\s\d{{1,2}})\s?日"
    r"|(?<!\d)\d{1,2}\s?月\s?\d{1,2}(?=\s?[至到]\s?(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日)"
)
# A sum without its number.
LOST_NUMBER = re.compile(
    r"(?<![公工])(?:总共|一共|共计|合计|总计|累计|共)\s*[件条份篇次](?=[，。；、,;\n])"
)
LOST = (
    (LOST_BRACKET, template("“{words}”少了文号的括号")),
    (LOST_YEAR, template("“{words}”的日期少了字")),
    (LOST_NUMBER, template("“{words}”少了数字")),
)
# Marks that stand twice or in one another's place; of 。。。 somebody meant dots.
MARKS = re.compile(r"，，|(?<!。)。。(?!。)|、、|；；|，。|。，|；。|。；|、。|，、|、，")
# Words of two to six characters that stand twice. What is looked for behind the first of them is
# the same, so that no place is looked at more than a few times.
TWICE = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,6})(?P=word)")
NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
# A letter or unit behind a number: 年年, 件件, 号号.
UNIT_TWICE = re.compile(
    r"(?<=\d)\s?(?:年年(?![度报底初末中内均终检会份审])|月月(?![度报底末初均份])"
    r"|日日(?![报常均前])|件件(?!件)|条条(?![例款目块件])|份份(?!份)|号号(?![码召称楼院])|次次(?!次)"
    r"|万元万元|元元|%%)"
)


def check(case: Case) -> Iterator[Finding]:
    """What was damaged in the texts of a report."""
    for passage in passages(case):
        for match in REPLACED.finditer(passage.words):
            message = sentence("“{words}”像是乱码", words=match[0])
            yield passage.finding("D-01", match.start(), message)
    for wording in wordings(case):
        yield from _misread(wording)
        yield from _lost(wording)
        yield from _lookalikes(wording)
        yield from _doubled(wording)


def _misread(wording: Wording) -> Iterator[Finding]:
    """Text that was read with the wrong encoding."""
    runs = sorted(misread(wording.as_seen), key=lambda run: run.start)
    for run in runs[:1]:
        message = sentence(
            "“{words}”是乱码，原来是“{meant}”", words=run.characters, meant=run.meant
        )
        yield wording.finding("D-01", run.start, _counted(message, len(runs)))


def _lost(wording: Wording) -> Iterator[Finding]:
    """Characters that are gone."""
    for match in LOST_SIGN.finditer(wording.read):
        message = sentence("“{words}”前面的“?”多半是丢了的货币符号", words=match[0])
        yield wording.finding("D-01", match.start(), message)
    for pattern, lost in LOST:
        matches = list(pattern.finditer(wording.read))
        if matches:
            message = _counted(sentence(lost, words=matches[0][0].strip()), len(matches))
            yield wording.finding("D-01", matches[0].start(), message, Severity.WARNING)


def _counted(first: Text, count: int) -> Text:
    """What is said of the first of some places, and how many there are."""
    if count == 1:
        return first
    return sentence("{first}（这样的共 {count} 处）", first=first, count=count)


def _lookalikes(wording: Wording) -> Iterator[Finding]:
    """Radicals and compatibility forms, once for each text."""
    matches = [
        match for match in LOOKALIKE.finditer(wording.as_seen) if meant(match[0]) != match[0]
    ]
    if matches:
        first = matches[0]
        message = sentence(
            "“{sign}”（{code}）不是汉字“{character}”，只是样子相同，读者搜不到",
            sign=first[0],
            code=f"U+{ord(first[0]):04X}",
            character=meant(first[0]),
        )
        yield wording.finding("D-05", first.start(), _counted(message, len(matches)))


def _doubled(wording: Wording) -> Iterator[Finding]:
    """Words and marks that stand twice, each of them once."""
    places: dict[str, list[int]] = {}
    for match in _repetitions(wording):
        places.setdefault(match[0].strip(), []).append(match.start())
    for doubled, starts in places.items():
        message = _counted(sentence("“{words}”像是重复了", words=doubled), len(starts))
        yield wording.finding("D-05", starts[0], message)


def _repetitions(wording: Wording) -> Iterator[re.Match[str]]:
    rule = wording.case.rule("D-05")
    yield from MARKS.finditer(wording.read)
    yield from UNIT_TWICE.finditer(wording.read)
    for match in _never_twice(rule.words).finditer(wording.read):
        if not at_home(wording.read, match, rule.innocent):
            yield match
    for match in TWICE.finditer(wording.read):
        if not _may_be_twice(rule, wording.read, match):
            yield match


@cache
def _never_twice(doubled: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(alternatives(doubled) or r"(?!)")


def _may_be_twice(rule: Rule, read: str, match: re.Match[str]) -> bool:
    """Whether a word may stand twice.

    It is one that is said so (研究研究), a number, or the second of the two begins another word
    (审核审核员, 人民政府政府信息).
    """
    word = match["word"]
    if NUMERALS.fullmatch(word) or len(set(word)) == 1 or word in rule.lists["repeats"]:
        return True
    if read.startswith(rule.lists["suffixes"], match.end()):
        return True
    return at_home(read, match, rule.innocent)
