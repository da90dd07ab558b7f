"""A sentence as clauses, and a clause as words of known classes (formats/lexicon.yaml).

A clause ends at a comma, a colon, a semicolon, and in a list behind each number; what stands in
brackets is a clause within the one around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.language.quantities import Quantity, Sentence
from generator.model.claim import Lexicon, Word
from generator.model.figure import Number

# Classes that are no words of the lexicon.
QUANTITY = "quantity"
UNKNOWN = "unknown"
BREAK = "break"
OPENING = "opening"
CLOSING = "closing"
BODY = "body"
OTHER_BODY = "other body"
ITSELF = "itself"

DEEPEST = 8
BREAKS = frozenset("，,；;：:")
BRACKETS = {"（": OPENING, "(": OPENING, "）": CLOSING, ")": CLOSING}
PLAIN = Word("plain")
# The whole of a year, days at its end, and marks that are no words: numbers of documents, titles,
# the numbers of points.
YEAR = r"(?P<year>(?:19|20)\d\d)年(?:度|末|底|初)?(?:以来(?=[，,、：:]|.{0,20}\d))?"
WHOLE_YEAR = (
    r"(?:(?:19|20)\d\d年)?1月1日(?:起|0时)?(?:至|到|—|-|－|~|～)"
    r"(?:(?P<end>(?:19|20)\d\d)年)?12月(?:31日|底)(?:止|期间)?"
)
YEAR_END = r"(?:(?P<last>(?:19|20)\d\d)年)?12月(?:31日|底|末)"
DAY = (
    r"(?:(?:19|20)\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:\d{1,2}日|份|底|末|初|上旬|中旬|下旬)?"
)
MARK = (
    r"[〔\[（(](?:19|20)\d\d[〕\]）)]\d+号|《[^《》]{1,60}》|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.、．](?!\d)|[①-⒛]"
)
SPECIAL = re.compile(
    rf"(?P<whole>{WHOLE_YEAR})|(?P<close>{YEAR_END})|(?P<day>{DAY})|{YEAR}|(?P<mark>{MARK})"
)
SPECIAL_FIRST = frozenset("0123456789〔[（(《①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十")


@dataclass(frozen=True)
class Token:
    """A word of a sentence: its class, where in the mask it stands, and what it means."""

    kind: str
    start: int
    end: int
    word: Word = PLAIN
    quantity: Quantity | None = None

    @property
    def unit(self) -> str:
        """The unit of a number."""
        return self.quantity.unit if self.quantity else ""

    @property
    def value(self) -> Number | None:
        """The value of a number."""
        return self.quantity.value if self.quantity else None


@dataclass
class Clause:
    """Tokens that belong together, and the clauses in brackets among them."""

    tokens: list[Token] = field(default_factory=list)
    inner: list[Clause] = field(default_factory=list)
    within: bool = False  # whether it ends with “…中”, and what follows is said of it alone

    @property
    def kinds(self) -> list[str]:
        """The classes of its tokens, in order."""
        return [token.kind for token in self.tokens]

    @property
    def quantities(self) -> list[Token]:
        """Its numbers."""
        return [token for token in self.tokens if token.quantity is not None]


@dataclass(frozen=True)
class Reader:
    """How to read the sentences of a report: the lexicon, the report's year, its body's name."""

    lexicon: Lexicon
    year: int
    name: str

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """The clauses of a sentence."""
        tokens = self._with_bodies(list(self._tokens(sentence)), sentence.mask)
        return self._split(iter(tokens))

    # Words

    def _tokens(self, sentence: Sentence) -> Iterator[Token]:
        """The words of a sentence, the longest first; runs of unknown characters are one token."""
        mask = sentence.mask
        vocabulary = self.lexicon.words
        lengths = self.lexicon.lengths
        place = unknown = 0
        while place < len(mask):
            token = self._special(sentence, place)
            if token is None:
                for length in lengths.get(mask[place], ()):
                    characters = mask[place : place + length]
                    if (word := vocabulary.get(characters)) is not None:
                        token = Token(word.kind, place, place + len(characters), word)
                        break
            if token is None:
                place += 1
                continue
            if unknown < place:
                yield Token(UNKNOWN, unknown, place)
            yield token
            place = unknown = token.end
        if unknown < place:
            yield Token(UNKNOWN, unknown, place)

    def _special(self, sentence: Sentence, place: int) -> Token | None:
        """A number, a mark or a date at a place of the mask."""
        mask = sentence.mask
        character = mask[place]
        quantity = sentence.quantity(place)
        if quantity is not None:
            return Token(QUANTITY, place, place + 1, PLAIN, quantity)
        if character in SPECIAL_FIRST and (match := SPECIAL.match(mask, place)):
            return Token(self._time(match), *match.span())
        if character in BREAKS:
            return Token(BREAK, place, place + 1)
        if character in BRACKETS:
            return Token(BRACKETS[character], place, place + 1)
        return None

    def _time(self, match: re.Match[str]) -> str:
        """The class of a date: this year, the one in front of it or behind it, another time."""
        if match["mark"]:
            return PLAIN.kind
        if match["day"] and not match["whole"] and not match["close"]:
            return "period"
        year = match["year"] or match["end"] or match["last"]
        distance = int(year) - self.year if year else 0
        return {0: "this", -1: "last", 1: "next"}.get(distance, "period")

    # Names of bodies

    def _with_bodies(self, tokens: list[Token], mask: str) -> list[Token]:
        """The tokens with names of bodies as one: what ends as such names do, with what is before.

        A word for all of an area is the body itself where the area is its own.
        """
        role = self.lexicon.role
        read: list[Token] = []
        for token in tokens:
            if token.kind not in self._of_bodies:
                read.append(token)
                continue
            preceding = read[-1] if read else None
            if token.kind in role("whole"):
                is_own = self._is_own_area(mask[token.start + 1 : token.end])
                read.append(replace(token, kind=ITSELF if is_own else OTHER_BODY))
            elif token.kind in role("own"):
                is_own = self._is_own_word(mask[token.start : token.end])
                read.append(replace(token, kind=ITSELF if is_own else OTHER_BODY))
            elif token.kind in role("others"):
                of_itself = preceding is not None and preceding.kind == ITSELF and self._governs
                read.append(replace(token, kind=PLAIN.kind if of_itself else OTHER_BODY))
            elif token.kind in role("name"):
                is_own = preceding is not None and preceding.word.kind in role("own")
                read.append(replace(token, kind=PLAIN.kind) if is_own else token)
            else:
                read.append(self._body(token, read, mask))
        return read

    @cached_property
    def _of_bodies(self) -> frozenset[str]:
        """The classes that speak of bodies."""
        roles = ("whole", "own", "others", "name", "bodies")
        return frozenset(kind for role in roles for kind in self.lexicon.role(role))

    def _body(self, ending: Token, read: list[Token], mask: str) -> Token:
        """A name of a body that ends with a token; what belongs to it is taken from those read.

        A body towards which something is done is no subject.
        """
        role = self.lexicon.role
        start = self._own_start(mask, ending, [token.start for token in read])
        if start is not None:
            while read and read[-1].start >= start:
                read.pop()
            if read and read[-1].kind in role("region") and read[-1].end == start:
                start = read.pop().start
            return Token(ITSELF, start, ending.end)
        belonging = role("names") | role("bodies") | {ITSELF, OTHER_BODY}
        start = ending.start
        while read and read[-1].kind in belonging and read[-1].end == start:
            start = read.pop().start
        is_own = self._is_own_name(mask[start : ending.end], ending.kind)
        toward = bool(read) and read[-1].kind in role("toward")
        kind = ITSELF if is_own else PLAIN.kind if toward else OTHER_BODY
        return Token(kind, start, ending.end)

    def _own_start(self, mask: str, ending: Token, starts: Sequence[int]) -> int | None:
        """Where the body's own name begins, of which a token is the end, at the start of a word.

        None where no more of it than the end stands there.
        """
        if ending.kind != self._group(self.name):
            return None
        farthest = None
        for start in reversed(starts):
            characters = iter(self.name)
            if not all(character in characters for character in mask[start : ending.end]):
                break
            farthest = start
        return farthest

    def _is_own_name(self, name: str, group: str) -> bool:
        """Whether a name is one of the report's own body.

        It is of the same kind, and its characters stand in its name in the same order, but for the
        region that it begins with. The end alone (局, 办公室) is a body's own where it governs none.
        """
        vocabulary = self.lexicon.words
        if group != self._group(self.name):
            return name in vocabulary and not self._governs
        region = vocabulary.get(name[0])
        if region and region.kind in self.lexicon.role("region") and name[0] not in self.name:
            name = name[1:]
        characters = iter(self.name)
        return all(character in characters for character in name)

    @cached_property
    def _governs(self) -> bool:
        """Whether the body has an area with other bodies in it."""
        core = self._core
        region = self.lexicon.words.get(core[-1:])
        return core != self.name and region is not None and region.kind == "region"

    @cached_property
    def _core(self) -> str:
        """The name of the body without 人民政府, 管理委员会 and what else ends a place's name so."""
        ends = self.lexicon.role("area_bodies")
        for length in range(min(len(self.name) - 1, 6), 1, -1):
            word = self.lexicon.words.get(self.name[-length:])
            if word is not None and word.kind in ends:
                return self.name[:-length]
        return self.name

    def _group(self, name: str) -> str:
        """The class of the end of a name, the longest that fits."""
        vocabulary = self.lexicon.words
        bodies = self.lexicon.role("bodies")
        for length in range(min(len(name), 6), 0, -1):
            word = vocabulary.get(name[-length:])
            if word is not None and word.kind in bodies:
                return word.kind
        return ""

    def _is_own_area(self, area: str) -> bool:
        """Whether 全县, 全局 … is all that the body is."""
        return self._core.endswith((area[:2], area[:1]))

    def _is_own_word(self, word: str) -> bool:
        """Whether 我县, 本局 … is the body."""
        region = self.lexicon.words.get(word[1:])
        of_area = region is not None and region.kind in self.lexicon.role("region")
        return not of_area or self._is_own_area(word[1:])

    # Clauses

    def _split(self, tokens: Iterator[Token], *, depth: int = 0) -> list[Clause]:
        """The clauses of tokens; inside of brackets, of those up to the closing one.

        Nobody writes more brackets in one another than `DEEPEST`.
        """
        clauses = [Clause()]
        for token in tokens:
            clause = clauses[-1]
            if token.kind == CLOSING:
                if depth:
                    break
            elif token.kind == OPENING:
                if depth < DEEPEST:
                    self._bracket(clause, self._split(tokens, depth=depth + 1))
            elif token.kind == BREAK:
                clause.within = clause.within or self._ends_within(clause)
                clauses.append(Clause())
            elif token.kind in self._dividing and clause.quantities:
                clause.within = token.kind in self.lexicon.role("within")
                among = token.kind in self.lexicon.role("among")
                clauses.append(Clause([token] if among else []))
            elif token.quantity is not None and self._begins_another(clause, token):
                clauses.append(self._cut(clause))
                clauses[-1].tokens.append(token)
            else:
                clause.tokens.append(token)
        return [clause for clause in clauses if clause.tokens or clause.inner]

    def _bracket(self, clause: Clause, inside: list[Clause]) -> None:
        """Take what stands in brackets: a number alone is the clause's own where it has none."""
        cases = self.lexicon.units["case"]
        alone = len(inside) == 1 and not inside[0].inner and inside[0].quantities
        bare = alone and set(inside[0].kinds) - {QUANTITY} <= self.lexicon.role("total")
        if bare and not any(number.unit in cases for number in clause.quantities):
            clause.tokens += inside[0].tokens
        else:
            clause.inner += inside

    def _ends_within(self, clause: Clause) -> bool:
        return bool(clause.tokens) and clause.tokens[-1].kind in self.lexicon.role("within")

    @cached_property
    def _dividing(self) -> frozenset[str]:
        """The classes that end a clause which has its number."""
        roles = ("join", "within", "among")
        return frozenset(kind for role in roles for kind in self.lexicon.role(role))

    def _begins_another(self, clause: Clause, token: Token) -> bool:
        """Whether a number cannot belong to a clause, which has one of its kind."""
        assert token.quantity is not None
        cases = self.lexicon.units["case"]
        if self.lexicon.role("from") & set(clause.kinds) and len(clause.quantities) == 1:
            return False  # 由 9 件增加到 12 件
        return token.quantity.unit in cases and any(
            number.quantity is not None and number.quantity.unit in cases
            for number in clause.quantities
        )

    def _cut(self, clause: Clause) -> Clause:
        """End a clause behind its last number; what follows begins the next one, which comes back.

        Where nothing that counts stands in front of the number, the words behind it are its own.
        """
        last = max(index for index, token in enumerate(clause.tokens) if token.quantity is not None)
        harmless = self.lexicon.role("harmless")
        front = [token for token in clause.tokens[:last] if token.kind not in harmless]
        cut = last + 1 if front else len(clause.tokens)
        following = Clause(clause.tokens[cut:])
        clause.tokens = clause.tokens[:cut]
        return following
