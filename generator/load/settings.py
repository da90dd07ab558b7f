"""site.yaml to Settings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.load.agency import KINDS
from generator.load.reading import Entry, Reading
from generator.model.finding import Location, Text
from generator.model.report import Settings
from generator.model.source import Tree

SITE = {
    "title": ("title", "标题"),
    "subtitle": ("subtitle", "副标题"),
    "language": ("language", "languages", "语言"),
    "base_url": ("base_url", "网址"),
    "theme": ("theme", "主题"),
    "host": ("host", "主办网站"),
    "deadlines": ("deadlines", "期限"),
    "fail_on": ("fail_on", "失败级别"),
    "policy": ("policy", "处置"),
    "unconfirmed_notes": ("unconfirmed_notes", "未经证实的提示"),
    "notice": ("notice", "站点提示"),
}
HOST = {
    name: (name,)
    for name in (
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "ColumnDescription", "ColumnKeywords",
        "icp", "police", "organiser", "contact", "report_error_url",
    )
}  # fmt: skip
LEVEL_NAMES = {"error": ("error", "错误"), "warning": ("warning", "警告")}
POLICIES = {"stop": ("stop", "停止"), "banner": ("banner", "提示")}
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
    return Settings(
        title=reading.text(found.get("title")) or Settings.title,
        subtitle=reading.text(found.get("subtitle")),
        language=reading.text(found.get("language")) or Settings.language,
        base_url=_base_url(found.get("base_url"), reading),
        theme=reading.text(found.get("theme")) or Settings.theme,
        host=reading.texts(found.get("host"), HOST),
        deadlines=reading.texts(found.get("deadlines"), KINDS),
        fail_on=reading.choice(found.get("fail_on"), LEVEL_NAMES, "error"),
        policy=_policy(found.get("policy"), reading),
        unconfirmed_notes=reading.choice(found.get("unconfirmed_notes"), YES, "false") == "true",
        notice=reading.text(found.get("notice")),
    )


def _policy(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    policy = {"error": "stop", "warning": "banner"}
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
