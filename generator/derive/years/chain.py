"""The carry-over chain of an agency.

Every year against the one before it, and what happened to the body in between. Whether two figures
agree is read off the figures themselves; the reason comes from the finding of the same identity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.derive import paths, transcription
from generator.derive.contested import contested, way
from generator.derive.states import shown
from generator.derive.years import series
from generator.derive.years.comparability import verdict_between
from generator.derive.years.history import Change, between, happened
from generator.derive.years.restated import explanation
from generator.derive.years.trend import heading
from generator.language import amounts
from generator.language.identity import instances, total
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.chain import Chain, ChainBreak, ChainYear, Joint
from generator.model.figure import Figure, Number, State, size
from generator.model.finding import Finding
from generator.model.law import ChainPlan, Named
from generator.model.report import Report
from generator.model.site import Site


def chain(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]) -> Chain | None:
    """The chain of an agency's reports; None for a single year.

    `findings` are those of each year.
    """
    plan = site.law.chain
    reports = site.of(agency.slug)
    if plan is None or len(reports) < 2:
        return None
    say = speech(site.settings.language)
    history = happened(site, agency, say)
    years = []
    previous: Report | None = None
    for report in reports:
        changes = between(history, previous.year, report.year) if previous else []
        link = _Link(site, plan, say, report, findings.get(report.year, ()))
        years.append(link.year(changes, first=previous is None))
        previous = report
    names = _names(say, plan)
    law = say(
        "每一年的{opening}应当等于上一年的{closing}；"
        "{opening}与{incoming}之和应当等于{closed}与{closing}之和。",
        **names,
    )
    columns = tuple(heading(name) for name in names.values())
    return Chain(columns, tuple(years), say.spaced(law, _finding(say, plan, years)))


def _beside(say: Speech, changes: Sequence[Change]) -> str:
    """That a body changed in the time in which its figures do not join.

    It is a fact beside the difference, not its reason.
    """
    days = say.listed(dict.fromkeys(say.day(change.day) for change in changes))
    return say("这期间机构有变动（{days}，见上）。", days=days)


def _concepts(plan: ChainPlan) -> tuple[Named, ...]:
    return plan.opening, plan.incoming, plan.closed, plan.closing


def _names(say: Speech, plan: ChainPlan) -> dict[str, str]:
    """What sentences call the four figures, by the place of each in the chain."""
    return {
        "opening": plan.opening.name.say(say.language),
        "incoming": plan.incoming.name.say(say.language),
        "closed": plan.closed.name.say(say.language),
        "closing": plan.closing.name.say(say.language),
    }


@dataclass(frozen=True)
class _Link:
    """One report in the chain, with what was found in it."""

    site: Site
    plan: ChainPlan
    say: Speech
    report: Report
    findings: Sequence[Finding]

    def year(self, changes: Sequence[Change], *, first: bool) -> ChainYear:
        """The year of the report; `changes` are those of the body since the report before it."""
        report = self.report
        joint, joint_break = (Joint.FIRST, None) if first else self._joint()
        if joint_break and joint_break.kind is Joint.DIFFERS and changes:
            joint_break = replace(joint_break, beside=_beside(self.say, changes))
        breaks = dict.fromkeys((joint_break, self._imbalance()))
        path = paths.report(report.agency, report.year)
        doubts = contested(self.findings)
        concepts = _concepts(self.plan)
        figures = [self._figure(concept) for concept in concepts]
        return ChainYear(
            year=report.year,
            path=path,
            figures=tuple(shown(self.say, figure) for figure in figures),
            joint=joint,
            word=self._word(joint),
            events=tuple(change.said for change in changes),
            breaks=tuple(chain_break for chain_break in breaks if chain_break),
            doubted=tuple(way(report, concept.key, doubts, path) for concept in concepts),
        )

    def _figure(self, concept: Named, report: Report | None = None) -> Figure | None:
        """A figure of this report or of another; None where its form does not have it."""
        return series.point(self.site.law, report or self.report, concept.key).figure

    def _joint(self) -> tuple[Joint, ChainBreak | None]:
        """How the report joins last year's, and what is to be said about it."""
        say = self.say
        year = self.report.year
        opening = self.plan.opening
        closing = self.plan.closing
        prior = self.site.prior(self.report)
        if prior is None:
            sentence = say(
                "本站没有收录 {before} 年度的报告，{year} 年度的{name}无从对照。",
                before=year - 1,
                year=year,
                name=opening.name.say(say.language),
            )
            return Joint.GAP, ChainBreak(Joint.GAP, sentence)
        opening_figure = self._figure(opening)
        closing_figure = self._figure(closing, prior)
        unknown = self._unknown(opening, opening_figure, year)
        unknown = unknown or self._unknown(closing, closing_figure, prior.year)
        if not unknown and self._redefined(prior):
            unknown = say("{year} 年度起口径不同，不与上一年度对照。", year=year)
        if unknown:
            return Joint.UNKNOWN, ChainBreak(Joint.UNKNOWN, unknown)
        taken_sum = _sum(opening_figure)
        left_sum = _sum(closing_figure)
        if taken_sum == left_sum:
            return Joint.HOLDS, None
        sentence = say(
            "{year} 年度的{opening}是 {taken} {unit}，"
            "{before} 年度的{closing}是 {left} {unit}，相差 {difference} {unit}。",
            year=year,
            before=prior.year,
            taken=amounts.figure(taken_sum),
            left=amounts.figure(left_sum),
            difference=amounts.figure(size(taken_sum - left_sum)),
            unit=self._unit(),
            **_names(say, self.plan),
        )
        return Joint.DIFFERS, self._explained(sentence, (opening,), (closing,))

    def _imbalance(self) -> ChainBreak | None:
        """What is to be said where the year's own figures do not add up, or cannot be told.

        None where they add up.
        """
        plan = self.plan
        figures = {concept: self._figure(concept) for concept in _concepts(plan)}
        for concept, figure in figures.items():
            unknown = self._unknown(concept, figure, self.report.year)
            if unknown:
                return ChainBreak(Joint.UNKNOWN, unknown)
        taken_sum = _sum(figures[plan.opening], figures[plan.incoming])
        given_sum = _sum(figures[plan.closed], figures[plan.closing])
        if taken_sum == given_sum:
            return None
        sentence = self.say(
            "{year} 年度的{opening}与{incoming}之和是 {taken} {unit}，"
            "{closed}与{closing}之和是 {given} {unit}，相差 {difference} {unit}。",
            year=self.report.year,
            taken=amounts.figure(taken_sum),
            given=amounts.figure(given_sum),
            difference=amounts.figure(size(taken_sum - given_sum)),
            unit=self._unit(),
            **_names(self.say, plan),
        )
        return self._explained(sentence, _concepts(plan), ())

    def _word(self, joint: Joint) -> str:
        """The word for the joint in the table of years."""
        say = self.say
        if joint is Joint.DIFFERS:
            opening_figure = self._figure(self.plan.opening)
            closing_figure = self._figure(self.plan.closing, self.site.prior(self.report))
            return say(
                "相差 {difference}",
                difference=amounts.figure(size(_sum(opening_figure) - _sum(closing_figure))),
            )
        return {
            Joint.FIRST: say("起始年度"),
            Joint.HOLDS: say("相符"),
            Joint.GAP: say("上年未收录"),
            Joint.UNKNOWN: say("无法判断"),
        }[joint]

    def _unit(self) -> str:
        concept = self.site.law.concept(self.plan.opening.key)
        return concept.unit if concept else ""

    def _unknown(self, concept: Named, figure: Figure | None, year: int) -> str:
        """Why nothing can be told from a figure; empty where it can.

        Blank counts as 0, as it does in the identities.
        """
        values = {"year": year, "name": concept.name.say(self.say.language)}
        if figure is None:
            return self.say("{year} 年度的格式没有“{name}”这一项，无法核对。", **values)
        if figure.state is State.UNREADABLE:
            return self.say("{year} 年度的{name}在原表中无法辨认，无法核对。", **values)
        return ""

    def _redefined(self, prior: Report) -> bool:
        """Whether either figure means something else than last year."""
        law = self.site.law
        unconfirmed = self.site.settings.unconfirmed_notes
        for concept in (self.plan.opening, self.plan.closing):
            verdict = verdict_between(law, concept.key, prior, self.report, unconfirmed=unconfirmed)
            if verdict.redefined:
                return True
        return False

    def _explained(
        self, sentence: str, concepts: Sequence[Named], prior_concepts: Sequence[Named]
    ) -> ChainBreak:
        """The sentence with the reason given for the finding between just these figures."""
        cells = self._addresses(concepts)
        prior_cells = self._addresses(prior_concepts)
        rules = set()
        for instance in instances(self.report.format):
            places = (*instance.left, *instance.right)
            addresses = {place.address for place in places if not place.prior}
            prior_addresses = {place.address for place in places if place.prior}
            if addresses == cells and prior_addresses == prior_cells:
                rules.add(instance.identity.rule)
        reason = explanation(self.report, self.findings, rules, cells)
        if reason is None:
            return ChainBreak(Joint.DIFFERS, sentence)
        giver = transcription.gives(self.report.entered_by, self.say)
        return ChainBreak(Joint.DIFFERS, sentence, reason.reason, reason.person, called=giver)

    def _addresses(self, concepts: Sequence[Named]) -> set[str]:
        by_concept = self.report.format.by_concept
        return {by_concept.get(concept.key, "") for concept in concepts}


def _sum(*figures: Figure | None) -> Number:
    """The sum of figures that can all be read.

    Blank and not applicable count as 0, as they do in the identities.
    """
    return total([(1, figure) for figure in figures if figure]) or 0


def _finding(say: Speech, plan: ChainPlan, years: Sequence[ChainYear]) -> str:
    """How the chain holds, in a sentence."""
    counts = Counter(year.joint for year in years)
    first = years[0].year
    last = years[-1].year
    if counts[Joint.HOLDS] == len(years) - 1:
        return say(
            "{first}—{last} 年度，每一年的{opening}都等于上一年的{closing}。",
            first=first,
            last=last,
            **_names(say, plan),
        )
    sentences = {
        Joint.HOLDS: say.plural("{count} 年相符", counts[Joint.HOLDS]),
        Joint.DIFFERS: say.plural("{count} 年有差异", counts[Joint.DIFFERS]),
        Joint.GAP: say.plural("{count} 年的上一年没有收录", counts[Joint.GAP]),
        Joint.UNKNOWN: say.plural("{count} 年无法判断", counts[Joint.UNKNOWN]),
    }
    listed = say.listed(sentence for joint, sentence in sentences.items() if counts[joint])
    return say(
        "{first}—{last} 年度逐年与上一年对照：{counts}。", first=first, last=last, counts=listed
    )
