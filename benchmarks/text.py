"""How much of what texts state is read, and how often a finding is right: by rule, over a labelled corpus.

usage: python benchmarks/text.py CORPUS.yaml [--record NAME] [--all]

An entry has `body`, `year`, `section`, `text` and `claims`: `words` of the text, the `number` that
they state, and the `cells` whose sum it is (`table.row.column`; `row.*` stands for all rows of a
group). `of: YEAR` is a claim about last year's report, `growth: {percent | count | same}` one about
the difference to it. `inner` has sums and shares within the text, each true or false.

For each entry a report is made whose tables agree with the text: whatever is found there is a false
alarm. Then, for each claim, one in which exactly its figure is off, by one or by a slip of digits:
a finding at its words means that it was read. What no claim speaks of has figures that stand nowhere
in the text. `--record` keeps the numbers for docs/rules.md; `--all` lists what was read, too.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from generator.check import narrative, parts, shares
from generator.check.case import Case
from generator.inspection import read_law
from generator.language.paragraphs import paragraphs
from generator.model.agency import Agency, Span
from generator.model.figure import Figure, Number, State
from generator.model.finding import Finding, Location
from generator.model.report import Report, SectionText
from generator.model.settings import Settings
from generator.model.site import Site

LAW = read_law()
TODAY = date(2030, 6, 1)
RECORD = Path(__file__).parent.parent / "generator" / "formats" / "measured.yaml"
HEAD = "# How well claims are read: written by benchmarks/text.py --record, printed in docs/rules.md.\n"
SUMS = ("X-08", "X-09")
GROWTH = "X-10"
# What kind of body a name tells, by how it ends.
KINDS = (
    (r"(?:镇|乡)人民政府$", "township", "township"),
    (r"街道办事处$", "subdistrict", "township"),
    (r"省人民政府$", "government", "province"),
    (r"市人民政府$", "government", "prefecture"),
    (r"人民政府$", "government", "county"),
    (r"办公[厅室]$", "office", "county"),
    (r"(?:管理委员会|管委会)$", "zone", "county"),
    (r"", "department", "county"),
)
# The rule that a claim of a row belongs to where it was not read, so that no finding says it.
RULES = {
    "received": "X-01",
    "carried_in": "X-03",
    "carried_out": "X-03",
    "concluded": "X-02",
    "normative_documents": "X-06",
    "regulations": "X-06",
    "licences": "X-12",
    "penalties": "X-12",
    "coercive_measures": "X-12",
    "fees": "X-12",
    "fee_unpaid": "T3-07",
}


@dataclass
class Entry:
    """An entry, with the cells of this year's report and last year's that its claims speak of."""

    stated: dict[str, Any]
    now: dict[str, Number] = field(default_factory=dict)
    last: dict[str, Number] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    @property
    def claims(self) -> list[dict[str, Any]]:
        return self.stated.get("claims") or []

    @property
    def inner(self) -> list[dict[str, Any]]:
        """Sums and shares; YAML reads the key `true` as a truth value."""
        inner = self.stated.get("inner") or []
        return [
            {"words": item["words"], "true": item.get("true", item.get(True))} for item in inner
        ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("corpus", type=Path)
    options.add_argument("--record", metavar="NAME", default="")
    options.add_argument("--all", action="store_true")
    chosen = options.parse_args()
    measured = measure(yaml.safe_load(chosen.corpus.read_text("utf-8")), full=chosen.all)
    for line in measured.lines:
        print(line)
    print(table(measured))
    if chosen.record:
        record(chosen.record, measured)
    return 0


@dataclass
class Measured:
    """Counts by rule: claims labelled and read, findings and those of them that are right."""

    entries: int = 0
    labelled: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def rules(self) -> list[str]:
        return sorted({*self.labelled, *self.read, *self.false})


def measure(corpus: Sequence[dict[str, Any]], *, full: bool = False) -> Measured:
    """All entries of a corpus, tried."""
    measured = Measured(entries=len(corpus))
    for stated in corpus:
        entry = Entry(stated)
        agree(entry)
        try_entry(entry, measured, full=full)
    return measured


def cells_of(patterns: Sequence[str], cells: Sequence[str]) -> list[list[str]]:
    """For each pattern of a claim the cells of the form that it means."""
    meant = []
    for pattern in patterns:
        rows = re.compile(re.escape(pattern).replace(r"\*", r"[^.]+"))
        meant.append([cell for cell in cells if rows.fullmatch(cell)])
    return meant


def agree(entry: Entry) -> None:
    """Give the cells that claims speak of figures under which all of them are true."""
    form = LAW.format_for(entry.stated["year"])
    assert form is not None
    cells = list(form.cells)
    plain = [claim for claim in entry.claims if "growth" not in claim]
    # Single cells first, then sums: what is left of them goes to a cell that no claim names.
    for claim in sorted(plain, key=lambda claim: sum(map(len, cells_of(claim["cells"], cells)))):
        figures = figures_of(entry, claim)
        meant = [cell for group in cells_of(claim["cells"], cells) for cell in group]
        if not meant:
            entry.doubts.append(f"no such cell: {claim['cells']}")
            continue
        number = number_of(claim["number"])
        free = [cell for cell in meant if cell not in figures]
        rest = number - sum(figures.get(cell, 0) for cell in meant)
        for cell in free:
            figures[cell] = 0
        if free:
            figures[free[0]] = max(rest, 0)
        if sum(figures[cell] for cell in meant) != number:
            entry.doubts.append(f"labels contradict each other: {claim['words']}")
    for claim in entry.claims:
        if "growth" in claim:
            grow(entry, claim, [c for group in cells_of(claim["cells"], cells) for c in group])


def figures_of(entry: Entry, claim: dict[str, Any]) -> dict[str, Number]:
    """The report that a claim is about: this year's, or last year's."""
    year = claim.get("of")
    return entry.last if year and year != entry.stated["year"] else entry.now


def number_of(number: object) -> Number:
    return number if isinstance(number, int) else Decimal(str(number))


def grow(entry: Entry, claim: dict[str, Any], meant: Sequence[str]) -> None:
    """Give last year's cells figures from which those of this year have grown as is claimed."""
    free = [cell for cell in meant if cell not in entry.last]
    known = all(cell in entry.now for cell in meant)
    candidates = [sum(entry.now[cell] for cell in meant)] if known else range(10, 3000)
    for number in candidates:
        before = earlier(number, claim["growth"])
        if before is not None:
            break
    else:
        entry.doubts.append(f"no growth gives this: {claim['words']}")
        return
    if not known:
        entry.now |= dict.fromkeys(meant, 0) | {meant[0]: number}
    if not free:
        if not grown(sum(entry.last[c] for c in meant), number, claim["growth"]):
            entry.doubts.append(f"growth contradicts other labels: {claim['words']}")
        return
    rest = before - sum(entry.last.get(cell, 0) for cell in meant)
    entry.last |= dict.fromkeys(free, 0) | {free[0]: max(rest, 0)}


def earlier(number: Number, growth: dict[str, Any]) -> Number | None:
    """A number from which one has grown."""
    if growth.get("same"):
        return number
    if "count" in growth:
        before = number - number_of(growth["count"])
        return before if before >= 0 else None
    factor = 1 + Decimal(str(growth["percent"])) / 100
    if factor <= 0:
        return None
    near = int(Decimal(number) / factor)
    return next((n for n in range(max(near - 3, 1), near + 4) if grown(n, number, growth)), None)


def grown(before: Number, now: Number, growth: dict[str, Any]) -> bool:
    """Whether a growth is what two numbers give, as far as its decimals tell."""
    if growth.get("same"):
        return before == now
    if "count" in growth:
        return now - before == number_of(growth["count"])
    percent = Decimal(str(growth["percent"]))
    decimals = len(str(growth["percent"]).partition(".")[2])
    true = (Decimal(now) - before) / before * 100 if before else Decimal(10**6)
    return bool(abs(true - percent) <= max(Decimal(5) / 10 ** (decimals + 1), Decimal("0.1")))


def report_of(entry: Entry, year: int, stated: dict[str, Number], text: str) -> Report:
    """A report whose cells have the figures stated, and elsewhere ones that stand in no text."""
    form = LAW.format_for(year)
    assert form is not None
    chance = random.Random(f"{entry.stated['id']} {year}")
    numbers = {int(digits) for digits in re.findall(r"\d{1,9}", entry.stated["text"])}
    figures = {}
    for address in form.cells:
        number = stated.get(address)
        while number is None or (address not in stated and number in numbers):
            number = chance.randrange(3, 900) if "fees" not in address else 99999
        figures[address] = Figure(State.NUMBER, number, str(number))
    section = SectionText(entry.stated.get("section", "overview"), "", text, Location("text.md"))
    return Report("body", year, form, figures, {section.id: section})


def findings(entry: Entry, now: dict[str, Number], last: dict[str, Number]) -> list[Finding]:
    """What is found in the text of an entry beside these tables."""
    year, name = entry.stated["year"], entry.stated["body"]
    kind, level = next((kind, level) for ends, kind, level in KINDS if re.search(ends, name))
    report = report_of(entry, year, now, entry.stated["text"])
    prior = report_of(entry, year - 1, last, "")
    agency = Agency("body", (Span(name),), kind, level)
    reports = {("body", year): report, ("body", year - 1): prior}
    site = Site(Settings(), LAW, {"body": agency}, reports, {})
    case = Case(site, report, TODAY)
    return [*narrative.check(case), *parts.check(case), *shares.check(case)]


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where in a text words stand, which are quoted as its readers see them."""
    wanted = re.sub(r"\s", "", words)
    characters: list[str] = []
    offsets: list[int] = []
    for paragraph in paragraphs(text):
        for character, offset in zip(paragraph.words, paragraph.offsets, strict=True):
            if not character.isspace():
                characters.append(character)
                offsets.append(offset)
    seen = "".join(characters)
    starts = [match.start() for match in re.finditer(re.escape(wanted), seen)] if wanted else []
    return [(offsets[start], offsets[start + len(wanted) - 1]) for start in starts]


def offset_of(text: str, place: Location) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1


def at(entry: Entry, finding: Finding, words: str) -> bool:
    """Whether a finding stands within some words of the text."""
    offset = offset_of(entry.stated["text"], finding.at)
    return any(start <= offset <= end for start, end in places(entry.stated["text"], words))


def rule_of(claim: dict[str, Any]) -> str:
    """The rule that a claim is a matter of, where no finding tells."""
    if "growth" in claim or "of" in claim:
        return GROWTH
    table, row, *others = claim["cells"][0].split(".")
    if table == "review":
        return "X-04"
    if table == "applications" and others[-1] != "total":
        return "X-11"
    key = others[0] if others[0] in RULES else row
    if key == "received" and claim["number"] == 0:
        return "X-07"
    return RULES.get(key, "X-05")


def try_entry(entry: Entry, measured: Measured, *, full: bool) -> None:
    """The entry as it is, then with one figure after the other off."""
    name = entry.stated["id"]
    text = entry.stated["text"]
    measured.lines += [f"label   {name}: {doubt}" for doubt in entry.doubts]
    wrong = [item["words"] for item in entry.inner if not item["true"]]
    agreeing = findings(entry, entry.now, entry.last)
    for words in wrong:
        rule = "X-09" if set("%％占") & set(words) else "X-08"
        read = any(finding.rule in SUMS and at(entry, finding, words) for finding in agreeing)
        measured.labelled[rule] += 1
        measured.read[rule] += read
        if not read:
            measured.lines.append(f"missed  {name} {rule}: {words}   | {_line(text)}")
    for finding in agreeing:
        if not any(at(entry, finding, words) for words in wrong):
            measured.false[finding.rule] += 1
            message = finding.message.source
            measured.lines.append(f"FALSE   {name} {finding.rule}: {message}   | {_line(text)}")
    for claim in entry.claims:
        if places(text, claim["words"]):
            try_claim(entry, claim, agreeing, wrong, measured, full=full)
        else:
            measured.lines.append(f"label   {name}: words not in the text: {claim['words']}")


def try_claim(
    entry: Entry,
    claim: dict[str, Any],
    agreeing: Sequence[Finding],
    wrong: Sequence[str],
    measured: Measured,
    *,
    full: bool,
) -> None:
    """A claim whose figure is off; one that contradicts other words of its text is so already."""
    off = [*tampered(entry, claim, agreeing)] or [
        finding
        for finding in agreeing
        if at(entry, finding, claim["words"]) and any(at(entry, finding, w) for w in wrong)
    ]
    rule = off[0].rule if off else rule_of(claim)
    measured.labelled[rule] += 1
    measured.read[rule] += bool(off)
    place = f"{entry.stated['id']} {rule}: {_line(claim['words'])} {claim.get('growth', '')}"
    if not off:
        body = f"{entry.stated['body']} {entry.stated['year']}"
        text = _line(entry.stated["text"])
        measured.lines.append(f"missed  {place}   | {body}: {text}")
    elif full:
        measured.lines.append(f"read    {place}")


def _line(text: str) -> str:
    return text.strip().replace("\n", "⏎")


def tampered(entry: Entry, claim: dict[str, Any], agreeing: Sequence[Finding]) -> Iterator[Finding]:
    """The findings at a claim's words that come where exactly its figure is off."""
    form = LAW.format_for(entry.stated["year"])
    assert form is not None
    meant = [cell for group in cells_of(claim["cells"], list(form.cells)) for cell in group]
    figures = entry.last if "growth" in claim else figures_of(entry, claim)
    cell = next((cell for cell in meant if figures.get(cell)), meant[0] if meant else "")
    if not cell:
        return
    known = {(finding.rule, finding.at) for finding in agreeing}
    changed = dict(figures)
    changed[cell] = slipped(entry.stated["id"], figures.get(cell, 0), growth="growth" in claim)
    now, last = (entry.now, changed) if figures is entry.last else (changed, entry.last)
    for finding in findings(entry, now, last):
        if finding.rule in SUMS or (finding.rule, finding.at) in known:
            continue
        if at(entry, finding, claim["words"]):
            yield finding


def slipped(number: object, true: Number, *, growth: bool) -> Number:
    """A figure that is off by one, or with two digits exchanged, or by ten."""
    if growth:
        return true + max(2, int(true) // 5)
    digits = str(true)
    if str(number)[-1] in "02468" and len(digits) > 1 and digits.isdigit():
        swapped = int(digits[:-2] + digits[-1] + digits[-2])
        if swapped != true:
            return swapped
    return true + (10 if str(number)[-1] == "5" else 1)


def table(measured: Measured) -> str:
    """The counts of each rule and of all, for people."""
    lines = ["rule    labelled  read     %   findings  right     %"]
    for rule in (*measured.rules(), "all"):
        labelled, read, false = (
            sum(counter.values()) if rule == "all" else counter[rule]
            for counter in (measured.labelled, measured.read, measured.false)
        )
        recall = f"{100 * read / labelled:5.1f}" if labelled else "    –"
        precision = f"{100 * read / (read + false):5.1f}" if read + false else "    –"
        lines.append(f"{rule:8}{labelled:8}{read:6} {recall}{read + false:11}{read:7} {precision}")
    return "\n".join(lines)


def record(name: str, measured: Measured) -> None:
    """Keep the counts under the name of the corpus, with today's date."""
    known = yaml.safe_load(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    others = [entry for entry in known.get("measured", ()) if entry["name"] != name]
    rules = {
        rule: {
            "labelled": measured.labelled[rule],
            "read": measured.read[rule],
            "false": measured.false[rule],
        }
        for rule in measured.rules()
    }
    entry = {
        "name": name,
        "day": date.today().isoformat(),
        "entries": measured.entries,
        "rules": rules,
    }
    document = {"measured": [*others, entry]}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, default_flow_style=None)
    RECORD.write_text(HEAD + text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
