"""JSON Schema (draft 2020-12) of the files of a site: editors complete, explain and check them.

Made from the forms and from the loader's own key tables, so that editors accept what the loader
accepts. A schema checks less than `gongkai check`, which alone knows that a key is missing or that
figures do not add up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.inspection import law_of
from generator.language import references
from generator.load import agency, corrections, report, rules, settings, transcription
from generator.load.keys import Key, Keys
from generator.model.format import Format
from generator.model.law import Law, Rule
from generator.schema.names import NOTHING, Schema, choice, keys, several
from generator.schema.rows import Rows
from generator.schema.values import fields, listing, or_nothing, value

FOLDER = ".schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def file_name(kind: str) -> str:
    """The file with the schema of a kind: `agency`, `site`, or `report-` and the id of a form."""
    return f"{kind}.schema.json"


def modeline(kind: str, depth: int) -> str:
    """The first line of a YAML file `depth` folders below the root: it names the file's schema."""
    return f"# yaml-language-server: $schema={'../' * depth}{FOLDER}/{file_name(kind)}\n"


def write(folder: Path, root: Path) -> list[Path]:
    """The schema files of a site's law, written into a folder that is made when missing.

    The same bytes always for one law.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    law, _ = law_of(root)
    for name, text in _files(law).items():
        path = folder / name
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def _files(law: Law) -> Mapping[str, str]:
    """File name → text of each schema."""
    schemas = {f"report-{form.id}": report_schema(form, law) for form in law.formats}
    schemas |= {"agency": agency_schema(), "site": site_schema(law)}
    return {
        file_name(kind): json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for kind, schema in schemas.items()
    }


def report_schema(form: Format, law: Law) -> Schema:
    """The schema of a report.yaml in this form."""
    definitions: Schema = {"cell": _cell(form)}
    for table in form.tables:
        definitions |= Rows(form, table, law).definitions()
    number = [int(form.id)] if form.id.isdecimal() else []
    values = {
        "year": _year(form),
        "format": {"enum": [form.id, *number, *NOTHING]},
        "transcribed": or_nothing(_transcribed(form)),
        "explanations": several({"$ref": "#/$defs/explanation"}),
        "corrections": several({"$ref": "#/$defs/correction"}),
    }
    entries: list[tuple[Iterable[str], Schema, bool]] = []
    for name, key in report.KEYS.by_name.items():
        definitions[f"report.{name}"] = value(key, values.get(name))
        entries.append((key.spellings, {"$ref": f"#/$defs/report.{name}"}, True))
    for table in form.tables:
        spellings = (table.short or table.label, *table.words)
        entries.append((spellings, {"$ref": f"#/$defs/{table.id}"}, True))
    definitions["explanation"] = _explanation(law)
    definitions["correction"] = _correction()
    definitions["change"] = _change()
    file = _file(f"report.yaml（{form.id}）", form.title, keys(entries))
    return file | {"$defs": definitions}


def agency_schema() -> Schema:
    """The schema of an agency.yaml."""
    return _file("agency.yaml", "机关", fields(agency.AGENCY))


def site_schema(law: Law) -> Schema:
    """The schema of a site.yaml."""
    rule_keys = keys(((rule.id,), _rule(rule), True) for rule in law.rules.values())
    return _file("site.yaml", "站点设置", fields(settings.SITE, {"rules": or_nothing(rule_keys)}))


def _rule(rule: Rule) -> Schema:
    """What a site may change about a rule: its severity alone, or a mapping."""
    key_table = dict(rules.KEYS.by_name)
    values: dict[str, Schema] = {}
    for name, threshold in rule.thresholds.items():
        key_table[name] = Key((name, threshold.word), f"不写时为 {threshold.value}。")
        values[name] = {"type": ["number", "string"]}
    for name in ("words", "innocent"):
        values[name] = listing({"type": "string"})
    return {
        "title": f"{rule.id} {rule.name.source}",
        "description": rule.manual.what.source if rule.manual else "",
        "anyOf": [choice(rules.SEVERITIES), fields(Keys(key_table), values)],
    }


def _file(title: str, description: str, schema: Schema) -> Schema:
    return {"$schema": DRAFT, "title": title, "description": description} | schema


def _year(form: Format) -> Schema:
    number: Schema = {"type": "integer", "minimum": form.first_year}
    if form.last_year:
        number["maximum"] = form.last_year
    return {"anyOf": [number, {"type": "string", "pattern": "^[0-9]{4}(?:年|年度)?$"}]}


def _cell(form: Format) -> Schema:
    """The name of a cell.

    Editors propose the names that sentences use. They accept any other spelling with a dot, which
    `gongkai check` then judges.
    """
    names = dict.fromkeys(f"{cell.row.name}.{cell.column.name}" for cell in form.cells.values())
    proposed = [name for name in names if references.resolve(form, name)]
    return {"anyOf": [{"enum": proposed}, {"type": "string", "pattern": "[.·．]"}]}


def _explanation(law: Law) -> Schema:
    names = [rule.name.source for rule in law.rules.values()]
    values: dict[str, Schema] = {
        "rule": {"enum": list(law.rules), "enumDescriptions": names},
        "cell": {"$ref": "#/$defs/cell"},
        "reason": {"type": "string", "minLength": report.SHORTEST_REASON},
    }
    return fields(report.EXPLANATION, values)


def _transcribed(form: Format) -> Schema:
    published = report.KEYS["published"].spellings
    omissions = choice(transcription.left_out_words(form, published))
    return fields(transcription.TRANSCRIBED, {"left_out": several(omissions)})


def _correction() -> Schema:
    return fields(
        corrections.CORRECTION,
        {"cells": several({"$ref": "#/$defs/change"}), "also": several({"type": "string"})},
    )


def _change() -> Schema:
    return fields(corrections.CHANGE, {"cell": {"$ref": "#/$defs/cell"}})
