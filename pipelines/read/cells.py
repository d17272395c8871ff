"""Cells as a file writes them, row by row, to the places they take on a grid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, filterfalse, repeat
from typing import NamedTuple

from pipelines.model.document import GridCell

BLANK = "\u00a0"
"""What an empty cell of a grid holds, so that it is seen."""

_MOST_COLUMNS = 100

_Place = tuple[int, int, int, int, int]


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
    places = chain.from_iterable(_rows(groups, fragment))
    # Twice as fast as `GridCell._make`; a page has hundreds.
    return list(map(tuple.__new__, repeat(GridCell), places))


def _rows(groups: Iterable[Sequence[Sequence[Span]]], fragment: int) -> Iterator[Iterable[_Place]]:
    """Yield the places of each row's cells; each is to be used up before the next is asked for."""
    above = 0
    for rows in groups:
        group = _Group(above, above + len(rows))
        for row, spans in enumerate(rows, start=above):
            yield group.places(row, spans, fragment)
            fragment += len(spans)
        above = group.end


@dataclass(slots=True)
class _Group:
    """Rows that cells may reach into from above; `taken` tells the row at which a column is free again."""

    start: int
    end: int
    taken: dict[int, int] = field(default_factory=dict)

    def places(self, row: int, spans: Sequence[Span], fragment: int) -> Iterable[_Place]:
        """Return the places of one row's cells, each with its fragment."""
        if spans.count(SINGLE) < len(spans):
            return self._spread(row, spans, fragment)
        fragments = range(fragment, fragment + len(spans))
        return zip(fragments, repeat(row), self._free(row), repeat(1), repeat(1), strict=False)

    def _free(self, row: int) -> Iterable[int]:
        """Return the columns of a row into which no cell reaches from above."""
        taken = {column for column, free_again in self.taken.items() if free_again > row}
        return filterfalse(taken.__contains__, count()) if taken else count()

    def _spread(self, row: int, spans: Sequence[Span], start: int) -> Iterator[_Place]:
        column, taken = 0, self.taken
        for fragment, span in enumerate(spans, start):
            while taken.get(column, 0) > row:
                column += 1
            if span is SINGLE:
                yield fragment, row, column, 1, 1
                column += 1
            else:
                yield fragment, row, column, *self._cover(row, column, span)
                column += _width(span)

    def _cover(self, row: int, column: int, span: Span) -> tuple[int, int]:
        rows, columns = min(span.rows or self.end, self.end - row), _width(span)
        if rows > 1:
            self.taken.update(dict.fromkeys(range(column, column + columns), row + rows))
        return rows, columns


def _width(span: Span) -> int:
    return max(1, min(span.columns, _MOST_COLUMNS))
