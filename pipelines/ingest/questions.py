"""The questions that commands put to a built warehouse, each a SELECT of its own in `sql/query`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from pipelines.sql.statements import statements
from pipelines.warehouse.query import BrokenWarehouseError, query


def ask(
    database: Path, question: str, parameters: Mapping[str, object] | None = None, *, folder: str = "query"
) -> tuple[dict[str, Any], ...]:
    """Return the rows that answer one of our questions, of `sql/query` or of another folder beside it.

    Raises NoWarehouseError where nothing is built yet, BrokenWarehouseError where the file cannot be read or lacks
    what we ask for, so that another version has made it.
    """
    try:
        return query(database, statements(folder)[f"{folder}.{question}"].text, parameters).rows
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        found = str(error).strip().partition("\n")[0]
        raise BrokenWarehouseError("warehouse-of-another-version", database, found=found) from None
