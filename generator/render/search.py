"""The search index as files that a page can load from anywhere, a disk included: scripts, each a single call `gongkai.part(name, data)`.

A year's full-text index says for every bigram which reports have it; reports are numbered as bodies.js lists them. A bucket is one text:

    stamp 结转1,4,2 转下3 下年!f38=

After the stamp each entry is a bigram and the reports that hold it: the steps between their numbers in base 36, or, where that is
shorter, after `!` a bit for each report in base 64. A bigram holds no white space, so that a space ends an entry.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.language.folding import bigrams, bucket, folded
from generator.model.search import Body, FormWords, ReportText, Shelf, SitePage

# What may not stand in a script as it is: the end of a script element, and two line ends that older engines refuse in a string.
ESCAPES = {"</": "<\\/", "\u2028": "\\u2028", "\u2029": "\\u2029"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def shard(name: str, data: object) -> bytes:
    """The script that hands over `data` under `name`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in ESCAPES.items():
        text = text.replace(mark, escape)
    return f'gongkai.part("{name}",{text})\n'.encode()


def bodies(listed: Sequence[Body], shelves: Sequence[Shelf]) -> bytes:
    """bodies.js: years, newest first, and every body."""
    years = [[one.year, one.buckets, one.stamp] for one in shelves]
    return shard("bodies", {"years": years, "bodies": [[one.slug, one.kind, one.names, one.years, one.english] for one in listed]})


def forms(listed: Sequence[FormWords]) -> bytes:
    """forms.js: the forms in the order that reports number them."""
    return shard("forms", [_form(one) for one in listed])


def _form(one: FormWords) -> Mapping[str, object]:
    entries = [
        [entry.kind, entry.label, entry.context, entry.anchor, entry.own, entry.around, entry.cells, entry.main] for entry in one.entries
    ]
    return {"sections": one.sections, "names": one.names, "entries": entries}


def pages(listed: Sequence[SitePage]) -> bytes:
    """pages.js: the site's own pages and rules."""
    return shard("pages", [[one.path, one.titles, one.text] for one in listed])


def report(slug: str, year: int, text: ReportText) -> bytes:
    """A report's words and figures."""
    data = {"name": text.name, "form": text.form, "passages": text.passages, "figures": text.figures}
    return shard(f"text/{slug}/{year}", data)


def words(script: bytes) -> Iterator[str]:
    """The texts of the passages of a report's script, read back."""
    data = json.loads(script.partition(b",")[2].rstrip(b")\n"))
    return (text for _, text in data["passages"])


def index(shelf: Shelf, scripts: Iterable[bytes]) -> list[bytes]:
    """The buckets of a year, from the scripts of its reports in the order of their bodies."""
    holders: dict[str, list[int]] = defaultdict(list)
    count = 0
    for number, script in enumerate(scripts):
        for bigram in set().union(*(bigrams(folded(text)) for text in words(script))):
            holders[bigram].append(number)
        count = number + 1
    steps = [_base36(number) for number in range(count + 1)]
    entries: list[list[str]] = [[shelf.stamp] for _ in range(shelf.buckets)]
    for bigram in sorted(holders):
        entries[bucket(bigram, shelf.buckets)].append(bigram + posting(holders[bigram], steps))
    return [shard(f"{shelf.year}/{number:x}", " ".join(held)) for number, held in enumerate(entries)]


def posting(numbers: Sequence[int], steps: Sequence[str]) -> str:
    """Ascending numbers as text, the shorter of the two ways; `steps` are the numbers from 0 on in base 36."""
    listed = ",".join([steps[after - before] for before, after in zip((-1, *numbers), numbers, strict=False)])
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
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"
