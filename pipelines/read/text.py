"""Plain text: one fragment a line."""

from pipelines.model.document import Document, LinePlaces
from pipelines.read.encoding import decode


def read_text(data: bytes, media_type: str) -> Document:
    """Return the lines of a text, counted as editors count them (LF, CR LF or CR ends a line).

    Raises Unreadable where the bytes are no text in any known encoding.
    """
    decoded = decode(data)
    text = decoded.text
    lines = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")
    return Document(
        media_type=media_type,
        encoding=decoded.encoding,
        texts=tuple(lines),
        places=LinePlaces(),
        damage=decoded.damage,
    )
