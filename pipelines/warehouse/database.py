"""The DuckDB file, made from Parquet: tables with declared types and bilingual comments, readable by DuckDB 1.2 on."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.registry.tables import Table, tables
from pipelines.warehouse.columns import REPORT_TABLES, Columns
from pipelines.warehouse.parquet import arrow_schema, coming_files

SCHEMAS = ("core", "mart", "quality")
_STORAGE = "(STORAGE_VERSION 'v1.2.0', BLOCK_SIZE 16384)"


class TableError(ValueError):
    """A SELECT whose columns are not those that its table declares."""


def create_database(path: Path) -> None:
    """Make an empty warehouse file with its schemas, in place of any that is there."""
    clear(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_database(path) as connection:
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA {schema}")


@contextmanager
def open_database(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection whose own tables are those of a warehouse file."""
    with duckdb.connect(":memory:") as connection:
        options = "(READ_ONLY)" if read_only else _STORAGE
        connection.execute(f"ATTACH {_quoted(path)} AS warehouse {options}")
        connection.execute("USE warehouse")
        yield connection
        if not read_only:
            connection.execute("CHECKPOINT warehouse")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def create_table(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> int:
    """Make one declared table from a SELECT, sorted by its key, with comments; return its number of rows.

    Raises TableError where the SELECT has other columns than the table declares, or two rows with one key.
    """
    table = tables()[name]
    _check_columns(connection, table, select)
    columns = ", ".join(f"{_name(column.name)} {column.type}" for column in table.columns)
    key = ", ".join(map(_name, table.key))
    connection.execute(f"CREATE OR REPLACE TABLE {_qualified(table)} ({columns})")
    connection.execute(f"INSERT INTO {_qualified(table)} BY NAME SELECT * FROM ({_bare(select)}) ORDER BY {key}")
    _check_key(connection, table, key)
    _comment(connection, table)
    return _count(connection, f"SELECT count(*) FROM {_qualified(table)}")


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _bare(select: str) -> str:
    return select.strip().rstrip(";") + "\n"


def _name(identifier: str) -> str:
    return f'"{identifier}"'


def _qualified(table: Table) -> str:
    return f"{_name(table.schema)}.{_name(table.short_name)}"


def _check_columns(connection: duckdb.DuckDBPyConnection, table: Table, select: str) -> None:
    found = {row[0] for row in connection.execute(f"DESCRIBE {_bare(select)}").fetchall()}
    declared = {column.name for column in table.columns}
    if found != declared:
        raise TableError(
            f"{table.name}: its SELECT lacks {sorted(declared - found)} and has undeclared {sorted(found - declared)}; "
            "mend the SQL file or registry/tables.yml"
        )


def _check_key(connection: duckdb.DuckDBPyConnection, table: Table, key: str) -> None:
    twice = _count(
        connection,
        f"SELECT count(*) FROM (SELECT 1 FROM {_qualified(table)} GROUP BY {key} HAVING count(*) > 1)",
    )
    if twice:
        raise TableError(f"{table.name}: {twice} keys ({key}) stand in more than one row")


def _comment(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    connection.execute(f"COMMENT ON TABLE {_qualified(table)} IS {_text(table.comment)}")
    for column in table.columns:
        connection.execute(f"COMMENT ON COLUMN {_qualified(table)}.{_name(column.name)} IS {_text(column.comment)}")


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def give_parquet(connection: duckdb.DuckDBPyConnection, root: Path, spare: Path) -> None:
    """Tell the SQL files where the Parquet files of each table are; an empty file stands in where there is none."""
    for name in REPORT_TABLES:
        files = [str(path) for path in coming_files(root, name)] or [str(_empty(spare, name))]
        connection.execute(f"SET VARIABLE {tables()[name].short_name}_files = ?", [files])


def _empty(spare: Path, name: str) -> Path:
    path = spare / f"empty.{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(arrow_schema(tables()[name]).empty_table(), path)
    return path


def give(connection: duckdb.DuckDBPyConnection, name: str, columns: Columns, how: str = "given") -> None:
    """Let the SQL files read rows under the name `given_<table>`; their types are those of the declared table."""
    table = tables()[name]
    schema = pa.schema([field for field in arrow_schema(table) if field.name in columns])
    connection.register(f"{how}_{table.short_name}", pa.table(columns, schema=schema))


def give_rows(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, Sequence[str]]) -> None:
    """Let the SQL files read rows of text under the name `given_<name>`."""
    connection.register(
        f"given_{name}", pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    )


def publish(building: Path, published: Path) -> None:
    """Put a finished file in the place of the published one; whoever reads the old one reads on."""
    _journal(published).unlink(missing_ok=True)
    if published.is_dir() and not published.is_symlink():
        clear(published)
    building.replace(published)


def clear(path: Path) -> None:
    """Take away a warehouse file with its journal, or whatever else stands in its place."""
    _journal(path).unlink(missing_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _journal(path: Path) -> Path:
    """Return the file in which DuckDB keeps what is not yet in `path`; one that is left over would spoil a new file."""
    return path.with_name(path.name + ".wal")
