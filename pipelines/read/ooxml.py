"""Parts of office packages (ZIP of XML), opened so that no part can do harm."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is the name of an error

from pipelines.model.report import Unreadable

LARGEST_PART = 48 << 20
_ENCRYPTED = 1


def open_package(data: bytes) -> ZipFile:
    """Return a ZIP, opened; raises Unreadable where it is damaged."""
    try:
        return ZipFile(BytesIO(data))
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("damaged-file", f"ZIP: {error}") from error


def read_member(file: ZipFile, member: ZipInfo, largest: int = LARGEST_PART) -> bytes:
    """Return the bytes of a member of a ZIP; raises Unreadable where it is encrypted, damaged or too large."""
    name = member.filename
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("encrypted-file", f"{name} asks for a password")
    try:
        with file.open(member) as stream:
            data = stream.read(largest + 1)
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, ZlibError) as error:
        raise Unreadable("damaged-file", f"{name}: {error}") from error
    if len(data) > largest:
        raise Unreadable("file-too-large", f"{name} unpacks to more than {largest:,} bytes")
    return data


def read_part(file: ZipFile, name: str) -> Element | None:
    """Return the root of an XML part, None where the package has no such part."""
    return parse_xml(read_member(file, file.getinfo(name)), name) if name in file.NameToInfo else None


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of some XML; raises Unreadable where it declares a document type, as entity bombs must."""
    _refuse_document_type(data, name)
    try:
        return fromstring(data)  # noqa: S314
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable("damaged-file", f"{name}: {error}") from error


class _PrologueEndsError(Exception):
    """The first element has come."""


def _refuse_document_type(data: bytes, name: str) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _raising(Unreadable("damaged-file", f"{name} declares a document type"))
    parser.StartElementHandler = _raising(_PrologueEndsError())
    with suppress(_PrologueEndsError, expat.ExpatError):
        parser.Parse(data, True)  # noqa: FBT003 - it is the last piece


def _raising(error: Exception) -> Callable[..., NoReturn]:
    def handler(*_: object) -> NoReturn:
        raise error

    return handler
