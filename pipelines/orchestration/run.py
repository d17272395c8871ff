"""The job in this process, for the command line."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dagster as dg

from pipelines.ingest.build import latest_record, quarantined
from pipelines.ingest.lock import writer_lock
from pipelines.ingest.manifest import load_manifest
from pipelines.orchestration.job import JOB, build_definitions
from pipelines.orchestration.progress import Notify
from pipelines.settings import Settings

_DAGSTER_YAML = """\
telemetry:
  enabled: false
nux:
  enabled: false
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build came to: its record, what it set aside, and whether it was published."""

    run: dict[str, Any]
    quarantine: tuple[dict[str, Any], ...]
    broken: tuple[dict[str, Any], ...]

    @property
    def published(self) -> bool:
        """Whether the gate was passed."""
        return bool(self.run["published"])

    @property
    def summary(self) -> tuple[str, ...]:
        """Say in a few lines what was built, in Chinese with English beside it."""
        run = self.run
        counted = f"{run['reports']} 份报告 reports，{run['observations']} 个观测值 observations"
        answers = f"不成立 {run['broken']} broken，无法判断 {run['cannot_tell']} cannot tell"
        lines = [f"{counted}；{answers}；隔离 {run['quarantined']} quarantined"]
        if not run["read"]:
            lines.append("没有变化，未读任何文件 | nothing changed, nothing was read")
        lines += [f"未通过 broken: {row['table']} {row['expectation']}: {row['reason_zh']} | {row['reason_en']} ({row['observed']})" for row in self.broken]
        lines.append("已发布 | published" if self.published else "质量关未通过，未发布 | quality gate failed, nothing published")
        return tuple(lines)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as one plain object."""
        return {"run": self.run, "quarantine": list(self.quarantine), "broken_expectations": list(self.broken)}


def run_build(settings: Settings, notify: Notify) -> Outcome:
    """Run the whole job in this process and return what came of it.

    Raises LockHeldError where another run is writing, KeyboardInterrupt where it is interrupted, and whatever error
    a step raised, as it was raised.
    """
    if not settings.raw.is_dir():
        raise NotADirectoryError(f"{settings.raw}: there is no folder of raw reports; make it or set GONGKAI_RAW")
    with writer_lock(settings.lock):
        _execute(settings, notify)
    record = latest_record(settings)
    if record is None:
        raise RuntimeError("the job ended without a record of its run")
    manifest = load_manifest(settings.manifest if record.run["published"] else settings.staging / "manifest.json")
    broken = tuple(row for row in record.expectations if row["verdict"] == "broken" and row["severity"] == "critical")
    return Outcome(run=record.run, quarantine=tuple(quarantined(manifest)), broken=broken)


def _execute(settings: Settings, notify: Notify) -> None:
    job = build_definitions(settings, notify).resolve_job_def(JOB)
    with _instance(settings) as instance:
        try:
            job.execute_in_process(
                instance=instance, run_id=str(uuid.uuid4()), run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
            )
        except dg.DagsterExecutionInterruptedError as error:
            raise KeyboardInterrupt from error


@contextmanager
def _instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """Yield the instance that keeps the runs, so that Dagster's page shows those of the command line as well."""
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.exists():
        config.write_text(_DAGSTER_YAML, encoding="utf-8")
    with dg.DagsterInstance.from_config(str(home.resolve())) as instance:
        yield instance
