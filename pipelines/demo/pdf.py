"""Reports as PDF: running text and ruled tables over pages, in a font that every reader of PDF knows without a file."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.demo.layout import Grid, Place

_NOTICE = b"(Synthetic demonstration data)"
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 595, 842, 57
_WIDTH, _HEIGHT = _PAGE_WIDTH - 2 * _MARGIN, _PAGE_HEIGHT - 2 * _MARGIN
_TEXT, _LEADING, _CELL, _CELL_LEADING, _PADDING = 10.5, 17.0, 7.5, 9.5, 2.5
_WIDE, _NARROW = 1.0, 0.5
_CHUNK, _FIRST_PAGE = "\f", 9
_HALF = b"/W [1 95 500]"
_FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /CIDSystemInfo 8 0 R %s >>"
    % _HALF,
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /StemV 93 >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)
_COLLECTION = b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


class _Box(NamedTuple):
    """A cell of a ruled table: what is in it, where it begins, and how many rows and columns it covers."""

    place: Place
    row: int
    column: int


def pdf_file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of some objects, numbered from 1; the first is its catalog."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))
    return data + head + table + end


def pdf_stream(data: bytes, head: bytes = b"") -> bytes:
    """Return a stream as an object of a PDF."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def pdf_pages(blocks: Sequence[tuple[str, str]]) -> bytes:
    """Return a PDF of blocks, which are titles, headings, paragraphs and tables as `pdf_table` prints them."""
    pages = _Pages()
    for kind, text in blocks:
        if kind == "table":
            pages.add_table(text)
        else:
            pages.add_text(text, title=kind == "title", indented=kind == "text")
    return _document(pages.contents())


def pdf_table(grid: Grid) -> str:
    """Return the operators that draw a table, with a place for each figure; in pieces that fit on a page."""
    boxes, widths = _boxes(grid), _widths(grid)
    heights = _row_heights(boxes, widths, len(grid.rows))
    pieces = _pieces(heights, whole=any(box.place.down > 1 for box in boxes))
    return _CHUNK.join(_piece(boxes, widths, heights, piece) for piece in pieces)


class _Pages:
    """Pages while they are filled from top to bottom."""

    def __init__(self) -> None:
        self._pages: list[list[str]] = [[]]
        self._used = 0.0

    def add_text(self, text: str, *, title: bool, indented: bool) -> None:
        """Add lines of running text."""
        size = _TEXT + 4 * title
        for line in _wrapped(("\u3000\u3000" if indented else "") + text, _WIDTH / size):
            self._room(_LEADING)
            top = _PAGE_HEIGHT - _MARGIN - self._used
            self._pages[-1].append(_shown(line, size, _MARGIN, top - size))
            self._used += _LEADING + 4 * title

    def add_table(self, text: str) -> None:
        """Add the pieces of a table."""
        for piece in text.split(_CHUNK):
            height, _, drawn = piece.partition("\n")
            self._room(float(height))
            top = _PAGE_HEIGHT - _MARGIN - self._used
            self._pages[-1].append(f"q 1 0 0 1 {_MARGIN} {top:.1f} cm 0.5 w\n{drawn}\nQ")
            self._used += float(height) + _LEADING / 2

    def contents(self) -> list[str]:
        """Return what is drawn on each page, with its number at the foot."""
        feet = (
            f"BT /F2 9 Tf {_PAGE_WIDTH / 2:.0f} 30 Td (- {number} -) Tj ET" for number, _ in enumerate(self._pages, 1)
        )
        return ["\n".join((*page, foot)) for page, foot in zip(self._pages, feet, strict=True)]

    def _room(self, height: float) -> None:
        if self._used + height > _HEIGHT and self._pages[-1]:
            self._pages.append([])
            self._used = 0.0


def _document(pages: Sequence[str]) -> bytes:
    kids = b" ".join(b"%d 0 R" % (_FIRST_PAGE + 2 * index) for index in range(len(pages)))
    tree = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids)
    objects = [_CATALOG, tree, *_FONTS, b"<< /Title " + _NOTICE + b" >>", _COLLECTION]
    for content in pages:
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R" % (
            *(_PAGE_WIDTH, _PAGE_HEIGHT),
            len(objects) + 2,
        )
        objects += [page + b" /Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> >>", pdf_stream(content.encode())]
    return pdf_file(objects, b" /Info 7 0 R")


def _shown(text: str, size: float, x: float, y: float) -> str:
    return f"BT /F1 {size:g} Tf {x:.1f} {y:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _wrapped(text: str, ems: float) -> Iterator[str]:
    """Yield the lines of a text that is as many characters wide."""
    line, wide = "", 0.0
    for character in text:
        width = _NARROW if character.isascii() else _WIDE
        if wide + width > ems:
            yield line
            line, wide = "", 0.0
        line, wide = line + character, wide + width
    if line:
        yield line


def _boxes(grid: Grid) -> list[_Box]:
    found: list[_Box] = []
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(grid.rows):
        column = 0
        for place in row:
            while (index, column) in taken:
                column += 1
            found.append(_Box(place, index, column))
            taken |= {(index + d, column + a) for d in range(place.down) for a in range(place.across)}
    return found


@cache
def _widths(grid: Grid) -> tuple[float, ...]:
    """Return the widths of columns: where labels stand beside figures they have most of the room."""
    boxes = _boxes(grid)
    count = max(box.column + box.place.across for box in boxes)
    figures = sorted({box.column for box in boxes if box.place.cell})
    labels = figures[0] if figures else 0
    if not labels:
        return (_WIDTH / count,) * count
    narrow = min(60.0, _WIDTH / (len(figures) + 2 * labels))
    rest = _WIDTH - narrow * (count - labels)
    shares = [1.0, 2.0, 4.0][:labels] if labels > 1 else [1.0]
    return (*(rest * share / sum(shares) for share in shares), *[narrow] * (count - labels))


def _row_heights(boxes: Sequence[_Box], widths: Sequence[float], rows: int) -> list[float]:
    lines = [1] * rows
    for box in boxes:
        if box.place.down == 1:
            lines[box.row] = max(lines[box.row], len(_lines(box, widths)))
    return [count * _CELL_LEADING + 2 * _PADDING for count in lines]


def _lines(box: _Box, widths: Sequence[float]) -> list[str]:
    width = sum(widths[box.column : box.column + box.place.across]) - 2 * _PADDING
    return list(_wrapped(box.place.label, width / _CELL))


def _pieces(heights: Sequence[float], *, whole: bool) -> Iterator[range]:
    """Yield the rows that go onto one page, all of them where labels reach over several."""
    start, used = 0, 0.0
    for index, height in enumerate(heights):
        if used + height > _HEIGHT and not whole:
            yield range(start, index)
            start, used = index, 0.0
        used += height
    yield range(start, len(heights))


def _piece(boxes: Sequence[_Box], widths: Sequence[float], heights: Sequence[float], rows: range) -> str:
    drawn = [_drawn(box, widths, heights, rows.start) for box in boxes if box.row in rows]
    return "\n".join((f"{sum(heights[rows.start : rows.stop]):.1f}", *drawn))


def _drawn(box: _Box, widths: Sequence[float], heights: Sequence[float], first: int) -> str:
    """Return the operators of a cell: its frame and its text, below and right of where the piece begins."""
    left, top = sum(widths[: box.column]), -sum(heights[first : box.row])
    width = sum(widths[box.column : box.column + box.place.across])
    height = sum(heights[box.row : box.row + box.place.down])
    frame = f"{left:.1f} {top - height:.1f} {width:.1f} {height:.1f} re S"
    x, y = left + _PADDING, top - _PADDING - _CELL
    if box.place.cell:
        return f"{frame} BT /F2 {_CELL:g} Tf {x:.1f} {y:.1f} Td (%s) Tj ET"
    lines = (_shown(line, _CELL, x, y - number * _CELL_LEADING) for number, line in enumerate(_lines(box, widths)))
    return "\n".join((frame, *lines))
