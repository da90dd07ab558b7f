"""Whether a text that somebody had to write is there, or only stands for what is still to come."""

from __future__ import annotations

import re
from collections.abc import Collection

WORD = re.compile(r"[^\W_]")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# One character over and over: xxxx, ××, 某某某, 1, aaa.
REPEATED = re.compile(r"([x×某*a-z0-9])\1*", re.IGNORECASE)
# Crosses where a name belongs: XX局, ×××原因.
CROSSES = re.compile(r"(?<![a-z×])(?:x{2,}|×{2,})(?![a-z×])", re.IGNORECASE)


def is_placeholder(text: str, complete: Collection[str], within: Collection[str] = ()) -> bool:
    """Whether a text says nothing.

    No word in it, one of the `whole` words and no more, or one of those `within` somewhere.
    """
    content = EDGES.sub("", text.strip()).casefold()
    if not WORD.search(content) or REPEATED.fullmatch(content) or CROSSES.search(content):
        return True
    return content in {EDGES.sub("", word).casefold() for word in complete} or any(
        word.casefold() in text.casefold() for word in within
    )
