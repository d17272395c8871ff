"""The one door to all formats: bytes in, document out."""

from collections.abc import Callable

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.archive import read_archive
from pipelines.read.container import DOC, DOCX, ENCRYPTED, OLE, XLS, XLSX, ZIP, open_ole
from pipelines.read.html import read_html
from pipelines.read.isolation import Isolated
from pipelines.read.markdown import read_markdown
from pipelines.read.media import HTML, MARKDOWN, PDF, TEXT, media_type
from pipelines.read.parts import in_parts
from pipelines.read.text import read_text

_MOST_CHARACTERS = 3_000_000


def _read_zip(data: bytes, found: str) -> Document:
    return read_archive(data, found, read_document)


def _refuse_container(data: bytes, found: str) -> Document:
    try:
        open_ole(data).close()
    except Exception as error:
        raise Unreadable("damaged-file", f"OLE: {error}") from error
    raise Unreadable("format-not-read", found)


def _refuse_encrypted(_: bytes, found: str) -> Document:
    raise Unreadable("encrypted-file", found)


READERS: dict[str, Callable[[bytes, str], Document]] = {
    TEXT: read_text,
    HTML: read_html,
    MARKDOWN: read_markdown,
    PDF: Isolated("pipelines.read.pdf:read_pdf"),
    DOCX: Isolated("pipelines.read.docx:read_docx"),
    DOC: Isolated("pipelines.read.doc:read_doc"),
    XLSX: Isolated("pipelines.read.excel:read_excel"),
    XLS: Isolated("pipelines.read.excel:read_excel"),
    ZIP: _read_zip,
    OLE: _refuse_container,
    ENCRYPTED: _refuse_encrypted,
}
"""The reader of each media type; a new format is a module and a line here. Parsers of packed formats run apart."""


def read_document(data: bytes) -> Document:
    """Return the document that some bytes hold.

    Raises Unreadable with the reason: an empty file, a format that has no reader, an unknown encoding, far too much
    text for one report.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty-file", f"{len(data)} bytes, no character among them")
    found = media_type(data)
    if found not in READERS:
        raise Unreadable("format-not-read", found)
    document = READERS[found](data, found)
    if not any(text and not text.isspace() for text in document.texts):
        raise Unreadable("empty-file", f"{len(data)} bytes, no character among them")
    characters = 0 if found == TEXT and len(data) <= _MOST_CHARACTERS else sum(map(len, document.texts))
    if characters > _MOST_CHARACTERS:
        raise Unreadable("file-too-large", f"{characters:,} characters; the limit is {_MOST_CHARACTERS:,}")
    return in_parts(document)
