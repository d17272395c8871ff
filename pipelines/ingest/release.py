"""What becomes of a finished build: it is published as one, or set aside."""

import shutil

from pipelines.ingest.manifest import manifest_moves
from pipelines.ingest.slices import keep_before
from pipelines.settings import Settings
from pipelines.warehouse.database import journal
from pipelines.warehouse.parquet import discard, moves
from pipelines.warehouse.publication import Move, clear, publish


def release(settings: Settings) -> None:
    """Publish a build that passed: Parquet, manifest and database, all or none of them."""
    if settings.building.exists():
        keep_before(settings)
    publish(
        settings.warehouse,
        (
            *moves(settings.parquet),
            *manifest_moves(settings.manifest),
            Move(None, journal(settings.database)),
            Move(settings.building, settings.database),
        ),
    )
    clear(settings.rejected)
    shutil.rmtree(settings.staging, ignore_errors=True)


def set_aside(settings: Settings) -> None:
    """Keep a build that did not pass the gate where it can be looked at; nothing of it is published."""
    for path in (journal(settings.rejected), settings.rejected):
        clear(path)
    settings.building.replace(settings.rejected)
    discard(settings.parquet)
