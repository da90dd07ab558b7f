"""Documents of strangers: every style of tests/papers.py read back, with no cell wrong."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.importing import kinds
from generator.importing.document import Transcript, transcribe
from generator.importing.solving import How
from generator.language.identity import instances
from generator.language.numerals import decode
from generator.model.figure import State
from generator.model.format import Format
from generator.model.law import Law
from tests import papers
from tests.papers import Case, Style
from tests.sharing import shipped_law

LAW = shipped_law()
FORMS = {form.id: form for form in LAW.formats}
CASES = papers.cases(FORMS)
# How many cells of a style are read at the least; the wrong ones are always none.
LEAST = dict.fromkeys((style.__name__ for style in papers.DAMAGED), 0.90)
LEAST |= dict.fromkeys((style.__name__ for style in (*papers.EXACT, papers.word)), 0.99)
LEAST |= {"pdf": 0.97, "pdf_without_rules": 0.70}


def read(style: Style, case: Case, law: Law = LAW) -> Transcript:
    name, content = style(FORMS[case.form], case)
    return transcribe(law, kinds.read(name, content))


def wrong(transcript: Transcript, case: Case) -> list[str]:
    """The cells that say something else than the document's figures."""
    mistakes = []
    for address, cell in transcript.cells.items():
        text = case.texts[address]
        decoded = decode(text, with_unit=True)
        figure = cell.figure
        if figure.state is not State.UNREADABLE and (figure.state, figure.value) != (
            decoded.state,
            decoded.value,
        ):
            mistakes.append(f"{address}: {figure} for {text} ({cell.source})")
    return mistakes


@pytest.mark.parametrize("style", papers.STYLES, ids=lambda style: style.__name__)
def test_no_cell_of_a_document_is_wrong_and_nearly_all_are_read(style: Style) -> None:
    cells = unread = 0
    for case in CASES:
        transcript = read(style, case)
        assert wrong(transcript, case) == []
        assert transcript.form.id == case.form and transcript.year in {case.year, 0}
        cells += len(transcript.cells)
        unread += transcript.count(How.UNREADABLE)
    assert 1 - unread / cells >= LEAST[style.__name__]


@pytest.mark.parametrize(
    "style", [papers.pdf, papers.pdf_without_rules], ids=lambda style: style.__name__
)
def test_a_pdf_is_read_by_its_rules_and_otherwise_by_its_lines(style: Style) -> None:
    for case in CASES[2:5]:
        transcript = read(style, case)
        assert wrong(transcript, case) == []
        assert 1 - transcript.count(How.UNREADABLE) / len(transcript.cells) >= LEAST[style.__name__]


@pytest.mark.parametrize(
    "style",
    [papers.page, papers.page_in_layout, papers.pipes, papers.markdown, papers.word],
    ids=lambda style: style.__name__,
)
def test_the_words_of_a_document_come_with_its_figures(style: Style) -> None:
    case = CASES[3]
    texts = read(style, case).texts
    assert {name: text for name, text in texts.sections.items() if name in papers.WORDS} == {
        name: text.format(year=case.year) for name, text in papers.WORDS.items()
    }
    assert set(texts.sections) == set(papers.WORDS) and texts.title == papers.title(case.year)
    assert "统计期限" in texts.preface
    assert not any("相关稿件" in text for text in texts.sections.values())


# Random reports


@st.composite
def consistent(draw: st.DrawFn) -> Case:
    """A report of either form whose sums hold, most of its cells being 0."""
    form = draw(st.sampled_from(LAW.formats))
    seed = draw(st.integers(0, 2**32))
    return random_case(form, random.Random(seed))


def random_case(form: Format, chance: random.Random) -> Case:
    sizes = [0] * 12 + [1, 2, 3, 7, 12, 40, 365, 12045]
    values = {address: chance.choice(sizes) for address in form.cells}
    for address, cell in form.cells.items():
        if cell.column.negative:
            values[address] = chance.choice([0, 0, 3, -2])
    balance(form, values)
    texts = {a: f"{v}元" if form.cells[a].column.as_reported else str(v) for a, v in values.items()}
    return Case(str(chance.random()), form.id, form.first_year, texts)


def balance(form: Format, values: dict[str, int]) -> None:
    """Make every sum of this year hold: totals follow from parts, the last part from the balance."""
    for _ in range(3):
        for instance in instances(form):
            if instance.identity.computes:
                values[instance.left[0].address] = sum(
                    p.sign * values[p.address] for p in instance.right
                )
        for instance in instances(form):
            if (
                instance.identity.relation != "=="
                or instance.identity.computes
                or any(p.prior for p in (*instance.left, *instance.right))
            ):
                continue
            needed = (
                sum(p.sign * values[p.address] for p in instance.left)
                - values[instance.right[0].address]
            )
            last = instance.right[-1].address
            if needed < 0:
                values[instance.left[0].address] -= needed
                needed = 0
            values[last] = needed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(consistent(), st.sampled_from([*papers.STYLES, papers.word]))
def test_a_consistent_report_in_any_style_comes_back_right(case: Case, style: Style) -> None:
    assert wrong(read(style, case), case) == []
