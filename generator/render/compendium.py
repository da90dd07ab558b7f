"""A volume of reports: the cover and contents are printed, the reports' PDFs bound behind them as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from itertools import accumulate, count, takewhile
from pathlib import Path

from generator.model.digest import digest
from generator.model.job import Payload, Printed, part
from generator.render import pdf

PAGE = re.compile("@([0-9]+)@")


@cache
def recipe() -> str:
    """A digest of what decides the bytes beside the pages and the parts."""
    sources = [(Path(__file__).parent / name).read_text("utf-8") for name in ("compendium.py", "finished.py")]
    return digest(pdf.recipe(), metadata.version("pikepdf"), sources)


def press(html: bytes, payload: Payload) -> Printed:
    """The PDF of a volume. `html` is its cover and contents, with `@2@` where the page stands on which the third part begins; `payload`
    holds the style sheet under `css`, and the parts."""
    from generator.render import finished

    parts = [payload[name] for name in takewhile(payload.__contains__, map(part, count()))]
    lengths = [finished.pages(one) for one in parts]
    pages = 1
    while True:  # how many pages the contents take is known when they are printed
        front = pdf.press(_numbered(html, pages, lengths), payload)
        if front.data is None:
            return front
        before, pages = pages, finished.pages(front.data)
        if before == pages:
            return Printed(finished.bind(front.data, parts))


def _numbered(html: bytes, front: int, lengths: Sequence[int]) -> bytes:
    """The contents with page numbers, counted from the first page of the file."""
    starts = list(accumulate(lengths, initial=front + 1))
    return PAGE.sub(lambda found: str(starts[int(found[1])]), html.decode()).encode()
