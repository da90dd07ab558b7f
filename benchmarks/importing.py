"""What `gongkai import` makes of documents: of each file its style, cells, how they came out, time and memory.

    .venv/bin/python benchmarks/importing.py [FOLDER TRUTHS]        default: the documents of tests/papers.py

FOLDER holds documents, TRUTHS a JSON file for each: `<start of the name>.json` or any file that names one as `document`, with `figures`
(address → number, null where nobody can tell). A cell is wrong when it says another number than the truth; that must never be.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.importing import kinds
from generator.importing.document import Transcript, transcribe
from generator.importing.refusal import Refusal
from generator.importing.solving import How
from generator.inspection import read_law
from generator.language.numerals import decode
from tests import papers

Truth = Mapping[str, float | int | str | None]
COLUMNS = (
    "file",
    "style",
    "cells",
    "right",
    "solved",
    "blank",
    "unreadable",
    "undecided",
    "wrong",
    "ms",
)


def documents(arguments: list[str]) -> Iterator[tuple[str, str, bytes, Truth]]:
    """(name, style, bytes, truth) of each document."""
    if arguments:
        folder, truths = map(Path, arguments)
        for path in sorted(folder.iterdir()):
            truth = next(iter(sorted(truths.glob(f"*{path.name[:3]}.json"))), None)
            if truth:
                yield (
                    path.name,
                    path.suffix,
                    path.read_bytes(),
                    json.loads(truth.read_text("utf-8"))["figures"],
                )
        return
    forms = {form.id: form for form in read_law().formats}
    for style in (*papers.STYLES, papers.word, papers.pdf, papers.pdf_without_rules):
        for case in papers.cases(forms):
            name, content = style(forms[case.form], case)
            figures = {
                address: str(decode(text, with_unit=True).value)
                for address, text in case.texts.items()
            }
            yield f"{case.name}-{name}", style.__name__, content, figures


def counts(transcript: Transcript, truth: Truth) -> dict[str, int]:
    """How the cells came out, compared with the truth."""
    numbers = dict.fromkeys(COLUMNS[2:9], 0)
    for address, cell in transcript.cells.items():
        expected = truth.get(address)
        value = cell.figure.value
        numbers["cells"] += 1
        numbers["solved"] += cell.how is How.SOLVED
        numbers["blank"] += cell.how in {How.BLANK, How.NOT_APPLICABLE}
        numbers["unreadable"] += cell.how is How.UNREADABLE
        numbers["undecided"] += expected is None
        if value is not None and expected is not None:
            right = Decimal(str(value)) == Decimal(str(expected))
            numbers["right" if right else "wrong"] += 1
    return numbers


def main() -> None:
    law = read_law()
    print("\t".join(COLUMNS))
    whole = dict.fromkeys(COLUMNS[2:9], 0)
    for name, style, content, truth in documents(sys.argv[1:]):
        start = time.perf_counter()
        try:
            transcript = transcribe(law, kinds.read(name, content))
        except Refusal as refusal:
            print(f"{name}\t{style}\t{refusal.text.source}")
            continue
        milliseconds = round(1000 * (time.perf_counter() - start))
        numbers = counts(transcript, truth)
        whole = {key: whole[key] + number for key, number in numbers.items()}
        print("\t".join(map(str, (name, style, *numbers.values(), milliseconds))))
    print("\t".join(map(str, ("all", "", *whole.values()))))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    decided = whole["cells"] - whole["undecided"]
    print(
        f"{100 * whole['right'] / decided:.2f} % of the decidable cells right, {whole['wrong']} wrong, {megabytes} MB at most"
    )


if __name__ == "__main__":
    main()
