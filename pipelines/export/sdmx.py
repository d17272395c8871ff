"""SDMX-CSV 2.0: observations by dimensions, with the status of each in the letters of SDMX."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.export.cells import written
from pipelines.export.comma_separated import Add, line
from pipelines.model.observation import VALUELESS
from pipelines.registry.problems import Problem
from pipelines.registry.publishing import (
    Dataflow,
    observation_statuses,
    status_of_break,
    status_of_contradiction,
)

_CODE = re.compile(r"[A-Za-z0-9_@$-]+")
_INFORMATION = "I"
_YEARLY = "A"
Row = Mapping[str, Any]


@contextmanager
def sdmx_file(path: Path, flow: Dataflow) -> Iterator[Add]:
    """Open an SDMX-CSV file of a dataflow and yield what adds rows of its table to it."""
    fixed = ("dataflow", flow.id, _INFORMATION, _YEARLY)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(line(heads(flow)))

        def add(batch: pa.RecordBatch) -> None:
            rows = batch.select(list(flow.columns)).to_pylist()
            stream.writelines(line([*fixed, *(part or None for part in _components(flow, row))]) for row in rows)

        yield add


def heads(flow: Dataflow) -> list[str]:
    """Return the names of the columns: structure, dimensions, value, status, attributes."""
    return [
        *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ"),
        *(*flow.dimensions, "OBS_VALUE", "OBS_STATUS"),
        *flow.attributes,
    ]


def _components(flow: Dataflow, row: Row) -> Iterator[str]:
    for name, column in flow.dimensions.items():
        yield str(row[column]) if name in flow.uncoded else code(row[column], flow.table)
    yield written(row["value"])
    yield status_code(row[flow.status], valued=row["value"] is not None, broken=bool(flow.broken and row[flow.broken]))
    for column in flow.attributes.values():
        yield _attribute(row[column])


def code(value: object, where: str) -> str:
    """Return a value as a code of SDMX, which may hold no point; raises Problem where it is none.

    >>> code("disclosure.via_website", "here"), code(2017, "here")
    ('disclosure-via_website', '2017')
    """
    text = str(value).replace(".", "-")
    if not _CODE.fullmatch(text):
        raise Problem("no-code", where, found=text)
    return text


def status_code(statuses: str | list[str], *, valued: bool, broken: bool = False) -> str:
    """Return the letter of SDMX for the status of a figure, or for those of its parts.

    >>> status_code("blank", valued=False), status_code(["derived", "reported"], valued=True, broken=True)
    ('O', 'I')
    >>> status_code(["reported"], valued=True, broken=True), status_code(["reported"], valued=False)
    ('B', 'L')
    """
    parts = [statuses] if isinstance(statuses, str) else statuses
    prevailing = next(status for status in _codes() if status in parts)
    if not valued and prevailing not in VALUELESS:
        return status_of_contradiction()
    normal = _codes()["reported"]
    return status_of_break() if broken and _codes()[prevailing] == normal else _codes()[prevailing]


@cache
def _codes() -> dict[str, str]:
    return {str(each.status): each.code for each in observation_statuses()}


def _attribute(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    return " ".join(value) if isinstance(value, list) else written(value)
