"""Word 97 documents, written as [MS-DOC] and [MS-CFB] say: text in pieces, paragraphs, tables with merged cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from struct import pack

_SECTOR, _PAGE = 512, 512
_LEAST_STREAM = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT_AT = 0x800
IN_TABLE = pack("<HB", 0x2416, 1)
ROW_END = pack("<HB", 0x2417, 1)
DELETED = pack("<HB", 0x0800, 1)


@dataclass(frozen=True)
class Stretch:
    """A paragraph or cell with the mark that ends it, and the properties of the paragraph and of its characters."""

    text: str
    paragraph: bytes = b""
    characters: bytes = b""


@dataclass(frozen=True)
class Cell:
    """A cell of a row: its text, its right edge, and the bits by which it goes on from its neighbours."""

    text: str
    right: int
    flags: int = 0


def row(cells: Sequence[Cell]) -> list[Stretch]:
    """Return a row of a table."""
    edges = pack(f"<{len(cells) + 1}h", 0, *(cell.right for cell in cells))
    described = b"".join(pack("<H", cell.flags) + bytes(18) for cell in cells)
    definition = bytes([len(cells)]) + edges + described
    end = IN_TABLE + ROW_END + pack("<HH", 0xD608, len(definition) + 1) + definition
    return [*(Stretch(cell.text + "\x07", IN_TABLE) for cell in cells), Stretch("\x07", end)]


def doc(stretches: Iterable[Stretch], *, narrow: bool = False, flags: int = 0, magic: int = 0xA5EC) -> bytes:
    """Return a document; `narrow` stores it in single bytes, Chinese as GBK."""
    stored = list(stretches)
    texts = [s.text.encode("gb18030" if narrow else "utf-16-le") for s in stored]
    body = b"".join(texts)
    limits = [_TEXT_AT, *(_TEXT_AT + end for end in accumulate(map(len, texts)))]
    pages_at = -(-(_TEXT_AT + len(body)) // _PAGE)
    paragraphs = _pages(limits, [_paragraph(s.paragraph) for s in stored], 13)
    characters = _pages(limits, [bytes([len(s.characters)]) + s.characters for s in stored], 1)
    count = len(body) if narrow else len(body) // 2
    where = (_TEXT_AT * 2 | 0x40000000) if narrow else _TEXT_AT
    pieces = pack("<II", 0, count) + pack("<HIH", 0, where, 0)
    clx = b"\x01" + pack("<H", 2) + b"\0\0" + b"\x02" + pack("<I", len(pieces)) + pieces
    bins = [_bins(found, pages_at + before) for found, before in ((paragraphs, 0), (characters, len(paragraphs)))]
    header = bytearray(_TEXT_AT)
    header[0:2], header[10:12] = pack("<H", magic), pack("<H", 0x0200 | flags)
    header[0x4C:0x50] = pack("<i", count)
    at = 0
    for pointer, part in ((0x1A2, clx), (0x102, bins[0]), (0xFA, bins[1])):
        header[pointer : pointer + 8] = pack("<II", at, len(part))
        at += len(part)
    text = (bytes(header) + body).ljust(pages_at * _PAGE, b"\0")
    pages = b"".join(page for _, page in (*paragraphs, *characters))
    return compound({"1Table": clx + b"".join(bins), "WordDocument": text + pages})


def _paragraph(properties: bytes) -> bytes:
    stored = b"\0\0" + properties
    stored += b"\0" * (len(stored) % 2 == 0)
    return bytes([(len(stored) + 1) // 2]) + stored


def _pages(limits: Sequence[int], properties: Sequence[bytes], width: int) -> list[tuple[list[int], bytes]]:
    """Return pages of properties, each with the limits of the runs it tells of."""
    pages: list[tuple[list[int], bytes]] = []
    start = 0
    while start < len(properties):
        end = start + 1
        while end < len(properties) and _size(properties[start : end + 1], width) < _PAGE:
            end += 1
        pages.append((list(limits[start : end + 1]), _page(limits[start : end + 1], properties[start:end], width)))
        start = end
    return pages


def _size(properties: Sequence[bytes], width: int) -> int:
    return 4 * (len(properties) + 1) + width * len(properties) + sum(len(each) + 1 for each in properties) + 1


def _page(limits: Sequence[int], properties: Sequence[bytes], width: int) -> bytes:
    page = bytearray(_PAGE)
    page[0 : 4 * len(limits)] = pack(f"<{len(limits)}I", *limits)
    at = _PAGE - 1
    for number, each in enumerate(properties):
        at = (at - len(each)) // 2 * 2
        page[at : at + len(each)] = each
        page[4 * len(limits) + width * number] = at // 2
    page[-1] = len(properties)
    return bytes(page)


def _bins(pages: Sequence[tuple[list[int], bytes]], first: int) -> bytes:
    limits = [pages[0][0][0], *(page[0][-1] for page in pages)]
    return pack(f"<{len(limits)}I", *limits) + pack(f"<{len(pages)}I", *range(first, first + len(pages)))


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an OLE compound file with some streams at its root."""
    stored = {
        name: data.ljust(_LEAST_STREAM, b"\0") + b"\0" * (-max(len(data), _LEAST_STREAM) % _SECTOR)
        for name, data in streams.items()
    }
    directory = -(-(len(stored) + 1) // 4)
    sectors = directory + sum(len(data) // _SECTOR for data in stored.values())
    tables = -(-sectors // 127)
    fat = [_FAT] * tables + _chain(tables, directory)
    entries = [_entry("Root Entry", 5, child=1)]
    for number, (name, data) in enumerate(stored.items(), 1):
        following = number + 1 if number < len(stored) else _FREE
        entries.append(_entry(name, 2, right=following, start=len(fat), size=len(data)))
        fat += _chain(len(fat), len(data) // _SECTOR)
    fat += [_FREE] * (tables * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += pack("<IIIIIIIII", 0, tables, tables, 0, _LEAST_STREAM, _END, 0, _END, 0)
    header += pack(f"<{tables}I", *range(tables))
    header += b"\xff" * (_SECTOR - len(header))
    listed = b"".join(entries).ljust(directory * _SECTOR, b"\0")
    return header + pack(f"<{len(fat)}I", *fat) + listed + b"".join(stored.values())


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _entry(  # noqa: PLR0913 - what an entry says
    name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = _END, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + pack("<HBBIII", len(encoded) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + pack("<IQ", start, size)
