"""Tables that go on over a page break: the halves of one table, and of one cell, brought together again."""

import re
from collections.abc import Iterable, Iterator

from pipelines.read.printed import join
from pipelines.read.ruling import Box
from pipelines.read.sheet import Table, TableCell

NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]\d{1,2}[）)]|\d{1,2}[.．、)）](?!\d)|第[一二三四五六七八九十]+[章节部条]"
)
"""How a heading or the label of a row begins where it is numbered."""

_FIGURE = re.compile(r"[-+\d.,，/%％—\s]+")
_SAME_EDGE = 3.0
_OPENING, _CLOSING = "（(“《〔【", "）)”》〕】"

Pair = tuple[TableCell, TableCell]


def continued(upper: Table, lower: Table) -> Table | None:
    """Return two tables as one where the second carries on the first from the page before, else None.

    That is so where both have the same outer edges and the columns of one are among those of the other. A row is made
    whole only where its label shows that it was cut; a label over several rows only where it is numbered and full.
    """
    if lower.page != upper.page + 1 or not _same_columns(upper, lower):
        return None
    columns = max(upper.columns, lower.columns, key=len)
    above, below = list(_laid_on(upper, columns, 0)), list(_laid_on(lower, columns, upper.rows))
    pairs = list(_pairs(above, below, upper.rows))
    cut = _is_cut_row(pairs, above, below, upper.rows)
    counted = {cell.box.row for cell in above if _FIGURE.fullmatch(cell.text)}
    joined = pairs if cut else [pair for pair in pairs if _is_beside(pair[0], counted) and _is_cut_cell(*pair)]
    cells = _sewn(above, below, joined, overlap=int(cut))
    return Table(page=lower.page, columns=columns, rows=upper.rows + lower.rows - cut, cells=tuple(cells))


def _same_columns(upper: Table, lower: Table) -> bool:
    few, many = sorted((upper.columns, lower.columns), key=len)
    outer = (abs(few[side] - many[side]) <= _SAME_EDGE for side in (0, -1))
    return all(outer) and all(min(abs(edge - other) for other in many) <= _SAME_EDGE for edge in few)


def _laid_on(table: Table, columns: tuple[float, ...], down: int) -> Iterator[TableCell]:
    """Yield the cells of a table, their columns counted by other edges and their rows from further down."""
    at = [_nearest(columns, edge) for edge in table.columns]
    for cell in table.cells:
        row, column, rows, width = cell.box
        box = Box(row + down, at[column], rows, at[column + width] - at[column])
        yield cell._replace(box=box)


def _nearest(columns: tuple[float, ...], edge: float) -> int:
    return min(range(len(columns)), key=lambda number: abs(columns[number] - edge))


def _pairs(above: list[TableCell], below: list[TableCell], seam: int) -> Iterator[Pair]:
    """Yield each cell that ends at the seam with the one of the same columns that begins there."""
    ends = {(c.box.column, c.box.columns): c for c in above if c.box.row + c.box.rows == seam}
    for cell in below:
        upper = ends.get((cell.box.column, cell.box.columns))
        if upper and cell.box.row == seam:
            yield upper, cell


def _is_beside(cell: TableCell, rows: set[int]) -> bool:
    """Say whether a cell stands beside one of some rows: what stands beside no figure is a head, which ends here."""
    return any(row in rows for row in range(cell.box.row, cell.box.row + cell.box.rows))


def _is_cut_cell(upper: TableCell, lower: TableCell) -> bool:
    """Say whether a label over several rows was cut."""
    several = max(upper.box.rows, lower.box.rows) > 1
    if not several or _FIGURE.fullmatch(upper.text + lower.text):
        return False
    return not upper.text or not lower.text or _is_cut_label(upper, lower)


def _is_cut_label(upper: TableCell, lower: TableCell) -> bool:
    if not upper.text or NUMBERED.match(lower.text) or _FIGURE.fullmatch(lower.text):
        return False
    return _is_open(upper.text) or (upper.full and bool(NUMBERED.match(upper.text)))


def _is_open(text: str) -> bool:
    """Say whether a bracket is opened and not closed."""
    return sum(map(text.count, _OPENING)) > sum(map(text.count, _CLOSING))


def _is_cut_row(pairs: list[Pair], above: list[TableCell], below: list[TableCell], seam: int) -> bool:
    """Say whether the break cut a single row: all its cells go on, figures stand on one side, the label says so."""
    singles = [pair for pair in pairs if pair[0].box.rows == pair[1].box.rows == 1]
    ends = sum(cell.box.row + cell.box.rows == seam for cell in above)
    begins = sum(cell.box.row == seam for cell in below)
    if not singles or not len(pairs) == ends == begins or any(_is_under_text(*pair) for pair in pairs):
        return False
    figures = [any(_FIGURE.fullmatch(pair[side].text) for pair in singles) for side in (0, 1)]
    labels = [
        pair for pair in singles if not any(_FIGURE.fullmatch(cell.text) for cell in pair) and any(c.text for c in pair)
    ]
    if figures == [False, True]:
        return all(not lower.text for _, lower in labels) and bool(labels)
    return figures == [True, False] and any(_is_cut_label(*pair) for pair in labels)


def _is_under_text(upper: TableCell, lower: TableCell) -> bool:
    """Say whether a figure has words or another figure on the other side of the break: it is no half of a row."""
    figure = any(_FIGURE.fullmatch(cell.text) for cell in (upper, lower))
    return figure and bool(upper.text and lower.text)


def _sewn(above: list[TableCell], below: list[TableCell], joined: Iterable[Pair], overlap: int) -> list[TableCell]:
    tails = {id(upper): lower for upper, lower in joined}
    used = {id(lower) for lower in tails.values()}
    cells = [_whole(cell, tails[id(cell)], overlap) if id(cell) in tails else cell for cell in above]
    rest = (cell for cell in below if id(cell) not in used)
    cells += (cell._replace(box=cell.box._replace(row=cell.box.row - overlap)) for cell in rest)
    return sorted(cells, key=lambda cell: cell.box)


def _whole(upper: TableCell, lower: TableCell, overlap: int) -> TableCell:
    rows = upper.box.rows + lower.box.rows - overlap
    text = join((upper.text, lower.text))
    return upper._replace(box=upper.box._replace(rows=rows), text=text, full=lower.full or not lower.text)
