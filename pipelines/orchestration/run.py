"""The job in this process, for the command line."""

from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import active_children
from threading import Event
from time import sleep
from typing import Any
from uuid import uuid4

from pipelines.ingest.dashboard import renew_dashboard
from pipelines.ingest.files import quarantined
from pipelines.ingest.lock import writer_lock
from pipelines.ingest.manifest import load_manifest
from pipelines.ingest.record import RunRecord, latest_record
from pipelines.ingest.register import refuse_closed
from pipelines.orchestration.home import instance_at
from pipelines.orchestration.job import JOB, build_definitions
from pipelines.orchestration.progress import Notify, Step
from pipelines.settings import Settings
from pipelines.warehouse.background import awaited, in_background

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_NOTICE_SECONDS = 10
_LEAVE_SECONDS = 3


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
        if not run["files"]:
            lines.append("原始文件夹是空的，请放入报告 | the raw folder is empty: put reports into it")
        elif not run["read"]:
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

    The job has a thread of its own, so that a signal reaches only the one who waits for it and no library in the midst
    of its work: DuckDB and Great Expectations would take it for a failed query and go on. After an interruption the
    thread may still be at work and the process should end; whatever it leaves half done, the next run takes away.

    Raises Problem (LockHeldError where another run is writing), KeyboardInterrupt where it is interrupted, and
    whatever error a step raised, as it was raised.
    """
    refuse_closed(settings.raw)
    with writer_lock(settings.lock):
        pass  # it is free and its folder can be written; the run takes it again and keeps it
    run_id, interrupted = str(uuid4()), Event()
    job = in_background(lambda: _execute(settings, run_id, _until(interrupted, notify)))
    try:
        awaited(job)
    except KeyboardInterrupt:
        interrupted.set()
        _end_readers(job)
        _cancel(settings, run_id)
        raise
    return _outcome(settings)


def _outcome(settings: Settings) -> Outcome:
    record = latest_record(settings)
    if record is None:
        raise RuntimeError("the job ended without a record of its run")
    manifest = load_manifest(settings.manifest, coming=True)
    broken = tuple(row for row in record.expectations if row["verdict"] == "broken" and row["severity"] == "critical")
    return Outcome(run=record.run, quarantine=tuple(quarantined(manifest)), broken=broken)


def _until(interrupted: Event, notify: Notify) -> Notify:
    """Return a notify that ends its run at the first step after an interruption, and says nothing of it."""

    def told(step: Step) -> None:
        if interrupted.is_set():
            sleep(_LEAVE_SECONDS)  # the command ends meanwhile: a failure told now would hide that it was cancelled
            raise InterruptedError
        notify(step)

    return told


def _end_readers(job: Future[None]) -> None:
    """End the reading processes, and wait until the run has noticed and given back what it shared with them."""
    readers = active_children()
    for reader in readers:
        reader.terminate()
    if readers:
        wait([job], _NOTICE_SECONDS)


def _cancel(settings: Settings, run_id: str) -> None:
    """Let Dagster's page show that a run was cancelled and is not still under way."""
    with suppress(Exception), instance_at(settings) as instance:
        run = instance.get_run_by_id(run_id)
        if run is not None and not run.is_success:
            instance.report_run_canceled(run)


def _execute(settings: Settings, run_id: str, notify: Notify) -> None:
    job = build_definitions(settings, notify).resolve_job_def(JOB)
    before = latest_record(settings)
    with instance_at(settings) as instance:
        try:
            job.execute_in_process(instance=instance, run_id=run_id, run_config=_QUIET)
        except Exception as error:  # noqa: BLE001 - raised again unless the gate stopped the run
            if _stopped_by_gate(before, latest_record(settings)):
                renew_dashboard(settings)
                return
            raise _cause(error) from None


def _stopped_by_gate(before: RunRecord | None, after: RunRecord | None) -> bool:
    return after is not None and after != before and not after.run["published"]


def _cause(error: BaseException) -> BaseException:
    """Return our own error where Dagster has wrapped it."""
    while error.__cause__ is not None and type(error).__module__.startswith("dagster"):
        error = error.__cause__
    return error
