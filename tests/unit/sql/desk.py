"""A warehouse of a few rows, written by hand, on which one SELECT at a time is tried."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.registry.continuity import laws
from pipelines.registry.crosswalk import crosswalk
from pipelines.registry.dictionary import indicators
from pipelines.registry.tables import tables
from pipelines.registry.thresholds import thresholds
from pipelines.sql.statements import SCHEMAS, statements
from pipelines.warehouse.database import give

Row = dict[str, Any]
_BLANK = {"VARCHAR": "", "VARCHAR[]": [], "BOOLEAN": False}


class Desk:
    """Tables in memory with the declared columns; what a row does not say is blank or NULL."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA {schema}")
        for table in tables().values():
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
        self._declare()

    def _declare(self) -> None:
        self.put("core.indicator", map(asdict, indicators().values()))
        self.put("core.concept", map(asdict, crosswalk()))
        self.put("core.crosswalk", (asdict(term) for concept in crosswalk() for term in concept.terms))
        self.put("core.passage", (asdict(passage) for concept in crosswalk() for passage in concept.passages))
        self.put("core.threshold", map(asdict, thresholds()))
        self.put("core.law", (asdict(law) | {"forms": list(law.forms)} for law in laws().values()))
        self.put("core.law_term", (asdict(term) for law in laws().values() for term in law.terms))

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to a table."""
        columns = tables()[table].columns
        values = [[row.get(column.name, _BLANK.get(column.type)) for column in columns] for row in rows]
        if values:
            marks = ", ".join("?" for _ in columns)
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)

    def report(self, body: str, year: int, **said: Any) -> str:
        """Add the current report of a body for a year and return its id."""
        report_id = said.pop("report_id", f"{body}-{year}")
        row = {"report_id": report_id, "body_id": body, "body": body, "body_name": body, "report_year": year}
        self.put("core.report", [row | {"is_current": True, "coverage": "unknown", "forms": []} | said])
        return report_id

    def figures(self, report_id: str, form: str, values: dict[str, Any], **said: Any) -> None:
        """Add figures of a report: `indicator` or `indicator[breakdown]` to a value, a status, or both."""
        body, year = report_id.rsplit("-", 1) if "body_id" not in said else (said["body_id"], said["report_year"])
        owner = {"report_id": report_id, "body_id": body, "report_year": int(year), "time_period": int(year)}
        self.put("core.observation", (owner | _figure(name, worth, form) | said for name, worth in values.items()))
        self._connection.execute(
            "UPDATE core.report SET forms = list_distinct(list_append(forms, $form)) WHERE report_id = $report",
            {"form": form, "report": report_id},
        )

    def give(self, table: str, rows: Iterable[Row]) -> None:
        """Let a SELECT read rows under the name `given_<table>`."""
        given = list(rows)
        give(self._connection, table, {name: [row[name] for row in given] for name in given[0]})

    def clear(self, name: str) -> None:
        """Take all rows out of a table."""
        self._connection.execute(f"DELETE FROM {name}")

    def make(self, name: str) -> None:
        """Fill a mart by its SELECT."""
        folder, _, _ = name.partition(".")
        self._connection.execute(f"INSERT INTO {name} BY NAME {statements(folder)[name].text}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, whole numbers as such."""
        return [tuple(map(_plain, row)) for row in self._connection.execute(query).fetchall()]

    def answers(self, check: str, columns: str) -> list[tuple[Any, ...]]:
        """Return some columns of a check's answers, sorted."""
        return self.rows(f"SELECT {columns} FROM ({statements(check.partition('.')[0])[check].text}) ORDER BY ALL")


def _figure(name: str, worth: Any, form: str) -> Row:
    indicator, _, breakdown = name.removesuffix("]").partition("[")
    value, status = worth if isinstance(worth, tuple) else (worth, "blank" if worth is None else "reported")
    return {
        "indicator": indicator,
        "breakdown": breakdown or "total",
        "value": value,
        "status": status,
        "unit": indicators()[indicator].unit,
        "source": "table",
        "form": form,
        "occurrence": 1,
        "bound": "exact",
        "precision": 1,
        "locator": "line 1",
    }


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


@contextmanager
def desk() -> Iterator[Desk]:
    """Yield an empty desk."""
    with duckdb.connect(":memory:") as connection:
        yield Desk(connection)
