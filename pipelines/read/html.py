"""Web pages: one fragment a block of text, one a cell of a table."""

from bisect import bisect_right
from codecs import BOM_UTF8
from dataclasses import dataclass

from pipelines.model.document import Document
from pipelines.read.encoding import declared_encoding, decode_verbatim
from pipelines.read.markup import read_markup


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """Places in a page: `table T row R cell C` for the cells of grids, `paragraph N` for what is no cell.

    `tables` holds for every grid the fragments with which its rows begin, and at the end the one after it; where a
    page is `titled` by its window only, that title is the first fragment and no paragraph.

    >>> places = PagePlaces(((1, 3, 5),))
    >>> places[0], places[4], places[5]
    ('paragraph 1', 'table 1 row 2 cell 2', 'paragraph 2')
    """

    tables: tuple[tuple[int, ...], ...]
    titled: bool = False

    def __getitem__(self, index: int, /) -> str:
        """Return the locator of one fragment; tables, rows, cells and paragraphs count from one, as written."""
        number = bisect_right(self.tables, index, key=lambda starts: starts[0])
        rows = self.tables[number - 1] if number else (0, 0)
        if number and index < rows[-1]:
            row = bisect_right(rows, index)
            return f"table {number} row {row} cell {index - rows[row - 1] + 1}"
        cells = sum(starts[-1] - starts[0] for starts in self.tables[:number])
        paragraph = index - cells + 1 - self.titled
        return f"paragraph {paragraph}" if paragraph else "title"


def read_html(data: bytes, media_type: str) -> Document:
    """Return the text and the tables of a web page, or of a piece of one.

    A table of tables or of long prose only lays out the page and is no grid. Raises Unreadable where the bytes are no
    text in any known encoding, or where the markup is too large or nests too deeply for a report.
    """
    decoded = decode_verbatim(data, declared_encoding(data))
    kept = decoded.encoding == "utf-8" and not decoded.damage
    markup = read_markup(data.removeprefix(BOM_UTF8) if kept else decoded.text.encode("utf-8", "replace"))
    return Document(
        media_type=media_type,
        encoding=decoded.encoding,
        texts=markup.texts,
        places=PagePlaces(markup.rows, titled=markup.titled),
        grids=markup.grids,
        damage=decoded.damage,
    )
