"""Addresses: a path of the site becomes a reference of a URL here, and is read back here.

No other module does this.

A path is what a file is called (`files/附件#1.pdf`), a reference is what stands in a link
(`files/%E9%99%84%E4%BB%B6%231.pdf`). What pages are told as an address is always a reference. Our
own addresses are ASCII and are the same as either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
CONTACT = ("mailto:", "tel:")
# The characters that stay as they are in a reference: those that have a meaning there, and the
# `%` of what is encoded already.
MEANINGFUL = "/%:@!$&'()*+,;=~"


@dataclass(frozen=True)
class Reference:
    """A reference as read: its path, decoded, what follows `?`, and its anchor, decoded."""

    path: str
    query: str = ""
    anchor: str = ""


def reference(path: str) -> str:
    """The reference that leads to a path.

    Everything but letters, digits and `/ . _ - ~` is percent-encoded.
    """
    return quote(path, safe="/")


def read(target: str) -> Reference:
    """What a reference within the site names."""
    location, _, anchor = target.partition("#")
    path, _, query = location.partition("?")
    return Reference(unquote(path), query, unquote(anchor))


def decoded(target: str) -> str:
    """A reference as people read it."""
    return unquote(target)


def tidy(target: str) -> str:
    """A reference in which everything that a URL may not hold is encoded.

    Characters that were typed plainly are encoded; what is encoded already stays as it is.
    """
    location, mark, anchor = target.partition("#")
    return quote(location, safe=f"{MEANINGFUL}?") + mark + quote(anchor, safe=f"{MEANINGFUL}?")


def elsewhere(target: str) -> bool:
    """Whether a target names another host, with or without a scheme."""
    return ELSEWHERE.match(target) is not None
