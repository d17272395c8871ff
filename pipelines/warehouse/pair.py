"""Two warehouse files beside each other, read-only, in one database in memory: as `old` and `new`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipelines.registry.problems import Problem
from pipelines.registry.tables import Table, tables
from pipelines.warehouse.query import is_of_the_file

SIDES = ("old", "new")
_MEMORY = "1GB"
_NEEDED = {"core.report": (), "core.file": (), "core.observation": ("value", "status")}
_SCHEMAS = ("core", "mart", "quality")
_COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = $file AND list_contains($schemas, schema_name)
"""
Held = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two attached files: the connection, and of each file the types of its columns, by table and column.

    Its tables are `old.core.report`, `new.core.report` and so on, with every declared column. What only one of the
    files has is empty in both: it cannot be compared.
    """

    connection: duckdb.DuckDBPyConnection
    old: Held
    new: Held

    def shared(self, table: Table) -> tuple[str, ...]:
        """Return the columns that a table has in both, of the declared type; none where its key is not among them."""
        old, new = self.old.get(table.name, {}), self.new.get(table.name, {})
        found = tuple(each.name for each in table.columns if each.type == old.get(each.name) == new.get(each.name))
        return found if set(table.key) <= set(found) else ()


@contextmanager
def open_pair(old: Path, new: Path) -> Iterator[Pair]:
    """Yield two warehouse files side by side, cut off from all other files.

    Raises Problem where a file is no warehouse, or lacks what every comparison needs.
    """
    with _attached(old, new) as connection:
        pair = Pair(connection, *(_held(connection, side) for side in SIDES))
        _refuse_if_lacking(old, pair.old)
        _refuse_if_lacking(new, pair.new)
        _refuse_if_strange(f"{old} → {new}", pair)
        _make_views(pair)
        yield pair


@contextmanager
def _attached(old: Path, new: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with TemporaryDirectory(prefix="gongkai-diff-") as spare, duckdb.connect(":memory:") as connection:
        connection.execute("SET temp_directory = $spare", {"spare": spare})
        connection.execute("SET memory_limit = $memory", {"memory": _MEMORY})
        for side, file in zip(SIDES, (old, new), strict=True):
            _attach(connection, side, file)
        connection.execute("SET enable_external_access = false")
        try:
            yield connection
        except duckdb.Error as error:
            if is_of_the_file(error):
                raise _not_readable(f"{old} → {new}", error) from None
            raise


def _attach(connection: duckdb.DuckDBPyConnection, side: str, file: Path) -> None:
    try:
        connection.execute(f"ATTACH $file AS {side}_file (READ_ONLY)", {"file": str(file)})
        connection.execute(f"ATTACH ':memory:' AS {side}")
    except duckdb.Error as error:
        raise _not_readable(file, error) from None


def _not_readable(where: object, error: duckdb.Error) -> Problem:
    return Problem("warehouse-not-readable", where, found=str(error).strip().partition("\n")[0])


def _held(connection: duckdb.DuckDBPyConnection, side: str) -> Held:
    found: dict[str, dict[str, str]] = {}
    asked = connection.execute(_COLUMNS, {"file": f"{side}_file", "schemas": list(_SCHEMAS)})
    for table, column, kind in asked.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _refuse_if_lacking(file: Path, held: Held) -> None:
    lacking = [
        f"{name}.{column}"
        for name, columns in _NEEDED.items()
        for column in (*tables()[name].key, *columns)
        if column not in held.get(name, {})
    ]
    if lacking:
        raise Problem("warehouse-lacks", file, found=", ".join(lacking))


def _refuse_if_strange(where: str, pair: Pair) -> None:
    strange = [name for name, columns in _NEEDED.items() if not {*columns} < {*pair.shared(tables()[name])}]
    if strange:
        raise Problem("warehouse-types-differ", where, found=", ".join(strange))


def _make_views(pair: Pair) -> None:
    for side in SIDES:
        for schema in _SCHEMAS:
            pair.connection.execute(f"CREATE SCHEMA {side}.{schema}")
        for table in tables().values():
            pair.connection.execute(f"CREATE VIEW {side}.{table.name} AS {_view(side, table, pair.shared(table))}")


def _view(side: str, table: Table, shared: tuple[str, ...]) -> str:
    columns = ", ".join(
        f'"{each.name}"' if each.name in shared else f'NULL::{each.type} AS "{each.name}"' for each in table.columns
    )
    return f"SELECT {columns} FROM {side}_file.{table.name}" if shared else f"SELECT {columns} WHERE false"
