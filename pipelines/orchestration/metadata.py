"""What Dagster's page shows of a table: rows, columns with their meaning, first rows, failing rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from pipelines.display.rows import plain
from pipelines.registry.tables import Table, tables
from pipelines.settings import Settings
from pipelines.warehouse.database import open_database

_FIRST = 5


def column_schema(table: Table) -> dg.TableSchema:
    """Return a declared table's columns, each with its comment in both languages."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(column.name, type=column.type.lower(), description=column.comment)
            for column in table.columns
        ]
    )


def table_metadata(settings: Settings, name: str, rows: int) -> dict[str, Any]:
    """Return the metadata of a table in the file that is being built."""
    schema = column_schema(tables()[name])
    with open_database(settings.building, read_only=True) as connection:
        cursor = connection.table(name).limit(_FIRST)
        names, values = cursor.columns, cursor.fetchall()
    return {
        "dagster/row_count": rows,
        "dagster/table_name": name,
        "dagster/column_schema": schema,
        "first_rows": markdown(names, values),
    }


def markdown(names: Sequence[str], rows: Iterable[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """Return rows as a markdown table, bars and line breaks made harmless."""
    lines = [_line(names), _line(["---"] * len(names)), *map(_line, rows)]
    return dg.MetadataValue.md("\n".join(lines))


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: object) -> str:
    return "" if cell is None else str(plain(cell)).replace("|", "\\|").replace("\n", " ")
