"""site.yaml to Settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec

from generator.language.sentence import as_text, sentence
from generator.language.speech import LANGUAGES
from generator.load.agency import KINDS
from generator.load.keys import (
    Address,
    ByLaw,
    Choice,
    Deadline,
    Group,
    Key,
    Keys,
    Line,
    Several,
    alike,
)
from generator.load.outlines import of_keys
from generator.load.reading import Entry, Reading
from generator.load.rules import read_rules
from generator.model.finding import Location, Severity
from generator.model.law import Law
from generator.model.settings import Settings
from generator.model.source import Tree

TONGUES = {tag: (tag, name) for tag, name in LANGUAGES.items()}
DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
LEVEL_NAMES = {"error": ("error", "错误"), "warning": ("warning", "警告")}
COLLECTIONS = {"complete": ("complete", "全部"), "selected": ("selected", "选录")}
POLICIES = {"stop": ("stop", "停止"), "hold": ("hold", "暂缓"), "banner": ("banner", "提示")}
YES = {"true": ("true", "yes", "是"), "false": ("false", "no", "否")}
URL = re.compile(r"https?://[^\s/]+(/\S*)?")
LICENCE = Keys(
    {
        "name": Key(("name", "名称"), "许可的名称，如 CC BY 4.0。"),
        "url": Key(("url", "网址"), "许可全文的网址，以 http:// 或 https:// 开头。", Address()),
    }
)
DATA = Keys(
    {
        "parquet": Key(
            ("parquet", "Parquet"),
            "另外生成 Parquet 文件；需要安装 gongkai[parquet]。不写则不生成。",
            Choice(YES, (True, False)),
        ),
    }
)
HOST = Keys(
    {
        "SiteName": Key(("SiteName", "网站名称"), "网站名称，写入网页的 SiteName 标签。"),
        "SiteDomain": Key(("SiteDomain", "网站域名"), "网站域名，写入网页的 SiteDomain 标签。"),
        "SiteIDCode": Key(
            ("SiteIDCode", "网站标识码"), "政府网站标识码，写入网页的 SiteIDCode 标签。"
        ),
        "ColumnName": Key(("ColumnName", "栏目名称"), "栏目名称，写入网页的 ColumnName 标签。"),
        "ColumnType": Key(("ColumnType", "栏目类型"), "栏目类型，写入网页的 ColumnType 标签。"),
        "ColumnDescription": Key(
            ("ColumnDescription", "栏目描述"), "栏目描述，写入网页的 ColumnDescription 标签。"
        ),
        "ColumnKeywords": Key(
            ("ColumnKeywords", "栏目关键词"), "栏目关键词，写入网页的 ColumnKeywords 标签。"
        ),
        "icp": Key(("icp", "ICP备案"), "ICP 备案号，印在页脚。"),
        "police": Key(("police", "公安备案"), "公安备案号，印在页脚。"),
        "organiser": Key(("organiser", "主办单位"), "主办单位，印在页脚。"),
        "contact": Key(("contact", "联系方式"), "联系方式，印在页脚。"),
        "report_error_url": Key(
            ("report_error_url", "找错网址"),
            "“我为政府网站找错”的网址，以 http:// 或 https:// 开头。",
            Address(),
        ),
    }
)
# What a site says itself, and may say in each of its languages.
OWN = Keys(
    {
        "title": Key(("title", "标题"), "站点的标题，印在页眉。"),
        "subtitle": Key(("subtitle", "副标题"), "站点的副标题，印在页眉。"),
        "notice": Key(("notice", "站点提示"), "每页页眉下的一句话。"),
    }
)
TRANSLATIONS = alike(
    TONGUES,
    {tag: f"{name}页面上的标题、副标题和提示。" for tag, name in LANGUAGES.items()},
    Group(OWN, open=True),
)
DEADLINES = alike(
    KINDS,
    {kind: f"{spellings[1]}的公开期限，如 01-31。" for kind, spellings in KINDS.items()},
    Deadline(),
)
POLICY = alike(
    LEVEL_NAMES,
    {level: f"有{spellings[1]}时怎样处置。" for level, spellings in LEVEL_NAMES.items()},
    Choice(POLICIES),
)
SITE = Keys(
    {
        "title": OWN["title"],
        "subtitle": OWN["subtitle"],
        "language": Key(
            ("language", "语言"), f"界面语言：{' 或 '.join(TONGUES)}。", Choice(TONGUES)
        ),
        "languages": Key(
            ("languages", "各语言"),
            "同时发布几种语言，如 [zh-CN, en]：第一种在根目录，其余在以语言命名的子目录。",
            Several(Choice(TONGUES)),
        ),
        "base_url": Key(
            ("base_url", "网址"),
            "公开后的网址，以 http:// 或 https:// 开头；不写则全部用相对地址。",
            Address(),
        ),
        "theme": Key(("theme", "主题"), "themes/ 里的文件夹名；不写则为 default。"),
        "host": Key(
            ("host", "主办网站"), "主办网站的标签；没有值的不输出。", Group(HOST, open=True)
        ),
        "deadlines": Key(
            ("deadlines", "期限"),
            "各类机关的公开期限，写作 01-31（月-日）。",
            Group(DEADLINES, open=True),
        ),
        "collection": Key(
            ("collection", "收录"),
            "本站是否收齐名录中各机关的全部报告：全部，或选录；选录的站不说谁缺报告、谁没有公布。不写则为全部。",
            Choice(COLLECTIONS),
        ),
        "fail_on": Key(
            ("fail_on", "失败级别"),
            "有这一级的问题时，检查的退出码为 1；不写则为错误。",
            Choice(LEVEL_NAMES),
        ),
        "policy": Key(
            ("policy", "处置"),
            "有问题时怎样处置：停止发布，只暂缓有问题的报告，或带着提示发布。",
            Group(POLICY),
        ),
        "unconfirmed_notes": Key(
            ("unconfirmed_notes", "未经证实的提示"),
            "比较页是否显示未见正式依据的注；不写则不显示。",
            Choice(YES, (True, False)),
        ),
        "notice": OWN["notice"],
        "rules": Key(
            ("rules", "规则"), "对单条规则的调整：级别、是否必须说明、数值、词表。", ByLaw("rules")
        ),
        "translations": Key(
            ("translations", "译文"),
            "标题、副标题、提示在其他语言的页面上怎么说，如 {en: {title: Annual reports}}。",
            Group(TRANSLATIONS, open=True),
        ),
        "licence": Key(
            ("licence", "许可", "license"),
            "开放数据采用的许可，写名称和网址；不写则数据页注明没有声明许可，不会代为选定。",
            Group(LICENCE, open=True),
        ),
        "profile": Key(
            ("profile", "地方要求"),
            "本站照哪些地方通知或评分表核对：formats/profiles/ 里的文件名，如 [scorecard]；"
            "不写则只照国家规定。",
            Several(Line(), alone=True),
        ),
        "scores": Key(
            ("scores", "公布评分"),
            "是否把各机关的得分随网站公布；不写则不公布，只有 gongkai score 给出。",
            Choice(YES, (True, False)),
        ),
        "withdrawn": Key(
            ("withdrawn", "撤下"),
            "发布过、确要撤下的报告，写机关的文件夹名和年度，如 [bureau/2023]；不写的，不见了就会提示。",
            Several(Line(), alone=True),
        ),
        "data": Key(("data", "数据"), "开放数据另外生成哪些文件。", Group(DATA, open=True)),
    }
)
OUTLINE = of_keys(SITE)


def read_settings(tree: Tree, reading: Reading) -> Settings:
    """The settings of a site.

    Each has a default, so that a faulty file still gives a value.
    """
    # A site.yaml with a problem is there, and the problem is reported already.
    if any(problem.at.path == "site.yaml" for problem in tree.problems):
        return Settings()
    if not tree.settings:
        advice = sentence("进入站点文件夹，或用 gongkai init 新建")
        message = sentence("缺少 site.yaml：这里不是站点文件夹")
        reading.note("C-05", Location("site.yaml"), message, advice=advice)
        return Settings()
    root = reading.root(tree.settings, OUTLINE)
    if root is None:
        return Settings()
    entries = reading.fields(root, SITE.words, "site.yaml")

    def text(key: str) -> str:
        return reading.text(entries.get(key))

    languages = _languages(entries, reading)
    return Settings(
        title=text("title") or Settings.title,
        withdrawn=tuple(reading.lines(entries.get("withdrawn"))),
        subtitle=text("subtitle"),
        language=languages[0],
        languages=languages,
        base_url=_base_url(entries.get("base_url"), reading),
        theme=text("theme") or Settings.theme,
        theme_at=entries["theme"][1].at if "theme" in entries else root.at,
        host=_host(entries.get("host"), reading),
        deadlines=_deadlines(entries.get("deadlines"), reading),
        complete=reading.choice(entries.get("collection"), COLLECTIONS, "complete") == "complete",
        fail_on=reading.choice(entries.get("fail_on"), LEVEL_NAMES, "error"),
        policy=_policy(entries.get("policy"), reading),
        unconfirmed_notes=reading.choice(entries.get("unconfirmed_notes"), YES, "false") == "true",
        notice=text("notice"),
        rules=read_rules(entries.get("rules"), reading),
        translations=_translations(entries.get("translations"), reading),
        licence=_licence(entries.get("licence"), reading),
        parquet=_parquet(entries.get("data"), reading),
        profiles=_profiles(entries.get("profile"), reading),
        scores=reading.choice(entries.get("scores"), YES, "false") == "true",
    )


def law_for(law: Law, settings: Settings) -> Law:
    """The law as a site goes by it: with its local notices, then with its own changes."""
    law = law.adopting([law.profiles[name] for name in settings.profiles])
    return law.adjusted(settings.rules, complete=settings.complete)


def _languages(entries: Mapping[str, Entry], reading: Reading) -> tuple[str, ...]:
    """The languages of the interface, the first one at the root."""
    several = [
        reading.choice((entries["languages"][0], item), TONGUES, Settings.language)
        for item in reading.items(entries.get("languages"))
    ]
    first = several[0] if several else Settings.language
    language = reading.choice(entries.get("language"), TONGUES, first)
    return tuple(dict.fromkeys((language, *several)))


def _translations(entry: Entry | None, reading: Reading) -> Mapping[str, Mapping[str, str]]:
    if not entry:
        return {}
    key, node = entry
    by_language = reading.fields(node, TONGUES, f"“{key.text}”")
    return {
        language: reading.texts(entry_of_language, OWN.words)
        for language, entry_of_language in by_language.items()
    }


def _profiles(entry: Entry | None, reading: Reading) -> tuple[str, ...]:
    """The local notices and scorecards that the site names, as far as there are such."""
    profiles = reading.law.profiles
    names = []
    for item in reading.items(entry):
        name = reading.text((entry[0], item)) if entry else ""
        if name in profiles:
            names.append(name)
        elif name:
            message = sentence(
                "没有“{name}”这个地方要求；formats/profiles/ 里有：{known}",
                name=name,
                known="、".join(profiles),
            )
            reading.note("C-04", item.at, message)
    return tuple(dict.fromkeys(names))


def _licence(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    """The licence of the data. It needs a name, and its address must be a web address."""
    licence = dict(reading.texts(entry, LICENCE.words))
    if entry is not None and licence and "name" not in licence:
        reading.note("C-05", entry[1].at, sentence("许可没有写“名称”"))
    if entry is not None and not _is_address(licence.get("url", ""), entry, reading):
        del licence["url"]
    return licence


def _is_address(text: str, entry: Entry, reading: Reading) -> bool:
    """Whether a text is a web address, or empty; a finding where it is neither."""
    if not text or URL.fullmatch(text):
        return True
    message = sentence("“{text}”不是网址，应以 http:// 或 https:// 开头", text=text)
    reading.note("C-04", entry[1].at, message)
    return False


def _parquet(entry: Entry | None, reading: Reading) -> bool:
    """Whether Parquet is asked for.

    Where it cannot be written here, the rest of the site need not wait for it.
    """
    entries = reading.fields(entry[1], DATA.words, sentence("“数据”")) if entry else {}
    asked_for = reading.choice(entries.get("parquet"), YES, "false") == "true"
    if asked_for and entry is not None and find_spec("pyarrow") is None:
        message = sentence("没有安装 pyarrow，不会生成 Parquet 文件")
        advice = as_text("pip install 'gongkai[parquet]'")
        reading.note("C-05", entry[1].at, message, severity=Severity.WARNING, advice=advice)
        return False
    return asked_for


def _host(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    host = reading.texts(entry, HOST.words)
    address = host.get("report_error_url", "")
    if entry is not None and address and not URL.fullmatch(address):
        message = sentence("找错网址“{address}”应以 http:// 或 https:// 开头", address=address)
        reading.note("C-04", entry[1].at, message)
    return host


def _deadlines(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    days = reading.texts(entry, KINDS)
    for kind, day in days.items():
        if entry is not None and not DAY.fullmatch(day):
            message = sentence(
                "期限“{day}”（{kinds}）应写作 01-31（月-日）", day=day, kinds=KINDS[kind][1]
            )
            reading.note("C-04", entry[1].at, message)
    return {kind: day for kind, day in days.items() if DAY.fullmatch(day)}


def _policy(entry: Entry | None, reading: Reading) -> Mapping[str, str]:
    policy = dict(Settings().policy)
    if entry is not None:
        entries = reading.fields(entry[1], LEVEL_NAMES, sentence("“处置”"))
        policy |= {key: reading.choice(entries[key], POLICIES, policy[key]) for key in entries}
    return policy


def _base_url(entry: Entry | None, reading: Reading) -> str:
    address = reading.text(entry)
    if entry is not None and not _is_address(address, entry, reading):
        return ""
    return address.rstrip("/")
