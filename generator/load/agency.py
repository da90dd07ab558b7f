"""agency.yaml to an Agency: names and parents with their dates, kind, level, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

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
AGENCY = {
    "name": ("name", "名称"),
    "names": ("names", "历任名称", "曾用名称"),
    "kind": ("kind", "类型"),
    "level": ("level", "层级"),
    "parent": ("parent", "上级"),
    "parents": ("parents", "历任上级"),
    "uscc": ("uscc", "统一社会信用代码"),
    "division_code": ("division_code", "行政区划代码"),
    "site_id_code": ("site_id_code", "网站标识码"),
    "contact": ("contact", "联系方式"),
    "note": ("note", "备注"),
    "former_slugs": ("former_slugs", "曾用网址"),
    "name_en": ("name_en", "英文名称"),
    "events": ("events", "沿革"),
    "roll_up": ("roll_up", "汇总范围"),
}
CONTACT = {"address": ("address", "地址"), "phone": ("phone", "电话"), "postcode": ("postcode", "邮编"), "email": ("email", "电子邮箱")}
EVENT = {"date": ("date", "日期"), "turn": ("kind", "类型"), "bodies": ("bodies", "机关"), "note": ("note", "说明")}
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
# Whose figures a government's report adds up: of its own departments alone, or of the governments below it too (domain facts 7).
ROLL_UP = {"area": ("area", "本行政区域"), "level": ("level", "本级")}
SPAN = {"value": ("name", "slug", "名称", "上级"), "start": ("from", "自"), "end": ("to", "至")}


def read_agency(files: AgencyFiles, reading: Reading) -> Agency | None:
    """The agency of a folder, or None when it has no agency.yaml that can be read."""
    where = f"content/agencies/{files.slug}/agency.yaml"
    if not files.agency:
        zh, en = "缺少 agency.yaml，这个机关的报告不会发布", "agency.yaml is missing; the agency's reports are not published"
        reading.note("C-05", Location(where), zh, en)
        return None
    root = reading.root(where)
    if root is None:
        return None
    found = reading.fields(root, AGENCY, Text("agency.yaml", "agency.yaml"))
    names = _with_present(_spans(found.get("names"), reading), reading.text(found.get("name")))
    if not names or not names[-1].value:
        reading.note("C-05", root.at, "没有写机关的“名称”", "the agency has no name")
        names = (Span(files.slug),)
    parents = _with_present(_spans(found.get("parents"), reading), reading.text(found.get("parent")))
    for key in ("kind", "level"):
        if not reading.text(found.get(key)):
            zh, en = f"没有写“{AGENCY[key][1]}”", f"the key {key} ({AGENCY[key][1]}) is missing"
            known = "、".join(words[1] for words in (KINDS if key == "kind" else LEVELS).values())
            reading.note("C-05", root.at, zh, en, advice=Text(f"可用：{known}", f"one of: {known}"))
    return Agency(
        slug=files.slug,
        names=names,
        kind=reading.choice(found.get("kind"), KINDS, "department"),
        level=reading.choice(found.get("level"), LEVELS, "county"),
        parents=parents,
        uscc=reading.text(found.get("uscc")),
        division_code=reading.text(found.get("division_code")),
        site_id_code=reading.text(found.get("site_id_code")),
        contact=reading.texts(found.get("contact"), CONTACT),
        note=reading.text(found.get("note")),
        former_slugs=tuple(_slugs(found.get("former_slugs"), reading)),
        name_en=reading.text(found.get("name_en")),
        events=tuple(sorted(_events(found.get("events"), reading), key=lambda event: event.date)),
        roll_up=reading.choice(found.get("roll_up"), ROLL_UP, "area"),
        at=next((found[key][1].at for key in ("parent", "parents") if key in found), root.at),
    )


def _slugs(entry: Entry | None, reading: Reading) -> Iterator[str]:
    """Earlier names of the agency's folder; one that never was an address is a finding."""
    for node in reading.items(entry):
        if isinstance(node, Scalar) and SLUG.fullmatch(node.text):
            yield node.text
        elif entry is not None:
            zh = f"“{entry[0].text}”写以前的文件夹名，只用小写字母、数字和连字符"
            reading.note("C-04", node.at, zh, f"“{entry[0].text}” lists former folder names: lower-case letters, digits, hyphens")


def _with_present(spans: tuple[Span, ...], present: str) -> tuple[Span, ...]:
    """The values over time with the present one last, where it is written on its own and not already there."""
    if not present or (spans and spans[-1].value == present):
        return spans
    before = spans[-1].end if spans else None
    return (*spans, Span(present, start=before + timedelta(days=1) if before else None))


def _spans(entry: Entry | None, reading: Reading) -> tuple[Span, ...]:
    if entry is None:
        return ()
    if not isinstance(entry[1], Items):
        zh, en = f"“{entry[0].text}”应写成列表：- {{名称: …, 自: …, 至: …}}", f"“{entry[0].text}” takes a list"
        reading.note("C-04", entry[1].at, zh, en)
        return ()
    spans = []
    for node in entry[1].items:
        if isinstance(node, Fields):
            row = reading.fields(node, SPAN, Text(f"“{entry[0].text}”", f"“{entry[0].text}”"))
            spans.append(Span(reading.text(row.get("value")), reading.date(row.get("start")), reading.date(row.get("end"))))
        elif isinstance(node, Scalar):
            spans.append(Span(node.text))
    return tuple(sorted(spans, key=lambda span: span.start or date.min))


def _events(entry: Entry | None, reading: Reading) -> Iterator[Event]:
    """What happened to the body; an entry without day or kind, or without the bodies that its kind needs, is a finding and left out."""
    for node in reading.items(entry):
        row = reading.fields(node, EVENT, Text("“沿革”的一条", "an event"))
        day, said = reading.date(row.get("date")), reading.choice(row.get("turn"), TURNS, "")
        bodies = tuple(one.text.strip() for one in reading.items(row.get("bodies")) if isinstance(one, Scalar) and one.text.strip())
        if "date" not in row or "turn" not in row:
            reading.note("C-05", node.at, "沿革应写明“日期”和“类型”", "an event takes a date and a kind")
        elif said and not bodies and Turn(said) not in ALONE:
            reading.note("C-05", node.at, f"“{TURNS[said][1]}”应写明与哪些“机关”有关", f"the kind {said} takes the bodies concerned")
        elif day and said:
            yield Event(day, Turn(said), bodies, reading.text(row.get("note")))


def check_events(agencies: Mapping[str, Agency], reading: Reading) -> None:
    """A body in an event that is written like a folder name and is no body of the site is a finding: others are called by their names."""
    for agency in agencies.values():
        reading.agency = agency.slug
        for slug in (body for event in agency.events for body in event.bodies if SLUG.fullmatch(body)):
            if slug not in agencies or slug == agency.slug:
                zh, en = f"沿革里的机关“{slug}”不在本站", f"the body “{slug}” of an event is not on this site"
                if slug == agency.slug:
                    zh, en = "沿革里的机关不能是本机关自己", "a body of an event cannot be the body itself"
                advice = Text("不在本站的机关写全称", "call a body that is not on this site by its full name")
                reading.note("C-04", agency.at, zh, en, advice=advice)


def check_addresses(agencies: Mapping[str, Agency], reading: Reading) -> None:
    """A former address that belongs to another body now, or that two bodies claim, is a finding: it can lead to one place only."""
    claimed: dict[str, str] = {slug: slug for slug in agencies}
    for agency in agencies.values():
        reading.agency = agency.slug
        for slug in agency.former_slugs:
            holder = claimed.setdefault(slug, agency.slug)
            if holder != agency.slug or slug == agency.slug:
                zh, en = f"曾用网址“{slug}”已经属于 {holder}", f"the former address “{slug}” belongs to {holder}"
                reading.note("C-04", agency.at, zh, en)


def check_parents(agencies: Mapping[str, Agency], reading: Reading) -> None:
    """A parent that is no agency of the site, and a ring of parents, are findings: the directory is a tree."""
    for agency in agencies.values():
        reading.agency = agency.slug
        seen = [agency.slug]
        while (above := agencies.get(seen[-1])) is not None and above.parent:
            if above.parent in seen:
                ring = " → ".join([*seen, above.parent])
                reading.note("C-04", agency.at, f"上级关系成了一个环：{ring}", f"the parents form a ring: {ring}")
                break
            seen.append(above.parent)
        if agency.parent and agency.parent not in agencies:
            reading.note("C-04", agency.at, f"上级“{agency.parent}”不在本站", f"the parent “{agency.parent}” is not on this site")
