"""Which body somebody means who writes its folder, its name or a part of its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.language import labels
from generator.model.agency import Agency


def meant(agencies: Mapping[str, Agency], text: str) -> tuple[Agency, ...]:
    """The bodies that a text may mean, by slug: one where it is clear, none where it fits nobody.

    A folder's name, now or before, counts first, then a whole name, now or before, then a part.
    """
    word = labels.normal(text)
    if not word:
        return ()
    for fits in (_by_folder, _by_name, _by_part):
        bodies = tuple(agencies[slug] for slug in sorted(agencies) if fits(agencies[slug], word))
        if bodies:
            return bodies
    return ()


def near(agencies: Mapping[str, Agency], text: str) -> Agency | None:
    """The body whose folder or name is most like a text; None where none is."""
    spellings = {
        spelling: agency for agency in agencies.values() for spelling in _spellings(agency)
    }
    return spellings.get(labels.nearest(text, spellings))


def _spellings(agency: Agency) -> Iterable[str]:
    return (agency.slug, *agency.former_slugs, *(span.value for span in agency.names))


def _by_folder(agency: Agency, word: str) -> bool:
    return word in map(labels.normal, (agency.slug, *agency.former_slugs))


def _by_name(agency: Agency, word: str) -> bool:
    return any(labels.normal(span.value) == word for span in agency.names)


def _by_part(agency: Agency, word: str) -> bool:
    return any(word in labels.normal(span.value) for span in agency.names)
