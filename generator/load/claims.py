"""A file of words or claims of the law to Claims: what narratives say of the tables, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language.sentence import sentence
from generator.load.stated import FormatDefect, Row
from generator.model.claim import Bound, Claim, Claims, Lexicon, Word
from generator.model.source import Items

CLAIMS_KEYS = frozenset(("claims", "terms", "families", "roles", "unit_groups", "replaces"))
CLAIM_KEYS = frozenset(
    (
        "rule",
        "says",
        "needs",
        "bars",
        "against",
        "beside",
        "topic",
        "named",
        "behind",
        "equals",
        "zero",
        "bound",
        "marks",
        "after",
        "unless",
        "units",
        "section",
    )
)
MEMBER_KEYS = frozenset(("means", "terms"))
# (甲|乙|) in a term: one of these, or nothing.
CHOICE = re.compile(r"\(([^()]*)\)")
# A term that stands for more words than this is a slip.
MOST_WORDS = 5000


def read_claims(stated: Row) -> Claims:
    """The words and claims of a file."""
    entries: dict[str, Word] = {}
    terms = stated.entries("terms")
    for kind in terms.values:
        for word in _words(terms, kind):
            _add(entries, word, Word(kind), terms, kind)
    families = stated.entries("families")
    for kind in families.values:
        for member in families.rows(kind, MEMBER_KEYS):
            meaning = Word(kind, _sums(member, "means"))
            for word in _words(member, "terms"):
                _add(entries, word, meaning, member, "terms")
    return Claims(
        claims=tuple(_claim(entry) for entry in stated.rows("claims", CLAIM_KEYS)),
        lexicon=Lexicon(entries, _groups(stated, "roles"), _groups(stated, "unit_groups")),
    )


def _add(entries: dict[str, Word], word: str, meaning: Word, stated: Row, key: str) -> None:
    """Take a word; within a file one that has a class already has no second one."""
    if entries.setdefault(word, meaning) != meaning:
        kind = entries[word].kind
        raise stated.defect(key, sentence("里的“{word}”已经归入 {kind}", word=word, kind=kind))


def _groups(stated: Row, key: str) -> dict[str, frozenset[str]]:
    groups = stated.entries(key)
    return {name: frozenset(groups.texts(name)) for name in groups.values}


def _words(stated: Row, key: str) -> Iterator[str]:
    """The words that the terms of a list stand for; a term without a choice is one word."""
    for term in stated.texts(key):
        for line in term.split():
            yield from _expanded(stated, key, line)


def _expanded(stated: Row, key: str, term: str) -> list[str]:
    spellings = [term]
    while any("(" in word for word in spellings):
        chosen = []
        for word in spellings:
            match = CHOICE.search(word)
            if match is None and "(" in word:
                raise stated.defect(key, sentence("里有没有配对的括号：{term}", term=term))
            options = match[1].split("|") if match else [""]
            head, tail = (word[: match.start()], word[match.end() :]) if match else (word, "")
            chosen += [head + option + tail for option in options]
        spellings = list(dict.fromkeys(chosen))
        if len(spellings) > MOST_WORDS:
            raise stated.defect(key, sentence("里展开的词太多：{term}", term=term))
    return [word for word in spellings if word]


def _claim(stated: Row) -> Claim:
    return Claim(
        rule=stated.required("rule"),
        equals=_sums(stated, "equals"),
        says=frozenset(stated.texts("says")),
        needs=frozenset(stated.texts("needs")),
        bars=frozenset(stated.texts("bars")),
        against=stated.text("against"),
        beside=frozenset(stated.texts("beside")),
        topic=stated.texts("topic"),
        behind=stated.flag("behind"),
        named=stated.flag("named"),
        zero=stated.flag("zero"),
        bound=stated.choice("bound", Bound) if "bound" in stated else None,
        marks=stated.text("marks"),
        after=frozenset(stated.texts("after")),
        unless=frozenset(stated.texts("unless")),
        units=stated.text("units"),
        section=stated.text("section"),
        at=stated.at,
    )


def _sums(stated: Row, key: str) -> tuple[tuple[str, ...], ...]:
    """The ways to come to a number: lists of concepts that are added up."""
    sums = []
    for item in stated.items(key):
        if not isinstance(item, Items):
            message = sentence("“{key}”是列表的列表：[[甲], [甲, 乙]]", key=key)
            raise FormatDefect(item.at, message)
        sums.append(Row(item.at, {key: item}).texts(key))
    return tuple(sums)
