"""Two small warehouses written by hand, and what differs between them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipelines.ingest.comparing import compare
from pipelines.model.comparison import Comparison
from tests.unit.sql.desk import Desk

Fill = Callable[[Desk], None]
Row = dict[str, Any]
EVERYTHING = 10_000


class _Refilled(Desk):
    """A desk whose tables are there already."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection


@cache
def _empty() -> bytes:
    """Return a warehouse file without rows, the declared ones apart."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "empty.duckdb")
        with duckdb.connect(str(path)) as connection:
            Desk(connection)
        return path.read_bytes()


class Builds:
    """Warehouse files of a few rows each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str, *fills: Fill, sql: str = "") -> Path:
        """Write a warehouse file of some rows; `sql` changes it afterwards."""
        path = self._folder / f"{name}.duckdb"
        path.write_bytes(_empty())
        with duckdb.connect(str(path)) as connection:
            made = _Refilled(connection)
            for fill in fills:
                fill(made)
            connection.execute(sql or "SELECT 1")
        return path

    def compare(self, old: Fill, new: Fill, limit: int = EVERYTHING) -> Comparison:
        """Return what differs between two warehouses."""
        return compare(self.make("old", old), self.make("new", new), limit)

    def rows(self, section: str, columns: str, old: Fill, new: Fill) -> list[tuple[Any, ...]]:
        """Return some columns of the rows of one section."""
        return picked(self.compare(old, new), section, columns)


def picked(comparison: Comparison, section: str, columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of the rows of one section, whole numbers as such."""
    found = next(each for each in comparison.sections if each.name == section)
    return [tuple(_plain(row[name]) for name in columns.split()) for row in found.rows]


def _plain(value: Any) -> Any:
    return float(value) if hasattr(value, "as_tuple") else value
