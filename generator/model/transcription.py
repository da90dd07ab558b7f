"""Who entered a report: its body, or the site's editors.

The editors take a report from the place where the body published it (转录).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# What may lack of an original besides parts of its text.
PUBLISHED = "published"
SOURCE_URL = "source_url"


class Wording(StrEnum):
    """Whose words the texts of a report are: the body's, or the editors', made from the facts."""

    VERBATIM = "verbatim"
    REWRITTEN = "rewritten"


class By(StrEnum):
    """Who entered a report, and so who speaks in its explanations (说明)."""

    AGENCY = "agency"
    EDITORS = "editors"


@dataclass(frozen=True)
class Transcription:
    """How the editors took a report over.

    `omissions` is what the original has and this site does not hold: `published`, the day, and
    parts of the text by their ids, in the order of the form.
    """

    wording: Wording = Wording.VERBATIM
    omissions: tuple[str, ...] = ()
