"""The rows of a form's tables to its cells: what was read, and what only one value satisfies.

A cell is solved only where the equations of the form leave one value, and these are named. Figures
that could be read in several ways are read where all sums of the whole table leave one way. What
is not there may have been blank: 0 is never put in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from generator.importing.alignment import Aligned, Trouble, Way, aligned, is_sum
from generator.importing.units import Token, Unit
from generator.importing.vocabulary import figure_text
from generator.language.identity import Instance, instances
from generator.language.numerals import decode
from generator.model.figure import Figure, Number, State, plain
from generator.model.format import Block, Format, Table

# No more ways to read a table are tried.
MOST_TRIED = 20_000
MOST_SOLUTIONS = 200
# In more rows than these no lost cell is looked for.
MOST_LOST = 3
# So many rows must have lost as many cells for their last figures to be taken for totals.
FEWEST_ALIKE = 5


class How(StrEnum):
    """How a cell came by its figure."""

    READ = "read"
    SOLVED = "solved"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


class Cause(StrEnum):
    """Why a cell is unreadable, or needs a look beside its source."""

    NONE = ""
    MISSING = "missing"  # the row was not in the document
    CONFLICT = "conflict"  # the document says two things of it
    ONE_ROW = "one row"  # the document prints the group as one row
    MAY_BE_BLANK = "may be blank"
    UNIT = "unit"
    GLUED = Trouble.GLUED.value
    LOST = Trouble.LOST.value
    FEW = Trouble.FEW.value
    MANY = Trouble.MANY.value
    BLANK_TOTAL = Trouble.BLANK_TOTAL.value
    DISORDER = Trouble.DISORDER.value
    NO_SUM = Trouble.NO_SUM.value
    ASTRAY = Trouble.ASTRAY.value
    ILLEGIBLE = Trouble.ILLEGIBLE.value


@dataclass(frozen=True)
class CellReading:
    """A cell's figure, how it was come by, the equations it rests on, and where it stood.

    `source` is what the document prints there, or in the whole row.
    """

    figure: Figure
    how: How
    by: tuple[str, ...] = ()
    cause: Cause = Cause.NONE
    tokens: tuple[Token, ...] = ()
    source: str = ""


def unreadable(cause: Cause, tokens: Sequence[Token] = (), source: str = "") -> CellReading:
    """A cell that nobody can read for certain."""
    return CellReading(
        Figure(State.UNREADABLE, raw="无法辨认"), How.UNREADABLE, (), cause, tuple(tokens), source
    )


@dataclass
class _Tables:
    """What is known of a form's cells so far."""

    form: Format
    cells: dict[str, CellReading] = field(default_factory=dict)
    open_rows: list[Aligned] = field(default_factory=list)

    def number(self, address: str) -> Number | None:
        """The number of a cell; None for every other state."""
        reading = self.cells.get(address)
        return reading.figure.value if reading else None


def solve(form: Format, units: Sequence[Unit], disorder: Iterable[str]) -> dict[str, CellReading]:
    """Every cell of the form."""
    tables = _Tables(form)
    rows = _with_labels(form, [unit for unit in units if unit.table.id not in set(disorder)])
    for unit in (unit for unit in units if unit.table.id in set(disorder) and unit.row):
        for address in unit.addresses:
            tables.cells[address] = unreadable(Cause.DISORDER, unit.tokens)
    for unit in rows:
        if not _is_repeated(tables, unit):
            _take(tables, aligned(form, unit))
    _decide(tables)
    _totals_at_the_end(tables)
    _solve_single_cells(tables)
    for row in tables.open_rows:
        for address in row.unit.addresses:
            tables.cells.setdefault(
                address, unreadable(Cause(row.trouble.value), row.unit.tokens, _printed(row.unit))
            )
    return {address: tables.cells.get(address, unreadable(Cause.MISSING)) for address in form.cells}


# Rows whose label is lost


def _with_labels(form: Format, units: Sequence[Unit]) -> list[Unit]:
    """The units that have a row; bare ones get theirs where their number fits the form exactly."""
    labelled: list[Unit] = []
    for table in form.tables:
        table_units = [unit for unit in units if unit.table is table]
        if table.layout == "across":
            labelled += table_units
            continue
        labelled += [unit for unit in table_units if unit.row is not None]
        if len(table.blocks) == 1:
            _label_bare_rows(table.blocks[0], table_units, labelled)
    return labelled


def _label_bare_rows(block: Block, units: Sequence[Unit], labelled: list[Unit]) -> None:
    order = {row.path: place for place, row in enumerate(block.leaf_rows)}
    present = {unit.row.path for unit in units if unit.row is not None}
    bare: list[Unit] = []
    last_place = -1
    for unit in (*units, None):
        if unit is not None and unit.row is None:
            bare.append(unit)
            continue
        next_place = order.get(unit.row.path, -1) if unit and unit.row else len(order)
        gap = block.leaf_rows[last_place + 1 : next_place]
        fits = len(gap) == len(bare) and all(_is_complete(unit) for unit in bare)
        if bare and fits and not any(row.path in present for row in gap):
            for heading, row in zip(gap, bare, strict=True):
                row.row = heading
                labelled.append(row)
        bare = []
        last_place = next_place


def _is_complete(unit: Unit) -> bool:
    filled = [token for token in unit.tokens if not token.blank]
    return len(filled) == len(unit.block.leaf_columns)


# Rows as they come


def _take(tables: _Tables, row: Aligned) -> None:
    """Keep a row: its cells where it has them, itself where several ways are open."""
    addresses = row.unit.addresses
    if row.trouble is Trouble.NONE:
        for address, token in zip(addresses, row.tokens, strict=True):
            _keep(tables, address, cell_reading(tables.form, address, token))
        return
    if any(address in tables.cells for address in addresses):
        return  # the row stands in the document a second time, and was read there
    earlier = [
        earlier_row for earlier_row in tables.open_rows if earlier_row.unit.addresses == addresses
    ]
    if not earlier:
        tables.open_rows.append(row)
    elif [t.text for t in earlier[0].unit.tokens] != [t.text for t in row.unit.tokens]:
        tables.open_rows.remove(earlier[0])
        for address in addresses:
            tables.cells[address] = unreadable(Cause.CONFLICT, row.unit.tokens, _printed(row.unit))


def _is_repeated(tables: _Tables, unit: Unit) -> bool:
    """Whether a row that is still open stands here once more, in the same words."""
    texts = [token.text for token in unit.tokens]
    return any(
        row.unit.addresses == unit.addresses and [t.text for t in row.unit.tokens] == texts
        for row in tables.open_rows
    )


def _keep(tables: _Tables, address: str, cell: CellReading) -> None:
    """Keep a cell; two that say different things are none."""
    tables.open_rows = [row for row in tables.open_rows if address not in row.unit.addresses]
    earlier = tables.cells.get(address)
    if earlier is None or _says(earlier) == _says(cell):
        tables.cells[address] = earlier or cell
        return
    tokens = (*earlier.tokens, *cell.tokens)
    source = " / ".join(token.text or "（空）" for token in tokens)
    tables.cells[address] = unreadable(Cause.CONFLICT, tokens, source)


def _says(cell: CellReading) -> tuple[object, ...]:
    return cell.figure.state, cell.figure.value, cell.figure.unit


def cell_reading(form: Format, address: str, token: Token) -> CellReading:
    """What one cell of the document says."""
    column = form.cells[address].column
    money = column.as_reported or column.decimal
    text = figure_text(token.text, money=money)
    decoded = decode(text, with_unit=money)
    is_number = decoded.state is State.NUMBER
    if is_number and decoded.unit and not column.as_reported and decoded.unit != column.unit:
        return unreadable(Cause.UNIT, (token,), token.text)
    if is_number and not column.decimal and decoded.value != int(decoded.value or 0):
        return unreadable(Cause.ILLEGIBLE, (token,), token.text)
    if is_number and (decoded.value or 0) < 0 and not column.negative:
        return unreadable(Cause.ILLEGIBLE, (token,), token.text)
    if decoded.state is State.UNREADABLE:
        return unreadable(Cause.ILLEGIBLE, (token,), token.text)
    unit = decoded.unit if column.as_reported else ""
    value = decoded.value
    if value is not None and value == int(value) and not column.decimal:
        value = int(value)
    raw = Figure(decoded.state, value, unit=unit).text if is_number else token.text.strip()
    figure = Figure(decoded.state, value, raw, unit)
    how = {
        State.NUMBER: How.READ,
        State.BLANK: How.BLANK,
        State.NOT_APPLICABLE: How.NOT_APPLICABLE,
    }[decoded.state]
    return CellReading(figure, how, tokens=(token,), source=token.text)


def _printed(unit: Unit) -> str:
    return " | ".join(token.text for token in unit.tokens)


# Rows that can be read in several ways


def _decide(tables: _Tables) -> None:
    """Read the rows for which all sums of the table leave one way."""
    undecided = [row for row in tables.open_rows if row.ways]
    lost = [row for row in undecided if row.trouble is Trouble.LOST and not _zeros(row)]
    if len(lost) > MOST_LOST:
        # Where the same column is gone from every row, the sums hold with any other in its place.
        undecided = [row for row in undecided if row not in lost]
    if not undecided:
        return
    sums = _sums_across(tables, undecided)
    if any(
        _balance(tables, instance, {}) not in {0, None} for instance in _sums_of(tables, undecided)
    ):
        # Some printed figure is wrong, and who knows which: what was lost cannot be made out.
        _settle_alone(tables, undecided)
        return
    domains = _possible({id(row): list(row.ways) for row in undecided}, undecided, sums, tables)
    if domains is None or any(not ways for ways in domains.values()):
        # The document contradicts itself: only rows that need no sum of another row are read.
        _settle_alone(tables, undecided)
        return
    search = _Search(tables, undecided, domains, sums)
    search.run()
    if search.exhausted:
        return
    if not search.solutions:
        _settle_alone(tables, undecided)
        return
    for row in undecided:
        values = {solution[id(row)].values for solution in search.solutions}
        _settle(tables, row, [way for way in row.ways if way.values in values], sums)


def _zeros(row: Aligned) -> bool:
    return all(value == 0 for way in row.ways for value in way.values)


def _sums_across(tables: _Tables, rows: Sequence[Aligned]) -> list[Instance]:
    """The sums over several rows in which an open row takes part and all else is a number."""
    open_cells = {address for row in rows for address in row.unit.addresses}
    table_units = {id(instance) for row in rows for instance in row.row_sums}
    chosen = []
    for instance in instances(tables.form):
        addresses = [place.address for place in (*instance.left, *instance.right)]
        if not is_sum(instance) or id(instance) in table_units or not open_cells & set(addresses):
            continue
        others = (address for address in addresses if address not in open_cells)
        if all(tables.number(address) is not None for address in others):
            chosen.append(instance)
    return chosen


def _sums_of(tables: _Tables, rows: Sequence[Aligned]) -> list[Instance]:
    """The sums of the tables that these rows belong to."""
    names = {row.unit.table.id for row in rows}
    return [i for i in instances(tables.form) if is_sum(i) and i.identity.table in names]


Domains = dict[int, list[Way]]


def _possible(
    domains: Domains, rows: Sequence[Aligned], sums: Sequence[Instance], tables: _Tables
) -> Domains | None:
    """The ways of each row that can hold in every sum, whatever the other rows are."""
    place = {
        address: (row, column) for row in rows for column, address in enumerate(row.unit.addresses)
    }
    moved = True
    while moved:
        moved = False
        bounds = {
            address: (
                min((way.values[column] for way in domains[id(row)]), default=0),
                max((way.values[column] for way in domains[id(row)]), default=0),
            )
            for address, (row, column) in place.items()
        }
        for instance in sums:
            for row in rows:
                ways = [
                    way for way in domains[id(row)] if _fits(instance, row, way, bounds, tables)
                ]
                if len(ways) < len(domains[id(row)]):
                    domains[id(row)] = ways
                    moved = True
                    if not ways:
                        return None
    return domains


def _terms(instance: Instance) -> Iterator[tuple[int, str]]:
    yield from ((place.sign, place.address) for place in instance.left)
    yield from ((-place.sign, place.address) for place in instance.right)


def _fits(
    instance: Instance,
    row: Aligned,
    way: Way,
    bounds: Mapping[str, tuple[Number, Number]],
    tables: _Tables,
) -> bool:
    """Whether a sum can be 0 with this way, other open rows being anything they may be."""
    table_units = dict(zip(row.unit.addresses, way.values, strict=True))
    least: Number = 0
    most: Number = 0
    concerned = False
    for sign, address in _terms(instance):
        if address in table_units:
            concerned = True
            low = high = table_units[address]
        elif address in bounds:
            low, high = bounds[address]
        else:
            low = high = tables.number(address) or 0
        least += sign * (low if sign > 0 else high)
        most += sign * (high if sign > 0 else low)
    return not concerned or least <= 0 <= most


class _Search:
    """Looks for the choices of ways with which all sums hold."""

    def __init__(
        self,
        tables: _Tables,
        rows: Sequence[Aligned],
        domains: Domains,
        sums: Sequence[Instance],
    ) -> None:
        self.tables = tables
        self.rows = sorted(rows, key=lambda row: len(domains[id(row)]))
        self.domains = domains
        self.touching = {id(row): [i for i in sums if _touches(i, row)] for row in rows}
        self.values: dict[str, Number] = {}
        self.chosen: dict[int, Way] = {}
        self.solutions: list[dict[int, Way]] = []
        self.tried = 0

    @property
    def exhausted(self) -> bool:
        """Whether there are too many ways, so that nothing is certain."""
        return self.tried > MOST_TRIED or len(self.solutions) >= MOST_SOLUTIONS

    def run(self, depth: int = 0) -> None:
        """Choose a way for each row from this one on."""
        if depth == len(self.rows):
            self.solutions.append(dict(self.chosen))
            return
        row = self.rows[depth]
        for way in {way.values: way for way in self.domains[id(row)]}.values():
            self.tried += 1
            if self.exhausted:
                return
            self.chosen[id(row)] = way
            self.values.update(zip(row.unit.addresses, way.values, strict=True))
            if all(self._may_hold(instance) for instance in self.touching[id(row)]):
                self.run(depth + 1)
            for address in row.unit.addresses:
                del self.values[address]

    def _may_hold(self, instance: Instance) -> bool:
        return _balance(self.tables, instance, self.values) in {0, None}


def _touches(instance: Instance, row: Aligned) -> bool:
    return any(address in row.unit.addresses for _, address in _terms(instance))


def _settle_alone(tables: _Tables, rows: Sequence[Aligned]) -> None:
    """Read what needs no sum of another row: runs with one way to take them apart, and zeros."""
    for row in rows:
        alone = len({way.values for way in row.ways}) == 1
        if alone and (_zeros(row) or all(way.lost < 0 for way in row.ways)):
            _settle(tables, row, list(row.ways), ())


def _settle(tables: _Tables, row: Aligned, ways: Sequence[Way], sums: Sequence[Instance]) -> None:
    """The cells of a row for which these ways are left."""
    if not _is_certain(row, ways, sums):
        return
    totals = {instance.left[0].address for instance in row.row_sums}
    tables.open_rows.remove(row)
    for column, address in enumerate(row.unit.addresses):
        equations = [instance for instance in (*row.row_sums, *sums) if _has(instance, address)]
        tables.cells[address] = _settled(row, ways, column, equations, is_total=address in totals)


def _is_certain(row: Aligned, ways: Sequence[Way], sums: Sequence[Instance]) -> bool:
    """Whether the sums may decide a row at all.

    Where a blank cell leaves no trace, none may have been lost. Where one was lost, the sum of the
    row only says what it was: the sums of its columns must agree, unless all are zeros.
    """
    lost = any(way.lost >= 0 for way in ways)
    if not lost:
        return True
    if not (row.unit.exact or row.unit.delimited):
        return False
    zeros = all(value == 0 for way in ways for value in way.values)
    return zeros or all(any(_has(i, address) for i in sums) for address in row.unit.addresses)


def _settled(
    row: Aligned, ways: Sequence[Way], column: int, equations: Sequence[Instance], *, is_total: bool
) -> CellReading:
    """One cell of a row for which these ways are left."""
    values = {way.values[column] for way in ways}
    value = next(iter(values))
    source = _printed(row.unit)
    lost_in = sum(way.lost == column for way in ways)
    if len(values) > 1:
        return unreadable(Cause(row.trouble.value), row.unit.tokens, source)
    if lost_in and (is_total or (value == 0 and lost_in == len(ways))):
        return unreadable(Cause.MAY_BE_BLANK, row.unit.tokens, source)
    return CellReading(
        Figure(State.NUMBER, value, plain(value)),
        How.SOLVED if lost_in and value else How.READ,
        tuple(dict.fromkeys(instance.identity.rule for instance in equations)),
        Cause(row.trouble.value),
        tuple(row.unit.tokens),
        source,
    )


def _has(instance: Instance, address: str) -> bool:
    return any(name == address for _, name in _terms(instance))


# Rows of which only the total is certain


def _totals_at_the_end(tables: _Tables) -> None:
    """The last figure of a row that lost several, where the sums of its column say it is the total.

    All such rows of a table are taken together, and every sum of the column must hold.
    """
    for table in tables.form.tables:
        for column in tables.form.totals(table.id):
            _total_column(tables, table, column)


def _total_column(tables: _Tables, table: Table, column: str) -> None:
    rows = [row for row in tables.open_rows if row.unit.table is table and _ends_with_total(row)]
    claimed: dict[str, Token] = {}
    for row in rows:
        address = row.unit.addresses[-1]
        if address.endswith(f".{column}"):
            claimed[address] = row.unit.tokens[-1]
    values = {address: int(token.text) for address, token in claimed.items()}
    # Zeros add up whatever they are: they are totals where rows cut in the same way say so.
    alike = Counter(len(row.unit.tokens) for row in rows)
    telling = {
        len(row.unit.tokens)
        for row in rows
        if values.get(row.unit.addresses[-1]) and alike[len(row.unit.tokens)] >= FEWEST_ALIKE
    }
    lengths = {row.unit.addresses[-1]: len(row.unit.tokens) for row in rows}
    values = {address: value for address, value in values.items() if lengths[address] in telling}
    claimed = {address: claimed[address] for address in values}
    if not claimed:
        return
    sums = [
        instance
        for instance in instances(tables.form)
        if is_sum(instance)
        and any(_has(instance, address) for address in claimed)
        and instance.identity.each == "column"
    ]
    for instance in sums:
        balance: Number = 0
        for sign, address in _terms(instance):
            number = values.get(address, tables.number(address))
            if number is None:
                return
            balance += sign * number
        if balance:
            return
    names = tuple(dict.fromkeys(instance.identity.rule for instance in sums))
    covered = {address for instance in sums for _, address in _terms(instance)}
    for row in rows:
        address = row.unit.addresses[-1]
        if address in values and address in covered:
            figure = Figure(State.NUMBER, values[address], plain(values[address]))
            tables.cells[address] = CellReading(
                figure, How.READ, names, Cause.FEW, (claimed[address],), _printed(row.unit)
            )


def _ends_with_total(row: Aligned) -> bool:
    tokens = row.unit.tokens
    return (
        row.trouble is Trouble.FEW
        and row.unit.row is not None
        and len(tokens) > 1
        and row.unit.delimited
        and all(token.text.isdecimal() and token.text.isascii() for token in tokens)
    )


# Single cells


def _solve_single_cells(tables: _Tables) -> None:
    """The cells that cannot be read and for which the sums leave one value.

    Every sum that a solved cell takes part in must hold, as far as it can be told. Where some sum
    of the table fails, the document is wrong somewhere: then each sum of the cell must be complete.
    """
    sums = [instance for instance in instances(tables.form) if is_sum(instance)]
    doubtful = {
        instance.identity.table
        for instance in sums
        if _balance(tables, instance, {}) not in {0, None}
    }
    values: dict[str, Number] = {}
    by: dict[str, list[str]] = {}
    moved = True
    while moved:
        moved = False
        for instance in sums:
            open_cells = [a for _, a in _terms(instance) if _is_open(tables, a, values)]
            if len(open_cells) != 1 or not _is_solvable(tables, open_cells[0]):
                continue
            address = open_cells[0]
            value = _value_asked(tables, instance, address, values)
            if value is not None and value >= 0:
                values[address] = value
                by.setdefault(address, []).append(instance.identity.rule)
                moved = True
    rejected = _contradicted(tables, sums, values, doubtful)
    for address, value in values.items():
        if address in rejected:
            continue
        old = tables.cells.get(address)
        names = [
            i.identity.rule for i in sums if _has(i, address) and _balance(tables, i, values) == 0
        ]
        figure = Figure(State.NUMBER, value, plain(value))
        tables.cells[address] = CellReading(
            figure,
            How.SOLVED,
            tuple(dict.fromkeys((*by[address], *names))),
            old.cause if old else Cause.MISSING,
            old.tokens if old else (),
            old.source if old else "",
        )


def _is_open(tables: _Tables, address: str, values: Mapping[str, Number]) -> bool:
    return address not in values and tables.number(address) is None


def _is_solvable(tables: _Tables, address: str) -> bool:
    """Whether a cell is there and cannot be read: what is blank, or not there, is not solved."""
    reading = tables.cells.get(address)
    return reading is not None and reading.cause is Cause.ILLEGIBLE


def _value_asked(
    tables: _Tables, instance: Instance, address: str, values: Mapping[str, Number]
) -> Number | None:
    balance: Number = 0
    sign = 0
    for term_sign, name in _terms(instance):
        if name == address:
            sign += term_sign
        else:
            number = values.get(name, tables.number(name))
            if number is None:
                return None
            balance += term_sign * number
    return -balance * sign if sign in {1, -1} else None


def _balance(tables: _Tables, instance: Instance, values: Mapping[str, Number]) -> Number | None:
    """Left side less right side; None where some figure is no number."""
    balance: Number = 0
    for sign, address in _terms(instance):
        number = values.get(address, tables.number(address))
        if number is None:
            return None
        balance += sign * number
    return balance


def _contradicted(
    tables: _Tables,
    sums: Sequence[Instance],
    values: Mapping[str, Number],
    doubtful: set[str],
) -> set[str]:
    """The solved cells that some sum speaks against, and those that hang on them."""
    rejected: set[str] = set()
    for address in values:
        for instance in sums:
            if not _has(instance, address):
                continue
            balance = _balance(tables, instance, values)
            unsure = balance is None and instance.identity.table in doubtful
            if unsure or balance not in {0, None}:
                rejected.add(address)
    # A value that was found with the help of a rejected one is no better.
    return set(values) if rejected else rejected


def failing(form: Format, cells: Mapping[str, CellReading]) -> list[Instance]:
    """The sums of this year that do not hold with the figures as read."""
    tables = _Tables(form, dict(cells))
    return [
        instance
        for instance in instances(form)
        if is_sum(instance) and _balance(tables, instance, {}) not in {0, None}
    ]
