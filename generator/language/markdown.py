"""Markdown, read as the people who write Chinese reports mean it.

The only user of markdown-it (docs/decisions/0032, 0037).

Where it leaves CommonMark: emphasis works beside Chinese characters and punctuation; an indented
line begins a paragraph and is no code; so does the line after one that ends a sentence, unless the
text is wrapped there; lines with tabs are a table; a line of `---` or `===` makes no heading of
what stands above it; a link may have blanks in its address and brackets of full width; the numbers
of a list stay as they are typed; a line that ends between two Chinese characters leaves no blank.
What is then still to be seen as markup is told by `leftovers`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["Leftover", "Token", "html", "leftovers", "parse", "tidied"]

# Quotation marks, dashes and dots are as wide as a character in Chinese; Unicode leaves it to the
# context.
CHINESE_MARKS = frozenset("“”‘’—…·")
WIDE = frozenset("WFH")
# Blanks of the widths that Chinese paragraphs are indented with; pasted texts have others than the
# full one.
WIDE_BLANKS = "\u3000\u00a0\u2000-\u200a\u202f\u205f"
INDENTED = re.compile("\u3000|[\u00a0\u2000-\u200a\u202f\u205f]{2}")
EDGES = " \t\r\n\f\v\u3000\u00a0\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
# A paragraph is indented by two characters, in whatever way they are typed.
INDENT = 4
BLANK_LINE = re.compile(rf"^[ \t{WIDE_BLANKS}]+$", re.MULTILINE)
# The same blanks before what begins a heading, a list, a quotation or a table: to people it begins
# there all the same.
BLANKS_BEFORE_MARK = re.compile(
    rf"^[ {WIDE_BLANKS}]++(?=#{{2,6}}|#[ ]|[-*+][ ]|>|\|.*\|)", re.MULTILINE
)
UNSPACED_HEADING = re.compile(r"(#{2,6})(?=[^\s#])")
# A line that begins so begins a new point, also where the point before it does not end with an
# empty line.
NEW_POINT = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[（(]\d{1,2}[）)]|"
    r"\d{1,2}(?:[、．]|[.)）](?!\d))"
    r"|[①-⒛㈠-㈩❶-❿➀-➓]|[Ⅰ-Ⅻ][、.．]|[（(][A-Za-z][）)]|[A-Za-z][、．]|[A-Z]\. "
    r"|[·•●○◆◇■□☐☑▪▲△▶➢➤√※]|[-+](?=[\u4e00-\u9fff])|"
    r"第[一二三四五六七八九十百]{1,4}[章节条款][ \u3000]"
    r"|(?:19|20)\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日[ \u3000]*$"
)
# So does one of these, which may as well stand within a sentence, if the line before it ends one.
NEW_POINT_AFTER_END = re.compile(
    r"[一二三四五六七八九十]是|[第其][一二三四五六七八九十]，|\d{1,2}(?:\.\d{1,2}){1,3}[ 、]"
)
SENTENCE_ENDS = frozenset("。；：！？;:!?")
# What a line ends with that ends a paragraph, and with it a point of an enumeration.
PARAGRAPH_END = re.compile(r"[。！？!?][”’」』）)》】*_]*$")
POINT_END = re.compile(r"[；：;:][”’」』）)》】*_]*$")
# Lines that break within sentences are wrapped; in columns, of which a Chinese character takes two.
# Narrower ones are broken by hand. A wrapped line is short by a few columns where a mark may not
# begin the next one, and longer by a mark that hangs.
NARROWEST = 32
SHORT_BY = 6
LONGER_BY = 4
# What an address in brackets begins with, if it is one at all; between half-width brackets a file's
# name will do.
ADDRESS = re.compile(r"files/|\.{1,2}/|#\S|https?:|mailto:|tel:", re.IGNORECASE)
FILE = re.compile(
    r"[^\s].*\.(?:pdf|ofd|docx?|wps|xlsx?|et|csv|txt|png|jpe?g|gif|webp|zip)", re.IGNORECASE
)
TITLE = re.compile(r"""(.+?)[ \t\u3000]+(?:"([^"]*)"|“([^”]*)”|'([^']*)')""", re.DOTALL)
MEANT_LINK = re.compile(r"\][(（]")
OPENING = "(（"
CLOSING = ")）"
DEFINITION = re.compile(r"[ ]{0,3}\[[^\]]+\]:[ \t]*<?(?P<address>\S*)")

# What the time of reading a paragraph grows with, and how many of them a paragraph and a text may
# hold.
MARKS = "*_[]`<"
MOST_MARKS_OF_PARAGRAPH = 500
MOST_MARKS = 10_000

# Marks that are seen as such in a rendered text, and what to write instead. Order matters where two
# fit.
VISIBLE = re.compile(
    r"(?P<bold>\*\*+|＊＊+|(?<![A-Za-z0-9_])__(?=[^\s_])|(?<=[^\s_])__(?![A-Za-z0-9_]))"
    r"|(?P<italic>(?<![\d\s*])\*(?=[^\s\d*])|(?<![\w*])\*(?=[^\s*][^*]*$)|(?:(?<=^)|"
    r"(?<=[\s，。；：、（]))_(?=[^\s_]+_)"
    r"|(?<=[\u4e00-\u9fff])_(?=[\u4e00-\u9fff]{1,40}_[\u4e00-\u9fff，。；：、]{1,60}(?![\w.]))|"
    r"＊(?=[^＊\s]{1,60}＊))"
    r"|(?P<strike>~~+|(?:(?<=^)|(?<=[\s，。；：、（]))~(?=[^\s\d~，。；：、][^\s~，。；：、]{0,60}~)"
    r")"
    r"|(?P<link>\]\(|[\]】］〕〗][ \t\u3000]*[(（](?=\s*(?:\./)?(?:files/|https?:|mailto:|\.\./))|"
    r"!\[(?=[^\]]{0,300}\])"
    r"|(?<!\d)\]\[(?=[^\[\]]{0,300}\])|<(?=(?:(?:\./)?files/|www\.)[^<>]{0,300}>))"
    r"|(?P<code>`+)"
    r"|(?P<entity>&(?:nbsp|ensp|emsp|lt|gt|amp|quot)(?![A-Za-z;]))"
    r"|(?P<note>\[\^[^\]\s]{1,40}\]|\^\[)"
    r"|(?P<other>(?<![=+])(?:==(?=[^=\s][^=]{0,60}==(?!=))|\+\+(?=[^+\s][^+]{0,60}\+\+(?!\+)))"
    r"|\^{1,2}(?=[^\s^]{1,20}\^)|\$\$(?=[^$]{1,200}\$\$)|\[\[(?=[^\[\]]{1,60}\]\])|\[toc\]|"
    r"\{[#.][A-Za-z][^{}]{0,60}\})",
    re.IGNORECASE,
)
# The same at the beginning of a line.
VISIBLE_LINE = re.compile(
    r"(?P<heading>(?:#{7,}|[#＃]{1,6})[ \t\u3000]*(?![^#＃\n]*[#＃])(?=\S))|(?P<rule>={3,}|－{3,})"
    r"(?=[ \t]*$)"
    r"|(?P<table>[|｜].*[|｜].*[|｜][ \t]*$|\+[-=+]*--[-=+]*\+[ \t]*$|"
    r"\|?[ \t]*:?--+:?[ \t]*\|[ \t|:-]*$)"
    r"|(?P<task>\[[ xX√✓]?\](?=[ \t\u3000]*[^\s(（\[:：]))|(?P<bullet>[-+](?=[\u4e00-\u9fff]))|"
    r"(?P<other>:{3,}|!{3} ?(?=[a-z]))"
    r"|(?P<quote>＞(?=[ \t\u3000]*\S))|(?P<definition>\[[^\]\n]+\][:：](?=[ \t]*(?:files/|https?:|"
    r"\.\./)))",
    re.MULTILINE,
)

# A row of a table pasted from a spreadsheet: cells with tabs between them, and not only behind a
# number or a bullet.
TABBED = re.compile(
    r"^[ \u3000]*(?!\S{1,5}\t[^\t]*$)[^\s|][^\t]*\t+[^\s|]|^[^\s|·•●○◆◇■□\d（(、.][^\t]*\t+[^\s|]"
)
# What stands before a tab and makes no cell: a bullet, a number, a word with a colon.
LABEL = re.compile(r"[·•●○◆◇■□▪➢\-*]|[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]?|.*[：:]")
MOST_CELLS = 60
# What has words in it, or is a mark that leads to nothing.
EMPTY = frozenset({"heading_open", "list_item_open", "blockquote_open"})
FENCE_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]*")


@dataclass(frozen=True)
class Leftover:
    """Markup that is seen as such, or that takes text away: its kind (`bold`, `link`, …)"
    ", the mark, and where in the text it stands."""

    kind: str
    mark: str
    offset: int


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "lheading"])
    # Every link becomes a token with its target as written, also a forbidden one: the check reports
    # it and the renderer drops it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.block.ruler.before(
        "heading",
        "unspaced_heading",
        _unspaced_heading,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )
    parser.block.ruler.before("reference", "no_definition", _no_definition)
    parser.block.ruler.before(
        "no_definition", "tabbed_table", _tabbed_table, {"alt": ["paragraph", "reference"]}
    )
    parser.block.ruler.at("paragraph", _paragraph)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.after("image", "image_as_meant", _image_as_meant)
    parser.inline.ruler.after("link", "link_as_meant", _link_as_meant)
    parser.core.ruler.before("block", "blank_lines", _blank_lines)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.before("text_join", "leftovers", _note_leftovers)
    parser.core.ruler.push("numbers", _keep_numbers)
    parser.core.ruler.push("line_ends", _join_lines)
    return parser


def parse(text: str) -> list[Token]:
    """The tokens of a text; whoever changes them does it before they are rendered."""
    return _parser().parse(text)


def html(tokens: Sequence[Token]) -> str:
    """What is shown of tokens."""
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def tidied(target: str) -> str:
    """A web address as it stands in HTML: encoded, the name of a host in ASCII."""
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(target)


@lru_cache(maxsize=32)
def leftovers(text: str) -> tuple[Leftover, ...]:
    """The markup that readers of a text would see, or that hides something from them, in order."""
    noted: list[tuple[str, str, int, str, int]] = []
    env: dict[str, object] = {"leftovers": noted}
    tokens = _parser().parse(text, env)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    begin = cache(partial(_begin, text))
    marks = set()
    for kind, mark, number, line, column in noted:
        start = starts[min(number, len(starts) - 1)]
        marks.add(Leftover(kind, mark, begin(start, line) + column))
    dense = env.get("dense", ())
    assert isinstance(dense, Iterable)
    marks |= {Leftover("dense", "", starts[number]) for number in dense}
    marks |= set(_unused(text, starts, tokens, env))
    marks |= set(_hidden(text, starts, tokens))
    return tuple(sorted(marks, key=lambda leftover: (leftover.offset, leftover.mark)))


# Paragraphs


def _blank_lines(state: StateCore) -> None:
    """A line of nothing but blanks is empty, of whatever width they are.

    Before a mark they are as good as narrow ones.
    """
    for blanks in (BLANK_LINE, BLANKS_BEFORE_MARK):
        state.src = blanks.sub(lambda match: " " * len(match[0]), state.src)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph ends before an empty line, an indented one, and anything else that begins."""
    rules = state.md.block.ruler.getRules("paragraph")
    end = state.lineMax
    outer = state.parentType
    state.parentType = "paragraph"
    line = start + 1
    while line < end and not state.isEmpty(line):
        lazy = state.sCount[line] < 0  # a quotation has looked at this line
        if not lazy and (
            _indented(state, line)
            or _ends_paragraph(state, line - 1)
            or any(rule(state, line, end, True) for rule in rules)
        ):
            break
        line += 1
    text = state.getLines(start, line, state.blkIndent, False).strip(EDGES)
    state.line = line
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = text
    inline.map = [start, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.parentType = outer
    return True


def _ends_paragraph(state: StateBlock, line: int) -> bool:
    """Whether a line ends a paragraph as people type it.

    It ends a sentence, and is not as long as the lines that the text is wrapped at.
    """
    text = _line(state, line)
    return PARAGRAPH_END.search(text) is not None and not _is_wrapped(state.env, state.src, text)


def _line(state: StateBlock, line: int) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]].rstrip(EDGES)


def _is_wrapped(env: MutableMapping[str, Any], src: str, line: str) -> bool:
    """Whether a line is about as long as those that are wrapped."""
    if "wrapped" not in env:
        env["wrapped"] = _wrapped_width(src)
    width = env["wrapped"]
    return bool(width) and width - SHORT_BY <= _columns(line) <= width + LONGER_BY


def _wrapped_width(src: str) -> int:
    """The columns that a text is wrapped at; 0 where it is not.

    It is the length of the longest line that ends within a sentence.
    """
    widths = [
        _columns(line)
        for line, following in pairwise(map(_stripped, src.split("\n")))
        if _is_prose(line)
        and _is_prose(following)
        and not PARAGRAPH_END.search(line)
        and not POINT_END.search(line)
        and not NEW_POINT.match(following)
    ]
    widest = max(widths, default=0)
    return widest if widest >= NARROWEST else 0


def _stripped(line: str) -> str:
    return line.strip(EDGES)


def _is_prose(line: str) -> bool:
    """Whether a line is one of a paragraph, and neither a mark nor a row of a table."""
    return bool(line) and line[0] not in "#>|-*+`~=" and "\t" not in line


def _columns(line: str) -> int:
    """How much room a line takes, in columns."""
    return sum(2 if _wide(character) else 1 for character in line)


def _tabbed_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines with tabs within, as a table comes out of Word or a spreadsheet: its first is the head.

    Their cells are as many in each, or fewer than in the head.
    """
    rows = _tabbed_rows(state, start, end)
    if not rows:
        return False
    if silent:
        return True
    table = state.push("table_open", "table", 1)
    table.map = [start, start + len(rows)]
    for index, row in enumerate(rows):
        if index < 2:
            part = "tbody" if index else "thead"
            state.push(f"{part}_open", part, 1).map = [start + index, start + index + 1]
        _push_row(state, row, start + index, "td" if index else "th")
        if index == 0:
            state.push("thead_close", "thead", -1)
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = start + len(rows)
    return True


def _push_row(state: StateBlock, row: Sequence[str], line: int, tag: str) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for cell in row:
        state.push(f"{tag}_open", tag, 1)
        inline = state.push("inline", "", 0)
        inline.content = cell
        inline.map = [line, line + 1]
        inline.children = []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _tabbed_rows(state: StateBlock, start: int, end: int) -> list[list[str]]:
    """The cells of the lines with tabs that begin at a line; none where they make no table."""
    if "\t" not in _line(state, start):
        return []
    lines = []
    for number in range(start, end):
        line = state.getLines(number, number + 1, state.blkIndent, False).rstrip(EDGES)
        if state.sCount[number] < state.blkIndent or "\t" not in line.strip(EDGES):
            break
        lines.append(line)
    if len(lines) < 2:
        return []
    if all(line.startswith("\t") for line in lines):
        lines = [line.removeprefix("\t") for line in lines]
    # Several tabs are empty cells, unless the head has them too: then they only line up.
    separator = "\t" if "\t\t" not in lines[0] else r"\t+"
    rows = [[cell.strip(EDGES) for cell in re.split(separator, line)] for line in lines]
    columns = len(rows[0])
    if not 2 <= columns <= MOST_CELLS or any(len(row) > columns for row in rows):
        return []
    if columns == 2 and LABEL.fullmatch(rows[0][0]):
        return []
    return [row + [""] * (columns - len(row)) for row in rows]


def _indented(state: StateBlock, line: int) -> bool:
    """Whether a line begins as a paragraph does in Chinese.

    With blanks as wide as two characters.
    """
    start = state.bMarks[line] + state.tShift[line]
    narrow = state.sCount[line] - state.blkIndent
    return narrow >= INDENT or INDENTED.match(state.src, start) is not None


def _unspaced_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`###标题`, without the blank that CommonMark wants."""
    first = state.bMarks[start] + state.tShift[start]
    last = state.eMarks[start]
    match = UNSPACED_HEADING.match(state.src, first, last)
    if match is None:
        return False
    if silent:
        return True
    state.line = start + 1
    tag = f"h{len(match[1])}"
    state.push("heading_open", tag, 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content = state.src[match.end() : last].rstrip().rstrip("#").strip()
    inline.map = [start, state.line]
    inline.children = []
    state.push("heading_close", tag, -1)
    return True


def _no_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[注]: 截至年底` is a sentence: taken for the definition of a link it would vanish.

    It is made a paragraph.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = DEFINITION.match(line)
    if match is None or ADDRESS.match(match["address"]) or silent:
        return False
    return _paragraph(state, start, end, silent)


def _keep_numbers(state: StateCore) -> None:
    """1. 3. 5. stay 1. 3. 5.: an item whose number does not follow says its own."""
    expected: list[int | None] = []
    lists: list[Token] = []
    for token in state.tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append(token)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            lists.pop()
        if token.type == "ordered_list_open":
            expected.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            expected.append(None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            expected.pop()
        elif token.type == "list_item_open" and token.info:
            number = int(token.info)
            if number != expected[-1]:
                token.attrSet("value", str(number))
                lists[-1].attrSet("start", str(lists[-1].attrGet("start") or 1))
            expected[-1] = number + 1


def _join_lines(state: StateCore) -> None:
    """A line's end between two Chinese characters is nothing.

    Where a new point begins it is kept.
    """
    for block in state.tokens:
        if block.children is not None:
            wrapped = partial(_is_wrapped, state.env, state.src)
            block.children = list(_joined(block.children, wrapped))


def _joined(tokens: Sequence[Token], wrapped: Callable[[str], bool]) -> Iterator[Token]:
    """The tokens of a paragraph without the line ends that mean nothing.

    `wrapped` says whether a line is as long as the text is wrapped at.
    """
    preceding = ""
    line = ""
    for token, following in zip(tokens, _following(tokens), strict=True):
        if token.type == "softbreak":
            ends_point = POINT_END.search(preceding) and not wrapped(line)
            line = ""
            if ends_point or _begins_a_point(preceding, following):
                token.type = "hardbreak"
                token.tag = "br"
            elif preceding and following and _wide(preceding[-1]) and _wide(following[0]):
                continue
        line += token.content
        preceding = token.content or preceding
        yield token


def _following(tokens: Sequence[Token]) -> list[str]:
    """For each token the words of the next one that has words."""
    texts = []
    text = ""
    for token in reversed(tokens):
        texts.append(text)
        text = token.content or text
    texts.reverse()
    return texts


def _begins_a_point(preceding: str, following: str) -> bool:
    """Whether words on a new line begin a new point."""
    if NEW_POINT.match(following):
        return True
    ended = bool(preceding) and preceding[-1] in SENTENCE_ENDS
    return ended and NEW_POINT_AFTER_END.match(following) is not None


# Emphasis


def _wide(character: str) -> bool:
    return character in CHINESE_MARKS or unicodedata.east_asian_width(character) in WIDE


def _emphasis(state: StateInline, silent: bool) -> bool:
    """The marks of emphasis, each with whether it may open and close."""
    from markdown_it.rules_inline.state_inline import Delimiter

    mark = state.src[state.pos]
    if silent or mark not in "_*":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == mark:
        end += 1
    length = end - state.pos
    preceding = state.src[state.pos - 1] if state.pos else " "
    following = state.src[end] if end < state.posMax else " "
    opens, closes = _flanks(mark, length, preceding, following)
    for _ in range(length):
        state.push("text", "", 0).content = mark
        state.delimiters.append(
            Delimiter(ord(mark), length, len(state.tokens) - 1, -1, opens, closes)
        )
    state.pos = end
    return True


def _flanks(mark: str, length: int, preceding: str, following: str) -> tuple[bool, bool]:
    """Whether marks between two characters may open emphasis and may close it.

    CommonMark refuses marks between punctuation and a letter, because English has a blank there;
    beside a Chinese character or mark, where none ever stands, they count all the same. A `*`
    between digits is a sign of multiplication.
    """
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

    def punctuation(character: str) -> bool:
        return isMdAsciiPunct(ord(character)) or isPunctChar(character)

    wide_in_front = _wide(preceding)
    wide_behind = _wide(following)
    refuses_before = punctuation(preceding) and not wide_in_front
    refuses_after = punctuation(following) and not wide_behind
    blank_before = isWhiteSpace(ord(preceding))
    blank_after = isWhiteSpace(ord(following))
    opens = not blank_after and (
        not refuses_after or blank_before or refuses_before or wide_in_front
    )
    closes = not blank_before and (
        not refuses_before or blank_after or refuses_after or wide_behind
    )
    if mark == "*":
        times = length == 1 and preceding.isdigit() and following.isdigit()
        return opens and not times, closes and not times
    if length == 2 and (wide_in_front or wide_behind):
        return opens, closes
    may_open = opens and (not closes or punctuation(preceding))
    may_close = closes and (not opens or punctuation(following))
    return may_open, may_close


# Links


def _link_as_meant(state: StateInline, silent: bool) -> bool:
    """A link that CommonMark does not see: blanks in its address, or brackets of full width."""
    start = state.pos
    if state.src[start] != "[" or not MEANT_LINK.search(state.src, start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start, True)
    destination = _destination(state.src, end + 1, state.posMax) if end >= 0 else None
    if destination is None:
        return False
    target, title, end_of_link = destination
    if not silent:
        end_of_text = state.posMax
        state.pos = start + 1
        state.posMax = end
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": target}
        if title:
            opening.attrs["title"] = title
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = end_of_text
    state.pos = end_of_link
    return True


def _image_as_meant(state: StateInline, silent: bool) -> bool:
    """The same for an image."""
    start = state.pos
    if not state.src.startswith("![", start) or not MEANT_LINK.search(state.src, start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    destination = _destination(state.src, end + 1, state.posMax) if end >= 0 else None
    if destination is None:
        return False
    target, title, end_of_link = destination
    if not silent:
        content = state.src[start + 2 : end]
        inner: list[Token] = []
        state.md.inline.parse(content, state.md, state.env, inner)
        token = state.push("image", "img", 0)
        token.attrs = {"src": target, "alt": ""}
        if title:
            token.attrs["title"] = title
        token.children = inner or None
        token.content = content
    state.pos = end_of_link
    return True


def _destination(src: str, start: int, end: int) -> tuple[str, str, int] | None:
    """(target, title, where it ends) of an address between brackets of either width.

    None where it is no address.
    """
    closing = _closing(src, start, end)
    if closing is None:
        return None
    inside = src[start + 1 : closing].strip(EDGES)
    titled = TITLE.fullmatch(inside)
    target = titled[1] if titled else inside
    title = "".join(group or "" for group in titled.groups()[1:]) if titled else ""
    if target.startswith("<") and target.endswith(">"):
        target = target[1:-1]
    is_address = ADDRESS.match(target) or (src[start] == "(" and FILE.fullmatch(target))
    return (target, title, closing + 1) if is_address else None


def _closing(src: str, start: int, end: int) -> int | None:
    """Where the bracket closes that opens at a place, on the same line; None where none does."""
    if start >= end or src[start] not in OPENING:
        return None
    level = 0
    for place in range(start, end):
        if src[place] == "\n":
            return None
        if src[place] in OPENING:
            level += 1
        elif src[place] in CLOSING:
            level -= 1
        if not level:
            return place
    return None


# What is left over


def _inline(state: StateCore) -> None:
    """The words of each paragraph, unless more marks stand in it than anybody types.

    Those cost as much as their square, so it is left as it is and told.
    """
    from markdown_it.token import Token

    allowance = MOST_MARKS
    for token in state.tokens:
        if token.type != "inline":
            continue
        count = sum(map(token.content.count, MARKS))
        if count > min(MOST_MARKS_OF_PARAGRAPH, allowance):
            unread = Token("text", "", 0)
            unread.content = token.content
            token.children = [unread]
            state.env.setdefault("dense", []).append((token.map or [0])[0])
            continue
        allowance -= count
        token.children = []
        state.md.inline.parse(token.content, state.md, state.env, token.children)


def _note_leftovers(state: StateCore) -> None:
    """Note the marks that are seen as such.

    Looked for before escaped characters are joined with the rest: what was escaped is meant to be
    seen.
    """
    noted = state.env.get("leftovers")
    if noted is None:
        return
    dense = set(state.env.get("dense", ()))
    for block in state.tokens:
        if block.type == "inline" and block.map is not None and block.map[0] not in dense:
            noted.extend(_leftovers_of(block, block.map[0]))


def _leftovers_of(block: Token, first: int) -> Iterator[tuple[str, str, int, str, int]]:
    """(kind, mark, number of its line, that line, its column) of each mark in a paragraph."""
    lines = block.content.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    cursor = 0
    fresh = True
    for token in block.children or ():
        if token.type != "text":
            fresh = token.type in {"softbreak", "hardbreak"}
            continue
        beginning = block.content.find(token.content, cursor)
        for match in _visible(token.content, fresh):
            place = max(beginning, cursor) + match.start()
            number = bisect(starts, place, hi=len(lines)) - 1
            kind = match.lastgroup or ""
            yield kind, match[0], first + number, lines[number], place - starts[number]
        if beginning >= 0:
            cursor = beginning + len(token.content)
        fresh = fresh and not token.content.strip()


def _visible(text: str, fresh: bool) -> Iterator[re.Match[str]]:
    line = VISIBLE_LINE.match(text) if fresh else None
    if line:
        yield line
        return
    yield from VISIBLE.finditer(text)


def _begin(text: str, start: int, line: str) -> int:
    """Where a line of a paragraph begins, behind the marks of its quotation or list.

    `start` is where the whole line begins.
    """
    return max(text.find(line, start), start)


def _unused(
    text: str, starts: Sequence[int], tokens: Sequence[Token], env: dict[str, object]
) -> Iterator[Leftover]:
    """Definitions of links that no link uses: the line is not printed."""
    references = env.get("references")
    if not isinstance(references, dict):
        return
    used = {target for token in tokens for target in _targets(token)}
    for definition in references.values():
        if definition["href"] not in used:
            offset = starts[definition["map"][0]]
            end = text.find("\n", offset)
            line = text[offset : end if end >= 0 else len(text)]
            yield Leftover("unused", line.strip(), offset)


def _hidden(text: str, starts: Sequence[int], tokens: Sequence[Token]) -> Iterator[Leftover]:
    """What takes words away or changes how all that follows looks.

    Code that nobody closed, cells beyond the last column, nothing in a heading, an item or a link.
    """
    lines = text.split("\n")
    columns = 0
    for index, token in enumerate(tokens):
        line = token.map[0] if token.map else 0
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.type == "fence":
            yield from _open_fence(token, lines, starts[line])
        elif token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns:
            yield from _lost_cells(lines[line], columns, starts[line])
        elif token.type in EMPTY and following is not None and _nothing(token, following):
            mark = lines[line].strip()
            yield Leftover("empty", mark, starts[line] + lines[line].find(mark))
        elif token.type == "inline":
            yield from _pasted(lines, token, starts)
            yield from _empty_links(text, token, starts[line])


def _pasted(lines: Sequence[str], block: Token, starts: Sequence[int]) -> Iterator[Leftover]:
    """Lines of one paragraph with tabs within.

    A table from a spreadsheet, of which the lines would run into one.
    """
    first, end = block.map or (0, 0)
    rows = [number for number in range(first, min(end, len(lines))) if TABBED.search(lines[number])]
    if len(rows) > 1:
        yield Leftover("tabs", lines[rows[0]].strip(), starts[rows[0]])


def _empty_links(text: str, block: Token, start: int) -> Iterator[Leftover]:
    for link, end in pairwise(block.children or ()):
        if link.type == "link_open" and end.type == "link_close":
            place = text.find("[](", start)
            yield Leftover("empty", "[]", place if place >= 0 else start)


def _open_fence(token: Token, lines: Sequence[str], start: int) -> Iterator[Leftover]:
    first, end = token.map or (0, 0)
    closed = end - first > 1 and lines[end - 1].strip(" \t>").startswith(token.markup)
    if not closed or not FENCE_LANGUAGE.fullmatch(token.info.strip()):
        mark = lines[first].strip()
        yield Leftover("fence", mark, start + lines[first].find(mark))


def _lost_cells(line: str, columns: int, start: int) -> Iterator[Leftover]:
    """Cells of a row that the head of its table has no column for: they are not shown."""
    from markdown_it.rules_block.table import escapedSplit

    cells = escapedSplit(line.strip())
    if cells and not cells[0]:
        cells = cells[1:]
    lost = next((cell.strip() for cell in cells[columns:] if cell.strip()), "")
    if lost:
        yield Leftover("cells", lost, start + max(line.rfind(lost), 0))


def _nothing(opening: Token, following: Token) -> bool:
    """Whether a heading, an item or a quotation has no words in it."""
    if opening.type == "heading_open":
        return not following.content.strip()
    return following.type == opening.type.replace("_open", "_close")


def _targets(block: Token) -> Iterator[str]:
    for token in block.children or ():
        yield str(token.attrGet("href") or token.attrGet("src") or "")
