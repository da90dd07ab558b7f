"""What programs read: the description in JSON-LD, the Atom feed, sitemap.xml, robots.txt, and the way on from earlier addresses."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import SmallSite
from tests.reading import ATOM, described

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PUBLIC = "title: 测试站\nbase_url: https://www.example.gov.cn/zfxxgk\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n"
CORRECTED = (
    "更正:\n  - {日期: 2024-03-01, 原因: 录入有误, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 0}]}\n"
)


@pytest.fixture
def corrected(site: SmallSite) -> SmallSite:
    """One report with a day of publication, and a later correction."""
    site.append("发布日期: 2024-01-20\n")
    return site.append(CORRECTED)


def test_the_feed_tells_of_publications_and_corrections_newest_first(corrected: SmallSite) -> None:
    assert not corrected.build().blocked
    feed = ElementTree.fromstring(corrected.page("feed.xml"))
    assert (
        feed.tag == f"{ATOM}feed" and feed.findtext(f"{ATOM}updated") == "2024-03-01T00:00:00+08:00"
    )
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        "更正（第 2 版）：测试bureau局2023年政府信息公开工作年度报告",
        "测试bureau局2023年政府信息公开工作年度报告",
    ]
    assert [one.findtext(f"{ATOM}updated") for one in entries] == [
        "2024-03-01T00:00:00+08:00",
        "2024-01-20T00:00:00+08:00",
    ]
    assert entries[0].findtext(f"{ATOM}summary") == "录入有误"
    ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries)]
    assert len(set(ids)) == 3 and all(one and one.startswith("urn:uuid:") for one in ids)
    link = entries[0].find(f"{ATOM}link")
    assert link is not None and (corrected.root / "public" / link.attrib["href"]).is_file(), (
        "relative where there is no public address"
    )
    assert 'href="feed.xml"' in corrected.page("index.html")


def test_no_feed_without_a_day_to_tell_of(site: SmallSite) -> None:
    text = site.path().read_text("utf-8")
    site.write(re.sub(r"(?m)^发布日期: .*\n", "", text)).build()
    assert not (site.root / "public/feed.xml").exists() and "feed.xml" not in site.page(
        "index.html"
    )


def test_a_public_address_brings_a_sitemap_and_robots(corrected: SmallSite) -> None:
    (corrected.root / "site.yaml").write_text(PUBLIC, "utf-8")
    assert not corrected.build().blocked
    entries = ElementTree.fromstring(corrected.page("sitemap.xml")).findall(f"{MAP}url")
    places = {one.findtext(f"{MAP}loc"): one.findtext(f"{MAP}lastmod") for one in entries}
    assert places["https://www.example.gov.cn/zfxxgk/agencies/bureau/2023/"] == "2024-01-20"
    assert places["https://www.example.gov.cn/zfxxgk/"] is None, "never the day of the build"
    pages = {
        path.relative_to(corrected.root / "public").as_posix()
        for path in (corrected.root / "public").rglob("index.html")
    }
    assert (
        len(places) == len(pages - {"agencies/bureau/2023/versions/1/index.html"}) == len(pages) - 1
    )
    assert "Sitemap: https://www.example.gov.cn/zfxxgk/sitemap.xml" in corrected.page("robots.txt")
    feed = corrected.page("feed.xml")
    assert 'href="https://www.example.gov.cn/zfxxgk/agencies/bureau/2023/"' in feed


def test_pages_describe_themselves_to_machines(sample: Path) -> None:
    report = described(
        (sample / "agencies/tongliao-government-office/2022/index.html").read_text("utf-8")
    )
    assert report["@type"] == "Report" and report["isBasedOn"]["datePublished"] == "2023-01-18"
    assert report["isBasedOn"]["publisher"]["name"] == "通辽市人民政府办公室"
    data = report["hasPart"]
    assert data["@type"] == "Dataset" and data["temporalCoverage"] == "2022-01-01/2022-12-31"
    for file in (*data["distribution"], *report["encoding"]):
        assert (sample / "agencies/tongliao-government-office/2022" / file["contentUrl"]).is_file()
    agency = described((sample / "agencies/pingtan-zone/index.html").read_text("utf-8"))
    assert (
        agency["@type"] == "GovernmentOrganization" and agency["name"] == "平潭综合实验区管理委员会"
    )
    assert described((sample / "index.html").read_text("utf-8"))["@type"] == "DataCatalog"
    for path in sample.rglob("*.html"):
        html = path.read_text("utf-8")
        if "ld+json" in html:
            assert not [
                value for value in described(html).values() if value in ("", [], {}, None)
            ], path


def test_a_description_cannot_end_its_script(site: SmallSite) -> None:
    path = site.root / "content/agencies/bureau/agency.yaml"
    path.write_text(re.sub("测试bureau局", "</script><b>局&", path.read_text("utf-8")), "utf-8")
    site.build()
    assert described(site.page("agencies/bureau/index.html"))["name"] == "</script><b>局&"


def test_an_earlier_address_leads_to_the_present_one(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    with (empty_site.root / "content/agencies/bureau/agency.yaml").open(
        "a", encoding="utf-8"
    ) as stream:
        stream.write("曾用网址: [old-bureau]\n")
    assert not empty_site.build().blocked
    for page in ("", "2022/", "2023/", "compare/"):
        html = empty_site.page(f"agencies/old-bureau/{page}index.html")
        target = f"{'../' * (2 if page else 1)}bureau/{page}index.html"
        assert (
            f'content="0; url={target}"' in html
            and f'<a href="{target}">' in html
            and "noindex" in html
        )
    assert "old-bureau" not in empty_site.page("agencies/index.html")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[bureau]", "已经属于"),
        ("[office]", "已经属于"),
        ("[Alt Bureau]", "只用小写字母"),
        ("[[x]]", "只用小写字母"),
    ],
)
def test_an_earlier_address_leads_to_one_place_only(
    empty_site: SmallSite, said: str, words: str
) -> None:
    empty_site.add("bureau", 2023).add("office", 2023)
    with (empty_site.root / "content/agencies/bureau/agency.yaml").open(
        "a", encoding="utf-8"
    ) as stream:
        stream.write(f"曾用网址: {said}\n")
    assert [
        finding.rule for finding in empty_site.findings() if words in finding.message.source
    ] == ["C-04"]
