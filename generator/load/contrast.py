"""Whether the colours of a theme that meet can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).

This is checked in every mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.language import amounts
from generator.language.sentence import sentence
from generator.load.reading import Reading
from generator.model.finding import Location

COLOUR = re.compile(r"#([0-9a-fA-F]{6})")
POINTER = re.compile(r"var\(--([a-z-]+)\)")
# Ratios that text and marks need against their ground.
NEEDED = {"text": 4.5, "marks": 3.0}
Tokens = Mapping[str, str]
Pairs = Mapping[str, Sequence[Sequence[str]]]


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, 0 to 1, as WCAG defines it."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(front: str, ground: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(front), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(tokens: Tokens, name: str) -> str:
    """The colour of a token, through others it may point to; empty where it is none."""
    for _ in range(len(tokens)):
        value = tokens.get(name, "")
        pointer = POINTER.fullmatch(value)
        if not pointer:
            return value if COLOUR.fullmatch(value) else ""
        name = pointer[1]
    return ""


def modes(tokens: Mapping[str, Tokens]) -> Mapping[str, Tokens]:
    """The tokens that hold in each mode: those of the light one where a mode says nothing else."""
    return {mode: {**tokens.get("light", {}), **changes} for mode, changes in tokens.items()}


def weak(
    tokens: Mapping[str, Tokens], pairs: Pairs
) -> Iterator[tuple[str, str, str, float, float]]:
    """Each pair of colours that is too weak: mode, token, ground, its ratio, the ratio needed.

    The ratio is 0 where one of the two is no colour.
    """
    for mode, values in modes(tokens).items():
        for kind, rows in pairs.items():
            for front, *grounds in rows:
                for ground in grounds:
                    front_colour = colour(values, front)
                    ground_colour = colour(values, ground)
                    contrast = (
                        ratio(front_colour, ground_colour)
                        if front_colour and ground_colour
                        else 0.0
                    )
                    if contrast < NEEDED[kind]:
                        yield mode, front, ground, contrast, NEEDED[kind]


def check_contrast(
    tokens: Mapping[str, Tokens], pairs: Pairs, at: Location, reading: Reading
) -> None:
    """Note every pair that is too weak."""
    for mode, front, ground, contrast, needed in weak(tokens, pairs):
        if contrast:
            measured = amounts.contrast(contrast)
            message = sentence(
                "{mode} 下 {front} 与 {ground} 的对比度是 {measured}:1，应不低于 {needed:g}:1",
                mode=mode,
                front=front,
                ground=ground,
                measured=measured,
                needed=needed,
            )
        else:
            message = sentence(
                "{mode} 下 {front} 或 {ground} 不是 #rrggbb 形式的颜色，对比度无从核对",
                mode=mode,
                front=front,
                ground=ground,
            )
        reading.note("C-14", at, message)
