"""The quality gate read from the last build, published or set aside."""

from pipelines.display.gate import Gate
from pipelines.ingest.questions import ask
from pipelines.settings import Settings
from pipelines.warehouse.query import BrokenWarehouseError


def read_gate(settings: Settings, *, everything: bool = False) -> Gate:
    """Return what the last build says of itself; a build that was set aside is the last word.

    Raises NoWarehouseError where nothing is built yet, BrokenWarehouseError where the file cannot be read.
    """
    database = settings.rejected if settings.rejected.exists() else settings.database
    runs = ask(database, "latest_run")
    if not runs:
        raise BrokenWarehouseError("warehouse-of-another-version", database, found="quality.run is empty")
    return Gate(
        run=runs[0],
        expectations=ask(database, "failed_expectations"),
        quarantine=ask(database, "quarantine"),
        findings=ask(database, "findings", {"everything": everything}),
        database=database,
    )
