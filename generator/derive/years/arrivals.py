"""Two years' figures in sentences.

How the headline figures changed, which figures are no longer 0, and which became 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.derive import words
from generator.derive.years.caveats import caveat
from generator.derive.years.comparison import Comparison, Sheet, compared_row, full_name
from generator.derive.years.series import Pair, Series, in_words, pair
from generator.language import amounts
from generator.language.glosses import unit_name
from generator.model.comparison import Comparability
from generator.model.figure import Number


def headlines(comparison: Comparison) -> tuple[str, ...]:
    """The headline figures of the newest report against those of the one before it.

    Figures that do not compare are left out.
    """
    law = comparison.site.law
    say = comparison.say
    unconfirmed = comparison.site.settings.unconfirmed_notes
    earlier, later = comparison.reports[-2:]
    than = None if earlier.year == later.year - 1 else earlier.year
    sentences = []
    for key in law.headline:
        figures = pair(law, key, earlier, later, unconfirmed=unconfirmed)
        if figures.numbers:
            name = words.name_of(law, key, say)
            unit = words.unit_of(law, key, say)
            sentence = in_words(say, name, unit, *figures.numbers, than=than)
            sentences.append(_with_notes(comparison, sentence, key, figures))
    return tuple(sentences)


def arrivals(
    comparison: Comparison, sheets: Sequence[Sheet]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures that were 0 in the report before the newest and are not now; those that became 0.

    Of a table with many rows only the totals are looked at, of others the figures that totals are
    made of. A blank is not 0, and what does not compare is left out.
    """
    newest = len(comparison.reports) - 1
    appeared = []
    vanished = []
    for sheet in sheets:
        for line in () if sheet.folded else sheet.lines:
            figures = comparison.pair(line, newest)
            if figures is None or not figures.change or not figures.numbers:
                continue
            if _sum_of_others(comparison, sheet, line, figures):
                continue
            earlier, later = figures.numbers
            if earlier == 0:
                sentence = _sentence(comparison, sheet, line, later)
                appeared.append(_with_notes(comparison, sentence, line.key, figures))
            elif later == 0:
                sentence = _sentence(comparison, sheet, line, earlier)
                vanished.append(_with_notes(comparison, sentence, line.key, figures))
    return tuple(appeared), tuple(vanished)


def _with_notes(comparison: Comparison, sentence: str, key: str, figures: Pair) -> str:
    """The sentence with what changed between the two newest years and what contradicts a figure.

    `行政复议 7 件，比上年多 5 件；法律有变，见注 3`.
    """
    say = comparison.say
    changed = caveat(say, figures.verdict)
    if changed:
        numbers = say.listed(map(str, comparison.verdict_notes(figures.verdict)))
        sentence = say(
            "{said}；{changed}，见注 {numbers}", said=sentence, changed=changed, numbers=numbers
        )
    newest = len(comparison.reports) - 1
    for index, point in ((newest - 1, figures.before), (newest, figures.after)):
        notes = comparison.contradiction(key, index, point)
        if notes:
            sentence = say(
                "{said}；{year} 年度的数与表中其他数字不符，见注 {numbers}",
                said=sentence,
                year=comparison.reports[index].year,
                numbers=say.listed(map(str, comparison.note_numbers(notes))),
            )
    return sentence


def _sum_of_others(comparison: Comparison, sheet: Sheet, line: Series, figures: Pair) -> bool:
    """Whether a figure is the sum of others of its sheet that are looked at themselves."""
    if figures.verdict.parts and figures.verdict.kind is not Comparability.MERGED:
        return True
    return not sheet.by_column and line.cell.column.path in comparison.totals


def _sentence(comparison: Comparison, sheet: Sheet, line: Series, value: Number) -> str:
    """A figure with its full name: `（三）不予公开：5.属于三类内部事务信息 32 件`."""
    say = comparison.say
    row = compared_row(comparison, line, (), by_column=sheet.by_column)
    unit = line.concept.unit
    return say(
        "{name} {value} {unit}",
        name=full_name(comparison, row),
        value=amounts.figure(value),
        unit=unit_name(comparison.site.law, unit, say),
    )
