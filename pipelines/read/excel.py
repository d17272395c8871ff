"""Spreadsheets, old and new: a grid for each sheet that is shown, cells as they are printed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import product
from typing import Any

import python_calamine as calamine

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.assembly import Assembly, Cell
from pipelines.read.container import XLSX
from pipelines.read.excel_hidden import SHOWN, Hidden, hidden_parts
from pipelines.read.printed import join

_LETTERS = 26
_MOST_CELLS = 200_000
_DIGITS = 15
_MOST_EMPTY = 50


def read_excel(data: bytes, media_type: str) -> Document:
    """Return a workbook: a grid for each visible sheet, formulas by the value that was saved with them.

    Rows and columns that a workbook since 2007 hides are left out and named. Raises Unreadable where it is encrypted or
    damaged.
    """
    assembly, unread = Assembly(), list[str]()
    hidden = hidden_parts(data) if media_type == XLSX else {}
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        for number, sheet in enumerate(workbook.sheets_metadata, 1):
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible:
                left_out = hidden.get(sheet.name, SHOWN)
                _add_sheet(assembly, workbook.get_sheet_by_name(sheet.name), number, left_out)
                unread += _said(left_out, number)
    except calamine.PasswordError as error:
        raise Unreadable("encrypted-file", "the workbook asks for a password") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged-file", f"workbook: {error}") from error
    return assembly.document(media_type, unread=tuple(unread))


def _said(hidden: Hidden, number: int) -> Iterator[str]:
    """Yield what of a sheet is not read because it is hidden."""
    if hidden.rows:
        yield f"sheet {number}: {len(hidden.rows)} hidden rows"
    if hidden.columns:
        yield f"sheet {number}: {len(hidden.columns)} hidden columns"


def _add_sheet(assembly: Assembly, sheet: Any, number: int, hidden: Hidden) -> None:
    cells = list(_cells(sheet, number, hidden))
    if not any(cell.text.strip() for cell in cells):
        return
    if len(cells) > 1:
        assembly.add_grid(cells)
    else:
        assembly.add(cells[0].text, cells[0].place)


def _cells(sheet: Any, number: int, hidden: Hidden) -> Iterator[Cell]:
    """Yield the cells of a sheet that are shown, merged ones as one, without the empty rows around them."""
    spans, covered = _merged(sheet)
    left = sheet.start[1] if sheet.start else 0
    count = 0
    for row, values in _filled_rows(sheet, hidden.last):
        for column, value in enumerate(values, left):
            if (row, column) in covered or row in hidden.rows or column in hidden.columns:
                continue
            count += 1
            if count > _MOST_CELLS:
                raise Unreadable("file-too-large", f"sheet {number} has more than {_MOST_CELLS:,} cells")
            rows, columns = spans.get((row, column), (1, 1))
            yield Cell(printed(value), f"sheet {number}!{cell_name(row, column)}", row, column, rows, columns)


def _filled_rows(sheet: Any, last: int) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows from the first to the last that hold anything; empty ones between where they are few.

    The one below them comes too, where it has cells: it is the row of figures of a table that counts nothing.
    """
    before: int | None = None
    values: list[Any] = []
    for row, values in enumerate(sheet.iter_rows()):
        if any(value != "" for value in values):
            if before is not None and row - before <= _MOST_EMPTY:
                yield from ((empty, [""] * len(values)) for empty in range(before + 1, row))
            yield row, values
            before = row
    if before is not None and last > before:
        yield before + 1, [""] * len(values)


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return what the first cell of each merged range covers, and the cells that are covered."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) <= _MOST_CELLS:
            spans[top, left] = bottom - top + 1, right - left + 1
            covered |= {*product(range(top, bottom + 1), range(left, right + 1))} - {(top, left)}
    return spans, covered


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as a spreadsheet shows it.

    >>> cell_name(16, 1), cell_name(0, 27)
    ('B17', 'AB1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def printed(value: object) -> str:
    r"""Return the value of a cell as a person reads it.

    >>> printed(12.0), printed(1e16), printed(0.1 + 0.2), printed(date(2024, 12, 31)), printed("商业\n企业")
    ('12', '10000000000000000', '0.3', '2024-12-31', '商业企业')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return format(Decimal(f"{value:.{_DIGITS}g}").normalize() + 0, "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (int, timedelta)) else join(str(value).splitlines())
