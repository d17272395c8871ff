"""The one door to all formats: bytes in, document out."""

from collections.abc import Callable

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.html import read_html
from pipelines.read.markdown import read_markdown
from pipelines.read.media import HTML, MARKDOWN, TEXT, media_type
from pipelines.read.text import read_text

READERS: dict[str, Callable[[bytes, str], Document]] = {TEXT: read_text, HTML: read_html, MARKDOWN: read_markdown}
"""The reader of each media type; a new format is a module and a line here."""


def read_document(data: bytes) -> Document:
    """Return the document that some bytes hold.

    Raises Unreadable with the reason: an empty file, a format that has no reader, an unknown encoding.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty-file", f"{len(data)} bytes, no character among them")
    found = media_type(data)
    if found not in READERS:
        raise Unreadable("format-not-read", found)
    document = READERS[found](data, found)
    if not any(text and not text.isspace() for text in document.texts):
        raise Unreadable("empty-file", f"{len(data)} bytes, no character among them")
    return document
