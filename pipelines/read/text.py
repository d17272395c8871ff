"""Plain text: one fragment a line."""

import re
from html import unescape

from pipelines.model.document import Document, LinePlaces
from pipelines.read.encoding import decode

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#[xX][0-9a-fA-F]{2,4});")


def read_text(data: bytes, media_type: str) -> Document:
    """Return the lines of a text, counted as editors count them (LF, CR LF or CR ends a line).

    Characters that a copy of a page left as names (&nbsp;) are what they stand for.
    Raises Unreadable where the bytes are no text in any known encoding.
    """
    decoded = decode(data)
    text = decoded.text
    lines = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")
    return Document(
        media_type=media_type,
        encoding=decoded.encoding,
        texts=tuple(map(_named, lines) if "&" in text else lines),
        places=LinePlaces(),
        damage=decoded.damage,
    )


def _named(line: str) -> str:
    r"""Return a line with every character that is written by its name or number; a line stays one.

    >>> _named("&ldquo;12&#20214;&rdquo;&nbsp;A&B &nosuch; &#10;")
    '“12件”\xa0A&B &nosuch;  '
    """
    return _ENTITY.sub(lambda match: " ".join(unescape(match[0]).splitlines()) or " ", line)
