"""The feed, and for a site with a public address sitemap.xml and robots.txt. They hold what is in the first language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import paths, transcription, words
from generator.derive.corrections import named
from generator.language.speech import speech
from generator.model.digest import digest
from generator.model.feed import Feed, FeedEntry
from generator.model.job import AnyJob, Job, StreamJob
from generator.plan.edition import Edition
from generator.render import feeds

NEWEST = 100


def jobs(edition: Edition, pages: Sequence[AnyJob]) -> Iterator[Job]:
    """The jobs of the feeds; `pages` are all other jobs, of which sitemap.xml lists the pages."""
    site, base = edition.site, edition.site.settings.base_url
    if site.news:
        yield Job(paths.FEED, {"recipe": edition.recipe, "frame": edition.frame, "news": _news(edition)}, lambda: _atom(edition))
    if base:
        earlier = {*(before for agency in site.agencies.values() for before, _ in paths.moved(site, agency)), *paths.superseded(site)}
        prefixes = [paths.prefix(site.settings.said_in(language)) for language in site.settings.languages]
        files = [job.output for job in pages if isinstance(job, Job | StreamJob) and job.output.endswith("index.html")]
        listed = {file.removesuffix("index.html") for file in files} - {f"{prefix}{path}" for prefix in prefixes for path in earlier}
        days = {paths.report(*key): report.published for key, report in site.reports.items()}
        dated = [(path, days.get(path)) for path in sorted(listed)]
        yield Job("sitemap.xml", {"recipe": edition.recipe, "pages": digest(base, dated)}, lambda: feeds.sitemap(base, dated))
        yield Job("robots.txt", {"recipe": edition.recipe, "base": base}, lambda: feeds.robots(base))


def _news(edition: Edition) -> str:
    names = {slug: agency.names for slug, agency in edition.site.agencies.items()}
    return digest(
        names,
        [(day, report.agency, report.year, report.title, report.entered_by, correction) for day, report, correction in edition.site.news],
    )


def _atom(edition: Edition) -> bytes:
    site, say = edition.site, speech(edition.site.settings.language)
    entries = []
    for day, report, correction in site.news[:NEWEST]:
        agency = site.agencies[report.agency]
        title, path = words.title(agency, report), paths.report(report.agency, report.year)
        version = next((number for number, one in enumerate(report.corrections, 2) if one is correction), 1)
        said = say("更正（{version}）：{title}", title=title, version=named(say, version)) if correction else title
        mark, reason = (f"versions/{version}/", correction.reason) if correction else ("", "")
        author, summary = transcription.publisher(site, report), say.spaced(transcription.told(report, say), reason)
        entries.append(FeedEntry(path, day, said, author, report.published or day, mark, summary))
    return feeds.atom(site.settings, Feed(paths.FEED, paths.HOME, site.settings.title, tuple(entries)))
