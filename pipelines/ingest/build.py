"""The warehouse file step by step: core tables, marts, tests, release. Each step is one asset of the job."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ingest.manifest import Manifest
from pipelines.ingest.register import RawFile
from pipelines.ingest.update import Update, damage_told, finish
from pipelines.model.finding import Finding
from pipelines.quality.expectations import Expectation, ExpectationResult, SuiteError, load_suites, run_expectations
from pipelines.registry.bodies import registered_bodies
from pipelines.registry.dictionary import indicators
from pipelines.registry.forms import forms
from pipelines.registry.identities import identities
from pipelines.registry.problems import Problem
from pipelines.registry.rules import quarantine_reasons, rules
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.sql.statements import in_order, statements
from pipelines.warehouse.columns import Columns, finding_ids
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
        _give_registry(connection)
        _give_files(connection, update.manifest)
        for statement in in_order("core"):
            rows[statement.name] = create_table(connection, statement.name, statement.text)
        give(connection, "quality.finding", _found_columns(connection))
        for statement in in_order("quality"):
            rows[statement.name] = create_table(connection, statement.name, statement.text)
    return rows


def build_mart(settings: Settings, name: str) -> int:
    """Make one mart in the file that is being built and return its number of rows."""
    with open_database(_working(settings)) as connection:
        return create_table(connection, name, statements("mart")[name].text)


def _working(settings: Settings) -> Path:
    """Return the file that is being built; a copy of the published one where a single step is run again."""
    if not settings.building.exists():
        settings.building.write_bytes(settings.database.read_bytes())
    return settings.building


def _give_registry(connection: duckdb.DuckDBPyConnection) -> None:
    dictionary = [asdict(indicator) for indicator in indicators().values()]
    give(connection, "core.indicator", _columns("core.indicator", dictionary))
    give(connection, "core.form_row", _columns("core.form_row", _form_rows()))
    bodies = {body.body_id: body for body in registered_bodies().values()}
    known = [{"body_id": b.body_id, "name": b.name, "division": b.division} for b in bodies.values()]
    give(connection, "core.body", {name: [row[name] for row in known] for name in ("body_id", "name", "division")})
    give(connection, "quality.rule", _columns("quality.rule", _catalogue()))


def _columns(table: str, rows: Iterable[dict[str, object]]) -> Columns:
    gathered = list(rows)
    return {column.name: [row[column.name] for row in gathered] for column in tables()[table].columns}


def _form_rows() -> Iterator[dict[str, object]]:
    for form in forms():
        for table in form.tables:
            for position, row in enumerate(table.figures, start=1):
                yield {
                    "form": form.form,
                    "table": table.table,
                    "row": position,
                    "number": row.number,
                    "label": row.label,
                    "indicator": row.indicator,
                    "breakdown": row.breakdown,
                    "unit": row.unit,
                    "heading": row.heading,
                    "source": form.source,
                }


def _catalogue() -> Iterator[dict[str, object]]:
    for rule in rules().values():
        yield {"rule": rule.id, "severity": rule.severity.value, "zh": rule.zh, "en": rule.en, "reason": rule.reason}
    for identity in identities():
        severity = "error" if identity.hard else "warning"
        yield {"rule": identity.id, "severity": severity, "zh": identity.zh, "en": identity.en, "reason": identity.note}


def _give_files(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    give(connection, "core.file", _columns("core.file", (_file(file, manifest) for file in manifest.files)))
    give(connection, "core.quarantine", _columns("core.quarantine", quarantined(manifest)))


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


def _found_columns(connection: duckdb.DuckDBPyConnection) -> Columns:
    """Return the findings of the checks that look at several reports at once."""
    found = [row for statement in in_order("check") for row in _check(connection, statement.name, statement.text)]
    return _columns("quality.finding", found)


def _check(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> Iterator[dict[str, object]]:
    rule = rules()[name.removeprefix("check.").replace("_", "-")]
    cursor = connection.execute(text)
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        finding = rule.broken(locators=(), expected=row["expected"], found=row["found"])
        yield _finding_row(finding, row)


def _finding_row(finding: Finding, row: dict[str, object]) -> dict[str, object]:
    values = {each.name: getattr(finding, each.name) for each in fields(finding)}
    owner = {name: row[name] for name in ("report_id", "body_id", "report_year")}
    key = finding_ids(str(row["report_id"]), [(finding.rule, finding.expected, finding.found)])[0]
    return values | owner | {"locators": list(finding.locators), "finding_id": key}


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
    with open_database(_working(settings), read_only=True) as connection:
        return run_expectations(connection, suites)


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
    give(connection, "quality.run", _columns("quality.run", [_timed(run["run"]) for run in stored]))
    give(connection, "quality.expectation", _columns("quality.expectation", expectations))
    give(connection, "quality.failing_row", _columns("quality.failing_row", failing))
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
