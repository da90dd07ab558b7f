"""What all rules find in the texts that this repository has, against the last recorded run.

usage: python benchmarks/ecosystem.py [--record] [FOLDER…]

The rules run over the sample's reports, the site of the tests and the labelled texts of tests/data;
of a FOLDER (published reports as .txt or .md) only the rules about texts, over each file as the text
of a report without figures. New and lost findings are printed: no change of vocabulary goes unseen.
Exit code 1 where there are any. `--record` keeps this run in tests/data/ecosystem.txt.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import text as measuring  # noqa: E402
from generator.check import hygiene, markup, narrative, parts, shares  # noqa: E402
from generator.check.case import Case  # noqa: E402
from generator.inspection import inspect, read_law  # noqa: E402
from generator.model.agency import Agency, Span  # noqa: E402
from generator.model.figure import Figure, State  # noqa: E402
from generator.model.finding import Finding, Location  # noqa: E402
from generator.model.report import Report, SectionText  # noqa: E402
from generator.model.settings import Settings  # noqa: E402
from generator.model.site import Site  # noqa: E402

LAW = read_law()
DAY = date(2030, 6, 1)
RECORD = ROOT / "tests" / "data" / "ecosystem.txt"
SITES = (ROOT, ROOT / "tests" / "good")
LABELLED = ("told.yaml", "clauses.yaml")
HEADING = re.compile(r"(?m)^(?=[一五六]、)")
SECTIONS = {"一": "overview", "五": "problems", "六": "other"}
FAMILIES = (narrative.check, parts.check, shares.check, hygiene.check, markup.check)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--record", action="store_true")
    chosen = options.parse_args()
    lines = sorted({*of_sites(), *of_corpora()})
    if chosen.record:
        RECORD.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{len(lines)} findings recorded in {RECORD.relative_to(ROOT)}")
    for folder in chosen.folders:
        print(*of_folder(folder), sep="\n")
    changes = list(compared(RECORD.read_text("utf-8").splitlines(), lines))
    print(*changes, sep="\n")
    print(f"{len(lines)} findings, {len(changes)} new or lost")
    return bool(changes)


def compared(recorded: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """New findings with a plus, lost ones with a minus."""
    for line in difflib.ndiff(recorded, lines):
        if line[:1] in "+-":
            yield line


def said(origin: str, finding: Finding) -> str:
    """A finding as a line: where it stands, its rule and its words."""
    return f"{origin} {finding.at.line}:{finding.at.column} {finding.rule} {finding.message.source}"


def of_sites() -> Iterator[str]:
    """All findings of the sites of this repository."""
    for root in SITES:
        for finding in inspect(root, today=DAY).findings:
            yield said(finding.at.path or str(root.relative_to(ROOT)), finding)


def of_corpora() -> Iterator[str]:
    """What is found in the labelled texts, beside tables that agree with the labels."""
    for name in LABELLED:
        corpus = yaml.safe_load((ROOT / "tests" / "data" / name).read_text("utf-8"))
        if isinstance(corpus, list):
            for stated in corpus:
                entry = measuring.Entry(stated)
                measuring.agree(entry)
                for finding in measuring.findings(entry, entry.now, entry.last):
                    yield said(f"{name}#{stated['id']}", finding)
        else:
            yield from of_contexts(name, corpus)


def of_contexts(name: str, corpus: Mapping[str, Any]) -> Iterator[str]:
    """Texts that are labelled with rules: what is found where every figure is 0."""
    for clause in corpus["clauses"]:
        context = corpus["contexts"][clause["in"]]
        report = nothing(context["year"], clause["section"], clause["text"])
        for finding in findings(report, context["agency"]):
            yield said(f"{name}#{clause['id']}", finding)


def of_folder(folder: Path) -> Iterator[str]:
    """What the rules about texts find in published reports, whose figures are not read."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".txt", ".md"}:
            continue
        document = path.read_text("utf-8", errors="replace")
        year = re.search(r"20\d\d", document)
        for part in HEADING.split(document):
            section = SECTIONS.get(part[:1], "overview")
            report = nothing(int(year[0]) if year else 2023, section, part, unreadable=True)
            for finding in findings(report, ""):
                yield said(path.name, finding)


def nothing(year: int, section: str, text: str, *, unreadable: bool = False) -> Report:
    """A report with one text, whose figures are all 0, or unreadable."""
    form = LAW.format_for(year)
    assert form is not None
    figure = Figure(State.UNREADABLE, None, "?") if unreadable else Figure(State.NUMBER, 0, "0")
    words = SectionText(section, "", text, Location("text.md"))
    return Report("body", year, form, dict.fromkeys(form.cells, figure), {section: words})


def findings(report: Report, name: str) -> Iterator[Finding]:
    """What the families about texts find in a report."""
    agency = Agency("body", (Span(name or "某机关"),), "department", "county")
    site = Site(Settings(), LAW, {"body": agency}, {("body", report.year): report}, {})
    case = Case(site, report, DAY)
    for family in FAMILIES:
        yield from family(case)


if __name__ == "__main__":
    sys.exit(main())
