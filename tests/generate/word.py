"""Blocks as Word files, new and old: text in several runs, labels over two lines, tables cut where pages end.

Merged cells are written as Word does: one wide cell across, and in every row below one that goes on from above.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from random import Random
from zipfile import ZipFile, ZipInfo

import docx as library

from tests.generate import doc as binary
from tests.generate.files_parts import parted
from tests.generate.grid import Block, Cell, Grid, Spot, Text, placed, width

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BODY = "<w:body>", "<w:sectPr"
_LONG_LABEL = 6
_COLUMN = 900
_MERGED_RIGHT, _MERGED_DOWN, _MERGED_FROM_HERE = 0x02, 0x20, 0x40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """The choices that hold for a document."""

    random: Random
    runs: bool
    revised: bool
    broken_labels: bool
    controls: bool
    framed: bool
    split_across: bool


def docx(blocks: Sequence[Block], random: Random) -> bytes:
    """Return a document of today."""
    style = _drawn(random)
    body = "".join(_element(block, style) for block in parted(blocks, random))
    if style.framed:
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"
    if style.controls:
        body = f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>"
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in _package().items():
            archive.writestr(ZipInfo(name, _EPOCH), content.replace(b"{body}", body.encode()))
    return stream.getvalue()


def doc(blocks: Sequence[Block], random: Random) -> bytes:
    """Return a document of Word 97."""
    style = _drawn(random)
    stretches = [stretch for block in parted(blocks, random) for stretch in _stretches(block, style)]
    return binary.doc(stretches, narrow=not random.randrange(4) and _is_simple(blocks))


def _drawn(random: Random) -> _Style:
    return _Style(
        random=random,
        runs=bool(random.randrange(2)),
        revised=not random.randrange(5),
        broken_labels=not random.randrange(3),
        controls=not random.randrange(8),
        framed=not random.randrange(10),
        split_across=not random.randrange(3),
    )


@cache
def _package() -> dict[str, bytes]:
    """Return the parts of an empty document, with a place for the body."""
    stream = BytesIO()
    library.Document().save(stream)
    with ZipFile(stream) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    before, _, rest = parts["word/document.xml"].decode().partition(_BODY[0])
    after = rest[rest.index(_BODY[1]) :]
    return parts | {"word/document.xml": f"{before}{_BODY[0]}{{body}}{after}".encode()}


def _element(block: Block, style: _Style) -> str:
    if isinstance(block, Text):
        return _paragraph(block.text, style)
    spots, across = placed(block), width(block)
    rows = (_row(spots, index, across, style) for index in range(len(block.rows)))
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def _row(spots: dict[tuple[int, int], Spot], index: int, across: int, style: _Style) -> str:
    return f"<w:tr>{''.join(_cell(spot, index, style) for spot in _in_row(spots, index, across))}</w:tr>"


def _in_row(spots: dict[tuple[int, int], Spot], index: int, across: int) -> Iterator[Spot]:
    """Yield each cell that stands in a row, those that began above too."""
    column = 0
    while column < across:
        spot = spots.get((index, column))
        if spot is None:
            return
        yield spot
        column += spot.cell.columns


def _cell(spot: Spot, index: int, style: _Style) -> str:
    cell, first = spot.cell, spot.place[0] == index
    across = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    restart = ' w:val="restart"' if first else ""
    down = f"<w:vMerge{restart}/>" if cell.rows > 1 else ""
    lines = _lines(cell, style) if first else [""]
    return f"<w:tc><w:tcPr>{across}{down}</w:tcPr>{''.join(_paragraph(line, style) for line in lines)}</w:tc>"


def _lines(cell: Cell, style: _Style) -> list[str]:
    """Return the paragraphs of a cell: long labels are sometimes broken by hand."""
    if not cell.label or len(cell.text) < _LONG_LABEL or not style.broken_labels or style.random.randrange(3):
        return [cell.text]
    at = style.random.randrange(3, len(cell.text) - 1)
    lines = [cell.text[:at], cell.text[at:]]
    return [cell.text] if lines[0][-1].isdecimal() and lines[1][0].isdecimal() else lines


def _paragraph(text: str, style: _Style) -> str:
    if not text:
        return "<w:p/>"
    at = style.random.randint(0, len(text)) if style.runs else 0
    runs = "".join(f"<w:r>{_text(piece)}</w:r>" for piece in (text[:at], text[at:]) if piece)
    if style.revised and not style.random.randrange(4):
        deleted = f"<w:r><w:delText>{style.random.randint(0, 99)}</w:delText></w:r>"
        runs = f'<w:del w:id="1" w:author="a">{deleted}</w:del><w:ins w:id="2" w:author="a">{runs}</w:ins>'
    return f"<w:p>{runs}</w:p>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'


def _stretches(block: Block, style: _Style) -> Iterator[binary.Stretch]:
    if isinstance(block, Text):
        yield binary.Stretch(block.text + "\r")
        return
    spots, across = placed(block), width(block)
    for index in range(len(block.rows)):
        yield from binary.row(list(_fields(_in_row(spots, index, across), index, style)))


def _fields(spots: Iterator[Spot], index: int, style: _Style) -> Iterator[binary.Cell]:
    """Yield the cells of a row; one that reaches across is a wide one, or several of which the others are merged."""
    right = 0
    for cell, (row, _) in spots:
        first = row == index
        text = "\r".join(_lines(cell, style)) if first else ""
        down = 0 if cell.rows == 1 else _MERGED_DOWN | (_MERGED_FROM_HERE if first else 0)
        pieces = cell.columns if style.split_across and cell.rows == 1 else 1
        for piece in range(pieces):
            right += _COLUMN * (cell.columns // pieces)
            yield binary.Cell("" if piece else text, right, (_MERGED_RIGHT if piece else 0) | down)


def _is_simple(blocks: Sequence[Block]) -> bool:
    """Say whether every character can be stored in the code page of old files."""
    texts = (block.text if isinstance(block, Text) else _all(block) for block in blocks)
    try:
        return bool("".join(texts).encode("gbk"))
    except UnicodeEncodeError:
        return False


def _all(grid: Grid) -> str:
    return "".join(cell.text for row in grid.rows for cell in row)
