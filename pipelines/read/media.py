"""What kind of file some bytes are, told from the bytes and never from the name."""

import re

TEXT = "text/plain"
HTML = "text/html"

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
)
_PAGE = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE)


def media_type(data: bytes) -> str:
    """Return the media type of a file's first bytes; text where nothing else is recognised.

    >>> media_type(b"%PDF-1.7 ..."), media_type("公开".encode())
    ('application/pdf', 'text/plain')
    """
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    return HTML if _PAGE.match(data, 0, 1024) else TEXT
