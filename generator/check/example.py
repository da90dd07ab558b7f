"""C-16: the example body of a new site, which is to be filled in and never to be published."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.sentence import sentence
from generator.model.agency import Agency
from generator.model.finding import Finding, Text
from generator.model.site import Site

RULE = "C-16"


def bodies(site: Site) -> set[str]:
    """The slugs of bodies that are still the example; other findings about them say nothing new."""
    names = site.law.rules[RULE].lists["names"]
    return {slug for slug, agency in site.agencies.items() if agency.name in names}


def check(site: Site) -> Iterator[Finding]:
    """A finding for each example body, and for a body whose folder still has the example's name."""
    examples = bodies(site)
    for slug, agency in site.agencies.items():
        if slug in examples:
            message = sentence(
                "“{body}”是新建站点时留下的示例，不是真的机关，不能发布", body=agency.name
            )
            advice = _steps(site, agency)
        elif slug in site.law.rules[RULE].lists["slugs"]:
            message = sentence("文件夹还叫“{folder}”，这会成为网址的一部分", folder=slug)
            advice = sentence("改成本机关的代号，如 example-county-agriculture；定了就不要再改")
        else:
            continue
        yield site.law.finding(RULE, agency.at, message, agency=slug, advice=advice)


def _steps(site: Site, agency: Agency) -> Text:
    """What a new editor does next, in order."""
    year = next(iter(site.years_by_agency[agency.slug]), None)
    return sentence(
        "下一步：一、把文件夹 {slug} 改成本机关的代号（小写字母、数字、连字符，是网址的一部分），"
        "在 agency.yaml 写全称、类型、层级；"
        "二、在 {folder}report.yaml 逐行填数字，在 {folder}narrative.md 写各部分的文字；"
        "三、再运行 gongkai check，照提示改到没有错误。"
        "也可以删去这个文件夹，用 gongkai new agency 和 gongkai new report 新建",
        slug=agency.slug,
        folder=f"{year}/" if year else "",
    )
