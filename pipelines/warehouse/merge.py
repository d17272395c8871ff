"""What was made anew of a part of the warehouse is put into the whole of it, in the place of what was there."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines.registry.tables import tables
from pipelines.warehouse.database import attach, count_rows

SLICE = "part"
"""The name of the file in which the part is; what it replaces is told by its tables slice.report and slice.body."""


def attach_slice(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Let a connection read the part under its name."""
    attach(connection, path, SLICE)


def merge_table(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Put a table of the part into the whole and return the number of its rows there.

    How is declared with the table: by report, by body, row by row; declared facts are the same in both.
    """
    how = tables()[name].slice
    if how in {"report", "body"}:
        column = f"{how}_id"
        connection.execute(f"DELETE FROM {name} WHERE {column} IN (SELECT {column} FROM {SLICE}.slice.{how})")
        connection.execute(f"INSERT INTO {name} BY NAME FROM {SLICE}.{name}")
    elif how == "whole":
        merge_rows(connection, name, f"FROM {SLICE}.{name}")
    return count_rows(connection, name)


def merge_rows(connection: duckdb.DuckDBPyConnection, name: str, wanted: str, only: str = "true") -> None:
    """Make the rows of a table those of a query, writing no more than what differs; `only` says which it is about."""
    names = ", ".join(f'"{column.name}"' for column in tables()[name].columns)
    key = ", ".join(f'"{column}"' for column in tables()[name].key)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT {names} FROM ({wanted})")
    stored = f"SELECT {names} FROM {name} WHERE {only}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE coming AS FROM wanted EXCEPT ({stored})")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE going AS SELECT {key} FROM (({stored}) EXCEPT FROM wanted)")
    connection.execute(f"DELETE FROM {name} WHERE {only} AND ({key}) IN (SELECT {key} FROM going)")
    connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM coming ORDER BY {key}")


def merge_years(connection: duckdb.DuckDBPyConnection, name: str, select: str, years: Iterable[int]) -> int:
    """Make the rows of some years anew from a SELECT over the whole and return the number of rows of the table."""
    listed = ", ".join(map(str, sorted(years)))
    if listed:
        merge_rows(
            connection, name, f"SELECT * FROM ({select}) WHERE time_period IN ({listed})", f"time_period IN ({listed})"
        )
    return count_rows(connection, name)
