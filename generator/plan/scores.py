"""scores.csv of each year, where a site publishes what its scorecards come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import paths
from generator.derive.data.beside import score_lines
from generator.derive.scores import score_sheets, scorecards
from generator.model.agency import Agency
from generator.model.job import Job, Part
from generator.model.score import ScoreSheet
from generator.parts.edition import Edition
from generator.render.table_files import marked_csv


def jobs(edition: Edition) -> Iterator[Job]:
    """A file for each year."""
    site = edition.site
    if not site.settings.scores or not scorecards(site):
        return
    for year in site.years:
        sheets = list(score_sheets(site, edition.findings, year))
        agencies = {sheet.agency: site.agencies[sheet.agency] for sheet in sheets}
        yield Job(
            paths.scores_file(year),
            _csv,
            [Part.of("agencies", agencies), Part.of("scores", sheets)],
            edition.made_by,
        )


def _csv(agencies: Mapping[str, Agency], sheets: Sequence[ScoreSheet]) -> bytes:
    return marked_csv(score_lines(agencies, sheets))
