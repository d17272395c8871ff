"""A report as it is printed: fragments of text, each with the place that leads back to the source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

_WITHIN = re.compile(r"(?P<place>.*) character (?P<number>\d+)")


class Places(Protocol):
    """The places of a document's fragments: `places[i]` is the locator of fragment i."""

    def __getitem__(self, index: int, /) -> str:
        """Return the locator of one fragment, in the form a person would look it up."""
        ...


@dataclass(frozen=True, slots=True)
class LinePlaces:
    """Places in a plain text: fragment i is line i + 1.

    >>> LinePlaces()[411]
    'line 412'
    """

    def __getitem__(self, index: int, /) -> str:
        """Return `line N`, counted from one as editors do."""
        return f"line {index + 1}"


@dataclass(frozen=True, slots=True)
class ListedPlaces:
    """Places that a reader wrote down one by one.

    >>> ListedPlaces(("paragraph 1", "table 1 row 1 cell 1"))[1]
    'table 1 row 1 cell 1'
    """

    locators: tuple[str, ...]

    def __getitem__(self, index: int, /) -> str:
        """Return the locator that was written down."""
        return self.locators[index]


class GridCell(NamedTuple):
    """A cell of a grid: the fragment with its text, and its place; rows and columns count from 0, spans from 1."""

    fragment: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the file itself marks as one: its cells in reading order, each a fragment of its own.

    `merges` says that its format tells merged cells, so that every row is as wide as the table.
    """

    cells: tuple[GridCell, ...]
    merges: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file after reading: verbatim fragments in reading order, no meaning yet.

    `texts` holds every fragment (a line, a paragraph, a table cell), empty ones included; none has a line break in
    it, and an empty cell of a grid is a no-break space, so that it is seen. `places` says where each stands, `grids`
    which of them are cells of tables; `damage` names what the decoding could not keep, `unread` the parts of the file
    that no reader reads, as pictures.
    """

    media_type: str
    encoding: str
    texts: tuple[str, ...]
    places: Places
    grids: tuple[Grid, ...] = ()
    damage: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def rows_of_cells(self) -> dict[int, int]:
        """Return for each fragment that is a cell of a grid the first one of its row."""
        rows: dict[int, int] = {}
        for grid in self.grids:
            first: dict[int, int] = {}
            rows |= {cell.fragment: first.setdefault(cell.row, cell.fragment) for cell in grid.cells}
        return rows

    def parted(self, cuts: Mapping[int, Sequence[int]]) -> "Document":
        """Return the document with some fragments cut in pieces, at offsets that rise and leave no piece empty.

        Each piece but the first is found at the place of its fragment and the character with which it begins.

        >>> line = Document(media_type="text/plain", encoding="utf-8", texts=("1. 甲2. 乙",), places=LinePlaces())
        >>> pieces = line.parted({0: [4]})
        >>> pieces.texts, pieces.places[1], pieces.parted({1: [3]}).places[2]
        (('1. 甲', '2. 乙'), 'line 1 character 5', 'line 1 character 8')
        """
        bounds = [[0, *cuts.get(index, ()), len(text)] for index, text in enumerate(self.texts)]
        starts = [0, *accumulate(len(each) - 1 for each in bounds)]
        places = (_within(self.places[index], begin) for index, each in enumerate(bounds) for begin in each[:-1])
        return replace(
            self,
            texts=tuple(
                text[begin:end] for text, each in zip(self.texts, bounds, strict=True) for begin, end in pairwise(each)
            ),
            places=ListedPlaces(tuple(places)),
            grids=tuple(
                replace(grid, cells=tuple(cell._replace(fragment=starts[cell.fragment]) for cell in grid.cells))
                for grid in self.grids
            ),
        )


def _within(place: str, offset: int) -> str:
    """Return the place of a character of a fragment, counted from one, as far as it is not the first."""
    if not offset:
        return place
    match = _WITHIN.fullmatch(place)
    first = int(match["number"]) if match else 1
    return f"{match['place'] if match else place} character {first + offset}"
