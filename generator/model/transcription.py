"""That a report was not entered by its body: the site's editors took it from where the body had published it (转录)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PUBLISHED, SOURCE_URL = "published", "source_url"  # what may lack of an original besides parts of its text


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
    """How the editors took a report over. `left_out` is what the original has and this site does not hold: `published`, the day, and
    parts of the text by their ids, in the order of the form."""

    wording: Wording = Wording.VERBATIM
    left_out: tuple[str, ...] = ()
