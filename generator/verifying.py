"""Checking what was published: a site against its manifest, a PDF against the data inside it. Nobody need trust the builder."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from generator.model.finding import Finding, Severity, Text
from generator.model.report import Report

MANIFEST = "manifest.json"
# The attached figures are read as a report of nobody; what only a whole site can be asked is not asked of it.
ASKED = ("C-", "V-", "T2-", "T3-", "T4-", "S-03", "S-04", "S-05")
FIRST = 20  # differences that are told one by one
LONGEST = 120  # of a line that may say anything
FILLED = re.compile(r",(?:true|false)(,[0-9]+)$")  # computed, then the version
AGENCY = "名称: 附件中的报告\n类型: 工作部门\n层级: 县级\n"


def site(folder: Path) -> Iterator[Text]:
    """What differs between a published site and its manifest: files that are gone, changed, or were never part of it."""
    try:
        document = json.loads((folder / MANIFEST).read_bytes())
        listed = {str(path): str(entry["sha256"]) for path, entry in document["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield Text(f"没有可读的 {MANIFEST}，不是本程序生成的网站", f"no readable {MANIFEST}: not a site of ours")
        return
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    for path in sorted(set(listed) - there):
        yield Text(f"缺少文件：{path}", f"missing: {path}")
    for path in sorted(there - set(listed)):
        yield Text(f"清单以外的文件：{path}", f"not in the manifest: {path}")
    for path in sorted(there & set(listed)):
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != listed[path]:
            yield Text(f"内容已变：{path}", f"changed: {path}")


def pdf(data: bytes) -> Iterator[Text]:
    """What is wrong with a report's PDF: data that are not in it, figures that do not add up, cells that print something else than the
    data say."""
    from generator.render.finished import NotReadable, held

    try:
        inside = held(data)
    except NotReadable as error:
        yield Text(f"不是可读的 PDF：{error}", f"no readable PDF: {error}")
        return
    if "report.yaml" not in inside.attachments or "tables.csv" not in inside.attachments:
        yield Text("PDF 里没有附带数据（report.yaml、tables.csv）", "no data inside (report.yaml, tables.csv)")
        return
    report, found = _read(inside.attachments["report.yaml"])
    for one in found:
        yield Text(f"{one.rule}: {one.message.zh}", f"{one.rule}: {one.message.en}")
    if report is None:
        yield Text("附带的 report.yaml 读不出来", "the attached report.yaml cannot be read")
        return
    yield from _printed(report, inside.cells)
    yield from _tabled(report, inside.attachments["tables.csv"])


def _read(data: bytes) -> tuple[Report | None, list[Finding]]:
    """The attached report and what its figures break, explained findings left out. Read as any report is: in a site of its own."""
    from generator.pipeline import inspect

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        year = next(
            (line.partition(":")[2].strip() for line in data.decode("utf-8", "replace").split("\n") if line.startswith("年度:")), ""
        )
        folder = root / "content" / "agencies" / "attached" / (year if re.fullmatch("[0-9]{4}", year) else "0000")
        folder.mkdir(parents=True)
        (root / "site.yaml").write_text("title: x\n", "utf-8")
        (folder.parent / "agency.yaml").write_text(AGENCY, "utf-8")
        (folder / "report.yaml").write_bytes(data)
        inspection = inspect(root)
    found = [one for one in inspection.findings if one.rule.startswith(ASKED) and one.severity is Severity.ERROR]
    return next(iter(inspection.site.reports.values()), None), found


def _printed(report: Report, cells: Mapping[str, str]) -> Iterator[Text]:
    """Cells whose print is not their figure; a total that the report left out may carry its mark, and so may a corrected figure."""
    for address, figure in report.figures.items():
        label = report.format.cells[address].label
        said = cells.get(address)
        if said is None:
            yield Text(f"“{label}”没有印出来", f"“{label}” is not printed")
        elif said.removesuffix("†").removesuffix("*") != figure.mark:
            yield Text(f"“{label}”印的是 {said}，数据是 {figure.mark or '空白'}", f"“{label}” prints {said}, the data say {figure.mark}")


def _tabled(report: Report, data: bytes) -> Iterator[Text]:
    """Lines of the attached tables.csv that are not those of the report, or stand elsewhere."""
    from generator.render.files import tables_csv

    wanted, there = _lines(tables_csv(report)), _lines(data)
    found = _differences(wanted, there)
    yield from islice(found, FIRST)
    if more := sum(1 for _ in found):
        yield Text(f"tables.csv 还有 {more} 行不一致", f"{more} more differences in tables.csv")


def _differences(wanted: Sequence[str], there: Sequence[str]) -> Iterator[Text]:
    for kind, start, end, first, last in SequenceMatcher(None, wanted, there, autojunk=False).get_opcodes():
        if kind != "equal":
            for number, line in enumerate(there[first:last], first + 1):
                said = line[:LONGEST]
                yield Text(
                    f"tables.csv 第 {number} 行与 report.yaml 不一致：{said}",
                    f"line {number} of tables.csv differs from report.yaml: {said}",
                )
            for line in wanted[start:end]:
                yield Text(f"tables.csv 在这里应有：{line}", f"tables.csv should say here: {line}")


def _lines(data: bytes) -> Sequence[str]:
    """The lines of a tables.csv, but for what they say of totals that were filled in: the attached YAML no longer tells."""
    return [FILLED.sub(r",\1", line) for line in data.decode("utf-8-sig", "replace").split("\r\n")]
