"""One report folder to a Report.

Read are its figures, publication facts, explanations, corrections, narrative and attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from generator.language import labels, portable
from generator.language.sentence import plural, sentence
from generator.load.corrections import CHANGE, CORRECTION, read_cell, read_corrections
from generator.load.figures import read_figures
from generator.load.keys import ByLaw, Day, Key, Keys
from generator.load.narrative import NOTHING, Narrative, read_narrative
from generator.load.outlines import of_keys, with_tables
from generator.load.reading import Entry, Reading
from generator.load.rows import table_names
from generator.load.transcription import TRANSCRIBED, check_left_out, read_transcription
from generator.model.fair_copy import Outline
from generator.model.finding import Location
from generator.model.format import Format
from generator.model.report import Attachment, Explanation, Report
from generator.model.source import Fields, Node, Problem, ReportFiles, Scalar
from generator.model.transcription import Transcription

HERE = sentence("这个文件")
KEYS = Keys(
    {
        "year": Key(
            ("year", "年度", "报告年度"),
            "报告年度，与文件夹的名称相同，如 2024。",
            ByLaw("year"),
            required=True,
        ),
        "format": Key(("format", "格式"), "法定格式，由年度决定，可以不写。", ByLaw("format")),
        "title": Key(("title", "标题"), "报告的标题；不写时由机关名称和年度组成。"),
        "published": Key(
            ("published", "发布日期", "发布时间"), "公开发布的日期，如 2024-01-26。", Day()
        ),
        "signed": Key(("signed", "成文日期", "落款日期"), "落款的日期，如 2024-01-20。", Day()),
        "source": Key(("source", "信息来源"), "信息来源，如 区政府办公室。"),
        "source_url": Key(
            ("source_url", "原文网址", "原文链接"), "原文的网址，以 http:// 或 https:// 开头。"
        ),
        "index_number": Key(("index_number", "索引号"), "政府信息的索引号。"),
        "transcribed": Key(
            ("transcribed", "转录"),
            "不是机关自己录入、由本站编者从公开发布的报告转录的，写明文字是不是原文、有什么没有收录；这时“说明”是编者的说明。",
            ByLaw("transcribed"),
        ),
        "explanations": Key(
            ("explanations", "说明"),
            "数字对不上、确有原因的，在这里写明；会原样公开，印在表后。",
            ByLaw("explanations"),
        ),
        "corrections": Key(
            ("corrections", "更正"),
            "发布以后改了数字的，在这里写明；会公开。",
            ByLaw("corrections"),
        ),
    }
)
EXPLANATION = Keys(
    {
        "rule": Key(("rule", "规则"), "检查结果中的规则编号，如 Y-02。", ByLaw("rule")),
        "cell": Key(
            ("cell", "格", "单元格", "位置"),
            "只说明这一格；不写则说明这条规则的全部问题。",
            ByLaw("cell"),
        ),
        "reason": Key(
            ("reason", "原因", "理由"), "原因，会公开，请写一句完整的话。", ByLaw("reason")
        ),
        "person": Key(("person", "责任人"), "对这条说明负责的人或处室。"),
        "fingerprint": Key(
            ("fingerprint", "指纹"),
            "检查结果给出的八位代号，代表这条说明所解释的数字；数字变了，说明就失效，问题重新打开。",
        ),
    }
)
# What stands below the keys that have a reader of their own.
BY_LAW = {
    "explanations": EXPLANATION,
    "corrections": CORRECTION,
    "changes": CHANGE,
    "transcribed": TRANSCRIBED,
    "left_out": None,
}
ALLOWED = frozenset(
    (
        "pdf",
        "ofd",
        "doc",
        "docx",
        "wps",
        "xls",
        "xlsx",
        "et",
        "csv",
        "txt",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "zip",
    )
)
MAX_ATTACHMENT = 50_000_000
UNCOMPARED = "C-19"  # what an import was not sure of, and nobody has compared with the original
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
SHORTEST_REASON = 4
# So many unknown names in the tables are slips; more may be another form.
FEW_STRANGE = 2


@lru_cache(maxsize=8)
def outline_of(form: Format | None) -> Outline:
    """The names of a report.yaml; without a form, those that every report has."""
    outline = of_keys(KEYS, BY_LAW)
    return with_tables(outline, form) if form else outline


@dataclass(frozen=True)
class Place:
    """Where a report stands: its agency's slug, its files."""

    slug: str
    files: ReportFiles


def read_report(place: Place, reading: Reading) -> Report | None:
    """The report of a folder, or None when its figures cannot be read at all.

    Every problem is in `reading`.
    """
    files = place.files
    if not files.figures:
        folder = f"content/agencies/{place.slug}/{files.year}"
        message = sentence("缺少 report.yaml")
        reading.note("C-05", Location(f"{folder}/report.yaml"), message)
        return None
    root = reading.root(files.figures, outline_of(reading.law.format_for(files.year)))
    if root is None:
        return None
    form = _form(root, files.year, reading)
    if form is None:
        return None
    spellings = {**KEYS.words} | {table.id: table.words for table in form.tables}
    entries = reading.fields(root, spellings, HERE)
    misspelt = reading.misspelt

    def text(key: str) -> str:
        return reading.text(entries.get(key))

    if "year" not in misspelt:
        _year(entries, files.year, root.at, reading)
    _marks(files.figures, reading)
    at = Location(files.figures)
    tables = {key: value for key, value in entries.items() if key not in KEYS.by_name}
    form, figures, extras = read_figures(form, tables, misspelt, at, reading)
    transcribed = read_transcription(
        form, entries.get("transcribed"), KEYS["published"].spellings, reading
    )
    narrative = _narrative(place, form, transcribed, reading)
    check_left_out(transcribed, narrative, entries, reading)
    return Report(
        agency=place.slug,
        year=files.year,
        format=form,
        figures=figures,
        sections=narrative.sections,
        preface=narrative.preface,
        extras=extras,
        transcribed=transcribed,
        title=text("title"),
        published=reading.date(entries.get("published")),
        published_at=_published_at(entries, misspelt, at),
        signed=reading.date(entries.get("signed")),
        source=text("source"),
        source_url=text("source_url"),
        index_number=text("index_number"),
        explanations=tuple(_explanations(form, entries.get("explanations"), reading)),
        corrections=tuple(read_corrections(form, entries.get("corrections"), reading)),
        attachments=_attachments(place, reading),
        at=at,
    )


def _published_at(
    entries: Mapping[str, Entry], misspelt: Mapping[str, Scalar], at: Location
) -> Location:
    """Where the day of publication stands, or the key that was probably meant for it."""
    if "published" in entries:
        return entries["published"][1].at
    return misspelt["published"].at if "published" in misspelt else at


def _form(root: Fields, year: int, reading: Reading) -> Format | None:
    """The form that the figures of a report are written in.

    It is the one that the report names, or the one for its year. Where these are two, or the name
    is unknown, the report is read by the one that its rows fit, so that one wrong word is one
    finding.
    """
    proper = reading.law.format_for(year)
    spelled = labels.index({"format": KEYS["format"].spellings})
    entry = next((pair for pair in root.pairs if labels.normal(pair[0].text) in spelled), None)
    name = reading.text(entry)
    if not name:
        return _form_of_year(root, proper, year, reading)
    form = reading.law.format_named(name)
    at = entry[1].at if entry else root.at
    if form is not None and form is proper:
        return form
    names = "、".join(choice.id for choice in reading.law.formats)
    values = {"name": name, "year": year, "names": names, "form": proper.id if proper else ""}
    if form is None and proper is not None:
        message = sentence("没有“{name}”这个格式，{year} 年度的格式是“{form}”", **values)
    elif form is None:
        message = sentence("没有“{name}”这个格式，已有：{names}", **values)
    elif proper is None:
        message = sentence("{year} 年度不在格式“{name}”的适用年度内", **values)
    else:
        message = sentence("{year} 年度应使用格式“{form}”，这里写的是“{name}”", **values)
    reading.note("S-03", at, message)
    return _fitting(root, [choice for choice in (proper, form) if choice])


def _form_of_year(
    root: Fields, proper: Format | None, year: int, reading: Reading
) -> Format | None:
    """The form of the year for a report that names none.

    Where its rows are all those of another form and not of this one, that is said once.
    """
    names = "、".join(form.id for form in reading.law.formats)
    if proper is None:
        message = sentence("{year} 年度没有对应的格式，已有：{names}", year=year, names=names)
        reading.note("S-03", root.at, message)
        return None
    if _strangeness(root, proper) <= FEW_STRANGE:
        return proper
    fitting = _fitting(root, [proper, *reversed(reading.law.formats)])
    if fitting is None or fitting is proper or _strangeness(root, fitting):
        return proper
    message = sentence(
        "表里是格式“{fitting}”的行，{year} 年度应使用格式“{form}”",
        fitting=fitting.id,
        year=year,
        form=proper.id,
    )
    reading.note("S-03", root.at, message)
    return fitting


def _fitting(root: Fields, forms: Sequence[Format]) -> Format | None:
    """Of these forms the one that the rows of a report fit best; the first of equals."""
    return min(forms, key=lambda form: _strangeness(root, form), default=None)


def _strangeness(root: Fields, form: Format) -> int:
    """How many names of the tables of a report are none of a form's."""
    tables = labels.index({table.id: table.words for table in form.tables})
    by_id = {table.id: table for table in form.tables}
    count = 0
    for key, value in root.pairs:
        table = by_id.get(tables.get(labels.normal(key.text), ""))
        if table is not None:
            fitting = table_names(table)
            count += sum(labels.normal(name.text) not in fitting for name in _names(value))
    return count


def _names(node: Node) -> Iterator[Scalar]:
    """The names of rows and columns below a node."""
    if isinstance(node, Fields):
        for key, value in node.pairs:
            yield key
            yield from _names(value)


def _year(entries: dict[str, Entry], year: int, at: Location, reading: Reading) -> None:
    stated_year = reading.text(entries.get("year")).removesuffix("年").removesuffix("年度")
    if not stated_year:
        reading.note("C-05", at, sentence("缺少“年度”"))
    elif stated_year != str(year):
        advice = sentence("改正“年度”，或把文件夹改名")
        message = sentence(
            "“年度”写的是 {stated_year}，但文件夹是 {year}", stated_year=stated_year, year=year
        )
        reading.note("C-04", entries["year"][1].at, message, advice=advice)


def _marks(path: str, reading: Reading) -> None:
    """C-19: rows that an import marked, and that nobody has compared with the original."""
    marks = reading.law.rules[UNCOMPARED].words
    text = reading.files.text(path)
    if isinstance(text, Problem) or not any(mark in text for mark in marks):
        return
    comment = re.compile(rf"(?:^|\s)#\s*(?:{'|'.join(map(re.escape, marks))})")
    lines = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if "#" in line and comment.search(QUOTED.sub("", line))
    ]
    if lines:
        message = plural("还有 {count} 行注着“# {mark}”", len(lines), mark=marks[0])
        reading.note(UNCOMPARED, Location(path, lines[0]), message)


def _narrative(
    place: Place, form: Format, transcribed: Transcription | None, reading: Reading
) -> Narrative:
    path = place.files.narrative
    left_out = transcribed.omissions if transcribed else ()
    if not path and all(section.table or section.id in left_out for section in form.sections):
        return NOTHING
    if not path:
        path = f"content/agencies/{place.slug}/{place.files.year}/narrative.md"
        message = sentence("缺少 narrative.md（报告正文）")
        reading.note("S-01", Location(path), message)
        return NOTHING
    text = reading.contents(path)
    return NOTHING if text is None else read_narrative(form, text, path, left_out, reading)


def _explanations(form: Format, entry: Entry | None, reading: Reading) -> list[Explanation]:
    explanations = []
    for node in reading.items(entry):
        row = reading.fields(node, EXPLANATION.words, sentence("“说明”的一条"))
        rule = reading.text(row.get("rule")).upper()
        reason = reading.text(row.get("reason"))
        if rule not in reading.law.rules:
            message = sentence("这条说明没有写“规则”")
            if rule:
                message = sentence("没有“{rule}”这条规则", rule=rule)
            advice = sentence("照检查结果中的编号写，如 Y-02")
            reading.note("C-04", node.at, message, advice=advice)
        elif len(labels.normal(reason)) < SHORTEST_REASON or reading.unfilled(row.get("reason")):
            at = node.at
            message = sentence("这条说明没有写明“原因”")
            if reason:
                at = row["reason"][1].at
                message = sentence("说明的原因还是“{reason}”", reason=reason)
            advice = sentence("原因会公开，请写一句完整的话")
            reading.note("C-05", at, message, advice=advice)
        elif reading.unfilled(row.get("person")):
            person = reading.text(row["person"])
            message = sentence("说明的责任人还是“{person}”", person=person)
            advice = sentence("写明姓名或部门，或删去这一项")
            reading.note("C-05", row["person"][1].at, message, advice=advice)
        else:
            cell = read_cell(form, row.get("cell"), reading)
            if cell or "cell" not in row:
                person = reading.text(row.get("person"))
                fingerprint = reading.text(row.get("fingerprint"))
                explanations.append(Explanation(rule, reason, cell, person, fingerprint, node.at))
    return explanations


def _attachments(place: Place, reading: Reading) -> tuple[Attachment, ...]:
    """The files of the report's own folder that may be published.

    Their kinds are on a list, and they have 50 MB at most.
    """
    folder = f"content/agencies/{place.slug}/{place.files.year}/files/"
    attachments = []
    for path, sealed in reading.files.digests(place.files.files).items():
        if isinstance(sealed, Problem):
            reading.problem(sealed)
            continue
        size, sha256 = sealed
        kind = PurePosixPath(path).suffix.lower().removeprefix(".") or "（没有扩展名）"
        if kind not in ALLOWED:
            message = sentence(
                "附件类型“{kind}”不能发布，可用：{kinds}",
                kind=kind,
                kinds="、".join(sorted(ALLOWED)),
            )
            reading.note("P-04", Location(path), message)
        elif size > MAX_ATTACHMENT:
            message = sentence("附件超过 50 MB")
            reading.note("P-04", Location(path), message)
        else:
            attachments.append(Attachment(path.removeprefix(folder), size, sha256, path))
    _check_names(attachments, reading)
    return tuple(attachments)


def _check_names(attachments: Sequence[Attachment], reading: Reading) -> None:
    """C-17: file names that other systems refuse or cannot tell apart."""
    alike: dict[str, str] = {}
    for attachment in attachments:
        at = Location(attachment.source)
        for part in attachment.name.split("/"):
            reason = portable.refused(part)
            if reason:
                message = sentence("文件名“{name}”{reason}", name=part, reason=reason)
                reading.note("C-17", at, message)
        first_name = alike.setdefault(portable.folded(attachment.name), attachment.name)
        if first_name != attachment.name:
            message = sentence(
                "文件名“{attachment}”与“{first_name}”只差大小写或编码，在许多系统上是同一个文件",
                attachment=attachment.name,
                first_name=first_name,
            )
            reading.note(
                "C-17",
                at,
                message,
            )
