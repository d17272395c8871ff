"""Word 97-2003, also as WPS writes it: paragraphs and tables from the piece table."""

import re
from collections.abc import Iterator
from itertools import pairwise
from struct import error as StructError  # noqa: N812 - it is the name of an error
from struct import unpack_from
from typing import Any, NamedTuple

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.assembly import Assembly, Cell
from pipelines.read.container import open_ole
from pipelines.read.printed import join
from pipelines.read.word_binary import Story, read_story

_IN_TABLE, _ROW_END, _TABLE_DEFINITION = 0x2416, 0x2417, 0xD608
_DELETED, _HIDDEN = 0x0800, 0x083C
_STRUCK, _STRUCK_TWICE, _SUPERSCRIPT, _RAISED = 0x0837, 0x2A53, 0x2A48, 0x4845
_CELL_END = "\x07"
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*\x14?|\x15")
_NESTED_FIELDS = 10
_CHARACTERS = str.maketrans({"\x1e": "-", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n"})
_SPECIAL = re.compile(r"[\x00-\x06\x08\x0d\x0f-\x1f]")
_NEAR = 30
_MERGED_RIGHT, _MERGED_DOWN, _MERGED_FROM_HERE = 0x02, 0x20, 0x40


class _Stretch(NamedTuple):
    """A paragraph or the text of a cell with the position of the mark that ends it."""

    text: str
    mark: int


class _Field(NamedTuple):
    """A cell as a row defines it: its edges, and whether it goes on from its neighbours."""

    left: int
    right: int
    flags: int


class _Row(NamedTuple):
    """A row of a table: the texts of its cells, and their edges where the file tells them."""

    texts: list[str]
    fields: list[_Field]


def read_doc(data: bytes, media_type: str) -> Document:
    """Return a Word document of the old format: paragraphs and cells of tables are fragments.

    Raises Unreadable where it is encrypted, damaged, or older than Word 97.
    """
    assembly = Assembly()
    paragraphs = tables = 0
    for block in _blocks(_open(data)):
        if isinstance(block, str):
            paragraphs += 1
            _add_lines(assembly, block, f"paragraph {paragraphs}")
        else:
            tables += 1
            assembly.add_grid(_cells(block, f"table {tables}"))
    return assembly.document(media_type)


def _open(data: bytes) -> Story:
    try:
        with open_ole(data) as file:
            streams = [_stream(file, name) for name in ("WordDocument", "0Table", "1Table")]
    except Exception as error:
        raise Unreadable("damaged-file", f"OLE: {error}") from error
    return read_story(streams[0], (streams[1], streams[2]))


def _stream(file: Any, name: str) -> bytes:
    return bytes(file.openstream(name).read()) if file.exists(name) else b""


def _add_lines(assembly: Assembly, text: str, place: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            assembly.add(line.strip(), place if number == 1 else f"{place} line {number}")


def _blocks(story: Story) -> Iterator[str | list[_Row]]:
    """Yield paragraphs as texts and tables as their rows.

    A paragraph within a table belongs to the cell whose mark comes next.
    """
    rows: list[_Row] = []
    cells: list[str] = []
    lines: list[str] = []
    for stretch in _stretches(story):
        properties = story.paragraph(stretch.mark)
        if story.text[stretch.mark] == _CELL_END:
            if _is_row_end(story, stretch, properties):
                rows.append(_Row(cells, list(_fields(properties.get(_TABLE_DEFINITION, b"")))))
                cells, lines = [], []
            else:
                cells.append(join((*lines, *stretch.text.split("\n"))))
                lines = []
        elif _is_set(properties, _IN_TABLE):
            lines += stretch.text.split("\n")
        else:
            yield from _finished(rows, cells, lines)
            rows, cells, lines = [], [], []
            yield stretch.text
    yield from _finished(rows, cells, lines)


def _is_set(properties: dict[int, bytes], code: int) -> bool:
    return properties.get(code, b"\0")[:1] == b"\1"


def _is_row_end(story: Story, stretch: _Stretch, properties: dict[int, bytes]) -> bool:
    """Say whether a mark ends a row; where the file says nothing of its paragraphs, an empty cell does."""
    return _is_set(properties, _ROW_END) if story.paragraphs else not stretch.text


def _finished(rows: list[_Row], cells: list[str], lines: list[str]) -> Iterator[str | list[_Row]]:
    """Yield what a table holds when it ends; text that no mark of a cell or row has closed is prose."""
    if rows:
        yield rows
    yield from filter(None, (*cells, *lines))


def _stretches(story: Story) -> Iterator[_Stretch]:
    """Yield what each mark of a paragraph or cell closes."""
    start = 0
    for match in re.finditer("[\r\x07]", story.text):
        yield _Stretch(_shown(story, start, match.start()), match.start())
        start = match.end()
    if start < len(story.text):
        yield _Stretch(_shown(story, start, len(story.text)), len(story.text) - 1)


def _shown(story: Story, start: int, end: int) -> str:
    """Return what a reader sees of a stretch: without deleted and hidden text, with the results of fields only."""
    text = "".join(_seen(story, start, end))
    for _ in range(_NESTED_FIELDS):
        text, found = _FIELD.subn("", text)
        if not found:
            break
    return _SPECIAL.sub("", text.translate(_CHARACTERS))


def _seen(story: Story, start: int, end: int) -> Iterator[str]:
    """Yield the characters that are not deleted or hidden; what is struck out or raised stands apart from the rest."""
    apart = False
    for index in range(start, end):
        properties = story.character(index)
        if not _is_unseen(properties):
            if apart != (apart := _is_apart(properties)):
                yield " "
            yield story.text[index]


def _is_apart(properties: dict[int, bytes]) -> bool:
    struck = _is_set(properties, _STRUCK) or _is_set(properties, _STRUCK_TWICE)
    return struck or any(any(properties.get(code, b"")) for code in (_SUPERSCRIPT, _RAISED))


def _is_unseen(properties: dict[int, bytes]) -> bool:
    return _is_set(properties, _DELETED) or _is_set(properties, _HIDDEN)


def _fields(definition: bytes) -> Iterator[_Field]:
    """Yield the cells that the definition of a row lists."""
    try:
        count = definition[2]
        edges = unpack_from(f"<{count + 1}h", definition, 3)
        described = 3 + 2 * (count + 1)
        for number, (left, right) in enumerate(pairwise(edges)):
            at = described + 20 * number
            yield _Field(left, right, unpack_from("<H", definition, at)[0] if at + 2 <= len(definition) else 0)
    except (IndexError, StructError):
        return


def _cells(rows: list[_Row], place: str) -> list[Cell]:
    """Return the cells of a table; columns are counted by the edges of all rows, where all tell them."""
    if any(len(row.texts) != len(row.fields) for row in rows):
        return [
            Cell(text, f"{place} row {number} cell {count}", number - 1, count - 1)
            for number, row in enumerate(rows, 1)
            for count, text in enumerate(row.texts, 1)
        ]
    edges = _distinct(edge for row in rows for field in row.fields for edge in (field.left, field.right))
    cells: list[Cell] = []
    above: dict[tuple[int, int], int] = {}
    for number, row in enumerate(rows):
        here: dict[tuple[int, int], int] = {}
        for count, (text, field) in enumerate(zip(row.texts, row.fields, strict=True), 1):
            columns = _nearest(edges, field.left), _nearest(edges, field.right)
            cell = Cell(text, f"{place} row {number + 1} cell {count}", number, columns[0], 1, columns[1] - columns[0])
            here[columns] = _laid(cells, cell, field, above.get(columns))
        above = here
    return cells


def _laid(cells: list[Cell], cell: Cell, field: _Field, upper: int | None) -> int:
    """Add a cell, or let the one above or before it go on, and return the number of the cell that stands there."""
    if field.flags & _MERGED_DOWN and not field.flags & _MERGED_FROM_HERE and upper is not None:
        cells[upper] = cells[upper]._replace(rows=cell.row - cells[upper].row + 1)
        return upper
    if field.flags & _MERGED_RIGHT and not cell.text and cells and cells[-1].row == cell.row:
        cells[-1] = cells[-1]._replace(columns=cells[-1].columns + cell.columns)
    else:
        cells.append(cell._replace(columns=max(1, cell.columns)))
    return len(cells) - 1


def _distinct(edges: Iterator[int]) -> list[int]:
    found: list[int] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _nearest(edges: list[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - edge))
