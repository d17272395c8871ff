"""XLSX for people: frozen heads, filters, codes as text, and a page that says what every column means."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.export.cells import written
from pipelines.export.comma_separated import Add
from pipelines.registry.publishing import publication
from pipelines.registry.tables import Table

ROWS_OF_A_SHEET = 1_048_576
LONGEST_TEXT = 32_767
MOST_DIGITS = 15
_EXPLANATIONS = "说明 About"
_SHEET_NAME = 31
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900; before it their days are wrong."""

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""No clock: the same rows give the same bytes."""


def fitting(text: str) -> str:
    """Return a text as a cell can hold it; one that is too long is cut where the cell says so.

    >>> fitting("公开"), fitting("长" * 40_000)[-41:]
    ('公开', '长…〔全长 40000 字，见 CSV 或 Parquet | cut here〕')
    """
    units = len(text.encode("utf-16-le")) // 2
    if units <= LONGEST_TEXT:
        return text
    mark = f"…〔全长 {len(text)} 字，见 CSV 或 Parquet | cut here〕"
    return text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(mark))].decode("utf-16-le", "ignore") + mark


@dataclass(slots=True)
class _Sheets:
    """The sheets of one table: another begins where one is full."""

    book: xlsxwriter.Workbook
    table: Table
    formats: dict[str, Format]
    limit: int
    sheets: list[Worksheet] = field(default_factory=list)
    row: int = 0

    def open(self) -> None:
        """Begin another sheet with its heads."""
        part = f" ({len(self.sheets) + 1})" if self.sheets else ""
        sheet = self.book.add_worksheet(self.table.short_name[: _SHEET_NAME - len(part)] + part)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(self.table.columns):
            sheet.set_column(number, number, max(10, min(40, len(column.name) + 4)))
            sheet.write_string(0, number, column.name, self.formats["head"])
        self.sheets.append(sheet)
        self.row = 1

    def add(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a batch."""
        writers = [_writer(column.type, self.formats) for column in self.table.columns]
        for row in zip(*(values.to_pylist() for values in batch.columns), strict=True):
            if self.row == self.limit:
                self.close()
                self.open()
            for number, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None:
                    write(self.sheets[-1], self.row, number, value)
            self.row += 1

    def close(self) -> None:
        """Give the sheet its filter, over the rows that it came to have."""
        self.sheets[-1].autofilter(0, 0, max(1, self.row - 1), len(self.table.columns) - 1)


Write = Callable[[Worksheet, int, int, Any], object]


def _writer(column_type: str, formats: dict[str, Format]) -> Write:
    """Return what writes a value of a column into a cell."""

    def text(sheet: Worksheet, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - whatever a table holds
        sheet.write_string(row, column, _storable(fitting(written(value))), formats["text"])

    def number(sheet: Worksheet, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - an int or a Decimal
        plain = written(value)
        if len(plain.strip("-").replace(".", "").lstrip("0")) > MOST_DIGITS:
            text(sheet, row, column, plain)
        else:
            form = formats["fraction" if "." in plain else "whole"]
            sheet.write_number(row, column, Decimal(plain), form)

    def day(sheet: Worksheet, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - a date or a time
        exact = not isinstance(value, datetime) or not value.microsecond
        if exact and (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, formats[column_type])
        else:
            text(sheet, row, column, value)

    def answer(sheet: Worksheet, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - a bool
        sheet.write_boolean(row, column, value)

    kinds: dict[str, Write] = {"BOOLEAN": answer, "DATE": day, "TIMESTAMP": day, "INTEGER": number, "BIGINT": number}
    return kinds.get(column_type, number if column_type.startswith("DECIMAL") else text)


def _storable(text: str) -> str:
    """Return a text with the sign of an unknown character for the two that no XML holds."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


@contextmanager
def xlsx_file(path: Path, table: Table, limit: int = ROWS_OF_A_SHEET) -> Iterator[Add]:
    """Open a workbook of a table and yield what adds rows to it; a sheet holds `limit` rows with its head."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"title": f"{table.name} {table.zh}", "created": _MADE})
        formats = _formats(book)
        _explain(book.add_worksheet(_EXPLANATIONS), table, formats)
        sheets = _Sheets(book, table, formats, limit)
        sheets.open()
        yield sheets.add
        sheets.close()
        sheets.sheets[0].activate()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    declared: dict[str, dict[str, object]] = {
        "head": {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "num_format": "@"},
        "text": {"num_format": "@"},
        "whole": {"num_format": "0"},
        "fraction": {"num_format": "0.0###"},
        "DATE": {"num_format": "yyyy-mm-dd"},
        "TIMESTAMP": {"num_format": "yyyy-mm-dd hh:mm:ss"},
        "prose": {"text_wrap": True, "valign": "top"},
    }
    return {name: book.add_format(form) for name, form in declared.items()}


def _explain(sheet: Worksheet, table: Table, formats: dict[str, Format]) -> None:
    """Write the page of explanations: the table, its columns, and how to read it."""
    said = publication()
    for number, size in enumerate((24, 50, 50, 16)):
        sheet.set_column(number, number, size)
    rows: list[tuple[str, ...]] = [
        (table.name, table.zh, table.en),
        ("", said.title.zh, said.title.en),
        *(("", note.zh, note.en) for note in said.notes),
        (),
    ]
    heads = ("列 column", "含义", "meaning", "类型 type")
    columns = [(column.name, column.zh, column.en, column.type) for column in table.columns]
    for number, row in enumerate((*rows, heads, *columns)):
        form = formats["head" if row == heads else "prose"]
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, form)
