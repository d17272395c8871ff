"""PDF with a text layer: paragraphs, and ruled tables as grids; what is only a picture is refused."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.assembly import Assembly, Cell
from pipelines.read.flow import Paragraph, Piece, running_text
from pipelines.read.pdf_miner import mined_characters
from pipelines.read.pdf_page import Page, read_page
from pipelines.read.sheet import Table, page_blocks

_NO_MAPPING = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_FEWEST_PER_PAGE = 12
_MOST_GARBLED = 0.2
_LARGE_PICTURE = 0.2
_LONG_TEXT = 200
_TAIL = 2048
_PASSWORD = 4


def read_pdf(data: bytes, media_type: str) -> Document:
    """Return the text of a PDF: fragments are paragraphs and cells, in reading order, then heads and feet of pages.

    Raises Unreadable where it is encrypted or damaged, where its pages are pictures, or where its characters have no
    meaning but a shape.
    """
    pages, lost = _pages(data)
    _refuse_pictures(pages)
    _refuse_shapes("".join(c.text for page in pages for c in page.characters))
    pieces, aside = running_text([page_blocks(page, number) for number, page in enumerate(pages, 1)])
    return _assembled((*pieces, *aside)).document(media_type, damage=_cut_off(data), unread=(*lost, *_pictures(pages)))


def _pages(data: bytes) -> tuple[list[Page], list[str]]:
    """Return the pages of a file, and which of them could not be opened."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Unreadable("encrypted-file", "the PDF asks for a password") from error
        raise Unreadable("damaged-file", str(error)) from error
    with document:
        opened = [_page(document, data, number) for number in range(len(document))]
    lost = [f"page {number} cannot be opened" for number, page in enumerate(opened, 1) if page is None]
    found = [page or _EMPTY for page in opened]
    if len(lost) == len(found):
        raise Unreadable("damaged-file", f"none of {len(found)} pages can be opened")
    return found, lost


_EMPTY = Page(height=1.0, characters=(), slanted=(), horizontal=(), vertical=(), picture=0.0)


def _page(document: Any, data: bytes, number: int) -> Page | None:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return None
    try:
        found = read_page(page)
    finally:
        page.close()
    return replace(found, characters=mined_characters(data, number)) if found.lost else found


def _refuse_pictures(pages: Sequence[Page]) -> None:
    count = sum(len(page.characters) for page in pages)
    if count >= _FEWEST_PER_PAGE * len(pages):
        return
    detail = f"{count} characters on {len(pages)} pages"
    if any(page.picture for page in pages):
        raise Unreadable("scanned-pdf", detail)
    if any(page.characters or page.horizontal or page.vertical for page in pages) and not count:
        raise Unreadable("no-text-layer", detail)


def _refuse_shapes(text: str) -> None:
    """Refuse text whose characters are numbers of shapes in a font, not characters of Unicode."""
    garbled = len(_NO_MAPPING.findall(text))
    if garbled > _MOST_GARBLED * len(text) or (len(text) > _LONG_TEXT and not _CHINESE.search(text)):
        raise Unreadable("no-text-layer", f"{garbled} of {len(text)} characters have no meaning, begins {text[:20]!a}")


def _pictures(pages: Iterable[Page]) -> Iterator[str]:
    """Yield which pages hold a large picture: a table may be in it."""
    for number, page in enumerate(pages, 1):
        if page.picture >= _LARGE_PICTURE:
            yield f"page {number}: a picture"


def _cut_off(data: bytes) -> tuple[str, ...]:
    return () if b"%%EOF" in data[-_TAIL:] else ("no end mark after the last page",)


def _assembled(pieces: Iterable[Piece]) -> Assembly:
    assembly = Assembly()
    for piece in pieces:
        if isinstance(piece, Paragraph):
            assembly.add(piece.text, piece.place)
        else:
            assembly.add_grid(_cells(piece))
    return assembly


def _cells(table: Table) -> Iterator[Cell]:
    for cell in table.cells:
        yield Cell(
            text=cell.text,
            place=cell.place,
            row=cell.box.row,
            column=cell.box.column,
            rows=cell.box.rows,
            columns=cell.box.columns,
        )
