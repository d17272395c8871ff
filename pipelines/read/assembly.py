"""Fragments and grids put together to a document, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.model.document import Document, Grid, GridCell, ListedPlaces

EMPTY_CELL = "\u00a0"
UNICODE = "unicode"


class Cell(NamedTuple):
    """A cell of a table before it has a number: its text and place, where it begins, what it covers."""

    text: str
    place: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Assembly:
    """A document in the making."""

    texts: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def add(self, text: str, place: str) -> int:
        """Add a fragment, its line breaks as spaces, and return its number."""
        self.texts.append(" ".join(text.splitlines()))
        self.places.append(place)
        return len(self.texts) - 1

    def add_grid(self, cells: Iterable[Cell]) -> None:
        """Add a table, its cells in reading order; an empty one is seen as a no-break space."""
        placed = (
            GridCell(self.add(cell.text.strip() or EMPTY_CELL, cell.place), *cell[2:])
            for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
        )
        self.grids.append(Grid(tuple(placed)))

    def document(
        self,
        media_type: str,
        *,
        encoding: str = UNICODE,
        damage: tuple[str, ...] = (),
        unread: tuple[str, ...] = (),
    ) -> Document:
        """Return the document."""
        return Document(
            media_type=media_type,
            encoding=encoding,
            texts=tuple(self.texts),
            places=ListedPlaces(tuple(self.places)),
            grids=tuple(self.grids),
            damage=damage,
            unread=unread,
        )
