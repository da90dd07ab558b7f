"""P-06, D-02: personal data and placeholders, which do not belong into a public text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.case import Case, Passage, passages
from generator.check.wording import places
from generator.language.sentence import sentence
from generator.model.finding import Finding

IDENTITY = re.compile(
    r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MOBILE = re.compile(r"(?<![\d-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![@\d-])")
BLANKS = re.compile(
    r"_{3,}|(?:19|20)\d{2}\s{0,9}年\s{0,9}月\s{0,9}日|＿{2,}"
    r"|(?<!\*)\*{3,}+(?=[年月日件条份个])|(?<![?？])[?？]{2,}+(?=[件条份个])|\[数字\]"
    r"|(?<![A-Za-z./×])[Xx×]{2,}+(?=\s{0,9}[年月日局镇市县区乡街办份件条个省])"
    r"|(?<=[\u4e00-\u9fff\d])__(?=[年月日时件条份个号项人次元页款](?:[\W_]|第|$))"
)
# Placeholders that begin fewer characters apart than this are reported as one.
ADJACENT = 5


def check(case: Case) -> Iterator[Finding]:
    """What does not belong into the texts of a report."""
    for passage in passages(case):
        yield from _personal(passage)
        yield from _placeholders(passage)


def _personal(passage: Passage) -> Iterator[Finding]:
    """P-06."""
    for match in IDENTITY.finditer(passage.words):
        if _checks(match[0]):
            message = sentence("“{start}…”像是身份证号", start=match[0][:6])
            yield passage.finding("P-06", match.start(), message)
    for match in MOBILE.finditer(passage.words):
        ends = {"start": match[0][:3], "end": match[0][-2:]}
        message = sentence("“{start}…{end}”像是手机号", **ends)
        yield passage.finding("P-06", match.start(), message)


def _checks(number: str) -> bool:
    """Whether the last character is the check digit of the other seventeen (GB 11643)."""
    digits = map(int, number[:-1])
    total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True))
    return "10X98765432"[total % 11] == number[-1].upper()


def _placeholders(passage: Passage) -> Iterator[Finding]:
    """D-02: placeholders; of several that follow one another only the first."""
    placeholders: dict[int, str] = {}
    for word in passage.case.rule("D-02").words:
        placeholders |= dict.fromkeys(places(passage.words, word), word)
    placeholders |= {match.start(): match[0] for match in BLANKS.finditer(passage.words)}
    last = -ADJACENT
    for start, placeholder in sorted(placeholders.items()):
        if start >= last + ADJACENT:
            message = sentence("“{words}”像是没有填写的占位文字", words=placeholder)
            yield passage.finding("D-02", start, message)
        last = start
