"""The text of a cell to a figure.

What cannot be read for certain is unreadable; nothing is guessed.

`025000` stays text (a postcode, or digits run together), `1e5` and `0x10` are no numbers, `１２`
and `1,234` are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.model.figure import Figure, State

# Real reports have dashes of every length for nothing, and lines on which nothing was written.
NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "--", "–", "―", "─", "_", "__", "___", "不适用"})
UNREADABLE = frozenset({"?", "无法辨认", "无法识别", "不清"})
BLANK = frozenset({"", "~", "空", "空白", "null"})
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
PLAIN = re.compile(r"(-?)([0-9]{1,15})(\.[0-9]{1,8})?")
UNIT = re.compile(r"(.*[0-9])\s*(亿元|万元|元)")
# Full-width forms only. NFKC would also read ② as 2 and 10² as 102, and those are guesses.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}


@dataclass(frozen=True)
class Decoded:
    """What a cell's text says. `notes` names what was tidied (`full_width`, `thousands`)"
    " or is wrong (`leading_zero`, `not_number`)."""

    state: State
    value: int | Decimal | None = None
    unit: str = ""
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=4096)  # most cells of most reports say the same few numbers
def decode(text: str, *, with_unit: bool = False) -> Decoded:
    """The figure in `text`.

    `with_unit` allows 元, 万元 and 亿元 behind it (2019: 采购总金额 has no fixed unit).
    """
    tidy = text.translate(FULL_WIDTH).strip()
    if text.strip() in NOT_APPLICABLE or tidy in NOT_APPLICABLE:
        return Decoded(State.NOT_APPLICABLE)
    if tidy in UNREADABLE:
        return Decoded(State.UNREADABLE)
    if tidy.lower() in BLANK:
        return Decoded(State.BLANK)
    notes = ("full_width",) if tidy != text.strip() else ()
    unit = ""
    if with_unit and (match := UNIT.fullmatch(tidy)):
        tidy, unit = match[1], match[2]
    if THOUSANDS.fullmatch(tidy):
        tidy, notes = tidy.replace(",", ""), (*notes, "thousands")
    number = PLAIN.fullmatch(tidy)
    if number is None:
        return Decoded(State.UNREADABLE, notes=("not_number",))
    if len(number[2]) > 1 and number[2].startswith("0"):
        return Decoded(State.UNREADABLE, notes=("leading_zero",))
    return Decoded(State.NUMBER, Decimal(tidy) if number[3] else int(tidy), unit, notes)


def stands(figure: Figure) -> str | None:
    """What stands in the report's own cell.

    Nothing in a blank one, None where nobody can read it. The words that report.yaml has for these
    two are ours, not the report's.
    """
    if figure.state is State.BLANK:
        return ""
    unread = figure.state is State.UNREADABLE and not decode(figure.raw).notes
    return None if unread else figure.raw


def figure(text: str, *, with_unit: bool = False) -> Figure:
    """What a cell holds that says `text`; `with_unit` as for `decode`."""
    decoded = decode(text, with_unit=with_unit)
    return Figure(decoded.state, decoded.value, text.strip(), decoded.unit)
