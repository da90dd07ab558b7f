"""A small site as values, and edits of every kind to it: what tests/test_laws.py draws its sequences from.

A site is a mapping of paths to what stands there: the fields of a YAML file, a text, or bytes. An edit is a tuple of plain values, so that
a sequence which found something reads as it was and can be kept.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

GOOD = Path(__file__).parent / "good"
Content = dict[str, Any] | str | bytes
Tree = dict[str, Content]
Edit = tuple[Any, ...]

AGENCIES = "content/agencies"
PAGES = "content/pages"
SETTINGS = "site.yaml"
DAY = "2026-06-01"


def agency(slug: str) -> str:
    """The path of an agency.yaml."""
    return f"{AGENCIES}/{slug}/agency.yaml"


def report(slug: str, year: int) -> str:
    """The path of a report.yaml."""
    return f"{AGENCIES}/{slug}/{year}/report.yaml"


def narrative(slug: str, year: int) -> str:
    """The path of a report's text."""
    return f"{AGENCIES}/{slug}/{year}/narrative.md"


class Dumper(
    yaml.emitter.Emitter,
    yaml.serializer.Serializer,
    yaml.representer.SafeRepresenter,
    yaml.resolver.BaseResolver,
):
    """Writes every scalar as the text that it is, without quotes where none are needed."""

    def __init__(self, stream: Any, **options: Any) -> None:
        yaml.emitter.Emitter.__init__(self, stream, allow_unicode=True, width=200)
        yaml.serializer.Serializer.__init__(self)
        yaml.representer.SafeRepresenter.__init__(self, sort_keys=False)
        yaml.resolver.BaseResolver.__init__(self)


def good(*slugs: str) -> Tree:
    """Agencies of tests/good with all their files."""
    found: Tree = {}
    for slug in slugs:
        for path in sorted((GOOD / AGENCIES / slug).rglob("*")):
            if path.is_file():
                text = path.read_text("utf-8")
                read = yaml.load(text, yaml.BaseLoader) if path.suffix == ".yaml" else text
                found[path.relative_to(GOOD).as_posix()] = read
    return found


def small_site() -> Tree:
    """A government and a body of its own, a page with its translation for whoever adds the language. What is found is published with it,
    so that most edits reach the pages."""
    site: Tree = {
        SETTINGS: {"标题": "示例站", "译文": {"en": {"title": "A site"}}, "处置": {"错误": "提示"}},
        **good("bureau", "county"),
        f"{PAGES}/about.md": "# 关于本站\n\n这里收录年度报告。见[报告](../agencies/bureau/2023/index.html#review-heading)。\n",
        f"{PAGES}/about.en.md": "# About\n\nAnnual reports.\n",
    }
    return applied(site, ("set", agency("bureau"), ("上级",), "county")) or site


def write(tree: Mapping[str, Content], folder: Path) -> None:
    """Make a folder hold the site and no other content; what was built beside it stays."""
    for path in [one for one in folder.rglob("*") if one.is_file()]:
        name = path.relative_to(folder).as_posix()
        if name not in tree and not name.startswith((".", "public/")):
            path.unlink()
    for path in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
        name = path.relative_to(folder).as_posix()
        if not name.startswith((".", "public")) and not any(path.iterdir()):
            path.rmdir()
    (folder / AGENCIES).mkdir(parents=True, exist_ok=True)
    for name, content in tree.items():
        data = content if isinstance(content, bytes) else written(content).encode()
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def written(content: dict[str, Any] | str) -> str:
    """A file as it stands on disk."""
    return content if isinstance(content, str) else yaml.dump(content, Dumper=Dumper)


def applied(tree: Tree, edit: Edit) -> Tree | None:
    """The site after an edit; None where there is nothing that it could change."""
    kind, place, *rest = edit
    tree = copy.deepcopy(tree)
    match kind:
        case "write":
            changed = {**tree, place: rest[0]}
        case "set" | "drop":
            held = tree.get(place)
            changed = (
                {**tree, place: _field(held, rest[0], rest[1:])} if isinstance(held, dict) else tree
            )
        case "append":
            held = tree.get(place)
            changed = {**tree, place: held + rest[0]} if isinstance(held, str) else tree
        case "remove":
            changed = {path: one for path, one in tree.items() if not within(path, place)}
        case "copy":
            changed = {
                **tree,
                **{
                    rest[0] + path[len(place) :]: one
                    for path, one in tree.items()
                    if within(path, place)
                },
            }
        case "move" | "swap":
            names = {place: rest[0], **({rest[0]: place} if kind == "swap" else {})}
            changed = {_renamed(path, names): one for path, one in tree.items()}
        case "add":
            changed = {**tree, **good(place)}
        case "both":
            first = applied(tree, place)
            changed = applied(first if first is not None else tree, rest[0]) or first or tree
        case _:
            raise ValueError(kind)
    return None if changed == tree else changed


def within(path: str, place: str) -> bool:
    """Whether a path is a place or stands below it."""
    return path == place or path.startswith(f"{place}/")


def _renamed(path: str, names: Mapping[str, str]) -> str:
    return next((new + path[len(old) :] for old, new in names.items() if within(path, old)), path)


def _field(held: dict[str, Any], keys: Sequence[str], value: Sequence[Any]) -> dict[str, Any]:
    """The fields with another value at the end of a way through them, or without it where none is given."""
    first, *further = keys
    if further:
        below = held.get(first)
        return {**held, first: _field(below if isinstance(below, dict) else {}, further, value)}
    without = {key: one for key, one in held.items() if key != first}
    if not value:
        return without
    return {**held, first: value[0]} if first in held else {**without, first: value[0]}


def _values(place: str, keys: tuple[str, ...], *values: Any) -> Iterator[Edit]:
    """One field with each of these values, and without it."""
    yield from (("set", place, keys, value) for value in values)
    yield ("drop", place, keys)


REPORTS = (("bureau", 2022), ("bureau", 2023), ("county", 2023))
BODIES = ("bureau", "county")
FIRST = (report("bureau", 2022), report("bureau", 2023), report("county", 2023))
CORRECTED = {"日期": "2024-03-01", "原因": "录入有误"}
LICENCES = {"改动": [{"格": "行政许可.处理决定", "改前": "300", "改后": "320"}]}
WORDS = {"改动": [{"部分": "五", "改前": "形式很单一", "改后": "形式单一"}]}
TEXT = "## 一、总体情况\n\n按时公开。{}\n\n## 五、存在的主要问题及改进情况\n\n解读不多。\n\n## 六、其他需要报告的事项\n\n没有收费。\n"
LED = "见[上年](../2022/index.html#review-heading)。"
TO = (
    "../method/",
    "../agencies/bureau/2022/",
    "../years/2023/",
    "../agencies/bureau/2023/index.html#attachments-heading",
    "../agencies/bureau/index.html#chain-heading",
)
NEW_PAGE = "# 方法\n\n见[关于](../about/)和[机关](../agencies/bureau/)。\n"
LAYOUT = '{% extends "base:layout.html" %}\n{% block brand %}%s{{ page.frame.site_title }}{% endblock %}\n'
TEXT_TEMPLATE = (
    '{% extends "base:text.html" %}\n{% block opening %}{% include "_mine.html" %}{% endblock %}\n'
)
THEME = 'name: own\nextends: {}\ntokens:\n  light:\n    main: "{}"\n'


def _cells() -> Iterator[Edit]:
    for place in FIRST:
        yield from _values(
            place, ("主动公开", "行政许可", "处理决定"), "320", "321", "/", '""', "多"
        )
        yield from _values(place, ("主动公开", "行政规范性文件", "制发"), "4", "5")
        yield from _values(
            place,
            ("复议诉讼", "行政复议"),
            ["1", "0", "0", "1", "2"],
            ["0", "0", "0", "0", "0"],
            ["0", "0"],
        )
        yield ("set", place, ("收到和处理申请", "上年结转"), ["3", "0", "0", "0", "0", "0", "3"])


def _dates() -> Iterator[Edit]:
    for place in FIRST:
        yield from _values(
            place,
            ("发布日期",),
            "2024-01-20",
            "2024-02-20",
            "2025-06-01",
            "2027-01-01",
            "2024-13-01",
        )
    everywhere: Edit = ("drop", FIRST[0], ("发布日期",))
    for place in FIRST[1:]:
        everywhere = ("both", everywhere, ("drop", place, ("发布日期",)))
    yield everywhere


def _facts() -> Iterator[Edit]:
    for place in FIRST:
        yield from _values(place, ("标题",), "一份报告")
        yield from _values(place, ("信息来源",), "办公室")
        yield from _values(place, ("原文网址",), "https://example.org/1")
        yield from _values(place, ("成文日期",), "2024-01-10")
        yield from _values(place, ("索引号",), "0001")
        yield from _values(
            place, ("转录",), {"文字": "改写"}, {"文字": "照录"}, {"文字": "改写", "未收录": ["六"]}
        )


def _told() -> Iterator[Edit]:
    for place in FIRST:
        yield from _values(
            place,
            ("更正",),
            [{**CORRECTED, **LICENCES}],
            [{**CORRECTED, **WORDS}, {**CORRECTED, **LICENCES}],
            [CORRECTED],
        )
        yield from _values(
            place,
            ("说明",),
            [{"规则": "Y-02", "原因": "到期失效一件，不属于本年废止", "责任人": "办公室"}],
            [{"规则": "R-01", "原因": "县政府自己办理的没有计入", "责任人": "办公室"}],
            [{"规则": "P-01", "原因": "机构改革，推迟公布", "责任人": "办公室"}],
        )


def _texts() -> Iterator[Edit]:
    said = (
        "",
        "新收 {{ 新收.总计 }} 件。",
        "上年新收 {{ prior(新收.总计) }} 件。",
        "{{ 无 }}",
        "![图](files/图.png)",
        LED,
    )
    for slug, year in REPORTS:
        yield from (("write", narrative(slug, year), TEXT.format(one)) for one in said)
        yield ("append", narrative(slug, year), "另外没有了。\n")
        yield (
            "append",
            narrative(slug, year),
            "[甲](../2022/)[乙](../../county/2023/index.html)\n",
        )
        yield ("remove", narrative(slug, year))


def _attachments() -> Iterator[Edit]:
    for slug, year in REPORTS:
        folder = f"{AGENCIES}/{slug}/{year}/files"
        yield from (("write", f"{folder}/附件.pdf", data) for data in (b"%PDF-1", b"%PDF-2"))
        yield ("write", f"{folder}/图.png", b"\x89PNG\r\n\x1a\n")
        yield ("write", f"{folder}/清单.csv", b"a,b\n")
        yield ("move", f"{folder}/附件.pdf", f"{folder}/附件 2.pdf")
        yield ("remove", folder)


def _names() -> Iterator[Edit]:
    for slug in BODIES:
        place = agency(slug)
        yield from _values(place, ("名称",), "示例县农业局", "示例县政府")
        yield from _values(place, ("英文名称",), "Bureau", "Office")
        yield from _values(
            place,
            ("历任名称",),
            [{"名称": "旧局", "至": "2022-06-30"}],
            [{"名称": "老局", "至": "2023-06-30"}],
            ["前局"],
        )
        yield from _values(place, ("曾用网址",), ["old"], ["older", "old"], ["bureau"])
        yield from _values(place, ("联系方式",), {"电话": "1", "地址": "某路"})
        for key, value in (
            ("备注", "一句"),
            ("网站标识码", "9901010001"),
            ("行政区划代码", "990102"),
        ):
            yield from _values(place, (key,), value)


def _places() -> Iterator[Edit]:
    for slug in BODIES:
        place = agency(slug)
        yield from _values(place, ("类型",), "工作部门", "政府", "乡镇", "垂直管理单位", "没有")
        yield from _values(place, ("层级",), "县级", "乡镇级", "市级")
        yield from _values(place, ("上级",), "county", "bureau", "town", "nobody")
        yield from _values(
            place,
            ("历任上级",),
            [{"上级": "town", "至": "2022-12-31"}],
            [{"上级": "county", "至": "2023-03-31"}],
        )
        yield from _values(place, ("汇总范围",), "本级", "本行政区域")
        for other in ("bureau", "county", "town", "water"):
            for kind in ("设立", "撤销", "并入", "合并组成", "划入"):
                yield (
                    "set",
                    place,
                    ("沿革",),
                    [{"日期": "2023-05-01", "类型": kind, "机关": [other]}],
                )
        yield (
            "set",
            place,
            ("沿革",),
            [{"日期": "2022-05-01", "类型": "拆分为", "机关": ["town", "water"], "说明": "改革"}],
        )
        yield ("drop", place, ("沿革",))


def _folders() -> Iterator[Edit]:
    yield from (("add", slug) for slug in ("town", "water", "office"))
    yield from (("remove", f"{AGENCIES}/{slug}") for slug in ("bureau", "county", "town"))
    yield from (("remove", f"{AGENCIES}/{slug}/{year}") for slug, year in REPORTS)
    yield from (("remove", agency(slug)) for slug in BODIES)
    yield ("both", ("remove", f"{AGENCIES}/county/2023"), ("add", "town"))
    yield ("swap", f"{AGENCIES}/bureau", f"{AGENCIES}/county")
    yield ("swap", f"{AGENCIES}/bureau/2022", f"{AGENCIES}/bureau/2023")
    yield ("move", f"{AGENCIES}/bureau", f"{AGENCIES}/farming")
    yield ("move", f"{AGENCIES}/farming", f"{AGENCIES}/bureau")
    yield (
        "both",
        ("move", f"{AGENCIES}/bureau", f"{AGENCIES}/farming"),
        ("set", agency("farming"), ("曾用网址",), ["bureau"]),
    )
    for old, new in ((2023, 2024), (2022, 2021), (2022, 2020), (2024, 2023)):
        year = ("set", report("bureau", new), ("年度",), str(new))
        yield ("both", ("move", f"{AGENCIES}/bureau/{old}", f"{AGENCIES}/bureau/{new}"), year)
    for old, new in ((2023, 2024), (2023, 2021), (2022, 2018)):
        change: Edit = (
            "both",
            ("set", report("bureau", new), ("年度",), str(new)),
            ("drop", report("bureau", new), ("格式",)),
        )
        yield ("both", ("copy", f"{AGENCIES}/bureau/{old}", f"{AGENCIES}/bureau/{new}"), change)


def _pages() -> Iterator[Edit]:
    for name, words in (
        ("about", "关于"),
        ("about.en", "About us"),
        ("method", "方法"),
        ("method.en", "Method"),
        ("zz.en", "Nobody"),
    ):
        place = f"{PAGES}/{name}.md"
        yield ("write", place, f"# {words}\n\n一段文字。\n")
        yield ("write", place, f"# {words} 2\n\n一段文字。\n")
        yield ("append", place, "\n又一段。\n")
        yield ("remove", place)
    yield from (("append", f"{PAGES}/about.md", f"\n[去]({to})\n") for to in TO)
    yield from (
        ("write", f"{PAGES}/{name}.md", NEW_PAGE)
        for name in ("agencies", "feed", "terms", "bureau", "assets", "en", "templates")
    )
    yield ("write", f"{PAGES}/about.md", "没有标题\n")
    yield ("move", f"{PAGES}/about.md", f"{PAGES}/method.md")
    yield ("swap", f"{PAGES}/about.md", f"{PAGES}/about.en.md")


def _settings() -> Iterator[Edit]:
    for key, values in {
        "标题": ("甲站", "乙站"),
        "副标题": ("副", "另一个副"),
        "站点提示": ("样例站", "另一句"),
        "base_url": ("https://example.org/gk", "https://example.org", "example"),
        "收录": ("选录", "全部"),
        "失败级别": ("警告", "错误"),
        "未经证实的提示": ("是", "否"),
        "许可": ({"名称": "某许可", "网址": "https://example.org/l"}, {"名称": "另一许可"}),
        "期限": ({"工作部门": "02-28"}, {"政府": "01-10"}, {"政府": "13-01"}),
        "处置": ({"错误": "提示"}, {"错误": "暂缓"}, {"警告": "停止"}, {"警告": "暂缓"}),
        "规则": (
            {"P-03": "关闭"},
            {"Y-02": {"级别": "错误"}},
            {"S-10": "错误"},
            {"P-03": "错误", "R-03": "警告"},
        ),
        "languages": (["zh-CN"], ["en", "zh-CN"], ["zh-CN", "en"], ["en"]),
        "language": ("en", "zh-CN"),
        "译文": (
            {"en": {"title": "Other", "subtitle": "Sub", "notice": "Note"}},
            {"zh-CN": {"title": "中文站"}},
        ),
        "数据": ({"parquet": "是"},),
        "没有这一项": ("一",),
    }.items():
        yield from _values(SETTINGS, (key,), *values)
    host = (
        "网站名称",
        "网站域名",
        "网站标识码",
        "栏目名称",
        "栏目类型",
        "ICP备案",
        "公安备案",
        "主办单位",
        "联系方式",
    )
    for key in host:
        yield from _values(SETTINGS, ("主办网站", key), "某某")
    yield from _values(SETTINGS, ("主办网站", "找错网址"), "https://example.org/e", "example")


def _themes() -> Iterator[Edit]:
    yield from _values(SETTINGS, ("主题",), "gazette", "own", "default", "nothing")
    for parent in ("default", "gazette"):
        for colour in ("#123456", "#654321", "#eeeeee"):
            yield (
                "both",
                ("write", "themes/own/theme.yaml", THEME.format(parent, colour)),
                ("set", SETTINGS, ("主题",), "own"),
            )
    for file in ("screen", "print", "search", "extra"):
        for style in ("main{margin:0}", "main{margin:1px}", "@import 'x.css';"):
            yield ("write", f"themes/own/assets/{file}.css", style)
    yield from (
        (
            "write",
            "themes/own/assets/icon.svg",
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{one}"/>',
        )
        for one in "ab"
    )
    yield from (
        ("write", f"{place}templates/layout.html", LAYOUT.replace("%s", one))
        for place in ("", "themes/own/")
        for one in "甲乙"
    )
    yield (
        "both",
        ("write", "templates/text.html", TEXT_TEMPLATE),
        ("write", "templates/_mine.html", "甲"),
    )
    yield from (
        ("write", "templates/_mine.html", one)
        for one in ("乙", "{{ page.nothing }}", "{% if %}", '{% include "_more.html" %}')
    )
    yield from (("write", "templates/_more.html", one) for one in ("丙", "{{ page.frame.title }}"))
    yield (
        "write",
        "templates/report.html",
        '{% extends "base:report.html" %}\n{% block opening %}{{ page.title }}{% endblock %}\n',
    )
    yield (
        "write",
        "templates/agency.html",
        '{% extends "layout.html" %}\n{% block main %}<a href="nowhere.html">x</a>{% endblock %}\n',
    )
    gone = (
        "themes/own",
        "templates",
        "templates/layout.html",
        "templates/_mine.html",
        "themes/own/templates",
    )
    yield from (("remove", place) for place in gone)
    yield (
        "both",
        ("write", "templates/_chain.html", "x"),
        ("write", "templates/print.html", '{% extends "base:print.html" %}\n'),
    )


# Kind → the edits of that kind.
OWN_RULE = """
T3-90:
  severity: {severity}
  zh: {name}
  en: fewer applications than were carried over
  what_zh: 新收不少于上年结转。
  what_en: New applications are at least as many as those carried over.
  basis: L
"""
OWN_SUM = """
adds_to: "2021"
identities:
  - {rule: T3-90, table: applications, each: column, only: [total], formula: received >= carried_in}
"""


def _laws() -> Iterator[Edit]:
    """What a site brings in `formats/`: a rule with its sum, words, a mistake; and taking it away."""
    for severity in ("warning", "error"):
        for name in ("收件比结转少", "新收少于结转"):
            rule = (
                "write",
                "formats/rules/own.yaml",
                OWN_RULE.format(severity=severity, name=name),
            )
            yield ("both", rule, ("write", "formats/own.yaml", OWN_SUM))
    words = 'adds_to: "2021"\nwords:\n  problems: [问题和改进]\n'
    yield ("write", "formats/words.yaml", words)
    yield ("write", "formats/words.yaml", words.replace("adds_to", "ads_to"))
    yield ("remove", "formats")


KINDS: Mapping[str, tuple[Edit, ...]] = {
    "laws": tuple(_laws()),
    "cells": tuple(_cells()),
    "dates": tuple(_dates()),
    "facts": tuple(_facts()),
    "told": tuple(_told()),
    "texts": tuple(_texts()),
    "attachments": tuple(_attachments()),
    "names": tuple(_names()),
    "places": tuple(_places()),
    "folders": tuple(_folders()),
    "pages": tuple(_pages()),
    "settings": tuple(_settings()),
    "themes": tuple(_themes()),
    "days": tuple(("day", day) for day in ("2023-01-15", "2024-02-01", "2025-02-01", DAY)),
    "pdf": (("pdf", True), ("pdf", False)),
}
