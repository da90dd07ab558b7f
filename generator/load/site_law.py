"""The law that a site goes by: what ships, with the files that the site brings in `formats/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.load.formats import LawFile, Parse, load_site_law
from generator.load.reading import Reading
from generator.load.stated import FormatDefect
from generator.model.finding import Finding, Location
from generator.model.law import Law
from generator.model.source import Folder, Problem

FOLDER = "formats"
RULE = "C-18"
ENDING = ".yaml"
# Notes for people may lie beside the files of the law.
NOTES = (".md", ".txt")


def site_law(
    law: Law, shipped: Callable[[], Sequence[LawFile]], folder: Folder, parse: Parse
) -> tuple[Law, tuple[Finding, ...]]:
    """The shipped law with a site's own files, and what is wrong with these.

    `shipped` gives the files of `law`, `folder` is the root of the site. Where anything is wrong,
    the site goes by the shipped law alone, and nothing is published: an error here is an error of
    the configuration.
    """
    if folder.kind(FOLDER) == "missing":
        return law, ()
    reading = Reading(law, folder)
    site_files = tuple(_own_files(folder, reading))
    if len(reading.findings):
        return law, tuple(reading.findings)
    result, defects = load_site_law(law, shipped(), site_files, parse)
    for defect in defects:
        _note(defect, site_files, reading)
    return result, tuple(reading.findings)


def _own_files(folder: Folder, reading: Reading) -> Iterator[LawFile]:
    paths, problems = folder.files(FOLDER)
    for problem in problems:
        reading.problem(problem)
    for path in paths:
        name = path.removeprefix(f"{FOLDER}/")
        if path.endswith(NOTES):
            continue
        if not path.endswith(ENDING):
            reading.problem(Problem("law", Location(path)))
            continue
        # Read as every other file of the site, so that slips of YAML are explained as there.
        if reading.root(path) is not None:
            text = folder.text(path)
            assert isinstance(text, str)
            yield LawFile(name, path, text, own=True)


def _note(defect: FormatDefect, site_files: Sequence[LawFile], reading: Reading) -> None:
    """A defect as a finding, in a file of the site: a file that ships is not the user's to mend."""
    at = defect.at
    if not at.path.startswith(f"{FOLDER}/"):
        at = Location(site_files[0].path if len(site_files) == 1 else FOLDER)
    reading.note(RULE, at, defect.text)
