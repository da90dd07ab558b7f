"""Text that was read with the wrong encoding, told for certain.

Runs of characters are put back into the bytes that they were read from; where these are UTF-8 (or
GBK) for Chinese, nobody wrote the run.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

# What the bytes 80 to 9F are in Windows' Latin; four of them are nothing, and stay as they are.
WINDOWS = {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
LATIN = re.compile(f"[\u0080-\u00ff{''.join(map(re.escape, WINDOWS))}]{{3,}}")
# Bytes of UTF-8 for Chinese characters and marks, two characters at least.
UTF8 = re.compile(
    rb"(?:\xef\xbc[\x80-\xbf]|\xe3\x80[\x80-\xbf]|[\xe4-\xe9][\x80-\xbf][\x80-\xbf])+"
)
GBK_PAIRS = re.compile(rb"(?:[\xa1\xa3\xb0-\xf7][\xa1-\xfe]){2,}")
# The characters that the standard of 1980 puts first: what a wrong guess decodes to is rarer.
COMMON = re.compile(r"[\u4e00-\u9fff]")
FIRST_LEVEL = range(0xB0, 0xD8)
CHINESE_RUN = re.compile(r"[^\x00-\x7f]{3,}")
# Fewer bytes than two characters of UTF-8 prove nothing.
PROOF = 6


@dataclass(frozen=True)
class Misread:
    """Characters that came of a wrong encoding, where they start, and what they were."""

    start: int
    characters: str
    meant: str


def misread(text: str) -> Iterator[Misread]:
    """Every run of a text that was read with the wrong encoding, in no particular order."""
    yield from _as_latin(text)
    yield from _as_gbk(text)


def _as_latin(text: str) -> Iterator[Misread]:
    """UTF-8 or GBK that was read as Latin."""
    for match in LATIN.finditer(text):
        encoded = bytes(WINDOWS.get(character, ord(character) & 0xFF) for character in match[0])
        for run in UTF8.finditer(encoded):
            start = match.start() + run.start()
            characters = match[0][run.start() : run.end()]
            yield Misread(start, characters, run[0].decode("utf-8"))
        if UTF8.search(encoded) is None and (pairs := GBK_PAIRS.fullmatch(encoded)):
            meant = _common(pairs[0], "gb2312")
            if meant:
                yield Misread(match.start(), match[0], meant)


def _as_gbk(text: str) -> Iterator[Misread]:
    """UTF-8 that was read as GBK.

    Such characters are among the rarest; their bytes, put together anew, are common ones.
    """
    for match in CHINESE_RUN.finditer(text):
        run = match[0]
        encoded = run.encode("gbk", "replace")
        sequences = [
            sequence
            for sequence in UTF8.finditer(encoded)
            if sequence.end() - sequence.start() >= PROOF
        ]
        if not sequences:
            continue
        lengths = (len(character.encode("gbk", "replace")) for character in run)
        ends = list(accumulate(lengths, initial=0))
        for sequence in sequences:
            start = bisect_left(ends, sequence.start())
            end = bisect_left(ends, sequence.end())
            meant = _common(sequence[0], "utf-8")
            if meant and ends[start] == sequence.start():
                yield Misread(match.start() + start, run[start:end], meant)


def _common(encoded: bytes, encoding: str) -> str:
    """What bytes say, if it is common Chinese throughout; empty otherwise."""
    try:
        meant = encoded.decode(encoding)
        ranks = [character.encode("gb2312")[0] for character in meant]
    except UnicodeError:
        return ""
    common = all(rank in FIRST_LEVEL or rank in {0xA1, 0xA3} for rank in ranks)
    return meant if common and COMMON.search(meant) else ""
