"""`gongkai verify`: a copy of a site, and a PDF, are what they were made as; anything else is said."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest

from generator.cli import verifying
from generator.inspection import Inspection
from tests.commands import run


def test_the_sample_site_is_what_its_manifest_says(sample: Path, tmp_path: Path) -> None:
    assert run("verify", sample).exit_code == 0
    copy = tmp_path / "copy"
    shutil.copytree(sample, copy)
    (copy / "index.html").write_text("hacked", "utf-8")
    (copy / "404.html").unlink()
    (copy / "stray.txt").write_text("x", "utf-8")
    assert [one.say("en") for one in verifying.site(copy)] == [
        "missing: 404.html",
        "not in the manifest: stray.txt",
        "changed: index.html",
    ]
    assert run("verify", copy).exit_code == 1


def test_every_pdf_of_the_sample_prints_what_its_data_say(
    sample: Path, sample_inspection: Inspection
) -> None:
    for slug, year in sample_inspection.site.reports:
        assert (
            list(
                verifying.pdf((sample / "agencies" / slug / str(year) / "report.pdf").read_bytes())
            )
            == []
        ), (slug, year)


FIRST = "proactive.regulations.issued,主动公开政府信息情况,规章,本年制发件数,0,件,number,false,1\r\n".encode()
SECOND = "proactive.regulations.repealed,主动公开政府信息情况,规章,本年废止件数,0,件,number,false,1\r\n".encode()


def swapped(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The PDF with one of its attachments changed."""
    with pikepdf.open(io.BytesIO(data)) as document:
        held = document.attachments[name].get_file().read_bytes()
        assert old in held
        named = {"filename": name, "mime_type": "text/plain", "creation_date": "", "mod_date": ""}
        document.attachments[name] = pikepdf.AttachedFileSpec(
            document, held.replace(old, new), **named
        )
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "report.yaml",
            "自然人: 104".encode(),
            "自然人: 105".encode(),
            ["T3-01", "T3-02", "印的是 104，数据是 105", "tables.csv"],
        ),
        (
            "tables.csv",
            b",104,",
            b",140,",
            [
                "tables.csv 第 12 行与 report.yaml 不一致",
                "自然人,140,",
                "应有：applications.received.natural_person",
                "自然人,104,",
            ],
        ),
        (
            "tables.csv",
            FIRST + SECOND,
            SECOND + FIRST,
            [
                "tables.csv 第 2 行与 report.yaml 不一致：proactive.regulations.repealed",
                f"应有：{SECOND.decode()[:20]}",
            ],
        ),
        (
            "tables.csv",
            SECOND,
            SECOND + SECOND,
            ["tables.csv 第 3 行与 report.yaml 不一致：proactive.regulations.repealed"],
        ),
        (
            "tables.csv",
            b",number,false,1\r\n",
            b",number,false,2\r\n",
            ["tables.csv 第 2 行", "tables.csv 还有 380 行"],
        ),
        ("report.yaml", "年度: 2023".encode(), "年度: x".encode(), ["读不出来"]),
    ],
)
def test_a_pdf_whose_data_were_changed_is_found_out(
    sample: Path, name: str, old: bytes, new: bytes, said: list[str]
) -> None:
    data = (sample / "agencies/haicang-district/2023/report.pdf").read_bytes()
    found = "\n".join(one.source for one in verifying.pdf(swapped(data, name, old, new)))
    assert all(words in found for words in said), found


def test_what_holds_no_data_is_no_report_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    assert run("verify", tmp_path / "a.pdf").exit_code == 1
    assert run("verify", tmp_path).exit_code == 1
    assert run("verify", tmp_path / "gone.pdf").exit_code == 2


def test_a_pdf_may_hold_anything_at_all(tmp_path: Path) -> None:
    """An end of marked content that was never begun, and a structure that holds itself, are findings like any other."""
    for name, content in (("stray", b"EMC"), ("loop", b"")):
        with pikepdf.new() as document:
            page = document.add_blank_page()
            page.Contents = document.make_stream(content)
            table = document.make_indirect(
                pikepdf.Dictionary(S=pikepdf.Name("/Table"), Pg=page.obj)
            )
            table.K = pikepdf.Array([table])
            document.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([table]))
            document.save(tmp_path / f"{name}.pdf")
        assert run("verify", tmp_path / f"{name}.pdf").exit_code == 1, name


def test_a_foreign_attachment_is_not_answered_at_length(sample: Path) -> None:
    data = (sample / "agencies/haicang-district/2023/report.pdf").read_bytes()
    found = list(verifying.pdf(swapped(data, "tables.csv", SECOND, SECOND + b"x\r\n" * 50_000)))
    assert len(found) == verifying.FIRST + 1 and "tables.csv 还有" in found[-1].source
