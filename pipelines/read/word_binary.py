"""The file format of Word 97-2003 ([MS-DOC]): where its text stands, and what is said of each stretch of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from struct import error as StructError  # noqa: N812 - it is the name of an error
from struct import unpack_from
from typing import NamedTuple

from pipelines.model.report import Unreadable

_MAGIC = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_TEXT_LENGTHS = 0x4C
_CHARACTER_RUNS, _PARAGRAPH_RUNS, _PIECES = 0xFA, 0x102, 0x1A2
_COMPRESSED = 0x40000000
_PAGE = 512
_OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE_DEFINITION = 0xD608
_MOST_PAGES = 100_000
_PAIRS = re.compile(rb"(?:[\x00-\x80]|[\xa1-\xf7][\xa1-\xfe]|\xa9\x96)*+")
_CHINESE, _FEWEST_CHINESE = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]"), 4
_MOSTLY_CHINESE = 0.6

Properties = dict[int, bytes]


class Run(NamedTuple):
    """A stretch of text by its position in the file, and its properties by their codes."""

    start: int
    end: int
    properties: Properties


class Piece(NamedTuple):
    """A stretch of the text in one place of the file."""

    text: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Story:
    """The main text of a document: its characters, where each stands in the file, the runs that say more."""

    text: str
    offsets: tuple[int, ...]
    paragraphs: tuple[Run, ...]
    characters: tuple[Run, ...]

    def paragraph(self, index: int) -> Properties:
        """Return the properties of the paragraph that holds a character."""
        return _properties_at(self.paragraphs, self.offsets[index])

    def character(self, index: int) -> Properties:
        """Return the properties set on a character itself."""
        return _properties_at(self.characters, self.offsets[index])


def _properties_at(runs: tuple[Run, ...], offset: int) -> Properties:
    at = bisect_right(runs, (offset, float("inf"))) - 1
    return runs[at].properties if at >= 0 and runs[at].start <= offset < runs[at].end else {}


def read_story(document: bytes, tables: tuple[bytes, bytes]) -> Story:
    """Return the text that the stream WordDocument and one of the two table streams hold.

    Raises Unreadable where it is encrypted, older than Word 97, or damaged.
    """
    try:
        magic, flags = *unpack_from("<H", document, 0), *unpack_from("<H", document, 10)
        if magic != _MAGIC:
            raise Unreadable("format-not-read", "application/msword older than Word 97")
        if flags & _ENCRYPTED:
            raise Unreadable("encrypted-file", "the Word document asks for a password")
        return _story(document, tables[bool(flags & _SECOND_TABLE)])
    except (StructError, IndexError, ValueError) as error:
        raise Unreadable("damaged-file", f"Word document: {error}") from error


def _story(document: bytes, table: bytes) -> Story:
    pieces = list(_pieces(document, _part(document, table, _PIECES)))
    text = "".join(piece.text for piece in pieces)
    offsets = [piece.offset + number * piece.width for piece in pieces for number in range(len(piece.text))]
    (length,) = unpack_from("<i", document, _TEXT_LENGTHS)
    if not 0 <= length <= len(text):
        raise ValueError(f"{length} characters announced, {len(text)} found")
    return Story(
        text=text[:length],
        offsets=tuple(offsets[:length]),
        paragraphs=tuple(sorted(_runs(document, _part(document, table, _PARAGRAPH_RUNS), paragraphs=True))),
        characters=tuple(sorted(_runs(document, _part(document, table, _CHARACTER_RUNS), paragraphs=False))),
    )


def _part(document: bytes, table: bytes, pointer: int) -> bytes:
    """Return a part of the table stream that the header points to."""
    start, length = unpack_from("<II", document, pointer)
    return table[start : start + length]


def _pieces(document: bytes, clx: bytes) -> Iterator[Piece]:
    """Yield the pieces of the text in order."""
    at = 0
    while clx[at] == 1:
        at += 3 + unpack_from("<H", clx, at + 1)[0]
    (length,) = unpack_from("<I", clx, at + 1)
    count = (length - 4) // 12
    ends = unpack_from(f"<{count + 1}I", clx, at + 5)
    for number in range(count):
        (where,) = unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        yield _piece(document, where, ends[number + 1] - ends[number])


def _piece(document: bytes, where: int, count: int) -> Piece:
    if where & _COMPRESSED:
        offset = (where & ~_COMPRESSED) // 2
        return Piece(_narrow_text(document[offset : offset + count]), offset, 1)
    return Piece(document[where : where + 2 * count].decode("utf-16-le", "replace"), where, 2)


def _narrow_text(data: bytes) -> str:
    """Return text stored in single bytes; they are halves of Chinese characters where nearly all are high, or in pairs.

    A Chinese character takes two places, so that the second is filled with a character that is left out later.
    """
    high = sum(byte > 0x80 for byte in data)  # noqa: PLR2004 - ASCII ends there
    if high > _MOSTLY_CHINESE * len(data) or _is_in_pairs(data):
        return "".join(c + "\0" * (len(c.encode("gb18030", "replace")) - 1) for c in data.decode("gb18030", "replace"))
    return "".join(bytes((byte,)).decode("cp1252", "replace") for byte in data)


def _is_in_pairs(data: bytes) -> bool:
    """Say whether bytes past ASCII stand in pairs only, among them several Chinese characters."""
    return _PAIRS.fullmatch(data) is not None and len(set(_CHINESE.findall(data))) >= _FEWEST_CHINESE


def _runs(document: bytes, bins: bytes, *, paragraphs: bool) -> Iterator[Run]:
    """Yield the runs of all pages of properties that a part of the table stream lists."""
    count = (len(bins) - 4) // 8
    if count <= 0 or count > _MOST_PAGES:
        return
    for page in unpack_from(f"<{count}I", bins, 4 * (count + 1)):
        yield from _page_runs(document[page * _PAGE : (page + 1) * _PAGE], paragraphs=paragraphs)


def _page_runs(page: bytes, *, paragraphs: bool) -> Iterator[Run]:
    count, width = page[-1], 13 if paragraphs else 1
    limits = unpack_from(f"<{count + 1}I", page, 0)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + width * number]
        stored = b"" if not at else _stored_paragraph(page, at) if paragraphs else page[at + 1 : at + 1 + page[at]]
        yield Run(limits[number], limits[number + 1], dict(_properties(stored)))


def _stored_paragraph(page: bytes, at: int) -> bytes:
    """Return the properties of a paragraph without the number of its style, which comes first."""
    start, length = (at + 2, 2 * page[at + 1]) if not page[at] else (at + 1, 2 * page[at] - 1)
    return page[start + 2 : start + length]


def _properties(stored: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(stored):
        (code,) = unpack_from("<H", stored, at)
        at += 2
        kind = code >> 13
        if kind in _OPERAND_SIZES:
            size = _OPERAND_SIZES[kind]
        elif code == _TABLE_DEFINITION:
            size = unpack_from("<H", stored, at)[0] + 1
        else:
            size = stored[at] + 1
        yield code, stored[at : at + size]
        at += size
