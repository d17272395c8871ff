"""A PDF from bytes to a document with its tables, against the bare extraction of its text by the same library.

The file measured is named on the command line; without one a report is made, with tables over two pages. There the
bare text costs next to nothing, because no real font has to be opened; it says only what a page costs.

Twice the bare text is not reached. Of the 2.2 times that a report of six pages takes, one is that text itself, 0.3 the
code and the box of each character, 0.25 the objects of the page (rules, pictures, text that nobody sees or that is left
out), 0.45 lines and tables, 0.1 paragraphs over pages, the rest the document itself. The library has no call for many
characters or objects at once: 14,000 calls on bare addresses, a fifth of a microsecond each, are 0.3 in themselves. Its
text of a whole page is no way round: characters are left out of it and put into it, so that they are not counted as
their boxes are.

Others are far from it: pdfminer takes 28 times the bare text of PDFium for its own text without tables, pdfplumber 26
times for text and tables, which it does not carry over pages.
"""

import sys
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.measure import least_seconds, verdict
from pipelines.read.pdf import read_pdf
from tests.generate.pdf import report_pdf

LIMIT, LIMIT_OF_MADE = 2.6, 20


def bare_text(data: bytes) -> list[str]:
    """Return the text of each page as the library gives it."""
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def main(*names: str) -> int:
    """Print the ratio; 1 where it is above its limit."""
    data = Path(names[0]).read_bytes() if names else report_pdf()
    bare, whole = least_seconds(lambda: bare_text(data), lambda: read_pdf(data, "application/pdf"), repeat=20)
    print(f"{len(data):,} bytes: bare text {bare * 1e3:.1f} ms, document with tables {whole * 1e3:.1f} ms")
    return 0 if verdict("PDF to document / bare text", whole / bare, LIMIT if names else LIMIT_OF_MADE) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
