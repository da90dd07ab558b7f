"""The review of an import: what was read, and what somebody must look at, beside its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.importing.document import Transcript, is_unsure
from generator.importing.findings import row_sources
from generator.importing.solving import CellReading, How
from generator.importing.wording import cause_text, cell_name, how_text, place_text, state_name
from generator.language.sentence import joined, sentence
from generator.model.finding import Text, one_line

LONGEST = 80
MOST_LEFT_OUT = 30


@dataclass(frozen=True)
class ReviewRow:
    """A cell in the review: its name, what was made of it and why, and what the source says."""

    name: str
    figure: str
    how: str
    why: str
    place: str
    source: str
    unsure: bool


@dataclass(frozen=True)
class Review:
    """What a review says, in one language; rows that are unsure come first."""

    title: str
    facts: Sequence[str]
    counts: Sequence[tuple[str, int]]
    rows: Sequence[ReviewRow]
    questions: Sequence[str]
    left_out: Sequence[str]
    sections: Sequence[tuple[str, str]]


def review_of(name: str, transcript: Transcript, language: str) -> Review:
    """The review of the file `name`."""
    rows = [_row(transcript, address, cell, language) for address, cell in transcript.cells.items()]
    return Review(
        title=sentence("{file} 的导入核对", file=name).say(language),
        facts=[text.say(language) for text in _facts(transcript)],
        counts=[(state_name(how).say(language), transcript.count(how)) for how in How],
        rows=sorted(rows, key=lambda row: not row.unsure),
        questions=[text.say(language) for text in _questions(transcript)],
        left_out=transcript.texts.left_out,
        sections=[
            (section.heading, transcript.texts.sections[section.id])
            for section in transcript.form.sections
            if section.id in transcript.texts.sections
        ],
    )


def _facts(transcript: Transcript) -> Iterator[Text]:
    texts = transcript.texts
    yield sentence("格式：{form}（由列名认出）", form=transcript.form.id)
    year = transcript.year or sentence("没有写明，请用 --year 指定")
    yield sentence("报告年度：{year}", year=year)
    if transcript.year and not transcript.form.covers(transcript.year):
        yield sentence("这一年度不应使用这种格式，请核对年度")
    if texts.title:
        yield sentence("标题：{title}", title=texts.title)
    if texts.published:
        yield sentence("发布日期：{day}", day=texts.published)
    if texts.signed:
        yield sentence("成文日期：{day}", day=texts.signed)
    if texts.origin:
        yield sentence("信息来源：{origin}", origin=texts.origin)
    if transcript.attachments:
        yield sentence("附件：{files}", files=joined(transcript.attachments, "、"))


def _questions(transcript: Transcript) -> Iterator[Text]:
    for question in transcript.questions:
        near = sentence("，是否“{near}”？", near=question.nearest) if question.nearest else ""
        yield sentence(
            "{place}：“{text}”不是格式里的行名{near}",
            place=place_text(question.spot),
            text=question.text,
            near=near,
        )
    for unit in transcript.subtotals:
        printed = " | ".join(token.text for token in unit.tokens)
        yield sentence("“{label}”一行的小计没有读入：{printed}", label=unit.label, printed=printed)
    for instance in transcript.failing:
        yield sentence(
            "照读出的数字，“{where}”的 {rule} 不成立，请对照原件",
            where=instance.where.name,
            rule=instance.identity.rule,
        )


def _row(transcript: Transcript, address: str, cell: CellReading, language: str) -> ReviewRow:
    why = cause_text(cell.cause)
    return ReviewRow(
        name=cell_name(transcript.form.cells[address]).say(language),
        figure=cell.figure.text,
        how=how_text(cell).say(language),
        why=why.say(language) if why else "",
        place=place_text(cell.tokens[0].spot).say(language) if cell.tokens else "",
        source=cell.source.strip(),
        unsure=is_unsure(cell),
    )


def as_text(review: Review, transcript: Transcript, language: str) -> str:
    """The review as lines for a terminal; only what is unsure is listed, a row at a time."""
    lines = [review.title, *(f"  {fact}" for fact in review.facts)]
    counts = "，".join(f"{name} {count}" for name, count in review.counts)
    lines.append(f"  {counts}")
    rows = list(row_sources(transcript))
    if rows:
        lines += ["", sentence("先看这 {count} 行：", count=len(rows)).say(language)]
    for name, remark, cell in rows:
        lines.append(f"  · {name.say(language)}：{remark.say(language)}")
        if cell.tokens:
            place = place_text(cell.tokens[0].spot).say(language)
            lines.append(f"      {place}：{_short(cell.source)}")
    if review.questions:
        lines += ["", sentence("请回答：").say(language)]
        lines += [f"  {question}" for question in review.questions]
    if review.left_out:
        lines += ["", sentence("没有收入正文的页面文字：").say(language)]
        lines += [f"  {_short(text)}" for text in review.left_out[:MOST_LEFT_OUT]]
    return "\n".join(map(one_line, lines)) + "\n"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
