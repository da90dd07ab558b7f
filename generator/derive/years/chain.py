"""The carry-over chain of an agency: every year against the one before it, and what happened to the body in between.

Whether two figures agree is read off the figures themselves; the reason comes from the finding of the same identity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.derive import paths, transcription
from generator.derive.contested import contested, way
from generator.derive.years.comparability import verdict
from generator.derive.years.history import Happened, happened
from generator.derive.years.restated import explanation
from generator.derive.years.series import point
from generator.derive.years.trend import heading, shown
from generator.language.identity import instances, total
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.chain import Chain, ChainBreak, ChainYear, Joint
from generator.model.figure import Figure, Number, State, plain, size
from generator.model.finding import Finding
from generator.model.law import ChainPlan, Named
from generator.model.report import Report
from generator.model.site import Site


def chain(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]) -> Chain | None:
    """The chain of an agency's reports; None for a single year. `findings` are those of each year."""
    plan, reports = site.law.chain, site.of(agency.slug)
    if plan is None or len(reports) < 2:
        return None
    say = speech(site.settings.language)
    history = happened(site, agency, say)
    years = []
    for before, report in pairwise((None, *reports)):
        if report is None:
            continue
        link = _Link(site, plan, say, report, findings.get(report.year, ()))
        between = [one for one in history if before and before.year < one.day.year <= report.year]
        joint, broken = link.joint() if before else (Joint.FIRST, None)
        if broken and broken.kind is Joint.DIFFERS and between:
            broken = replace(broken, beside=_beside(say, between))
        figures = tuple(shown(say, link.figure(named)) for named in _named(plan))
        breaks = tuple(one for one in dict.fromkeys((broken, link.imbalance())) if one)
        said, path = tuple(one.said for one in between), paths.report(agency.slug, report.year)
        found = contested(link.findings)
        doubted = tuple(way(report, named.key, found, path) for named in _named(plan))
        years.append(ChainYear(report.year, path, figures, joint, link.word(joint), said, breaks, doubted))
    names = _names(say, plan)
    law = say("每一年的{opening}应当等于上一年的{closing}；{opening}与{incoming}之和应当等于{closed}与{closing}之和。", **names)
    return Chain(tuple(map(heading, names.values())), tuple(years), say.spaced(law, _finding(say, plan, years)))


def _beside(say: Speech, between: Sequence[Happened]) -> str:
    """That a body changed in the time in which its figures do not join: a fact beside the difference, not its reason."""
    days = say.listed(dict.fromkeys(say.day(one.day) for one in between))
    return say("这期间机构有变动（{days}，见上）。", days=days)


def _named(plan: ChainPlan) -> tuple[Named, ...]:
    return plan.opening, plan.incoming, plan.closed, plan.closing


def _names(say: Speech, plan: ChainPlan) -> dict[str, str]:
    """What sentences call the four figures, by the place of each in the chain."""
    return dict(zip(("opening", "incoming", "closed", "closing"), (named.name.say(say.key) for named in _named(plan)), strict=True))


@dataclass(frozen=True)
class _Link:
    """One report in the chain, with what was found in it."""

    site: Site
    plan: ChainPlan
    say: Speech
    report: Report
    findings: Sequence[Finding]

    def figure(self, named: Named, report: Report | None = None) -> Figure | None:
        """A figure of this report or of another; None where its form does not have it."""
        return point(self.site.law, report or self.report, named.key).figure

    def joint(self) -> tuple[Joint, ChainBreak | None]:
        """How the report joins last year's, and what is to be said about it."""
        say, year, opening, closing = self.say, self.report.year, self.plan.opening, self.plan.closing
        prior = self.site.prior(self.report)
        if prior is None:
            name = opening.name.say(say.key)
            said = say("本站没有收录 {before} 年度的报告，{year} 年度的{name}无从对照。", before=year - 1, year=year, name=name)
            return Joint.GAP, ChainBreak(Joint.GAP, said)
        now, then = self.figure(opening), self.figure(closing, prior)
        for named, figure, of in ((opening, now, year), (closing, then, prior.year)):
            if unknown := self._unknown(named, figure, of):
                return Joint.UNKNOWN, ChainBreak(Joint.UNKNOWN, unknown)
        if self._redefined(prior):
            return Joint.UNKNOWN, ChainBreak(Joint.UNKNOWN, say("{year} 年度起口径不同，不与上一年度对照。", year=year))
        taken, left = _sum(now), _sum(then)
        if taken == left:
            return Joint.HOLDS, None
        numbers = {"taken": plain(taken), "left": plain(left), "difference": plain(size(taken - left)), "unit": self._unit()}
        said = say(
            "{year} 年度的{opening}是 {taken} {unit}，{before} 年度的{closing}是 {left} {unit}，相差 {difference} {unit}。",
            year=year, before=prior.year, **numbers, **_names(say, self.plan),
        )  # fmt: skip
        return Joint.DIFFERS, self._explained(said, (opening,), (closing,))

    def imbalance(self) -> ChainBreak | None:
        """What is to be said where the year's own figures do not add up, or that cannot be told; None where they do."""
        figures = {named: self.figure(named) for named in _named(self.plan)}
        for named, figure in figures.items():
            if unknown := self._unknown(named, figure, self.report.year):
                return ChainBreak(Joint.UNKNOWN, unknown)
        plan = self.plan
        taken = _sum(figures[plan.opening], figures[plan.incoming])
        given = _sum(figures[plan.closed], figures[plan.closing])
        if taken == given:
            return None
        numbers = {"taken": plain(taken), "given": plain(given), "difference": plain(size(taken - given)), "unit": self._unit()}
        said = self.say(
            "{year} 年度的{opening}与{incoming}之和是 {taken} {unit}，{closed}与{closing}之和是 {given} {unit}，相差 {difference} {unit}。",
            year=self.report.year, **numbers, **_names(self.say, plan),
        )  # fmt: skip
        return self._explained(said, _named(plan), ())

    def word(self, joint: Joint) -> str:
        """What the table says of the joint."""
        say = self.say
        if joint is Joint.DIFFERS:
            prior = self.site.prior(self.report)
            difference = _sum(self.figure(self.plan.opening)) - _sum(self.figure(self.plan.closing, prior))
            return say("相差 {difference}", difference=plain(size(difference)))
        return {
            Joint.FIRST: say("起始年度"),
            Joint.HOLDS: say("相符"),
            Joint.GAP: say("上年未收录"),
            Joint.UNKNOWN: say("无法判断"),
        }[joint]

    def _unit(self) -> str:
        concept = self.site.law.concept(self.plan.opening.key)
        return concept.unit if concept else ""

    def _unknown(self, named: Named, figure: Figure | None, year: int) -> str:
        """Why a figure cannot be gone by; empty where it can. Blank counts as 0, as it does in the identities."""
        name = named.name.say(self.say.key)
        if figure is None:
            return self.say("{year} 年度的格式没有“{name}”这一项，无法核对。", year=year, name=name)
        if figure.state is State.UNREADABLE:
            return self.say("{year} 年度的{name}在原表中无法辨认，无法核对。", year=year, name=name)
        return ""

    def _redefined(self, prior: Report) -> bool:
        """Whether either figure means something else than last year."""
        law, unconfirmed = self.site.law, self.site.settings.unconfirmed_notes
        years = (prior.format, prior.year), (self.report.format, self.report.year)
        return any(verdict(law, named.key, *years, unconfirmed=unconfirmed).redefined for named in (self.plan.opening, self.plan.closing))

    def _explained(self, sentence: str, own: Sequence[Named], prior: Sequence[Named]) -> ChainBreak:
        """The sentence with the reason given: that for the finding of the identity between just these figures."""
        form = self.report.format
        cells = {form.by_concept.get(named.key, "") for named in own}
        before = {form.by_concept.get(named.key, "") for named in prior}
        rules = set()
        for one in instances(form):
            places = (*one.left, *one.right)
            if {place.address for place in places if not place.prior} == cells and {
                place.address for place in places if place.prior
            } == before:
                rules.add(one.identity.rule)
        reason = explanation(self.report, self.findings, rules, cells)
        if reason is None:
            return ChainBreak(Joint.DIFFERS, sentence)
        called = transcription.gives(self.report.entered_by, self.say)
        return ChainBreak(Joint.DIFFERS, sentence, reason.reason, reason.person, called=called)


def _sum(*figures: Figure | None) -> Number:
    """What figures add up to that can all be told; blank and not applicable count as 0, as they do in the identities."""
    return total([(1, figure) for figure in figures if figure]) or 0


def _finding(say: Speech, plan: ChainPlan, years: Sequence[ChainYear]) -> str:
    """How the chain holds, in a sentence."""
    counts = Counter(one.joint for one in years)
    first, last = years[0].year, years[-1].year
    if counts[Joint.HOLDS] == len(years) - 1:
        return say("{first}—{last} 年度，每一年的{opening}都等于上一年的{closing}。", first=first, last=last, **_names(say, plan))
    said = {
        Joint.HOLDS: say.plural("{count} 年相符", counts[Joint.HOLDS]),
        Joint.DIFFERS: say.plural("{count} 年有差异", counts[Joint.DIFFERS]),
        Joint.GAP: say.plural("{count} 年的上一年没有收录", counts[Joint.GAP]),
        Joint.UNKNOWN: say.plural("{count} 年无法判断", counts[Joint.UNKNOWN]),
    }
    listed = say.listed(words for joint, words in said.items() if counts[joint])
    return say("{first}—{last} 年度逐年与上一年对照：{counts}。", first=first, last=last, counts=listed)
