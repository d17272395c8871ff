"""Where fetched files come from, for the SQL files: the records beside the raw files as rows."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from pipelines.fetch.origin import Origin, load_origins, newest
from pipelines.ingest.declared import columns_of
from pipelines.ingest.manifest import Manifest
from pipelines.warehouse.database import give


def give_origins(connection: duckdb.DuckDBPyConnection, raw: Path, manifest: Manifest) -> None:
    """Let the SQL files read the records below the raw folder; raises Problem where a line of them is none."""
    rows = (_row(origin, manifest) for origin in newest(load_origins(raw)))
    give(connection, "core.origin", columns_of("core.origin", rows))


def _row(origin: Origin, manifest: Manifest) -> dict[str, object]:
    report = manifest.reports.get(origin.sha256)
    return asdict(origin) | {
        "fetched_at": datetime.fromisoformat(origin.fetched_at),
        "domain": urlsplit(origin.final_address).hostname,
        "report_id": report.report_id if report else None,
    }
