"""Who published in time: over the years, and for a year by level and kind, every body by name.

Nobody is ranked.

The day of the build stands on no page: a page tells of a deadline only whether it has passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language.speech import Speech, speech
from generator.model.board import BoardGroup, BoardRow, CoveragePage, NamedBodies
from generator.model.coverage import Due, Standing
from generator.model.feed import Feed, FeedEntry
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.site import Site
from generator.parts.edition import Edition

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
# Slug → the path that the name of a body leads to; empty for none.
Ways = Mapping[str, str]


def has_news(years: Iterable[Counter[Standing]]) -> bool:
    """Whether there is anything to tell in the feed of these years."""
    return any(counted[standing] for counted in years for standing in TOLD)


def to_feed(site: Site) -> Link:
    """A link to the feed, under its title."""
    say = speech(site.settings.language)
    return Link(say("{title}：发布情况", title=site.settings.title), paths.COVERAGE_FEED)


def coverage_page(
    site: Site, counts: Mapping[int, Counter[Standing]], feeds: Sequence[Link]
) -> CoveragePage:
    """The page of all years.

    `counts` has, for each year, how many bodies stand in which way; `feeds` has the feed, if there
    is one.
    """
    say = speech(site.settings.language)
    columns = _columns(sum(counts.values(), Counter()))
    years = [Link(words.in_year(say, year), paths.coverage(year)) for year in site.years]
    rows = tuple(
        BoardRow(link, "", _counts(counts[year], columns))
        for year, link in zip(site.years, years, strict=True)
    )
    sentence = say(
        "各机关是否按期公开上一年度的报告：每年应有多少份，按期、逾期各多少份，缺多少份。"
    )
    crumbs = (Link(say("年度"), paths.YEARS),)
    return CoveragePage(
        frame(site, paths.COVERAGE, say("发布情况"), sentence, crumbs, feeds=feeds),
        sentence,
        say("各年度的发布情况（机关数）"),
        say("报告年度"),
        _heads(say, columns),
        rows,
        None,
        (),
        tuple(Link("Atom", feed.path, say("新发布、逾期和缺报告的订阅")) for feed in feeds),
        (),
    )


def coverage_year_page(
    site: Site, year: int, dues: Dues, ways: Ways, feeds: Sequence[Link]
) -> CoveragePage:
    """One year, by level and kind in the order of the directory."""
    say = speech(site.settings.language)
    expected = [due for due in dues if due.standing is not Standing.NOT_EXPECTED]
    groups = [(key, bodies) for key, bodies in _grouped(expected, say) if bodies]
    total = Counter(due.standing for due in expected)
    columns = _columns(total)
    names = sum(total[standing] for standing in NAMED)
    rows = tuple(_row(key, bodies, columns, say) for key, bodies in groups)
    heading = say("{year} 年度报告的发布情况", year=year)
    phrases = [
        say("{standing} {count} 份", standing=name, count=total[key])
        for key, name in words.standings(say).items()
        if total[key]
    ]
    sentence = say.plural(
        "{year} 年度，本站的 {count} 个机关应有报告：{parts}。",
        len(expected),
        year=year,
        parts=say.listed(phrases),
    )
    crumbs = (Link(say("年度"), paths.YEARS), Link(say("发布情况"), paths.COVERAGE))
    unfolded = names <= FEW
    by_name = [_group(ways, key, bodies, say, unfolded=unfolded) for key, bodies in groups]
    by_name += _not_expected(ways, dues, say)
    csv = Link("CSV", paths.coverage_file(year), say("每个机关一行，可用 Excel 打开"))
    return CoveragePage(
        frame(site, paths.coverage(year), heading, sentence, crumbs, feeds=feeds),
        sentence,
        say("按层级和类型（机关数）"),
        say("机关"),
        _heads(say, columns),
        rows,
        BoardRow(Link(say("合计"), ""), "", _counts(total, columns)),
        tuple(group for group in by_name if group is not None),
        (csv,),
        tuple(Link(words.in_year(say, number), paths.coverage(number)) for number in site.years),
        words.to_year(site, year),
    )


def _grouped(dues: Dues, say: Speech) -> Iterator[tuple[tuple[str, str, str], list[Due]]]:
    """(id, level, kind) in words → the bodies, the highest level first."""
    groups: dict[tuple[str, str], list[Due]] = {}
    for due in dues:
        groups.setdefault((due.agency.level, due.agency.kind), []).append(due)
    for level, level_name in words.levels(say).items():
        for kind, kind_name in words.kinds(say).items():
            yield (f"{level}-{kind}", level_name, kind_name), groups.get((level, kind), [])


def _columns(total: Counter[Standing]) -> tuple[Standing, ...]:
    return tuple(
        standing
        for standing in Standing
        if standing in ALWAYS or (standing in SOMETIMES and total[standing])
    )


def _heads(say: Speech, columns: Sequence[Standing]) -> tuple[str, ...]:
    names = words.standings(say)
    return (say("应有"), *(names[standing] for standing in columns))


def _counts(totals: Counter[Standing], columns: Sequence[Standing]) -> tuple[int, ...]:
    expected = totals.total() - totals[Standing.NOT_EXPECTED]
    return (expected, *(totals[standing] for standing in columns))


def _row(
    key: tuple[str, str, str], dues: Dues, columns: Sequence[Standing], say: Speech
) -> BoardRow:
    identifier, level, kind = key
    counted = Counter(due.standing for due in dues)
    has_names = any(counted[standing] for standing in (*NAMED, Standing.IN_TIME))
    day = dues[0].deadline.isoformat()
    deadline = say("{day}（已过）", day=day) if dues[0].passed else say("{day}（未到）", day=day)
    return BoardRow(
        Link(say("{level}·{kind}", level=level, kind=kind), f"#{identifier}" if has_names else ""),
        deadline,
        _counts(counted, columns),
    )


def _group(
    ways: Ways, key: tuple[str, str, str], dues: Dues, say: Speech, *, unfolded: bool
) -> BoardGroup | None:
    """The bodies of a level and kind by name, each with a note; None where no body is named.

    Those that published in time are folded: there are many of them, and few readers look for one.
    """
    identifier, level, kind = key
    names = words.standings(say)
    lists = []
    for standing in (*NAMED, Standing.IN_TIME):
        bodies = [due for due in dues if due.standing is standing]
        if bodies:
            opened = unfolded and standing is not Standing.IN_TIME
            lists.append(_named(ways, names[standing], bodies, say, unfolded=opened))
    if not lists:
        return None
    return BoardGroup(identifier, say("{level}·{kind}", level=level, kind=kind), tuple(lists))


def _not_expected(ways: Ways, dues: Dues, say: Speech) -> Iterator[BoardGroup]:
    """The bodies of the site that need no report of the year, with the reason."""
    bodies = [due for due in dues if due.standing is Standing.NOT_EXPECTED]
    if bodies:
        bodies_by_name = _named(ways, say("尚未设立或已经撤并"), bodies, say, unfolded=False)
        yield BoardGroup(NOT_EXPECTED, say("这一年不应有报告的机关"), (bodies_by_name,))


def _named(ways: Ways, name: str, bodies: Dues, say: Speech, *, unfolded: bool) -> NamedBodies:
    links = tuple((_link(ways, due, say), _remark(due, say)) for due in bodies)
    return NamedBodies(say("{name}（{count}）", name=name, count=len(links)), links, unfolded)


def _link(ways: Ways, due: Due, say: Speech) -> Link:
    name = words.called(due.agency, say, due.agency.name_in(due.year))
    return Link(name, ways[due.agency.slug])


def _remark(due: Due, say: Speech) -> str:
    """The note on how a body stands.

    It says when the body published and how many days before or after the deadline, or why no report
    is due.
    """
    if due.standing is Standing.NOT_EXPECTED:
        first, without = due.lifetime
        if first > date(due.year, 12, 31):
            return say("{day}起才有这个机关", day=say.day(first))
        return say("{day}起不再有这个机关", day=say.day(without))
    if due.published is None:
        return ""
    day = due.published.isoformat()
    if due.days_late:
        late = say.plural("{day} 发布，晚 {count} 天", due.days_late, day=day)
        if due.reasons:
            late = say("{late}；说明：{reason}", late=late, reason=" ".join(due.reasons))
        return late
    if due.days_early:
        return say.plural("{day} 发布，早 {count} 天", due.days_early, day=day)
    return say("{day} 发布，期限当天", day=day)


def coverage_feed(site: Site, dues: Dues) -> Feed:
    """The entries of the feed: reports that were published, each on its day, and reports that lack.

    A report lacks from the day after the last one on which it was in time. The author is the site:
    no body says of itself that it is late.
    """
    say = speech(site.settings.language)
    author = site.settings.full_title
    entries = [entry for due in dues if (entry := _entry(due, say, author))]
    entries.sort(key=lambda due: (due.day, due.path), reverse=True)
    return Feed(paths.COVERAGE_FEED, paths.COVERAGE, to_feed(site).text, tuple(entries[:NEWEST]))


def _entry(due: Due, say: Speech, author: str) -> FeedEntry | None:
    name = words.called(due.agency, say, due.agency.name_in(due.year))
    if due.standing is Standing.MISSING:
        title = say("{name}：期限已过，未见 {year} 年度的报告", name=name, year=due.year)
        missed = due.deadline + timedelta(days=1)  # all of the deadline's own day is in time
        return FeedEntry(paths.coverage(due.year), missed, title, author, missed, due.agency.slug)
    if due.published is None:
        return None
    title = say("{name}：按期发布 {year} 年度的报告", name=name, year=due.year)
    if due.days_late:
        title = say.plural(
            "{name}：发布 {year} 年度的报告，晚 {count} 天", due.days_late, name=name, year=due.year
        )
    return FeedEntry(
        paths.report(due.agency.slug, due.year),
        due.published,
        title,
        author,
        due.published,
        Standing.IN_TIME.value,
    )


def subscriptions(edition: Edition) -> tuple[Link, ...]:
    """The feed of the newest boards, as the pages offer it that it is about; none where it would
    have nothing to tell.
    """
    if not has_news(board.counts for board in edition.boards[:NEWEST_YEARS]):
        return ()
    return (to_feed(edition.site),)


def jobs(edition: Edition) -> Iterator[Job]:
    """The board over the years, and one for each."""
    years = edition.select.fact("years")
    offers = Part.of("feeds", subscriptions(edition))
    for board in edition.boards:
        yield edition.page(
            paths.coverage(board.year),
            "coverage.html",
            coverage_year_page,
            years,
            Part.of("year", board.year),
            board.part,
            Part.of("ways", board.ways),
            offers,
        )
    if edition.boards:
        counts = {board.year: board.counts for board in edition.boards}
        part = Part.of("counts", counts)
        yield edition.page(paths.COVERAGE, "coverage.html", coverage_page, years, part, offers)
