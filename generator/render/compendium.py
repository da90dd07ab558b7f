"""A volume of reports: a printed cover with contents, and the reports' PDFs bound behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, count
from pathlib import Path

from generator.model.digest import digest, made_by
from generator.model.job import Payload, Printed, part
from generator.render import pdf

PAGE = re.compile("@([0-9]+)@")


@cache
def recipe() -> str:
    """A digest of what decides the bytes besides the pages and the reports."""
    sources = (Path(__file__).with_name(name) for name in ("compendium.py", "finished.py"))
    return digest(pdf.recipe(), made_by(sources, ("pikepdf",)))


def press(html: bytes, payload: Payload) -> Printed:
    """The PDF of a volume.

    `html` is its cover and contents; `@2@` stands for the page on which the third report begins.
    `payload` holds the style sheet under `css`, and the reports.
    """
    from generator.render import finished

    reports = list(_reports(payload))
    lengths = [finished.pages(report) for report in reports]
    # The contents have to be printed before their own number of pages is known.
    front_pages = 1
    while True:
        front = pdf.press(_numbered(html, front_pages, lengths), payload)
        if front.data is None:
            return front
        actual = finished.pages(front.data)
        if actual == front_pages:
            return Printed(finished.bind(front.data, reports))
        front_pages = actual


def _reports(payload: Payload) -> Iterator[bytes]:
    for number in count():
        name = part(number)
        if name not in payload:
            return
        yield payload[name]


def _numbered(html: bytes, front_pages: int, lengths: Sequence[int]) -> bytes:
    """The contents with page numbers, counted from the first page of the file."""
    starts = list(accumulate(lengths, initial=front_pages + 1))
    return PAGE.sub(lambda mark: str(starts[int(mark[1])]), html.decode()).encode()
