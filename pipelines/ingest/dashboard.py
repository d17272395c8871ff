"""The dashboard of the last build: its rows are read from the warehouse, read-only, and handed to the site."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pipelines.dashboard.rows import Ask, Overview, Rows
from pipelines.dashboard.site import Written, write_site
from pipelines.dashboard.sums import reports_of
from pipelines.ingest.comparing import compare
from pipelines.ingest.questions import ask
from pipelines.model.comparison import Comparison
from pipelines.registry.problems import Problem
from pipelines.settings import Settings
from pipelines.warehouse.query import BrokenWarehouseError

_DIFFERENCES = 20
_DERIVED = {"key_figures", "key_figures_before", "cells", "jump_place", "release"}


def write_dashboard(settings: Settings) -> Path:
    """Write the dashboard of the last build, published or set aside, and return its first page.

    Raises NoWarehouseError where nothing is built yet, BrokenWarehouseError where the file cannot be read.
    """
    renew_dashboard(settings)
    return settings.dashboard / "index.html"


def renew_dashboard(settings: Settings) -> Written:
    """Write the dashboard of the last build; return how many pages were written and how many kept."""
    database, before = _last_two(settings)
    asked: Ask = partial(_ask, database)
    overview = _overview(asked, database, before)
    digests = {row["body_id"]: row["digest"] for row in asked("body_digest", {})}
    return write_site(settings.dashboard, overview, digests, asked)


def _last_two(settings: Settings) -> tuple[Path, Path]:
    """Return the warehouse of the last build and the one with which it is compared."""
    if settings.rejected.exists():
        return settings.rejected, settings.database
    return settings.database, settings.previous


def _ask(database: Path, question: str, parameters: Mapping[str, object]) -> Rows:
    return ask(database, question, parameters, folder="dashboard")


def _overview(asked: Ask, database: Path, before: Path) -> Overview:
    rows: dict[str, Any] = {name: asked(name, {}) for name in Overview._fields if name not in _DERIVED}
    if not rows["run"]:
        raise BrokenWarehouseError("warehouse-of-another-version", database, found="quality.run is empty")
    with_sums = sorted({name for row in rows["broken_sum"] for name in reports_of(row)})
    moved = sorted({row["body_id"] for row in rows["jump"]})
    return Overview(
        key_figures=asked("key_figures", {})[0],
        cells=asked("cell_of_reports", {"reports": with_sums}),
        jump_place=asked("place_of_bodies", {"bodies": moved}),
        **_of_the_build_before(database, before),
        **rows,
    )


def _of_the_build_before(database: Path, before: Path) -> dict[str, Any]:
    """Return what the build before says; nothing where there is none or an older version made it."""
    try:
        return {"key_figures_before": _ask(before, "key_figures", {})[0], "release": _compared(before, database)}
    except Problem:
        return {"key_figures_before": None, "release": None}


def _compared(before: Path, database: Path) -> Comparison:
    return compare(before, database, _DIFFERENCES)
