"""Documents as tests look at them: tables by position, prose by place."""

from pipelines.model.document import Document

Spot = tuple[int, int, int, int]


def by_position(document: Document) -> list[dict[Spot, str]]:
    """Return the text of each cell of each grid by row, column, rows and columns."""
    return [{tuple(cell[1:]): document.texts[cell.fragment] for cell in grid.cells} for grid in document.grids]


def prose(document: Document) -> list[tuple[str, str]]:
    """Return the fragments outside of grids with their places."""
    inside = {cell.fragment for grid in document.grids for cell in grid.cells}
    return [(document.places[n], text) for n, text in enumerate(document.texts) if n not in inside]


def rows(document: Document, grid: int = 0) -> list[list[str]]:
    """Return the texts of a grid, row by row."""
    found: dict[int, list[str]] = {}
    for cell in document.grids[grid].cells:
        found.setdefault(cell.row, []).append(document.texts[cell.fragment])
    return list(found.values())
