"""转录 of a report.yaml: the site's editors took the report over.

It states whose words its texts are, and which parts of the original the site does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.language.sentence import sentence
from generator.load.corrections import part_words
from generator.load.keys import ByLaw, Choice, Key, Keys
from generator.load.narrative import Narrative
from generator.load.reading import Entry, Reading, Words
from generator.model.format import Format
from generator.model.source import Scalar
from generator.model.transcription import PUBLISHED, Transcription, Wording

WORDINGS = {
    Wording.VERBATIM.value: ("verbatim", "照录"),
    Wording.REWRITTEN.value: ("rewritten", "改写"),
}
TRANSCRIBED = Keys(
    {
        "wording": Key(
            ("wording", "文字"),
            "照录（机关的原文；不写则为照录），或 改写（编者依据事实写的，不是原文）。",
            Choice(WORDINGS),
        ),
        "left_out": Key(
            ("left_out", "未收录"),
            "原报告有、本站没有收录的：发布日期，以及各部分的文字，如 [发布日期, 五, 六]。",
            ByLaw("left_out"),
        ),
    }
)
HERE = sentence("“转录”")


def left_out_words(form: Format, published: tuple[str, ...]) -> Words:
    """Every spelling of what may be left out, in the order of the form.

    `published` are the spellings of the day of publication.
    """
    return {PUBLISHED: published, **part_words(form)}


def read_transcription(
    form: Format, entry: Entry | None, published: tuple[str, ...], reading: Reading
) -> Transcription | None:
    """How a report was taken over; None where its body entered it."""
    if entry is None or (isinstance(entry[1], Scalar) and entry[1].text in {"", "~"}):
        return None
    entries = reading.fields(entry[1], TRANSCRIBED.words, HERE)
    wording = reading.choice(entries.get("wording"), WORDINGS, Wording.VERBATIM.value)
    spellings = left_out_words(form, published)
    left_out = entries.get("left_out")
    omissions = set()
    if left_out is not None:
        key = left_out[0]
        omissions = {reading.choice((key, node), spellings, "") for node in reading.items(left_out)}
    in_order = tuple(name for name in spellings if name in omissions)
    return Transcription(Wording(wording), in_order)


def check_left_out(
    transcribed: Transcription | None,
    narrative: Narrative,
    entries: Mapping[str, Entry],
    reading: Reading,
) -> None:
    """C-15: parts that are stated as left out, and are there all the same.

    `entries` are the fields of the report.
    """
    if transcribed is None:
        return
    texts = {"preface": narrative.preface, **narrative.sections}
    for part in transcribed.omissions:
        text = texts.get(part)
        if part == PUBLISHED and reading.text(entries.get(PUBLISHED)):
            message = sentence("写了发布日期，又写明它没有收录")
            reading.note("C-15", entries[PUBLISHED][1].at, message)
        elif text is not None:
            name = text.title or "引言"
            message = sentence("“{name}”在正文里，又写明它没有收录", name=name)
            reading.note("C-15", text.at, message)
