"""The warehouse file step by step: core tables, findings, marts. Each step is one asset of the job.

What a step makes is either the whole of its table or a slice of it, which is then merged into the whole.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines.ingest.checks import across_rules, found_across, found_in_bodies, found_in_marts, mart_rules
from pipelines.ingest.corrections import give_corrections, refuse_stale
from pipelines.ingest.declared import give_decisions, give_dictionary, give_registry
from pipelines.ingest.files import give_files
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.origins import give_origins
from pipelines.ingest.settlements import give_settlements, raw_of_reports, settle_by_neighbours
from pipelines.ingest.slices import (
    changed_years,
    count_in_new_bodies,
    is_sliced,
    open_slice,
    open_whole,
    take_up,
)
from pipelines.ingest.update import Update, damage_told
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.sql.statements import Statement, in_order, statements
from pipelines.warehouse.columns import Columns
from pipelines.warehouse.database import (
    count_rows,
    create_database,
    create_table,
    gather,
    give_parquet,
    open_database,
)
from pipelines.warehouse.merge import merge_rows, merge_table, merge_years

_MADE = ("core", "quality")


def build_core(settings: Settings, update: Update) -> dict[str, int]:
    """Make the core tables and the findings in a file beside the published one; return the rows of each table."""
    with damage_told(settings.parquet):
        members = take_up(settings, update.manifest)
        if members is None:
            create_database(settings.building)
        with open_database(settings.building if members is None else settings.slice) as connection:
            give_parquet(connection, settings.parquet, settings.staging, members)
            rows = _make(connection, settings, update.manifest)
            if members is not None:
                count_in_new_bodies(connection)
        return _finish(settings) if members is not None else _look_across(settings, rows)


def _make(connection: duckdb.DuckDBPyConnection, settings: Settings, manifest: Manifest) -> dict[str, int]:
    """Make the core tables and the findings of what a connection is given to see."""
    give_registry(connection)
    give_decisions(connection, settings)
    give_corrections(connection, settings)
    give_files(connection, manifest)
    give_origins(connection, settings.raw, manifest)
    rows: dict[str, int] = {}
    for each in in_order("core"):
        if each.name == "core.settlement":
            _settle(connection, settings, manifest)
        rows[each.name] = create_table(connection, each.name, each.text)
    refuse_stale(connection, settings.corrections)
    gather(connection, "found_finding", "quality.finding", found_in_bodies(connection))
    return rows | {each.name: create_table(connection, each.name, each.text) for each in in_order("quality")}


def _settle(connection: duckdb.DuckDBPyConnection, settings: Settings, manifest: Manifest) -> None:
    """Settle what the reports that a connection is given to see leave unreadable and their neighbours tell."""
    bodies = [body_id for (body_id,) in connection.execute("SELECT DISTINCT body_id FROM core.report").fetchall()]
    give_settlements(connection, settle_by_neighbours(connection, raw_of_reports(settings, manifest), bodies))


def _finish(settings: Settings) -> dict[str, int]:
    """Put the tables of the slice into the whole and return the rows of each table there."""
    with open_whole(settings) as connection:
        rows = {each.name: merge_table(connection, each.name) for folder in _MADE for each in in_order(folder)}
    return _look_across(settings, rows)


def _look_across(settings: Settings, rows: dict[str, int]) -> dict[str, int]:
    """Add what only a look at the whole warehouse finds, and return the rows of each table with it."""
    with open_database(settings.building) as connection:
        _merge_findings(connection, found_across(connection), across_rules())
        return rows | {"quality.finding": count_rows(connection, "quality.finding")}


def build_findings(settings: Settings) -> int:
    """Add what only a look at the marts finds, and return the number of findings with it."""
    with open_database(working_file(settings)) as connection:
        _merge_findings(connection, found_in_marts(connection), mart_rules())
        return count_rows(connection, "quality.finding")


def _merge_findings(connection: duckdb.DuckDBPyConnection, found: Iterable[Columns], rules: Iterable[str]) -> None:
    gather(connection, "found_across", "quality.finding", found)
    listed = ", ".join(f"'{rule}'" for rule in rules)
    merge_rows(connection, "quality.finding", "FROM found_across", f"rule IN ({listed})")


def build_mart(settings: Settings, name: str) -> int:
    """Make one mart in the file that is being built and return its number of rows."""
    statement = statements("mart")[name]
    if is_sliced(settings) and tables()[name].slice:
        return _update_mart(settings, statement)
    with open_database(working_file(settings)) as connection:
        give_dictionary(connection)
        return create_table(connection, name, statement.text)


def _update_mart(settings: Settings, statement: Statement) -> int:
    if tables()[statement.name].slice == "all":
        with open_whole(settings) as connection:
            merge_rows(connection, statement.name, statement.text)
            return count_rows(connection, statement.name)
    if tables()[statement.name].slice == "year":
        with open_whole(settings) as connection:
            return merge_years(connection, statement.name, statement.text, changed_years(connection))
    with open_slice(settings) as connection:
        create_table(connection, statement.name, statement.text)
    with open_whole(settings) as connection:
        return merge_table(connection, statement.name)


def working_file(settings: Settings) -> Path:
    """Return the file that is being built; a copy of the published one where a single step is run again."""
    if not settings.building.exists():
        settings.building.write_bytes(settings.database.read_bytes())
    return settings.building
