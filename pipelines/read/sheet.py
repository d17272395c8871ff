"""A page as blocks: lines of prose and ruled tables, in reading order, each knowing where it stands."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, starmap
from typing import NamedTuple

from pipelines.read.pdf_page import Character, Page
from pipelines.read.printed import Line, join, printed_lines
from pipelines.read.ruling import Box, Lattice, find_lattices

_MARGIN = 0.12
_TOUCHING = 0.5


class PlacedLine(NamedTuple):
    """A line of prose, its place, and whether it stands where heads and feet of pages are."""

    line: Line
    page: int
    place: str
    in_margin: bool


class TableCell(NamedTuple):
    """A cell of a table: which fields it covers, its text and place; `full` says that no character more would fit."""

    box: Box
    text: str
    place: str
    full: bool


# A page has hundreds; the class itself takes twice as long.
_cell = partial(tuple.__new__, TableCell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table on one page: the edges of its columns, how many rows it has, its cells in reading order."""

    page: int
    columns: tuple[float, ...]
    rows: int
    cells: tuple[TableCell, ...]


Block = PlacedLine | Table


def page_blocks(page: Page, number: int) -> list[Block]:
    """Return the blocks of one page in reading order."""
    lattices = find_lattices(page.horizontal, page.vertical)
    inside, outside = _sorted_out(page.characters, lattices)
    tables = [(lattice, cells) for lattice, cells in zip(lattices, inside, strict=True) if cells]
    lines = printed_lines(outside)
    blocks: list[tuple[float, Block]] = [
        (line.top, _placed(line, page, number, count)) for count, line in enumerate(lines, 1)
    ]
    blocks += [
        (lattice.rows[0], _table(lattice, cells, number, count)) for count, (lattice, cells) in enumerate(tables, 1)
    ]
    blocks.sort(key=lambda block: block[0])
    aside = (_placed(line, page, number, count) for count, line in enumerate(_slanted(page), len(lines) + 1))
    return [*(block for _, block in blocks), *aside]


def _sorted_out(
    characters: tuple[Character, ...], lattices: list[Lattice]
) -> tuple[list[dict[int, list[Character]]], list[Character]]:
    """Return the characters in each cell of each table, and those outside of all."""
    if not lattices:
        return [], list(characters)
    inside: list[dict[int, list[Character]]] = [defaultdict(list) for _ in lattices]
    outside: list[Character] = []
    for run in filter(None, _runs(characters)):
        x, y = (run[0].left + run[-1].right) / 2, (run[0].top + run[0].bottom) / 2
        for lattice, cells in zip(lattices, inside, strict=True):
            if (box := lattice.box_at(x, y)) is not None:
                cells[box] += run
                break
        else:
            outside += run
    return inside, outside


def _runs(characters: tuple[Character, ...]) -> Iterator[tuple[Character, ...]]:
    """Yield characters that touch one another: a number too wide for its cell is not cut in two at the rule."""
    touching = starmap(_touch, pairwise(characters))
    starts = [0, *(number for number, near in enumerate(touching, 1) if not near), len(characters)]
    return (characters[start:end] for start, end in pairwise(starts))


def _touch(before: Character, after: Character) -> bool:
    text, left, top, right, bottom = before
    following, at, its_top, _, its_bottom = after
    return (
        left < at < right + _TOUCHING
        and (abs(its_bottom - bottom) < _TOUCHING or abs(its_top - top) < _TOUCHING)
        and not (text.isspace() or following.isspace())
    )


def _placed(line: Line, page: Page, number: int, count: int) -> PlacedLine:
    in_margin = line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height
    return PlacedLine(line=line, page=number, place=f"page {number} line {count}", in_margin=in_margin)


def _slanted(page: Page) -> Iterator[Line]:
    """Yield what runs askew over a page as one line, in the order of the file."""
    if page.slanted:
        text, first, last = "".join(c.text for c in page.slanted), page.slanted[0], page.slanted[-1]
        yield Line(
            text=text, left=first.left, top=first.top, right=last.right, bottom=last.bottom, size=0.0, columned=True
        )


def _table(lattice: Lattice, characters: dict[int, list[Character]], page: int, count: int) -> Table:
    cells: list[TableCell] = []
    edges, above, in_row = lattice.columns, -1, 0
    for number, box in enumerate(lattice.boxes):
        row, column, _, columns = box
        above, in_row = row, in_row + 1 if row == above else 1
        lines = printed_lines(characters.get(number, ()))
        text = join([line.text for line in lines]) if lines else ""
        full = bool(lines) and _is_full(lines[-1], edges[column + columns] - edges[column])
        cells.append(_cell((box, text, f"page {page} table {count} row {row + 1} cell {in_row}", full)))
    return Table(page=page, columns=edges, rows=len(lattice.rows) - 1, cells=tuple(cells))


def _is_full(last: Line, width: float) -> bool:
    """Say whether the last line of a cell leaves less room than one character and the usual margins need."""
    taken = last.right - last.left
    return width - taken < 2.5 * taken / max(1, len(last.text))
