"""The search index as scripts, which a page can load from anywhere, even from a disk.

Each script is a single call `gongkai.part(name, data)`. A year's full-text index lists for every
bigram the reports that have it, by the numbers of their bodies in bodies.js. A bucket is one text:

    stamp 结转1,4,2 转下3 下年!f38=

After the stamp, each entry is a bigram and the reports that hold it. The reports are the steps
between their numbers in base 36; or, where that is shorter, `!` and a bit for each report in
base 64. A bigram holds no white space, so that a space ends an entry.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.language.folding import bigrams, bucket, folded
from generator.model.search import Body, Entry, FormWords, ReportText, Shelf, SitePage

# Escaped in a script: the end of a script element, and two line ends that older engines refuse.
ESCAPES = {"</": "<\\/", "\u2028": "\\u2028", "\u2029": "\\u2029"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def shard(name: str, data: object) -> bytes:
    """The script that passes `data` under `name` to the page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in ESCAPES.items():
        text = text.replace(mark, escape)
    return f'gongkai.part("{name}",{text})\n'.encode()


def bodies(listed: Sequence[Body], shelves: Sequence[Shelf]) -> bytes:
    """bodies.js: the years, newest first, and every body."""
    years = [[shelf.year, shelf.buckets, shelf.stamp] for shelf in shelves]
    entries = [[body.slug, body.kind, body.names, body.years, body.gloss] for body in listed]
    return shard("bodies", {"years": years, "bodies": entries})


def forms(listed: Sequence[FormWords]) -> bytes:
    """forms.js: the forms, in the order by which reports number them."""
    return shard("forms", [_form(form) for form in listed])


def _form(form: FormWords) -> Mapping[str, object]:
    entries = [_entry(entry) for entry in form.entries]
    return {"sections": form.sections, "names": form.names, "entries": entries}


def _entry(entry: Entry) -> Sequence[object]:
    return [
        entry.kind,
        entry.label,
        entry.context,
        entry.anchor,
        entry.own,
        entry.around,
        entry.cells,
        entry.main,
    ]


def pages(listed: Sequence[SitePage]) -> bytes:
    """pages.js: the site's own pages and the rules."""
    return shard("pages", [[page.path, page.titles, page.text] for page in listed])


def report(slug: str, year: int, text: ReportText) -> bytes:
    """A report's passages and figures."""
    data = {
        "name": text.name,
        "form": text.form,
        "passages": text.passages,
        "figures": text.figures,
    }
    return shard(f"text/{slug}/{year}", data)


def passages(script: bytes) -> Iterator[str]:
    """The texts of the passages in a report's script."""
    data = json.loads(script.partition(b",")[2].rstrip(b")\n"))
    return (text for _, text in data["passages"])


def index(shelf: Shelf, scripts: Iterable[bytes]) -> list[bytes]:
    """The buckets of a year, from the scripts of its reports in the order of their bodies."""
    holders: dict[str, list[int]] = defaultdict(list)
    count = 0
    for number, script in enumerate(scripts):
        texts = [folded(text) for text in passages(script)]
        for bigram in set().union(*map(bigrams, texts)):
            holders[bigram].append(number)
        count = number + 1
    steps = [_base36(number) for number in range(count + 1)]
    buckets: list[list[str]] = [[shelf.stamp] for _ in range(shelf.buckets)]
    for bigram in sorted(holders):
        entry = bigram + posting(holders[bigram], steps)
        buckets[bucket(bigram, shelf.buckets)].append(entry)
    return [
        shard(f"{shelf.year}/{number:x}", " ".join(entries))
        for number, entries in enumerate(buckets)
    ]


def posting(numbers: Sequence[int], steps: Sequence[str]) -> str:
    """Ascending numbers as text, the shorter of the two ways.

    `steps` are the numbers from 0 on in base 36.
    """
    neighbours = zip((-1, *numbers), numbers, strict=False)
    listed = ",".join([steps[number - previous] for previous, number in neighbours])
    size = numbers[-1] // 8 + 1
    if len(listed) <= size * 4 // 3:
        return listed
    bits = bytearray(size)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return "!" + base64.b64encode(bits).decode()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
