"""The digests of what many jobs are handed, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.packed import figures_digest
from generator.model.site import Site

Key = tuple[str, int]


@dataclass(frozen=True)
class Digests:
    """The digest of each body, and of each report; they do not depend on the language.

    Of a report there are those of its figures, of its record (all but figures and texts), of its
    data (both), of its contents (all that it states), and of what was found in it.
    """

    agencies: Mapping[str, str]
    figures: Mapping[Key, str]
    records: Mapping[Key, str]
    data: Mapping[Key, str]
    contents: Mapping[Key, str]
    findings: Mapping[Key, str]

    @staticmethod
    def of(site: Site, findings: Mapping[Key, Sequence[Finding]]) -> Digests:
        """The digests of a site and of the findings in each of its reports."""
        figures = {key: figures_digest(report) for key, report in site.reports.items()}
        records = {key: digest(report.record) for key, report in site.reports.items()}
        data = {key: digest(records[key], figures[key]) for key in site.reports}
        contents = {
            key: digest(data[key], report.preface, report.sections)
            for key, report in site.reports.items()
        }
        return Digests(
            {slug: digest(agency) for slug, agency in site.agencies.items()},
            figures,
            records,
            data,
            contents,
            {key: digest(of_report) for key, of_report in findings.items()},
        )

    @cached_property
    def every_agency(self) -> str:
        """All bodies, with their order."""
        return digest(list(self.agencies.items()))

    @cached_property
    def every_record(self) -> str:
        """The records of all reports, with their order."""
        return digest([(*key, record) for key, record in self.records.items()])

    @cached_property
    def all_data(self) -> str:
        """The data of all reports, with their order."""
        return digest([(*key, data) for key, data in self.data.items()])
