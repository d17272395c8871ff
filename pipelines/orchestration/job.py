"""The one job, for the command line, the web page and schedules alike."""

import warnings
from collections.abc import Iterator

import dagster as dg

from pipelines.ingest.lock import writer_lock
from pipelines.orchestration.assets import FIRST_YEAR, LAST_YEAR, build_assets
from pipelines.orchestration.checks import build_checks
from pipelines.orchestration.progress import Notify, silent
from pipelines.orchestration.routine import build_freshness, build_routine
from pipelines.settings import Settings

JOB = "build"


def build_definitions(settings: Settings, notify: Notify = silent) -> dg.Definitions:
    """Return all assets, checks and the job, working in the folders of `settings`.

    A run that names no years is a run over all of them in one go: which files change is known only after reading.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=dg.BetaWarning)
        assets = build_assets(settings, notify)
    job = dg.define_asset_job(
        JOB,
        executor_def=dg.in_process_executor,
        description="全流程：原始报告 → 仓库 → 检查 → 发布 | Everything, in one process and one run",
        run_tags={
            "dagster/asset_partition_range_start": FIRST_YEAR,
            "dagster/asset_partition_range_end": LAST_YEAR,
            "dagster/max_retries": "2",
        },
    )
    sensors, schedules = build_routine(settings, job)
    return dg.Definitions(
        assets=assets,
        asset_checks=[build_checks(settings), build_freshness(settings)],
        sensors=sensors,
        schedules=schedules,
        jobs=[job],
        executor=dg.in_process_executor,
        resources={"writer": _writer(settings)},
    )


def _writer(settings: Settings) -> dg.ResourceDefinition:
    @dg.resource(description="唯一写入者的锁 | The lock of the one writer, held for a whole run")
    def writer(_: dg.InitResourceContext) -> Iterator[None]:
        """Hold the lock as long as the run lasts."""
        with writer_lock(settings.lock):
            yield

    return writer
