"""JSON from a stranger: a manifest, a row of the cache, the tables of a built site.

All of it may be anything.
"""

from __future__ import annotations

import json
from typing import Any


def read_json(text: str | bytes) -> Any:
    """What a JSON text says.

    Raises ValueError where it is none, or is nested as no file of ours is.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
