"""What kind of file some bytes are, told from the bytes and never from the name."""

import re
from collections.abc import Callable

from pipelines.read.container import OLE, ZIP, ole_type, zip_type

PDF = "application/pdf"
RTF = "application/rtf"
MHTML = "multipart/related"
TEXT = "text/plain"
HTML = "text/html"

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", RTF),
)
_MAIL_PAGE = re.compile(rb"\s*+MIME-Version:.{0,600}?multipart/related", re.IGNORECASE | re.DOTALL)
_INSIDE: dict[str, Callable[[bytes], str]] = {ZIP: zip_type, OLE: ole_type}
_HEAD = 1024
_PAGE = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE)


def media_type(data: bytes) -> str:
    """Return the media type of some bytes, where they are a container that of its content, else text.

    >>> media_type(b"%PDF-1.7 ..."), media_type("公开".encode())
    ('application/pdf', 'text/plain')
    """
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return _INSIDE[found](data) if found in _INSIDE else found
    if b"%PDF-" in data[:_HEAD] and b"\nendobj" in data.replace(b"\r", b"\n"):
        return PDF
    if _MAIL_PAGE.match(data, 0, _HEAD):
        return MHTML
    return HTML if _PAGE.match(data, 0, 1024) else TEXT
