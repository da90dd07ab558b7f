"""Why a document is not read at all."""

from __future__ import annotations

from generator.model.finding import Text


class Refusal(Exception):
    """A document that is politely refused; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.source)
        self.text = text
