"""What a document says in words: its title and dates, the text of its sections, page furniture.

The texts are Markdown that renders as the document reads. What belongs to the page and not to the
report is left out, and listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.importing.blocks import Line, Piece
from generator.importing.characters import plain_spelling
from generator.importing.units import Reading
from generator.model.format import Format

# What stands on pages around a report. A line that begins so belongs to the page.
FURNITURE = re.compile(
    r"(?:发布时间|发布日期|发布机构|信息来源|文章来源|来源|分享到?|字体|字号|大中小|浏览(?:次数|量)|点击(?:数|率|量)|阅读(?:次数|量)"
    r"|访问量|打印|关闭|当前(?:的)?位置|您(?:现在)?(?:所在)?的?位置|首页|上一[篇条]|下一[篇条]|相关(?:稿件|文档|文章|链接|信息|解读)"
    r"|附件(?:下载)?[:：]?\s*$|扫一扫|责任编辑|编辑[:：]|作者[:：]|索引号|主题分类|组配分类|成文日期|发文字号|发文日期|有效性"
    r"|主办(?:单位)?[:：]|承办(?:单位)?[:：]|技术支持|版权所有|网站标识码|网站地图|联系我们|关于我们|收藏本[页站]|微信|微博|QQ|全真版|文字版|文件下载"
    r"|返回顶部|无障碍|长者(?:版|模式)|繁體|简体|登录|注册|【?(?:打印|关闭|大|中|小|字体)|.{0,12}ICP备|.{0,12}公网安备|-->|\[?下载)",
    re.IGNORECASE,
)
TITLE = re.compile(r"信息公开.{0,8}(?:年度报告|年报|工作报告)")
TITLE_YEAR = re.compile(r"(20[0-9]{2})年")
PERIOD = re.compile(r"(20[0-9]{2})年1月1日.{0,6}?(?:至|到|—|-|起|~)")
YEAR = re.compile(r"(20[0-9]{2})年")
DATE = re.compile(
    r"(20[0-9]{2})\s*[-年/.]\s*(1[0-2]|0?[1-9])\s*[-月/.]\s*(3[01]|[12][0-9]|0?[1-9])日?"
)
PUBLISHED = re.compile(r"发布(?:时间|日期)[:：]?(.*)")
ORIGIN = re.compile(r"(?:信息|文章)?来源[:：]\s*(.*)")
SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。；;，,：:]{1,28}[。：:]?")
SENTENCE = re.compile(r"[。；;！!？?：:]$")
LONGEST_TITLE = 80
SHORTEST_REMARK = 12


@dataclass(frozen=True)
class Texts:
    """The words of a document.

    `sections` are Markdown by section; `left_out` are the lines that belong to the page.
    """

    title: str = ""
    year: int = 0
    published: date | None = None
    signed: date | None = None
    origin: str = ""
    preface: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def year_of(lines: Sequence[Line]) -> int:
    """The reporting year that the document states; 0 where it does not."""
    title = _title(lines)
    if title and (match := TITLE_YEAR.search(plain_spelling(title.text))):
        return int(match[1])
    for line in lines:
        match = PERIOD.search(plain_spelling(line.text))
        if match:
            return int(match[1])
    for line in lines:
        if line.grid == 0 and len(line.text) > LONGEST_TITLE:
            match = YEAR.match(plain_spelling(line.text).removeprefix("截至"))
            if match:
                return int(match[1])
    return 0


def title_of(lines: Sequence[Line]) -> str:
    """The report's title; empty where the document has none."""
    title = _title(lines)
    return title.text if title else ""


def read_texts(form: Format, lines: Sequence[Line], reading: Reading) -> Texts:
    """The words of a document whose tables were read."""
    bodies = _parts(lines, reading)
    left_out: list[str] = []
    head = _head(bodies.get("", []), left_out)
    sections: dict[str, str] = {}
    signed: date | None = None
    for section in form.sections:
        body = bodies.get(section.id, [])
        if section is form.sections[-1] or section.id == _last_title(reading):
            body, signed = _tail(body, left_out, signed)
        if section.table:
            body = _sentences(body, left_out)
        text = markdown(body)
        if text:
            sections[section.id] = text
    published = _published(lines)
    return Texts(
        title=title_of(lines),
        year=year_of(lines),
        published=published,
        signed=signed,
        origin=_origin(lines),
        preface=markdown(head),
        sections=sections,
        left_out=tuple(left_out),
    )


def _sentences(lines: Sequence[Line], left_out: list[str]) -> list[Line]:
    """What a section says besides its table; pieces of broken heads are no sentences."""
    retained = []
    for line in lines:
        is_text = line.grid == 0 and SENTENCE.search(line.text) and len(line.text) > SHORTEST_REMARK
        if is_text and not _is_page_line(line):
            retained.append(line)
        else:
            left_out.append(line.text)
    return retained


def _last_title(reading: Reading) -> str:
    numbers = sorted(reading.titles)
    return reading.titles[numbers[-1]].id if numbers else ""


def _parts(lines: Sequence[Line], reading: Reading) -> dict[str, list[Line]]:
    """The lines of each section that are in no table of the form; "" for those before the first."""
    bodies: dict[str, list[Line]] = {}
    current = ""
    for number, line in enumerate(lines):
        if number in reading.titles:
            current = reading.titles[number].id
        elif number not in reading.consumed and line.text.strip(" |"):
            plain = Line((Piece(line.text, line.spot),)) if line.grid and line.single else line
            bodies.setdefault(current, []).append(plain)
    return bodies


def _head(lines: Sequence[Line], left_out: list[str]) -> list[Line]:
    """The introduction: what stands before the first section and is whole sentences."""
    retained = []
    for line in lines:
        text = line.text
        is_title = bool(TITLE.search(plain_spelling(text))) and len(text) < LONGEST_TITLE
        if line.grid == 0 and not _is_page_line(line) and SENTENCE.search(text) and len(text) > 20:
            retained.append(line)
        elif not is_title:
            left_out.append(text)
    return retained


def _is_page_line(line: Line) -> bool:
    return bool(FURNITURE.match(line.text.strip())) and len(line.text) < 120


def _tail(
    lines: Sequence[Line], left_out: list[str], signed: date | None
) -> tuple[list[Line], date | None]:
    """The last section without what follows the report on the page; the date under it."""
    retained: list[Line] = []
    for number, line in enumerate(lines):
        if _is_page_line(line):
            left_out += [following.text for following in lines[number:]]
            break
        retained.append(line)
    while retained:
        text = plain_spelling(retained[-1].text)
        day = DATE.fullmatch(text)
        if day is None:
            break
        signed = _day(day) or signed
        retained.pop()
    return retained, signed


def _title(lines: Sequence[Line]) -> Line | None:
    for line in lines:
        text = plain_spelling(line.text)
        is_title = TITLE.search(text) and not SENTENCE.search(text)
        if line.single and len(text) < LONGEST_TITLE and is_title:
            return line
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _published(lines: Sequence[Line]) -> date | None:
    """The day of publication, behind its word or in the line below it."""
    texts = [line.text for line in lines]
    for number, text in enumerate(texts):
        match = PUBLISHED.search(text) if len(text) < 200 else None
        if match:
            below = texts[number + 1] if number + 1 < len(texts) else ""
            day = DATE.search(match[1]) or DATE.match(below.strip())
            if day:
                return _day(day)
    return None


def _origin(lines: Sequence[Line]) -> str:
    for number, line in enumerate(lines):
        match = ORIGIN.match(line.text.strip()) if len(line.text) < 120 else None
        if match:
            below = lines[number + 1].text.strip() if number + 1 < len(lines) else ""
            name = match[1].split()[0] if match[1].strip() else below
            return name if len(name) < 40 and not FURNITURE.match(name) else ""
    return ""


# Markdown


def markdown(lines: Sequence[Line]) -> str:
    """The lines as Markdown: paragraphs, headings, lists and tables."""
    blocks: list[str] = []
    previous: Line | None = None
    for line in lines:
        text = _block(line)
        if not text:
            continue
        joined = previous is not None and (
            (line.marker and previous.marker) or (line.grid and line.grid == previous.grid)
        )
        if line.grid and not joined:
            text = f"{text}\n|{' --- |' * len(line.pieces)}"
        if joined and blocks:
            blocks[-1] = f"{blocks[-1]}\n{text}"
        else:
            blocks.append(text)
        previous = line
    return "\n\n".join(blocks)


def _block(line: Line) -> str:
    if line.grid:
        return _row(line)
    text = line.markdown or escaped(line.text)
    if not text:
        return ""
    if line.marker:
        return f"{line.marker} {text}"
    if line.level or SUBHEADING.fullmatch(line.text):
        return f"### {line.text}"
    return text


def _row(line: Line) -> str:
    cells = (escaped(" ".join(piece.text.split())).replace("|", "\\|") for piece in line.pieces)
    return f"| {' | '.join(cells)} |"


ESCAPES = re.compile(r"([\\*_`])")
STARTS = re.compile(r"^(#|>|\+\s|-\s|=+\s*$)")


def escaped(text: str) -> str:
    """A text so that Markdown shows it as it is."""
    plain = ESCAPES.sub(r"\\\1", text.strip()).replace("<", "&lt;")
    return STARTS.sub(r"\\\1", plain)
