"""site.yaml to Settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec

from generator.language.speech import LANGUAGES
from generator.load.agency import KINDS
from generator.load.reading import Entry, Reading
from generator.load.rules import read_rules
from generator.model.finding import Location, Severity, Text
from generator.model.settings import Settings
from generator.model.source import Tree

SITE = {
    "title": ("title", "标题"),
    "subtitle": ("subtitle", "副标题"),
    "language": ("language", "语言"),
    "languages": ("languages", "各语言"),
    "base_url": ("base_url", "网址"),
    "theme": ("theme", "主题"),
    "host": ("host", "主办网站"),
    "deadlines": ("deadlines", "期限"),
    "collection": ("collection", "收录"),
    "fail_on": ("fail_on", "失败级别"),
    "policy": ("policy", "处置"),
    "unconfirmed_notes": ("unconfirmed_notes", "未经证实的提示"),
    "notice": ("notice", "站点提示"),
    "rules": ("rules", "规则"),
    "translations": ("translations", "译文"),
    "licence": ("licence", "许可", "license"),
    "data": ("data", "数据"),
}
LICENCE = {"name": ("name", "名称"), "url": ("url", "网址")}
DATA = {"parquet": ("parquet", "Parquet")}
# What a site says itself, and may say in each of its languages.
OWN = {key: SITE[key] for key in ("title", "subtitle", "notice")}
HOST = {
    "SiteName": ("SiteName", "网站名称"),
    "SiteDomain": ("SiteDomain", "网站域名"),
    "SiteIDCode": ("SiteIDCode", "网站标识码"),
    "ColumnName": ("ColumnName", "栏目名称"),
    "ColumnType": ("ColumnType", "栏目类型"),
    "ColumnDescription": ("ColumnDescription", "栏目描述"),
    "ColumnKeywords": ("ColumnKeywords", "栏目关键词"),
    "icp": ("icp", "ICP备案"),
    "police": ("police", "公安备案"),
    "organiser": ("organiser", "主办单位"),
    "contact": ("contact", "联系方式"),
    "report_error_url": ("report_error_url", "找错网址"),
}
TONGUES = {tag: (tag, name) for tag, name in LANGUAGES.items()}
DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
LEVEL_NAMES = {"error": ("error", "错误"), "warning": ("warning", "警告")}
COLLECTIONS = {"complete": ("complete", "全部"), "selected": ("selected", "选录")}
POLICIES = {"stop": ("stop", "停止"), "hold": ("hold", "暂缓"), "banner": ("banner", "提示")}
YES = {"true": ("true", "yes", "是"), "false": ("false", "no", "否")}
URL = re.compile(r"https?://[^\s/]+(/\S*)?")


def read_settings(tree: Tree, reading: Reading) -> Settings:
    """The settings of a site; every one has a default, so that a faulty file still gives a value."""
    if not tree.settings:
        advice = Text("进入站点文件夹，或用 gongkai init 新建", "go to the site's folder, or make one with `gongkai init`")
        zh, en = "缺少 site.yaml：这里不是站点文件夹", "site.yaml is missing: this is no site folder"
        reading.note("C-05", Location("site.yaml"), zh, en, advice=advice)
        return Settings()
    root = reading.root(tree.settings)
    if root is None:
        return Settings()
    found = reading.fields(root, SITE, Text("site.yaml", "site.yaml"))
    languages = _languages(found, reading)
    return Settings(
        title=reading.text(found.get("title")) or Settings.title,
        subtitle=reading.text(found.get("subtitle")),
        language=languages[0],
        languages=languages,
        base_url=_base_url(found.get("base_url"), reading),
        theme=reading.text(found.get("theme")) or Settings.theme,
        theme_at=found["theme"][1].at if "theme" in found else root.at,
        host=_host(found.get("host"), reading),
        deadlines=_deadlines(found.get("deadlines"), reading),
        complete=reading.choice(found.get("collection"), COLLECTIONS, "complete") == "complete",
        fail_on=reading.choice(found.get("fail_on"), LEVEL_NAMES, "error"),
        policy=_policy(found.get("policy"), reading),
        unconfirmed_notes=reading.choice(found.get("unconfirmed_notes"), YES, "false") == "true",
        notice=reading.text(found.get("notice")),
        rules=read_rules(found.get("rules"), reading),
        translations=_translations(found.get("translations"), reading),
        licence=_licence(found.get("licence"), reading),
        parquet=_parquet(found.get("data"), reading),
    )


def _languages(found: Mapping[str, Entry], reading: Reading) -> tuple[str, ...]:
    """The languages of the interface, the first one at the root."""
    several = [reading.choice((found["languages"][0], item), TONGUES, Settings.language) for item in reading.items(found.get("languages"))]
    one = reading.choice(found.get("language"), TONGUES, several[0] if several else Settings.language)
    return tuple(dict.fromkeys((one, *several)))


def _translations(entry: Entry | None, reading: Reading) -> Mapping[str, Mapping[str, str]]:
    found = reading.fields(entry[1], TONGUES, Text(f"“{entry[0].text}”", f"“{entry[0].text}”")) if entry else {}
    return {language: reading.texts(one, OWN) for language, one in found.items()}


def _licence(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    """The licence of the data. One that has no name says nothing, and its address must be one."""
    said = dict(reading.texts(entry, LICENCE))
    if entry is not None and said and "name" not in said:
        reading.note("C-05", entry[1].at, "许可没有写“名称”", "the licence has no name")
    if entry is not None and not URL.fullmatch(said.get("url", "http://-")):
        zh, en = f"“{said['url']}”不是网址，应以 http:// 或 https:// 开头", f"“{said['url']}” is no web address"
        reading.note("C-04", entry[1].at, zh, en)
        del said["url"]
    return said


def _parquet(entry: Entry | None, reading: Reading) -> bool:
    """Whether Parquet is asked for. Where it cannot be written here, the rest of the site need not wait for it."""
    found = reading.fields(entry[1], DATA, Text("“数据”", "data")) if entry else {}
    wanted = reading.choice(found.get("parquet"), YES, "false") == "true"
    if wanted and entry is not None and find_spec("pyarrow") is None:
        zh, en = "没有安装 pyarrow，不会生成 Parquet 文件", "pyarrow is not installed; no Parquet is written"
        advice = Text("pip install 'gongkai[parquet]'", "pip install 'gongkai[parquet]'")
        reading.note("C-05", entry[1].at, zh, en, severity=Severity.WARNING, advice=advice)
        return False
    return wanted


def _host(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    host = reading.texts(entry, HOST)
    address = host.get("report_error_url", "")
    if entry is not None and address and not URL.fullmatch(address):
        zh, en = f"找错网址“{address}”应以 http:// 或 https:// 开头", f"“{address}” is no web address"
        reading.note("C-04", entry[1].at, zh, en)
    return host


def _deadlines(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    days = reading.texts(entry, KINDS)
    for kind, day in days.items():
        if entry is not None and not DAY.fullmatch(day):
            zh, en = f"期限“{day}”（{KINDS[kind][1]}）应写作 01-31（月-日）", f"the deadline “{day}” should read like 01-31"
            reading.note("C-04", entry[1].at, zh, en)
    return {kind: day for kind, day in days.items() if DAY.fullmatch(day)}


def _policy(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    policy = dict(Settings().policy)
    if entry is not None:
        found = reading.fields(entry[1], LEVEL_NAMES, Text("“处置”", "policy"))
        policy |= {key: reading.choice(found[key], POLICIES, policy[key]) for key in found}
    return policy


def _base_url(entry: Entry | None, reading: Reading) -> str:
    said = reading.text(entry)
    if entry is not None and said and not URL.fullmatch(said):
        reading.note("C-04", entry[1].at, f"“{said}”不是网址，应以 http:// 或 https:// 开头", f"“{said}” is no web address")
        return ""
    return said.rstrip("/")
