"""The picture of a chart: round numbers on the axis, bars, and as many labels as fit.

It knows only posts over years, no reports. A phone shows the picture at about half its size, a desk
at about four fifths: 22 units of text are 12 pixels there and 18 here.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from generator.language import amounts
from generator.model.chart import Bar, Boundary, Label, Line, Plot
from generator.model.figure import Number

WIDTH = 640
HEIGHT = 240
TEXT = 22
DIGIT = 13
ROW = 30
INTERVALS = 4
FAINTEST = 3


@dataclass(frozen=True)
class Post:
    """What stands over a year: pattern and number of each bar from below, and the text over it.

    A post without bars has no number; `short` is written where there is no room for `text`.
    """

    bars: tuple[tuple[int, Number], ...]
    text: str
    short: str = ""

    @property
    def sum(self) -> Number:
        """The sum of its numbers."""
        return sum((number for _, number in self.bars), start=0)


@dataclass(frozen=True)
class Column:
    """A year with its posts side by side; `boundary` is a text on what changes with this year."""

    year: int
    posts: tuple[Post, ...]
    boundary: str = ""


# The index of a column, and that of a post within it.
_Place = tuple[int, int]
_Bars = Mapping[_Place, Sequence[Bar]]


@dataclass(frozen=True)
class _Box:
    start: int
    top: int
    end: int
    bottom: int

    def meets(self, box: _Box) -> bool:
        across = self.start < box.end and box.start < self.end
        return across and self.top < box.bottom and box.top < self.bottom


@dataclass(frozen=True)
class _Flag:
    """The text at a boundary: beside the line at `x`, in a row of its own over the bars."""

    x: int
    anchor: str
    text: str
    row: int

    def label(self) -> Label:
        offset = 8 if self.anchor == "start" else -8
        return Label(self.x + offset, ROW * (self.row + 1) - 8, self.text, "boundary", self.anchor)


@dataclass(frozen=True)
class _Space:
    """Where things go: the columns' share of the width, the height of a number."""

    axis: int
    top: int
    columns: int
    posts: int
    highest: int

    @property
    def base(self) -> int:
        return self.top + HEIGHT

    @property
    def share(self) -> int:
        """The width of a column."""
        return (WIDTH - self.axis) // self.columns

    def start(self, column: int) -> int:
        return self.axis + column * (WIDTH - self.axis) // self.columns

    def middle(self, column: int) -> int:
        return (self.start(column) + self.start(column + 1)) // 2

    @property
    def thickness(self) -> int:
        """The width of a bar: its share of two thirds of a column, but no more than it needs."""
        return max(min(self.share * 2 // 3, 90) // self.posts, 2)

    def post(self, column: int, index: int, posts: int) -> int:
        """The left edge of a post."""
        return self.middle(column) + (2 * index - posts) * self.thickness // 2

    def rise(self, number: Number) -> int:
        return round(Fraction(number) * HEIGHT / self.highest)

    def within(self, x: int, text: str) -> int:
        """The middle of a text at `x`, moved to where it keeps clear of the axis and the edge."""
        half = breadth(text) // 2
        return min(max(x, self.axis + half), WIDTH - half)


def breadth(text: str) -> int:
    """About how wide a text is, in units of the picture."""
    return sum(
        TEXT if unicodedata.east_asian_width(character) in "WFA" else DIGIT for character in text
    )


def scale(largest: Number) -> tuple[int, ...]:
    """The round numbers of an axis from 0 to the largest figure or above it.

    In at most four equal steps of 1, 2 or 5 with zeros behind.
    """
    ceiling = math.ceil(largest)
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if step * INTERVALS >= ceiling)
    intervals = max(math.ceil(Fraction(ceiling, step)), 1)
    return tuple(step * interval for interval in range(intervals + 1))


def plot(columns: Sequence[Column]) -> Plot:
    """The picture of these years."""
    numbers = scale(max((post.sum for column in columns for post in column.posts), default=0))
    axis = max(breadth(amounts.grouped(number)) for number in numbers) + 14
    posts = max(len(column.posts) for column in columns)
    flags = list(_flags(_Space(axis, 0, len(columns), posts, numbers[-1]), columns))
    rows = max((flag.row for flag in flags), default=-1) + 1
    space = _Space(axis, ROW * (rows + 1), len(columns), posts, numbers[-1])
    bars, zeros = _bars(space, columns)
    heights = [space.base - space.rise(number) for number in numbers]
    labels = [
        Label(axis - 10, height + 8, amounts.grouped(number), "scale", "end")
        for number, height in zip(numbers, heights, strict=True)
    ]
    labels += _years(space, columns)
    labels += _values(space, columns, bars)
    labels += [flag.label() for flag in flags]
    boundaries = [Boundary(flag.x, ROW * flag.row + 4, space.base) for flag in flags]
    return Plot(
        width=WIDTH,
        height=space.base + ROW + 6,
        scale=tuple(Line(axis, height, WIDTH - axis) for height in heights),
        bars=tuple(bar for stack in bars.values() for bar in stack),
        zeros=zeros,
        boundaries=tuple(boundaries),
        labels=tuple(labels),
    )


def _bars(space: _Space, columns: Sequence[Column]) -> tuple[_Bars, tuple[Line, ...]]:
    """The bars of each post from below, and a line for each that is 0.

    A bar of a number above 0 is always high enough to be seen.
    """
    bars: dict[_Place, list[Bar]] = {}
    zeros = []
    for index, column in enumerate(columns):
        for number, post in enumerate(column.posts):
            x = space.post(index, number, len(column.posts))
            y = space.base
            stack: list[Bar] = []
            for pattern, value in post.bars:
                if value > 0:
                    height = max(space.rise(value), FAINTEST)
                    y -= height
                    stack.append(Bar(x, y, space.thickness, height, pattern))
            if post.bars and not stack:
                zeros.append(Line(x, space.base, space.thickness))
            bars[index, number] = stack
    return bars, tuple(zeros)


def _years(space: _Space, columns: Sequence[Column]) -> Iterator[Label]:
    """The last year and as many before it, evenly, as there is room for."""
    last = len(columns) - 1
    needed = breadth("2000") + TEXT
    step = next(step for step in count(1) if step * space.share >= needed or step > last)
    for index, column in enumerate(columns):
        if (last - index) % step == 0:
            year = str(column.year)
            yield Label(space.within(space.middle(index), year), space.base + ROW, year, "year")


def _values(space: _Space, columns: Sequence[Column], bars: _Bars) -> Iterator[Label]:
    """The texts over the posts.

    Every number where all of them fit, else the last and the highest; a word for each post that has
    no number.
    """
    room = space.share // space.posts * space.posts
    labels: dict[_Place, Label] = {}
    for (index, number), stack in bars.items():
        posts = columns[index].posts
        post = posts[number]
        x = space.post(index, number, len(posts)) + space.thickness // 2
        if post.bars:
            y = min((bar.y for bar in stack), default=space.base) - 6
            labels[index, number] = Label(space.within(x, post.text), y, post.text, "value")
        else:
            text = post.text if breadth(post.text) <= room // len(posts) else post.short
            yield Label(x, space.base - 6, text, "missing")
    fitting = _fitting(labels, labels, bars)
    if len(fitting) < len(labels):
        fitting = _fitting(labels, _foremost(columns, labels), bars)
    yield from fitting


def _foremost(columns: Sequence[Column], places: Iterable[_Place]) -> Iterator[_Place]:
    """The highest post of each row of posts, then the last."""

    def height(place: _Place) -> tuple[Number, int]:
        index, number = place
        return columns[index].posts[number].sum, index

    rows: dict[int, list[_Place]] = {}
    for place in places:
        rows.setdefault(place[1], []).append(place)
    for _, row in sorted(rows.items()):
        yield max(row, key=height)
        yield row[-1]


def _fitting(
    labels: Mapping[_Place, Label], order: Iterable[_Place], bars: _Bars
) -> Sequence[Label]:
    """The labels that meet no other post's bar and no label before them."""
    posts = {place: _post_box(stack[-1]) for place, stack in bars.items() if stack}
    taken: dict[_Place, _Box] = {}
    for place in order:
        label = labels[place]
        half = breadth(label.text) // 2
        box = _Box(label.x - half, label.y - TEXT + 6, label.x + half, label.y)
        obstacles = [*posts.items(), *taken.items()]
        if not any(box.meets(obstacle) for post, obstacle in obstacles if post != place):
            taken[place] = box
    return [labels[place] for place in taken]


def _post_box(top: Bar) -> _Box:
    """The space of a post, from the top of its highest bar down without end."""
    return _Box(top.x, top.y, top.x + top.width, 10**6)


def _flags(space: _Space, columns: Sequence[Column]) -> Iterator[_Flag]:
    """The text of each boundary, in the first row that is free.

    To the right of its line where there is room, else to the left.
    """
    rows: defaultdict[int, list[_Box]] = defaultdict(list)
    for index, column in enumerate(columns):
        if not column.boundary:
            continue
        x = space.start(index)
        width = breadth(column.boundary)
        if x + 8 + width <= WIDTH:
            anchor = "start"
            box = _Box(x, 0, x + 16 + width, 1)
        else:
            anchor = "end"
            box = _Box(x - 16 - width, 0, x, 1)
        row = next(row for row in count() if not _meets(box, rows[row]))
        rows[row].append(box)
        yield _Flag(x, anchor, column.boundary, row)


def _meets(box: _Box, boxes: Iterable[_Box]) -> bool:
    return any(box.meets(obstacle) for obstacle in boxes)
