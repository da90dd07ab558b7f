"""Numbers as text: figures, differences, shares, sizes. Nothing else turns a number into text.

What is written into data files and compared by programs is `generator.model.figure.plain`.
"""

from __future__ import annotations

from decimal import Decimal

from generator.model.figure import Figure, Number, plain, typeset

THIN_SPACE = "\u2009"
# From so many digits on a number is printed in groups of three.
GROUPED_FROM = 5
# On a smaller base a change in percent would say more than there is.
SMALL_BASE = 10
# A share that is not the whole is never printed as the whole.
HIGHEST_SHARE = 0.99
CENT = Decimal("0.01")
MEGABYTE = 1_000_000
KILOBYTE = 1000


def figure(number: Number | None) -> str:
    """The number in digits, with a minus sign; empty for None."""
    return typeset(plain(number))


def typed(text: str) -> str:
    """A number as a report writes it, with a minus sign where it has a hyphen."""
    return typeset(text)


def mark(cell: Figure) -> str:
    """What a page prints in a cell: the figure, or the mark that stands for it."""
    return typeset(cell.mark)


def grouped(number: Number) -> str:
    """The number in digits, from five on in groups of three: `10 000`."""
    digits = plain(number).partition(".")[0]
    if len(digits) < GROUPED_FROM:
        return plain(number)
    return f"{number:,}".replace(",", THIN_SPACE)


def signed(number: Number) -> str:
    """The number with its sign: `+3`, `−2`, `0`."""
    return f"+{plain(number)}" if number > 0 else figure(number)


def difference(change: Number | None) -> str:
    """A difference with its sign, `±0` for none; empty where there is nothing to compare."""
    if change is None:
        return ""
    if isinstance(change, Decimal):
        change = change.quantize(CENT)
    return "±0" if change == 0 else signed(change)


def change_in_percent(base: Number, change: Number) -> str:
    """`+12.6%`; empty on a base under 10, and where it would be 0.0."""
    if base < SMALL_BASE:
        return ""
    percent = f"{float(change) / float(base) * 100:+.1f}%"
    return "" if percent in {"+0.0%", "-0.0%"} else typeset(percent)


def share(ratio: float) -> str:
    """A part of a whole in percent: `93%`."""
    return f"{ratio:.0%}"


def share_below_all(ratio: float) -> str:
    """A part that is not the whole in percent: `99%` at most."""
    return share(min(ratio, HIGHEST_SHARE))


def decimals(number: Number) -> int:
    """How many digits a number has behind its point."""
    return len(plain(number).partition(".")[2])


def without_zeros(number: Decimal) -> str:
    """A decimal without the zeros at its end: `12.5`."""
    return f"{number.normalize():f}"


def contrast(ratio: float) -> str:
    """A ratio of two brightnesses: `4.53`."""
    return f"{ratio:.2f}"


def file_size(count: int) -> str:
    """A number of bytes: `1.2 MB`, `340 KB`."""
    if count >= MEGABYTE:
        return f"{count / MEGABYTE:.1f} MB"
    return f"{max(count // KILOBYTE, 1)} KB"
