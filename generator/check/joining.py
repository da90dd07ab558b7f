"""Clauses that belong together: a label and its number, a list and its numbers, a part and all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.language.clauses import UNKNOWN, Clause, Token
from generator.model.claim import Lexicon


@dataclass(frozen=True)
class Joining:
    """How clauses are put together; which classes count is the lexicon's to say."""

    lexicon: Lexicon

    def has(self, clause: Clause, role: str) -> bool:
        """Whether a clause has a word with a role."""
        kinds = self.lexicon.role(role)
        return any(token.kind in kinds for token in clause.tokens)

    def counting(self, clause: Clause) -> set[str]:
        """The classes of a clause that count for something."""
        return {token.kind for token in clause.tokens} - self.lexicon.idle

    def cases(self, clause: Clause) -> list[Token]:
        """The numbers of a clause that count cases."""
        units = self.lexicon.units["case"]
        return [token for token in clause.quantities if token.unit in units]

    def arranged(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses of a sentence, each as it can be understood by itself."""
        return list(self._spread(self._labelled(self._within(clauses))))

    def continued(self, clause: Clause, following: Clause) -> Clause | None:
        """A clause with a number and the next one, if it has none, as one clause."""
        if following.quantities or len(self.cases(clause)) != 1:
            return None
        silent = self.lexicon.role("things") | {UNKNOWN}
        if self._speaks_of_all(following) or not silent.isdisjoint(following.kinds):
            return None
        if not self.counting(following):
            return None
        return Clause([*clause.tokens, *following.tokens], following.inner)

    def members(self, clause: Clause) -> Iterator[Clause]:
        """A clause without a number once for each member of a family of which it has several."""
        families = [token.kind for token in clause.tokens if token.word.means]
        several = next((kind for kind in families if families.count(kind) > 1), "")
        if not several:
            yield clause
            return
        silent = self.lexicon.role("none") | self.lexicon.role("all")
        others = [t for t in clause.tokens if t.word.means and t.kind != several]
        lead: list[Token] = []
        for token in clause.tokens:
            if token.kind in silent:
                lead = [token]
            elif token.kind == several:
                yield Clause([*lead, token, *others])
                lead = []

    def _within(self, clauses: Sequence[Clause]) -> list[Clause]:
        """“…中，” goes with what follows.

        So does what it names of applicants with all outcomes behind it.
        """
        restricting = self.lexicon.role("restricting")
        restricted = self.lexicon.role("restricted")
        joined: list[Clause] = []
        lead: list[Token] = []
        for clause in clauses:
            kinds = set(clause.kinds)
            if lead and kinds & restricted and not kinds & restricting:
                clause.tokens = [*lead, *clause.tokens]
            if clause.within:
                lead = [token for token in clause.tokens if token.kind in restricting]
            if joined and joined[-1].within and not joined[-1].quantities:
                clause.tokens = [*joined.pop().tokens, *clause.tokens]
            joined.append(clause)
        return joined

    def _labelled(self, clauses: Sequence[Clause]) -> list[Clause]:
        """A bare number goes with the words in front of it."""
        joined: list[Clause] = []
        for clause in clauses:
            if joined and not joined[-1].quantities and self._fits_label(joined[-1], clause):
                joined[-1].tokens += clause.tokens
                joined[-1].inner += clause.inner
            else:
                joined.append(clause)
        return joined

    def _fits_label(self, label: Clause, number: Clause) -> bool:
        """Whether a clause is a number alone, and another one words that it could belong to."""
        counting = self.counting(number)
        changed = self.lexicon.telling | self.lexicon.role("last")
        bare = len(number.quantities) == 1 and not counting
        bare = bare or (self.has(number, "reach") and counting <= changed)
        return bare and bool(self.counting(label)) and not self._speaks_of_all(label)

    def _speaks_of_all(self, clause: Clause) -> bool:
        return any(self.has(clause, role) for role in ("none", "all", "plan"))

    def _spread(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """A clause of several members with a number for each as one clause for each of them."""
        index = 0
        while index < len(clauses):
            clause = clauses[index]
            index += 1
            members = [token for token in clause.tokens if token.word.means]
            if not self.has(clause, "apart") or len(members) < 2 or not clause.quantities:
                yield clause
                continue
            numbers = clause.quantities[:1]
            while index < len(clauses) and len(numbers) < len(members):
                following = clauses[index]
                if len(following.quantities) != 1 or self.counting(following):
                    break
                numbers += following.quantities
                index += 1
            yield from self._shared_out(clause, members, numbers)

    def _shared_out(
        self, clause: Clause, members: Sequence[Token], numbers: Sequence[Token]
    ) -> Iterator[Clause]:
        """Each member with its number; nothing that can be read where they are not as many."""
        if len(numbers) != len(members) or len({token.kind for token in members}) > 1:
            yield Clause([Token(UNKNOWN, 0, 0)])
            return
        shared = [t for t in clause.tokens if not t.word.means and t.quantity is None]
        for member, number in zip(members, numbers, strict=True):
            yield Clause([*shared, member, number])
