"""Which figures compare, cell by cell of every form, against domain facts 2.2 written out here; and that nobody compares past that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.derive.years.comparability import parts_in_form, verdict
from generator.inspection import FORMATS, read_law
from generator.load.stated import FormatDefect
from generator.model.comparison import Comparability, Verdict
from generator.model.format import Cell, Format
from generator.model.law import Law
from tests.conftest import SmallSite, with_third_form
from tests.reading import parsed, words

SAME, NOTED, MERGED, NOT = Comparability
COLUMNS = (
    "natural_person company research social_organisation legal_service other_organisation total"
)
OUTCOMES = "upheld corrected other pending total"
# Rows of a table : columns : how they compare across the change of form of 2021. `new` and `gone` do not compare: one form lacks them.
BOTH = f"""
applications: received carried_in granted partially_granted concluded carried_out
  refused.state_secret refused.prohibited_by_law refused.security_and_stability refused.third_party_rights refused.internal_affairs
  refused.deliberative_process refused.enforcement_file refused.administrative_query
  unable.not_held unable.requires_creation unable.unclear_after_correction
  not_processed.petition not_processed.repeated not_processed.publications not_processed.excessive not_processed.reconfirmation
  : {COLUMNS} : same
review: reconsideration litigation_direct litigation_after_reconsideration : {OUTCOMES} : same
proactive: licences penalties coercive_measures : decisions : same
"""
IN_2019 = f"""{BOTH}
proactive: regulations normative_documents : produced : noted
proactive: regulations normative_documents : disclosed public_total : gone
proactive: licences penalties coercive_measures : items_last_year items_change : gone
proactive: other_services : items_last_year items_change decisions : gone
proactive: fees : items_last_year items_change : gone
proactive: procurement : items amount : gone
applications: other : {COLUMNS} : merged
"""
IN_2021 = f"""{BOTH}
proactive: regulations normative_documents : issued : noted
proactive: regulations normative_documents : repealed in_force : new
proactive: fees : amount : new
applications: other.not_corrected other.fee_unpaid other.other : {COLUMNS} : new
"""
NOTES = {
    "proactive.regulations": "本年新制作数量",
    "proactive.normative_documents": "认定范围可能收窄",
}


def written(facts: str) -> Iterator[tuple[str, str]]:
    """(address, how it compares) of each cell that a table of facts names."""
    for table, rows, columns, said in re.findall(r"(?m)^(\w+): ([^:]+) : ([^:]+) : (\w+)$", facts):
        yield from (
            (f"{table}.{row}.{column}", said) for row in rows.split() for column in columns.split()
        )


def walked(
    law: Law,
    cells: Mapping[str, Cell],
    one: tuple[str, int],
    other: tuple[str, int],
    *,
    unconfirmed: bool = False,
) -> dict[str, Verdict]:
    """What the engine says of cells between two years, each with its form."""
    years = [(law.format_named(form) or pytest.fail(form), year) for form, year in (one, other)]
    return {
        address: verdict(law, cell.concept, years[0], years[1], unconfirmed=unconfirmed)
        for address, cell in cells.items()
    }


def form(law: Law, name: str) -> Format:
    return law.format_named(name) or pytest.fail(name)


def wrong(law: Law) -> list[str]:
    """The cells of both forms that compare across 2021 otherwise than the facts say, or that one of the two leaves out."""
    found = []
    for name, facts in (("2019", IN_2019), ("2021", IN_2021)):
        cells, expected = form(law, name).cells, dict(written(facts))
        found += sorted(cells.keys() ^ expected.keys())
        for address, one in walked(
            law, cells, ("2019", 2020), ("2021", 2021), unconfirmed=True
        ).items():
            said, key = expected.get(address), cells[address].concept
            lacking = [
                form(law, other).id
                for other in ("2019", "2021")
                if key not in form(law, other).by_concept
            ]
            notes = [note.note for note in one.notes]
            row = ".".join(address.split(".")[:2])
            right = {
                "same": one == Verdict(SAME),
                "noted": one.kind is NOTED
                and one.shifted
                and len(notes) == 1
                and NOTES.get(row, "?") in notes[0].source,
                "merged": one.kind is MERGED
                and [part.rpartition(".")[0].rpartition(".")[2] for part in one.parts]
                == ["not_corrected", "fee_unpaid", "other"],
                "gone": one == Verdict(NOT) and lacking == ["2021"],
                "new": one == Verdict(NOT) and lacking == ["2019"],
            }
            found += [] if said and right[said] else [address]
    return found


def test_every_cell_of_both_forms_compares_as_the_facts_say(law: Law) -> None:
    assert len(dict(written(IN_2019))) == len(form(law, "2019").cells) == 22 + 23 * 7 + 15
    assert len(dict(written(IN_2021))) == len(form(law, "2021").cells) == 10 + 25 * 7 + 15
    assert wrong(law) == []


BROKEN = ", breaks: [{from: 2021, comparable: %s, note: x}]}"
SHIFT = "comparable: with_note\n        note: 2019、2020 年度"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "concepts.yaml",
            "sums: [applications.other.not_corrected, applications.other.fee_unpaid, applications.other.other]\n",
            "\n",
        ),
        ("concepts.yaml", "applications.other.fee_unpaid, ", ""),
        ("concepts.yaml", f"{SHIFT}为", SHIFT.replace("with_note", "no") + "为"),
        (
            "concepts.yaml",
            f"- from: 2021\n        {SHIFT}表头",
            f"- from: 2022\n        {SHIFT}表头",
        ),
        (
            "concepts.yaml",
            "applications.granted: {unit: 件, additive: true}",
            f"applications.granted: {{unit: 件, additive: true{BROKEN % 'no'}",
        ),
        (
            "concepts.yaml",
            "licences.decisions: {unit: 件, additive: true}",
            f"licences.decisions: {{unit: 件, additive: true{BROKEN % 'with_note'}",
        ),
        ("concepts.yaml", SHIFT, SHIFT.replace("with_note", "yes")),
        ("2019.yaml", "label: 对外公开总数量,", "label: 对外公开总数量, concept: in_force,"),
        (
            "2019.yaml",
            "aliases: [制作], unit: 件, concept: issued}",
            "aliases: [制作], unit: 件, concept: repealed}",
        ),
    ],
    ids=range(9),
)
def test_a_wrong_change_of_the_law_is_noticed(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    shutil.copytree(FORMATS, tmp_path / "formats")
    path = tmp_path / "formats" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        law = read_law(tmp_path / "formats")
    except FormatDefect:
        return  # The law is refused: a heading was renamed and nothing says why.
    assert wrong(law)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("2019", 2019, 2020), ("2021", 2021, 2022), ("2021", 2022, 2023), ("2021", 2024, 2025)],
)
def test_within_a_form_every_cell_compares_as_it_is(
    law: Law, name: str, before: int, after: int
) -> None:
    for unconfirmed in (False, True):
        found = walked(
            law, form(law, name).cells, (name, before), (name, after), unconfirmed=unconfirmed
        )
        assert {one.kind for one in found.values()} == {SAME} and not any(
            one.notes for one in found.values()
        )


def test_the_revised_law_on_reconsideration_is_a_note_only_where_the_site_wants_it(
    law: Law,
) -> None:
    """Domain facts 2.2 (a): not confirmed in a text, so it is off unless site.yaml asks for it; and it concerns table four alone."""
    cells = form(law, "2021").cells
    noted = walked(law, cells, ("2021", 2023), ("2021", 2024), unconfirmed=True)
    assert {address for address, one in noted.items() if one.kind is NOTED} == {
        address for address in cells if address.startswith("review.")
    }
    assert all(
        "行政复议法" in note.note.source and note.unconfirmed
        for one in noted.values()
        for note in one.notes
    )
    assert not any(one.shifted for one in noted.values()), (
        "the law changed the route, not what is counted"
    )
    assert {one.kind for one in noted.values()} == {SAME, NOTED}
    assert {one.kind for one in walked(law, cells, ("2021", 2023), ("2021", 2024)).values()} == {
        SAME
    }


@pytest.mark.parametrize(
    ("key", "before", "after", "kind", "notes"),
    [
        (
            "review.litigation.total",
            ("2021", 2023),
            ("2021", 2024),
            NOTED,
            1,
        ),  # a sum shifts with its parts
        ("review.litigation.total", ("2019", 2020), ("2021", 2021), SAME, 0),
        ("applications.refused.total", ("2019", 2020), ("2021", 2021), SAME, 0),
        (
            "applications.other.total",
            ("2021", 2021),
            ("2021", 2022),
            SAME,
            0,
        ),  # both print the parts
        ("proactive.normative_documents.issued", ("2019", 2020), ("2021", 2024), NOTED, 1),
        ("review.reconsideration.total", ("2019", 2020), ("2021", 2024), NOTED, 1),
        ("no.such.figure", ("2021", 2021), ("2021", 2022), NOT, 0),
    ],
)
def test_sums_and_years_far_apart(
    law: Law,
    key: str,
    before: tuple[str, int],
    after: tuple[str, int],
    kind: Comparability,
    notes: int,
) -> None:
    found = verdict(
        law,
        key,
        (form(law, before[0]), before[1]),
        (form(law, after[0]), after[1]),
        unconfirmed=True,
    )
    assert (found.kind, len(found.notes)) == (kind, notes)


@pytest.fixture
def three(tmp_path: Path) -> Law:
    """The law with the made-up form of 2031."""
    return read_law(with_third_form(tmp_path / "formats"))


# What the form of 2031 has in common with that of 2021: the rest of either is its own.
SHARED_2031 = """
proactive: regulations normative_documents : issued repealed in_force : same
applications: received carried_in concluded carried_out : total : same
"""


def test_a_made_up_form_compares_where_it_means_the_same(three: Law) -> None:
    shared = dict(written(SHARED_2031))
    for name in ("2021", "2031"):
        found = walked(three, form(three, name).cells, ("2021", 2030), ("2031", 2031))
        assert {address for address, one in found.items() if one == Verdict(SAME)} == shared.keys()
        assert {one.kind for one in found.values()} == {SAME, NOT}
    far = walked(three, form(three, "2031").cells, ("2019", 2020), ("2031", 2031))
    kinds = {address: one.kind for address, one in far.items() if one.kind is not NOT}
    assert kinds == {
        **{f"proactive.{row}.issued": NOTED for row in ("regulations", "normative_documents")},
        **{
            f"applications.{row}.total": SAME
            for row in ("received", "carried_in", "concluded", "carried_out")
        },
    }
    assert (
        verdict(
            three,
            "applications.other.total",
            (form(three, "2019"), 2020),
            (form(three, "2031"), 2031),
            unconfirmed=True,
        ).kind
        is NOT
    )


@pytest.fixture
def next_law(tmp_path: Path) -> Law:
    """The law with the next form: a row more, a renamed row, a column whose meaning shifts."""
    return read_law(with_third_form(tmp_path / "formats", "next-form.yaml"))


def test_a_column_whose_meaning_shifts_is_compared_in_none_of_its_rows(next_law: Law) -> None:
    newest = form(next_law, "2031")
    found = walked(next_law, newest.cells, ("2021", 2030), ("2031", 2031))
    by_kind = {
        kind: {address for address, one in found.items() if one.kind is kind}
        for kind in Comparability
    }
    new_row = {address for address in newest.cells if ".trial_matter." in address}
    column = {address for address in newest.cells if address.endswith(".legal_service")}
    assert (len(new_row), len(column)) == (7, 26)
    assert by_kind == {
        SAME: newest.cells.keys() - new_row - column,
        NOTED: set(),
        MERGED: set(),
        NOT: new_row | column,
    }
    shifted = [found[address] for address in sorted(column - new_row)]
    assert all(one.redefined and "律师" in one.notes[0].note.source for one in shifted)
    assert {one.notes[0].start for one in shifted} == {2031}
    # Far apart, and within the new form.
    far = walked(next_law, newest.cells, ("2019", 2020), ("2031", 2031))
    assert all(far[address].kind is NOT and far[address].redefined for address in column)
    assert far["applications.received.company"].kind is SAME
    within = walked(next_law, newest.cells, ("2031", 2031), ("2031", 2032))
    assert {one.kind for one in within.values()} == {SAME}


def test_a_sum_takes_in_the_row_that_a_newer_form_brings(next_law: Law) -> None:
    older, newer = ((form(next_law, name), year) for name, year in (("2021", 2030), ("2031", 2031)))
    total = verdict(next_law, "applications.refused.total", older, newer, unconfirmed=False)
    assert total.kind is SAME and len(total.parts) == 9
    assert len(parts_in_form(next_law, "applications.refused.total", older[0]) or ()) == 8
    company = verdict(next_law, "applications.refused.company", older, newer, unconfirmed=False)
    lawyers = verdict(
        next_law, "applications.refused.legal_service", older, newer, unconfirmed=False
    )
    assert (company.kind, lawyers.kind, lawyers.redefined) == (SAME, NOT, True)


def test_rules_on_two_years_ask_what_a_column_means(empty_site: SmallSite, tmp_path: Path) -> None:
    """Last year's 结转 is held against this year's 上年结转 only where both count the same."""
    empty_site.formats = with_third_form(tmp_path / "formats", "next-form.yaml")
    empty_site.add("bureau", 2030)
    for label in ("新收", "结转下年度"):
        empty_site.row(label, "[1, 0, 0, 0, 4, 0, 5]", year=2030)
    shutil.copytree(empty_site.path(year=2030).parent, empty_site.path(year=2031).parent)
    path = empty_site.path(year=2031)
    text = path.read_text("utf-8").replace("2030", "2031").replace('"2021"', '"2031"')
    text = re.sub(r"(?m)^( +)(行政查询事项:)", r"\1试造事项: 0\n\1\2", text)
    path.write_text(text, "utf-8")
    for label, figures in (
        ("新收", "[0, 0, 0, 0, 0, 0, 0]"),
        ("结转下年度", "[0, 0, 0, 0, 0, 0, 0]"),
    ):
        empty_site.row(label, figures, year=2031)
    findings = [one for one in empty_site.findings() if one.rule == "Y-01" and one.year == 2031]
    columns = {cell.rpartition(".")[2] for one in findings for cell in one.cells}
    assert columns == {"natural_person", "total"}


def test_a_concept_may_speak_of_a_whole_column(tmp_path: Path) -> None:
    """Within a form, too: from 2024 on the law counts a column in another way."""
    shutil.copytree(FORMATS, tmp_path / "formats")
    with (tmp_path / "formats/concepts.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "\n  applications.*.company: {breaks: [{from: 2024, comparable: with_note, note: 个体户}]}\n"
        )
    law = read_law(tmp_path / "formats")
    found = walked(law, form(law, "2021").cells, ("2021", 2023), ("2021", 2024))
    noted = {address for address, one in found.items() if one.kind is NOTED}
    assert noted == {
        address
        for address in found
        if address.startswith("applications.") and address.endswith(".company")
    }


def test_nothing_compares_what_the_law_has_redefined(empty_site: SmallSite, tmp_path: Path) -> None:
    """A meaning that breaks within a form: the page of the report, the agency's page, all years and two years show both figures and no
    difference, in number or in words."""
    shutil.copytree(FORMATS, tmp_path / "formats")
    path = tmp_path / "formats/concepts.yaml"
    was = "  applications.received: {unit: 件, additive: true}"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(
        text.replace(
            was, f"{was[:-1]}, breaks: [{{from: 2023, comparable: no, note: 收件口径改变}}]}}"
        ),
        "utf-8",
    )
    empty_site.formats = tmp_path / "formats"
    for year, figure in ((2022, 40), (2023, 70)):
        empty_site.add("bureau", year)
        for row in ("新收", "予以公开", "办结"):
            empty_site.row(row, f"[{figure}, 0, 0, 0, 0, 0, {figure}]", year=year)
    assert not empty_site.build().blocked
    for page in ("2023/", "", "compare/", "compare/2022-2023/"):
        html = empty_site.page(f"agencies/bureau/{page}index.html")
        said = words(html)
        assert "70" in said, page
        assert "新收70件，比" not in said and "新收70件，与" not in said, page
        if "compare" in page:
            rows = parsed(html).one("table#applications-total").rows()
            received, concluded = (
                next(cells for label, cells in rows.items() if label.endswith(name))
                for name in ("新收政府信息公开申请数量", "总计")
            )
            assert "70" in [cell.first for cell in received]
            assert not any("+30" in cell.text for cell in received)
            assert any("+30" in cell.text for cell in concluded)
            assert "收件口径改变" in said
    assert "口径不同" in empty_site.page("agencies/bureau/compare/2022-2023/index.html")
    assert "2023 年起口径不同" in empty_site.page("agencies/bureau/index.html")
