"""narrative.md to sections: split at `## 一、总体情况`, titles matched to the form, figure references replaced by digits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from generator.language import labels, prose, references
from generator.load.reading import Reading
from generator.model.figure import State
from generator.model.finding import Location, Severity, Text
from generator.model.format import Format, Section
from generator.model.report import Quote, Report, SectionText

HEADING = re.compile(r"##[ \t]*(?!#)(.+?)\s*#*\s*")


# Braces around something, once the references are filled in: a reference that was meant but not written right.
BRACES = re.compile(r"[{｛]{1,2}\s*([^{}｛｝]{1,60}?)\s*[}｝]{1,2}|\{\{|\}\}", re.DOTALL)
ELEMENTS = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|center|code|dd|del|details|div|dl|dt|em|embed|font|footer|form|h[1-6]|head|header"
    "|hr|html|i|iframe|img|input|ins|label|li|link|main|meta|nav|object|ol|option|p|pre|s|script|section|select|small|source|span|strong"
    "|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|tr|u|ul|video"
)
MARKUP = re.compile(rf"<!--|</?(?:{ELEMENTS})(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
HALF_LINK = re.compile(r"\]（\s*(?:https?:|mailto:|files/|\.\./)")
BARE_TITLE = re.compile(r"(?:#{1,6}|＃+)?\s*([一二三四五六七八九十]、.{2,30})")
SUGGESTIONS = 20


@dataclass(frozen=True)
class Narrative:
    """The text before the first section, and the sections by id."""

    preface: SectionText | None
    sections: Mapping[str, SectionText]


NOTHING = Narrative(None, {})


def read_narrative(form: Format, text: str, path: str, left_out: Collection[str], reading: Reading) -> Narrative:
    """The sections of a narrative; S-01 and S-02 say what is missing, empty, out of order or misnamed. Of the parts that were left out
    none is missing."""
    parts = _split(text)
    check_markup(text, Location(path), reading)
    sections: dict[str, SectionText] = {}
    for line, title, body in parts[1:]:
        at = Location(path, line)
        section = _match(form, title, at, reading)
        if section is None:
            continue
        if section.id in sections:
            first = sections[section.id].at.line - 1
            reading.note("C-02", at, f"“{section.heading}”写了两次，第一次在第 {first} 行", f"“{section.heading}” is written twice")
            continue
        sections[section.id] = SectionText(section.id, section.heading, body, Location(path, line + 1))
    bare = _bare_titles(form, text, sections, path, reading)
    _complete(form, sections, {*bare, *left_out}, path, reading)
    preface = SectionText("preface", "", parts[0][2], Location(path, 1)) if parts[0][2].strip() else None
    return Narrative(preface, sections)


def _split(text: str) -> list[tuple[int, str, str]]:
    """(line, title, body) of each part; the first is what stands before any heading. Headings in code do not count."""
    parts: list[tuple[int, str, list[str]]] = [(0, "", [])]
    for number, (line, words) in enumerate(zip(text.split("\n"), prose.without_code(text).split("\n"), strict=True), 1):
        heading = HEADING.fullmatch(words)
        if heading:
            parts.append((number, heading[1], []))
        else:
            parts[-1][2].append(line)
    return [(line, title, "\n".join(body)) for line, title, body in parts]


def check_markup(text: str, start: Location, reading: Reading) -> None:
    """HTML and comments are printed as text, so nobody can mean them; a link with a full-width bracket is no link."""
    for line, words in enumerate(prose.without_code(text).split("\n"), start.line):
        if found := MARKUP.search(words):
            at = Location(start.path, line, found.start() + 1)
            reading.note("C-12", at, f"正文里有“{found[0]}”，会原样印出来", f"“{found[0]}” would be printed as it is")
        if found := HALF_LINK.search(words):
            at = Location(start.path, line, found.start() + 1)
            reading.note("P-04", at, "链接的括号要用半角：[文字](网址)", "a link takes half-width brackets: [text](address)")


def _bare_titles(form: Format, text: str, present: Mapping[str, SectionText], path: str, reading: Reading) -> set[str]:
    """The sections that are missing while their title stands there without `##`: said at that line, so that nobody adds them again."""
    titles = {labels.normal(word): section for section in form.sections for word in (section.title, *section.aliases)}
    found = set()
    for number, line in enumerate(prose.without_code(text).split("\n"), 1):
        title = BARE_TITLE.fullmatch(line.strip())
        section = titles.get(labels.normal(title[1])) if title else None
        if section is not None and section.id not in present and not section.table:
            found.add(section.id)
            zh = f"“{section.heading}”前面要写“## ”（两个半角井号和一个空格）"
            reading.note("S-01", Location(path, number), zh, f"write “## {section.heading}”")
    return found


def _match(form: Format, title: str, at: Location, reading: Reading) -> Section | None:
    word = labels.normal(title)
    for section in form.sections:
        if word == labels.normal(section.title):
            if not title.startswith(section.number):
                reading.note("S-02", at, f"“{title}”应写作“{section.heading}”", f"“{title}” should read “{section.heading}”")
            return section
        if word in {labels.normal(alias) for alias in section.aliases}:
            zh, en = f"“{title}”的规定写法是“{section.heading}”", f"the form's title for “{title}” is “{section.heading}”"
            reading.note("S-02", at, zh, en, severity=Severity.INFO)
            return section
    near = labels.nearest(title, [section.heading for section in form.sections])
    advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
    reading.note("S-01", at, f"“{title}”不是规定的部分标题", f"“{title}” is not a section of the form", advice=advice)
    return None


def _complete(form: Format, sections: Mapping[str, SectionText], settled: Collection[str], path: str, reading: Reading) -> None:
    """Every text section is there and not empty, and those there are in order. A section with a table may have no text; of those that
    are `settled` nothing more is to be said."""
    for section in form.sections:
        held = sections.get(section.id)
        if section.id in settled:
            continue
        if held is None and not section.table:
            advice = Text(f"加一行“## {section.heading}”和正文；没有内容时写明“无”及原因", f"add a line “## {section.heading}” and text")
            zh, en = f"缺少“{section.heading}”", f"the section “{section.heading}” is missing"
            reading.note("S-01", Location(path), zh, en, advice=advice)
        elif held is not None and not section.table and not held.markdown.strip():
            reading.note("S-01", held.at, f"“{section.heading}”没有内容", f"the section “{section.heading}” is empty")
    order = [section.id for section in form.sections if section.id in sections]
    for expected, held in zip(order, sections.values(), strict=True):
        if expected != held.id:
            at = Location(path, held.at.line - 1)
            reading.note("S-01", at, f"“{held.title}”的位置不对，各部分应按一至六的顺序", f"“{held.title}” is out of order")
            break


def with_figures(report: Report, prior: Report | None, reading: Reading) -> Report:
    """The report with every `{{ … }}` of its texts replaced by the figure it names; C-07 where there is none."""

    def filled(section: SectionText) -> SectionText:
        starts = [0, *(match.end() for match in re.finditer("\n", section.markdown))]
        printed: list[tuple[str, str]] = []

        def place(offset: int) -> Location:
            line = bisect_right(starts, offset)
            return Location(section.at.path, section.at.line + line - 1, offset - starts[line - 1] + 1)

        def value(reference: str, offset: int) -> str:
            cell = references.resolve(report.format, reference)
            printed.append((_figure(report, prior, reference, place(offset), reading), cell.address if cell else ""))
            return printed[-1][0]

        words = prose.without_code(section.markdown)
        for found in BRACES.finditer(words):
            if not references.REFERENCE.fullmatch(found[0]) and (found[1] is None or references.resolve(report.format, found[1])):
                zh, en = f"“{found[0]}”不是引用，会原样印出来", f"“{found[0]}” is no reference and would be printed"
                reading.note("C-07", place(found.start()), zh, en)
        markdown, shifts = references.substitute(section.markdown, words, value)
        ends = zip((end for end, _ in shifts), printed, strict=True)
        quotes = tuple(Quote(end - len(said), end, cell) for end, (said, cell) in ends if cell)
        return replace(section, markdown=markdown, shifts=shifts, quotes=quotes)

    preface = filled(report.preface) if report.preface else None
    return replace(report, preface=preface, sections={key: filled(section) for key, section in report.sections.items()})


def _figure(report: Report, prior: Report | None, reference: str, at: Location, reading: Reading) -> str:
    inner = references.PRIOR.fullmatch(reference)
    if inner and prior is None:
        zh, en = f"“{reference}”要引用上一年度，但没有 {report.year - 1} 年度的报告", f"“{reference}” needs a report for {report.year - 1}"
        reading.note("C-07", at, zh, en, advice=Text("直接写出数字，或补上那一年的报告", "write the number itself or add that report"))
        return "？"
    source = prior if inner and prior else report
    cell = references.resolve(source.format, inner[1] if inner else reference)
    if cell is None:
        # Looking for a near name is dear, and nobody reads the hundredth suggestion.
        said = sum(finding.rule == "C-07" and finding.at.path == at.path for finding in reading.findings[-SUGGESTIONS:])
        near = references.nearest(source.format, reference) if said < SUGGESTIONS else ""
        advice = Text(f"是否应为 {{{{ {near} }}}}？", f"did you mean {{{{ {near} }}}}?") if near else None
        reading.note("C-07", at, f"没有叫“{reference}”的数字", f"no figure is called “{reference}”", advice=advice)
        return "？"
    figure = source.figures[cell.address]
    if figure.state is not State.NUMBER and not figure.mistaken:
        advice = Text("在表中补上数字，或在正文里不引用这一格", "fill in the figure or do not quote it")
        reading.note("C-07", at, f"“{reference}”这一格没有数字", f"“{reference}” holds no number", advice=advice, cells=(cell.address,))
    return figure.text if figure.state is State.NUMBER else "？"
