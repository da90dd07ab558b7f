"""The headings of a table of years: the forms in use, and below each the years under it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model.comparison import ComparedHead

Heads = tuple[ComparedHead, ...]


@dataclass(frozen=True)
class YearColumn:
    """A year of a table, with what stands over it; years side by side with one `era` share that."""

    year: int
    era: Hashable
    text: str


def year_heads(table_id: str, columns: Sequence[YearColumn]) -> tuple[Heads, Heads]:
    """The headings of the eras, and those of the years.

    Every figure names its headings, so their ids, which start with `table_id`, are short.
    """
    eras: list[ComparedHead] = []
    years: list[ComparedHead] = []
    for _, group in groupby(columns, key=lambda column: column.era):
        columns_of_era = list(group)
        era_id = f"{table_id}f{len(eras) + 1}"
        boundary = bool(eras)
        text = columns_of_era[0].text
        eras.append(ComparedHead(era_id, text, len(columns_of_era), boundary=boundary))
        for column in columns_of_era:
            head = ComparedHead(
                id=f"{table_id}y{column.year}",
                text=str(column.year),
                above=era_id,
                boundary=boundary and column is columns_of_era[0],
            )
            years.append(head)
    return tuple(eras), tuple(years)
