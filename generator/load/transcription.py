"""转录 of a report.yaml: that the site's editors took the report over, whose words its texts are, what of the original is not held."""

from __future__ import annotations

from collections.abc import Mapping

from generator.load.corrections import part_words
from generator.load.narrative import Narrative
from generator.load.reading import Entry, Reading, Words
from generator.model.finding import Text
from generator.model.format import Format
from generator.model.source import Scalar
from generator.model.transcription import PUBLISHED, Transcription, Wording

TRANSCRIBED = {"wording": ("wording", "文字"), "left_out": ("left_out", "未收录")}
WORDINGS = {Wording.VERBATIM.value: ("verbatim", "照录"), Wording.REWRITTEN.value: ("rewritten", "改写")}
HERE = Text("“转录”", "a transcription")


def left_out_words(form: Format, published: tuple[str, ...]) -> Words:
    """Every spelling of what may be left out, in the order in which it is told; `published` are those of the day of publication."""
    return {PUBLISHED: published, **part_words(form)}


def read_transcription(form: Format, entry: Entry | None, published: tuple[str, ...], reading: Reading) -> Transcription | None:
    """How a report was taken over; None where its body entered it."""
    if entry is None or (isinstance(entry[1], Scalar) and entry[1].text in {"", "~"}):
        return None
    found = reading.fields(entry[1], TRANSCRIBED, HERE)
    wording = reading.choice(found.get("wording"), WORDINGS, Wording.VERBATIM.value)
    words, left = left_out_words(form, published), found.get("left_out")
    named = {reading.choice((left[0], node), words, "") for node in reading.items(left)} if left else set()
    return Transcription(Wording(wording), tuple(part for part in words if part in named))


def check_left_out(transcribed: Transcription | None, narrative: Narrative, found: Mapping[str, Entry], reading: Reading) -> None:
    """C-15: what is said not to be held, and is there all the same. `found` are the fields of the report."""
    if transcribed is None:
        return
    texts = {"preface": narrative.preface, **narrative.sections}
    for part in transcribed.left_out:
        text = texts.get(part)
        if part == PUBLISHED and reading.text(found.get(PUBLISHED)):
            zh, en = "写了发布日期，又写明它没有收录", "the day of publication is given, and said not to be held"
            reading.note("C-15", found[PUBLISHED][1].at, zh, en)
        elif text is not None:
            name = text.title or "引言"
            zh, en = f"“{name}”在正文里，又写明它没有收录", f"“{name}” stands in the text, and is said not to be held"
            reading.note("C-15", text.at, zh, en)
