"""The warehouse file step by step: core tables, marts, tests, release. Each step is one asset of the job."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ingest.checks import found_columns, found_in_marts, rules_in_marts
from pipelines.ingest.corrections import give_corrections, refuse_stale
from pipelines.ingest.declared import columns_of, give_decisions, give_registry
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.origins import give_origins
from pipelines.ingest.register import RawFile
from pipelines.ingest.settlements import give_settlements, raw_of_reports, settle_by_neighbours
from pipelines.ingest.update import Update, damage_told, finish
from pipelines.quality.expectations import Expectation, ExpectationResult, SuiteError, load_suites, run_expectations
from pipelines.registry.problems import Problem
from pipelines.registry.rules import quarantine_reasons
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.sql.statements import in_order, statements
from pipelines.warehouse.database import (
    clear,
    create_database,
    create_table,
    give,
    give_parquet,
    open_database,
    publish,
)
from pipelines.warehouse.parquet import discard


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The record of one build, as it is shown in quality.run; times are UTC."""

    run_id: str
    started_at: str
    finished_at: str
    reader_version: str
    files: int
    reports: int
    read: int
    kept: int
    quarantined: int
    observations: int
    broken: int
    cannot_tell: int
    expectations_broken: int
    published: bool


def build_core(settings: Settings, update: Update) -> dict[str, int]:
    """Make the core tables and the findings in a new file beside the published one; return the rows of each table."""
    create_database(settings.building)
    rows: dict[str, int] = {}
    with damage_told(settings.parquet), open_database(settings.building) as connection:
        give_parquet(connection, settings.parquet, settings.staging)
        give_registry(connection)
        give_decisions(connection, settings)
        give_corrections(connection, settings)
        _give_files(connection, update.manifest)
        give_origins(connection, settings.raw)
        for statement in in_order("core"):
            if statement.name == "core.settlement":
                _settle(connection, settings, update)
            rows[statement.name] = create_table(connection, statement.name, statement.text)
        refuse_stale(connection, settings.corrections)
        give(connection, "quality.finding", found_columns(connection))
        for statement in in_order("quality"):
            rows[statement.name] = create_table(connection, statement.name, statement.text)
    return rows


def _settle(connection: duckdb.DuckDBPyConnection, settings: Settings, update: Update) -> None:
    bodies = [body_id for (body_id,) in connection.execute("SELECT DISTINCT body_id FROM core.report").fetchall()]
    raw_of = raw_of_reports(settings, update.manifest)
    give_settlements(connection, settle_by_neighbours(connection, raw_of, bodies))


def build_mart(settings: Settings, name: str) -> int:
    """Make one mart in the file that is being built and return its number of rows."""
    with open_database(_working(settings)) as connection:
        return create_table(connection, name, statements("mart")[name].text)


def _working(settings: Settings) -> Path:
    """Return the file that is being built; a copy of the published one where a single step is run again."""
    if not settings.building.exists():
        settings.building.write_bytes(settings.database.read_bytes())
    return settings.building


def _give_files(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    give(connection, "core.file", columns_of("core.file", (_file(file, manifest) for file in manifest.files)))
    give(connection, "core.quarantine", columns_of("core.quarantine", quarantined(manifest)))


def _file(file: RawFile, manifest: Manifest) -> dict[str, object]:
    report = manifest.reports.get(file.sha256 or "")
    return {
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "report_id": report.report_id if report else None,
    }


def quarantined(manifest: Manifest) -> Iterator[dict[str, object]]:
    """Yield a row of core.quarantine for each file that is set aside."""
    for file in manifest.files:
        aside = manifest.quarantine.get(file.sha256 or "")
        if aside is None and not file.failure:
            continue
        name, detail = (aside.reason, aside.detail) if aside else ("cannot-open", file.failure)
        reason = quarantine_reasons()[name]
        yield {
            "path": file.path,
            "sha256": file.sha256,
            "size": file.size,
            "reason": name,
            "detail": detail,
            "message_zh": f"{reason.zh}（{detail}）；{reason.todo_zh}",
            "message_en": f"{reason.en} ({detail}); {reason.todo_en}",
        }


def declared_expectations(settings: Settings) -> tuple[Expectation, ...]:
    """Return every expectation that a build has to meet.

    Raises Problem where there is none, where a file is not written as it should be or speaks of no table of ours:
    a gate that is open by mistake is worse than none.
    """
    if not settings.expectations.is_dir() or not any(settings.expectations.glob("*.y*ml")):
        raise Problem("no-expectations", settings.expectations)
    try:
        expectations = load_suites(settings.expectations)
    except SuiteError as error:
        raise _faulty(settings, str(error).splitlines()) from None
    if astray := list(_astray(settings, expectations)):
        raise _faulty(settings, astray)
    return expectations


def _faulty(settings: Settings, details: Sequence[str]) -> Problem:
    return Problem("expectations-faulty", settings.expectations, tuple(details), found=len(details))


def _astray(settings: Settings, expectations: Iterable[Expectation]) -> Iterator[str]:
    """Yield a line for each suite about a table that no build makes."""
    for suite, table in dict.fromkeys((each.suite, each.table) for each in expectations):
        if table not in tables():
            nearest = " or ".join(get_close_matches(table, tables(), n=3) or sorted(tables()))
            yield f"{settings.expectations / suite}.yml: table is {table!r}, expected {nearest}"


def build_quality(settings: Settings) -> tuple[ExpectationResult, ...]:
    """Put every expectation to the file that is being built and return the results."""
    suites = declared_expectations(settings)
    _answer_in_marts(settings)
    with open_database(_working(settings), read_only=True) as connection:
        return run_expectations(connection, suites)


def _answer_in_marts(settings: Settings) -> None:
    """Add the answers of the checks that read marts to the findings, in place of any from before."""
    with open_database(_working(settings)) as connection:
        give(connection, "quality.finding", found_in_marts(connection))
        connection.execute("DELETE FROM quality.finding WHERE list_contains(?, rule)", [rules_in_marts()])
        connection.execute("INSERT INTO quality.finding BY NAME FROM given_finding")


def blocking(results: Iterable[ExpectationResult]) -> list[Expectation]:
    """Return the expectations whose failure keeps a build from being published."""
    return [
        result.expectation
        for result in results
        if result.verdict == "broken" and result.expectation.severity == "critical"
    ]


def new_run_id(now: datetime) -> str:
    """Return the id of a run: its time, so that ids sort as runs follow each other."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def record_run(settings: Settings, update: Update, results: tuple[ExpectationResult, ...], started: datetime) -> Run:
    """Write the record of a run and the tables quality.run, expectation and failing_row; return the record.

    Where an expectation that blocks publication is broken, the build is set aside.
    """
    run_id = new_run_id(started)
    with open_database(_working(settings), read_only=True) as connection:
        counts = _counts(connection)
    run = Run(
        run_id=run_id,
        started_at=started.replace(tzinfo=None).isoformat(),
        finished_at=datetime.now(UTC).replace(tzinfo=None).isoformat(),
        reader_version=update.manifest.reader_version,
        files=len(update.manifest.files),
        reports=len(update.manifest.reports),
        read=update.read,
        kept=update.kept,
        quarantined=sum(1 for _ in quarantined(update.manifest)),
        expectations_broken=sum(result.verdict == "broken" for result in results),
        published=not blocking(results),
        **counts,
    )
    _store_run(settings.runs / f"{run_id}.json", run, results)
    with open_database(_working(settings)) as connection:
        _write_history(connection, settings.runs)
    if not run.published:
        set_aside(settings)
    return run


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A stored run with the results of its expectations, as plain values."""

    run: dict[str, Any]
    expectations: tuple[dict[str, Any], ...]


def latest_record(settings: Settings) -> RunRecord | None:
    """Return the record of the last run, None before the first."""
    paths = sorted(settings.runs.glob("*.json"))
    if not paths:
        return None
    stored = _stored_run(paths[-1])
    return RunRecord(stored["run"], tuple(stored["expectations"]))


def _stored_run(path: Path) -> dict[str, Any]:
    """Return a stored run; raises Problem where the file is damaged."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {part: stored[part] for part in ("run", "expectations")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem("run-record-unreadable", path, found=f"{type(error).__name__}: {error}") from None


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    cursor = connection.execute(statements("query")["query.run_counts"].text)
    return dict(zip((column[0] for column in cursor.description), cursor.fetchone() or (), strict=True))


def _store_run(path: Path, run: Run, results: tuple[ExpectationResult, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_suffix(".building")
    content = {"run": asdict(run), "expectations": [_result_row(run.run_id, result) for result in results]}
    building.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    building.replace(path)


def _result_row(run_id: str, result: ExpectationResult) -> dict[str, object]:
    expectation = result.expectation
    return {
        "run_id": run_id,
        "suite": expectation.suite,
        "expectation": expectation.name,
        "table": expectation.table,
        "kind": expectation.kind,
        "severity": expectation.severity,
        "verdict": result.verdict,
        "evaluated": result.evaluated,
        "failed": result.failed,
        "observed": result.observed,
        "reason_zh": expectation.reason_zh,
        "reason_en": expectation.reason_en,
        "failing_sql": result.failing_sql,
        "failing_rows": list(result.failing_rows),
    }


def _write_history(connection: duckdb.DuckDBPyConnection, runs: Path) -> None:
    stored = [_stored_run(path) for path in sorted(runs.glob("*.json"))]
    expectations = [row for run in stored for row in run["expectations"]]
    failing = [
        {**row, "position": position, "row": text}
        for row in expectations
        for position, text in enumerate(row["failing_rows"], start=1)
    ]
    give(connection, "quality.run", columns_of("quality.run", [_timed(run["run"]) for run in stored]))
    give(connection, "quality.expectation", columns_of("quality.expectation", expectations))
    give(connection, "quality.failing_row", columns_of("quality.failing_row", failing))
    for name in ("quality.run", "quality.expectation", "quality.failing_row"):
        create_table(connection, name, f"FROM given_{name.removeprefix('quality.')}")


def _timed(run: dict[str, object]) -> dict[str, object]:
    times = {name: datetime.fromisoformat(str(run[name])) for name in ("started_at", "finished_at")}
    return run | times


def set_aside(settings: Settings) -> None:
    """Keep a build that did not pass the gate where it can be looked at; nothing of it is published."""
    publish(settings.building, settings.rejected)
    discard(settings.parquet)


def release(settings: Settings, update: Update) -> None:
    """Publish a build that passed: database, Parquet, manifest, each by renaming."""
    publish(settings.building, settings.database)
    clear(settings.rejected)
    finish(settings, update)
