"""Reports as strangers publish them: figures printed in every style that documents come in, damage included.

A style is a function from a form and its cells (address → text) to a file's name and bytes."""

# ruff: noqa: E501 - documents are long lines
from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model.format import Block, Format, Heading, Table

DATA = Path(__file__).parent / "data" / "papers.json"
Texts = Mapping[str, str]
Style = Callable[["Format", "Case"], tuple[str, bytes]]
INTRO = "本报告由示例机关按照规定的格式编写，数据统计期限为{year}年1月1日至{year}年12月31日。"
WORDS = {
    "overview": "{year}年，示例机关主动公开各类信息，办理公开申请，调整网站栏目，接受社会评议。",
    "problems": "公开的深度还不够。下一步将加强培训，改进解读。",
    "other": "本年度没有收取信息处理费。",
}


@dataclass(frozen=True)
class Case:
    """A report's figures: its form, its year, the text of every cell."""

    name: str
    form: str
    year: int
    texts: Texts


def cases(forms: Mapping[str, Format]) -> list[Case]:
    """The figures of real reports, every cell that is not named being 0."""
    stated = json.loads(DATA.read_text("utf-8"))
    return [
        Case(
            name,
            case["form"],
            case["year"],
            {
                address: str(case["cells"].get(address, 0))
                + ("元" if address.endswith("procurement.amount") else "")
                for address in forms[case["form"]].cells
            },
        )
        for name, case in stated.items()
    ]


# A table as printed: rows of cells, each with the columns and rows it covers.


@dataclass
class Printed:
    text: str
    width: int = 1
    height: int = 1
    head: bool = False


def depth(headings: Sequence[Heading]) -> int:
    return max((1 + depth(heading.children) for heading in headings), default=0)


def leaf_count(heading: Heading) -> int:
    return len(list(heading.leaves()))


def head_rows(block: Block, label_columns: int) -> list[list[Printed]]:
    """The heads of a block, with its corner or note."""
    height = depth(block.columns)
    rows: list[list[Printed]] = [[] for _ in range(height)]
    corner = block.corner or block.note
    if label_columns:
        rows[0].append(Printed(corner, label_columns, height, head=True))

    def fill(headings: Sequence[Heading], level: int) -> None:
        for heading in headings:
            below = 1 if heading.children else height - level
            rows[level].append(Printed(heading.label, leaf_count(heading), below, head=True))
            fill(heading.children, level + 1)

    fill(block.columns, 0)
    return rows


def label_rows(
    headings: Sequence[Heading], columns: int
) -> Iterator[tuple[Heading, list[Printed]]]:
    """Each row with its labels; a group's label stands in the first of its rows."""
    for heading in headings:
        if not heading.children:
            yield heading, [Printed(heading.label, columns, 1, head=True)]
            continue
        group = Printed(heading.label, 1, leaf_count(heading), head=True)
        for number, (leaf, labels) in enumerate(label_rows(heading.children, columns - 1)):
            yield leaf, [group, *labels] if number == 0 else labels


def down(table: Table, texts: Texts) -> list[list[Printed]]:
    """A table whose rows stand below each other, its blocks one under the other."""
    rows: list[list[Printed]] = []
    width = max(len(block.leaf_columns) for block in table.blocks)
    for block in table.blocks:
        columns = depth(block.rows)
        whole = columns + width
        if block.title:
            rows.append([Printed(block.title, whole, head=True)])
        heads = head_rows(block, columns)
        lacking = width - len(block.leaf_columns)
        if lacking:
            heads[0][-1].width += lacking
        rows += heads
        for leaf, labels in label_rows(block.rows, columns):
            cells = [
                Printed(texts[f"{table.id}.{leaf.path}.{column.path}"])
                for column in block.leaf_columns
            ]
            cells[-1].width += lacking
            rows.append([*labels, *cells])
    return rows


def across(table: Table, texts: Texts) -> list[list[Printed]]:
    """A table printed in one row of figures: its rows are groups of columns."""
    block = table.blocks[0]
    per_row = len(block.leaf_columns)
    height = depth(block.rows) + 1
    rows: list[list[Printed]] = [[] for _ in range(height)]

    def fill(headings: Sequence[Heading], level: int) -> None:
        for heading in headings:
            count = leaf_count(heading) * per_row
            if heading.children:
                rows[level].append(Printed(heading.label, count, head=True))
                fill(heading.children, level + 1)
            else:
                rows[level].append(Printed(heading.label, count, height - 1 - level, head=True))
                start = level if height - 1 - level == 1 else height - 2
                rows[start + 1] += [
                    Printed(column.label, head=True) for column in block.leaf_columns
                ]

    fill(block.rows, 0)
    rows.append(
        [
            Printed(texts[f"{table.id}.{row.path}.{column.path}"])
            for row in block.leaf_rows
            for column in block.leaf_columns
        ]
    )
    return rows


def printed(table: Table, texts: Texts) -> list[list[Printed]]:
    return across(table, texts) if table.layout == "across" else down(table, texts)


def parts(form: Format, year: int, texts: Texts) -> Iterator[tuple[str, str | list[list[Printed]]]]:
    """(title of the section, its text or its table)."""
    for section in form.sections:
        if section.table:
            yield section.heading, printed(form.table(section.table), texts)
        else:
            yield section.heading, WORDS[section.id].format(year=year)


def title(year: int) -> str:
    return f"示例市示例局{year}年政府信息公开工作年度报告"


# Web pages


def html_table(rows: Sequence[Sequence[Printed]], *, blank: str = "&nbsp;", style: str = "") -> str:
    lines = []
    for row in rows:
        cells = "".join(
            f'<td colspan="{cell.width}" rowspan="{cell.height}"{style}><p>{cell.text or blank}</p></td>'
            for cell in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def html_body(form: Format, case: Case, style: str = "") -> str:
    pieces = [f"<p>{INTRO.format(year=case.year)}</p>"]
    for heading, content in parts(form, case.year, case.texts):
        body = f"<p>{content}</p>" if isinstance(content, str) else html_table(content, style=style)
        pieces.append(f"<p><strong>{heading}</strong></p>{body}")
    return "".join(pieces)


def page(form: Format, case: Case) -> tuple[str, bytes]:
    body = html_body(form, case)
    text = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title><script>var a='<table>';</script></head><body>"
        f"<div class='crumb'>当前位置：首页 &gt; 年报</div><h1>{title(case.year)}</h1><div>发布时间：{case.year + 1}-01-20 10:00　来源：示例局　分享到：</div>"
        f"<div class='content'>{body}<p>{case.year + 1}年1月10日</p></div><div>相关稿件</div><div>示例ICP备12345678号</div></body></html>"
    )
    return "page.html", text.encode()


def page_in_layout(form: Format, case: Case) -> tuple[str, bytes]:
    """A page that places everything in tables, in GBK."""
    body = html_body(form, case)
    text = f"<html><meta charset=gb2312><body><table><tr><td>左栏</td><td><table><tr><td><h2>{title(case.year)}</h2>{body}</td></tr></table></td></tr></table></body></html>"
    return "page.htm", text.encode("gb18030")


def word_clipboard(form: Format, case: Case) -> tuple[str, bytes]:
    """A fragment of the clipboard, as Word makes it."""
    body = html_body(form, case, " style='mso-border-alt:solid windowtext .5pt'")
    body = body.replace(
        "<p>", "<p class=MsoNormal><span lang=EN-US style='mso-fareast-language:ZH-CN'><o:p>"
    ).replace("</p>", "</o:p></span></p>")
    body = body.replace('colspan="2"', 'colspan="2;"')
    text = f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><!--StartFragment--><p class=MsoNormal>{title(case.year)}</p>{body}<!--EndFragment--></html>"
    return "clip.html", text.encode()


def saved_mail(form: Format, case: Case) -> tuple[str, bytes]:
    """A page saved as one file (.mht)."""
    import base64

    content = base64.encodebytes(page(form, case)[1]).decode()
    text = (
        'From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        f"------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}\r\n------b--\r\n"
    )
    return "page.mht", text.encode()


# Text as scraped


def text_parts(
    form: Format, case: Case, table: Callable[[Sequence[Sequence[Printed]]], str]
) -> str:
    pieces = [title(case.year), INTRO.format(year=case.year)]
    for heading, content in parts(form, case.year, case.texts):
        pieces += [heading, content if isinstance(content, str) else table(content)]
    return "\n".join(pieces) + "\n"


def pipes(form: Format, case: Case) -> tuple[str, bytes]:
    """Rows of pipes that lost their spans, with another number of empty pipes in each."""
    chance = random.Random(case.name)

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        return "\n".join(
            " | ".join(cell.text for cell in row) + " |" + "|" * chance.randrange(4) for row in rows
        )

    return "pipes.txt", text_parts(form, case, table).replace("（", "(").replace("）", ")").encode()


def cell_lines(form: Format, case: Case) -> tuple[str, bytes]:
    """One cell a line with a pipe behind it; merged cells leave lines of pipes."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        return "\n".join("\n".join(f"{cell.text} |" for cell in row) + "\n||" for row in rows)

    return "lines.txt", text_parts(form, case, table).encode()


def tab_lines(form: Format, case: Case) -> tuple[str, bytes]:
    """One cell a line behind a tab, rows a blank line apart."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        return "\n\n".join("\n".join(f"\t{cell.text or ' '}" for cell in row) for row in rows)

    return "tabs.txt", text_parts(form, case, table).encode("gb18030")


def zero_runs(form: Format, case: Case) -> tuple[str, bytes]:
    """Figures that are not 0 are paragraphs, zeros are runs."""

    def row_text(row: Sequence[Printed]) -> str:
        text = ""
        for cell in row:
            text += cell.text if cell.text == "0" else f"\n\n{cell.text}\n\n"
        return text

    return "runs.txt", text_parts(
        form, case, lambda rows: "\n\n".join(map(row_text, rows))
    ).encode()


def glued(form: Format, case: Case) -> tuple[str, bytes]:
    """Cells of a row run together, and the next row's number behind them; the page is one line."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        return "".join("".join(cell.text for cell in row) for row in rows)

    return "glued.txt", text_parts(form, case, table).replace("\n", "").encode()


def glued_rows(form: Format, case: Case) -> tuple[str, bytes]:
    """Cells of a row run together, rows on lines of their own."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        return "\n".join("".join(cell.text for cell in row) for row in rows)

    return "glued.md", text_parts(form, case, table).encode()


def spaced(form: Format, case: Case) -> tuple[str, bytes]:
    """Label and figures on a line, as text out of a PDF has them, with numbers of pages between."""
    pages = 0

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        nonlocal pages
        lines = []
        for number, row in enumerate(rows):
            lines.append(" ".join(cell.text for cell in row))
            if number % 9 == 8:
                pages += 1
                lines.append(f"— {pages} —")
        return "\n".join(lines)

    return "spaced.txt", text_parts(form, case, table).encode()


def with_lost_cell(form: Format, case: Case) -> tuple[str, bytes]:
    """Rows of pipes in some of which one cell is lost."""
    chance = random.Random(case.name)

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        lines = []
        for row in rows:
            cells = [cell.text for cell in row]
            figures = [number for number, cell in enumerate(row) if not cell.head]
            if len(figures) == 7 and chance.random() < 0.15:
                del cells[chance.choice(figures)]
            lines.append(" | ".join(cells) + " | |")
        return "\n".join(lines)

    return "lost.txt", text_parts(form, case, table).encode()


def markdown(form: Format, case: Case) -> tuple[str, bytes]:
    """Markdown with rulers, merged cells repeated."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        full = spread(rows)
        lines = [f"| {' | '.join(row)} |" for row in full]
        lines.insert(1, f"|{'---|' * len(full[0])}")
        return "\n" + "\n".join(lines) + "\n"

    text = text_parts(form, case, table)
    for section in form.sections:
        text = text.replace(f"\n{section.heading}\n", f"\n## {section.heading}\n\n")
    return "report.md", text.encode()


def torn(form: Format, case: Case) -> tuple[str, bytes]:
    """Markdown out of a PDF: labels of some rows are lost."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        lines = []
        for number, row in enumerate(rows):
            figures = [cell.text for cell in row if not cell.head]
            keep = len(figures) != 7 or number % 5
            lines.append(
                "| " + " | ".join(cell.text for cell in row if keep or not cell.head) + " |"
            )
        return "\n".join(lines)

    return "torn.md", text_parts(form, case, table).encode()


def grouped(form: Format, case: Case) -> tuple[str, bytes]:
    """OCR to Markdown: table three as one small table a group, its heads invented."""

    def table(rows: Sequence[Sequence[Printed]]) -> str:
        lines = []
        for number, row in enumerate(rows):
            figures = [cell.text for cell in row if not cell.head]
            if len(figures) != 7:
                lines.append("| " + " | ".join(cell.text for cell in row) + " |")
                continue
            if number % 6 == 0:
                lines += [
                    "",
                    f"| 项目 | {' | '.join(f'数据{n}' for n in range(1, 8))} |",
                    f"|{'---|' * 8}",
                ]
            lines.append(f"| {row[-8].text if len(row) > 7 else ''} | {' | '.join(figures)} |")
        return "\n".join(lines)

    return "ocr.md", text_parts(form, case, table).encode()


def traditional(form: Format, case: Case) -> tuple[str, bytes]:
    """A page mirrored in traditional characters."""
    pairs = str.maketrans(
        "总计动开规范档处决数额许强项费对务购业构会组织体况复议诉讼维结纠审转与请机关无现属国补后内确举类经执层级门应单",
        "總計動開規範檔處決數額許強項費對務購業構會組織體況復議訴訟維結糾審轉與請機關無現屬國補後內確舉類經執層級門應單",
    )
    return "trad.html", page(form, case)[1].decode().translate(pairs).encode()


# Workbooks


def spread(rows: Sequence[Sequence[Printed]], *, repeat: bool = True) -> list[list[str]]:
    """A table as a full grid; a cell that covers several stands in each, or in the first alone."""
    taken: dict[tuple[int, int], str] = {}
    width = 0
    for line, row in enumerate(rows):
        column = 0
        for cell in row:
            while (line, column) in taken:
                column += 1
            for down_by in range(cell.height):
                for right_by in range(cell.width):
                    first = down_by == right_by == 0
                    taken[line + down_by, column + right_by] = (
                        cell.text if first or (repeat and cell.head) else ""
                    )
            column += cell.width
        width = max(width, max((c + 1 for _, c in taken), default=0))
    return [[taken.get((line, column), "") for column in range(width)] for line in range(len(rows))]


def comma(form: Format, case: Case) -> tuple[str, bytes]:
    """A CSV out of Excel, in GBK, with empty rows at the end and commas in figures."""
    import csv

    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([title(case.year)])
    for heading, content in parts(form, case.year, case.texts):
        writer.writerow([heading])
        if isinstance(content, str):
            writer.writerow([content])
        else:
            for row in spread(content, repeat=False):
                writer.writerow([f"{int(text):,}" if text.isdecimal() else text for text in row])
    text = stream.getvalue() + ",,,,\r\n" * 3
    return "report.csv", text.encode("gb18030")


def workbook(form: Format, case: Case) -> tuple[str, bytes]:
    """A workbook with merged cells, numbers as text here and there, a hidden sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "年报"
    line = 1
    chance = random.Random(case.name)
    sheet.cell(line, 1, title(case.year))
    for heading, content in parts(form, case.year, case.texts):
        line += 1
        sheet.cell(line, 1, heading)
        if isinstance(content, str):
            line += 1
            sheet.cell(line, 1, content)
            continue
        taken: set[tuple[int, int]] = set()
        for row in content:
            line += 1
            column = 1
            for cell in row:
                while (line, column) in taken:
                    column += 1
                taken |= {
                    (line + d, column + r) for d in range(cell.height) for r in range(cell.width)
                }
                sheet.cell(line, column, excel_value(cell, chance))
                if cell.width > 1 or cell.height > 1:
                    sheet.merge_cells(
                        start_row=line,
                        start_column=column,
                        end_row=line + cell.height - 1,
                        end_column=column + cell.width - 1,
                    )
                column += cell.width
    old = book.create_sheet("旧")
    old.cell(1, 1, form.tables[1].blocks[0].leaf_rows[0].label)
    for column in range(2, 9):
        old.cell(1, column, 99)
    old.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return "report.xlsx", stream.getvalue()


def excel_value(cell: Printed, chance: random.Random) -> str | int | float:
    if cell.head or not cell.text.isdecimal():
        return cell.text
    wide = cell.text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    values: list[str | int | float] = [
        int(cell.text),
        int(cell.text),
        float(cell.text),
        f"{cell.text} ",
        wide,
        f"{cell.text}件",
    ]
    return chance.choice(values)


def sheets(form: Format, case: Case) -> tuple[str, bytes]:
    """A workbook with a sheet for each table, nothing merged."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in form.tables:
        sheet = book.create_sheet(table.short)
        for row in spread(printed(table, case.texts), repeat=False):
            sheet.append([int(text) if text.isdecimal() else text for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return f"{case.year}年政府信息公开年报.xlsx", stream.getvalue()


def office_xml(name: str, xml: str) -> bytes:
    """A zip with one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, xml)
    return stream.getvalue()


EXACT = (page, page_in_layout, word_clipboard, saved_mail, traditional, comma, workbook, sheets)
DAMAGED = (
    pipes,
    cell_lines,
    tab_lines,
    spaced,
    markdown,
    torn,
    grouped,
    zero_runs,
    with_lost_cell,
    glued_rows,
    glued,
)
STYLES: Sequence[Style] = (*EXACT, *DAMAGED)


# Word and PDF


def word(form: Format, case: Case) -> tuple[str, bytes]:
    """A Word document: merged cells, a content control around a row, a row that begins late, a tracked deletion."""
    import docx

    document = docx.Document()
    document.add_heading(title(case.year), 0)
    document.add_paragraph(INTRO.format(year=case.year))
    for heading, content in parts(form, case.year, case.texts):
        document.add_paragraph().add_run(heading).bold = True
        if isinstance(content, str):
            document.add_paragraph(content)
        else:
            document.element.body.insert(len(document.element.body) - 1, word_table(content))
    stream = io.BytesIO()
    document.save(stream)
    return "report.docx", stream.getvalue()


def word_table(rows: Sequence[Sequence[Printed]]) -> object:
    """A table of a Word document, its spans as Word stores them."""
    from docx.oxml import parse_xml

    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    reach: dict[int, tuple[int, int]] = {}  # column → (rows still covered, width)
    lines = []
    for number, row in enumerate(rows):
        cells = []
        column = 0
        waiting = list(row)
        while waiting or reach.get(column, (0, 0))[0]:
            covered, width = reach.get(column, (0, 0))
            if covered:
                cells.append(word_cell("", width, "<w:vMerge/>"))
                reach[column] = (covered - 1, width)
                column += width
                continue
            cell = waiting.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if cell.height > 1 else ""
            cells.append(word_cell(cell.text, cell.width, merge))
            if cell.height > 1:
                reach[column] = (cell.height - 1, cell.width)
            column += cell.width
        inner = "".join(cells)
        line = f"<w:tr>{inner}</w:tr>"
        if number % 4 == 3:
            line = f"<w:sdt><w:sdtContent>{line}</w:sdtContent></w:sdt>"
        lines.append(line)
    return parse_xml(f"<w:tbl {names}><w:tblPr/><w:tblGrid/>{''.join(lines)}</w:tbl>")


def word_cell(text: str, width: int, merge: str) -> str:
    from xml.sax.saxutils import escape

    runs = f"<w:r><w:t>{escape(text)}</w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>9</w:delText></w:r></w:del>"
    if text.isdecimal() and len(text) > 1:  # a figure typed in two goes
        runs = f"<w:r><w:t>{text[:1]}</w:t></w:r><w:ins w:id='2' w:author='x'><w:r><w:t>{text[1:]}</w:t></w:r></w:ins>"
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr><w:p>{runs}</w:p></w:tc>'


PRINT = """@page { size: A4; margin: 2cm; @bottom-center { content: "— " counter(page) " —" } }
body { font: 10.5pt/1.6 "WenQuanYi Micro Hei", "Noto Sans CJK SC", sans-serif }
table { border-collapse: collapse; width: 100% } td { border: .6pt solid; padding: 2pt; font-size: 8pt } p { margin: 0; text-indent: 2em } td p { text-indent: 0 }"""


def pdf(form: Format, case: Case) -> tuple[str, bytes]:
    """A PDF whose tables have rules."""
    from weasyprint import HTML

    text = f"<html lang=zh><style>{PRINT}</style><body><h1>{title(case.year)}</h1>{html_body(form, case)}</body></html>"
    return "report.pdf", HTML(string=text).write_pdf()


def pdf_without_rules(form: Format, case: Case) -> tuple[str, bytes]:
    """A PDF whose tables have no rules."""
    from weasyprint import HTML

    style = PRINT.replace(".6pt solid", "0")
    text = f"<html lang=zh><style>{style}</style><body><h1>{title(case.year)}</h1>{html_body(form, case)}</body></html>"
    return "bare.pdf", HTML(string=text).write_pdf()
