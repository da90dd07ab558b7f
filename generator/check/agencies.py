"""A-01, A-02, Y-10: the codes of a body, and the years it has reports for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.agency import DIGITS, Agency
from generator.model.finding import Finding
from generator.model.site import Site

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(3**power % 31 for power in range(17))
DIVISION = re.compile(r"\d{6}(?:\d{3})?(?:\d{3})?")


def check(site: Site) -> Iterator[Finding]:
    """Findings about the bodies of a site."""
    for agency in site.agencies.values():
        if agency.uscc and not valid(agency.uscc):
            zh, en = f"统一社会信用代码“{agency.uscc}”的校验不符", f"the credit code “{agency.uscc}” fails its check"
            yield site.law.finding("A-01", agency.at, zh, en, agency=agency.slug)
        yield from _division(site, agency)
        years = site.years_by_agency[agency.slug]
        for year in range(years[0], years[-1]) if years else ():
            if year not in years:
                zh = f"有 {years[0]} 和 {years[-1]} 年度的报告，缺 {year} 年度"
                yield site.law.finding("Y-10", agency.at, zh, f"no report for {year}", agency=agency.slug, year=year)


def valid(code: str) -> bool:
    """Whether a unified social credit code has the right characters and check character (GB 32100-2015)."""
    if len(code) != 18 or any(character not in USCC for character in code):
        return False
    total = sum(weight * USCC.index(character) for weight, character in zip(WEIGHTS, code, strict=False))
    return USCC[(31 - total % 31) % 31] == code[-1]


def _division(site: Site, agency: Agency) -> Iterator[Finding]:
    code, parent = agency.division_code, site.agencies.get(agency.parent)
    if not code:
        return
    if not DIVISION.fullmatch(code):
        zh, en = f"行政区划代码“{code}”应为 6、9 或 12 位数字", f"the division code “{code}” should have 6, 9 or 12 digits"
        yield site.law.finding("A-02", agency.at, zh, en, agency=agency.slug)
    elif parent is not None and parent.division_code:
        digits = DIGITS[parent.level]
        if code[:digits] != parent.division_code[:digits]:
            zh = f"行政区划代码“{code}”与上级“{parent.name}”的“{parent.division_code}”不属同一区划"
            yield site.law.finding("A-02", agency.at, zh, f"“{code}” is not within “{parent.division_code}”", agency=agency.slug)
