"""Characters that look like others and are not: radicals and compatibility forms of characters.

Texts out of PDFs are full of them (⼈ for 人, ⻓ for 长): a reader sees no difference, a search or a
rule finds nothing. They are read through, character for character.
"""

from __future__ import annotations

import re
import unicodedata

# Radicals have the characters that they look like as their compatibility forms in Unicode
# (Kangxi); of those in the supplement only two have, the others stand here.
SUPPLEMENT = dict(
    zip(
        "⺁⺇⺌⺎⺏⺒⺓⺕⺖⺗⺙⺛⺝⺠⺢⺥⺩⺪⺫⺮⺰⺱⺼⺽⺾⻁⻂⻄⻅⻆⻇⻈⻉⻋⻌⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱",
        "厂几小兀尢巳幺彐忄㣺攵旡月民氵爫王疋目竹纟罒月臼艹虎衤西见角覀讠贝车辶钅長镸长门雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟",
        strict=True,
    )
)
RADICALS = range(0x2E80, 0x2FD6)
# Hangul and half-width forms are no Chinese; the two blocks of compatibility ideographs are.
IDEOGRAPHS = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


def _look() -> dict[int, int]:
    looks = {ord(sign): ord(character) for sign, character in SUPPLEMENT.items()}
    for block in (RADICALS, *IDEOGRAPHS):
        for code in block:
            character = unicodedata.normalize("NFKC", chr(code))
            if character != chr(code) and len(character) == 1:
                looks[code] = ord(character)
    return looks


# The code of a look-alike → the code of the character that is meant.
LOOKALIKES = _look()
LOOKALIKE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")


def meant(character: str) -> str:
    """The character that a look-alike stands for; itself where it is none."""
    return character.translate(LOOKALIKES)
