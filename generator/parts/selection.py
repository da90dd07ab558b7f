"""What a job is handed of a site: chosen part by part, each with a name and a digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.excerpt import Entries, Excerpt
from generator.model.job import Part
from generator.model.report import Report
from generator.model.site import Site
from generator.parts.digests import Digests, Key


def explanations_digest(reports: Iterable[Report]) -> str:
    """What stands for the explanations in reports, and for who gives them."""
    return digest([(report.agency, report.explanations, report.transcribed) for report in reports])


class Selection:
    """The parts of a site chosen so far: always its settings and its outline.

    The law is in the digest of what every output is made by (parts/edition.py). Whatever is not
    chosen, the excerpt refuses to tell (model/excerpt.py).
    """

    def __init__(self, site: Site, digests: Digests, frame: Mapping[str, str]) -> None:
        self.site = site
        self.known = digests
        self.digests = dict(frame)
        self.facts: dict[str, object] = {"outline": site.outline}
        self.chosen_agencies: Mapping[str, Agency] = Entries("agencies", {})
        self.chosen_reports: Mapping[Key, Report] = Entries("reports", {})

    def agencies(self, name: str, slugs: Iterable[str]) -> Selection:
        """Bodies by slug; where there is none of a slug, the job is told so."""
        keys = list(dict.fromkeys(slugs))
        self.digests[name] = digest([(slug, self.known.agencies.get(slug, "")) for slug in keys])
        chosen = Entries.of("agencies", self.site.agencies, keys)
        assert isinstance(self.chosen_agencies, Entries)
        self.chosen_agencies = self.chosen_agencies.with_entries(chosen)
        return self

    def every_agency(self) -> Selection:
        """All bodies."""
        self.digests["agencies"] = self.known.every_agency
        self.chosen_agencies = self.site.agencies
        return self

    def reports(self, name: str, keys: Iterable[Key]) -> Selection:
        """Reports with all that they state; where there is none, the job is told so."""
        return self._reports(name, keys, self.known.contents, lambda report: report)

    def data(self, name: str, keys: Iterable[Key]) -> Selection:
        """The same without their texts."""
        return self._reports(name, keys, self.known.data, lambda report: report.data)

    def figures(self, keys: Iterable[Key]) -> Selection:
        """Reports of which only the form and the figures are there."""
        return self._reports("figures", keys, self.known.figures, lambda report: report.bare)

    def _reports(
        self,
        name: str,
        keys: Iterable[Key],
        report_digests: Mapping[Key, str],
        cut: Callable[[Report], Report],
    ) -> Selection:
        chosen = list(dict.fromkeys(keys))
        self.digests[name] = digest([(*key, report_digests.get(key, "")) for key in chosen])
        entries = Entries.of("reports", self.site.reports, chosen).changed(cut)
        assert isinstance(self.chosen_reports, Entries)
        self.chosen_reports = self.chosen_reports.with_entries(entries)
        return self

    def every_record(self) -> Selection:
        """All reports without figures and texts."""
        self.digests["records"] = self.known.every_record
        self.chosen_reports = {key: report.record for key, report in self.site.reports.items()}
        return self

    def all_data(self) -> Selection:
        """All bodies, and all reports without texts."""
        self.every_agency()
        self.digests["reports"] = self.known.all_data
        self.chosen_reports = {key: report.data for key, report in self.site.reports.items()}
        return self.following("years", "years_by_agency", "has_page")

    def following(self, *facts: str) -> Selection:
        """Properties of Site that follow from what is chosen: they need no second working out."""
        for fact in facts:
            self.facts[fact] = getattr(self.site, fact)
        return self

    def data_of_year(self, year: int) -> Selection:
        """All reports of a year without their texts."""
        reports = [report.data for report in self.site.by_year[year]]
        self.facts["by_year"] = Entries("by_year", {year: reports})
        return self.data("reports", [(report.agency, year) for report in reports])

    def figures_of_year(self, year: int) -> Selection:
        """The figures of all reports of a year, and the bodies whose they are."""
        reports = self.site.by_year[year]
        self.facts["by_year"] = Entries("by_year", {year: [report.bare for report in reports]})
        keys = [(report.agency, year) for report in reports]
        return self.figures(keys).agencies("agencies", [report.agency for report in reports])

    def explanations_of_year(self, year: int) -> Selection:
        """Of all reports of a year, why figures in them do not agree."""
        reports = [report.explained for report in self.site.by_year[year]]
        self.facts["by_year"] = Entries("by_year", {year: reports})
        self.digests["explanations"] = explanations_digest(reports)
        return self

    def entries(self, fact: str, keys: Iterable[object]) -> Selection:
        """Select entries of a mapping that is a property of Site.

        For a key without an entry, the job is told that there is none.
        """
        mapping: Mapping[object, object] = getattr(self.site, fact)
        chosen = list(dict.fromkeys(keys))
        self.facts[fact] = Entries.of(fact, mapping, chosen)
        self.digests[fact] = digest([(key, mapping.get(key)) for key in chosen])
        return self

    def stated(self, fact: str, mapping: Mapping[str, object]) -> Selection:
        """Just these entries of a mapping that is a property of Site."""
        self.facts[fact] = Entries(fact, mapping)
        self.digests[fact] = digest(list(mapping.items()))
        return self

    def fact(self, name: str) -> Selection:
        """A property of Site, whole."""
        value = getattr(self.site, name)
        self.facts[name] = value
        self.digests[name] = digest(value)
        return self

    def part(self) -> Part:
        """The excerpt that holds just these parts."""
        return Part(
            Excerpt.taken_from(self.site, self.chosen_agencies, self.chosen_reports, self.facts),
            dict(self.digests),
        )
