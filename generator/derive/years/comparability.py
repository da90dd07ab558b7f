"""Whether two years' figures of one meaning may stand side by side, from the concepts alone: no pair of forms is named anywhere.

A form prints a concept itself, or only the parts that add up to it, or neither; and the law says from which years its meaning shifts
(domain facts 2.2).
"""

from __future__ import annotations

from functools import lru_cache

from generator.model.comparison import Comparability, Verdict
from generator.model.format import Format
from generator.model.law import Break, Comparable, Law


@lru_cache(maxsize=10_000)  # the same of every body: as many as there are figures and pairs of years
def verdict(law: Law, key: str, before: tuple[Format, int], after: tuple[Format, int], *, unconfirmed: bool) -> Verdict:
    """How the figures of a concept key (`table.row.column`) compare between two reports, each given as its form and reporting year, in
    order of time. `unconfirmed` says whether shifts that we could not confirm count."""
    concept = law.concept(key)
    ways = [printed(law, key, form) for form, _ in (before, after)]
    shifts = _shifts(law, key, before[1], after[1], unconfirmed=unconfirmed)
    if concept is None or None in ways or any(shift.comparable is Comparable.NO for shift in shifts):
        return Verdict(Comparability.NOT, shifts)
    if ways[0] != ways[1]:
        return Verdict(Comparability.MERGED, shifts, ways[0] or ways[1] or ())
    return Verdict(Comparability.NOTED if shifts else Comparability.SAME, shifts, ways[1] or ())


def parts_of(law: Law, key: str) -> tuple[str, ...]:
    """The concept keys that add up to a concept, in the same column; empty when it is no sum."""
    concept = law.concept(key)
    if concept is None or not concept.sums:
        return ()
    column = key.removeprefix(concept.id)
    return tuple(f"{part}{column}" for part in concept.sums)


def printed(law: Law, key: str, form: Format) -> tuple[str, ...] | None:
    """How a form has a concept: no parts where it prints it, the parts where it prints these, None where it has neither."""
    if key in form.by_concept:
        return ()
    parts = parts_of(law, key)
    return parts if parts and all(part in form.by_concept for part in parts) else None


def _shifts(law: Law, key: str, before: int, after: int, *, unconfirmed: bool) -> tuple[Break, ...]:
    """The shifts of meaning between two years, of the concept and of the parts it is the sum of."""
    concepts = [concept for one in (key, *parts_of(law, key)) if (concept := law.concept(one))]
    found = (shift for concept in concepts for shift in concept.breaks_between(before, after, unconfirmed=unconfirmed))
    return tuple(dict.fromkeys(found))
