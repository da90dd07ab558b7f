"""A report from open data: the lines of one report in a figures.csv, or the tables.csv beside its page, as a report.yaml.

What comes out is read back by the loader before anybody sees it: a report.yaml that would not say the very figures of the CSV is never
given. Texts of a report are not in a CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.importing.cells import Cells, Row
from generator.importing.records import Record, records
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.model.figure import Figure
from generator.model.finding import Finding, Location, Text
from generator.model.format import Format
from generator.model.law import Law
from generator.model.report import Report
from generator.model.source import SLUG, Node, Problem, ReportFiles
from generator.render.report_yaml import report_yaml
from generator.source.nodes import parse

NEEDED, TAKEN = ("address", "value", "state"), ("agency", "year", "form", "unit", "raw", "computed")
YEAR = re.compile("20[0-9]{2}")
NO_TEXT = re.compile("[\ud800-\udfff]")  # what is left of bytes that are no UTF-8


class Unclear(Exception):
    """It is not clear which report is meant; `text` says what to add, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Imported:
    """What a file gave: whose report, its form, its figures by address with their lines, the report.yaml, and what is wrong. The YAML is
    empty where anything is."""

    agency: str
    year: int
    form: Format | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    yaml: str = ""
    findings: tuple[Finding, ...] = ()


def read(path: Path, law: Law, agency: str = "", year: int = 0) -> Imported:
    """One report of a CSV. `agency` and `year` choose it, and name it where the file does not. Raises Unclear, and OSError."""
    importer = _Importer(path.name, law, agency, year)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        return importer.imported(records(lines))


class _Importer:
    def __init__(self, name: str, law: Law, agency: str, year: int) -> None:
        self.name, self.law = name, law
        self.wanted = (agency, str(year or ""))
        self.chosen: tuple[str, str] | None = None
        self.reading = Reading(law, _InMemory(""), agency, year or None)

    def imported(self, found: Iterator[Record]) -> Imported:
        head = self._head(next(found, Record(1, None)))
        rows = list(self._rows(head, found)) if head else []
        agency, year = self._whose(rows)
        form = self._form(rows, year) if year else None
        figures = Cells(form, self.reading).read(rows) if form and not self.reading.findings else {}
        text = ""
        if form and not self.reading.findings:
            text = report_yaml(Report(agency, year, form, figures, {}), filled=False).decode()
            self._read_back(text, form, figures, year)
        found_here = tuple(self.reading.findings)
        return Imported(agency, year, form, figures, "" if found_here else text, found_here)

    def _head(self, record: Record) -> Mapping[str, int]:
        """Column name → its number; empty with a finding where the file has no such head."""
        names = [one.text.strip() for one in record.fields or ()]
        lacking = [name for name in NEEDED if name not in names]
        twice = [name for name in (*NEEDED, *TAKEN) if names.count(name) > 1]
        at = Location(self.name, record.line)
        if lacking:
            listed = "、".join(lacking)
            self.reading.note("C-05", at, f"第一行缺少列：{listed}", f"the first line lacks the columns {', '.join(lacking)}")
        for name in twice:
            self.reading.note("C-02", at, f"列“{name}”写了两次", f"the column “{name}” is there twice")
        return {} if lacking or twice else {name: names.index(name) for name in (*NEEDED, *TAKEN) if name in names}

    def _rows(self, head: Mapping[str, int], found: Iterator[Record]) -> Iterator[Row]:
        """The lines of the one report that is meant."""
        width = max(head.values()) + 1
        for record in found:
            fields = record.fields or ()
            if len(fields) < width or any(NO_TEXT.search(one.text) for one in fields):
                zh, en = (
                    "这一行不是完整的 CSV（逗号、引号或编码不对）",
                    "this line is no complete CSV: commas, quotes or encoding are wrong",
                )
                self.reading.note("C-01", Location(self.name, record.line, record.column), zh, en)
                continue
            row = {
                name: (fields[place].text.strip(), Location(self.name, record.line, fields[place].column)) for name, place in head.items()
            }
            if self._meant(row):
                yield row

    def _meant(self, row: Row) -> bool:
        """Whether a line is of the report that was asked for. Where none was, the first line settles it, and the others must agree."""
        said = tuple(row[name][0] if name in row else "" for name in ("agency", "year"))
        if any(one and wanted and one != wanted for one, wanted in zip(said, self.wanted, strict=True)):
            return False
        agency, year = (one or wanted for one, wanted in zip(said, self.wanted, strict=True))
        self.chosen = self.chosen or (agency, year)
        if self.chosen != (agency, year):
            raise Unclear(
                f"{self.name} 里不止一份报告，请用 --agency 和 --year 选定，如 --agency {agency} --year {year}",
                f"{self.name} holds more than one report; choose with --agency and --year, as in --agency {agency} --year {year}",
            )
        return True

    def _whose(self, rows: Sequence[Row]) -> tuple[str, int]:
        """The agency and the year; year 0 where there is nothing to go by."""
        if not rows:
            if not self.reading.findings:
                raise Unclear(f"{self.name} 里没有要的报告", f"{self.name} does not hold that report")
            return "", 0
        agency, year = self.chosen or ("", "")
        if not agency or not year:
            raise Unclear(
                "文件里没有写机关和年度，请用 --agency 和 --year 写明", "the file does not say whose it is; use --agency and --year"
            )
        at = Location(self.name, rows[0]["address"][1].line)
        if not SLUG.fullmatch(agency):
            zh, en = f"“{agency}”不能作文件夹名", f"“{agency}” is no folder name"
            self.reading.note("C-08", at, zh, en)
        if not YEAR.fullmatch(year):
            self.reading.note("C-04", at, f"“{year}”不是年度", f"“{year}” is no year")
            return agency, 0
        self.reading.agency, self.reading.year = agency, int(year)
        return agency, int(year)

    def _form(self, rows: Sequence[Row], year: int) -> Format | None:
        """The form that the lines name, else that of the year; they must name one."""
        named = {row["form"][0]: row["form"][1] for row in reversed(rows) if "form" in row}
        form = self.law.format_named(next(iter(named))) if named else self.law.format_for(year)
        if form is None or len(named) > 1:
            at = next(iter(named.values()), Location(self.name))
            listed = "、".join(named) or str(year)
            zh, en = f"没有这种法定格式，或写了不止一种：{listed}", f"no such form, or more than one: {', '.join(named) or year}"
            self.reading.note("C-04", at, zh, en)
            return None
        return form

    def _read_back(self, text: str, form: Format, figures: Mapping[str, Figure], year: int) -> None:
        """A finding for each cell that the loader would not read from the YAML as the CSV says it."""
        path = "report.yaml"
        found = read_report(Place("imported", ReportFiles(year, path)), Reading(self.law, _InMemory(text)))
        for address, figure in figures.items():
            again = found.figures[address] if found else None
            if (again is None or _told(again) != _told(figure)) and figure.at:
                label = form.cells[address].label
                said = again.mark if again else "—"
                zh = f"“{label}”写成 report.yaml 以后会读作“{said}”，不是“{figure.mark}”（computed 只用于由程序相加的总计）"
                en = f"“{label}” would be read from report.yaml as “{said}”, not “{figure.mark}” (computed is for totals that we add up)"
                self.reading.note("C-04", figure.at, zh, en, cells=(address,))


def _told(figure: Figure) -> tuple[object, ...]:
    return figure.state, figure.value, figure.raw, figure.unit, figure.computed


@dataclass(frozen=True)
class _InMemory:
    """A folder with one file that has no name."""

    held: str

    def text(self, path: str) -> str | Problem:
        return self.held

    def nodes(self, text: str, path: str) -> Node | None:
        return parse(text, path)

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str]]:
        return {}
