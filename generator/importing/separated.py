"""CSV of any kind with labels and figures: a table whose rows have all of their cells."""

from __future__ import annotations

import csv
import io

from generator.importing.blocks import Line, Piece, Source, Spot
from generator.importing.characters import visible
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

LONGEST_FIELD = 100_000


def read(text: str) -> Source:
    """The rows of a CSV. Raises Refusal."""
    head = text[:5000]
    mark = max((",", "\t", ";"), key=head.count)
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        lines = [_line(row, reader.line_num) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise Refusal(sentence("CSV 的引号或逗号不完整，没有读取")) from error
    return Source("csv", tuple(lines))


def _line(row: list[str], number: int) -> Line:
    cells = [visible(cell).strip() for cell in row]
    return Line(
        tuple(Piece(text, Spot(number, place + 1), place) for place, text in enumerate(cells)),
        grid=1,
        exact=True,
    )
