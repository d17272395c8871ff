"""Reading the published warehouse: never a lock, never a write."""

from collections.abc import Iterator, Mapping
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.registry.problems import Problem
from pipelines.warehouse.background import awaited, in_background

_NOTICE_SECONDS = 10
_OF_THE_FILE = (duckdb.IOException, duckdb.InternalException, duckdb.FatalException, duckdb.SerializationException)


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query, with its columns in order."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


class NoWarehouseError(Problem):
    """There is no built warehouse yet."""


class BrokenWarehouseError(Problem):
    """The file of the warehouse cannot be read, or is none that this version has made."""


def query(database: Path, text: str, parameters: Mapping[str, object] | None = None) -> Result:
    """Return the result of a query on a warehouse file that is opened read-only, cut off from the file system.

    Columns of one name are told apart by a number, `n` and `n_1`. DuckDB hears no signal while all its work is with its
    own threads, so that one who waits here breaks the query off. Raises NoWarehouseError where nothing is built yet,
    BrokenWarehouseError where the file cannot be read, duckdb.Error where the query is faulty.
    """
    with reading(database) as connection:
        count = len(connection.extract_statements(text))
        if count != 1:
            raise Problem("not-one-statement", "sql", found=count)
        job = in_background(lambda: _answer(connection, text, parameters))
        try:
            return awaited(job)
        except KeyboardInterrupt:
            connection.interrupt()
            wait([job], _NOTICE_SECONDS)
            raise


def _answer(connection: duckdb.DuckDBPyConnection, text: str, parameters: Mapping[str, object] | None) -> Result:
    cursor = connection.execute(text, parameters) if parameters else connection.execute(text)
    columns = _distinct(column[0] for column in cursor.description or ())
    return Result(columns, tuple(dict(zip(columns, row, strict=True)) for row in cursor.fetchall()))


@contextmanager
def reading(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to a warehouse file, read-only and cut off from the file system; it sees one build throughout.

    Raises NoWarehouseError where nothing is built yet, BrokenWarehouseError where the file cannot be read.
    """
    if not database.exists():
        raise NoWarehouseError("no-warehouse", database)
    try:
        connection = duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"})
    except duckdb.Error as error:
        raise _broken(database, error) from None
    with connection:
        try:
            yield connection
        except duckdb.Error as error:
            if is_of_the_file(error):
                raise _broken(database, error) from None
            raise


def is_of_the_file(error: duckdb.Error) -> bool:
    """Return whether an error tells of a file that cannot be read, and not of a query."""
    return isinstance(error, _OF_THE_FILE) or type(error) is duckdb.Error


def _broken(database: Path, error: duckdb.Error) -> BrokenWarehouseError:
    said = str(error).strip().partition("\n")[0].replace(f' "{database}"', "").removeprefix("IO Error: ")
    return BrokenWarehouseError("warehouse-unreadable", database, found=said)


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    """Return names of columns so that no two are the same."""
    found: dict[str, None] = {}
    for name in names:
        others = (f"{name}_{number}" for number in range(1, len(found) + 2))
        found[name if name not in found else next(other for other in others if other not in found)] = None
    return tuple(found)
