"""Every day: what starts the job by itself, and who is told when it fails; all of it is off until it is started."""

import hashlib
import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pipelines.ingest.questions import ask
from pipelines.ingest.register import listing
from pipelines.registry.problems import Problem
from pipelines.settings import Settings
from pipelines.warehouse.query import BrokenWarehouseError, NoWarehouseError

TIMEZONE = "Asia/Shanghai"
SEASON, REST_OF_YEAR = "0 6 * 1-4 *", "0 6 * 5-12 1"
_GLANCE_SECONDS = 60
_WEBHOOK_SECONDS = 10
_SHOWN = 20


def build_routine(
    settings: Settings, job: UnresolvedAssetJobDefinition
) -> tuple[list[dg.SensorDefinition], list[dg.ScheduleDefinition]]:
    """Return the sensor on the raw folder, the schedules, and the hook that tells of failures."""
    return [_raw_folder(settings, job), _on_failure(settings, job)], _schedules(job)


def _schedules(job: UnresolvedAssetJobDefinition) -> list[dg.ScheduleDefinition]:
    return [
        dg.ScheduleDefinition(
            name=name, job=job, cron_schedule=cron, execution_timezone=TIMEZONE, description=description
        )
        for name, cron, description in (
            (
                "season",
                SEASON,
                "一至四月每日 6 时：年报公布的季节 | Daily at 6, January to April",
            ),
            ("rest_of_year", REST_OF_YEAR, "五至十二月每周一 6 时 | Mondays at 6 from May to December"),
        )
    ]


def _raw_folder(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    @dg.sensor(
        name="raw_folder",
        job=job,
        minimum_interval_seconds=_GLANCE_SECONDS,
        description="data/raw 有变化就运行 | Runs when something changes in data/raw",
    )
    def raw_folder(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        """Ask for a run when names, sizes or times of the raw files differ from when it was last asked for."""
        try:
            seen = fingerprint(settings.raw)
        except Problem as problem:
            return dg.SkipReason(str(problem))
        if seen == context.cursor:
            return dg.SkipReason("没有变化 | nothing has changed")
        context.update_cursor(seen)
        return dg.RunRequest(run_key=seen)

    return raw_folder


def fingerprint(raw: Path) -> str:
    """Return a digest of the names, sizes and times of the raw files; no file is opened.

    Raises Problem where the folder is not there or cannot be opened.
    """
    digest = hashlib.sha256()
    for path, size, changed in listing(raw):
        digest.update(f"{path}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _on_failure(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    @dg.run_failure_sensor(
        name="on_failure",
        monitored_jobs=[job],
        description="失败时写一行或调用一个网址（GONGKAI_ON_FAILURE） | Writes a line or calls an address on failure",
    )
    def on_failure(context: dg.RunFailureSensorContext) -> None:
        """Tell of a failed run."""
        tell(settings.on_failure, context.dagster_run.run_id, context.failure_event.message or "")

    return on_failure


def tell(where: str, run_id: str, message: str) -> None:
    """Add a line to a file, or post it to an http(s) address, as one JSON object; nothing where `where` is empty."""
    if not where:
        return
    said = json.dumps({"run_id": run_id, "message": message}, ensure_ascii=False)
    if where.startswith(("http://", "https://")):
        request = urllib.request.Request(where, said.encode(), {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=_WEBHOOK_SECONDS):  # noqa: S310 - the address is the keeper's own
            return
    with Path(where).open("a", encoding="utf-8") as lines:
        lines.write(said + "\n")


def build_freshness(settings: Settings) -> dg.AssetChecksDefinition:
    """Return the check that every body that published a report before has one for the year that is due by now."""

    @dg.asset_check(
        asset=dg.AssetKey("raw_reports"),
        name="sources_are_fresh",
        description="去年有报告的机关，期限已过而今年未收集 | Bodies whose next report is overdue and not collected",
    )
    def sources_are_fresh() -> dg.AssetCheckResult:
        """Count the bodies whose next report is overdue today, and name the first of them."""
        late = list(overdue(settings, datetime.now(UTC).astimezone(ZoneInfo(TIMEZONE)).date()))
        return dg.AssetCheckResult(
            passed=not late,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"failed": len(late), "first": ", ".join(late[:_SHOWN])},
        )

    return sources_are_fresh


def overdue(settings: Settings, today: date) -> Iterator[str]:
    """Yield the names of the bodies whose next report is due before a day and not in the warehouse.

    A warehouse that is not there, that cannot be read, or that another version made has none: a run replaces it.
    """
    try:
        found = ask(settings.database, "overdue", {"today": today})
    except (NoWarehouseError, BrokenWarehouseError):
        return
    yield from (f"{row['name']} {row['report_year']}" for row in found)
