"""`charts:` and `chain:` of generator/formats/concepts.yaml to what the Law says of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load.stated import text
from generator.model.finding import Text
from generator.model.law import ChainPlan, ChartKind, ChartPlan, Law, Named
from generator.model.source import Fields, Items, Node


def read_charts(node: Node | None) -> tuple[ChartPlan, ...]:
    """The charts of an agency's page, in order."""
    return tuple(_chart(item) for item in node.items if isinstance(item, Fields)) if isinstance(node, Items) else ()


def read_chain(node: Node | None) -> ChainPlan | None:
    """The figures of the carry-over chain; None where the law states none."""
    if not isinstance(node, Fields):
        return None
    return ChainPlan(*(_named(node.get(place)) for place in ("opening", "incoming", "closed", "closing")))


def chart_problems(law: Law) -> Iterator[str]:
    """What charts and chain contradict: a figure that no form prints, figures of several units, one that may be negative, one id twice."""
    groups = {f"chart {one.id}": (*one.series, *((one.total,) if one.total else ())) for one in law.charts}
    if len(groups) < len(law.charts):
        yield "concepts.yaml: two charts have one id"
    if law.chain:
        groups["chain"] = (law.chain.opening, law.chain.incoming, law.chain.closed, law.chain.closing)
    for place, named in groups.items():
        yield from (
            f"concepts.yaml: {place}: no form prints {one.key or 'a figure without key'}" for one in named if not _printed(law, one.key)
        )
        concepts = [concept for one in named if (concept := law.concept(one.key))]
        if len({concept.unit for concept in concepts}) > 1:
            yield f"concepts.yaml: {place}: figures of several units"
        cells = [form.cells[form.by_concept[one.key]] for form in law.formats for one in named if one.key in form.by_concept]
        yield from (
            f"concepts.yaml: {place}: {cell.concept} may be negative" for cell in cells if cell.column.negative or cell.row.negative
        )


def _printed(law: Law, key: str) -> bool:
    """Whether any form prints a figure, or the parts that add up to it."""
    concept = law.concept(key)
    if concept is None:
        return False
    keys = {key} | {part + key.removeprefix(concept.id) for part in concept.sums}
    return any(keys & set(form.by_concept) for form in law.formats)


def _chart(row: Fields) -> ChartPlan:
    listed, total = row.get("series"), row.get("total")
    return ChartPlan(
        text(row.get("id")),
        _words(row),
        ChartKind(text(row.get("kind"))),
        tuple(_named(item) for item in listed.items) if isinstance(listed, Items) else (),
        _named(total) if total else None,
    )


def _named(node: Node | None) -> Named:
    return Named(text(node.get("key")), _words(node)) if isinstance(node, Fields) else Named("", Text("", ""))


def _words(row: Fields) -> Text:
    return Text(text(row.get("zh")), text(row.get("en")))
