"""Tables cut where pages end, as programs write them that make a file out of printed pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.generate.grid import Block, Cell, Grid, Text, placed, width

_NUMBERS = ("", "- {page} -", "第{page}页", "{page} / 9")


def parted(blocks: Sequence[Block], random: Random) -> Iterator[Block]:
    """Yield blocks; in one copy of four tables are cut where their pages end, with or without heads and numbers."""
    cut, heads, number = not random.randrange(4), bool(random.randrange(2)), random.choice(_NUMBERS)
    page = random.randint(1, 9)
    for block in blocks:
        if not isinstance(block, Grid) or not cut:
            yield block
            continue
        for count, piece in enumerate(pieces(block, heads=heads)):
            if count:
                yield Text(number.format(page=page))
                page += 1
            yield piece


def pieces(grid: Grid, *, heads: bool) -> Iterator[Grid]:
    """Yield a table in pieces, one a page; with `heads` each begins with the head. A merged cell is named once."""
    spots, columns = placed(grid), range(width(grid))
    for start, end in pairwise((0, *grid.breaks, len(grid.rows))):
        rows = []
        for index in range(start, end):
            found = {id(spot): spot for column in columns if (spot := spots.get((index, column)))}.values()
            cut = [(spot.place[0], spot.cell) for spot in found]
            rows.append(tuple(_rest(cell, row, start, end) for row, cell in cut if index in (row, start)))
        above = grid.rows[: grid.heads] if heads and start else ()
        yield Grid((*above, *rows), grid.heads if start == 0 or heads else 0)


def _rest(cell: Cell, row: int, start: int, end: int) -> Cell:
    """Return what of a cell stands on a page."""
    rows = min(row + cell.rows, end) - max(row, start)
    return replace(cell, text=cell.text if row >= start else "", rows=rows)
