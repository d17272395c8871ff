"""Cells as a file writes them, row by row, to the places they take on a grid."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

from pipelines.model.document import GridCell

BLANK = "\u00a0"
"""What an empty cell of a grid holds, so that it is seen."""

_Place = tuple[int, int, int, int, int]


class Span(NamedTuple):
    """How many rows and columns a cell covers; no rows mean all that follow."""

    rows: int = 1
    columns: int = 1


SINGLE = Span()
"""The span of a cell that covers one place; the same object everywhere."""


def place(groups: Iterable[Sequence[Sequence[Span]]], fragment: int) -> list[GridCell]:
    """Return the cells of a table with their places, their texts being the fragments from `fragment` on.

    Rows come in groups (head, body, foot); a cell covers no row outside its group, whatever it says.

    >>> [cell[1:] for cell in place([[[Span(2, 1), SINGLE], [SINGLE]]], 0)]
    [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]
    """
    places: list[_Place] = []
    above = 0
    for rows in groups:
        end = above + len(rows)
        taken: dict[int, int] = {}
        for row, spans in enumerate(rows, start=above):
            if taken:
                taken = {column: free_again for column, free_again in taken.items() if free_again > row}
            _add_row(places, spans, taken, (fragment + len(places), row, end))
        above = end
    # Twice as fast as `GridCell._make`; a page has hundreds.
    return list(map(tuple.__new__, repeat(GridCell), places))


def _add_row(places: list[_Place], spans: Sequence[Span], taken: dict[int, int], at: tuple[int, int, int]) -> None:
    """Add the places of one row's cells beside those that reach into it.

    `at` is its first fragment, its number, and where its group ends; `taken` tells the row at which a column is free
    again, for this row and those that follow.
    """
    first, row, end = at
    column = 0
    for fragment, span in enumerate(spans, first):
        while column in taken:
            column += 1
        if span is SINGLE:
            places.append((fragment, row, column, 1, 1))
            column += 1
        else:
            rows, columns = span.rows if 0 < span.rows < end - row else end - row, span.columns
            places.append((fragment, row, column, rows, columns))
            for covered in range(column, column + columns) if rows > 1 else ():
                taken[covered] = row + rows
            column += columns
