"""The job in this process, for the command line."""

from dataclasses import dataclass
from typing import Any

import dagster as dg

from pipelines.ingest.build import RunRecord, latest_record, quarantined
from pipelines.ingest.manifest import load_manifest
from pipelines.orchestration.home import instance_at
from pipelines.orchestration.job import JOB, build_definitions
from pipelines.orchestration.progress import Notify
from pipelines.settings import Settings

_QUIET = {"log_level": "CRITICAL"}


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
        lines += [
            f"未通过 broken: {row['table']} {row['expectation']}: "
            f"{row['reason_zh']} | {row['reason_en']} ({row['observed']})"
            for row in self.broken
        ]
        lines.append(
            "已发布 | published" if self.published else "质量关未通过，未发布 | quality gate failed, nothing published"
        )
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
    _execute(settings, notify)
    record = latest_record(settings)
    if record is None:
        raise RuntimeError("the job ended without a record of its run")
    manifest = load_manifest(settings.manifest if record.run["published"] else settings.staging / "manifest.json")
    broken = tuple(row for row in record.expectations if row["verdict"] == "broken" and row["severity"] == "critical")
    return Outcome(run=record.run, quarantine=tuple(quarantined(manifest)), broken=broken)


def _execute(settings: Settings, notify: Notify) -> None:
    job = build_definitions(settings, notify).resolve_job_def(JOB)
    before = latest_record(settings)
    with instance_at(settings) as instance:
        try:
            job.execute_in_process(instance=instance, run_config={"loggers": {"console": {"config": _QUIET}}})
        except dg.DagsterExecutionInterruptedError as error:
            raise KeyboardInterrupt from error
        except Exception as error:  # noqa: BLE001 - raised again unless the gate stopped the run
            if _stopped_by_gate(before, latest_record(settings)):
                return
            raise _cause(error) from None


def _stopped_by_gate(before: RunRecord | None, after: RunRecord | None) -> bool:
    return after is not None and after != before and not after.run["published"]


def _cause(error: BaseException) -> BaseException:
    """Return our own error where Dagster has wrapped it."""
    while error.__cause__ is not None and type(error).__module__.startswith("dagster"):
        error = error.__cause__
    return error
