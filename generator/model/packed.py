"""Reports and findings as JSON and back: the compact form in which a cache keeps what was read and found, so that an unchanged report
is neither read nor checked again. No object graph is pickled: the form is plain, and figures are only unpacked when somebody asks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.agency import Agency, Span
from generator.model.correction import Change, Correction, Rewording
from generator.model.digest import digest
from generator.model.event import Event, Turn
from generator.model.figure import Figure, Number, State
from generator.model.finding import Finding, Fix, Location, Severity, Text
from generator.model.law import Law
from generator.model.report import Attachment, Explanation, Extra, Quote, Report, SectionText
from generator.model.transcription import Transcription, Wording

STATES = tuple(State)
PLACE = 5  # what a packed figure says before its line and column
Packed = Any  # what json.loads gives


class Figures(Mapping[str, Figure]):
    """A report's figures by address, in print order, as a packed report has them; unpacked at the first question. `digest` stands for
    them, wherever in the file they are."""

    def __init__(self, addresses: Sequence[str], packed: str, path: str, digest: str) -> None:
        self.addresses, self.packed, self.path, self.digest = addresses, packed, path, digest
        self.unpacked: Mapping[str, Figure] | None = None

    @staticmethod
    def of(figures: Mapping[str, Figure], path: str) -> Figures:
        """The figures, packed as well; `path` is the file they stand in."""
        if isinstance(figures, Figures):
            return figures
        cells = [_cell(figure) for figure in figures.values()]
        held = Figures(tuple(figures), _json(cells), path, digest(_json([cell[:PLACE] for cell in cells])))
        held.unpacked = figures
        return held

    def _all(self) -> Mapping[str, Figure]:
        if self.unpacked is None:
            cells = zip(self.addresses, json.loads(self.packed), strict=True)
            self.unpacked = {address: _figure(cell, self.path) for address, cell in cells}
        return self.unpacked

    def __getitem__(self, address: str) -> Figure:
        return self._all()[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)


def figures_digest(report: Report) -> str:
    """What stands for a report's figures, wherever in its file they are; known beforehand for one that was packed."""
    return Figures.of(report.figures, report.at.path).digest


def _json(value: Packed) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack(report: Report, findings: Sequence[Finding]) -> str:
    """A report and findings as one line of JSON."""
    figures = Figures.of(report.figures, report.at.path)
    texts = [report.preface, *report.sections.values()]
    head = [
        report.agency, report.year, report.format.id, report.title, _day(report.published), _day(report.signed), report.source,
        report.source_url, report.index_number, _place(report.published_at), _place(report.at),
        [_text(one) for one in texts],
        [[one.rule, one.reason, one.cell, one.person, one.fingerprint, _place(one.at)] for one in report.explanations],
        [_correction(one) for one in report.corrections],
        [[one.table, one.label, one.text] for one in report.extras],
        [[one.name, one.size, one.digest, one.source] for one in report.attachments],
        [report.wording.value, *report.left_out] if report.transcribed else None,
        figures.packed,
        figures.digest,
        [pack_finding(one) for one in findings],
    ]  # fmt: skip
    return _json(head)


def unpack(law: Law, packed: str) -> tuple[Report, list[Finding]]:
    """What `pack` was given. Raises ValueError or TypeError for anything else, LookupError for a form that is no longer known."""
    (
        agency, year, form_id, title, published, signed, source, source_url, index_number, published_at, at,
        texts, explanations, corrections, extras, attachments, transcribed, figures, stands, findings,
    ) = json.loads(packed)  # fmt: skip
    form = law.format_named(form_id)
    if form is None:
        raise LookupError(form_id)
    preface, *sections = [_section(one) for one in texts]
    here = _location(at)
    report = Report(
        agency=agency,
        year=year,
        format=form,
        figures=Figures(tuple(form.cells), figures, here.path, stands),
        sections={one.id: one for one in sections if one is not None},
        preface=preface,
        title=title,
        published=_date(published),
        signed=_date(signed),
        source=source,
        source_url=source_url,
        index_number=index_number,
        published_at=_location(published_at),
        at=here,
        explanations=tuple(
            Explanation(rule, reason, cell, person, mark, _location(where)) for rule, reason, cell, person, mark, where in explanations
        ),
        corrections=tuple(_corrected(one) for one in corrections),
        extras=tuple(Extra(*one) for one in extras),
        attachments=tuple(Attachment(*one) for one in attachments),
        transcribed=Transcription(Wording(transcribed[0]), tuple(transcribed[1:])) if transcribed else None,
    )
    return report, [unpack_finding(one) for one in findings]


def pack_agency(agency: Agency) -> str:
    """An agency as one line of JSON."""
    spans = [[[one.value, _day(one.start), _day(one.end)] for one in held] for held in (agency.names, agency.parents)]
    codes = [agency.uscc, agency.division_code, agency.site_id_code, dict(agency.contact), agency.note, agency.former_slugs]
    codes += [agency.name_en, agency.roll_up]
    events = [[_day(one.date), one.turn.value, one.bodies, one.note] for one in agency.events]
    return json.dumps([agency.slug, *spans, agency.kind, agency.level, codes, events, _place(agency.at)], ensure_ascii=False)


def unpack_agency(packed: str) -> Agency:
    """What `pack_agency` was given."""
    slug, names, parents, kind, level, (uscc, division, site_id, contact, note, former, name_en, roll_up), turns, at = json.loads(packed)
    events = tuple(Event(date.fromisoformat(day), Turn(turn), tuple(bodies), said) for day, turn, bodies, said in turns)
    held, above = (tuple(Span(value, _date(start), _date(end)) for value, start, end in spans) for spans in (names, parents))
    return Agency(
        slug, held, kind, level, above, uscc, division, site_id, contact, note, tuple(former), name_en, events, roll_up, _location(at)
    )


def pack_finding(one: Finding) -> Packed:
    """A finding as a list."""
    return [
        one.rule, one.severity.value, _place(one.at), list(one.message), one.agency, one.year,
        _packed(one.expected), _packed(one.actual), _packed(one.difference), list(one.cells),
        list(one.advice) if one.advice else None, _place(one.declared_at) if one.declared_at else None, one.explained_by,
        [[[fix.cell, _packed(fix.before), _packed(fix.after), fix.label] for fix in repair] for repair in one.repairs], one.fingerprint,
    ]  # fmt: skip


def unpack_finding(packed: Packed) -> Finding:
    """The finding of a list."""
    rule, severity, at, message, agency, year, expected, actual, difference, cells, advice, declared, explained, repairs, mark = packed
    return Finding(
        rule,
        Severity(severity),
        _location(at),
        Text(*message),
        agency,
        year,
        _number(expected),
        _number(actual),
        _number(difference),
        tuple(cells),
        Text(*advice) if advice else None,
        _location(declared) if declared else None,
        explained,
        tuple(tuple(Fix(cell, _known(before), _known(after), label) for cell, before, after, label in repair) for repair in repairs),
        mark,
    )


def _cell(figure: Figure) -> Packed:
    place = [figure.at.line, figure.at.column] if figure.at else []
    raw = None if figure.raw == str(figure.value) else figure.raw
    return [STATES.index(figure.state), _packed(figure.value), raw, figure.unit, 2 * figure.computed + figure.mistaken, *place]


def _figure(packed: Packed, path: str) -> Figure:
    state, value, raw, unit, flags, *place = packed
    number = _number(value)
    at = Location(path, *place) if place else None
    return Figure(STATES[state], number, str(number) if raw is None else raw, unit, flags > 1, flags % 2 == 1, at)


def _packed(value: Number | None) -> int | str | None:
    """A whole number as it is, a decimal as text: JSON's own would lose digits."""
    return str(value) if isinstance(value, Decimal) else value


def _number(value: int | str | None) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


def _known(value: int | str) -> Number:
    return Decimal(value) if isinstance(value, str) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(packed: str | None) -> date | None:
    return date.fromisoformat(packed) if packed else None


def _place(at: Location) -> Packed:
    return [at.path, at.line, at.column]


def _location(packed: Packed) -> Location:
    return Location(*packed)


def _correction(one: Correction) -> Packed:
    changes = [[cell.cell, cell.before, cell.after, _place(cell.at)] for cell in one.changes]
    rewordings = [[words.part, words.before, words.after, _place(words.at)] for words in one.rewordings]
    return [_day(one.date), one.reason, changes, rewordings, _place(one.at)]


def _corrected(packed: Packed) -> Correction:
    day, reason, changes, rewordings, at = packed
    cells = tuple(Change(cell, before, after, _location(where)) for cell, before, after, where in changes)
    words = tuple(Rewording(part, before, after, _location(where)) for part, before, after, where in rewordings)
    return Correction(date.fromisoformat(day), reason, cells, words, _location(at))


def _text(one: SectionText | None) -> Packed:
    if one is None:
        return None
    quotes = [[quote.start, quote.end, quote.cell] for quote in one.quotes]
    return [one.id, one.title, one.markdown, _place(one.at), [list(shift) for shift in one.shifts], quotes]


def _section(packed: Packed) -> SectionText | None:
    if packed is None:
        return None
    name, title, markdown, at, shifts, quotes = packed
    ends = tuple((end, longer) for end, longer in shifts)
    return SectionText(name, title, markdown, _location(at), ends, tuple(Quote(*one) for one in quotes))
