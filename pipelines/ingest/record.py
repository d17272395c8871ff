"""The record of every build: a file for each, and the tables quality.run, expectation, failing_row and rule_run."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ingest.build import working_file
from pipelines.ingest.declared import columns_of
from pipelines.ingest.expectations import blocking
from pipelines.ingest.files import quarantined
from pipelines.ingest.release import set_aside
from pipelines.ingest.slices import build_version
from pipelines.ingest.update import Update
from pipelines.quality.expectations import ExpectationResult
from pipelines.registry.problems import Problem
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.database import add_rows, ensure_table, open_database

_OLDER = {"build_version": ""}
_HISTORY = ("quality.run", "quality.expectation", "quality.failing_row", "quality.rule_run")
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The record of one build, as it is shown in quality.run; times are UTC."""

    run_id: str
    started_at: str
    finished_at: str
    reader_version: str
    build_version: str
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


def new_run_id(now: datetime) -> str:
    """Return the id of a run: its time, so that ids sort as runs follow each other."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def record_run(settings: Settings, update: Update, results: tuple[ExpectationResult, ...], started: datetime) -> Run:
    """Write the record of a run and the tables about runs; return the record.

    Where an expectation that blocks publication is broken, the build is set aside.
    """
    run_id = new_run_id(started)
    with open_database(working_file(settings), read_only=True) as connection:
        counts, asked = _rows(connection, "run_counts")[0], _rows(connection, "rule_counts")
    run = Run(
        run_id=run_id,
        started_at=started.replace(tzinfo=None).isoformat(),
        finished_at=datetime.now(UTC).replace(tzinfo=None).isoformat(),
        reader_version=update.manifest.reader_version,
        build_version=build_version(settings),
        files=len(update.manifest.files),
        reports=len(update.manifest.reports),
        read=update.read,
        kept=update.kept,
        quarantined=sum(1 for _ in quarantined(update.manifest)),
        expectations_broken=sum(result.verdict == "broken" for result in results),
        published=not blocking(results),
        **counts,
    )
    _store_run(settings.runs / f"{run_id}.json", run, results, asked)
    with open_database(working_file(settings)) as connection:
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
    """Return a stored run; raises Problem where the file is damaged. One of an older version lacks the rules."""
    try:
        stored: dict[str, Any] = {"rules": []} | json.loads(path.read_text(encoding="utf-8"))
        return {part: stored[part] for part in ("run", "expectations", "rules")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem("run-record-unreadable", path, found=f"{type(error).__name__}: {error}") from None


def _rows(connection: duckdb.DuckDBPyConnection, question: str) -> Rows:
    cursor = connection.execute(statements("query")[f"query.{question}"].text)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _store_run(path: Path, run: Run, results: tuple[ExpectationResult, ...], asked: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_suffix(".building")
    content = {
        "run": asdict(run),
        "expectations": [_result_row(run.run_id, result) for result in results],
        "rules": [{"run_id": run.run_id, **row} for row in asked],
    }
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
    """Bring the tables about runs up to date: what a file of before knows already is not written again."""
    for name in _HISTORY:
        ensure_table(connection, name)
    known = {run_id for (run_id,) in connection.execute("SELECT run_id FROM quality.run").fetchall()}
    stored = [_stored_run(path) for path in sorted(runs.glob("*.json")) if path.stem not in known]
    expectations = [row for run in stored for row in run["expectations"]]
    failing = [
        {**row, "position": position, "row": text}
        for row in expectations
        for position, text in enumerate(row["failing_rows"], start=1)
    ]
    rules = [row for run in stored for row in run["rules"]]
    added_rows = ([_timed(run["run"]) for run in stored], expectations, failing, rules)
    for name, added in zip(_HISTORY, added_rows, strict=True):
        add_rows(connection, name, columns_of(name, added))


def _timed(run: dict[str, object]) -> dict[str, object]:
    """Return the record of a run with times as such; one of an older version lacks what it did not know."""
    times = {name: datetime.fromisoformat(str(run[name])) for name in ("started_at", "finished_at")}
    return _OLDER | run | times
