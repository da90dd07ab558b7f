"""Figures that were stated in two ways: corrected after publication, or handed over by one year otherwise than the next took them over.

Both values are shown, a blank as a blank, with who explains the difference. Which figures one year hands to the next is the law's to
say: an identity that sets one figure of a report against figures of the year before, and nothing else of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.derive import transcription
from generator.derive.years.series import pair
from generator.derive.years.trend import shown
from generator.language.glosses import cell_name
from generator.language.identity import Instance, Place, instances, total
from generator.language.speech import Speech, speech
from generator.language.versions import said as stated
from generator.model.comparison import Comparability
from generator.model.figure import Figure, State, plain, typeset
from generator.model.finding import Finding
from generator.model.format import Format
from generator.model.report import Explanation, Report
from generator.model.site import Site


@dataclass(frozen=True)
class Restated:
    """Another value of a figure: in a word or two for beside it, and in sentences with the reason. `rule` is the one that compares the
    two, where one does."""

    short: str
    sentences: tuple[str, ...]
    rule: str = ""


def corrected(report: Report, say: Speech) -> dict[str, tuple[Restated, ...]]:
    """Concept key → what stood there before the report was corrected (更正): as first published, and each correction in its order."""
    changes: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(report.corrections, key=lambda correction: correction.date):
        for change in one.changes:
            before, after = (shown(say, stated(report.format, change.cell, text)) for text in (change.before, change.after))
            said = say(
                "{year} 年度：{day}更正，{before} 改为 {after}，原因是“{reason}”。",
                year=report.year, day=say.day(one.date), before=before, after=after, reason=one.reason,
            )  # fmt: skip
            changes.setdefault(report.format.cells[change.cell].concept, []).append((before, said))
    return {
        key: (Restated(say("更正前 {before}", before=found[0][0]), tuple(said for _, said in found)),) for key, found in changes.items()
    }


def handed_over(site: Site, prior: Report, report: Report, findings: Sequence[Finding]) -> Mapping[str, tuple[Restated, ...]]:
    """Concept key → what the report of the year before had left, where this one takes over another figure. `findings` are its own."""
    if prior.year != report.year - 1:
        return {}
    say, form = speech(site.settings.language), report.format
    found = {}
    for instance in _openings(form):
        [own] = [place.address for place in (*instance.left, *instance.right) if not place.prior]
        now, left = report.figures[own], _left(site, prior, report, instance)
        then = total([(place.sign, figure) for place, figure in left]) if left else None
        if then is None or now.state is State.UNREADABLE or (now.value or 0) == then:
            continue
        parts = say.listed(f"{cell_name(form.cells[place.address], say)} {shown(say, figure)}" for place, figure in left)
        said = say(
            "{year} 年度的报告写{cell} {now}，上一年度的报告写{parts}。",
            year=report.year, cell=cell_name(form.cells[own], say), now=shown(say, now), parts=parts,
        )  # fmt: skip
        said = say.spaced(said, _reason(say, report, explanation(report, findings, {instance.identity.rule}, {own})))
        number = any(figure.value is not None for _, figure in left)
        short = say("按上年报告 {then}", then=typeset(plain(then)) if number else shown(say, left[0][1]))
        found[form.cells[own].concept] = (Restated(short, (said,), instance.identity.rule),)
    return found


def _left(site: Site, prior: Report, report: Report, instance: Instance) -> list[tuple[Place, Figure]]:
    """What last year's report has in the places of an identity that are its own; empty where one of them does not compare."""
    found = []
    for place in (*instance.left, *instance.right):
        if place.prior:
            concept = report.format.cells[place.address].concept
            one = pair(site.law, concept, prior, report, unconfirmed=site.settings.unconfirmed_notes)
            if one.before.figure is None or one.verdict.kind is Comparability.NOT:
                return []
            found.append((place, one.before.figure))
    return found


def explanation(report: Report, findings: Sequence[Finding], rules: Collection[str], cells: Collection[str]) -> Explanation | None:
    """The reason given for what one of the rules found between just these cells of its report."""
    for finding in findings:
        if finding.rule in rules and set(finding.cells) == set(cells) and finding.explained_by is not None:
            return report.explanations[finding.explained_by]
    return None


def _reason(say: Speech, report: Report, one: Explanation | None) -> str:
    if one is None:
        return say("报告没有说明原因。")
    said = say("{called}：“{reason}”", called=transcription.gives(report.entered_by, say), reason=one.reason)
    return say("{text}（{who}）", text=said, who=one.person) if one.person else said


@lru_cache(maxsize=32)
def _openings(form: Format) -> tuple[Instance, ...]:
    """The identities that take a figure over from last year's report: one figure of this year, equal to figures of the year before."""
    return tuple(
        one
        for one in instances(form)
        if one.identity.relation == "=="
        and [place.prior for place in (*one.left, *one.right)].count(False) == 1
        and not one.identity.constant
    )
