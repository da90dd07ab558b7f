"""Who published in time: over the years, and for a year by level and kind, every body by name. Nobody is ranked.

The day of the build is never said: what a page says of a deadline is whether it has passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language.speech import Speech, speech
from generator.model.board import BoardGroup, BoardRow, CoveragePage, Named
from generator.model.coverage import Due, Standing
from generator.model.feed import Feed, FeedEntry
from generator.model.frame import Link
from generator.model.site import Site

# Named bodies that a page shows unfolded.
FEW = 40
# The columns that a board always has, and those only where some body stands so.
ALWAYS = (Standing.IN_TIME, Standing.LATE, Standing.MISSING)
SOMETIMES = (Standing.UNDATED, Standing.CHECKING, Standing.NOT_DUE)
NAMED = (Standing.LATE, Standing.MISSING, Standing.UNDATED, Standing.CHECKING)
NOT_EXPECTED = "not-expected"
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
        Standing.UNDATED: say("日期不详"),
        Standing.CHECKING: say("正在核对"),
        Standing.MISSING: say("未见发布"),
        Standing.NOT_DUE: say("期限未到"),
    }


def has_news(years: Iterable[Counter[Standing]]) -> bool:
    """Whether there is anything to tell in the feed of these years."""
    return any(counted[standing] for counted in years for standing in TOLD)


def to_feed(site: Site) -> Link:
    """The way to the feed, under its title."""
    say = speech(site.settings.language)
    return Link(say("{title}：发布情况", title=site.settings.title), paths.COVERAGE_FEED)


def coverage_page(site: Site, counts: Mapping[int, Counter[Standing]], feeds: Sequence[Link]) -> CoveragePage:
    """All years; `counts` says how many bodies stand how in each, `feeds` has the feed where there is one."""
    say = speech(site.settings.language)
    shown = _columns(sum(counts.values(), Counter()))
    rows = tuple(BoardRow(Link(words.in_year(say, year), paths.coverage(year)), "", _counts(counts[year], shown)) for year in site.years)
    sentence = say("各机关是否按期公开上一年度的报告：每年应有多少份，按期、逾期各多少份，缺多少份。")
    return CoveragePage(
        frame(site, paths.COVERAGE, say("发布情况"), sentence, (Link(say("年度"), paths.YEARS),), feeds=feeds),
        sentence,
        say("各年度的发布情况（机关数）"),
        say("报告年度"),
        _heads(say, shown),
        rows,
        None,
        (),
        tuple(Link("Atom", feed.path, say("新发布、逾期和缺报告的订阅")) for feed in feeds),
        (),
    )


def coverage_year_page(site: Site, year: int, dues: Dues, feeds: Sequence[Link]) -> CoveragePage:
    """One year, by level and kind in the order of the directory."""
    say, expected = speech(site.settings.language), [one for one in dues if one.standing is not Standing.NOT_EXPECTED]
    groups = [(key, held) for key, held in _grouped(expected, say) if held]
    total = Counter(one.standing for one in expected)
    shown = _columns(total)
    names = sum(total[standing] for standing in NAMED)
    rows = tuple(_row(key, held, shown, say) for key, held in groups)
    heading = say("{year} 年度报告的发布情况", year=year)
    said = [say("{standing} {count} 份", standing=name, count=total[key]) for key, name in standings(say).items() if total[key]]
    sentence = say.plural("{year} 年度，本站的 {count} 个机关应有报告：{parts}。", len(expected), year=year, parts=say.listed(said))
    crumbs = (Link(say("年度"), paths.YEARS), Link(say("发布情况"), paths.COVERAGE))
    return CoveragePage(
        frame(site, paths.coverage(year), heading, sentence, crumbs, feeds=feeds),
        sentence,
        say("按层级和类型（机关数）"),
        say("机关"),
        _heads(say, shown),
        rows,
        BoardRow(Link(say("合计"), ""), "", _counts(total, shown)),
        (*(one for key, held in groups if (one := _group(site, key, held, say, unfolded=names <= FEW))), *_not_expected(site, dues, say)),
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
    named = any(counted[standing] for standing in (*NAMED, Standing.IN_TIME))
    day = held[0].deadline.isoformat()
    said = say("{day}（已过）", day=day) if held[0].passed else say("{day}（未到）", day=day)
    return BoardRow(Link(say("{level}·{kind}", level=level, kind=kind), f"#{identifier}" if named else ""), said, _counts(counted, shown))


def _group(site: Site, key: tuple[str, str, str], held: Dues, say: Speech, *, unfolded: bool) -> BoardGroup | None:
    """The bodies of a level and kind that are named, each with what there is to say; None where nobody is. Those that published in time
    are folded: there are many of them, and few look for one."""
    identifier, level, kind = key
    names = standings(say)
    found = []
    for standing in (*NAMED, Standing.IN_TIME):
        bodies = [one for one in held if one.standing is standing]
        if bodies:
            found.append(_named(site, names[standing], bodies, say, unfolded=unfolded and standing is not Standing.IN_TIME))
    return BoardGroup(identifier, say("{level}·{kind}", level=level, kind=kind), tuple(found)) if found else None


def _not_expected(site: Site, dues: Dues, say: Speech) -> Iterator[BoardGroup]:
    """The bodies of the site that need no report of the year, with why."""
    bodies = [one for one in dues if one.standing is Standing.NOT_EXPECTED]
    if bodies:
        named = _named(site, say("尚未设立或已经撤并"), bodies, say, unfolded=False)
        yield BoardGroup(NOT_EXPECTED, say("这一年不应有报告的机关"), (named,))


def _named(site: Site, name: str, bodies: Dues, say: Speech, *, unfolded: bool) -> Named:
    held = tuple((_link(site, one, say), _remark(one, say)) for one in bodies)
    return Named(say("{name}（{count}）", name=name, count=len(held)), held, unfolded)


def _link(site: Site, one: Due, say: Speech) -> Link:
    """The way to the report, else to the body where it has a page, else only its name."""
    slug = one.agency.slug
    there = (slug, one.year) in site.reports or one.standing is Standing.CHECKING
    path = paths.report(slug, one.year) if there else paths.agency(slug) if paths.has_page(site, slug) else ""
    return Link(words.called(one.agency, say, one.agency.name_in(one.year)), path)


def _remark(one: Due, say: Speech) -> str:
    """What there is to say of how a body stands: when it published, and by how much before or after the deadline; why no report is due."""
    if one.standing is Standing.NOT_EXPECTED:
        first, without = one.lifetime
        if first > date(one.year, 12, 31):
            return say("{day}起才有这个机关", day=say.day(first))
        return say("{day}起不再有这个机关", day=say.day(without))
    if one.published is None:
        return ""
    day = one.published.isoformat()
    if one.days_late:
        late = say.plural("{day} 发布，晚 {count} 天", one.days_late, day=day)
        return say("{late}；说明：{reason}", late=late, reason=" ".join(one.reasons)) if one.reasons else late
    if one.days_early:
        return say.plural("{day} 发布，早 {count} 天", one.days_early, day=day)
    return say("{day} 发布，期限当天", day=day)


def coverage_feed(site: Site, dues: Dues) -> Feed:
    """What an office waits for: what was published, on its day, and what lacks, from the day after the last one on which it was in time.
    The author is the site: no body says of itself that it is late."""
    say, author = speech(site.settings.language), site.settings.full_title
    entries = [entry for one in dues if (entry := _entry(one, say, author))]
    entries.sort(key=lambda one: (one.day, one.path), reverse=True)
    return Feed(paths.COVERAGE_FEED, paths.COVERAGE, to_feed(site).text, tuple(entries[:NEWEST]))


def _entry(one: Due, say: Speech, author: str) -> FeedEntry | None:
    name = words.called(one.agency, say, one.agency.name_in(one.year))
    if one.standing is Standing.MISSING:
        title = say("{name}：期限已过，未见 {year} 年度的报告", name=name, year=one.year)
        missed = one.deadline + timedelta(days=1)  # all of the deadline's own day is in time
        return FeedEntry(paths.coverage(one.year), missed, title, author, missed, one.agency.slug)
    if one.published is None:
        return None
    title = say("{name}：按期发布 {year} 年度的报告", name=name, year=one.year)
    if one.days_late:
        title = say.plural("{name}：发布 {year} 年度的报告，晚 {count} 天", one.days_late, name=name, year=one.year)
    return FeedEntry(paths.report(one.agency.slug, one.year), one.published, title, author, one.published, Standing.IN_TIME.value)
