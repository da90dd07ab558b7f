"""narrative.md to sections.

The text is split at headings like `## 一、总体情况`, the titles are matched to the form, and figure
references are replaced by digits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from generator.language import labels, prose, references
from generator.language.sentence import sentence
from generator.load.reading import LONGEST_WORD, SUGGESTIONS, Reading
from generator.model.figure import State
from generator.model.finding import Location, Severity
from generator.model.format import Format, Section
from generator.model.report import Quote, Report, SectionText

HEADING = re.compile(r"##[ \t]*(?!#)(.+?)\s*#*\s*")


# Braces that are still there once the references are filled in: a reference with a slip in it.
# Blanks are taken whole (`*+`): given back one by one, a line of them takes hours.
BRACES = re.compile(r"[{｛]{1,2}+\s*+([^{}｛｝]{0,60}?)\s*+[}｝]{1,2}|\{\{|\}\}", re.DOTALL)
ELEMENTS = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|center|code|dd|del|details|div|dl|dt"
    "|em|embed|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link"
    "|main|meta|nav|object|ol|option|p|pre|s|script|section|select|small|source|span|strong"
    "|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|tr|u|ul|video"
)
MARKUP = re.compile(rf"<!--|</?(?:{ELEMENTS})(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
BARE_TITLE = re.compile(r"(?:#{1,6}|＃+)?\s*([一二三四五六七八九十]、.{2,30})")


@dataclass(frozen=True)
class Narrative:
    """The text before the first section, and the sections by id."""

    preface: SectionText | None
    sections: Mapping[str, SectionText]


NOTHING = Narrative(None, {})


def read_narrative(
    form: Format, text: str, path: str, left_out: Collection[str], reading: Reading
) -> Narrative:
    """The sections of a narrative.

    S-01 and S-02 report those that are missing, empty, out of order or misnamed. Sections that were
    left out on purpose do not count as missing.
    """
    split_text = _split(text)
    check_markup(text, Location(path), reading)
    sections: dict[str, SectionText] = {}
    for line, title, body in split_text[1:]:
        at = Location(path, line)
        section = _match(form, title, at, reading)
        if section is None:
            continue
        if section.id in sections:
            first = sections[section.id].at.line - 1
            message = sentence(
                "“{heading}”写了两次，第一次在第 {line} 行", heading=section.heading, line=first
            )
            reading.note("C-02", at, message)
            continue
        sections[section.id] = SectionText(
            section.id, section.heading, body, Location(path, line + 1)
        )
    bare = _bare_titles(form, text, sections, path, reading)
    _complete(form, sections, {*bare, *left_out}, path, reading)
    opening = split_text[0][2]
    if not opening.strip():
        return Narrative(None, sections)
    return Narrative(SectionText("preface", "", opening, Location(path, 1)), sections)


def _split(text: str) -> list[tuple[int, str, str]]:
    """(line, title, body) of each part; the first is what stands before any heading.

    Headings in code do not count.
    """
    sections: list[tuple[int, str, list[str]]] = [(0, "", [])]
    for number, (line, plain_line) in enumerate(
        zip(text.split("\n"), prose.without_code(text).split("\n"), strict=True), 1
    ):
        heading = HEADING.fullmatch(plain_line)
        if heading:
            sections.append((number, heading[1], []))
        else:
            sections[-1][2].append(line)
    return [(line, title, "\n".join(body)) for line, title, body in sections]


def check_markup(text: str, start: Location, reading: Reading) -> None:
    """C-12: HTML and comments, which would be printed as text."""
    for line, plain_line in enumerate(prose.without_code(text).split("\n"), start.line):
        if markup := MARKUP.search(plain_line):
            at = Location(start.path, line, markup.start() + 1)
            message = sentence("正文里有“{markup}”，会原样印出来", markup=markup[0])
            reading.note("C-12", at, message)


def _bare_titles(
    form: Format, text: str, present: Mapping[str, SectionText], path: str, reading: Reading
) -> set[str]:
    """The missing sections whose title stands in the text without `##`.

    The finding is at that line, so that nobody adds the section again.
    """
    titles = {
        labels.normal(word): section
        for section in form.sections
        for word in (section.title, *section.aliases)
    }
    bare_sections = set()
    for number, line in enumerate(prose.without_code(text).split("\n"), 1):
        title = BARE_TITLE.fullmatch(line.strip())
        section = titles.get(labels.normal(title[1])) if title else None
        if section is not None and section.id not in present and not section.table:
            bare_sections.add(section.id)
            message = sentence(
                "“{heading}”前面要写“## ”（两个半角井号和一个空格）", heading=section.heading
            )
            reading.note("S-01", Location(path, number), message)
    return bare_sections


def _match(form: Format, title: str, at: Location, reading: Reading) -> Section | None:
    word = labels.normal(title)
    for section in form.sections:
        if word == labels.normal(section.title):
            if not title.startswith(section.number):
                message = sentence(
                    "“{title}”应写作“{heading}”", title=title, heading=section.heading
                )
                reading.note("S-02", at, message)
            return section
        if word in {labels.normal(alias) for alias in section.aliases}:
            message = sentence(
                "“{title}”的规定写法是“{heading}”", title=title, heading=section.heading
            )
            reading.note("S-02", at, message, severity=Severity.INFO)
            return section
    suggest = reading.findings.count("S-01", at.path) < SUGGESTIONS and len(title) < LONGEST_WORD
    near = labels.nearest(title, [section.heading for section in form.sections]) if suggest else ""
    advice = sentence("是否应为“{near}”？", near=near) if near else None
    message = sentence("“{title}”不是规定的部分标题", title=title)
    reading.note("S-01", at, message, advice=advice)
    return None


def _complete(
    form: Format,
    sections: Mapping[str, SectionText],
    settled: Collection[str],
    path: str,
    reading: Reading,
) -> None:
    """S-01: sections that are missing, empty or out of order.

    A section with a table may have no text; those that are `settled` are reported already.
    """
    for section in form.sections:
        section_text = sections.get(section.id)
        if section.id in settled:
            continue
        if section_text is None and not section.table:
            advice = sentence(
                "加一行“## {heading}”和正文；没有内容时写明“无”及原因", heading=section.heading
            )
            message = sentence("缺少“{heading}”", heading=section.heading)
            reading.note("S-01", Location(path), message, advice=advice)
        elif section_text is not None and not section.table and not section_text.markdown.strip():
            message = sentence("“{heading}”没有内容", heading=section.heading)
            reading.note("S-01", section_text.at, message)
    order = [section.id for section in form.sections if section.id in sections]
    for expected, section_text in zip(order, sections.values(), strict=True):
        if expected != section_text.id:
            at = Location(path, section_text.at.line - 1)
            message = sentence(
                "“{title}”的位置不对，各部分应按一至六的顺序", title=section_text.title
            )
            reading.note("S-01", at, message)
            break


def with_figures(report: Report, prior: Report | None, reading: Reading) -> Report:
    """The report with every `{{ … }}` of its texts replaced by the figure that it names.

    C-07 where there is no such figure.
    """

    def filled(section: SectionText) -> SectionText:
        starts = [0, *(match.end() for match in re.finditer("\n", section.markdown))]
        printed: list[tuple[str, str]] = []

        def place(offset: int) -> Location:
            index = bisect_right(starts, offset) - 1
            column = offset - starts[index] + 1
            return Location(section.at.path, section.at.line + index, column)

        def value(reference: str, offset: int) -> str:
            cell = references.resolve(report.format, reference)
            figure = _figure(report, prior, reference, place(offset), reading)
            printed.append((figure, cell.address if cell else ""))
            return figure

        plain_text = prose.without_code(section.markdown)
        for braces in BRACES.finditer(plain_text):
            if not references.REFERENCE.fullmatch(braces[0]) and (
                braces[1] is None or references.resolve(report.format, braces[1])
            ):
                message = sentence("“{braces}”不是引用，会原样印出来", braces=braces[0])
                reading.note("C-07", place(braces.start()), message)
        markdown, shifts = references.substitute(section.markdown, plain_text, value)
        ends = zip((end for end, _ in shifts), printed, strict=True)
        quotes = tuple(
            Quote(end - len(figure_text), end, cell) for end, (figure_text, cell) in ends if cell
        )
        return replace(section, markdown=markdown, shifts=shifts, quotes=quotes)

    preface = filled(report.preface) if report.preface else None
    return replace(
        report,
        preface=preface,
        sections={key: filled(section) for key, section in report.sections.items()},
    )


def _figure(
    report: Report, prior: Report | None, reference: str, at: Location, reading: Reading
) -> str:
    inner = references.PRIOR.fullmatch(reference)
    if inner and prior is None:
        message = sentence(
            "“{reference}”要引用上一年度，但没有 {prior_year} 年度的报告",
            reference=reference,
            prior_year=report.year - 1,
        )
        advice = sentence("直接写出数字，或补上那一年的报告")
        reading.note("C-07", at, message, advice=advice)
        return "？"
    source = prior if inner and prior else report
    cell = references.resolve(source.format, inner[1] if inner else reference)
    if cell is None:
        # Looking for a near name is dear, and nobody reads the hundredth suggestion.
        suggest = reading.findings.count("C-07", at.path) < SUGGESTIONS
        near = references.nearest(source.format, reference) if suggest else ""
        question = sentence("是否应为 {{{{ {near} }}}}？", near=near)
        message = sentence("没有叫“{reference}”的数字", reference=reference)
        reading.note(
            "C-07",
            at,
            message,
            advice=question if near else None,
        )
        return "？"
    figure = source.figures[cell.address]
    if figure.state is not State.NUMBER and not figure.mistaken:
        advice = sentence("在表中补上数字，或在正文里不引用这一格")
        message = sentence("“{reference}”这一格没有数字", reference=reference)
        reading.note(
            "C-07",
            at,
            message,
            advice=advice,
            cells=(cell.address,),
        )
    return figure.text if figure.state is State.NUMBER else "？"
