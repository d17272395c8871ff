"""Files that no reader can read: a scan and an encrypted file, as PDF."""

from collections.abc import Sequence

from pipelines.demo.pdf import pdf_file, pdf_stream

_NOTICE = b"(Synthetic demonstration data)"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>"
)
_SCALED = b"q 595 0 0 842 0 0 cm /I Do Q"
_SIDE = 64


def scanned(number: int) -> bytes:
    """Return a PDF of one page that is a picture; the number makes it another picture."""
    picture = bytes((place * number) % 251 for place in range(_SIDE * _SIDE))
    head = f"/Type /XObject /Subtype /Image /Width {_SIDE} /Height {_SIDE} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return _file([pdf_stream(picture, head.encode()), pdf_stream(_SCALED)])


def encrypted(number: int) -> bytes:
    """Return a PDF that asks for a password which nobody has."""
    key = number.to_bytes(32, "big").hex().encode()
    handler = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + key + b"> /U <" + key[::-1] + b"> >>"
    parts = [pdf_stream(b""), pdf_stream(b""), handler]
    return _file(parts, b" /Encrypt 7 0 R /ID [<" + key[:32] + b"> <" + key[:32] + b">]")


def _file(parts: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of one page with some objects after the page, from number 4 on; number 6 tells what it is."""
    head = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE]
    objects = [*head, *parts[:2], b"<< /Title " + _NOTICE + b" >>", *parts[2:]]
    return pdf_file(objects, b" /Info 6 0 R" + trailer)
