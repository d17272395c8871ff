"""Stored figures as observations again, for rules that look at a report beside others."""

from dataclasses import fields

import duckdb

from pipelines.model.figure import Bound
from pipelines.model.frozen import maker
from pipelines.model.observation import Observation, Source, Status

_NAMES = [each.name for each in fields(Observation)]
_KINDS = {"status": Status, "source": Source, "bound": Bound}
_observation = maker(Observation)


def observations(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[Observation, ...]]:
    """Return the rows of a query on observations, by report; columns of its own are passed over."""
    names = [column[0] for column in cursor.description or ()]
    found: dict[str, list[Observation]] = {}
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        found.setdefault(str(row["report_id"]), []).append(_restored(row))
    return {report_id: tuple(figures) for report_id, figures in found.items()}


def _restored(row: dict[str, object]) -> Observation:
    named = {name: row[name] for name in _NAMES} | {name: kind(str(row[name])) for name, kind in _KINDS.items()}
    return _observation(**named)  # type: ignore[arg-type]
