"""A-01, A-02, Y-10: the codes of a body, and the years it has reports for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language.sentence import sentence
from generator.model.agency import DIGITS, Agency
from generator.model.finding import Finding, Text
from generator.model.site import Site

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(3**power % 31 for power in range(17))
DIVISION = re.compile(r"\d{6}(?:\d{3})?(?:\d{3})?")


def check(site: Site) -> Iterator[Finding]:
    """Findings about the bodies of a site."""
    for agency in site.agencies.values():
        yield from _credit_code(site, agency)
        yield from _division(site, agency)
        yield from _missing_years(site, agency)


def _credit_code(site: Site, agency: Agency) -> Iterator[Finding]:
    """A-01."""
    if agency.uscc and not valid(agency.uscc):
        message = sentence("统一社会信用代码“{code}”的校验不符", code=agency.uscc)
        yield site.law.finding("A-01", agency.at, message, agency=agency.slug)


def valid(code: str) -> bool:
    """Whether a unified social credit code has the right characters and check character.

    The standard is GB 32100-2015.
    """
    if len(code) != 18 or any(character not in USCC for character in code):
        return False
    values = map(USCC.index, code)
    total = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=False))
    return USCC[-total % 31] == code[-1]


def _division(site: Site, agency: Agency) -> Iterator[Finding]:
    """A-02."""
    message = _wrong_division(site, agency) if agency.division_code else None
    if message is not None:
        yield site.law.finding("A-02", agency.at, message, agency=agency.slug)


def _wrong_division(site: Site, agency: Agency) -> Text | None:
    """What is wrong with the division code of a body, by itself or beside that of its parent."""
    code = agency.division_code
    if not DIVISION.fullmatch(code):
        return sentence("行政区划代码“{code}”应为 6、9 或 12 位数字", code=code)
    parent = site.agencies.get(agency.parent)
    if parent is None or not parent.division_code:
        return None
    digits = DIGITS[parent.level]
    if code[:digits] == parent.division_code[:digits]:
        return None
    return sentence(
        "行政区划代码“{code}”与上级“{parent}”的“{above}”不属同一区划",
        code=code,
        parent=parent.name,
        above=parent.division_code,
    )


def _missing_years(site: Site, agency: Agency) -> Iterator[Finding]:
    """Y-10."""
    years = site.years_by_agency[agency.slug]
    if not years:
        return
    first = years[0]
    last = years[-1]
    for year in range(first, last):
        if year not in years:
            span = {"first": first, "last": last, "year": year}
            message = sentence("有 {first} 和 {last} 年度的报告，缺 {year} 年度", **span)
            yield site.law.finding("Y-10", agency.at, message, agency=agency.slug, year=year)
