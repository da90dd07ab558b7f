"""Checks of published files: a site against its manifest, a PDF against the data inside it.

Readers can check both without trusting whoever built them.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from generator.files.door import Door, NotTaken
from generator.language.sentence import joined, sentence
from generator.model.finding import Finding, Severity, Text
from generator.model.report import Report
from generator.model.stranger import read_json

MANIFEST = "manifest.json"
LARGEST = 500_000_000
# The attached report is read without its agency and site, so rules about a whole site are left out.
RULES = ("C-", "V-", "T2-", "T3-", "T4-", "S-03", "S-04", "S-05")
FIRST = 20  # how many differences are listed one by one
LONGEST = 120  # characters of a line of unknown content
FILLED = re.compile(r",(?:true|false)(,[0-9]+)$")  # the column `computed`, then the version
AGENCY = "名称: 附件中的报告\n类型: 工作部门\n层级: 县级\n"


def site(folder: Path) -> Iterator[Text]:
    """The differences between a published site and its manifest: missing, extra, changed files."""
    door = Door(folder)
    try:
        document = read_json(door.data(MANIFEST, LARGEST))
        listed = {str(path): str(entry["sha256"]) for path, entry in document["files"].items()}
    except (NotTaken, ValueError, KeyError, TypeError, AttributeError):
        yield sentence("没有可读的 {MANIFEST}，不是本程序生成的网站", MANIFEST=MANIFEST)
        return
    files = [path for path in folder.rglob("*") if path.is_file()]
    present = {path.relative_to(folder).as_posix() for path in files} - {MANIFEST}
    for path in sorted(set(listed) - present):
        yield sentence("缺少文件：{path}", path=path)
    for path in sorted(present - set(listed)):
        yield sentence("清单以外的文件：{path}", path=path)
    for path in sorted(present & set(listed)):
        if not _same(door, path, listed[path]):
            yield sentence("内容已变：{path}", path=path)


def _same(door: Door, path: str, sha256: str) -> bool:
    try:
        return door.sealed(path, sys.maxsize)[1] == sha256
    except NotTaken:
        return False


def pdf(data: bytes) -> Iterator[Text]:
    """The errors of a report's PDF.

    They are: no data inside, figures that do not add up, cells that differ from the data.
    """
    from generator.render.finished import NotReadable, content

    try:
        document = content(data)
    except NotReadable as error:
        yield sentence("不是可读的 PDF：{error}", error=error)
        return
    attachments = document.attachments
    if "report.yaml" not in attachments or "tables.csv" not in attachments:
        yield sentence("PDF 里没有附带数据（report.yaml、tables.csv）")
        return
    report, findings = _read(attachments["report.yaml"])
    for finding in findings:
        yield joined((finding.rule, finding.message), ": ")
    if report is None:
        yield sentence("附带的 report.yaml 读不出来")
        return
    yield from _printed(report, document.cells)
    yield from _tabled(report, attachments["tables.csv"])


def _read(data: bytes) -> tuple[Report | None, list[Finding]]:
    """The attached report and the errors of its figures that are not explained.

    It is read like any report, in a site that holds nothing else.
    """
    from generator.inspection import inspect

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "content" / "agencies" / "attached" / _year(data)
        folder.mkdir(parents=True)
        (root / "site.yaml").write_text("title: x\n", "utf-8")
        (folder.parent / "agency.yaml").write_text(AGENCY, "utf-8")
        (folder / "report.yaml").write_bytes(data)
        inspection = inspect(root)
    errors = [
        finding
        for finding in inspection.findings
        if finding.rule.startswith(RULES) and finding.severity is Severity.ERROR
    ]
    return next(iter(inspection.site.reports.values()), None), errors


def _year(data: bytes) -> str:
    """The year that a report.yaml states; `0000` where its first 年度 is no year, or is missing."""
    for line in data.decode("utf-8", "replace").split("\n"):
        if line.startswith("年度:"):
            year = line.partition(":")[2].strip()
            return year if re.fullmatch("[0-9]{4}", year) else "0000"
    return "0000"


def _printed(report: Report, cells: Mapping[str, str]) -> Iterator[Text]:
    """Cells that are printed differently from their figure.

    The marks of computed totals (`*`) and of corrected figures (`†`) do not count.
    """
    for address, figure in report.figures.items():
        label = report.format.cells[address].label
        text = cells.get(address)
        if text is None:
            yield sentence("“{label}”没有印出来", label=label)
        elif text.removesuffix("†").removesuffix("*") != figure.mark:
            mark = figure.mark or sentence("空白")
            yield sentence("“{cell}”印的是 {text}，数据是 {mark}", cell=label, text=text, mark=mark)


def _tabled(report: Report, data: bytes) -> Iterator[Text]:
    """Lines of the attached tables.csv that differ from the report's, or stand elsewhere."""
    from generator.derive.data.beside import tables_lines
    from generator.render.table_files import marked_csv

    expected = _lines(marked_csv(tables_lines(report)))
    differences = _differences(expected, _lines(data))
    yield from islice(differences, FIRST)
    count = sum(1 for _ in differences)
    if count:
        yield sentence("tables.csv 还有 {count} 行不一致", count=count)


def _differences(expected: Sequence[str], actual: Sequence[str]) -> Iterator[Text]:
    matcher = SequenceMatcher(None, expected, actual, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        for number, line in enumerate(actual[first:last], first + 1):
            excerpt = line[:LONGEST]
            yield sentence(
                "tables.csv 第 {number} 行与 report.yaml 不一致：{excerpt}",
                number=number,
                excerpt=excerpt,
            )
        for line in expected[start:end]:
            yield sentence("tables.csv 在这里应有：{line}", line=line)


def _lines(data: bytes) -> Sequence[str]:
    """The lines of a tables.csv, with the column `computed` made empty.

    The attached YAML does not say which totals were computed, so the column cannot be compared.
    """
    lines = data.decode("utf-8-sig", "replace").split("\r\n")
    return [FILLED.sub(r",\1", line) for line in lines]
