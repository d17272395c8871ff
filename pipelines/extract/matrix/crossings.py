"""A table whose figures stand where two heads cross, one of a row of the form and one of a column, however laid out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extract.matrix.lattice import Lattice, Lattices, Seen
from pipelines.extract.matrix.rows import Row, is_inked
from pipelines.extract.numbers import parse_cell
from pipelines.extract.page import Page
from pipelines.extract.strips import Mark
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.heads import Role
from pipelines.registry.wording import key

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_TITLES = 3
_HEADS_REACH = 12
Place = tuple[FormRow, int]
"""A row of the form and the number of its column."""


class Named(NamedTuple):
    """What heads say of a cell: the row of the form, the number of its column; None where they do not."""

    row: FormRow | None = None
    column: int | None = None

    @property
    def whole(self) -> bool:
        """Whether both are told."""
        return self.row is not None and self.column is not None

    def with_(self, other: "Named") -> "Named":
        """Return this with what another adds; what is told stays."""
        return Named(self.row or other.row, self.column if self.column is not None else other.column)


_NOTHING = Named()


def crossing_rows(page: Page, lattices: Lattices, table: FormTable) -> list[Row] | None:
    """Return every row of a table with all of its cells, as the heads around them name them.

    There is none where the heads do not name all cells, but for a row of which a table holds the heads and nothing
    below them. None is returned where they name two figures alike, or may be shifted.
    """
    found: dict[Place, Mark] = {}
    naming = _naming(page, lattices, table)
    if any(_is_shifted(table, lattice) for lattice in naming):
        return None
    for lattice in naming:
        own = _marks(_cells(table, lattice, _titled(page, lattices, table, lattice)))
        if own is None:
            return None
        if not found.keys().isdisjoint(own):
            return []
        found |= own
    columns = range(len(table.columns))
    rows = [row for row in table.rows if all((row, column) in found for column in columns)]
    lost = len(rows) < len(table.rows) and not any(_ends_in_heads(table, lattice) for lattice in naming)
    if lost or any(is_inked(mark.text) for (row, _), mark in found.items() if row not in rows):
        return []
    return [row_of_form(table, row, [found[row, column] for column in columns]) for row in rows]


def _is_shifted(table: FormTable, lattice: Lattice) -> bool:
    """Say whether a row of heads, or that below it, has more columns than those beside it: cells may be shifted."""
    wide = [number for number in range(1, len(lattice.rows)) if lattice.sticks_out(number)]
    return any(_name(table, cell) for number in wide for row in lattice.rows[number - 1 : number + 1] for cell in row)


def _ends_in_heads(table: FormTable, lattice: Lattice) -> bool:
    """Say whether the last row of a table are the heads of all columns: workbooks keep no blank row below them."""
    names = (_name(table, cell) for cell in lattice.rows[-1])
    return {name.column for name in names if name} >= {*range(len(table.columns))}


def _marks(cells: Iterator[tuple[Place, Mark]]) -> dict[Place, Mark] | None:
    """Return the cell of each place, one with a figure before others; None where there are two of these."""
    found: dict[Place, Mark] = {}
    for place, mark in cells:
        known = found.setdefault(place, mark)
        if known is not mark and is_inked(mark.text):
            if is_inked(known.text):
                return None
            found[place] = mark
    return found


def _naming(page: Page, lattices: Lattices, table: FormTable) -> list[Lattice]:
    """Return the tables that name rows of the form, or stand right below a text that does."""
    flow = page.keyed
    lines = {flow.line(match.start()) for match in table.labels.finditer(flow.text)}
    near = sorted({below for line in lines for below in range(line, min(line + _TITLES, len(page.lines)))})
    found = {lattice.first: lattice for line in near if (lattice := lattices.at(line))}
    return list(found.values())


def row_of_form(table: FormTable, row: FormRow, marks: list[Mark]) -> Row:
    """Return a row with its cells in the order of the form."""
    return Row(row, row.label, marks[0].line, tuple(marks), row.figures, ("",) * len(table.columns))


def _titled(page: Page, lattices: Lattices, table: FormTable, lattice: Lattice) -> Named:
    """Return what the text above a table names: the row of the form of which it holds the cells.

    It names none where a column stands in the table more than once: that has the cells of several rows.
    """
    if any(_repeats(table, row) for row in lattice.rows):
        return _NOTHING
    line = lattice.first - 1
    for _ in range(_TITLES):
        if line < 0 or lattices.at(line) is not None:
            return _NOTHING
        if page.tight[line]:
            return _NOTHING._replace(row=_row_named(table, page.keys[line]))
        line -= 1
    return _NOTHING


def _repeats(table: FormTable, row: Sequence[Seen]) -> bool:
    """Say whether a column of the form is named twice in a row of heads."""
    names = filter(None, (_name(table, cell) for cell in row))
    columns = [name.column for name in names if name.column is not None]
    return len(columns) > len(set(columns))


def _cells(table: FormTable, lattice: Lattice, title: Named) -> Iterator[tuple[Place, Mark]]:
    """Yield the cells of a table whose row and column are named, with both."""
    names = [[_name(table, cell) for cell in row] for row in lattice.rows]
    for number, row in enumerate(lattice.rows):
        for cell, own in zip(row, names[number], strict=True):
            if own is None and cell.single:
                named = _crossed(lattice, names, number, cell).with_(title)
                if named.row is not None and named.column is not None:
                    yield (named.row, named.column), cell.mark


Names = list[list[Named | None]]


def _crossed(lattice: Lattice, names: Names, number: int, cell: Seen) -> Named:
    """Return what the heads to the left of a cell and above it name; nothing where they contradict each other.

    A cell to the right of words that nobody knows is one of a row that the form does not have.
    """
    beside = zip(lattice.rows[number], names[number], strict=True)
    if any(other.column < cell.column and name is None and _is_words(other) for other, name in beside):
        return _NOTHING
    left = _left(lattice, names, number, cell)
    above = _above(lattice, names, number, cell, reaching=left.row is None)
    if (left.row and above.row) or (left.column is not None and above.column is not None):
        return _NOTHING
    return left.with_(above)


def _left(lattice: Lattice, names: Names, number: int, cell: Seen) -> Named:
    found = _NOTHING
    for other, name in zip(lattice.rows[number], names[number], strict=True):
        if other.column < cell.column and name:
            found = name.with_(found)
    return found


def _above(lattice: Lattice, names: Names, number: int, cell: Seen, *, reaching: bool) -> Named:
    """Return what the nearest heads above a cell name, in rows as wide as its own; a row of figures ends the heads."""
    found = _NOTHING
    for above in range(number - 1, max(-1, number - 1 - _HEADS_REACH), -1):
        if lattice.width(above) != lattice.width(number):
            break
        if found != _NOTHING and not any(names[above]):
            break
        found = found.with_(_over(lattice, names, above, cell.column, reaching=reaching))
        if found.whole:
            break
    return found


def _over(lattice: Lattice, names: Names, number: int, column: int, *, reaching: bool) -> Named:
    """Return what the cell over a column names.

    A blank one may be part of a merged cell that begins further left: then that one names the row of the form.
    """
    inked = [
        (cell, name)
        for cell, name in zip(lattice.rows[number], names[number], strict=True)
        if cell.column <= column and not cell.blank
    ]
    if not inked:
        return _NOTHING
    cell, name = inked[-1]
    if cell.end > column:
        return name or _NOTHING
    return name if reaching and name and name.column is None else _NOTHING


def _name(table: FormTable, cell: Seen) -> Named | None:
    """Return what a cell names, None where it may hold a figure."""
    if cell.blank or is_inked(cell.mark.text):
        return None
    head = table.heads.named(cell.keyed)
    if head is not None and head.role is Role.COLUMN:
        return Named(column=head.columns[0])
    row = _row_named(table, cell.keyed)
    return Named(row=row) if row or head else None


def _is_words(cell: Seen) -> bool:
    """Say whether a cell holds words, and no figure, nought or blank, however printed."""
    return _WORDS.search(cell.mark.text) is not None and parse_cell(cell.mark.text) is None


def _row_named(table: FormTable, keyed: str) -> FormRow | None:
    """Return the only row that a text names, a title of several rows before it left out."""
    asides = [wording for wording, head in table.heads.by_wording.items() if head.role is Role.ASIDE]
    rests = {keyed, *(keyed.removeprefix(aside) for aside in asides)}
    found = [row for row in table.rows if not rests.isdisjoint(map(key, row.wordings))]
    return found[0] if len(found) == 1 else None
