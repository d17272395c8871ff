"""Dagster's own folder: its runs, without telemetry, without redirected output."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from pipelines.settings import Settings

_DAGSTER_YAML = """\
telemetry: {enabled: false}
nux: {enabled: false}
run_retries: {enabled: true, retry_on_asset_or_op_failure: false}
compute_logs: {module: dagster._core.storage.noop_compute_log_manager, class: NoOpComputeLogManager}
python_logs: {python_log_level: INFO}
"""


def prepare_home(settings: Settings) -> Path:
    """Return the folder in which Dagster keeps its runs, with its settings in place."""
    home = settings.dagster_home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.exists():
        config.write_text(_DAGSTER_YAML, encoding="utf-8")
    return home


@contextmanager
def instance_at(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """Yield the instance that keeps the runs, so that Dagster's page shows those of the command line as well."""
    with dg.DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        yield instance
