"""What describes an export: datapackage.json, CITATION.cff, README, and checksums."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipelines.export.cells import is_text
from pipelines.registry.publishing import dataflows, observation_statuses, publication
from pipelines.registry.tables import Column, Table
from pipelines.registry.units import units

PACKAGE, CITATION, README, SUMS = "datapackage.json", "CITATION.cff", "README.md", "SHA256SUMS"
_BRACKETS, _SEPARATORS = re.compile("（([^（）]+)）"), re.compile("[，、；\\s]")
_FIGURE = "DECIMAL(18,4)"
_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


class Edition(NamedTuple):
    """Which warehouse an export is of: its run, when that was, and the version of the program."""

    run_id: str
    finished: str
    version: str


class Reference(NamedTuple):
    """A column whose every value is a key of another table."""

    column: str
    table: str


def datapackage(
    edition: Edition, tables: Sequence[Table], rows: Mapping[str, int], references: Mapping[str, Sequence[Reference]]
) -> str:
    """Return the description of the CSV files of an export, as the data package standard has it."""
    said = publication()
    package = {
        "profile": "tabular-data-package",
        "name": "gongkai",
        "title": f"{said.title.zh} | {said.title.en}",
        "description": "\n\n".join(f"{words.zh}\n{words.en}" for words in (said.about, *said.notes)),
        "version": edition.run_id,
        "keywords": list(said.keywords),
        "contributors": [{"title": author, "role": "author"} for author in said.authors],
        "resources": [_resource(table, rows[table.name], references.get(table.name, ())) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, rows: int, references: Iterable[Reference]) -> dict[str, Any]:
    keys = [
        {"fields": [each.column], "reference": {"resource": resource_name(each.table), "fields": [each.column]}}
        for each in references
    ]
    named = {column.name for column in table.columns}
    fields = [_field(column) | _unit(column, measured="unit" in named) for column in table.columns]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key)}
    return {
        "name": resource_name(table.name),
        "title": table.comment,
        "path": f"csv/{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "rows": rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": schema | ({"foreignKeys": keys} if keys else {}) | {"missingValues": [""]},
    }


def resource_name(table: str) -> str:
    """Return the name of a table as the standard allows it.

    >>> resource_name("mart.website_weibo")
    'mart-website_weibo'
    """
    return table.replace(".", "-")


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "number"),
        "title": column.zh,
        "description": column.comment,
    }
    if field["type"] == "datetime":
        field["format"] = "any"
    return field | ({"textGuard": "'"} if is_text(column.type) else {})


def _unit(column: Column, *, measured: bool) -> dict[str, str]:
    """Return the unit that the meaning of a column names, or the column in which each row names its own."""
    words = (word for part in _BRACKETS.findall(column.zh) for word in _SEPARATORS.split(part))
    named = next((word for word in words if word in units()), "")
    if named and column.type.startswith(("DECIMAL", "INTEGER", "BIGINT")):
        return {"unit": units()[named]}
    return {"unitColumn": "unit"} if measured and column.type == _FIGURE else {}


def citation(edition: Edition) -> str:
    """Return how an export is cited, in the Citation File Format."""
    said = publication()
    told = {
        "cff-version": "1.2.0",
        "message": "引用数据时请写明版本 | When you use these data, cite them with their version",
        "type": "dataset",
        "title": f"{said.title.zh} | {said.title.en}",
        "abstract": f"{said.about.zh}\n{said.about.en}",
        "authors": [{"name": author} for author in said.authors],
        "keywords": list(said.keywords),
        "version": edition.run_id,
        "date-released": edition.finished[:10],
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)


def readme(edition: Edition, rows: Mapping[str, int], tables: Sequence[Table]) -> str:
    """Return what a person reads first: what it is, the tables, how to read the files."""
    said = publication()
    notes = [f"* {note.zh}\n  {note.en}" for note in said.notes]
    listed = [f"| `{table.name}` | {rows[table.name]} | {table.zh} | {table.en} |" for table in tables]
    letters = [f"| `{each.status}` | {each.code} | {each.zh} | {each.en} |" for each in observation_statuses()]
    flows = [f"* `sdmx/{name}.csv`: {flow.id}" for name, flow in dataflows().items() if name in rows]
    parts = (
        f"# {said.title.zh}\n\n{said.title.en}",
        f"{said.about.zh}\n{said.about.en}",
        f"版本 version {edition.run_id}（{edition.finished}），gongkai {edition.version}",
        "\n".join(("| 表 table | 行 rows | 一行是 | one row is |", "|---|---|---|---|", *listed)),
        "\n".join(notes),
        "\n".join(("## OBS_STATUS", "", *flows)),
        "\n".join(("| status | SDMX | 含义 | meaning |", "|---|---|---|---|", *letters)),
    )
    return "\n\n".join(parts) + "\n"


def checksums(folder: Path) -> str:
    """Return the SHA-256 of every file of a folder, as `sha256sum --check` reads it."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())
    return "".join(f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files if path.name != SUMS)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
