"""Figures that were stated in two ways.

Corrected after publication, or left by one year with another value than the next year took over.
Both values are shown, a blank as a blank, with the explanation and who gave it. The law states
which figures one year leaves to the next: an identity that sets one figure of a report against
figures of the year before, and against nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from generator.derive import transcription
from generator.derive.states import shown
from generator.derive.years.series import pair
from generator.language import amounts, versions
from generator.language.glosses import cell_name
from generator.language.identity import Instance, Place, instances, total
from generator.language.speech import Speech, speech
from generator.model.comparison import Comparability
from generator.model.figure import Figure, Number
from generator.model.finding import Finding
from generator.model.format import Format
from generator.model.marks import Restatement
from generator.model.report import Explanation, Report
from generator.model.site import Site


def before_corrections(report: Report, say: Speech) -> dict[str, tuple[Restatement, ...]]:
    """Concept key → what stood there before the report was corrected (更正).

    As first published, with a sentence on each correction in its order.
    """
    first_values: dict[str, str] = {}
    sentences: dict[str, list[str]] = {}
    form = report.format
    for correction in sorted(report.corrections, key=lambda correction: correction.date):
        for change in correction.changes:
            old = shown(say, versions.said(form, change.cell, change.before))
            new = shown(say, versions.said(form, change.cell, change.after))
            sentence = say(
                "{year} 年度：{day}更正，{before} 改为 {after}，原因是“{reason}”。",
                year=report.year,
                day=say.day(correction.date),
                before=old,
                after=new,
                reason=correction.reason,
            )
            key = form.cells[change.cell].concept
            first_values.setdefault(key, old)
            sentences.setdefault(key, []).append(sentence)
    return {
        key: (Restatement(say("更正前 {before}", before=value), tuple(sentences[key])),)
        for key, value in first_values.items()
    }


def handover_differences(
    site: Site, prior: Report, report: Report, findings: Sequence[Finding]
) -> Mapping[str, tuple[Restatement, ...]]:
    """Concept key → the value in the report of the year before, where this one has another.

    `findings` are those of this report.
    """
    if prior.year != report.year - 1:
        return {}
    say = speech(site.settings.language)
    restatements = {}
    for instance in _openings(report.format):
        [address] = [place.address for place in _places(instance) if not place.prior]
        opening = report.figures[address]
        closing = _closing_figures(site, prior, report, instance)
        if not closing or opening.state.unknown:
            continue
        closing_sum = total([(place.sign, figure) for place, figure in closing])
        if closing_sum is None or closing_sum == (opening.value or 0):
            continue
        cells = report.format.cells
        closing_cells = []
        for place, figure in closing:
            name = cell_name(cells[place.address], say)
            closing_cells.append(f"{name} {shown(say, figure)}")
        sentence = say(
            "{year} 年度的报告写{cell} {now}，上一年度的报告写{parts}。",
            year=report.year,
            cell=cell_name(cells[address], say),
            now=shown(say, opening),
            parts=say.listed(closing_cells),
        )
        rule = instance.identity.rule
        reason = _reason(say, report, explanation(report, findings, {rule}, {address}))
        figures = [figure for _, figure in closing]
        short = say("按上年报告 {then}", then=_sum_or_word(say, figures, closing_sum))
        sentences = (say.spaced(sentence, reason),)
        restatements[cells[address].concept] = (Restatement(short, sentences, rule),)
    return restatements


def _sum_or_word(say: Speech, figures: Sequence[Figure], figures_sum: Number) -> str:
    """The sum of figures; where none is a number, the word for why the first one has none."""
    if any(figure.value is not None for figure in figures):
        return amounts.figure(figures_sum)
    return shown(say, figures[0])


def _closing_figures(
    site: Site, prior: Report, report: Report, instance: Instance
) -> list[tuple[Place, Figure]]:
    """The figures of last year's report that take part in an identity.

    Empty where one of them does not compare.
    """
    unconfirmed = site.settings.unconfirmed_notes
    closing = []
    for place in _places(instance):
        if place.prior:
            concept = report.format.cells[place.address].concept
            figures = pair(site.law, concept, prior, report, unconfirmed=unconfirmed)
            figure = figures.before.figure
            if figure is None or figures.verdict.kind is Comparability.NOT:
                return []
            closing.append((place, figure))
    return closing


def explanation(
    report: Report, findings: Sequence[Finding], rules: Collection[str], cells: Collection[str]
) -> Explanation | None:
    """The reason given for the finding of one of the rules between just these cells."""
    for finding in findings:
        if finding.explained_by is None or finding.rule not in rules:
            continue
        if set(finding.cells) == set(cells):
            return report.explanations[finding.explained_by]
    return None


def _reason(say: Speech, report: Report, explanation: Explanation | None) -> str:
    """The reason in words, with the person who answers for it."""
    if explanation is None:
        return say("报告没有说明原因。")
    giver = transcription.gives(report.entered_by, say)
    sentence = say("{called}：“{reason}”", called=giver, reason=explanation.reason)
    if not explanation.person:
        return sentence
    return say("{text}（{who}）", text=sentence, who=explanation.person)


@lru_cache(maxsize=32)
def _openings(form: Format) -> tuple[Instance, ...]:
    """The identities that take a figure over from last year's report.

    One figure of this year, equal to figures of the year before.
    """
    openings = []
    for instance in instances(form):
        identity = instance.identity
        own_places = [place for place in _places(instance) if not place.prior]
        if identity.relation == "==" and len(own_places) == 1 and not identity.constant:
            openings.append(instance)
    return tuple(openings)


def _places(instance: Instance) -> tuple[Place, ...]:
    return (*instance.left, *instance.right)
