"""Rows as an aligned table, CSV or JSON."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import Any
from unicodedata import category, east_asian_width

_WIDEST = 60
_LONGEST = 4 * _WIDEST
"""However little room its characters take, nobody reads more of a cell in a table."""

Row = dict[str, Any]


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def render(columns: Sequence[str], rows: Iterable[Row], form: Format) -> str:
    """Return rows as text in one of the formats, without a final line break."""
    if form is Format.JSON:
        return json.dumps({"columns": list(columns), "rows": [_plain(row) for row in rows]}, ensure_ascii=False)
    return _csv(columns, rows) if form is Format.CSV else _table(columns, list(rows))


def _plain(row: Row) -> Row:
    return {name: plain(value) for name, value in row.items()}


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever DuckDB or Python hand over
    """Return a value that JSON can hold; decimals as numbers where that keeps them, else as text, dates as ISO text.

    >>> plain(Decimal("403.0000")), plain(Decimal("96171.6")), plain(Decimal("99999999999999.9999"))
    (403, 96171.6, '99999999999999.9999')
    """
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return value if value is None or isinstance(value, (str, int)) or _is_finite(value) else str(value)


def _number(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else text(value)


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and isfinite(value)


def text(value: Any) -> str:  # noqa: ANN401 - as above
    """Return a value as people write it: no trailing noughts, nothing for NULL.

    >>> text(Decimal("-8.60")), text(Decimal("403.0000")), text(None), text(["a", "b"])
    ('-8.6', '403', '', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(text, value))
    return str(value)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([text(row[name]) for name in columns] for row in rows)
    return stream.getvalue().rstrip("\n")


def width(line: str) -> int:
    """Return how many columns of a terminal a text takes: Chinese characters take two, combining marks none.

    Characters of ambiguous width (“”, ─, ①) take one, as terminals have it unless they are told otherwise.

    >>> width("公开 ok"), width("e\N{COMBINING ACUTE ACCENT}"), width("“①”")
    (7, 1, 3)
    """
    return len(line) if line.isascii() else sum(map(_columns_taken, line))


@lru_cache(maxsize=4096)
def _columns_taken(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _table(columns: Sequence[str], rows: list[Row]) -> str:
    cells = [[_one_line(text(row[name])) for name in columns] for row in rows]
    numeric = [_numeric([row[name] for row in rows]) for name in columns]
    widths = [max(map(width, (name, *column))) for name, column in zip(columns, _columns(cells, columns), strict=True)]
    lines = [_line(list(columns), widths, numeric), _line(["─" * each for each in widths], widths, numeric)]
    return "\n".join((*lines, *(_line(row, widths, numeric) for row in cells)))


def _columns(cells: list[list[str]], columns: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*cells, strict=True)) if cells else [() for _ in columns]


def _numeric(values: list[Any]) -> bool:
    return all(isinstance(value, (int, float, Decimal)) or value is None for value in values)


def _one_line(cell: str) -> str:
    cell = cell if len(cell) <= _LONGEST else cell[:_LONGEST] + "…"
    cell = "".join(character if character.isprintable() else " " for character in cell)
    while width(cell) > _WIDEST:
        cell = cell[: max(1, len(cell) - max(1, (width(cell) - _WIDEST) // 2)) - 1] + "…"
    return cell


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    padded = [
        " " * (size - width(cell)) + cell if right else cell + " " * (size - width(cell))
        for cell, size, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
