"""The quality gate read from the last build, published or set aside."""

from pipelines.display.gate import Gate
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.query import query


def read_gate(settings: Settings, *, everything: bool = False) -> Gate:
    """Return what the last build says of itself; a build that was set aside is the last word.

    Raises NoWarehouseError where nothing is built yet.
    """
    database = settings.rejected if settings.rejected.exists() else settings.database
    found = {
        name: query(database, statements("query")[f"query.{name}"].text).rows
        for name in ("latest_run", "failed_expectations", "quarantine")
    }
    findings = query(database, statements("query")["query.findings"].text, {"everything": everything}).rows
    return Gate(
        run=found["latest_run"][0],
        expectations=found["failed_expectations"],
        quarantine=found["quarantine"],
        findings=findings,
        database=database,
    )
