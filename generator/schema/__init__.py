"""JSON Schema (draft 2020-12) of the files of a site, so that an editor completes, explains and checks them while they are written.

Made from the forms and from the loader's own key tables: what the loader knows, an editor knows. A schema says less than a check:
that a key is there, and that figures add up, is for `gongkai check`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from generator.language import references
from generator.load import agency, corrections, report, rules, settings, transcription
from generator.model.format import Format
from generator.model.law import Law, Rule
from generator.pipeline import read_law
from generator.schema import meanings
from generator.schema.names import DAY, NOTHING, TEXT, Schema, choice, fields, keys, several, shown
from generator.schema.rows import Rows

FOLDER = ".schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
ADDRESS: Schema = {"type": ["string", "null"], "pattern": f"^(?:{settings.URL.pattern})?$"}


def file_name(kind: str) -> str:
    """The file that holds the schema of a kind: `agency`, `site`, or `report-` and the id of a form."""
    return f"{kind}.schema.json"


def modeline(kind: str, depth: int) -> str:
    """The first line of a YAML file `depth` folders below the site's root: where editors find its schema."""
    return f"# yaml-language-server: $schema={'../' * depth}{FOLDER}/{file_name(kind)}\n"


def write(folder: Path) -> list[Path]:
    """The schema files, written into a folder that is made when needed; the same bytes on every run."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _files().items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in _files()]


@lru_cache(maxsize=1)
def _files() -> Mapping[str, str]:
    law = read_law()
    made = {f"report-{form.id}": report_schema(form, law) for form in law.formats} | {"agency": agency_schema(), "site": site_schema(law)}
    return {file_name(kind): json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for kind, schema in made.items()}


def report_schema(form: Format, law: Law) -> Schema:
    """The schema of a report.yaml in this form."""
    definitions: Schema = {"cell": _cell(form)}
    for table in form.tables:
        definitions |= Rows(form, table, law).definitions()
    known = [(words, {"$ref": f"#/$defs/report.{key}"}, True) for key, words in report.KEYS.items()]
    tables = [((table.short or table.label, *table.words), {"$ref": f"#/$defs/{table.id}"}, True) for table in form.tables]
    values = {
        "year": _year(form),
        "format": {"enum": [form.id, *((int(form.id),) if form.id.isdecimal() else ()), *NOTHING]},
        "published": DAY,
        "signed": DAY,
        "transcribed": _or_nothing(_transcribed(form)),
        "explanations": several({"$ref": "#/$defs/explanation"}),
        "corrections": several({"$ref": "#/$defs/correction"}),
    }
    for key, words in report.KEYS.items():
        definitions[f"report.{key}"] = {"title": shown(words)[0], "description": meanings.REPORT[key]} | values.get(key, TEXT)
    definitions |= {"explanation": _explanation(law), "correction": _correction(), "change": _change()}
    return _file(f"report.yaml（{form.id}）", form.title, keys([*known, *tables])) | {"$defs": definitions}


def agency_schema() -> Schema:
    """The schema of an agency.yaml."""
    span = {"anyOf": [fields(agency.SPAN, meanings.SPAN, {"start": DAY, "end": DAY}), TEXT]}
    values: dict[str, Schema] = {
        "names": {"type": "array", "items": span},
        "parents": {"type": "array", "items": span},
        "kind": choice(agency.KINDS),
        "level": choice(agency.LEVELS),
        "roll_up": choice(agency.ROLL_UP),
        "former_slugs": {"type": "array", "items": TEXT},
        "events": several(fields(agency.EVENT, meanings.EVENT, {"date": DAY, "turn": choice(agency.TURNS), "bodies": several(TEXT)})),
        "contact": _or_nothing(fields(agency.CONTACT, meanings.CONTACT, {})),
    }
    return _file("agency.yaml", "机关", fields(agency.AGENCY, meanings.AGENCY, values))


def site_schema(law: Law) -> Schema:
    """The schema of a site.yaml."""
    day = {"type": ["string", "null"], "pattern": f"^(?:{settings.DAY.pattern})?$"}
    days = {key: f"{shown(words)[0]}的公开期限，如 01-31。" for key, words in agency.KINDS.items()}
    own = _or_nothing(fields(settings.OWN, meanings.SITE, {}))
    tongues = {key: f"{words[1]}页面上的标题、副标题和提示。" for key, words in settings.TONGUES.items()}
    policies = {key: f"有{shown(words)[0]}时怎样处置。" for key, words in settings.LEVEL_NAMES.items()}
    values = {
        "language": choice(settings.TONGUES),
        "languages": {"type": "array", "items": choice(settings.TONGUES)},
        "translations": _or_nothing(fields(settings.TONGUES, tongues, dict.fromkeys(tongues, own))),
        "base_url": ADDRESS,
        "host": _or_nothing(fields(settings.HOST, meanings.HOST, {"report_error_url": ADDRESS})),
        "deadlines": _or_nothing(fields(agency.KINDS, days, dict.fromkeys(days, day))),
        "collection": choice(settings.COLLECTIONS),
        "fail_on": choice(settings.LEVEL_NAMES),
        "policy": fields(settings.LEVEL_NAMES, policies, dict.fromkeys(policies, choice(settings.POLICIES))),
        "unconfirmed_notes": choice(settings.YES, True, False),
        "licence": _or_nothing(fields(settings.LICENCE, meanings.LICENCE, {"url": ADDRESS})),
        "data": _or_nothing(fields(settings.DATA, meanings.DATA, {"parquet": choice(settings.YES, True, False)})),
        "rules": _or_nothing(keys(((rule.id,), _rule(rule), True) for rule in law.rules.values())),
    }
    return _file("site.yaml", "站点设置", fields(settings.SITE, meanings.SITE, values))


def _rule(rule: Rule) -> Schema:
    """What a site may change about a rule."""
    what = rule.manual.what.zh if rule.manual else ""
    severity = choice(rules.SEVERITIES)
    meaning = {**meanings.RULE, **{name: f"不写时为 {one.value}。" for name, one in rule.thresholds.items()}}
    words = {**rules.KEYS, **{name: (name, one.word) for name, one in rule.thresholds.items()}}
    number = {"type": ["number", "string"]}
    values = dict.fromkeys(rule.thresholds, number)
    more = {"severity": severity, "explanation": choice(rules.DEMANDS), "words": {"type": "array", "items": {"type": "string"}}}
    return {"title": f"{rule.id} {rule.name.zh}", "description": what, "anyOf": [severity, fields(words, meaning, {**values, **more})]}


def _file(title: str, description: str, schema: Schema) -> Schema:
    return {"$schema": DRAFT, "title": title, "description": description} | schema


def _or_nothing(schema: Schema) -> Schema:
    """A mapping that may be left open: `联系方式:`."""
    return {"anyOf": [schema, {"enum": [*NOTHING]}]}


def _year(form: Format) -> Schema:
    number = {"type": "integer", "minimum": form.first_year} | ({"maximum": form.last_year} if form.last_year else {})
    return {"anyOf": [number, {"type": "string", "pattern": "^[0-9]{4}(?:年|年度)?$"}]}


def _cell(form: Format) -> Schema:
    """The name of a cell: those that sentences use are proposed, any other spelling with a dot is let through to the check."""
    names = dict.fromkeys(f"{cell.row.name}.{cell.column.name}" for cell in form.cells.values())
    proposed = [name for name in names if references.resolve(form, name)]
    return {"anyOf": [{"enum": proposed}, {"type": "string", "pattern": "[.·．]"}]}


def _explanation(law: Law) -> Schema:
    names = [rule.name.zh for rule in law.rules.values()]
    values: dict[str, Schema] = {
        "rule": {"enum": list(law.rules), "enumDescriptions": names},
        "cell": {"$ref": "#/$defs/cell"},
        "reason": {"type": "string", "minLength": report.SHORTEST_REASON},
    }
    return fields(report.EXPLANATION, meanings.EXPLANATION, values)


def _transcribed(form: Format) -> Schema:
    parts = choice(transcription.left_out_words(form, report.KEYS["published"]))
    values = {"wording": choice(transcription.WORDINGS), "left_out": several(parts)}
    return fields(transcription.TRANSCRIBED, meanings.TRANSCRIBED, values)


def _correction() -> Schema:
    return fields(corrections.CORRECTION, meanings.CORRECTION, {"date": DAY, "cells": several({"$ref": "#/$defs/change"})})


def _change() -> Schema:
    values: dict[str, Schema] = {"cell": {"$ref": "#/$defs/cell"}, "part": TEXT}
    return fields(corrections.CHANGE, meanings.CHANGE, values)
