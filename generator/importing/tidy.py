"""A report from open data as a report.yaml: one report of a figures.csv, or of a tables.csv.

The loader reads the result back first: a report.yaml whose figures would differ from those of
the CSV is never given. The texts of a report are not in a CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.importing.cells import Cells, Row
from generator.importing.records import Record, records
from generator.language.sentence import listed, sentence
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.model.figure import Figure
from generator.model.finding import Finding, Location, Text
from generator.model.format import Format, filled_as
from generator.model.law import Law
from generator.model.report import Report
from generator.model.source import SLUG, ReportFiles
from generator.render.report_yaml import report_yaml
from generator.source.given import Given

NEEDED = ("address", "value", "state")
COLUMNS = (*NEEDED, "agency", "year", "form", "unit", "raw", "computed")
YEAR = re.compile("20[0-9]{2}")
LARGEST = 30_000_000  # bytes that are looked at to tell the encoding
LONGEST = 1_000_000  # of a line; what goes on longer is cut, and then no proper line
NO_TEXT = re.compile("[\ud800-\udfff]")  # what is left of bytes that are no UTF-8


class Unclear(Exception):
    """It is not clear which report is meant; `text` says what to add."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.source)
        self.text = text


@dataclass(frozen=True)
class Imported:
    """A report of a file: agency, year, form, figures by address, report.yaml and findings.

    The figures carry their lines. The YAML is empty where there are findings.
    """

    agency: str
    year: int
    form: Format | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    yaml: str = ""
    findings: tuple[Finding, ...] = ()


def read(path: Path, law: Law, agency: str = "", year: int = 0) -> Imported:
    """One report of a CSV. `agency` and `year` choose it, and name it where the file does not.

    Raises Unclear, and OSError.
    """
    importer = _Importer(path.name, law, agency, year)
    with path.open(encoding=_encoding(path), errors="surrogateescape", newline="") as lines:
        return importer.imported(records(iter(partial(lines.readline, LONGEST), "")))


def is_open_data(path: Path) -> bool:
    """Whether a CSV has the columns of the open data, which need no reading of labels.

    A file that cannot be looked into twice, as a pipe, is taken for one.
    """
    if not path.is_file():
        return True
    with path.open("rb") as stream:
        head = stream.readline(LONGEST).decode("utf-8-sig", "replace")
    return "address" in head


def _encoding(path: Path) -> str:
    """UTF-8, unless Excel saved the file in the encoding of Chinese Windows."""
    if not path.is_file() or path.stat().st_size > LARGEST:
        return "utf-8-sig"
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8-sig"


class _Importer:
    """Reads one report of the file `name`."""

    def __init__(self, name: str, law: Law, agency: str, year: int) -> None:
        self.name = name
        self.law = law
        self.requested = (agency, str(year or ""))  # empty texts where nothing was requested
        self.chosen: tuple[str, str] | None = None
        self.reading = Reading(law, Given({}), agency, year or None)

    def imported(self, lines: Iterator[Record]) -> Imported:
        """The report of these lines, the first of which names the columns."""
        head = self._head(next(lines, Record(1, None)))
        rows = list(self._rows(head, lines)) if head else []
        agency, year = self._identity(rows)
        form = self._form(rows, year) if year else None
        figures: Mapping[str, Figure] = {}
        if form and not self.reading.findings:
            figures = Cells(form, self.reading).read(rows)
        yaml = ""
        if form and not self.reading.findings:
            report = Report(agency, year, form, figures, {})
            yaml = report_yaml(report, filled=False).decode()
            self._read_back(yaml, report)
        findings = tuple(self.reading.findings)
        return Imported(agency, year, form, figures, "" if findings else yaml, findings)

    def _head(self, record: Record) -> Mapping[str, int]:
        """Column name → its number; empty with a finding where the file has no such head."""
        names = [cell.text.strip() for cell in record.fields or ()]
        missing = [name for name in NEEDED if name not in names]
        repeated = [name for name in COLUMNS if names.count(name) > 1]
        place = Location(self.name, record.line)
        if missing:
            message = sentence("第一行缺少列：{names}", names=listed(missing))
            self.reading.note("C-05", place, message)
        for name in repeated:
            self.reading.note("C-02", place, sentence("列“{name}”写了两次", name=name))
        if missing or repeated:
            return {}
        return {name: names.index(name) for name in COLUMNS if name in names}

    def _rows(self, head: Mapping[str, int], lines: Iterator[Record]) -> Iterator[Row]:
        """The lines of the report that is meant; a finding for each line that is no proper CSV."""
        width = max(head.values()) + 1
        for record in lines:
            fields = record.fields or ()
            if fields and not any(cell.text.strip() for cell in fields):
                continue  # Excel leaves empty rows behind
            if len(fields) < width or any(NO_TEXT.search(cell.text) for cell in fields):
                message = sentence("这一行不是完整的 CSV（逗号、引号或编码不对）")
                place = Location(self.name, record.line, record.column)
                self.reading.note("C-01", place, message)
                continue
            cells = {name: fields[number] for name, number in head.items()}
            row = {
                name: (cell.text.strip(), Location(self.name, record.line, cell.column))
                for name, cell in cells.items()
            }
            if self._is_meant(row):
                yield row

    def _is_meant(self, row: Row) -> bool:
        """Whether a line is of the requested report.

        Where none was requested, the first line decides, and the others must agree.
        """
        identity = []
        for column, request in zip(("agency", "year"), self.requested, strict=True):
            text = row[column][0] if column in row else ""
            if text and request and text != request:
                return False
            identity.append(text or request)
        agency, year = identity
        self.chosen = self.chosen or (agency, year)
        if self.chosen != (agency, year):
            options = f"--agency {agency} --year {year}"
            raise Unclear(
                sentence(
                    "{file} 里不止一份报告，请用 --agency 和 --year 选定，如 {options}",
                    file=self.name,
                    options=options,
                ),
            )
        return True

    def _identity(self, rows: Sequence[Row]) -> tuple[str, int]:
        """The agency and the year; the year is 0 where a finding says why there is none."""
        if not rows:
            if not self.reading.findings:
                raise Unclear(sentence("{file} 里没有要的报告", file=self.name))
            return "", 0
        agency, year = self.chosen or ("", "")
        if not agency or not year:
            raise Unclear(
                sentence("文件里没有写机关和年度，请用 --agency 和 --year 写明"),
            )
        place = Location(self.name, rows[0]["address"][1].line)
        if not SLUG.fullmatch(agency):
            message = sentence("“{agency}”不能作文件夹名", agency=agency)
            self.reading.note("C-08", place, message)
        if not YEAR.fullmatch(year):
            self.reading.note("C-04", place, sentence("“{year}”不是年度", year=year))
            return agency, 0
        self.reading.agency = agency
        self.reading.year = int(year)
        return agency, int(year)

    def _form(self, rows: Sequence[Row], year: int) -> Format | None:
        """The form that the lines name, else that of the year.

        None with a finding where they name several, or none that we know.
        """
        places = {row["form"][0]: row["form"][1] for row in reversed(rows) if "form" in row}
        form = self.law.format_named(next(iter(places))) if places else self.law.format_for(year)
        if form is None or len(places) > 1:
            place = next(iter(places.values()), Location(self.name))
            names = listed(places or [str(year)])
            message = sentence("没有这种法定格式，或写了不止一种：{names}", names=names)
            self.reading.note("C-04", place, message)
            return None
        return filled_as(form, {row["address"][0] for row in rows})

    def _read_back(self, yaml: str, report: Report) -> None:
        """A finding for each cell that the loader would read from the YAML in another way."""
        files = ReportFiles(report.year, "report.yaml")
        given = Given({files.figures: yaml})
        copy = read_report(Place("imported", files), Reading(self.law, given))
        for address, figure in report.figures.items():
            reread = copy.figures[address] if copy else None
            if figure.at is None or (reread and _content(reread) == _content(figure)):
                continue
            label = report.format.cells[address].label
            mark = reread.mark if reread else "—"
            message = sentence(
                "“{label}”写成 report.yaml 以后会读作“{mark}”，不是“{original}”（computed "
                "只用于由程序相加的总计）",
                label=label,
                mark=mark,
                original=figure.mark,
            )
            self.reading.note("C-04", figure.at, message, cells=(address,))


def _content(figure: Figure) -> tuple[object, ...]:
    return figure.state, figure.value, figure.raw, figure.unit, figure.computed
