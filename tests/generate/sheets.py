"""Blocks as workbooks, old and new: in one sheet or several, figures as numbers or as text, with empty rows above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random

import openpyxl
import xlwt

from tests.generate.grid import Block, Cell, Grid, Text, width

_FEWEST_COLUMNS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """The choices that hold for a workbook."""

    down: int
    right: int
    numbers: bool
    apart: bool
    title_merged: bool
    number_format: str


@dataclass(frozen=True, slots=True)
class _Range:
    """A cell of a sheet, which may cover several: its value, where it begins, how many rows and columns it covers."""

    value: str | float
    row: int
    column: int
    rows: int
    columns: int


def xlsx(blocks: Sequence[Block], random: Random) -> bytes:
    """Return a workbook of today."""
    style, stream, book = _drawn(random), BytesIO(), openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, part in _sheets(blocks, style):
        sheet = book.create_sheet(name)
        for found in _ranges(part, style):
            at = sheet.cell(found.row + 1, found.column + 1, found.value if found.value != "" else None)
            at.number_format = "@" if isinstance(found.value, str) else style.number_format
            if found.rows * found.columns > 1:
                end_row, end_column = found.row + found.rows, found.column + found.columns
                sheet.merge_cells(None, found.row + 1, found.column + 1, end_row, end_column)
    book.save(stream)
    return stream.getvalue()


def xls(blocks: Sequence[Block], random: Random) -> bytes:
    """Return a workbook of before 2007."""
    style, stream, book = _drawn(random), BytesIO(), xlwt.Workbook()
    spelt = xlwt.easyxf(num_format_str=style.number_format)
    for name, part in _sheets(blocks, style):
        sheet = book.add_sheet(name)
        for found in _ranges(part, style):
            last = found.row + found.rows - 1, found.column + found.columns - 1
            sheet.write_merge(found.row, last[0], found.column, last[1], found.value, spelt)
    book.save(stream)
    return stream.getvalue()


def _drawn(random: Random) -> _Style:
    return _Style(
        down=random.choice((0, 0, 1, 3)),
        right=random.choice((0, 0, 0, 1)),
        numbers=bool(random.randrange(3)),
        apart=bool(random.randrange(2)),
        title_merged=bool(random.randrange(2)),
        number_format=random.choice(("General", "General", "#,##0", "0_ ", "@")),
    )


def _sheets(blocks: Sequence[Block], style: _Style) -> Iterator[tuple[str, list[Block]]]:
    """Yield the name and the blocks of each sheet: all, or those under one heading of a part of the report."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        headed = isinstance(block, Text) and block.level == 2
        if style.apart and parts[-1] and headed:
            parts.append([])
        parts[-1].append(block)
    yield from ((f"Sheet{number}", part) for number, part in enumerate(parts, start=1))


def _ranges(blocks: Sequence[Block], style: _Style) -> Iterator[_Range]:
    """Yield what is written into a sheet."""
    row = style.down
    columns = max([_FEWEST_COLUMNS, *(width(block) for block in blocks if isinstance(block, Grid))])
    for block in blocks:
        if isinstance(block, Grid):
            yield from _table(block, style, row)
            row += len(block.rows)
        else:
            yield _Range(block.text, row, style.right, 1, columns if style.title_merged else 1)
            row += 1


def _table(grid: Grid, style: _Style, above: int) -> Iterator[_Range]:
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            while (index, column) in taken:
                column += 1
            yield _Range(_value(cell, style), above + index, style.right + column, cell.rows, cell.columns)
            taken |= {(index + d, column + a) for d in range(cell.rows) for a in range(cell.columns)}


def _value(cell: Cell, style: _Style) -> str | float:
    """Return what is written into a cell: a number where a person typed one."""
    typed = cell.text.replace(",", "")
    if cell.label or not style.numbers or not typed.isascii():
        return cell.text
    try:
        return float(typed) if "." in typed else int(typed)
    except ValueError:
        return cell.text
