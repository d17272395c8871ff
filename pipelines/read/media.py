"""What kind of file some bytes are, told from the bytes and never from the name."""

import re
from collections.abc import Callable

from pipelines.read.container import OLE, ZIP, ole_type, zip_type

PDF = "application/pdf"
RTF = "application/rtf"
MHTML = "multipart/related"
TEXT = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"

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
# A page, or a piece of one that begins with some tag; `<htmlx` is none.
_PAGE = re.compile(
    rb"""(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?+\s*+<(?:!--|!\[cdata\[|!doctype\s+html\b|\?xml\b
    |(?:html|head|body|title|meta|link|base|style|script|div|span|p|table|caption|thead|tbody|tr|td|th|h[1-6]|ul|ol|li|dl|dt
    |dd|br|hr|a|b|i|u|em|font|strong|center|section|article|main|header|footer|nav|aside|form|input|img|iframe|pre|label
    |blockquote|o:p|ucapcontent|ucaptitle)[\s/>])""",
    re.IGNORECASE | re.VERBOSE,
)
_LINE_END = rb"\n(?:[\ \t]*\r?\n)?"


def _ruled(dashes: bytes) -> re.Pattern[bytes]:
    """Return what finds a row of nothing but bars and some dashes, next to another row with bars."""
    cell = rb"[\ \t]*+(?:" + dashes + rb")[\ \t]*+"
    rule = rb"[\ \t>]*+\|?(?:" + cell + rb"\|)++(?:" + cell + rb")?\r?"
    before = rb"(?:\A|\n)[^\n|]*+\|[^\n]*+" + _LINE_END + rule + rb"(?=\n|\Z)"
    return re.compile(before + rb"|(?:\A|\n)" + rule + _LINE_END + rb"[^\n|]*+\|")


_RULED, _RULED_SHORT = _ruled(rb"--++:?|:-++:?|-:"), _ruled(rb":?-++:?")
_RULE_MARKS = (b"-|", b"|-", b"- |", b":|")
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
# Headings and bold type of Markdown: plain text has neither, or once by chance.
_HEADING = re.compile(rb"(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|\n)#{1,6} +[^\s#]")
_BOLD = re.compile(rb"\*\*[^*\n]++\*\*")
_MANY_MARKS = 2
_WHOLE_PAGE = re.compile(rb"<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)
_MAIL_PAGE = re.compile(rb"\s*+MIME-Version:.{0,600}?multipart/related", re.IGNORECASE | re.DOTALL)
_INSIDE: dict[str, Callable[[bytes], str]] = {ZIP: zip_type, OLE: ole_type}
_HEAD = 1024


def media_type(data: bytes) -> str:
    """Return the media type that a file's bytes tell; text where nothing else is recognised.

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
    if b"\0" in data[:_HEAD]:
        data = data.replace(b"\0", b"")
    if _PAGE.match(data, 0, _HEAD) and (_WHOLE_PAGE.search(data, 0, _HEAD) or not _is_markdown(data)):
        return HTML
    return MARKDOWN if _is_markdown(data) or (b"<" in data and _TABLE.search(data)) else TEXT


def _is_markdown(data: bytes) -> bool:
    """Say whether a text holds a table of Markdown, or as many of its headings as no other text has."""
    marks = len(_HEADING.findall(data)) if b"#" in data else 0
    marks += marks < _MANY_MARKS and b"*" in data and bool(_BOLD.search(data))
    if b"|" in data and any(mark in data for mark in _RULE_MARKS):
        return bool((_RULED_SHORT if marks else _RULED).search(data))
    return marks >= _MANY_MARKS
