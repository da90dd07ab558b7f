"""The feed, and for a site with a public address sitemap.xml and robots.txt.

The feed is in the first language; sitemap.xml lists the pages of all languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import paths, transcription, words
from generator.derive.corrections import named
from generator.language.speech import speech
from generator.model.feed import Feed, FeedEntry
from generator.model.job import AnyJob, Job, Part, StreamJob
from generator.parts.edition import Edition
from generator.render import feeds

NEWEST = 100


def jobs(edition: Edition, pages: Sequence[AnyJob]) -> Iterator[Job]:
    """The jobs of the feeds; `pages` are all other jobs, of which sitemap.xml lists the pages."""
    site = edition.site
    base = site.settings.base_url
    if site.news:
        yield atom(edition, _news(edition))
    if base:
        earlier = {
            *(
                former_path
                for agency in site.agencies.values()
                for former_path, _ in paths.moved(site, agency)
            ),
            *paths.superseded(site),
        }
        prefixes = [
            paths.prefix(site.settings.said_in(language)) for language in site.settings.languages
        ]
        files = [
            job.output
            for job in pages
            if isinstance(job, Job | StreamJob) and job.output.endswith("index.html")
        ]
        listed = {file.removesuffix("index.html") for file in files} - {
            f"{prefix}{path}" for prefix in prefixes for path in earlier
        }
        days = {paths.report(*key): report.published for key, report in site.reports.items()}
        dated = [(path, days.get(path)) for path in sorted(listed)]
        address = Part.of("base", base)
        pages_with_days = Part.of("pages", dated)
        yield Job("sitemap.xml", feeds.sitemap, [address, pages_with_days], edition.made_by)
        yield Job("robots.txt", feeds.robots, [address], edition.made_by)


def atom(edition: Edition, feed: Feed) -> Job:
    """The job that writes a feed: it is handed the feed itself and the settings."""
    settings = Part.of("settings", edition.site.settings)
    return Job(feed.path, feeds.atom, [settings, Part.of("feed", feed)], edition.made_by)


def _news(edition: Edition) -> Feed:
    """The newest publications and corrections."""
    site = edition.site
    say = speech(site.settings.language)
    entries = []
    for day, report, correction in site.news[:NEWEST]:
        agency = site.agencies[report.agency]
        title = words.title(agency, report)
        path = paths.report(report.agency, report.year)
        mark = ""
        reason = ""
        if correction:
            version = next(
                (
                    number
                    for number, candidate in enumerate(report.corrections, 2)
                    if candidate is correction
                ),
                1,
            )
            title = say("更正（{version}）：{title}", title=title, version=named(say, version))
            mark = f"versions/{version}/"
            reason = correction.reason
        author = transcription.publisher(site, report)
        summary = say.spaced(transcription.told(report, say), reason)
        entries.append(FeedEntry(path, day, title, author, report.published or day, mark, summary))
    return Feed(paths.FEED, paths.HOME, site.settings.title, tuple(entries))
