"""What the sentences of a text state about the tables: claims, and comparisons with last year.

Which words there are stands in lexicon.yaml, what they claim together in claims.yaml; clauses are
read in language/clauses.py, put together in joining.py and held against the claims in claiming.py.
Here clause follows on clause: what one is about, whose it is and of what time holds for those
behind it, until another is named.

Precision comes first. A clause claims something only where all of its words are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from generator.check.claiming import Claiming, Situation
from generator.check.joining import Joining
from generator.language.clauses import (
    ITSELF,
    OTHER_BODY,
    QUANTITY,
    UNKNOWN,
    Clause,
    Reader,
    Token,
)
from generator.language.quantities import Quantity, Sentence, sentences
from generator.model.claim import Claim, Claims, Sum
from generator.model.report import SectionText

# The topic of numbers that are of something else, or of something unknown.
FOREIGN = "foreign"
COLONS = ("：", ":")
# What speaks of a change since last year.
CHANGES = ("up", "down", "same", "reach", "compared", "than")
# A number that stands for one not yet read.
ANY_NUMBER = Token(QUANTITY, 0, 0, quantity=Quantity(0, "", 0, 0))
# What clauses are for those behind them, beside what claims.yaml says.
CHANNELS = "channels"
PART = "part"
WITHIN = "within"
CONTEXT = "context"
OUTCOMES = "outcomes"


class About(StrEnum):
    """What a statement is about: the report's own year, last year, or the difference."""

    NOW = "now"
    LAST = "last"
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True)
class Statement:
    """A place in a text that states something about cells: a number, in digits or in words.

    `ways` are sums of concepts, of which one must come to the number. `in_words` is a number that
    stands for a word of none or all; all of something is the sum `against`.
    """

    text: SectionText
    claim: Claim
    quantity: Quantity
    ways: tuple[Sum, ...]
    about: About = About.NOW
    in_words: bool = False
    against: tuple[Sum, ...] = ()


@dataclass
class Context:
    """What the clauses in front of one leave to it.

    `members` are those of a family named last, `described` whether something was said
    of them since.
    `spoiled` are things of which others than the report's own were counted in the sentence,
    `pending` comparisons in front of what is compared; `late` is whether it tells those apart that
    were answered later.
    """

    topic: str = ""
    members: list[tuple[Sum, ...]] = field(default_factory=list)
    described: bool = False
    marks: set[str] = field(default_factory=set)
    itself: bool = True
    plan: bool = False
    time: str = "this"
    last: tuple[Claim, tuple[Sum, ...]] | None = None
    compared: bool = False
    late: bool = False
    spoiled: set[str] = field(default_factory=set)
    pending: list[Clause] = field(default_factory=list)

    def next_sentence(self) -> Context:
        """What a sentence leaves to the next one of its paragraph."""
        return Context(self.topic, self.members, self.described)

    def inside(self) -> Context:
        """What a clause leaves to one in brackets, which leaves nothing to those behind it."""
        return replace(
            self,
            members=list(self.members),
            marks=set(self.marks),
            spoiled=set(self.spoiled),
            pending=[],
        )


def statements(claims: Claims, text: SectionText, year: int, name: str) -> Iterator[Statement]:
    """What a text states about the tables of a body's report of a year."""
    reader = Reader(claims.lexicon, year, name)
    context = Context()
    paragraph = -1
    leads = False  # whether a sentence leads up to the next paragraph
    for sentence in sentences(text.markdown):
        if sentence.paragraph != paragraph and not (leads or sentence.item):
            context = Context()
        paragraph = sentence.paragraph
        leads = sentence.heading or sentence.mask.endswith(COLONS)
        context = context.next_sentence()
        reading = Reading(claims, text, reader, sentence)
        yield from reading.statements(context)


@dataclass(frozen=True)
class Reading:
    """The reading of one sentence."""

    claims: Claims
    text: SectionText
    reader: Reader
    sentence: Sentence

    @cached_property
    def joining(self) -> Joining:
        """How its clauses go together."""
        return Joining(self.claims.lexicon)

    @cached_property
    def claiming(self) -> Claiming:
        """What they may claim."""
        return Claiming(self.claims, self.text)

    def role(self, name: str) -> frozenset[str]:
        """The classes that have a role."""
        return self.claims.lexicon.role(name)

    def statements(self, context: Context) -> Iterator[Statement]:
        """What the sentence states."""
        clauses = self.reader.clauses(self.sentence)
        kinds = {kind for clause in clauses for kind in clause.kinds}
        context.late = any(
            self.joining.has(clause, "late") and clause.quantities for clause in clauses
        )
        for mark in (CONTEXT, OUTCOMES):
            if kinds & self.role(mark):
                context.marks.add(mark)
        yield from self._clauses(clauses, context)

    def _clauses(self, clauses: Sequence[Clause], context: Context) -> Iterator[Statement]:
        waiting = self.joining.arranged(clauses)
        while waiting:
            clause = waiting.pop(0)
            stated = self._clause(clause, context)
            if not stated and waiting:
                longer = self.joining.continued(clause, waiting[0])
                if longer is not None and (stated := self._clause(longer, context)):
                    waiting.pop(0)
            yield from stated
            if clause.inner:
                yield from self._clauses(clause.inner, context.inside())

    def _clause(self, clause: Clause, context: Context) -> list[Statement]:
        """What a clause states; the context is then that of the next one."""
        self._scope(clause, context)
        kinds = set(clause.kinds)
        things = kinds & self.role("things")
        if len(things) > 1 and kinds & self.role("cause"):
            things -= self.role("aside")
        elsewhere = context.topic == FOREIGN and bool(kinds & self.role("among"))
        away = context.plan or not context.itself or context.time in self.role("period")
        silent = (
            away or elsewhere or (bool(things & context.spoiled) and not kinds & self.role("info"))
        )
        if things:
            self._name(clause, things, context)
        mute = not clause.quantities and not kinds & self.claims.lexicon.telling
        stated = [] if silent or mute else list(self._stated(clause, things, context))
        if clause.within and clause.quantities:
            context.marks.add(WITHIN)
        if not stated:
            self._pass_over(clause, things, context, silent=silent)
        return stated

    def _scope(self, clause: Clause, context: Context) -> None:
        """Whose the clause is and of what time; what it says holds for those behind it."""
        joining = self.joining
        if joining.has(clause, "plan"):
            context.plan = True
        if joining.has(clause, "period"):
            context.time = "period"
        elif joining.has(clause, "this"):
            if context.time in self.role("period"):
                context.spoiled.clear()
            context.time = "this"
        elif joining.counting(clause) == self.role("last") and not clause.quantities:
            context.time = "last"
        passed = self.role("last") | self.role("none") | self.role("all")
        predicates = joining.counting(clause) - passed - {OTHER_BODY}
        preceding = ""
        for token in clause.tokens:
            if token.kind in predicates:
                return
            if token.kind in {ITSELF, OTHER_BODY} and preceding not in self.role("toward"):
                if token.kind == ITSELF and not context.itself:
                    context.spoiled.clear()
                context.itself = token.kind == ITSELF
                return
            preceding = token.kind

    def _name(self, clause: Clause, things: set[str], context: Context) -> None:
        """Take what a clause is about as what those behind it are about.

        Of members of a family those count of which there are any.
        """
        topic = next(iter(things)) if len(things) == 1 else FOREIGN
        members = [token.word.means for token in clause.tokens if token.kind in things]
        members = [means for means in members if means]
        if topic != context.topic or context.described:
            context.members = []
        context.topic = topic
        context.described = False
        nought = any(token.value == 0 for token in self.joining.cases(clause))
        if not nought:
            context.members += [means for means in members if means not in context.members]
        elif not context.members:
            context.members = members

    def _pass_over(
        self, clause: Clause, things: set[str], context: Context, *, silent: bool
    ) -> None:
        """What a clause that states nothing leaves behind: a number of something else."""
        kinds = set(clause.kinds)
        if silent:
            context.last = None
        if clause.quantities:
            context.spoiled |= things - self.role("aside")
            changing = any(self.joining.has(clause, role) for role in CHANGES)
            others = things - self.role("aside") or kinds & {UNKNOWN, OTHER_BODY}
            if (silent or others) and not changing:
                context.topic = FOREIGN
        if kinds & self.role("foreign"):
            context.topic = FOREIGN
            context.last = None

    # Claims

    def _stated(self, clause: Clause, things: set[str], context: Context) -> Iterator[Statement]:
        counting = self._counting(clause, things, context)
        changing = any(counting & self.role(role) for role in CHANGES)
        if not changing:
            match = self._match(clause, counting, things, context)
            if match is not None:
                yield from self._claimed(clause, things, context, *match)
                return
        if changing or (counting & self.role("last") and context.last):
            yield from self._compared(clause, counting, things, context)
            return
        numbers = self.joining.cases(clause)
        bare = counting <= self.role("all") | self.role("total") and not things
        if bare and context.compared and context.last and len(numbers) == 1:
            yield self._number(numbers[0], *context.last)
        elif clause.quantities:
            context.last = None
            about_thing = bool(things) or context.topic in self.role("things")
            channels = bool(counting & self.role("many")) and about_thing
            context.marks.add(CHANNELS if channels else PART)

    def _counting(self, clause: Clause, things: set[str], context: Context) -> frozenset[str]:
        """What counts in a clause, beside the things that it is about."""
        counting = self.joining.counting(clause) - self.role("things")
        channels = [kind for kind in clause.kinds if kind in self.role("many")]
        if len(channels) > 1 and self.joining.has(clause, "join"):
            counting -= self.role("many")
        if context.late and clause.quantities and self.joining.has(clause, "on_time"):
            counting.add(PART)
        if not counting and not things and self.joining.has(clause, "total"):
            counting = set(self.role("total"))
        return frozenset(counting)

    def _match(
        self, clause: Clause, counting: frozenset[str], things: set[str], context: Context
    ) -> tuple[Claim, Quantity | None, About] | None:
        """The claim of a clause, its number, and the year that it is about."""
        kinds = frozenset(clause.kinds)
        situation = Situation(frozenset(things), context.topic, frozenset(context.marks), kinds)
        match = self.claiming.match(clause, counting, situation)
        if match is not None:
            return (*match, About.LAST if context.time == "last" else About.NOW)
        if counting & self.role("last") and not kinds & self.role("cause"):
            match = self.claiming.match(clause, counting - self.role("last"), situation)
            if match is not None:
                return (*match, About.LAST)
        return None

    def _claimed(
        self,
        clause: Clause,
        things: set[str],
        context: Context,
        claim: Claim,
        quantity: Quantity | None,
        about: About,
    ) -> Iterator[Statement]:
        """The statements of a claim: one, or one for each member that there is none of."""
        if about is About.LAST:
            context.time = "last"
            context.compared = True
        elif claim.marks:
            context.marks.add(claim.marks)
        if not things and not context.topic:
            context.topic = claim.topic[0]
        context.described = context.described or bool(claim.says & self.role("telling"))
        for part in [clause] if quantity else self.joining.members(clause):
            ways = self.claiming.ways(claim, part, context.members)
            context.last = (claim, ways) if ways else None
            if quantity and ways:
                yield Statement(self.text, claim, quantity, ways, about)
            elif ways:
                nothing = self._nothing(part)
                against = self.claiming.against(claim, part, context.members)
                yield Statement(self.text, claim, nothing, ways, about, True, against)
        yield from self._waiting(context)

    def _nothing(self, clause: Clause) -> Quantity:
        """The number 0, where a clause says so in words: they begin with none or all."""
        offsets = self.sentence.offsets
        silent = self.role("none") | self.role("all")
        first = next((token for token in clause.tokens if token.kind in silent), clause.tokens[0])
        end = max(token.end for token in clause.tokens)
        return Quantity(0, "", offsets[first.start], offsets[end - 1] + 1)

    def _number(
        self, token: Token, claim: Claim, ways: tuple[Sum, ...], about: About = About.NOW
    ) -> Statement:
        assert token.quantity is not None
        return Statement(self.text, claim, token.quantity, ways, about)

    # Comparisons with last year

    def _waiting(self, context: Context) -> Iterator[Statement]:
        """What comparisons say that stand in front of what they compare."""
        pending = context.pending
        context.pending = []
        if context.last:
            for clause in pending:
                context.compared = True
                counting = self._counting(clause, set(), context)
                yield from self._compared(clause, counting, set(), context)

    def _compared(
        self, clause: Clause, counting: frozenset[str], things: set[str], context: Context
    ) -> Iterator[Statement]:
        """What a clause says of last year, and of the difference to it."""
        changes = frozenset().union(*(self.role(role) for role in CHANGES))
        predicates = counting - changes - self.role("last")
        if things or predicates:
            context.last = self._subject(clause, predicates, things, context)
        with_last_year = self._is_with_last_year(clause)
        if self.joining.has(clause, "apart"):
            context.last = None
            return
        context.compared = context.compared or with_last_year
        if context.last is None:
            if with_last_year:
                context.pending.append(clause)
            return
        yield from self._changed(clause, context, names=bool(things or predicates))

    def _subject(
        self, clause: Clause, predicates: frozenset[str], things: set[str], context: Context
    ) -> tuple[Claim, tuple[Sum, ...]] | None:
        """What a clause compares: the claim that its words would make with a number."""
        wordy = [token for token in clause.tokens if token.quantity is None]
        match = self._match(Clause([*wordy, ANY_NUMBER]), predicates, things, context)
        if match is None:
            return None
        ways = self.claiming.ways(match[0], clause, context.members)
        return (match[0], ways) if ways else None

    def _is_with_last_year(self, clause: Clause) -> bool:
        """Whether a comparison is one with last year."""
        last = self.joining.has(clause, "last")
        compared = self.joining.has(clause, "compared") or self.joining.has(clause, "reach")
        return last or compared

    def _changed(self, clause: Clause, context: Context, *, names: bool) -> Iterator[Statement]:
        """The numbers of a comparison: of last year, of this year, of the difference."""
        assert context.last is not None
        about = About.NOW if names else None
        for token in clause.tokens:
            about = self._direction(token.kind, about)
            if token.quantity is None or token.quantity.about or about is None:
                continue
            difference = about in {About.UP, About.DOWN}
            units = self.claims.lexicon.units["difference" if difference else "case"]
            if token.unit in units and (context.compared or not difference):
                yield self._number(token, *context.last, about)
        if self.joining.has(clause, "same") and context.compared:
            claim, ways = context.last
            same = [token for token in clause.tokens if token.kind in self.role("same")]
            nothing = self._nothing(Clause(same))
            yield Statement(self.text, claim, nothing, ways, About.SAME, in_words=True)

    def _direction(self, kind: str, about: About | None) -> About | None:
        """What a number behind a word is about."""
        for role, meaning in (("up", About.UP), ("down", About.DOWN), ("reach", About.NOW)):
            if kind in self.role(role):
                return meaning
        if any(kind in self.role(role) for role in ("compared", "last", "from")):
            return About.LAST
        return None if kind in self.role("same") else about
