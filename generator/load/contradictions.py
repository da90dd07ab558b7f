"""Contradictions between the files of the law, each a FormatDefect with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from generator.language import identity, labels, references
from generator.language.sentence import listed, sentence
from generator.load.report import KEYS
from generator.load.stated import FormatDefect
from generator.model.claim import Claim, Claims
from generator.model.finding import Location
from generator.model.format import Format, Heading, Identity, Table
from generator.model.law import Concept, Law, Named, Rule
from generator.model.profile import Profile

# A fragment of a claim's pattern may hold another; this deep.
NESTED_FRAGMENTS = 3
QUANTITIES = {"any": ".", "n": "(?P<n>.)", "m": "(?P<m>.)"}
CALENDAR = ("year", "previous", "following")


def contradictions(law: Law) -> Iterator[FormatDefect]:
    """Everything that is wrong with a law whose files could be read."""
    yield from _of_years(law.formats)
    for form in law.formats:
        yield from _of_cells(law, form)
        yield from _of_identities(law, form)
        yield from _of_expectations(law, form)
        yield from _of_sections(form)
        yield from _of_groups(law, form)
        for table in form.tables:
            yield from _of_table(form, table)
    yield from _of_sums(law)
    yield from _of_rules(law)
    yield from _of_profiles(law)
    yield from _of_claims(law)
    yield from _of_charts(law)


def withdrawn(shipped: Law, law: Law) -> Iterator[FormatDefect]:
    """Rules, thresholds and lists that the program needs and a site's replacements leave out.

    The code asks rules for their thresholds and words by name.
    """
    for rule_id, rule in shipped.rules.items():
        replacement = law.rules.get(rule_id)
        if replacement is None:
            message = sentence(
                "替换以后没有了规则 {rule_id}，程序要用它；不想用的规则在 site.yaml 里关闭",
                rule_id=rule_id,
            )
            yield FormatDefect(Location("formats"), message)
            continue
        yield from _names_left_out(rule, replacement)


def _names_left_out(rule: Rule, replacement: Rule) -> Iterator[FormatDefect]:
    for key, names, present in (
        ("thresholds", rule.thresholds, replacement.thresholds),
        ("lists", rule.lists, replacement.lists),
    ):
        missing = [name for name in names if name not in present]
        if missing:
            message = sentence(
                "{rule} 的 {key} 缺少 {names}", rule=rule.id, key=key, names=listed(missing)
            )
            yield FormatDefect(replacement.at, message)


def _of_years(forms: Sequence[Format]) -> Iterator[FormatDefect]:
    """Two forms for one year."""
    for older, newer in pairwise(forms):
        overlaps = older.last_year is not None and older.last_year >= newer.first_year
        if overlaps or older.first_year == newer.first_year:
            message = sentence(
                "{newer} 和 {older} 两个格式都用于 {first_year} 年度",
                newer=newer.id,
                older=older.id,
                first_year=newer.first_year,
            )
            yield FormatDefect(newer.at, message)


def _of_cells(law: Law, form: Format) -> Iterator[FormatDefect]:
    """Cells without a concept, with another unit than their concept, or with an address twice."""
    addresses = Counter(
        f"{table.id}.{row.path}.{column.path}"
        for table in form.tables
        for block in table.blocks
        for row in block.leaf_rows
        for column in block.leaf_columns
    )
    wrong: set[Heading] = set()  # One problem of a row or column is told once, not for every cell.
    for address, cell in form.cells.items():
        concept = law.concept(cell.concept)
        if not wrong.isdisjoint((cell.row, cell.column)):
            continue
        if addresses[address] > 1:
            wrong.add(cell.row)
            message = sentence("{form} 格式里有两格都是 {address}", form=form.id, address=address)
            yield FormatDefect(cell.row.at, message)
        if concept is None:
            wrong.add(cell.row)
            message = sentence(
                "{form} 格式的 {address} 没有含义：请在 concepts 下写 {concept}，或用 concept 指明",
                form=form.id,
                address=cell.address,
                concept=cell.concept,
            )
            yield FormatDefect(cell.row.at, message)
        elif cell.column.unit != concept.unit:
            wrong.add(cell.column)
            message = sentence(
                "{form} 格式的 {address} 单位是“{unit}”，它的含义的单位是“{meaning_unit}”；"
                "单位不同的是另一个含义",
                form=form.id,
                address=cell.address,
                unit=cell.column.unit,
                meaning_unit=concept.unit,
            )
            yield FormatDefect(cell.column.at, message)
    yield from _bound_twice(form)


def _bound_twice(form: Format) -> Iterator[FormatDefect]:
    bound: dict[str, str] = {}
    for address, cell in form.cells.items():
        first_address = bound.setdefault(cell.concept, address)
        if first_address != address:
            message = sentence(
                "{form} 格式的 {first_address} 和 {address} 是同一个含义 {concept}",
                form=form.id,
                first_address=first_address,
                address=address,
                concept=cell.concept,
            )
            yield FormatDefect(cell.row.at, message)


def _of_identities(law: Law, form: Format) -> Iterator[FormatDefect]:
    applied = {id(instance.identity) for instance in identity.instances(form)}
    for stated in form.identities:
        for rule in (stated.rule, stated.counted_twice, stated.swapped):
            if rule and rule not in law.rules:
                yield _unknown_rule(rule, stated.at)
        if id(stated) not in applied:
            yield _without_place(stated)


def _without_place(stated: Identity) -> FormatDefect:
    return FormatDefect(
        stated.at,
        sentence("没有哪一行或列具备算式的全部各项：{formula}", formula=stated.formula),
    )


def _of_expectations(law: Law, form: Format) -> Iterator[FormatDefect]:
    sections = {section.id for section in form.sections}
    for expectation in form.expectations:
        if expectation.rule not in law.rules:
            yield _unknown_rule(expectation.rule, expectation.at)
        if expectation.section not in sections:
            message = sentence(
                "{form} 格式没有“{section}”这一部分", form=form.id, section=expectation.section
            )
            yield FormatDefect(expectation.at, message)


def _unknown_rule(rule: str, at: Location) -> FormatDefect:
    return FormatDefect(at, sentence("没有规则 {rule}", rule=rule))


def _of_sections(form: Format) -> Iterator[FormatDefect]:
    """Sections and tables that do not match, and titles that cannot be told apart."""
    printed = Counter(section.table for section in form.sections if section.table)
    tables = {table.id for table in form.tables}
    for section in form.sections:
        if section.table and section.table not in tables:
            message = sentence("没有“{table}”这张表", table=section.table)
            yield FormatDefect(section.at, message)
    for table in form.tables:
        if printed[table.id] != 1:
            message = sentence(
                "“{table}”这张表应由一个部分（sections 的 table）印出，而且只有一个", table=table.id
            )
            yield FormatDefect(table.at, message)
    ids = Counter([section.id for section in form.sections])
    ids.update(f"{table.id} " for table in form.tables)
    for name, count in ids.items():
        if count > 1:
            message = sentence(
                "{form} 格式里“{identifier}”这个 id 用了两次", form=form.id, identifier=name.strip()
            )
            yield FormatDefect(form.at, message)
    titles = {section.id: (section.title, *section.aliases) for section in form.sections}
    yield from _same_spelling(form.at, titles)
    # The keys of report.yaml stand beside its tables.
    tables_and_keys = {f"the key {name}": spellings for name, spellings in KEYS.words.items()}
    tables_and_keys |= {table.id: table.words for table in form.tables}
    yield from _same_spelling(form.at, tables_and_keys)


def _same_spelling(at: Location, spellings: Mapping[str, Iterable[str]]) -> Iterator[FormatDefect]:
    try:
        labels.index(spellings)
    except ValueError as error:
        yield FormatDefect(at, sentence("同一个写法用于两处：{error}", error=error))


def _of_table(form: Format, table: Table) -> Iterator[FormatDefect]:
    """One label or spelling for two rows, and summaries of cells that are not there."""
    yield from _same_labels(form, table)
    for block in table.blocks:
        for level in (block.leaf_columns, *_levels(block.rows)):
            spellings = {heading.path or heading.label: heading.words for heading in level}
            yield from _same_spelling(level[0].at, spellings)
    in_each = [set(references.REFERENCE.findall(text)) for text in table.summary.texts]
    anywhere = set().union(*in_each)
    in_some = anywhere - in_each[0].intersection(*in_each)
    for reference in sorted(anywhere):
        if references.resolve(form, f"{table.id}.{reference}") is None:
            message = sentence(
                "{form}：{table} 的概述提到 {reference}，没有这一格",
                form=form.id,
                table=table.id,
                reference=reference,
            )
            yield FormatDefect(table.at, message)
    if in_some:
        difference = ", ".join(sorted(in_some))
        message = sentence(
            "{form}：{table} 的概述，中英文说的不是同样的格：{difference}",
            form=form.id,
            table=table.id,
            difference=difference,
        )
        yield FormatDefect(table.at, message)


def _same_labels(form: Format, table: Table) -> Iterator[FormatDefect]:
    headings: dict[str, Heading] = {}
    for block in table.blocks:
        for row in block.leaf_rows:
            label = labels.normal(row.label)
            if headings.setdefault(label, row) is not row:
                message = sentence(
                    "{form}：{table} 有两行都叫“{label}”", form=form.id, table=table.id, label=label
                )
                yield FormatDefect(row.at, message)


def _levels(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, ...]]:
    yield headings
    for heading in headings:
        if heading.children:
            yield from _levels(heading.children)


def _of_sums(law: Law) -> Iterator[FormatDefect]:
    for concept in law.concepts.values():
        for addend in concept.sums:
            if addend not in law.concepts:
                message = sentence(
                    "{concept} 的 sums 提到 {addend}，没有这个含义",
                    concept=concept.id,
                    addend=addend,
                )
                yield FormatDefect(concept.at, message)


def _of_groups(law: Law, form: Format) -> Iterator[FormatDefect]:
    """Rows of a group whose sum is a concept, and that are not in the sum."""
    rows = {cell.concept.rpartition(".")[0]: cell.row for cell in form.cells.values()}
    for concept in law.concepts.values():
        addends = (*concept.sums, *concept.added)
        if concept.id in rows or not all(addend in rows for addend in concept.sums):
            continue
        for row_id, row in rows.items():
            if concept.sums and row_id.startswith(f"{concept.id}.") and row_id not in addends:
                message = sentence(
                    "{form}：{row_id} 在 {concept} 这一组里，却不在它的合计里：请在它的含义里写 "
                    "adds_to: {concept}",
                    form=form.id,
                    row_id=row_id,
                    concept=concept.id,
                )
                yield FormatDefect(row.at, message)


def _of_rules(law: Law) -> Iterator[FormatDefect]:
    forms = {form.id for form in law.formats}
    for rule in law.rules.values():
        for form in rule.by_form:
            if form not in forms:
                message = sentence(
                    "{rule} 的 by_form 提到 {form}，没有这个格式", rule=rule.id, form=form
                )
                yield FormatDefect(rule.at, message)


def _of_profiles(law: Law) -> Iterator[FormatDefect]:
    """Profiles that speak of unknown rules, sections or numbers of a rule."""
    for profile in law.profiles.values():
        yield from _of_wishes(law, profile)
        yield from _of_changes(law, profile)
        for item in profile.items:
            for rule in item.rules:
                if rule not in law.rules:
                    yield _unknown_rule(rule, item.at)


def _of_wishes(law: Law, profile: Profile) -> Iterator[FormatDefect]:
    sections = {section.id for form in law.formats for section in form.sections}
    for expectation in profile.expectations:
        if expectation.rule not in law.rules:
            yield _unknown_rule(expectation.rule, expectation.at)
        if expectation.section not in sections:
            text = sentence("没有“{section}”这一部分", section=expectation.section)
            yield FormatDefect(expectation.at, text)


def _of_changes(law: Law, profile: Profile) -> Iterator[FormatDefect]:
    for rule, change in profile.changes.items():
        if rule not in law.rules:
            yield _unknown_rule(rule, profile.at)
            continue
        for name in change.thresholds.keys() - law.rules[rule].thresholds.keys():
            text = sentence("规则 {rule} 没有“{name}”这个数", rule=rule, name=name)
            yield FormatDefect(profile.at, text)


def _of_claims(law: Law) -> Iterator[FormatDefect]:
    """Claims of unknown rules, topics, sections and figures, and patterns that are none."""
    claims = law.claims
    topics = {name for name, _ in claims.topics}
    sections = {section.id for form in law.formats for section in form.sections}
    for claim in claims.claims:
        if claim.rule not in law.rules:
            yield _unknown_rule(claim.rule, claim.at)
        if claim.topic and claim.topic not in topics:
            message = sentence("没有“{topic}”这个话题", topic=claim.topic)
            yield FormatDefect(claim.at, message)
        if claim.section and claim.section not in sections:
            message = sentence("没有“{section}”这一部分", section=claim.section)
            yield FormatDefect(claim.at, message)
        yield from _of_claimed_figures(law, claim)
        for pattern in (claim.says, claim.unless, claim.opens, claim.before):
            yield from _of_pattern(claims, pattern, claim.at)
    for name, pattern in claims.topics:
        for defect in _of_pattern(claims, pattern, Location("formats")):
            message = sentence("话题 {name}：{defect}", name=name, defect=defect.text)
            yield FormatDefect(defect.at, message)


def _of_claimed_figures(law: Law, claim: Claim) -> Iterator[FormatDefect]:
    listed = tuple(word.equals for word in claim.listed)
    totals = (*claim.equals, *claim.second, *listed)
    concepts = {concept for form in law.formats for concept in form.by_concept}
    for key in chain.from_iterable(totals):
        if not any(_stands_for(key, concept) for concept in concepts):
            message = sentence("没有哪个格式印有 {key}", key=key)
            yield FormatDefect(claim.at, message)


def _stands_for(key: str, concept: str) -> bool:
    """Whether a key is a figure, a row of it, or a group of rows with it.

    `t.refused.total` is the group of `t.refused.x.total`.
    """
    if concept == key or concept.startswith(f"{key}."):
        return True
    row, _, column = key.rpartition(".")
    return concept.startswith(f"{row}.") and concept.endswith(f".{column}")


def _of_pattern(claims: Claims, pattern: str, at: Location) -> Iterator[FormatDefect]:
    """Patterns that are no regular expression once their fragments are filled in."""
    values = dict(claims.fragments) | dict.fromkeys(CALENDAR, "2000") | QUANTITIES
    text = pattern
    for _ in range(NESTED_FRAGMENTS):
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        yield FormatDefect(
            at, sentence("不是正则表达式（{error}）：{pattern}", error=error, pattern=pattern)
        )


def _of_charts(law: Law) -> Iterator[FormatDefect]:
    """Charts and chain of figures that no form prints, of several units, or below zero."""
    plans: list[tuple[str, tuple[Named, ...]]] = []
    for chart in law.charts:
        total = (chart.total,) if chart.total else ()
        plans.append((f"chart {chart.id}", (*chart.series, *total)))
    if law.chain:
        plan = law.chain
        plans.append(("chain", (plan.opening, plan.incoming, plan.closed, plan.closing)))
    for name, figures in plans:
        for figure in figures:
            yield from _of_drawn_figure(law, name, figure)
        concepts = [law.concept(figure.key) for figure in figures]
        if len({concept.unit for concept in concepts if concept}) > 1:
            message = sentence("{name}：各数字的单位不同", name=name)
            yield FormatDefect(figures[0].at, message)
    for key in (*law.headline, *law.columns):
        if not _printed(law, key):
            message = sentence("headline、columns：没有哪个格式印有 {key}", key=key)
            yield FormatDefect(Location("formats"), message)


def _of_drawn_figure(law: Law, name: str, figure: Named) -> Iterator[FormatDefect]:
    if not _printed(law, figure.key):
        message = sentence("{name}：没有哪个格式印有 {key}", name=name, key=figure.key)
        yield FormatDefect(figure.at, message)
    for form in law.formats:
        if figure.key not in form.by_concept:
            continue
        cell = form.cells[form.by_concept[figure.key]]
        if cell.column.negative or cell.row.negative:
            message = sentence("{name}：{concept} 可以是负数", name=name, concept=cell.concept)
            yield FormatDefect(figure.at, message)


def _printed(law: Law, key: str) -> bool:
    """Whether any form prints a figure, or the addends of it."""
    concept = law.concept(key)
    if concept is None:
        return False
    column = key.removeprefix(concept.id)
    keys = {key} | {addend + column for addend in concept.sums}
    return any(not keys.isdisjoint(form.by_concept) for form in law.formats)


def undeclared(law: Law) -> Iterator[FormatDefect]:
    """Headings whose label differs from an older form's for the same concept, without a reason.

    A word is `same` or `breaks` of the heading, or a break of the concept in the years between.
    """
    for index, form in enumerate(law.formats):
        older_forms = tuple(reversed(law.formats[:index]))
        problems: dict[Heading, FormatDefect] = {}
        for cell in form.cells.values():
            older = next((old for old in older_forms if cell.concept in old.by_concept), None)
            if older is None or _shifts_between(law.entry(cell.concept), older, form):
                continue
            old_cell = older.cells[older.by_concept[cell.concept]]
            leaves = [(cell.row, old_cell.row)]
            column = law.concepts.get(f"{cell.table}.*.{cell.column.concept_path}")
            if not _shifts_between(column, older, form):
                leaves.append((cell.column, old_cell.column))
            for leaf, old_leaf in leaves:
                for heading, old_heading in _renamed(form, leaf, older, old_leaf):
                    problems.setdefault(heading, _without_word(heading, old_heading, older))
        yield from problems.values()


def _shifts_between(concept: Concept | None, older: Format, newer: Format) -> bool:
    """Whether the law says that a meaning has shifted between two forms."""
    shifts = concept.breaks if concept else ()
    return any(older.first_year < shift.start <= newer.first_year for shift in shifts)


def _renamed(
    form: Format, leaf: Heading, older: Format, old_leaf: Heading
) -> Iterator[tuple[Heading, Heading]]:
    """A heading and those above it that have another label in the older form and say nothing."""
    lineage = lineages(form)[leaf]
    old_lineage = lineages(older)[old_leaf]
    old_headings = {heading.path: heading for heading in old_lineage[:-1]}
    above = [heading for heading in lineage[:-1] if heading.path in old_headings]
    pairs = [(heading, old_headings[heading.path]) for heading in above]
    for heading, old_heading in ((leaf, old_leaf), *pairs):
        renamed = labels.normal(heading.label) != labels.normal(old_heading.label)
        if renamed and not heading.same and not heading.breaks:
            yield heading, old_heading


def _without_word(heading: Heading, old_heading: Heading, older: Format) -> FormatDefect:
    return FormatDefect(
        heading.at,
        sentence(
            "“{heading}”在 {older} 格式里是“{old_heading}”：含义不变的写 same: "
            "理由，含义变了的写 breaks",
            heading=heading.label,
            older=older.id,
            old_heading=old_heading.label,
        ),
    )


@lru_cache(maxsize=32)
def lineages(form: Format) -> Mapping[Heading, tuple[Heading, ...]]:
    """Each row and column with figures → the headings with an id above it, and itself."""
    result: dict[Heading, tuple[Heading, ...]] = {}
    for table in form.tables:
        for block in table.blocks:
            for top in (*block.rows, *block.columns):
                result.update(_below(top, ()))
    return result


def _below(
    heading: Heading, above: tuple[Heading, ...]
) -> Iterator[tuple[Heading, tuple[Heading, ...]]]:
    lineage = (*above, heading) if heading.path else above
    if not heading.children:
        yield heading, lineage
    for child in heading.children:
        yield from _below(child, lineage)
