"""A clause against claims.yaml: which claim accounts for its words, and of which cells it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from generator.language.clauses import Clause, Token
from generator.language.quantities import Quantity
from generator.model.claim import Claim, Claims, Lexicon, Sum
from generator.model.report import SectionText

# More ways to come to a number are not looked at.
MOST_WAYS = 24
PERCENT = "%"
FULL = 100
# 一事一申请, 收一件办一件: no number where no word stands beside it that makes it one.
IDIOMATIC = "一"
Options = Mapping[str, tuple[Sum, ...]]


@dataclass(frozen=True)
class Situation:
    """What a claim may ask of the clauses in front of one: what they are about, what they were."""

    things: frozenset[str]
    topic: str
    marks: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class Claiming:
    """The claims that the clauses of a text may make."""

    claims: Claims
    text: SectionText

    @property
    def lexicon(self) -> Lexicon:
        """The words."""
        return self.claims.lexicon

    def match(
        self, clause: Clause, counting: frozenset[str], situation: Situation
    ) -> tuple[Claim, Quantity | None] | None:
        """The first claim that accounts for all that counts in a clause, and its number.

        The number is None where it stands in words of none or all.
        """
        for claim in self.claims.claims:
            if not self._accounts(claim, counting) or not self._suits(claim, situation):
                continue
            if claim.zero:
                if self._has_no_number(claim, clause):
                    return claim, None
                continue
            quantity = self.number(claim, clause)
            if quantity is not None:
                return claim, quantity
        return None

    def _accounts(self, claim: Claim, counting: frozenset[str]) -> bool:
        return claim.says <= counting <= claim.says | claim.beside

    def _suits(self, claim: Claim, situation: Situation) -> bool:
        """Whether a claim may be made where the clause stands."""
        if situation.things:
            about = situation.things <= set(claim.topic)
        else:
            about = not claim.named and situation.topic in claim.topic
        beside = not claim.bars & situation.kinds
        needed = not claim.needs or bool(claim.needs & situation.kinds)
        follows = not claim.after or bool(claim.after & situation.marks)
        free = not claim.unless & situation.marks
        placed = not claim.section or claim.section == self.text.id
        return about and beside and needed and follows and free and placed

    def _has_no_number(self, claim: Claim, clause: Clause) -> bool:
        """Whether a clause has no number, or none but of days where these may be."""
        units = self.lexicon.units["days"] if "days" in claim.beside else frozenset()
        return all(token.unit in units for token in clause.quantities)

    def number(self, claim: Claim, clause: Clause) -> Quantity | None:
        """The number of a clause that a claim may be of; 0 where it is a rate of 100 %."""
        units = self.lexicon.units[claim.units or "case"]
        fitting = [token for token in clause.quantities if token.unit in units]
        others = {token.unit for token in clause.quantities if token not in fitting}
        if len(fitting) != 1 or others - {PERCENT}:
            return None
        quantity = fitting[0].quantity
        assert quantity is not None
        if quantity.about or (quantity.value % 1 and claim.units != "money"):
            return None
        if claim.units == "full":
            return replace(quantity, value=0) if quantity.value == FULL else None
        behind = not claim.behind or self._stands_behind(clause, fitting[0])
        return quantity if behind and not self._is_idiom(claim, clause, quantity) else None

    def _stands_behind(self, clause: Clause, number: Token) -> bool:
        """Whether a number stands behind a thing that a clause names, or 35 件申请中 speaks of all."""
        if clause.within:
            return True
        place = clause.tokens.index(number)
        things = self.lexicon.role("things")
        return any(token.kind in things for token in clause.tokens[:place])

    def _is_idiom(self, claim: Claim, clause: Clause, quantity: Quantity) -> bool:
        """Whether a number is the 一 of an idiom."""
        if quantity.value != 1 or self.text.markdown[quantity.start] != IDIOMATIC:
            return False
        verbs = [token for token in clause.tokens if token.kind in claim.says]
        return not any(token.end - token.start > 1 for token in verbs)

    # What the words of families mean

    def ways(
        self, claim: Claim, clause: Clause, members: Sequence[tuple[Sum, ...]]
    ) -> tuple[Sum, ...]:
        """The sums of a claim, with what the words of a clause mean, or the members named last."""
        options: dict[str, tuple[Sum, ...]] = {}
        for kind in {token.kind for token in clause.tokens if token.word.means}:
            options[kind] = _added([t.word.means for t in clause.tokens if t.kind == kind])
        if members:
            meant = _added(members) if claim.zero else _either(members)
            options |= {kind: meant for kind in claim.topic if kind not in options}
        ways = [filled for way in claim.equals for filled in _filled(way, options)]
        return tuple(dict.fromkeys(ways))[:MOST_WAYS]

    def against(
        self, claim: Claim, clause: Clause, members: Sequence[tuple[Sum, ...]]
    ) -> tuple[Sum, ...]:
        """The sums that all of something comes to; none where a claim speaks of none."""
        if not claim.against:
            return ()
        return self.ways(replace(claim, equals=((claim.against,),)), clause, members)


def _added(members: Sequence[tuple[Sum, ...]]) -> tuple[Sum, ...]:
    """The ways in which several members come to one number: together."""
    ways = []
    for choice in product(*members):
        keys = tuple(dict.fromkeys(key for way in choice for key in way))
        ways.append(_most_special(keys))
    return tuple(dict.fromkeys(ways))[:MOST_WAYS]


def _most_special(keys: Sum) -> Sum:
    """The concepts without those that are the group of another: 不予公开 beside a reason for it."""
    return tuple(key for key in keys if not any(special.startswith(f"{key}.") for special in keys))


def _either(members: Sequence[tuple[Sum, ...]]) -> tuple[Sum, ...]:
    """The ways in which what follows several members may be of one of them, or of all.

    Of what is itself a sum each part may be meant, too.
    """
    single = [way for ways in reversed(members) for way in ways]
    single += [(key,) for way in single for key in way if len(way) > 1]
    return tuple(dict.fromkeys((*single, *_added(members))))


def _filled(way: Sum, options: Options) -> Iterator[Sum]:
    """The sums that a way stands for, with what families mean in the places of their names."""
    names = [kind for kind in options if any(f"{{{kind}}}" in key for key in way)]
    for choice in product(*(options[name] for name in names)):
        keys = list(way)
        for name, means in zip(names, choice, strict=True):
            place = f"{{{name}}}"
            keys = [
                key.replace(place, mean)
                for key in keys
                for mean in (means if place in key else ("",))
            ]
        if not any("{" in key for key in keys):
            yield tuple(keys)
