"""Rows and columns that are seen: cells of a table of the file, or of lines whose texts bars or tabs part."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.numbers import PAGE_NUMBER
from pipelines.extract.page import Page, folded
from pipelines.extract.strips import Mark, is_parted
from pipelines.model.document import Grid
from pipelines.registry.wording import bare, squeeze

_MOST_LINES = 80
_BAR = "|"


class Seen(NamedTuple):
    """A cell in a row: its place, how many columns it covers, its folded text.

    `tall` says that it covers several rows, `above` that it began in a higher one.
    """

    column: int
    columns: int
    mark: Mark
    tall: bool = False
    above: bool = False

    @property
    def single(self) -> bool:
        """Whether it covers one row and one column."""
        return self.columns == 1 and not self.tall

    @property
    def end(self) -> int:
        """The first column to its right."""
        return self.column + self.columns

    @property
    def keyed(self) -> str:
        """Its text as labels are compared."""
        return bare(squeeze(self.mark.text))

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.mark.text


SeenRow = tuple[Seen, ...]


class Lattice:
    """The rows of one table, each with its cells from left to right."""

    def __init__(
        self, rows: Sequence[SeenRow], numbers: dict[int, int], *, framed: bool, closed: bool, merges: bool
    ) -> None:
        """Take the rows, and the number of the row in which each fragment begins.

        `framed` says that bars at the ends of lines are a border, `closed` that a blank cell at the end is seen,
        `merges` that merged cells are told, so that all rows are as wide.
        """
        self.rows, self.framed, self.closed, self.merges, self._numbers = rows, framed, closed, merges, numbers

    @property
    def first(self) -> int:
        """The first of its fragments."""
        return min(self._numbers)

    def number(self, line: int) -> int:
        """Return the row in which a fragment stands."""
        return self._numbers[line]

    def width(self, number: int) -> int:
        """Return how many columns a row has."""
        return self.rows[number][-1].end if self.rows[number] else 0

    def sticks_out(self, number: int) -> bool:
        """Say whether a row has more columns than the one above and the next, where merged cells are told.

        A title over all columns is as wide as all of them may be.
        """
        return self.merges and number > 0 and self.width(number) > max(self._widths_beside(number))

    def _widths_beside(self, number: int) -> list[int]:
        after = [number + 1] if number + 1 < len(self.rows) and len(self.rows[number + 1]) > 1 else []
        return [self.width(other) for other in (number - 1, *after)]

    def bends(self, number: int) -> bool:
        """Say whether a row has another count of columns than the next, where merged cells are told."""
        return self.merges and number + 1 < len(self.rows) and self.width(number) != self.width(number + 1)


class Lattices:
    """Every table of a page that shows its rows and columns; each is looked at only when it is asked for."""

    def __init__(self, page: Page) -> None:
        """Prepare the tables of a page."""
        self._page, self._known = page, dict[int, Lattice]()

    @cached_property
    def _begins(self) -> list[int]:
        return [grid.cells[0].fragment for grid in self._grids]

    @cached_property
    def _grids(self) -> list[Grid]:
        grids = [grid for grid in self._page.document.grids if grid.cells]
        return sorted(grids, key=lambda grid: grid.cells[0].fragment)

    def at(self, line: int) -> Lattice | None:
        """Return the table in which a fragment stands, None where there is none."""
        if line not in self._known:
            found = self._grid_at(line) or self._lines_at(line)
            if found is None:
                return None
            self._known |= dict.fromkeys(found.lines, found.lattice)
        return self._known[line]

    def _grid_at(self, line: int) -> "_Found | None":
        place = bisect_right(self._begins, line) - 1
        if place < 0:
            return None
        grid = self._grids[place]
        numbers = {cell.fragment: cell.row for cell in grid.cells}
        if line not in numbers:
            return None
        return _Found(numbers, _rows_of(self._page, grid), framed=True, closed=True, merges=grid.merges)

    def _lines_at(self, line: int) -> "_Found | None":
        """Return lines with bars or tabs that follow each other; blank ones and numbers, as of pages, stand between."""
        if not is_parted(self._page, line):
            return None
        first, last = line, line
        while first > 0 and line - first < _MOST_LINES and _continues(self._page, first - 1):
            first -= 1
        while last + 1 < len(self._page.lines) and last - line < _MOST_LINES and _continues(self._page, last + 1):
            last += 1
        lines = [each for each in range(first, last + 1) if is_parted(self._page, each)]
        texts = [self._page.document.texts[each] for each in lines]
        around = self._page.document.texts[max(0, first - _MOST_LINES) : last + _MOST_LINES]
        framed = all(map(_is_framed, texts)) and not any(map(_is_open, around))
        numbers = dict(zip(lines, range(len(lines)), strict=True))
        rows = [_row_of(self._page, each, framed=framed) for each in lines]
        return _Found(numbers, rows, framed=framed, closed=any(map(_is_closed, texts)), merges=False)


class _Found(NamedTuple):
    numbers: dict[int, int]
    rows: list[SeenRow]
    framed: bool
    closed: bool
    merges: bool

    @property
    def lattice(self) -> Lattice:
        return Lattice(self.rows, self.numbers, framed=self.framed, closed=self.closed, merges=self.merges)

    @property
    def lines(self) -> list[int]:
        return list(self.numbers)


def _rows_of(page: Page, grid: Grid) -> list[SeenRow]:
    rows: list[list[Seen]] = [[] for _ in range(max(cell.row + cell.rows for cell in grid.cells))]
    for cell in grid.cells:
        printed = page.document.texts[cell.fragment].strip()
        mark = Mark(cell.fragment, page.lines[cell.fragment].strip(), apart=True, printed=printed)
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append(Seen(cell.column, cell.columns, mark, cell.rows > 1, row > cell.row))
    return [tuple(sorted(row)) for row in rows]


def _is_closed(text: str) -> bool:
    """Say whether a line ends with a bar, or with a tab after which a blank cell follows."""
    return text.strip("\r\n").endswith("\t") or folded(text).rstrip().endswith(_BAR)


def _is_framed(text: str) -> bool:
    """Say whether a line stands between bars; a row in which none does is parted by tabs."""
    shape = folded(text).strip()
    return _BAR not in shape or shape[0] == shape[-1] == _BAR


def _is_open(text: str) -> bool:
    """Say whether several bars stand in a line, and not at both its ends."""
    shape = folded(text).strip() if _BAR in text or "｜" in text else ""
    return shape.count(_BAR) > 1 and not shape[0] == shape[-1] == _BAR


def _continues(page: Page, line: int) -> bool:
    text = page.tight[line]
    return is_parted(page, line) or not text or text.isdecimal() or PAGE_NUMBER.fullmatch(text) is not None


def _row_of(page: Page, line: int, *, framed: bool) -> SeenRow:
    """Return the cells of a line; they are folded with their page, which tells its script."""
    text, shape = page.document.texts[line], page.lines[line]
    return tuple(
        Seen(column, 1, Mark(line, shape[part].strip(), apart=True, printed=text[part].strip()))
        for column, part in enumerate(parts_of(text, framed=framed))
    )


def parts_of(text: str, *, framed: bool = True) -> list[slice]:
    r"""Return where the cells of a line stand: parted by bars, or by tabs where there are none.

    >>> row = "| 规章 | 1 |  |"
    >>> [row[part] for part in parts_of(row)], [part.start for part in parts_of("\t1\t")]
    ([' 规章 ', ' 1 ', '  '], [0, 1, 3])
    """
    shape = folded(text.replace("\t", " "))
    if _BAR not in shape:
        begin, end, mark, shape = 0, len(text.rstrip("\r\n")), "\t", text
    else:
        begin, mark = (len(shape) - len(shape.lstrip().removeprefix(_BAR)) if framed else 0), _BAR
        end = max(begin, len(shape.rstrip().removesuffix(_BAR) if framed else shape))
    ends = [begin - 1, *(at for at in range(begin, end) if shape[at] == mark), end]
    return [slice(here + 1, there) for here, there in pairwise(ends)]


def cell_at(row: SeenRow, text: str, offset: int, *, framed: bool) -> int:
    """Return which cell of a line holds its character before `offset`, a border on its left not counted."""
    shape = folded(text.replace("\t", " "))
    if _BAR not in shape:
        return text[:offset].count("\t")
    leading = framed and shape.lstrip().startswith(_BAR)
    return min(shape[:offset].count(_BAR) - leading, len(row) - 1)
