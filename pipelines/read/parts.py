"""Long fragments in parts: a page that was saved as one line is read sentence by sentence."""

import re

from pipelines.model.document import Document

LONG = 600
_END = re.compile(r"(?<=[。;；!！?？])")


def in_parts(document: Document) -> Document:
    """Return a document whose long fragments are parted after each sentence; cells of grids stay whole.

    A part is found at `line 9 character 120`, counted from one; its text is verbatim.
    """
    if max(map(len, document.texts), default=0) <= LONG:
        return document
    cells = document.rows_of_cells()
    long = {index for index, text in enumerate(document.texts) if len(text) > LONG and index not in cells}
    if not long:
        return document
    return document.parted({index: _ends(document.texts[index]) for index in long})


def _ends(text: str) -> list[int]:
    """Return where a text goes on after each of its sentences.

    >>> _ends("一、概述。二、数量")
    [5]
    """
    return [match.start() for match in _END.finditer(text) if match.start() < len(text)]
