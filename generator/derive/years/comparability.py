"""Whether two years' figures of one meaning may stand side by side.

The answer follows from the concepts alone; no pair of forms is named anywhere. A form prints a
concept itself, or only the parts that add up to it, or neither; and the law says from which years
its meaning shifts (domain facts 2.2).
"""

from __future__ import annotations

from functools import lru_cache

from generator.model.comparison import Comparability, Verdict
from generator.model.format import Break, Comparable, Format
from generator.model.law import Law
from generator.model.report import Report


# Every body has the same verdicts: there are as many as figures times pairs of years.
@lru_cache(maxsize=10_000)
def verdict(
    law: Law, key: str, earlier: tuple[Format, int], later: tuple[Format, int], *, unconfirmed: bool
) -> Verdict:
    """How the figures of a concept key (`table.row.column`) compare between two reports.

    Each report is given as its form and reporting year. `unconfirmed` says whether shifts that we
    could not confirm count.
    """
    earlier_form, earlier_year = earlier
    later_form, later_year = later
    earlier_parts = parts_in_form(law, key, earlier_form)
    later_parts = parts_in_form(law, key, later_form)
    shifts = _shifts(law, key, earlier_year, later_year, unconfirmed=unconfirmed)
    redefined = any(shift.comparable is Comparable.NO for shift in shifts)
    if law.concept(key) is None or earlier_parts is None or later_parts is None or redefined:
        return Verdict(Comparability.NOT, shifts)
    if bool(earlier_parts) != bool(later_parts):
        return Verdict(Comparability.MERGED, shifts, earlier_parts or later_parts)
    return Verdict(Comparability.NOTED if shifts else Comparability.SAME, shifts, later_parts)


def verdict_between(
    law: Law, key: str, earlier: Report, later: Report, *, unconfirmed: bool
) -> Verdict:
    """How the figures of a concept key compare between two reports; see `verdict`."""
    earlier_use = (earlier.format, earlier.year)
    later_use = (later.format, later.year)
    return verdict(law, key, earlier_use, later_use, unconfirmed=unconfirmed)


def parts_of(law: Law, key: str) -> tuple[str, ...]:
    """The concept keys that add up to a concept, in the same column; empty when it is no sum."""
    concept = law.concept(key)
    if concept is None or not concept.sums:
        return ()
    column = key.removeprefix(concept.id)
    return tuple(f"{addend}{column}" for addend in (*concept.sums, *concept.added))


def parts_in_form(law: Law, key: str, form: Format) -> tuple[str, ...] | None:
    """How a form has a concept: no parts where it prints it, the parts where it prints these.

    None where it has neither.
    """
    if key in form.by_concept:
        return ()
    concept = law.concept(key)
    if concept is None or not concept.sums:
        return None
    addends = [addend for addend in parts_of(law, key) if addend in form.by_concept]
    # Addends that only newer forms have may be missing.
    column = key.removeprefix(concept.id)
    complete = all(f"{addend}{column}" in addends for addend in concept.sums)
    return tuple(addends) if complete else None


def _shifts(
    law: Law, key: str, earlier: int, later: int, *, unconfirmed: bool
) -> tuple[Break, ...]:
    """The shifts of meaning between two years, of the concept and of the parts it is the sum of."""
    shifts: dict[Break, None] = {}
    for concept_key in (key, *parts_of(law, key)):
        concept = law.concept(concept_key)
        if concept is not None:
            between = concept.breaks_between(earlier, later, unconfirmed=unconfirmed)
            shifts.update(dict.fromkeys(between))
    return tuple(shifts)
