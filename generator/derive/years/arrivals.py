"""What two years' figures come to in words: the headline figures, what there is that was not there the year before, and what is gone."""

from __future__ import annotations

from collections.abc import Sequence

from generator.derive import words
from generator.derive.years.caveats import caveat
from generator.derive.years.comparison import Comparison, Sheet, full_name, row
from generator.derive.years.series import Pair, Series, in_words, pair
from generator.model.comparison import Comparability
from generator.model.figure import plain, typeset


def headlines(comparison: Comparison) -> tuple[str, ...]:
    """The headline figures of the newest report against those of the one before it, where the two compare."""
    site, say = comparison.site, comparison.say
    before, after = comparison.reports[-2:]
    said = []
    for key in site.law.headline:
        found = pair(site.law, key, before, after, unconfirmed=site.settings.unconfirmed_notes)
        if found.numbers:
            than = before.year if before.year != after.year - 1 else None
            name, unit = words.name_of(site.law, key, say), words.unit_of(site.law, key, say)
            said.append(_noted(comparison, in_words(say, name, unit, *found.numbers, than=than), key, found))
    return tuple(said)


def arrivals(comparison: Comparison, sheets: Sequence[Sheet]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was 0 in the report before the newest and is not any more, and what is 0 now and was not. Of a table with many rows only the
    totals are looked at, of others the figures that totals are made of; blanks are not 0, and what does not compare is left out."""
    appeared, vanished = [], []
    for sheet in sheets:
        for one in () if sheet.folded else sheet.lines:
            found = comparison.pair(one, len(comparison.reports) - 1)
            if found is None or not found.change or _said_by_others(comparison, sheet, one, found):
                continue
            before, after = found.numbers or (0, 0)
            if before == 0:
                appeared.append(_noted(comparison, _named(comparison, sheet, one, typeset(plain(after))), one.key, found))
            elif after == 0:
                vanished.append(_noted(comparison, _named(comparison, sheet, one, typeset(plain(before))), one.key, found))
    return tuple(appeared), tuple(vanished)


def _noted(comparison: Comparison, said: str, key: str, found: Pair) -> str:
    """The words with what changed between the two newest years, and with what contradicts either figure: `行政复议 7 件，比上年多 5 件；
    法律有变，见注 3`."""
    say, changed = comparison.say, caveat(comparison.say, found.verdict)
    if changed:
        numbers = say.listed(map(str, comparison.noted(found.verdict)))
        said = say("{said}；{changed}，见注 {numbers}", said=said, changed=changed, numbers=numbers)
    last = len(comparison.reports) - 1
    for index in (last - 1, last):
        if notes := comparison.contradiction(key, index):
            numbers = say.listed(map(str, comparison.numbered(notes)))
            year = comparison.reports[index].year
            said = say("{said}；{year} 年度的数与表中其他数字不符，见注 {numbers}", said=said, year=year, numbers=numbers)
    return said


def _said_by_others(comparison: Comparison, sheet: Sheet, one: Series, found: Pair) -> bool:
    """Whether a figure is the sum of others of its sheet that are looked at themselves."""
    if found.verdict.parts and found.verdict.kind is not Comparability.MERGED:
        return True
    return not sheet.by_column and one.cell.column.path in comparison.totals


def _named(comparison: Comparison, sheet: Sheet, one: Series, value: str) -> str:
    """`（三）不予公开：5.属于三类内部事务信息 32 件`."""
    say, law = comparison.say, comparison.site.law
    name = full_name(comparison, row(comparison, one, (), by_column=sheet.by_column))
    unit = law.unit_in_english(one.concept.unit) if say.foreign else one.concept.unit
    return say("{name} {value} {unit}", name=name, value=value, unit=unit)
