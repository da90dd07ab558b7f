"""One report folder to a Report: figures, publication facts, explanations, corrections, narrative, attachments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.language import labels
from generator.load.corrections import read_cell, read_corrections
from generator.load.figures import read_figures
from generator.load.narrative import NOTHING, Narrative, read_narrative
from generator.load.reading import Entry, Reading
from generator.load.transcription import check_left_out, read_transcription
from generator.model.finding import Location, Text
from generator.model.format import Format
from generator.model.report import Attachment, Explanation, Report
from generator.model.source import Fields, ReportFiles
from generator.model.transcription import Transcription

HERE = Text("这个文件", "this file")
KEYS = {
    "year": ("year", "年度", "报告年度"),
    "format": ("format", "格式"),
    "title": ("title", "标题"),
    "published": ("published", "发布日期", "发布时间"),
    "signed": ("signed", "成文日期", "落款日期"),
    "source": ("source", "信息来源"),
    "source_url": ("source_url", "原文网址", "原文链接"),
    "index_number": ("index_number", "索引号"),
    "transcribed": ("transcribed", "转录"),
    "explanations": ("explanations", "说明"),
    "corrections": ("corrections", "更正"),
}
EXPLANATION = {
    "rule": ("rule", "规则"),
    "cell": ("cell", "格", "单元格", "位置"),
    "reason": ("reason", "原因", "理由"),
    "person": ("person", "责任人"),
    "fingerprint": ("fingerprint", "指纹"),
}
ALLOWED = frozenset(("pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "csv", "txt", "png", "jpg", "jpeg", "gif", "webp", "zip"))
MAX_ATTACHMENT = 50_000_000
SHORTEST_REASON = 4


@dataclass(frozen=True)
class Place:
    """Where a report stands: its agency's slug, its files."""

    slug: str
    files: ReportFiles


def read_report(place: Place, reading: Reading) -> Report | None:
    """The report of a folder, or None when its figures cannot be read at all; every problem is in `reading`."""
    files = place.files
    if not files.figures:
        folder = f"content/agencies/{place.slug}/{files.year}"
        reading.note("C-05", Location(f"{folder}/report.yaml"), "缺少 report.yaml", "report.yaml is missing")
        return None
    root = reading.root(files.figures)
    if root is None:
        return None
    form = _form(root, files.year, reading)
    if form is None:
        return None
    words = KEYS | {table.id: table.words for table in form.tables}
    found = reading.fields(root, words, HERE)
    _year(found, files.year, root.at, reading)
    at = Location(files.figures)
    tables = {key: value for key, value in found.items() if key not in KEYS}
    figures, extras = read_figures(form, tables, at, reading)
    transcribed = read_transcription(form, found.get("transcribed"), KEYS["published"], reading)
    narrative = _narrative(place, form, transcribed, reading)
    check_left_out(transcribed, narrative, found, reading)
    return Report(
        agency=place.slug,
        year=files.year,
        format=form,
        figures=figures,
        sections=narrative.sections,
        preface=narrative.preface,
        extras=extras,
        transcribed=transcribed,
        title=reading.text(found.get("title")),
        published=reading.date(found.get("published")),
        published_at=found["published"][1].at if "published" in found else at,
        signed=reading.date(found.get("signed")),
        source=reading.text(found.get("source")),
        source_url=reading.text(found.get("source_url")),
        index_number=reading.text(found.get("index_number")),
        explanations=tuple(_explanations(form, found.get("explanations"), reading)),
        corrections=tuple(read_corrections(form, found.get("corrections"), reading)),
        attachments=_attachments(place, reading),
        at=at,
    )


def _form(root: Fields, year: int, reading: Reading) -> Format | None:
    """The form the report names, or the one for its year."""
    proper = reading.law.format_for(year)
    spelled = labels.index({"format": KEYS["format"]})
    entry = next((pair for pair in root.pairs if labels.normal(pair[0].text) in spelled), None)
    name = reading.text(entry)
    known = "、".join(form.id for form in reading.law.formats)
    if not name:
        if proper is None:
            zh, en = f"{year} 年度没有对应的格式，已有：{known}", f"no form is known for {year}; known: {known}"
            reading.note("S-03", root.at, zh, en)
        return proper
    form, at = reading.law.format_named(name), entry[1].at if entry else root.at
    if form is None:
        reading.note("S-03", at, f"没有“{name}”这个格式，已有：{known}", f"no form is called “{name}”; known: {known}")
    elif form is not proper:
        zh = f"{year} 年度应使用格式“{proper.id}”，这里写的是“{name}”" if proper else f"{year} 年度不在格式“{name}”的适用年度内"
        reading.note("S-03", at, zh, f"the form “{name}” is not for {year}")
    return form


def _year(found: dict[str, Entry], year: int, at: Location, reading: Reading) -> None:
    said = reading.text(found.get("year")).removesuffix("年").removesuffix("年度")
    if not said:
        reading.note("C-05", at, "缺少“年度”", "the key 年度 (year) is missing")
    elif said != str(year):
        advice = Text("改正“年度”，或把文件夹改名", "correct the year or rename the folder")
        zh, en = f"“年度”写的是 {said}，但文件夹是 {year}", f"the file says {said}, its folder says {year}"
        reading.note("C-04", found["year"][1].at, zh, en, advice=advice)


def _narrative(place: Place, form: Format, transcribed: Transcription | None, reading: Reading) -> Narrative:
    path, left_out = place.files.narrative, transcribed.left_out if transcribed else ()
    if not path and all(section.table or section.id in left_out for section in form.sections):
        return NOTHING
    if not path:
        where = f"content/agencies/{place.slug}/{place.files.year}/narrative.md"
        zh, en = "缺少 narrative.md（报告正文）", "narrative.md (the text of the report) is missing"
        reading.note("S-01", Location(where), zh, en)
        return NOTHING
    text = reading.contents(path)
    return NOTHING if text is None else read_narrative(form, text, path, left_out, reading)


def _explanations(form: Format, entry: Entry | None, reading: Reading) -> list[Explanation]:
    found = []
    for node in reading.items(entry):
        row = reading.fields(node, EXPLANATION, Text("“说明”的一条", "an explanation"))
        rule, reason = reading.text(row.get("rule")).upper(), reading.text(row.get("reason"))
        if rule not in reading.law.rules:
            zh = f"没有“{rule}”这条规则" if rule else "这条说明没有写“规则”"
            reading.note(
                "C-04",
                node.at,
                zh,
                f"no rule is called “{rule}”",
                advice=Text("照检查结果中的编号写，如 Y-02", "copy the rule's ID from the check"),
            )
        elif len(labels.normal(reason)) < SHORTEST_REASON:
            reading.note(
                "C-05",
                node.at,
                "这条说明没有写明“原因”",
                "the explanation gives no reason",
                advice=Text("原因会公开，请写一句完整的话", "the reason is published; write a sentence"),
            )
        elif (cell := read_cell(form, row.get("cell"), reading)) or "cell" not in row:
            found.append(Explanation(rule, reason, cell, reading.text(row.get("person")), reading.text(row.get("fingerprint")), node.at))
    return found


def _attachments(place: Place, reading: Reading) -> tuple[Attachment, ...]:
    """The files of the report's own folder, as far as they may be published: kinds on a list, 50 MB at most."""
    folder = f"content/agencies/{place.slug}/{place.files.year}/files/"
    kept = []
    for path, (size, sha256) in reading.files.digests(place.files.files).items():
        kind = PurePosixPath(path).suffix.lower().removeprefix(".") or "（没有扩展名）"
        if kind not in ALLOWED:
            zh, en = f"附件类型“{kind}”不能发布，可用：{'、'.join(sorted(ALLOWED))}", f"attachments of type “{kind}” are not published"
            reading.note("P-04", Location(path), zh, en)
        elif size > MAX_ATTACHMENT:
            reading.note("P-04", Location(path), "附件超过 50 MB", "the attachment is larger than 50 MB")
        else:
            kept.append(Attachment(path.removeprefix(folder), size, sha256, path))
    return tuple(kept)
