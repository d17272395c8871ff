"""A build step by step in this process, without Dagster and without expectations: what the steps themselves make."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.ingest.build import build_core, build_findings, build_mart
from pipelines.ingest.record import record_run
from pipelines.ingest.release import release
from pipelines.ingest.slices import is_sliced
from pipelines.ingest.update import load_update, plan_update, read_fresh, save_update, write_table
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.sql.statements import in_order
from pipelines.warehouse.columns import REPORT_TABLES

ABOUT_RUNS = {"quality.run", "quality.expectation", "quality.failing_row", "quality.rule_run"}


def build(settings: Settings) -> bool:
    """Bring a warehouse up to date and say whether only a slice of it was made anew."""
    update = read_fresh(settings, plan_update(settings))
    save_update(settings, update)
    for table in REPORT_TABLES:
        write_table(settings, load_update(settings), table, update.years)
    build_core(settings, load_update(settings))
    for statement in in_order("mart"):
        build_mart(settings, statement.name)
    build_findings(settings)
    sliced = is_sliced(settings)
    record_run(settings, load_update(settings), (), datetime.now(UTC))
    release(settings)
    return sliced


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table but those about runs, sorted."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            name: connection.execute(f"SELECT {_columns(name)} FROM {name} ORDER BY ALL").fetchall()
            for name in tables()
            if name not in ABOUT_RUNS
        }


def _columns(name: str) -> str:
    return ", ".join(f'"{column.name}"' for column in tables()[name].columns)
