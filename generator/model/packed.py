"""Reports and findings as JSON and back.

The compact form in which a cache keeps what was read and found, so that an unchanged report is
neither read nor checked again. No object graph is pickled: the form is plain, and figures are only
unpacked when somebody asks.
"""

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
from generator.model.finding import Finding, Fix, Location, Severity, Stops, Text
from generator.model.law import Law
from generator.model.report import Attachment, Explanation, Extra, Quote, Report, SectionText
from generator.model.stranger import read_json
from generator.model.transcription import Transcription, Wording

STATES = tuple(State)
PLACE = 5  # what a packed figure says before its line and column
Packed = Any  # what a JSON text gives


class Figures(Mapping[str, Figure]):
    """A report's figures by address, in print order, as a packed report has them.

    Unpacked at the first question. `digest` stands for them, wherever in the file they are.
    """

    def __init__(self, addresses: Sequence[str], packed: str, path: str, digest: str) -> None:
        self.addresses = addresses
        self.packed = packed
        self.path = path
        self.digest = digest
        self.unpacked: Mapping[str, Figure] | None = None

    @staticmethod
    def of(figures: Mapping[str, Figure], path: str) -> Figures:
        """The figures, packed as well; `path` is the file they stand in."""
        if isinstance(figures, Figures):
            return figures
        cells = [_cell(figure) for figure in figures.values()]
        without_places = [cell[:PLACE] for cell in cells]
        packed = Figures(tuple(figures), _json(cells), path, digest(_json(without_places)))
        packed.unpacked = figures
        return packed

    def _all(self) -> Mapping[str, Figure]:
        if self.unpacked is None:
            cells = zip(self.addresses, read_json(self.packed), strict=True)
            self.unpacked = {address: _figure(cell, self.path) for address, cell in cells}
        return self.unpacked

    def __getitem__(self, address: str) -> Figure:
        return self._all()[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)


def figures_digest(report: Report) -> str:
    """What stands for a report's figures, wherever in its file they are.

    Known beforehand for one that was packed.
    """
    return Figures.of(report.figures, report.at.path).digest


def _json(value: Packed) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack(report: Report, findings: Sequence[Finding]) -> str:
    """A report and findings as one line of JSON."""
    figures = Figures.of(report.figures, report.at.path)
    packed = [
        report.agency,
        report.year,
        report.format.id,
        report.title,
        _day(report.published),
        _day(report.signed),
        report.source,
        report.source_url,
        report.index_number,
        _place(report.published_at),
        _place(report.at),
        [_text(text) for text in (report.preface, *report.sections.values())],
        [_explanation(explanation) for explanation in report.explanations],
        [_correction(correction) for correction in report.corrections],
        [[extra.table, extra.label, extra.text] for extra in report.extras],
        [_attachment(attachment) for attachment in report.attachments],
        [report.wording.value, *report.omissions] if report.transcribed else None,
        figures.packed,
        figures.digest,
        [pack_finding(finding) for finding in findings],
    ]
    return _json(packed)


def unpack(law: Law, packed: str) -> tuple[Report, list[Finding]]:
    """What `pack` was given.

    Raises ValueError or TypeError for anything else, LookupError for a form that is not there any
    more.
    """
    (
        agency,
        year,
        form_id,
        title,
        published,
        signed,
        source,
        source_url,
        index_number,
        published_at,
        place,
        texts,
        explanations,
        corrections,
        extras,
        attachments,
        transcribed,
        figures,
        figures_digest,
        findings,
    ) = read_json(packed)
    form = law.format_named(form_id)
    if form is None:
        raise LookupError(form_id)
    preface, *sections = map(_section, texts)
    location = _location(place)
    report = Report(
        agency=agency,
        year=year,
        format=form,
        figures=Figures(tuple(form.cells), figures, location.path, figures_digest),
        sections={section.id: section for section in sections if section is not None},
        preface=preface,
        title=title,
        published=_date(published),
        signed=_date(signed),
        source=source,
        source_url=source_url,
        index_number=index_number,
        published_at=_location(published_at),
        at=location,
        explanations=tuple(map(_explained, explanations)),
        corrections=tuple(map(_corrected, corrections)),
        extras=tuple(Extra(*extra) for extra in extras),
        attachments=tuple(Attachment(*attachment) for attachment in attachments),
        transcribed=_transcription(transcribed) if transcribed else None,
    )
    return report, [unpack_finding(finding) for finding in findings]


def _explanation(explanation: Explanation) -> Packed:
    return [
        explanation.rule,
        explanation.reason,
        explanation.cell,
        explanation.person,
        explanation.fingerprint,
        _place(explanation.at),
    ]


def _explained(packed: Packed) -> Explanation:
    rule, reason, cell, person, fingerprint, place = packed
    return Explanation(rule, reason, cell, person, fingerprint, _location(place))


def _attachment(attachment: Attachment) -> Packed:
    return [attachment.name, attachment.size, attachment.digest, attachment.source]


def _transcription(packed: Packed) -> Transcription:
    wording, *left_out = packed
    return Transcription(Wording(wording), tuple(left_out))


def pack_agency(agency: Agency) -> str:
    """An agency as one line of JSON."""
    packed = [
        agency.slug,
        [_span(span) for span in agency.names],
        [_span(span) for span in agency.parents],
        agency.kind,
        agency.level,
        agency.uscc,
        agency.division_code,
        agency.site_id_code,
        dict(agency.contact),
        agency.note,
        agency.former_slugs,
        _packed_text(agency.gloss),
        agency.roll_up,
        [_event(event) for event in agency.events],
        _place(agency.at),
    ]
    return json.dumps(packed, ensure_ascii=False)


def unpack_agency(packed: str) -> Agency:
    """What `pack_agency` was given."""
    (
        slug,
        names,
        parents,
        kind,
        level,
        uscc,
        division_code,
        site_id_code,
        contact,
        note,
        former_slugs,
        gloss,
        roll_up,
        events,
        place,
    ) = read_json(packed)
    return Agency(
        slug,
        tuple(map(_unpacked_span, names)),
        kind,
        level,
        tuple(map(_unpacked_span, parents)),
        uscc,
        division_code,
        site_id_code,
        contact,
        note,
        tuple(former_slugs),
        _unpacked_text(gloss),
        tuple(map(_unpacked_event, events)),
        roll_up,
        _location(place),
    )


def _span(span: Span) -> Packed:
    return [span.value, _day(span.start), _day(span.end)]


def _unpacked_span(packed: Packed) -> Span:
    value, start, end = packed
    return Span(value, _date(start), _date(end))


def _event(event: Event) -> Packed:
    return [_day(event.date), event.turn.value, event.bodies, event.note]


def _unpacked_event(packed: Packed) -> Event:
    day, turn, bodies, note = packed
    return Event(date.fromisoformat(day), Turn(turn), tuple(bodies), note)


def pack_finding(finding: Finding) -> Packed:
    """A finding as a list."""
    return [
        finding.rule,
        finding.severity.value,
        _place(finding.at),
        _packed_text(finding.message),
        finding.agency,
        finding.year,
        _packed(finding.expected),
        _packed(finding.actual),
        _packed(finding.difference),
        list(finding.cells),
        _packed_text(finding.advice) if finding.advice else None,
        _place(finding.declared_at) if finding.declared_at else None,
        finding.explained_by,
        [[_fix(fix) for fix in repair] for repair in finding.repairs],
        finding.fingerprint,
        finding.further,
        finding.stops,
    ]


def unpack_finding(packed: Packed) -> Finding:
    """The finding of a list."""
    (
        rule,
        severity,
        place,
        message,
        agency,
        year,
        expected,
        actual,
        difference,
        cells,
        advice,
        declared_at,
        explained_by,
        repairs,
        fingerprint,
        further,
        stops,
    ) = packed
    return Finding(
        rule,
        Severity(severity),
        _location(place),
        _unpacked_text(message),
        agency,
        year,
        _number(expected),
        _number(actual),
        _number(difference),
        tuple(cells),
        _unpacked_text(advice) if advice else None,
        _location(declared_at) if declared_at else None,
        explained_by,
        tuple(tuple(map(_unpacked_fix, repair)) for repair in repairs),
        fingerprint,
        further=further,
        stops=Stops(stops),
    )


def _packed_text(text: Text) -> Packed:
    return [text.languages, text.texts]


def _unpacked_text(packed: Packed) -> Text:
    languages, texts = packed
    return Text(tuple(languages), tuple(texts))


def _fix(fix: Fix) -> Packed:
    return [fix.cell, _packed(fix.before), _packed(fix.after), fix.label]


def _unpacked_fix(packed: Packed) -> Fix:
    cell, old, new, label = packed
    return Fix(cell, _decimal(old), _decimal(new), label)


def _cell(figure: Figure) -> Packed:
    place = [figure.at.line, figure.at.column] if figure.at else []
    raw = None if figure.raw == str(figure.value) else figure.raw
    return [
        STATES.index(figure.state),
        _packed(figure.value),
        raw,
        figure.unit,
        2 * figure.computed + figure.mistaken,
        *place,
    ]


def _figure(packed: Packed, path: str) -> Figure:
    state, value, raw, unit, flags, *place = packed
    number = _number(value)
    location = Location(path, *place) if place else None
    return Figure(
        STATES[state],
        number,
        str(number) if raw is None else raw,
        unit,
        flags > 1,
        flags % 2 == 1,
        location,
    )


def _packed(value: Number | None) -> int | str | None:
    """A whole number as it is, a decimal as text: JSON's own would lose digits."""
    return str(value) if isinstance(value, Decimal) else value


def _number(value: int | str | None) -> Number | None:
    return None if value is None else _decimal(value)


def _decimal(value: int | str) -> Number:
    return Decimal(value) if isinstance(value, str) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(packed: str | None) -> date | None:
    return date.fromisoformat(packed) if packed else None


def _place(place: Location) -> Packed:
    return [place.path, place.line, place.column]


def _location(packed: Packed) -> Location:
    return Location(*packed)


def _correction(correction: Correction) -> Packed:
    return [
        _day(correction.date),
        correction.reason,
        [
            [change.cell, change.before, change.after, _place(change.at)]
            for change in correction.changes
        ],
        [
            [rewording.part, rewording.before, rewording.after, _place(rewording.at)]
            for rewording in correction.rewordings
        ],
        _place(correction.at),
    ]


def _corrected(packed: Packed) -> Correction:
    day, reason, changes, rewordings, place = packed
    return Correction(
        date.fromisoformat(day),
        reason,
        tuple(map(_change, changes)),
        tuple(map(_rewording, rewordings)),
        _location(place),
    )


def _change(packed: Packed) -> Change:
    cell, old, new, place = packed
    return Change(cell, old, new, _location(place))


def _rewording(packed: Packed) -> Rewording:
    section, old, new, place = packed
    return Rewording(section, old, new, _location(place))


def _text(text: SectionText | None) -> Packed:
    if text is None:
        return None
    return [
        text.id,
        text.title,
        text.markdown,
        _place(text.at),
        [list(shift) for shift in text.shifts],
        [[quote.start, quote.end, quote.cell] for quote in text.quotes],
    ]


def _section(packed: Packed) -> SectionText | None:
    if packed is None:
        return None
    section, title, markdown, place, shifts, quotes = packed
    return SectionText(
        section,
        title,
        markdown,
        _location(place),
        tuple((end, longer) for end, longer in shifts),
        tuple(Quote(*quote) for quote in quotes),
    )
