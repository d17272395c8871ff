"""Where fetched files come from, for the SQL files: the records beside the raw files as rows."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from pipelines.fetch.origin import Origin, load_origins, newest
from pipelines.registry.tables import tables
from pipelines.warehouse.database import give


def give_origins(connection: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Let the SQL files read the records below the raw folder; raises Problem where a line of them is none."""
    names = [column.name for column in tables()["core.origin"].columns if column.name != "report_id"]
    rows = [_row(origin) for origin in newest(load_origins(raw))]
    give(connection, "core.origin", {name: [row[name] for row in rows] for name in names})


def _row(origin: Origin) -> dict[str, object]:
    told = {"fetched_at": datetime.fromisoformat(origin.fetched_at), "domain": urlsplit(origin.final_address).hostname}
    return asdict(origin) | told
