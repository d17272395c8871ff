"""CSV that a spreadsheet in China opens as it is: UTF-8 with a byte order mark, no formulas, nothing lost."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.export.cells import guarded, is_text, written
from pipelines.registry.tables import Table

Add = Callable[[pa.RecordBatch], object]
_QUOTED = frozenset(',"\r\n\0')


def line(cells: Sequence[str | None]) -> str:
    r"""Return one line of a CSV file (RFC 4180); a text of no length is quoted, so that it is told from NULL.

    >>> line(["a", None, "", "d,e"])
    'a,,"","d,e"\r\n'
    """
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(text: str | None) -> str:
    if text is None:
        return ""
    if text and text == text.strip() and _QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


@contextmanager
def csv_file(path: Path, table: Table) -> Iterator[Add]:
    """Open a CSV file of a table and yield what adds rows to it."""
    forms = [_guarded_text if is_text(column.type) else _number for column in table.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(line([column.name for column in table.columns]))

        def add(batch: pa.RecordBatch) -> None:
            columns = [map(form, values.to_pylist()) for form, values in zip(forms, batch.columns, strict=True)]
            stream.writelines(map(line, zip(*columns, strict=True)))

        yield add


def _guarded_text(value: str | None) -> str | None:
    return None if value is None else guarded(value)


def _number(value: Any) -> str | None:  # noqa: ANN401 - whatever a table holds
    return None if value is None else written(value)
