"""Who published in time: over the years, and for a year by level and kind, with those named that did not. Nobody is ranked.

The day of the build is never said: what a page says of a deadline is whether it has passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language.speech import Speech, speech
from generator.model.board import BoardGroup, BoardRow, CoveragePage, Named
from generator.model.coverage import Due, Standing
from generator.model.feed import Feed, FeedEntry
from generator.model.frame import Link
from generator.model.report import Site

# Named bodies that a page shows unfolded.
FEW = 40
# The columns that a board always has, and those only where some body stands so.
ALWAYS = (Standing.IN_TIME, Standing.LATE, Standing.MISSING)
SOMETIMES = (Standing.UNDATED, Standing.CHECKING, Standing.NOT_DUE)
NAMED = (Standing.LATE, Standing.MISSING, Standing.UNDATED, Standing.CHECKING)
# Entries of the feed: the newest years, and of them no more than this.
NEWEST_YEARS = 2
NEWEST = 500
TOLD = (Standing.IN_TIME, Standing.LATE, Standing.MISSING)
Dues = Sequence[Due]


def standings(say: Speech) -> Mapping[Standing, str]:
    """What the board calls the ways to stand."""
    return {
        Standing.IN_TIME: say("按期发布"),
        Standing.LATE: say("逾期发布"),
        Standing.UNDATED: say("未注明日期"),
        Standing.CHECKING: say("正在核对"),
        Standing.MISSING: say("未见发布"),
        Standing.NOT_DUE: say("期限未到"),
    }


def has_news(years: Iterable[Counter[Standing]]) -> bool:
    """Whether there is anything to tell in the feed of these years."""
    return any(counted[standing] for counted in years for standing in TOLD)


def coverage_page(site: Site, counts: Mapping[int, Counter[Standing]]) -> CoveragePage:
    """All years; `counts` says how many bodies stand how in each."""
    say = speech(site.settings.language)
    shown = _columns(sum(counts.values(), Counter()))
    rows = tuple(BoardRow(Link(words.in_year(say, year), paths.coverage(year)), "", _counts(counts[year], shown)) for year in site.years)
    sentence = say("各机关是否按期公开上一年度的报告：每年应有多少份，按期、逾期各多少份，缺多少份。")
    feed = Link("Atom", paths.COVERAGE_FEED, say("新发布、逾期和缺报告的订阅"))
    return CoveragePage(
        frame(site, paths.COVERAGE, say("发布情况"), sentence, (Link(say("年度"), paths.YEARS),)),
        sentence,
        say("各年度的发布情况（机关数）"),
        say("报告年度"),
        _heads(say, shown),
        rows,
        None,
        (),
        (feed,) if has_news(counts[year] for year in site.years[:NEWEST_YEARS]) else (),
        (),
    )


def coverage_year_page(site: Site, year: int, dues: Dues) -> CoveragePage:
    """One year, by level and kind in the order of the directory."""
    say, dues = speech(site.settings.language), [one for one in dues if one.standing is not Standing.NOT_EXPECTED]
    groups = [(key, held) for key, held in _grouped(dues, say) if held]
    total = Counter(one.standing for one in dues)
    shown = _columns(total)
    names = sum(total[standing] for standing in NAMED)
    rows = tuple(_row(key, held, shown, say) for key, held in groups)
    heading = say("{year} 年度报告的发布情况", year=year)
    said = [say("{standing} {count} 份", standing=name, count=total[key]) for key, name in standings(say).items() if total[key]]
    sentence = say.plural("{year} 年度，本站的 {count} 个机关应有报告：{parts}。", len(dues), year=year, parts=say.listed(said))
    return CoveragePage(
        frame(site, paths.coverage(year), heading, sentence, (Link(say("年度"), paths.YEARS), Link(say("发布情况"), paths.COVERAGE))),
        sentence,
        say("按层级和类型（机关数）"),
        say("机关"),
        _heads(say, shown),
        rows,
        BoardRow(Link(say("合计"), ""), "", _counts(total, shown)),
        tuple(one for key, held in groups if (one := _group(site, key, held, say, unfolded=names <= FEW))),
        (Link("CSV", paths.coverage_file(year), say("每个机关一行，可用 Excel 打开")),),
        tuple(Link(words.in_year(say, number), paths.coverage(number)) for number in site.years),
        words.to_year(site, year),
    )


def _grouped(dues: Dues, say: Speech) -> Iterator[tuple[tuple[str, str, str], list[Due]]]:
    """(id, level, kind) in words → the bodies, the highest level first."""
    held: dict[tuple[str, str], list[Due]] = {}
    for one in dues:
        held.setdefault((one.agency.level, one.agency.kind), []).append(one)
    for level, level_name in words.levels(say).items():
        for kind, kind_name in words.kinds(say).items():
            yield (f"{level}-{kind}", level_name, kind_name), held.get((level, kind), [])


def _columns(total: Counter[Standing]) -> tuple[Standing, ...]:
    return tuple(one for one in Standing if one in ALWAYS or (one in SOMETIMES and total[one]))


def _heads(say: Speech, shown: Sequence[Standing]) -> tuple[str, ...]:
    names = standings(say)
    return (say("应有"), *(names[one] for one in shown))


def _counts(counted: Counter[Standing], shown: Sequence[Standing]) -> tuple[int, ...]:
    return (sum(number for standing, number in counted.items() if standing is not Standing.NOT_EXPECTED), *(counted[one] for one in shown))


def _row(key: tuple[str, str, str], held: Dues, shown: Sequence[Standing], say: Speech) -> BoardRow:
    identifier, level, kind = key
    counted = Counter(one.standing for one in held)
    named = any(counted[standing] for standing in NAMED)
    day = held[0].deadline.isoformat()
    said = say("{day}（已过）", day=day) if held[0].passed else say("{day}（未到）", day=day)
    return BoardRow(Link(say("{level}·{kind}", level=level, kind=kind), f"#{identifier}" if named else ""), said, _counts(counted, shown))


def _group(site: Site, key: tuple[str, str, str], held: Dues, say: Speech, *, unfolded: bool) -> BoardGroup | None:
    """The bodies of a level and kind that are named, each with what there is to say; None where nobody is."""
    identifier, level, kind = key
    names = standings(say)
    found = []
    for standing in NAMED:
        bodies = tuple((_link(site, one, say), _remark(one, say)) for one in held if one.standing is standing)
        if bodies:
            found.append(Named(say("{name}（{count}）", name=names[standing], count=len(bodies)), bodies, unfolded))
    return BoardGroup(identifier, say("{level}·{kind}", level=level, kind=kind), tuple(found)) if found else None


def _link(site: Site, one: Due, say: Speech) -> Link:
    """The way to the report, else to the body where it has a page, else only its name."""
    slug = one.agency.slug
    there = (slug, one.year) in site.reports or one.standing is Standing.CHECKING
    path = paths.report(slug, one.year) if there else paths.agency(slug) if site.years_by_agency.get(slug) else ""
    return Link(words.called(one.agency, say, one.agency.name_in(one.year)), path)


def _remark(one: Due, say: Speech) -> str:
    if one.standing is not Standing.LATE or one.published is None:
        return ""
    return say.plural("{day} 发布，晚 {count} 天", one.days_late, day=one.published.isoformat())


def coverage_feed(site: Site, dues: Dues) -> Feed:
    """What an office waits for: what was published, on its day, and what lacks, on the day it was due."""
    say = speech(site.settings.language)
    entries = [entry for one in dues if (entry := _entry(one, say))]
    entries.sort(key=lambda one: (one.day, one.path), reverse=True)
    title = say("{title}：发布情况", title=site.settings.title)
    return Feed(paths.COVERAGE_FEED, paths.COVERAGE, title, tuple(entries[:NEWEST]))


def _entry(one: Due, say: Speech) -> FeedEntry | None:
    name = words.called(one.agency, say, one.agency.name_in(one.year))
    if one.standing is Standing.MISSING:
        title = say("{name}：期限已过，未见 {year} 年度的报告", name=name, year=one.year)
        return FeedEntry(paths.coverage(one.year), one.deadline, title, name, one.deadline, one.agency.slug)
    if one.published is None:
        return None
    title = say("{name}：按期发布 {year} 年度的报告", name=name, year=one.year)
    if one.days_late:
        title = say.plural("{name}：发布 {year} 年度的报告，晚 {count} 天", one.days_late, name=name, year=one.year)
    return FeedEntry(paths.report(one.agency.slug, one.year), one.published, title, name, one.published, Standing.IN_TIME.value)
