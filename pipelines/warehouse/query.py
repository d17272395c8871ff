"""Reading the published warehouse: never a lock, never a write."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query, with its columns in order."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


class NoWarehouseError(FileNotFoundError):
    """There is no built warehouse yet."""


def query(database: Path, text: str, parameters: Mapping[str, object] | None = None) -> Result:
    """Return the result of a query on a warehouse file that is opened read-only, cut off from the file system.

    Raises NoWarehouseError where nothing is built yet, duckdb.Error where the query is faulty.
    """
    if not database.exists():
        raise NoWarehouseError(f"{database} does not exist; run `gongkai build` first")
    with duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"}) as connection:
        if len(connection.extract_statements(text)) != 1:
            raise ValueError("write exactly one statement, for example: from mart.website_weibo")
        cursor = connection.execute(text, parameters) if parameters else connection.execute(text)
        columns = tuple(column[0] for column in cursor.description or ())
        return Result(columns, tuple(dict(zip(columns, row, strict=True)) for row in cursor.fetchall()))
