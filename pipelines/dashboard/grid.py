"""Figures in the layout of their form: rows as they are printed, with the columns of the table."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from pipelines.dashboard.rows import Row
from pipelines.registry.dictionary import breakdowns, indicators
from pipelines.registry.forms import FormRow, FormTable, forms

Cell = tuple[str, str]


class GridCell(NamedTuple):
    """One cell of a form: which figure it asks for, and the first that a report prints there."""

    indicator: str
    breakdown: str
    figure: Row | None

    @property
    def anchor(self) -> str:
        """The name of the cell within its page."""
        return f"f-{self.indicator}-{self.breakdown}"


class GridRow(NamedTuple):
    """One printed row: number, label, whether it only heads others, and its cells."""

    number: str
    label: str
    en: str
    heading: bool
    cells: tuple[GridCell, ...]


class Grid(NamedTuple):
    """One table of a form with what a report prints in it; columns are pairs of Chinese and English."""

    form: str
    table: str
    title: str
    title_en: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[GridRow, ...]


def grids(figures: Mapping[tuple[str, str, str], Row]) -> tuple[Grid, ...]:
    """Return the tables of which a report prints anything; figures are told by form, indicator and breakdown."""
    present = {form for form, _, _ in figures}
    return tuple(_grid(table, figures, lambda _: True) for table in _tables() if table.form in present)


def part_of_grid(form: str, cells: Iterable[Cell], figures: Mapping[tuple[str, str, str], Row]) -> tuple[Grid, ...]:
    """Return the tables of a form cut down to the rows and columns in which some cells stand."""
    wanted = frozenset(cells)
    tables = (table for table in _tables() if table.form == form)
    found = (_grid(table, figures, lambda row: row.cell in wanted) for table in tables)
    return tuple(_narrowed(grid, wanted) for grid in found if grid.rows)


def _grid(table: FormTable, figures: Mapping[tuple[str, str, str], Row], keep: Callable[[FormRow], bool]) -> Grid:
    kept = (row for row in table.rows if any(map(keep, row.figures or (row,))))
    rows = tuple(_row(table.form, row, figures) for row in kept)
    return Grid(table.form, table.table, table.title, table.title_en, tuple(map(_column, table.columns)), rows)


def _row(form: str, row: FormRow, figures: Mapping[tuple[str, str, str], Row]) -> GridRow:
    parts = row.figures or (row,)
    cells = tuple(GridCell(*part.cell, figures.get((form, *part.cell))) for part in parts)
    names = {part.indicator for part in parts}
    english = indicators()[names.pop()].en if len(names) == 1 else ""
    return GridRow(row.number, row.label, english, row.heading, () if row.heading else cells)


def _narrowed(grid: Grid, wanted: frozenset[Cell]) -> Grid:
    """Return a table without the columns in which none of the cells stands."""
    kept = sorted({at for row in grid.rows for at, cell in enumerate(row.cells) if (cell[0], cell[1]) in wanted})
    rows = tuple(row._replace(cells=tuple(row.cells[at] for at in kept if at < len(row.cells))) for row in grid.rows)
    return grid._replace(columns=tuple(grid.columns[at] for at in kept if at < len(grid.columns)), rows=rows)


def _column(label: str) -> tuple[str, str]:
    return label, _english_of_columns().get(label, "")


@cache
def _english_of_columns() -> dict[str, str]:
    return {zh: en for members in breakdowns().values() for zh, en in members.values()}


@cache
def _tables() -> tuple[FormTable, ...]:
    return tuple(table for form in forms() for table in form.tables)
