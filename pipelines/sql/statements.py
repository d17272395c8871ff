"""The SQL files, with the tables each one reads taken from its parse tree."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).parent
SCHEMAS = ("core", "quality", "mart", "diff")


class StatementError(ValueError):
    """A SQL file that is not exactly one SELECT, or reads a table that no file makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL file: the table it makes (`mart.yoy`), its text, and the tables of ours that it reads."""

    name: str
    text: str
    reads: frozenset[str]


def tables_read(text: str, where: str) -> frozenset[str]:
    """Return the schema-qualified tables that a SELECT reads, from its parse tree and without binding it.

    Raises StatementError where the text is no single SELECT.

    >>> sorted(tables_read("SELECT * FROM core.report JOIN mart.yoy USING (body_id)", "here"))
    ['core.report', 'mart.yoy']
    """
    row = duckdb.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone()
    tree = json.loads(row[0] if row else "{}")
    if tree.get("error", True) or len(tree.get("statements", ())) != 1:
        raise StatementError(f"{where}: not exactly one SELECT: {tree.get('error_message', 'several statements')}")
    return frozenset(_base_tables(tree))


def _base_tables(node: Any) -> Iterator[str]:  # noqa: ANN401 - a parse tree is nested lists and dicts
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name") in SCHEMAS:
            yield f"{node['schema_name']}.{node['table_name']}"
        for child in node.values():
            yield from _base_tables(child)
    elif isinstance(node, list):
        for child in node:
            yield from _base_tables(child)


@cache
def statements(folder: str) -> dict[str, Statement]:
    """Return the statements of one folder (core, quality, mart, query, dashboard) by table name, sorted."""
    found = {}
    for path in sorted((FOLDER / folder).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        name = f"{folder}.{path.stem}"
        found[name] = Statement(name=name, text=text, reads=tables_read(text, f"sql/{folder}/{path.name}"))
    return found


@cache
def in_order(folder: str) -> tuple[Statement, ...]:
    """Return the statements of a folder so that each comes after those of the folder that it reads."""
    found = statements(folder)
    order = TopologicalSorter({name: sorted(each.reads & set(found)) for name, each in found.items()})
    return tuple(found[name] for name in order.static_order())
