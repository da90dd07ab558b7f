"""A statutory form as a value: its sections, tables and identities.

Headings, tables and formats are themselves, not their contents: they compare by identity, so they
are cheap keys. Trees mirror print. A row or column without an `id` is a heading only (三、本年度办理结果,
申请人情况): it has children and no figures. A `gloss` says in other languages what the law's words
mean, for readers of the site; it is printed beside them and is never a way to write them. It is
empty in Chinese, and in a language that has none; the Chinese then stands alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import product

from generator.model.finding import NO_GLOSS, Location, Text

AS_REPORTED = "as_reported"


class Comparable(StrEnum):
    """Whether two years' figures of one concept may stand side by side."""

    YES = "yes"
    WITH_NOTE = "with_note"
    NO = "no"


@dataclass(frozen=True)
class Break:
    """From year `start` on, the meaning of a figure has shifted.

    Where the figures stay `comparable`, only the law around them has changed. `note` says how. An
    `unconfirmed` break is a note of ours, not of a text we read.
    """

    start: int
    comparable: Comparable
    note: Text
    unconfirmed: bool = False


def stated_unit(unit: str) -> str:
    """The unit of a column or of a concept.

    Empty where each report has to name its own unit (2019: 采购总金额).
    """
    return "" if unit == AS_REPORTED else unit


@dataclass(frozen=True, eq=False)
class Heading:
    """A row or a column of a printed table, with the headings below it.

    `path` is the part of a cell address this heading stands for (`refused.state_secret`); it is
    empty for one that only groups. `concept` replaces `path` in the concept a cell is bound to,
    where an older form has another word. `variants` are known misspellings of the label. `made_by`
    says whose figures may be above 0, as `level` or `level.kind`; empty: anybody's. `split_rows`
    are those that the form splits it into, of one that a report prints as a single row (`one_row`).

    Where the label differs from an older form's, `same` says why the meaning is the same, or
    `breaks` how it has shifted. `breaks` may also stand where the label is the old one.
    """

    label: str
    path: str = ""
    short: str = ""
    aliases: tuple[str, ...] = ()
    children: tuple[Heading, ...] = ()
    split_rows: tuple[Heading, ...] = ()
    unit: str = ""
    decimal: bool = False
    negative: bool = False
    may_not_apply: bool = False
    concept: str = ""
    variants: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    gloss: Text = NO_GLOSS
    same: str = ""
    breaks: tuple[Break, ...] = ()
    at: Location = field(default=Location(""), compare=False)

    @property
    def name(self) -> str:
        """What a sentence calls it: the short word where there is one."""
        return self.short or self.label

    @property
    def concept_path(self) -> str:
        """The part of a concept key that it stands for."""
        return self.concept or self.path

    @property
    def as_reported(self) -> bool:
        """Whether each report names the unit of its figures itself."""
        return self.unit == AS_REPORTED

    @property
    def words(self) -> tuple[str, ...]:
        """Every way to write it in a report: canonical id, label, short word, aliases."""
        return tuple(
            word
            for word in (
                self.path.rpartition(".")[2],
                self.label,
                self.short,
                *self.aliases,
                *self.variants,
            )
            if word
        )

    def leaves(self) -> Iterator[Heading]:
        """The headings below (or this one) that carry figures, in print order."""
        if self.children:
            for child in self.children:
                yield from child.leaves()
        else:
            yield self


@dataclass(frozen=True, eq=False)
class Block:
    """A run of rows under one column head. Table two has four or five of them, the others one.

    `corner` is the word over the row heads (信息内容); `note` is a sentence the law prints in that
    place instead.
    """

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    title: str = ""
    corner: str = ""
    note: str = ""
    title_gloss: Text = NO_GLOSS
    corner_gloss: Text = NO_GLOSS
    note_gloss: Text = NO_GLOSS

    @cached_property
    def leaf_rows(self) -> tuple[Heading, ...]:
        """The rows that carry figures, in print order."""
        return tuple(leaf for row in self.rows for leaf in row.leaves())

    @cached_property
    def leaf_columns(self) -> tuple[Heading, ...]:
        """The columns that carry figures, in print order."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())


@dataclass(frozen=True, eq=False)
class Table:
    """One statutory table.

    `layout` is `down` (a row a line) or `across` (rows side by side as groups of columns). With
    `yearly` its figures are counted anew each year, so that two years hardly ever agree in all of
    them.

    `summary` is the sentence over it, with references to its figures; `summary_zero` what is said
    where all of them are 0.
    """

    id: str
    label: str
    blocks: tuple[Block, ...]
    layout: str = "down"
    short: str = ""
    aliases: tuple[str, ...] = ()
    summary: Text = NO_GLOSS
    summary_zero: Text = NO_GLOSS
    yearly: bool = False
    gloss: Text = NO_GLOSS
    at: Location = field(default=Location(""), compare=False)

    @property
    def by_column(self) -> bool:
        """Whether many rows stand under one column head.

        Lists of the table's figures then take one column at a time.
        """
        return self.layout == "down" and len(self.blocks) == 1

    @property
    def words(self) -> tuple[str, ...]:
        """Every way to write the table's key in a report."""
        return tuple(word for word in (self.id, self.label, self.short, *self.aliases) if word)


@dataclass(frozen=True)
class Section:
    """One of the numbered parts of a report; `table` names the table it holds, empty for text."""

    id: str
    number: str
    title: str
    aliases: tuple[str, ...] = ()
    table: str = ""
    gloss: Text = NO_GLOSS
    at: Location = field(default=Location(""), compare=False)

    @property
    def heading(self) -> str:
        """`一、总体情况`."""
        return f"{self.number}、{self.title}"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its address (`applications.received.total`), its row and its column."""

    address: str
    table: str
    row: Heading
    column: Heading
    concept: str

    @property
    def label(self) -> str:
        """`新收·自然人`, as sentences and file headers say it."""
        return f"{self.row.name}·{self.column.name}"

    @property
    def unit(self) -> str:
        """The unit that the form gives it; empty where each report has to."""
        return stated_unit(self.column.unit)


@dataclass(frozen=True)
class Term:
    """`sign` times the figure named by `name`; in last year's report when `prior`."""

    sign: int
    name: str
    prior: bool = False


@dataclass(frozen=True)
class Identity:
    """A relation that must hold between figures, for each row or for each column of a table.

    It reads `left relation right`.

    `names` in its terms are rows when `each` is `column`, and columns when `each` is `row`. `only`
    limits it to these rows or columns; `strict` lists those where it keeps its rule's severity
    while elsewhere it is a warning. `computes` is the name it may fill in when a report leaves it
    out. `when` names a cell without which (0 or less) nothing need hold. `counted_twice` and
    `swapped` are the rules that name two slips: a group whose subtotal was added too, two
    neighbours that changed places.
    """

    rule: str
    table: str
    each: str
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]
    at: Location = field(compare=False)
    formula: str = ""
    computes: str = ""
    only: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()
    constant: int = 0
    when: str = ""
    counted_twice: str = ""
    swapped: str = ""


@dataclass(frozen=True)
class Expectation:
    """What the narrative of a section must have.

    A text at least as long as the rule's threshold `least` and no longer than `most`, or one that
    mentions every aspect: each of `mentions` is a name and the words of which one must occur.
    `kinds` limits it to kinds of bodies. Where it is `counted`, a number must stand in the sentence
    that mentions an aspect. `wanted_by` names the local notice that wants it; empty for the form.
    """

    rule: str
    section: str
    mentions: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[str, ...] = ()
    counted: bool = False
    wanted_by: str = ""
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, eq=False)
class Format:
    """A statutory form: `id`, the reporting years it is for, sections, tables and identities.

    A report that prints a group as one row has the form that `one_row` makes, with the same id.
    """

    id: str
    title: str
    basis: str
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    expectations: tuple[Expectation, ...] = ()
    title_gloss: Text = NO_GLOSS
    at: Location = field(default=Location(""), compare=False)

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """Every cell by address, in print order."""
        cells = {}
        for table in self.tables:
            for block in table.blocks:
                rows = (heading for row in block.leaf_rows for heading in (row, *row.split_rows))
                for row, column in product(rows, block.leaf_columns):
                    address = f"{table.id}.{row.path}.{column.path}"
                    concept = f"{table.id}.{row.concept_path}.{column.concept_path}"
                    cells[address] = Cell(address, table.id, row, column, concept)
        return cells

    @cached_property
    def one_rows(self) -> tuple[str, ...]:
        """The groups, as `table.path`, that a report of this form prints as one row each."""
        return tuple(
            f"{table.id}.{row.path}"
            for table in self.tables
            for block in table.blocks
            for row in block.leaf_rows
            if row.split_rows
        )

    @cached_property
    def not_printed(self) -> tuple[str, ...]:
        """The addresses of the cells that a report of this form does not print."""
        return tuple(
            f"{table.id}.{part.path}.{column.path}"
            for table in self.tables
            for block in table.blocks
            for row in block.leaf_rows
            for part in row.split_rows
            for column in block.leaf_columns
        )

    @cached_property
    def by_concept(self) -> Mapping[str, str]:
        """The address of the cell that is bound to a concept."""
        return {cell.concept: address for address, cell in self.cells.items()}

    def expecting(self, expectations: Sequence[Expectation]) -> Format:
        """The form, with what somebody else wants of its sections; of others it wants nothing."""
        sections = {section.id for section in self.sections}
        further = tuple(wish for wish in expectations if wish.section in sections)
        return replace(self, expectations=(*self.expectations, *further)) if further else self

    def totals(self, table: str) -> frozenset[str]:
        """The columns of a table that sum up its rows."""
        return frozenset(
            identity.computes
            for identity in self.identities
            if identity.table == table and identity.each == "row" and identity.computes
        )

    def table(self, name: str) -> Table:
        """The table with this id; an unknown id is a bug, hence KeyError."""
        return {table.id: table for table in self.tables}[name]

    def covers(self, year: int) -> bool:
        """Whether the form is for this reporting year."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@lru_cache(maxsize=256)
def one_row(form: Format, group: str) -> Format:
    """The form as a report fills it in that prints a group of rows, `table.path`, as one row.

    The row stands in every sum in the place of its parts; a sum that asks for single parts cannot
    be told and is left out. The parts keep their cells, of which none is printed. The same form and
    group give the same value. Raises LookupError for a group that the form does not have.
    """
    table_id, _, path = group.partition(".")
    table = form.table(table_id)
    blocks = tuple(replace(block, rows=_one_row(block.rows, path)) for block in table.blocks)
    merged = replace(table, blocks=blocks)
    rows = [row for block in merged.blocks for row in block.leaf_rows if row.path == path]
    if not rows:
        raise LookupError(group)
    paths = {part.path for part in rows[0].split_rows}
    identities: list[Identity] = []
    for identity in form.identities:
        if identity.table != table_id or identity.each == "row":
            identities.append(identity)
        elif merged_identity := _over_one_row(identity, path, paths):
            identities.append(merged_identity)
    tables = tuple(merged if candidate.id == table_id else candidate for candidate in form.tables)
    return replace(form, tables=tables, identities=tuple(identities))


def filled_as(form: Format, addresses: Collection[str]) -> Format:
    """The form of a report that has figures in these cells, some of them of groups in one row."""
    for table in form.tables:
        for block in table.blocks:
            for group in _groups(block.rows):
                prefix = f"{table.id}.{group.path}"
                if any(f"{prefix}.{column.path}" in addresses for column in block.leaf_columns):
                    form = one_row(form, prefix)
    return form


def _groups(rows: Sequence[Heading]) -> Iterator[Heading]:
    """The groups that have a name in addresses, those within others behind them."""
    for row in rows:
        if row.children and row.path:
            yield row
        yield from _groups(row.children)


def _one_row(rows: tuple[Heading, ...], path: str) -> tuple[Heading, ...]:
    """The rows, with the group of this path as one without rows below it."""
    return tuple(
        replace(row, children=(), split_rows=tuple(row.leaves()))
        if row.path == path and row.children
        else replace(row, children=_one_row(row.children, path))
        if row.children
        else row
        for row in rows
    )


def _over_one_row(identity: Identity, path: str, paths: Set[str]) -> Identity | None:
    """An identity with one row in the place of all its parts; None for one that has only some."""
    names = {term.name for term in (*identity.left, *identity.right)} | {identity.when}
    if names.isdisjoint(paths):
        return identity
    left_terms = _with_one_row(identity.left, path, paths)
    right_terms = _with_one_row(identity.right, path, paths)
    if (
        left_terms is None
        or right_terms is None
        or identity.when in paths
        or identity.computes in paths
    ):
        return None
    return replace(identity, left=left_terms, right=right_terms)


def _with_one_row(terms: tuple[Term, ...], path: str, paths: Set[str]) -> tuple[Term, ...] | None:
    """The terms of a side; None where they do not take every part, all alike."""
    affected = [term for term in terms if term.name in paths]
    if not affected:
        return terms
    alike = len({(term.sign, term.prior) for term in affected}) == 1
    if not alike or sorted(term.name for term in affected) != sorted(paths):
        return None
    first = affected[0]
    return tuple(
        replace(first, name=path) if term is first else term
        for term in terms
        if term is first or term.name not in paths
    )
