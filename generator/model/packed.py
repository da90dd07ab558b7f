"""Reports and findings as JSON and back.

The compact form in which a cache keeps what was read and found, so that an unchanged report is
neither read nor checked again. No object graph is pickled: the form is plain, and figures are only
unpacked when somebody asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any, get_type_hints

from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.figure import Figure, State
from generator.model.finding import Finding, Location
from generator.model.format import one_row
from generator.model.law import Law
from generator.model.packing import Packed, packed, unpacked
from generator.model.report import Report
from generator.model.stranger import read_json

STATES = tuple(State)
PLACE = 5  # what a packed figure says before its line and column


class Figures(Mapping[str, Figure]):
    """A report's figures by address, in print order, as a packed report has them.

    Unpacked at the first question. `digest` stands for them, wherever in the file they are.
    """

    def __init__(self, addresses: Sequence[str], text: str, path: str, digest: str) -> None:
        self.addresses = addresses
        self.text = text
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
        all_cells = Figures(tuple(figures), _json(cells), path, digest(_json(without_places)))
        all_cells.unpacked = figures
        return all_cells

    def _all(self) -> Mapping[str, Figure]:
        if self.unpacked is None:
            cells = zip(self.addresses, read_json(self.text), strict=True)
            self.unpacked = {address: _figure(cell, self.path) for address, cell in cells}
        return self.unpacked

    def may_have(self, state: State) -> bool:
        """Whether some figure may be in a state; where none is, nothing is unpacked to know it."""
        if self.unpacked is not None:
            return any(figure.state is state for figure in self.unpacked.values())
        return f"[{STATES.index(state)}," in self.text

    def __getitem__(self, address: str) -> Figure:
        return self._all()[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)


def may_have(report: Report, state: State) -> bool:
    """Whether some figure of a report may be in a state."""
    figures = report.figures
    return not isinstance(figures, Figures) or figures.may_have(state)


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
    plain = [packed(getattr(report, name)) for name in _stated(Report)]
    notes = [packed(finding) for finding in findings]
    return _json(
        [[report.format.id, *report.format.one_rows], figures.text, figures.digest, notes, plain]
    )


def unpack(law: Law, text: str) -> tuple[Report, list[Finding]]:
    """What `pack` was given.

    Raises ValueError or TypeError for anything else, LookupError for a form that is not there any
    more.
    """
    (form_id, *groups), figures, figures_digest, findings, plain = read_json(text)
    form = law.format_named(form_id)
    if form is None:
        raise LookupError(form_id)
    for group in groups:
        form = one_row(form, group)
    values = {
        name: unpacked(kind, item)
        for (name, kind), item in zip(_stated(Report).items(), plain, strict=True)
    }
    path = values["at"].path
    cells = Figures(tuple(form.cells), figures, path, figures_digest)
    report = Report(format=form, figures=cells, **values)
    return report, list(unpacked(tuple[Finding, ...], findings))


@cache
def _stated(kind: type) -> Mapping[str, Any]:
    """The fields of a report that are packed as they are, with their types.

    The form is packed by its id, the figures so that they need not be unpacked at once; the key is
    that of the files it was read from, which its reader knows.
    """
    hints = get_type_hints(kind)
    return {
        field.name: hints[field.name]
        for field in fields(kind)
        if field.name not in {"format", "figures", "key"}
    }


def pack_agency(agency: Agency) -> str:
    """An agency as one line of JSON."""
    return _json(packed(agency))


def unpack_agency(text: str) -> Agency:
    """What `pack_agency` was given."""
    return unpacked(Agency, read_json(text))


def pack_finding(finding: Finding) -> Packed:
    """A finding as a list."""
    return packed(finding)


def unpack_finding(plain: Packed) -> Finding:
    """The finding of a list."""
    return unpacked(Finding, plain)


def _cell(figure: Figure) -> Packed:
    place = [figure.at.line, figure.at.column] if figure.at else []
    raw = None if figure.raw == str(figure.value) else figure.raw
    return [
        STATES.index(figure.state),
        packed(figure.value),
        raw,
        figure.unit,
        2 * figure.computed + figure.mistaken,
        *place,
    ]


def _figure(plain: Packed, path: str) -> Figure:
    state, value, raw, unit, flags, *place = plain
    number = Decimal(value) if isinstance(value, str) else value
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
