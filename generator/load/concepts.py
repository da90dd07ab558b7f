"""What figures mean (`concepts:` of a file of the law) to Concepts."""

from __future__ import annotations

import re

from generator.language.law_words import keys_in
from generator.language.sentence import sentence
from generator.load.headings import BREAK_KEYS
from generator.load.stated import FormatDefect, Row
from generator.model.format import Break, Comparable
from generator.model.law import Concept

CONCEPT_KEYS = frozenset(
    (
        "unit",
        "additive",
        "label",
        *keys_in("gloss"),
        "sums",
        "breaks",
        "difference",
        "adds_to",
        "replaces",
    )
)
COLUMN_KEYS = frozenset(("breaks", "replaces"))
DATED_BREAK_KEYS = BREAK_KEYS | {"from"}
NAME = r"[a-z0-9_]+"
CONCEPT_ID = re.compile(rf"{NAME}(?:\.{NAME})+")
# A column of a table with all of its rows: `applications.*.company`.
COLUMN_ID = re.compile(rf"({NAME})\.\*\.({NAME}(?:\.{NAME})*)")


def is_column(concept_id: str) -> bool:
    """Whether an entry speaks of a whole column."""
    return COLUMN_ID.fullmatch(concept_id) is not None


def read_concept(concept_id: str, stated: Row) -> Concept:
    """The concept that an entry states; of a whole column, only how its meaning shifts."""
    if is_column(concept_id):
        return Concept(concept_id, "", additive=False, breaks=_breaks(stated))
    if not CONCEPT_ID.fullmatch(concept_id):
        message = sentence("“{concept_id}”应写作 表.行、表.行.列 或 表.*.列", concept_id=concept_id)
        raise FormatDefect(stated.at, message)
    if "additive" not in stated:
        raise stated.defect("additive", sentence("不能不写"))
    return Concept(
        id=concept_id,
        unit=stated.required("unit"),
        additive=stated.flag("additive"),
        label=stated.text("label"),
        sums=stated.texts("sums"),
        breaks=_breaks(stated),
        difference=stated.flag("difference", default=True),
        gloss=stated.in_languages("gloss"),
        at=stated.at,
    )


def _breaks(stated: Row) -> tuple[Break, ...]:
    return tuple(
        Break(
            start=entry.year("from"),
            comparable=entry.choice("comparable", Comparable),
            note=entry.in_languages("note_en", entry.required("note")),
            unconfirmed=entry.flag("unconfirmed"),
        )
        for entry in stated.rows("breaks", DATED_BREAK_KEYS)
    )
