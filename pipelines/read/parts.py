"""Long fragments in parts: a page that was saved as one line is read sentence by sentence."""

import re
from itertools import accumulate, pairwise

from pipelines.model.document import Document, Grid, ListedPlaces

LONG = 600
_END = re.compile(r"(?<=[。;；!！?？])")


def in_parts(document: Document) -> Document:
    """Return a document whose long fragments are parted after each sentence; cells of grids stay whole.

    A part is found at `line 9 character 120`, counted from one; its text is verbatim.
    """
    if max(map(len, filter(None, document.texts)), default=0) <= LONG:
        return document
    cells = {cell.fragment for grid in document.grids for cell in grid.cells}
    long = {index for index, text in enumerate(document.texts) if len(text) > LONG and index not in cells}
    if not long:
        return document
    parts = [_parts(text) if index in long else [text] for index, text in enumerate(document.texts)]
    starts = [0, *accumulate(map(len, parts))]
    return Document(
        media_type=document.media_type,
        encoding=document.encoding,
        texts=tuple(part for texts in parts for part in texts),
        places=ListedPlaces(tuple(_places(document, parts))),
        grids=tuple(_moved(grid, starts) for grid in document.grids),
        damage=document.damage,
        unread=document.unread,
    )


def _parts(text: str) -> list[str]:
    """Return the sentences of a text, each with its full stop.

    >>> _parts("一、概述。二、数量")
    ['一、概述。', '二、数量']
    """
    ends = [match.start() for match in _END.finditer(text)]
    return [text[begin:end] for begin, end in pairwise([0, *ends, len(text)]) if begin < end]


def _places(document: Document, parts: list[list[str]]) -> list[str]:
    return [
        document.places[index] if begin == 0 else f"{document.places[index]} character {begin + 1}"
        for index, texts in enumerate(parts)
        for begin in [0, *accumulate(map(len, texts))][:-1]
    ]


def _moved(grid: Grid, starts: list[int]) -> Grid:
    return Grid(tuple(cell._replace(fragment=starts[cell.fragment]) for cell in grid.cells))
