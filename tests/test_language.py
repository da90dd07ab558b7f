"""The small languages: identities, labels, numerals, figure references, Markdown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language import labels, prose, references
from generator.language.identity import NotAnIdentity, holds, parse
from generator.language.numerals import decode
from generator.model.figure import State
from generator.model.format import Term
from generator.model.law import Law


def no_group(name: str) -> tuple[str, ...]:
    return {"refused": ("refused.a", "refused.b")}.get(name, ())


def test_a_formula_becomes_signed_terms() -> None:
    found = parse("x == prior(x.y) + a - sum(refused)", no_group)
    assert found.left == (Term(1, "x"),)
    assert found.right == (
        Term(1, "x.y", prior=True),
        Term(1, "a"),
        Term(-1, "refused.a"),
        Term(-1, "refused.b"),
    )
    assert (found.relation, found.constant) == ("==", 0)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a == b == c",
        "a != b",
        "a == f(b)",
        "a == b[0]",
        "a == 'b'",
        "a == (",
        "1 == a",
        "a == sum(b, c)",
        "a == lambda: 1",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAnIdentity):
        parse(text, no_group)


@pytest.mark.parametrize(
    ("relation", "left", "right", "answer"),
    [
        ("==", 1, 1, True),
        ("==", 1, 2, False),
        (">=", 2, 1, True),
        (">=", 1, 2, False),
        ("<=", 1, 2, True),
        ("<=", 2, 1, False),
    ],
)
def test_relations(relation: str, left: int, right: int, answer: bool) -> None:
    assert holds(relation, left, right) is answer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（一）予以公开", "予以公开"),
        ("(一)予以公开", "（一） 予以公开"),
        ("1.属于国家秘密", "１．属于国家秘密"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        ("规    章", "规章"),
        ("Received", "received"),
    ],
)
def test_spellings_of_one_label(one: str, other: str) -> None:
    assert labels.normal(one) == labels.normal(other)


def test_numbers_inside_a_label_stay() -> None:
    assert labels.normal("三安全一稳定") == "三安全一稳定"
    assert labels.normal("第二十条第（一）项") == "第二十条第(一)项"


@pytest.mark.parametrize(
    ("word", "near"),
    [("予已公开", "予以公开"), ("新受", "新收"), ("recieved", "received"), ("天气", "")],
)
def test_the_nearest_word(word: str, near: str) -> None:
    assert labels.nearest(word, ["予以公开", "部分公开", "新收", "上年结转", "received"]) == near


NUMBERS = [
    ("0", 0, ()),
    ("107", 107, ()),
    (" 12 ", 12, ()),
    ("-8", -8, ()),
    ("3.50", Decimal("3.50"), ()),
    ("１２", 12, ("full_width",)),
    ("1,234", 1234, ("thousands",)),
    ("1,234,567.8", Decimal("1234567.8"), ("thousands",)),
    ("1，234", 1234, ("full_width", "thousands")),
]


@pytest.mark.parametrize(("text", "value", "notes"), NUMBERS)
def test_numbers_are_read(text: str, value: int | Decimal, notes: tuple[str, ...]) -> None:
    found = decode(text)
    assert (found.state, found.value, found.notes) == (State.NUMBER, value, notes)


@pytest.mark.parametrize(
    ("text", "state", "note"),
    [
        ("", State.BLANK, ""),
        ("~", State.BLANK, ""),
        ("空白", State.BLANK, ""),
        ("/", State.NOT_APPLICABLE, ""),
        ("-", State.NOT_APPLICABLE, ""),
        ("—", State.NOT_APPLICABLE, ""),
        ("不适用", State.NOT_APPLICABLE, ""),
        ("_", State.NOT_APPLICABLE, ""),
        ("＿", State.NOT_APPLICABLE, ""),
        ("－", State.NOT_APPLICABLE, ""),
        ("–", State.NOT_APPLICABLE, ""),
        ("1_", State.UNREADABLE, "not_number"),
        ("?", State.UNREADABLE, ""),
        ("？", State.UNREADABLE, ""),
        ("无法辨认", State.UNREADABLE, ""),
        ("025000", State.UNREADABLE, "leading_zero"),
        ("000", State.UNREADABLE, "leading_zero"),
        ("1e5", State.UNREADABLE, "not_number"),
        ("0x1F", State.UNREADABLE, "not_number"),
        ("12_000", State.UNREADABLE, "not_number"),
        ("1:30", State.UNREADABLE, "not_number"),
        ("NO", State.UNREADABLE, "not_number"),
        ("+5", State.UNREADABLE, "not_number"),
        ("1,23", State.UNREADABLE, "not_number"),
        ("9" * 16, State.UNREADABLE, "not_number"),
        ("104件", State.UNREADABLE, "not_number"),
        ("=1+1", State.UNREADABLE, "not_number"),
    ],
)
def test_what_is_no_number_is_never_guessed(text: str, state: State, note: str) -> None:
    found = decode(text)
    assert (found.state, found.value, found.notes) == (state, None, (note,) if note else ())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("308040元", 308040, "元"), ("7.5 万元", Decimal("7.5"), "万元"), ("12", 12, "")],
)
def test_money_keeps_its_unit(text: str, value: int | Decimal, unit: str) -> None:
    found = decode(text, with_unit=True)
    assert (found.value, found.unit) == (value, unit)


@given(st.text())
def test_any_text_has_a_state(text: str) -> None:
    found = decode(text)
    assert (found.value is None) == (found.state is not State.NUMBER)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_integer_reads_as_itself(number: int) -> None:
    assert decode(str(number)).value == number
    assert decode(f"{number:,}").value == number


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("新收.总计", "applications.received.total"),
        ("新收·总计", "applications.received.total"),
        ("applications.received.total", "applications.received.total"),
        ("received.total", "applications.received.total"),
        ("refused.state_secret.natural_person", "applications.refused.state_secret.natural_person"),
        ("国家秘密.自然人", "applications.refused.state_secret.natural_person"),
        ("收到和处理申请.办结.合计", "applications.concluded.total"),
        ("行政规范性文件.现行有效", "proactive.normative_documents.in_force"),
        ("复议后起诉.结果维护", "review.litigation_after_reconsideration.upheld"),
        ("新收", None),
        ("新收.总记", None),
        ("os.system", None),
    ],
)
def test_references_name_one_cell(law: Law, reference: str, address: str | None) -> None:
    form = law.format_for(2023)
    assert form is not None
    found = references.resolve(form, reference)
    assert (found.address if found else None) == address


def test_the_nearest_reference_keeps_prior(law: Law) -> None:
    form = law.format_for(2023)
    assert form is not None
    assert references.nearest(form, "prior(新收.总记)") == "prior(新收.总计)"


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[x](javascript:alert(1))", "javascript:"),
        ("[x](JaVaScRiPt:alert(1))", "cript:alert"),
        ("[x](java&#10;script:alert(1))", 'href="java'),
        ("[x](data:text/html;base64,AA)", 'href="data'),
        ("[x](//evil.example/)", 'href="//'),
        ("[x](/etc/passwd)", 'href="/'),
        ("![x](https://evil.example/a.png)", "evil.example"),
        ('[x](https://a.example/"onclick="b)', '"onclick'),
    ],
)
def test_markdown_is_safe(text: str, bad: str) -> None:
    assert bad not in prose.render(text)


def test_links_that_leave_are_marked_and_images_of_the_report_stay() -> None:
    html = prose.render("[a](https://a.example/) ![图](files/a.png) [b](files/b.pdf)")
    assert '<a href="https://a.example/" rel="external noopener noreferrer">' in html
    assert '<img src="files/a.png" alt="图"' in html
    assert '<a href="files/b.pdf">' in html


def test_headings_keep_the_outline_whole() -> None:
    assert prose.render("# a\n\n### b") == "<h3>a</h3>\n<h5>b</h5>\n"
    assert prose.render("### a\n\n#### b") == "<h3>a</h3>\n<h4>b</h4>\n"


@given(st.text())
def test_any_text_renders_without_raw_html(text: str) -> None:
    html = prose.render(text)
    assert "<script" not in html.lower()
    list(prose.links(text))
