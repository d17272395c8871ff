"""A report as it is printed: fragments of text, each with the place that leads back to the source."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol


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
    """A table that the file itself marks as one: its cells in reading order, each a fragment of its own."""

    cells: tuple[GridCell, ...]


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
