"""The figures.csv of a ready-made comparison: the figures of its page, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.derive.contested import Contested, contradiction
from generator.derive.data.declaration import (
    STATES,
    Declaration,
    Field,
    agency_field,
    agency_name_field,
    concept_field,
    field,
    year_field,
)
from generator.derive.explore.ready_made import Group
from generator.derive.years import series
from generator.language.speech import SOURCE, Speech, speech
from generator.model.agency import Agency
from generator.model.dataset import BOOLEAN, NUMBER, STRING, Row
from generator.model.explore import Catalogue, FigureEntry
from generator.model.figure import Figure
from generator.model.report import Report
from generator.model.site import Site

# What stands for the state of a figure where there is none.
ABSENT = "absent"
NO_REPORT = "no_report"


class GroupData(NamedTuple):
    """What the lines are taken from; `contested` are the figures that others contradict."""

    site: Site
    catalogue: Catalogue
    group: Group
    contested: Contested


@dataclass(frozen=True)
class TidyLine:
    """A figure of a body in a year; `report` is None where there is none."""

    data: GroupData
    entry: FigureEntry
    agency: Agency
    year: int
    report: Report | None

    @cached_property
    def figure(self) -> Figure | None:
        """The figure; None where there is no report, or its form has no such figure."""
        if self.report is None:
            return None
        return series.point(self.data.site.law, self.report, self.entry.key).figure

    @property
    def table(self) -> str:
        """The statutory name of the table of the figure."""
        tables = self.data.catalogue.tables
        return tables[self.data.catalogue.rows[self.entry.row].table].label

    @property
    def row(self) -> str:
        """The statutory name of its row."""
        return self.data.catalogue.rows[self.entry.row].term.label

    @property
    def unit(self) -> str:
        """The unit of the figure; empty where there is none."""
        return (self.figure.unit or self.entry.unit) if self.figure else ""

    @property
    def state(self) -> str:
        """The state of the figure, or why there is none."""
        if self.report is None:
            return NO_REPORT
        return self.figure.state.value if self.figure else ABSENT

    @property
    def computed(self) -> bool:
        """Whether the number was added up by this site."""
        if self.figure is None or self.report is None or self.figure.value is None:
            return False
        return self.figure.computed or self.entry.key not in self.report.format.by_concept

    @property
    def rule(self) -> str:
        """The rule by which another figure of the report contradicts this one; empty for none."""
        if self.report is None:
            return ""
        finding = contradiction(self.data.contested, self.report, self.entry.key)
        return finding.rule if finding else ""


def tidy(say: Speech) -> Declaration[GroupData, TidyLine]:
    """The figures.csv of a group. Its words are those of the newest form."""
    title = say("一组机关的主要数字，每个数字一行：“比较”页各组旁边的 figures.csv")
    return Declaration(
        "compare", title, _tidy_lines, tuple(_tidy_fields(say)), ("agency", "year", "concept")
    )


def _tidy_fields(say: Speech) -> Iterator[Field[TidyLine]]:
    """The columns of the table."""
    form = say("采用的法定格式；空：本站没有收录报告")
    state = say(
        "数字、空白、不适用、无法辨认、未分列（报告把这一组印成一行）；absent 该年度的格式没有这一项，no_report 本站没有收录报告"
    )
    computed = say("true：由程序相加得出")
    contested = say("同一份报告的其他数字与它不符时，是哪一条核对规则；空：没有")
    yield agency_field(say, lambda line: line.agency.slug)
    yield agency_name_field(say, lambda line: line.agency.name_in(line.year))
    yield field("kind", STRING, say("机关的类型"), lambda line: line.agency.kind, required=True)
    yield field("level", STRING, say("机关的层级"), lambda line: line.agency.level, required=True)
    yield year_field(say, lambda line: line.year)
    yield field("form", STRING, form, lambda line: line.report.format.id if line.report else "")
    yield concept_field(say, lambda line: line.entry.key)
    yield field("table", STRING, say("表的法定名称"), lambda line: line.table, required=True)
    yield field("row", STRING, say("行的法定名称"), lambda line: line.row, required=True)
    yield field(
        "column",
        STRING,
        say("列的法定名称"),
        lambda line: line.entry.column.label,
        required=True,
    )
    yield field(
        "value",
        NUMBER,
        say("数字；不是数字的格为空，空不等于 0"),
        lambda line: line.figure.value if line.figure else None,
    )
    yield field("unit", STRING, say("单位"), lambda line: line.unit)
    yield field(
        "state",
        STRING,
        state,
        lambda line: line.state,
        required=True,
        choices=(*STATES, ABSENT, NO_REPORT),
    )
    yield field("computed", BOOLEAN, computed, lambda line: line.computed, required=True)
    yield field("contested", STRING, contested, lambda line: line.rule)


def _tidy_lines(data: GroupData) -> Iterator[TidyLine]:
    site = data.site
    for number in data.catalogue.headline:
        entry = data.catalogue.figures[number]
        for slug in data.group.slugs:
            for year in data.catalogue.years:
                report = site.reports.get((slug, year))
                yield TidyLine(data, entry, site.agencies[slug], year, report)


def group_lines(
    site: Site, catalogue: Catalogue, group: Group, contested: Contested
) -> Iterator[Row]:
    """The figures.csv of a group, line by line."""
    return tidy(speech(SOURCE)).lines(GroupData(site, catalogue, group, contested))
