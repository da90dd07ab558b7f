"""`gongkai import`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.settings import Settings
from generator.cli.verdict import code
from generator.files.door import Door, NotTaken, named
from generator.language.sentence import sentence
from generator.model.finding import Finding, Text, one_line

if TYPE_CHECKING:
    from generator.importing.document import Transcript
    from generator.importing.tidy import Imported
    from generator.model.law import Law

# A table of so many files is still read by somebody; a folder with more is no folder of reports.
MOST_FILES = 2_000
DEEPEST = 8
LARGEST = 30_000_000
REFUSED = 2


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="FILE|FOLDER…",
)
@click.option("--agency", default="", metavar="SLUG", help="The agency whose report it is.")
@click.option("--year", type=click.IntRange(2000, 2099), help="The reporting year.")
@click.option(
    "--write",
    is_flag=True,
    help="Write report.yaml and narrative.md into the site; what is there is not touched.",
)
@click.option("--force", is_flag=True, help="With --write: overwrite what is there.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="How the result is printed.",
)
@click.pass_obj
def import_(
    settings: Settings,
    files: Sequence[Path],
    agency: str,
    year: int | None,
    write: bool,
    force: bool,
    form: str,
) -> None:
    """导入已公开的报告。A published report, of any kind of document, as report.yaml and narrative.md.

    Web pages (html, mht), Word (docx), workbooks (xlsx, xls, ods), PDF with text, txt, md, and CSV,
    that of the open data included. A review is printed: what was read, solved, blank, unreadable.
    """
    from generator.inspection import law_of

    if write:
        settings.need_site()
    law, _ = law_of(settings.root)
    run = _Run(settings, law, agency, year or 0, _Output(write, force, form))
    for path in files:
        if path.is_dir():
            run.folder(path)
        else:
            run.file(path)
    sys.exit(run.worst)


@dataclass(frozen=True)
class _Output:
    """What becomes of what was read."""

    write: bool
    force: bool
    form: str


class _Run:
    """One call of the command; `worst` is its exit code."""

    def __init__(
        self, settings: Settings, law: Law, agency: str, year: int, output: _Output
    ) -> None:
        self.settings = settings
        self.law = law
        self.agency = agency
        self.year = year
        self.output = output
        self.worst = 0

    def say(self, text: Text) -> str:
        """A sentence in the language of the command line."""
        return one_line(text.say(self.settings.language))

    def file(self, path: Path) -> None:
        """One file, with its review."""
        from generator.importing.tidy import Unclear, is_open_data, read

        try:
            if path.suffix.lower() == ".csv" and is_open_data(path):
                self._tidy(path, read(path, self.law, self.agency, self.year))
                return
            transcript = self._transcript(path)
        except Unclear as unclear:
            self.settings.fail(unclear.text)
        if isinstance(transcript, Text):
            text = sentence("{file}：{why}", file=path.name, why=transcript)
            click.echo(f"gongkai: {self.say(text)}", err=True)
            self.worst = max(self.worst, REFUSED)
            return
        self._print(path, transcript)
        if self.output.write:
            self._write(path, transcript)

    def _transcript(self, path: Path) -> Transcript | Text:
        """What a document says, or why it is not read."""
        from generator.importing import kinds
        from generator.importing.document import transcribe
        from generator.importing.refusal import Refusal

        try:
            content = named(path, LARGEST)
            return transcribe(self.law, kinds.read(path.name, content), self.year)
        except NotTaken as refused:
            if refused.kind == "size":
                return sentence("文件超过 30 MB，没有读取")
            return sentence("不是可以读取的文件")
        except Refusal as refusal:
            return refusal.text

    # Output

    def _print(self, path: Path, transcript: Transcript) -> None:
        from generator.files.shipped import TEMPLATES
        from generator.importing.review import as_text, review_of

        language = self.settings.language
        if self.output.form == "json":
            click.echo(_document(self.law, path.name, transcript, self.agency, language))
            return
        review = review_of(path.name, transcript, language)
        if self.output.form == "html":
            from generator.render.html import standalone

            click.echo(standalone(TEMPLATES, "import.html", language, review=review))
        else:
            click.echo(as_text(review, transcript, language), nl=False)

    def _write(self, path: Path, transcript: Transcript) -> None:
        """Write the two files into the site, or say why that cannot be done."""
        from generator.importing.writing import narrative_of, yaml_of

        agency = self.agency or self._agency_of(transcript)
        year = transcript.year
        if not agency or not year:
            lacking = sentence("机关（--agency）") if not agency else sentence("年度（--year）")
            text = sentence(
                "{file}：文件里看不出{lacking}，请写明", file=path.name, lacking=lacking
            )
            self.settings.fail(text)
        folder = _report_folder(self.settings, agency, year)
        contents = {
            folder / "report.yaml": yaml_of(self.law, transcript, agency, year).decode(),
            folder / "narrative.md": narrative_of(transcript),
        }
        for target, content in contents.items():
            _write_file(self.settings, target, content, force=self.output.force)
            click.echo(target, err=True)

    def _agency_of(self, transcript: Transcript) -> str:
        """The one agency of the site whose name begins the title; empty where there is none."""
        from generator.load.agency import read_agency
        from generator.load.reading import Reading
        from generator.source.tree import Disk, scan

        title = transcript.texts.title.strip()
        reading = Reading(self.law, Disk(self.settings.root))
        names: dict[str, str] = {}
        for files in scan(self.settings.root).agencies:
            agency = read_agency(files, reading)
            if agency is not None and agency.name and title.startswith(agency.name):
                names[agency.name] = agency.slug
        return names[max(names, key=len)] if names else ""

    # Folders

    def folder(self, path: Path) -> None:
        """Every file of a folder, as a table: read, needs a person, refused and why."""
        lines = []
        counts = {"read": 0, "person": 0, "refused": 0}
        for name in _names(path):
            transcript = self._transcript(path / name)
            if isinstance(transcript, Text):
                counts["refused"] += 1
                lines.append(f"× {one_line(name)}\t{self.say(transcript)}")
                continue
            unsure = len(transcript.unsure) + len(transcript.questions)
            counts["person" if unsure else "read"] += 1
            lines.append(f"{'?' if unsure else '✓'} {one_line(name)}\t{self._line(transcript)}")
            if self.output.write:
                self._write(path / name, transcript)
        for line in lines:
            click.echo(line)
        total = sentence(
            "读完 {read} 份，要人看 {person} 份，没有读 {refused} 份",
            read=counts["read"],
            person=counts["person"],
            refused=counts["refused"],
        )
        click.echo(self.say(total))

    def _line(self, transcript: Transcript) -> str:
        from generator.importing.solving import How
        from generator.importing.wording import state_name

        counted = [
            f"{self.say(state_name(how))} {transcript.count(how)}"
            for how in How
            if transcript.count(how)
        ]
        year = transcript.year or "—"
        title = transcript.texts.title or "—"
        return "\t".join((transcript.form.id, str(year), " ".join(counted), one_line(title)))

    # Open data

    def _tidy(self, path: Path, imported: Imported) -> None:
        """A CSV of the open data."""
        settings = self.settings
        if imported.findings:
            click.echo(console.as_text(imported.findings, path.parent, settings.language), err=True)
        if self.output.form == "json":
            click.echo(_tidy_document(imported, settings.language))
        else:
            click.echo(imported.yaml, nl=False)
        if self.output.write and not imported.findings:
            target = _report_folder(settings, imported.agency, imported.year) / "report.yaml"
            _write_file(settings, target, imported.yaml, force=self.output.force)
            click.echo(target, err=True)
        self.worst = max(self.worst, code(imported.findings, "error"))


def _names(folder: Path) -> list[str]:
    """The files in a folder and below, sorted, as paths relative to it; hidden ones left out."""
    door = Door(folder)
    names: list[str] = []
    waiting = [("", 0)]
    while waiting and len(names) < MOST_FILES:
        path, depth = waiting.pop()
        for entry in door.entries(path, MOST_FILES * 5):
            if entry.name.startswith((".", "~$")):
                continue
            if entry.kind == "folder" and depth < DEEPEST:
                waiting.append((entry.path, depth + 1))
            elif entry.kind == "file":
                names.append(entry.path)
    return sorted(names)[:MOST_FILES]


def _report_folder(settings: Settings, agency: str, year: int) -> Path:
    """The folder of a report of an agency that there is; else ends with a sentence."""
    folder = settings.root / "content" / "agencies" / agency
    if not (folder / "agency.yaml").is_file():
        settings.fail(
            sentence("没有“{agency}”这个机关，请先 gongkai new agency {agency}", agency=agency)
        )
    return folder / str(year)


def _write_file(settings: Settings, path: Path, content: str, *, force: bool) -> None:
    """Write a file; ends with a sentence where there is one already, unless `force`."""
    if path.exists() and not force:
        settings.fail(sentence("{path} 已经存在，不会覆盖（要覆盖请加 --force）", path=path))
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")


def _document(law: Law, name: str, transcript: Transcript, agency: str, language: str) -> str:
    """The result of a document as JSON."""
    from generator.importing.findings import findings

    texts = transcript.texts
    figures = {
        address: {
            "state": cell.figure.state.value,
            "value": _number(cell.figure.value),
            "raw": cell.source if cell.source else cell.figure.raw,
            "line": cell.tokens[0].spot.line if cell.tokens else None,
            "place": cell.tokens[0].spot.part if cell.tokens else "",
            "unit": cell.figure.unit,
            "how": cell.how.value,
            "by": list(cell.by),
            "why": cell.cause.value,
        }
        for address, cell in transcript.cells.items()
    }
    document = {
        "agency": agency or None,
        "title": texts.title or None,
        "year": transcript.year or None,
        "format": transcript.form.id,
        "published": str(texts.published) if texts.published else None,
        "signed": str(texts.signed) if texts.signed else None,
        "figures": figures,
        "preface": texts.preface,
        "sections": dict(texts.sections),
        "left_out": list(texts.left_out),
        "attachments": list(transcript.attachments),
        "findings": _as_json(tuple(findings(law, name, transcript)), language),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _tidy_document(imported: Imported, language: str) -> str:
    """The result of open data as JSON; a CSV holds no texts, so the sections are empty."""
    figures = {
        address: {
            "state": figure.state.value,
            "value": _number(figure.value),
            "raw": figure.raw,
            "line": figure.at.line if figure.at else None,
        }
        for address, figure in imported.figures.items()
    }
    document = {
        "agency": imported.agency or None,
        "year": imported.year or None,
        "format": imported.form.id if imported.form else None,
        "figures": figures,
        "sections": {},
        "findings": _as_json(imported.findings, language),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _as_json(findings: tuple[Finding, ...], language: str) -> object:
    return json.loads(console.as_json(findings, 1, language))["findings"]
