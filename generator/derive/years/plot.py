"""Posts over years to a picture: round numbers on the axis, bars, and as many labels as fit. It knows nothing of reports.

A phone shows the picture at about half its size, a desk at about four fifths: 22 units of text are 12 pixels there and 18 here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from generator.model.chart import Bar, Boundary, Label, Line, Plot
from generator.model.figure import Number, plain

WIDTH = 640
HEIGHT = 240
TEXT = 22
DIGIT = 13
ROW = 30
INTERVALS = 4
FAINTEST = 3
THIN_SPACE = "\u2009"


@dataclass(frozen=True)
class Post:
    """What stands over a year: pattern and number of each part from below, and what is written over it.

    One without parts has no number; `short` is written where there is no room for `text`.
    """

    parts: tuple[tuple[int, Number], ...]
    text: str
    short: str = ""

    @property
    def sum(self) -> Number:
        """Its whole height."""
        return sum((value for _, value in self.parts), start=0)


@dataclass(frozen=True)
class Column:
    """A year with its posts side by side; `boundary` says what changed from this year on."""

    year: int
    posts: tuple[Post, ...]
    boundary: str = ""


@dataclass(frozen=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class _Space:
    """Where things go: the columns' share of the width, the height of a number."""

    left: int
    top: int
    columns: int
    posts: int
    highest: int

    @property
    def base(self) -> int:
        return self.top + HEIGHT

    def start(self, column: int) -> int:
        return self.left + column * (WIDTH - self.left) // self.columns

    def middle(self, column: int) -> int:
        return (self.start(column) + self.start(column + 1)) // 2

    @property
    def thickness(self) -> int:
        """The width of a bar: its share of two thirds of a column, of which a wide one has no need."""
        return max(min((WIDTH - self.left) // self.columns * 2 // 3, 90) // self.posts, 2)

    def post(self, column: int, index: int, posts: int) -> int:
        """The left edge of a post."""
        return self.middle(column) + (2 * index - posts) * self.thickness // 2

    def rise(self, value: Number) -> int:
        return round(Fraction(value) * HEIGHT / self.highest)


def breadth(text: str) -> int:
    """About how wide words are, in units of the picture."""
    return sum(TEXT if unicodedata.east_asian_width(one) in "WFA" else DIGIT for one in text)


def grouped(value: Number) -> str:
    """The number in digits, from five on in groups of three: `10 000`."""
    text = plain(value)
    return f"{value:,}".replace(",", THIN_SPACE) if len(text.partition(".")[0]) > 4 else text


def scale(largest: Number) -> tuple[int, ...]:
    """The round numbers of an axis from 0 to the largest figure or above it, in at most four equal steps of 1, 2 or 5 and noughts."""
    whole = math.ceil(largest)
    step = next(step for power in count() for step in (10**power, 2 * 10**power, 5 * 10**power) if step * INTERVALS >= whole)
    return tuple(range(0, whole + step, step)) if whole % step else tuple(range(0, max(whole, step) + 1, step))


def plot(columns: Sequence[Column]) -> Plot:
    """The picture of these years."""
    numbers = scale(max((post.sum for column in columns for post in column.posts), default=0))
    left = max(breadth(grouped(one)) for one in numbers) + 14
    space = _Space(left, 0, len(columns), max(len(column.posts) for column in columns), numbers[-1])
    boundaries = list(_boundaries(space, columns))
    rows = max((row for *_, row in boundaries), default=-1) + 1
    space = _Space(left, ROW * (rows + 1), space.columns, space.posts, space.highest)
    bars, zeros = _bars(space, columns)
    labels = [
        *(Label(left - 10, space.base - space.rise(one) + 8, grouped(one), "scale", "end") for one in numbers),
        *_years(space, columns),
        *_values(space, columns, bars),
        *(
            Label(x + (8 if anchor == "start" else -8), ROW * (row + 1) - 8, text, "boundary", anchor)
            for x, anchor, text, row in boundaries
        ),
    ]
    return Plot(
        WIDTH,
        space.base + ROW + 6,
        tuple(Line(left, space.base - space.rise(one), WIDTH - left) for one in numbers),
        tuple(bar for placed in bars.values() for bar in placed),
        zeros,
        tuple(Boundary(x, ROW * row + 4, space.base) for x, _, _, row in boundaries),
        tuple(labels),
    )


def _bars(space: _Space, columns: Sequence[Column]) -> tuple[dict[tuple[int, int], list[Bar]], tuple[Line, ...]]:
    """The bars of each post from below, and a line for each that is 0. Every part above 0 can be seen."""
    bars: dict[tuple[int, int], list[Bar]] = {}
    zeros = []
    for index, column in enumerate(columns):
        for number, post in enumerate(column.posts):
            x, y = space.post(index, number, len(column.posts)), space.base
            placed = bars.setdefault((index, number), [])
            for pattern, value in post.parts:
                if value > 0:
                    height = max(space.rise(value), FAINTEST)
                    y -= height
                    placed.append(Bar(x, y, space.thickness, height, pattern))
            if post.parts and not placed:
                zeros.append(Line(x, space.base, space.thickness))
    return bars, tuple(zeros)


def _years(space: _Space, columns: Sequence[Column]) -> Iterator[Label]:
    """The last year and as many before it, evenly, as there is room for."""
    room = (WIDTH - space.left) // len(columns)
    step = next(step for step in count(1) if step * room >= breadth("2000") + TEXT or step >= len(columns))
    last = len(columns) - 1
    for index, column in enumerate(columns):
        if (last - index) % step == 0:
            yield Label(_within(space, space.middle(index), str(column.year)), space.base + ROW, str(column.year), "year")


def _within(space: _Space, x: int, text: str) -> int:
    """The middle of words that would else stand in the axis' numbers or out of the picture."""
    half = breadth(text) // 2
    return min(max(x, space.left + half), WIDTH - half)


def _values(space: _Space, columns: Sequence[Column], bars: dict[tuple[int, int], list[Bar]]) -> Iterator[Label]:
    """What is written over the posts: every number where all of them fit, else the last and the highest; a word for each that has none."""
    room = (WIDTH - space.left) // len(columns) // space.posts
    numbers: dict[tuple[int, int], Label] = {}
    for (index, number), placed in bars.items():
        post = columns[index].posts[number]
        x = space.post(index, number, len(columns[index].posts)) + space.thickness // 2
        if post.parts:
            y = min((bar.y for bar in placed), default=space.base) - 6
            numbers[index, number] = Label(_within(space, x, post.text), y, post.text, "value")
        else:
            fits = breadth(post.text) <= room * space.posts // len(columns[index].posts)
            yield Label(x, space.base - 6, post.text if fits else post.short, "missing")
    shown = _fitting(numbers, list(numbers), bars)
    yield from (shown if len(shown) == len(numbers) else _fitting(numbers, _foremost(columns, numbers), bars)).values()


def _foremost(columns: Sequence[Column], numbers: dict[tuple[int, int], Label]) -> list[tuple[int, int]]:
    """The highest post of each row of posts, then the last."""
    found = []
    for number in sorted({number for _, number in numbers}):
        places = [place for place in numbers if place[1] == number]
        found += [max(places, key=lambda place: (columns[place[0]].posts[place[1]].sum, place[0])), places[-1]]
    return found


def _fitting(
    numbers: dict[tuple[int, int], Label], order: Sequence[tuple[int, int]], bars: dict[tuple[int, int], list[Bar]]
) -> dict[tuple[int, int], Label]:
    """The labels that meet no other post's bar and no label before them."""
    posts = {place: _Box(one.x, one.y, one.x + one.width, 10**6) for place, placed in bars.items() for one in placed[-1:]}
    taken: dict[tuple[int, int], _Box] = {}
    for place in order:
        label = numbers[place]
        half = breadth(label.text) // 2
        box = _Box(label.x - half, label.y - TEXT + 6, label.x + half, label.y)
        others = [one for key, one in (*posts.items(), *taken.items()) if key != place]
        if not any(box.meets(other) for other in others):
            taken[place] = box
    return {place: numbers[place] for place in taken}


def _boundaries(space: _Space, columns: Sequence[Column]) -> Iterator[tuple[int, str, str, int]]:
    """(x, anchor, words, row) of each boundary: to the right of its line where there is room, in the first row that is free."""
    taken: list[tuple[int, _Box]] = []
    for index, column in enumerate(columns):
        if column.boundary:
            x, wide = space.start(index), breadth(column.boundary)
            right = x + 8 + wide <= WIDTH
            box = _Box(x, 0, x + 16 + wide, 1) if right else _Box(x - 16 - wide, 0, x, 1)
            row = next(row for row in count() if not any(used == row and box.meets(other) for used, other in taken))
            taken.append((row, box))
            yield x, "start" if right else "end", column.boundary, row
