"""Figure references in a narrative.

`{{ 新收.总计 }}`, `{{ applications.received.total }}`, `{{ prior(结转下年度.总计) }}`.

A reference names table, row and column in any spelling the form knows; the table may be left out
where row and column decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from generator.language import labels
from generator.model.format import Cell, Format

# No name is longer, and blanks are taken whole (`*+`): what never ends must not be looked for from
# every place anew.
REFERENCE = re.compile(r"\{\{\s*+([^{}\n]{0,200}?)\s*+\}\}")
PRIOR = re.compile(r"prior\(\s*(.*?)\s*\)")
DOT = re.compile(r"\s*[.·．]\s*")


@lru_cache(maxsize=32)
def spellings(form: Format) -> dict[str, frozenset[str]]:
    """Normal spelling of `row.column` and `table.row.column` → the addresses it can mean."""
    addresses_by_spelling: dict[str, set[str]] = {}
    for address, cell in form.cells.items():
        rows = {labels.normal(word) for word in (*cell.row.words, cell.row.path)}
        columns = {labels.normal(word) for word in cell.column.words}
        tables = {labels.normal(word) for word in form.table(cell.table).words}
        for row in rows:
            for column in columns:
                for key in (f"{row}.{column}", *(f"{table}.{row}.{column}" for table in tables)):
                    addresses_by_spelling.setdefault(key, set()).add(address)
    return {key: frozenset(addresses) for key, addresses in addresses_by_spelling.items()}


def resolve(form: Format, reference: str) -> Cell | None:
    """The one cell a reference names, or None when it names none or several."""
    key = ".".join(labels.normal(part) for part in DOT.split(reference.strip()))
    addresses = spellings(form).get(key, frozenset())
    return form.cells[next(iter(addresses))] if len(addresses) == 1 else None


def nearest(form: Format, reference: str) -> str:
    """A reference that exists and looks like this one, for the advice; empty when none does."""
    inner = PRIOR.fullmatch(reference)
    names = _names(form)
    name = names.get(labels.nearest(inner[1] if inner else reference, names), "")
    return f"prior({name})" if inner and name else name


@lru_cache(maxsize=32)
def _names(form: Format) -> dict[str, str]:
    """Every readable spelling of a cell → the one to suggest."""
    return {
        f"{cell.row.name}.{word}": f"{cell.row.name}.{cell.column.name}"
        for cell in form.cells.values()
        for word in cell.column.words
    }


def substitute(
    text: str, without_code: str, value: Callable[[str, int], str]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """`text` with each reference replaced by `value(reference, offset of its place)`, and where.

    (offset behind the replacement, how much longer the reference was). References are looked for in
    `words`, which is `text` with its code blanked out, character for character.
    """
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []
    end = length = 0
    for match in REFERENCE.finditer(without_code):
        pieces += [text[end : match.start()], value(match[1], match.start())]
        length += len(pieces[-2]) + len(pieces[-1])
        shifts.append((length, match.end() - match.start() - len(pieces[-1])))
        end = match.end()
    return "".join((*pieces, text[end:])), tuple(shifts)
