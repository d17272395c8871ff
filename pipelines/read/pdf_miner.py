"""Characters of a PDF page by their codes alone, for pages whose fonts are neither in the file nor on the machine.

PDFium leaves out a character that stands alone where it has no shape for it; a lone 无 or 件 would vanish in silence.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipelines.read.pdf_page import Character


def mined_characters(data: bytes, number: int) -> tuple[Character, ...]:
    """Return the upright characters of page `number`, counted from 0, as pdfminer reads them."""
    from pdfminer.high_level import extract_pages  # noqa: PLC0415 - loaded for such pages only

    page = next(iter(extract_pages(BytesIO(data), page_numbers=[number], laparams=None)))
    return tuple(_below(page, page.height))


def _below(item: Any, height: float) -> Iterator[Character]:
    from pdfminer.layout import LTChar, LTContainer  # noqa: PLC0415

    for each in item:
        if isinstance(each, LTChar) and each.upright:
            text = each.get_text()
            shown = text if len(text) == 1 else "\ufffd"
            yield Character(shown, each.x0, height - each.y1, each.x1, height - each.y0)
        elif isinstance(each, LTContainer):
            yield from _below(each, height)
