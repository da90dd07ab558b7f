"""agency.yaml to an Agency: names and parents with their dates, kind, level, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from generator.language.law_words import OTHERS
from generator.language.sentence import sentence
from generator.language.speech import LANGUAGES, SOURCE
from generator.load.keys import Choice, Day, Group, Key, Keys, Line, LineOrGroup, Several
from generator.load.outlines import of_keys
from generator.load.reading import Entry, Reading
from generator.model.agency import Agency, Span
from generator.model.event import Event, Turn
from generator.model.finding import Location, Text
from generator.model.source import SLUG, AgencyFiles, Fields, Items, Scalar

KINDS = {
    "government": ("government", "政府"),
    "office": ("office", "办公室", "政府办公室", "办公厅"),
    "department": ("department", "工作部门", "部门"),
    "dispatched": ("dispatched", "派出机关", "派出机构"),
    "township": ("township", "乡镇", "乡镇政府"),
    "subdistrict": ("subdistrict", "街道", "街道办事处"),
    "zone": ("zone", "开发区", "开发区管委会", "实验区"),
    "vertical": ("vertical", "垂直管理单位"),
    "authorised": ("authorised", "授权组织"),
}
LEVELS = {
    "national": ("national", "国家级", "国家"),
    "province": ("province", "省级", "省"),
    "prefecture": ("prefecture", "市级", "地市级", "地级"),
    "county": ("county", "县级", "县"),
    "township": ("township", "乡镇级", "乡级"),
}
CONTACT = Keys(
    {
        "address": Key(("address", "地址"), "办公地址。"),
        "phone": Key(("phone", "电话"), "联系电话。"),
        "postcode": Key(("postcode", "邮编"), "邮政编码。"),
        "email": Key(("email", "电子邮箱"), "电子邮箱。"),
    }
)
# What a new name or another superior says of itself (历任名称, 历任上级) is no event.
TURNS = {
    "merged_from": ("merged_from", "合并组成", "合并"),
    "merged_into": ("merged_into", "并入"),
    "split_from": ("split_from", "分设自"),
    "split_into": ("split_into", "拆分为", "拆分"),
    "tasks_from": ("tasks_from", "职能划入", "划入"),
    "tasks_to": ("tasks_to", "职能划出", "划出", "划转"),
    "set_up": ("set_up", "设立"),
    "abolished": ("abolished", "撤销"),
}
ALONE = (Turn.SET_UP, Turn.ABOLISHED)  # what may happen without other bodies
# The bodies whose figures a government's report adds up: its own departments alone, or the
# governments below it too (domain facts 7).
ROLL_UP = {"area": ("area", "本行政区域"), "level": ("level", "本级")}
EVENT = Keys(
    {
        "date": Key(("date", "日期"), "从哪一天起，如 2019-03-01。", Day(), required=True),
        "turn": Key(
            ("kind", "类型"), "发生了什么，从本机关的角度说。", Choice(TURNS), required=True
        ),
        "bodies": Key(
            ("bodies", "机关"),
            "有关的其他机关：在本站的写文件夹名（对方的页面会同样注明），不在本站的写全称。",
            Several(Line(), alone=True),
        ),
        "note": Key(("note", "说明"), "补充的一句话，会公开，如 依据的文件。"),
    }
)
SPAN = Keys(
    {
        "value": Key(("name", "slug", "名称", "上级"), "当时的名称，或当时上级机关的文件夹名。"),
        "start": Key(("from", "自"), "从哪一天起，如 2019-03-01。", Day()),
        "end": Key(("to", "至"), "到哪一天止，如 2021-06-30。", Day()),
    }
)
# What a body is called on pages in another language.
NAMES = {
    f"name_{language}": Key(
        (f"name_{language}",), f"{LANGUAGES[language]} 名称，印在这种语言的页面上。"
    )
    for language in OTHERS
} | {"name_en": Key(("name_en", "英文名称"), "英文名称，印在英文页面上。")}
AGENCY = Keys(
    {
        "name": Key(("name", "名称"), "机关的全称。", required=True),
        "names": Key(
            ("names", "历任名称", "曾用名称"),
            "改过名的，写以前的名称和起止日期：- {名称: …, 自: …, 至: …}。",
            Several(LineOrGroup(SPAN)),
        ),
        "kind": Key(("kind", "类型"), "机关的类型。", Choice(KINDS), required=True),
        "level": Key(("level", "层级"), "机关的层级。", Choice(LEVELS), required=True),
        "parent": Key(("parent", "上级"), "上级机关的文件夹名。"),
        "parents": Key(
            ("parents", "历任上级"),
            "换过上级的，写以前的上级和起止日期：- {上级: …, 自: …, 至: …}。",
            Several(LineOrGroup(SPAN)),
        ),
        "uscc": Key(("uscc", "统一社会信用代码"), "18 位统一社会信用代码。"),
        "division_code": Key(("division_code", "行政区划代码"), "行政区划代码。"),
        "site_id_code": Key(("site_id_code", "网站标识码"), "政府网站标识码。"),
        "contact": Key(("contact", "联系方式"), "公开的联系方式。", Group(CONTACT, open=True)),
        "note": Key(("note", "备注"), "关于这个机关的一句话，印在机关页上。"),
        "former_slugs": Key(
            ("former_slugs", "曾用网址"),
            "以前的文件夹名；旧网址会转到现在的网址。",
            Several(Line()),
        ),
        **NAMES,
        "events": Key(
            ("events", "沿革"),
            "机构改革，如 - {日期: 2019-03-01, 类型: 合并组成, 机关: [甲局, 乙局]}。改名写在历任名称里。",
            Several(Group(EVENT), alone=True),
        ),
        "roll_up": Key(
            ("roll_up", "汇总范围"),
            "政府的汇总报告包括谁：本行政区域（所属机关和下级政府），或本级（不含下级政府和乡镇）；不写则为本行政区域。",
            Choice(ROLL_UP),
        ),
    }
)
OUTLINE = of_keys(AGENCY)


def read_agency(files: AgencyFiles, reading: Reading) -> Agency | None:
    """The agency of a folder, or None when it has no agency.yaml that can be read."""
    path = f"content/agencies/{files.slug}/agency.yaml"
    if not files.agency:
        message = sentence("缺少 agency.yaml，这个机关的报告不会发布")
        reading.note("C-05", Location(path), message)
        return None
    root = reading.root(path, OUTLINE)
    if root is None:
        return None
    entries = reading.fields(root, AGENCY.words, "agency.yaml")
    misspelt = reading.misspelt

    def text(key: str) -> str:
        return reading.text(entries.get(key))

    names = _with_present(_spans(entries.get("names"), reading), text("name"))
    if not names or not names[-1].value:
        if "name" not in misspelt:
            reading.note("C-05", root.at, sentence("没有写机关的“名称”"))
        names = (Span(files.slug),)
    parents = _with_present(_spans(entries.get("parents"), reading), text("parent"))
    for key, choices in (("kind", KINDS), ("level", LEVELS)):
        if not text(key) and key not in misspelt:
            name = AGENCY[key].name
            options = "、".join(spellings[1] for spellings in choices.values())
            message = sentence("没有写“{name}”", name=name, key=key)
            reading.note(
                "C-05",
                root.at,
                message,
                advice=sentence("可用：{options}", options=options),
            )
    at = next((entries[key][1].at for key in ("parent", "parents") if key in entries), root.at)
    return Agency(
        slug=files.slug,
        names=names,
        kind=reading.choice(entries.get("kind"), KINDS, "department"),
        level=reading.choice(entries.get("level"), LEVELS, "county"),
        parents=parents,
        uscc=text("uscc"),
        division_code=text("division_code"),
        site_id_code=text("site_id_code"),
        contact=reading.texts(entries.get("contact"), CONTACT.words),
        note=text("note"),
        former_slugs=tuple(_slugs(entries.get("former_slugs"), reading)),
        gloss=_gloss({language: text(f"name_{language}") for language in OTHERS}),
        events=tuple(sorted(_events(entries.get("events"), reading), key=lambda event: event.date)),
        roll_up=reading.choice(entries.get("roll_up"), ROLL_UP, "area"),
        at=at,
    )


def _gloss(names: Mapping[str, str]) -> Text:
    """The name of a body in the languages in which its file has one."""
    stated = {SOURCE: "", **{language: name for language, name in names.items() if name}}
    return Text(tuple(stated), tuple(stated.values()))


def _slugs(entry: Entry | None, reading: Reading) -> Iterator[str]:
    """Earlier names of the agency's folder; one that never was an address is a finding."""
    for node in reading.items(entry):
        if isinstance(node, Scalar) and SLUG.fullmatch(node.text):
            yield node.text
        elif entry is not None:
            key = entry[0].text
            message = sentence("“{key}”写以前的文件夹名，只用小写字母、数字和连字符", key=key)
            reading.note("C-04", node.at, message)


def _with_present(spans: tuple[Span, ...], present: str) -> tuple[Span, ...]:
    """The values over time, with the present one last.

    It is added where it is written under a key of its own and is not yet the last.
    """
    if not present or (spans and spans[-1].value == present):
        return spans
    earlier_end = spans[-1].end if spans else None
    start = earlier_end + timedelta(days=1) if earlier_end else None
    return (*spans, Span(present, start))


def _spans(entry: Entry | None, reading: Reading) -> tuple[Span, ...]:
    if entry is None:
        return ()
    key, periods = entry
    if not isinstance(periods, Items):
        message = sentence("“{key}”应写成列表：- {{名称: …, 自: …, 至: …}}", key=key.text)
        reading.note("C-04", periods.at, message)
        return ()
    spans = []
    for node in periods.items:
        if isinstance(node, Fields):
            row = reading.fields(node, SPAN.words, f"“{key.text}”")
            value = reading.text(row.get("value"))
            start = reading.date(row.get("start"))
            end = reading.date(row.get("end"))
            spans.append(Span(value, start, end))
        elif isinstance(node, Scalar):
            spans.append(Span(node.text))
    return tuple(sorted(spans, key=lambda span: span.start or date.min))


def _events(entry: Entry | None, reading: Reading) -> Iterator[Event]:
    """The events of a body.

    An entry without day or kind, or without the bodies that its kind needs, is a finding and left
    out.
    """
    for node in reading.items(entry):
        row = reading.fields(node, EVENT.words, sentence("“沿革”的一条"))
        day = reading.date(row.get("date"))
        turn = reading.choice(row.get("turn"), TURNS, "")
        bodies = tuple(reading.lines(row.get("bodies")))
        if "date" not in row or "turn" not in row:
            message = sentence("沿革应写明“日期”和“类型”")
            reading.note("C-05", node.at, message)
        elif turn and not bodies and Turn(turn) not in ALONE:
            message = sentence("“{name}”应写明与哪些“机关”有关", name=TURNS[turn][1], kind=turn)
            reading.note("C-05", node.at, message)
        elif day and turn:
            yield Event(day, Turn(turn), bodies, reading.text(row.get("note")))


def check_events(agencies: Mapping[str, Agency], reading: Reading) -> None:
    """Report each body of an event that is written like a folder name and is none of the site.

    Bodies outside the site are called by their full names.
    """
    for agency in agencies.values():
        reading.agency = agency.slug
        bodies = [body for event in agency.events for body in event.bodies]
        for slug in filter(SLUG.fullmatch, bodies):
            if slug not in agencies or slug == agency.slug:
                message = sentence("沿革里的机关“{slug}”不在本站", slug=slug)
                if slug == agency.slug:
                    message = sentence("沿革里的机关不能是本机关自己")
                advice = sentence("不在本站的机关写全称")
                reading.note("C-04", agency.at, message, advice=advice)


def check_addresses(agencies: Mapping[str, Agency], reading: Reading) -> None:
    """Report former addresses that belong to another body now, or that two bodies claim.

    An address can lead to one place only.
    """
    claimed: dict[str, str] = {slug: slug for slug in agencies}
    for agency in agencies.values():
        reading.agency = agency.slug
        for slug in agency.former_slugs:
            holder = claimed.setdefault(slug, agency.slug)
            if holder != agency.slug or slug == agency.slug:
                message = sentence("曾用网址“{slug}”已经属于 {holder}", slug=slug, holder=holder)
                reading.note("C-04", agency.at, message)


def check_parents(agencies: Mapping[str, Agency], reading: Reading) -> None:
    """Report parents that are no agency of the site, and rings of parents.

    The directory is a tree.
    """
    for agency in agencies.values():
        reading.agency = agency.slug
        slugs = [agency.slug]
        while (above := agencies.get(slugs[-1])) is not None and above.parent:
            if above.parent in slugs:
                ring = " → ".join([*slugs, above.parent])
                message = sentence("上级关系成了一个环：{ring}", ring=ring)
                reading.note("C-04", agency.at, message)
                break
            slugs.append(above.parent)
        if agency.parent and agency.parent not in agencies:
            message = sentence("上级“{parent}”不在本站", parent=agency.parent)
            reading.note("C-04", agency.at, message)
