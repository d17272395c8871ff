"""The DuckDB file, made from Parquet: tables with declared types and bilingual comments, readable by DuckDB 1.2 on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.registry.tables import Table, tables
from pipelines.warehouse.columns import REPORT_TABLES, Columns, bucket_of
from pipelines.warehouse.parquet import Partition, arrow_schema, coming_files
from pipelines.warehouse.publication import clear

SCHEMAS = ("core", "mart", "quality")
_STORAGE = "(STORAGE_VERSION 'v1.2.0', BLOCK_SIZE 16384)"


class TableError(ValueError):
    """A SELECT whose columns are not those that its table declares."""


def create_database(path: Path) -> None:
    """Make an empty warehouse file with its schemas, in place of any that is there."""
    clear(journal(path))
    clear(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_database(path) as connection:
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA {schema}")


@contextmanager
def open_database(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection whose own tables are those of a warehouse file."""
    with duckdb.connect(":memory:") as connection:
        attach(connection, path, "warehouse", read_only=read_only)
        connection.execute("USE warehouse")
        yield connection
        if not read_only:
            connection.execute("CHECKPOINT warehouse")


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, *, read_only: bool = True) -> None:
    """Let a connection read the tables of another warehouse file under the name `name`."""
    connection.execute(f"ATTACH {_quoted(path)} AS {name} {'(READ_ONLY)' if read_only else _STORAGE}")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def create_table(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> int:
    """Make one declared table from a SELECT, sorted by its key, with comments; return its number of rows.

    Raises TableError where the SELECT has other columns than the table declares, or two rows with one key.
    """
    table = tables()[name]
    _check_columns(connection, table, select)
    key = ", ".join(map(_name, table.key))
    _create(connection, table)
    connection.execute(f"INSERT INTO {_qualified(table)} BY NAME SELECT * FROM ({_bare(select)}) ORDER BY {key}")
    _check_key(connection, table, key)
    return count_rows(connection, _qualified(table))


def ensure_table(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make one declared table without rows where it is not there."""
    table = tables()[name]
    found = (
        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ? AND table_name = ?"
    )
    if not connection.execute(found, [table.schema, table.short_name]).fetchall():
        _create(connection, table)


def add_rows(connection: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Add rows to a declared table, and see that no two have one key."""
    table = tables()[name]
    key = ", ".join(map(_name, table.key))
    connection.register("added", _arrow(table, columns))
    connection.execute(f"INSERT INTO {_qualified(table)} BY NAME SELECT * FROM added ORDER BY {key}")
    connection.unregister("added")
    _check_key(connection, table, key)


def _create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {_qualified(table)} ({_declared(table)})")
    _comment(connection, table)


def count_rows(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """Return the number of rows of a table, or of a query in brackets."""
    ((count,),) = connection.execute(f"SELECT count(*) FROM {rows}").fetchall()
    return int(count)


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
    twice = count_rows(connection, f"(SELECT 1 FROM {_qualified(table)} GROUP BY {key} HAVING count(*) > 1)")
    if twice:
        raise TableError(f"{table.name}: {twice} keys ({key}) stand in more than one row")


def _comment(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    connection.execute(f"COMMENT ON TABLE {_qualified(table)} IS {_text(table.comment)}")
    for column in table.columns:
        connection.execute(f"COMMENT ON COLUMN {_qualified(table)}.{_name(column.name)} IS {_text(column.comment)}")


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def give_parquet(
    connection: duckdb.DuckDBPyConnection, root: Path, spare: Path, members: Mapping[str, int] | None = None
) -> None:
    """Let the SQL files read each stored table as `given_<table>`; an empty file stands in where there is none.

    `members` are the only reports they are to see, with their years; None for all.
    """
    partitions = None if members is None else {Partition(year, bucket_of(name)) for name, year in members.items()}
    give_rows(connection, "member", {"report_id": sorted(members or ())})
    only = "" if members is None else " SEMI JOIN given_member USING (report_id)"
    for name in REPORT_TABLES:
        files = coming_files(root, name, partitions) or [_empty(spare, name)]
        listed = ", ".join(_quoted(path) for path in files)
        view = f"given_{tables()[name].short_name}"
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS FROM read_parquet([{listed}]){only}")


def _empty(spare: Path, name: str) -> Path:
    path = spare / f"empty.{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(arrow_schema(tables()[name]).empty_table(), path)
    return path


def give(connection: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Let the SQL files read rows under the name `given_<table>`; their types are those of the declared table."""
    table = tables()[name]
    connection.register(f"given_{table.short_name}", _arrow(table, columns))


def gather(connection: duckdb.DuckDBPyConnection, view: str, name: str, batches: Iterable[Columns]) -> None:
    """Let the SQL files read rows of a declared table that come in batches, however many, under the name `view`."""
    table = tables()[name]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {view} ({_declared(table)})")
    for columns in batches:
        connection.register("batch", _arrow(table, columns))
        connection.execute(f"INSERT INTO {view} BY NAME FROM batch")
        connection.unregister("batch")


def _arrow(table: Table, columns: Columns) -> pa.Table:
    return pa.table(columns, schema=pa.schema([field for field in arrow_schema(table) if field.name in columns]))


def _declared(table: Table) -> str:
    return ", ".join(f"{_name(column.name)} {column.type}" for column in table.columns)


def give_rows(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, Sequence[str]]) -> None:
    """Let the SQL files read rows of text under the name `given_<name>`."""
    connection.register(
        f"given_{name}", pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    )


def journal(path: Path) -> Path:
    """Return the file in which DuckDB keeps what is not yet in `path`; one that is left over would spoil a new file."""
    return path.with_name(path.name + ".wal")
