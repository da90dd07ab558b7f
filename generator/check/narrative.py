"""X-01 … X-07, X-10 … X-13, T3-07: what the narrative says in numbers, against the tables.

Which words there are and what they claim stands in lexicon.yaml and claims.yaml; reading.py says
what a text states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache, reduce

from generator.check.case import Case, compared
from generator.check.reading import About, Statement, statements
from generator.language import amounts
from generator.language.glosses import cell_text
from generator.language.sentence import plural, plus, sentence
from generator.model.claim import Bound, Sum
from generator.model.figure import Number, plain, size
from generator.model.finding import Finding, Text
from generator.model.format import Format
from generator.model.report import Report, SectionText

# Up to so many cells of a sum are named.
NAMED = 3
# What a figure in one unit is in another: amounts of money are told in 元 or in 万元.
MONEY = {"元": Decimal(1) / 10000, "万元": Decimal(1), "亿元": Decimal(10000), "": Decimal(1)}


def check(case: Case) -> Iterator[Finding]:
    """The claims of a report's texts that the tables contradict, each at its number."""
    name = case.agency.name_in(case.report.year)
    reported = set()
    for text in case.report.texts:
        for statement in statements(case.site.law.claims, text, case.report.year, name):
            for finding in _judged(case, statement):
                if (finding.at, finding.rule) not in reported:
                    reported.add((finding.at, finding.rule))
                    yield finding


def _judged(case: Case, statement: Statement) -> Iterator[Finding]:
    if statement.about is About.NOW:
        yield from _differs(case, statement)
    elif case.prior is not None:
        if statement.about is About.LAST:
            yield from _differs(case, statement, case.prior)
        else:
            yield from _grew(case, case.prior, statement)


def _amount(statement: Statement) -> Number:
    """The number of a statement in the unit of its cells."""
    quantity = statement.quantity
    if statement.claim.units == "money":
        return Decimal(quantity.value) * MONEY[quantity.unit]
    return quantity.value


def _differs(case: Case, statement: Statement, prior: Report | None = None) -> Iterator[Finding]:
    """A finding where none of the ways to come to a number gives it.

    None where a cell cannot be read. `prior` is last year's report, where the number is of it.
    """
    report = prior or case.report
    results = _results(report, statement.ways)
    number = _amount(statement)
    if statement.against:
        totals = _results(report, statement.against)
        if len(totals) != 1:
            return
        else:
            number = totals[0][0]
    if not results or any(_satisfies(total, number, statement) for total, _ in results):
        return
    total, cells = min(results, key=lambda result: size(result[0] - number))
    in_words = statement.in_words
    values = {
        "words": _quotation(statement.text, statement, in_words=in_words),
        "table": _alternatives(report, results),
        "difference": size(number - total),
    }
    if prior:
        rule = "X-10"
        message = sentence("正文说上年是{words}，上年的报告中{table}，相差 {difference}", **values)
    else:
        rule = statement.claim.rule
        message = sentence("正文写的是{words}，表中{table}，相差 {difference}", **values)
    advice = sentence("“没有”“全部”说得太满：改为实际的件数，或改表") if in_words else None
    place = statement.text.place(statement.quantity.start)
    own_cells = () if prior else cells
    finding = case.finding(rule, place, message, cells=own_cells, advice=advice)
    yield compared(finding, total, number)


def _satisfies(total: Number, number: Number, statement: Statement) -> bool:
    """Whether cells come to what is stated of them."""
    if statement.claim.bound is Bound.LEAST:
        return total >= number
    if statement.claim.bound is Bound.MOST:
        return total <= number
    return total == number


def _results(report: Report, ways: Sequence[Sum]) -> list[tuple[Number, tuple[str, ...]]]:
    """What each way to come to a number gives; none where one of their cells cannot be read."""
    sums = [cells for cells in (_cells(report.format, way) for way in ways) if cells]
    results = [(total, cells) for cells in sums if (total := _total(report, cells)) is not None]
    return results if len(results) == len(sums) else []


def _grew(case: Case, prior: Report, statement: Statement) -> Iterator[Finding]:
    """X-10: a comparison that last year's report does not bear out, whichever way it is taken."""
    pairs = []
    for way in statement.ways:
        new_cells = _cells(case.report.format, way)
        old_cells = _cells(prior.format, way)
        if not new_cells or not old_cells:
            continue
        totals = (_total(case.report, new_cells), _total(prior, old_cells))
        if totals[0] is None or totals[1] is None:
            return
        pairs.append((totals[0], totals[1], new_cells))
    if not pairs or any(_bears_out(case, statement, new, old) for new, old, _ in pairs):
        return
    new, old, cells = pairs[0]
    values = {
        "words": _quotation(statement.text, statement, in_words=False),
        "cells": _name(case.report, cells),
        "old": plain(old),
        "new": plain(new),
    }
    message = sentence("正文说与上年相比{words}，而{cells}上年是 {old}，今年是 {new}", **values)
    place = statement.text.place(statement.quantity.start)
    yield case.finding("X-10", place, message, cells=cells)


def _bears_out(case: Case, statement: Statement, new: Number, old: Number) -> bool:
    """Whether two figures differ as a text says."""
    if statement.about is About.SAME:
        return new == old
    stated = statement.quantity.value
    change = new - old if statement.about is About.UP else old - new
    unit = statement.quantity.unit
    if unit != "%":
        return bool(change in {stated, _amount(statement)})
    if not old:
        return change >= 0
    decimals = amounts.decimals(stated)
    rounding = Decimal(5) / 10 ** (decimals + 1)
    tolerance = Decimal(str(case.rule("X-10").number("within")))
    percent = Decimal(change) / Decimal(old) * 100
    return bool(size(percent - stated) <= max(tolerance, rounding))


def _quotation(text: SectionText, statement: Statement, *, in_words: bool) -> Text:
    """The words of the text that give a number."""
    quantity = statement.quantity
    quoted = text.markdown[quantity.start : quantity.end].replace("\n", "")
    if in_words:
        return sentence("“{words}”（即 0）", words=quoted)
    return sentence("“{words}”", words=quoted)


def _alternatives(report: Report, results: Sequence[tuple[Number, Sequence[str]]]) -> Text:
    """Each way to come to the number, with what it gives."""
    texts = [
        sentence("{cells} {total}", cells=_name(report, cells), total=plain(total))
        for total, cells in dict.fromkeys(results)
    ]
    return texts[0] if len(texts) == 1 else _either(texts[:NAMED])


def _either(texts: Sequence[Text]) -> Text:
    first, *others = texts
    for text in others:
        first = sentence("{first} 或 {second}", first=first, second=text)
    return first


@lru_cache(maxsize=4096)
def _cells(form: Format, way: Sum) -> tuple[str, ...]:
    """The cells of the report's form that a sum of concepts means.

    They are those named, or all rows of a group that is named; none where the form lacks one of
    them.
    """
    cells: list[str] = []
    for concept in way:
        meant = [address for key, address in form.by_concept.items() if _is_meant(key, concept)]
        if concept in form.by_concept:
            meant = [form.by_concept[concept]]
        if not meant:
            return ()
        cells += meant
    return tuple(cells)


def _is_meant(key: str, concept: str) -> bool:
    """Whether a key is the concept itself, or a row of the group that the concept names."""
    if key == concept:
        return True
    group, _, column = concept.rpartition(".")
    one_deeper = key.count(".") == concept.count(".") + 1
    return one_deeper and key.startswith(f"{group}.") and key.endswith(f".{column}")


def _total(report: Report, cells: Sequence[str]) -> Number | None:
    """The sum of the cells; None where one of them cannot be read."""
    figures = [report.figures[cell] for cell in cells]
    if any(figure.mistaken or figure.state.unknown for figure in figures):
        return None
    return sum((figure.value or 0 for figure in figures), start=0)


def _name(report: Report, addresses: Sequence[str]) -> Text:
    """What a sum is called: its cells, or the first and how many more."""
    names = [cell_text(report.format.cells[address]) for address in addresses]
    if len(names) > NAMED:
        others = len(names) - 1
        return plural("“{first}等 {cells} 格之和”", others, first=names[0], cells=len(names))
    return sentence("“{cells}”", cells=reduce(plus, names))
