"""Cells as a file writes them, row by row, to the places they take on a grid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, repeat
from typing import NamedTuple

from pipelines.model.document import GridCell

BLANK = "\u00a0"
"""What an empty cell of a grid holds, so that it is seen."""

_MOST_COLUMNS = 100
# Twice as fast as `GridCell._make`; a page has hundreds.
_cell = partial(tuple.__new__, GridCell)


class Span(NamedTuple):
    """How many rows and columns a cell covers, as written; no rows mean all that follow."""

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
    cells: list[GridCell] = []
    above = 0
    for rows in groups:
        group = _Group(above, above + len(rows))
        for row, spans in enumerate(rows, start=above):
            cells += map(_cell, group.places(row, spans, fragment + len(cells)))
        above = group.end
    return cells


@dataclass(slots=True)
class _Group:
    """Rows that cells may reach into from above; `taken` tells the row at which a column is free again."""

    start: int
    end: int
    taken: dict[int, int] = field(default_factory=dict)

    def places(self, row: int, spans: Sequence[Span], fragment: int) -> Iterable[tuple[int, int, int, int, int]]:
        """Return the places of one row's cells, each with its fragment."""
        if self.taken or spans.count(SINGLE) < len(spans):
            return self._beside_others(row, spans, fragment)
        return zip(count(fragment), repeat(row), range(len(spans)), repeat(1), repeat(1), strict=False)

    def _beside_others(self, row: int, spans: Sequence[Span], start: int) -> Iterable[tuple[int, int, int, int, int]]:
        column, places, taken = 0, list[tuple[int, int, int, int, int]](), self.taken
        for fragment, span in enumerate(spans, start):
            while column in taken and taken[column] > row:
                column += 1
            if span is SINGLE:
                places.append((fragment, row, column, 1, 1))
                column += 1
            else:
                places.append((fragment, row, column, *self._cover(row, column, span)))
                column += _width(span)
        return places

    def _cover(self, row: int, column: int, span: Span) -> tuple[int, int]:
        rows, columns = min(span.rows or self.end, self.end - row), _width(span)
        if rows > 1:
            self.taken.update(dict.fromkeys(range(column, column + columns), row + rows))
        return rows, columns


def _width(span: Span) -> int:
    return max(1, min(span.columns, _MOST_COLUMNS))
