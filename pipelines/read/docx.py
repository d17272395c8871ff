"""Word since 2007: paragraphs, tables as grids, text boxes and notes; what was deleted under revision is left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.assembly import Assembly, Cell
from pipelines.read.numbering import Numbering, attribute, children, list_of, local, read_numbering, value
from pipelines.read.ooxml import open_package, read_part
from pipelines.read.printed import join

_LEFT_OUT = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr",
    "sdtPr", "commentReference", "footnoteReference", "endnoteReference", "object",
}  # fmt: skip
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_LARGE_PICTURE = 1.6e13
_ENDS_LABEL = re.compile(r"[、.．)）。，,:：]$")
_DEEPEST = 200


@dataclass(slots=True)
class _Reading:
    """What is kept while a document is read."""

    numbering: Numbering
    hidden: frozenset[str] = frozenset()
    assembly: Assembly = field(default_factory=Assembly)
    unread: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0


class _Paragraph(NamedTuple):
    """A paragraph: its lines, and the text boxes that hang on it."""

    lines: list[str]
    boxes: list[Element]


def read_docx(data: bytes, media_type: str) -> Document:
    """Return a Word document: paragraphs and cells of tables are fragments, notes come last.

    Raises Unreadable where the package is damaged, encrypted or made to do harm.
    """
    with open_package(data) as file:
        name = _main_part(file)
        folder = name.rpartition("/")[0]
        root = read_part(file, name)
        if root is None:
            raise Unreadable("damaged-file", f"the package lacks its main part {name}")
        styles = read_part(file, f"{folder}/styles.xml")
        numbering = read_numbering(read_part(file, f"{folder}/numbering.xml"), styles)
        reading = _Reading(numbering, frozenset(_hidden_styles(styles)))
        _read_blocks(reading, _blocks(chain.from_iterable(children(root, "body"))))
        for kind in ("footnote", "endnote"):
            _read_notes(reading, read_part(file, f"{folder}/{kind}s.xml"), kind)
    return reading.assembly.document(media_type, unread=tuple(reading.unread))


def _main_part(file: ZipFile) -> str:
    relations = read_part(file, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _blocks(elements: Iterable[Element], depth: int = 0) -> Iterator[Element]:
    """Yield the paragraphs and tables among some elements, content controls and revisions opened."""
    for element in elements:
        name = local(element)
        if name in {"p", "tbl", "altChunk"}:
            yield element
        elif name not in _LEFT_OUT and depth < _DEEPEST:
            yield from _blocks(_chosen(element), depth + 1)


def _chosen(element: Element) -> Iterable[Element]:
    """Return the children of an element; of alternatives only the first."""
    return next(iter(element), ()) if local(element) == "AlternateContent" else element


def _read_blocks(reading: _Reading, blocks: Iterable[Element]) -> None:
    for block in blocks:
        name = local(block)
        if name == "altChunk":
            reading.unread.append("an inserted file")
        elif name == "tbl":
            _read_table(reading, block)
        else:
            reading.paragraphs += 1
            _read_paragraph(reading, block, f"paragraph {reading.paragraphs}")


def _read_paragraph(reading: _Reading, element: Element, place: str) -> None:
    """Add the lines of a paragraph and then what its text boxes hold."""
    found = _paragraph(reading, element, place)
    for number, line in enumerate(found.lines, 1):
        if line.strip():
            reading.assembly.add(line.strip(), place if number == 1 else f"{place} line {number}")
    for box in found.boxes:
        _read_blocks(reading, _blocks(box))


def _paragraph(reading: _Reading, element: Element, place: str) -> _Paragraph:
    boxes: list[Element] = []
    text = "".join(_texts(element, boxes, reading.hidden, 0))
    properties = next(children(element, "pPr"), None)
    listed = list_of(properties)
    if listed is None and properties is not None:
        listed = reading.numbering.styles.get(value(properties, "pStyle"))
    label = reading.numbering.next_label(*listed) if listed else ""
    if label and text and (not _ENDS_LABEL.search(label) or text[0].isdecimal()):
        label += " "
    reading.unread += (f"{place}: {part}" for part in _unread(element))
    return _Paragraph((label + text).split("\n"), boxes)


def _texts(element: Element, boxes: list[Element], hidden: frozenset[str], depth: int) -> Iterator[str]:
    """Yield the pieces of text below an element; text boxes are put aside."""
    for child in _chosen(element):
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield _symbol(child)
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "r":
            yield from _run(child, boxes, hidden, depth)
        elif name not in _LEFT_OUT and depth < _DEEPEST:
            yield from _texts(child, boxes, hidden, depth + 1)


def _run(run: Element, boxes: list[Element], hidden: frozenset[str], depth: int) -> Iterator[str]:
    """Yield the text of a run that is seen; what is struck out or raised stands apart from what is beside it."""
    properties = next(children(run, "rPr"), None)
    if properties is None:
        yield from _texts(run, boxes, hidden, depth + 1)
    elif depth < _DEEPEST and not (_is_on(properties, "vanish") or value(properties, "rStyle") in hidden):
        space = " " if _is_apart(properties) else ""
        yield space
        yield from _texts(run, boxes, hidden, depth + 1)
        yield space


def _is_apart(properties: Element) -> bool:
    raised = value(properties, "vertAlign") in {"superscript", "subscript"} or value(properties, "position") not in {
        "",
        "0",
    }
    return raised or _is_on(properties, "strike") or _is_on(properties, "dstrike")


def _symbol(element: Element) -> str:
    code = attribute(element, "char")
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else ""


def _is_on(properties: Element, name: str) -> bool:
    return any(attribute(mark, "val") not in {"0", "false", "off"} for mark in children(properties, name))


def _hidden_styles(styles: Element | None) -> Iterator[str]:
    """Yield the styles whose text is not seen."""
    for style in children(styles, "style"):
        if any(_is_on(properties, "vanish") for properties in children(style, "rPr")):
            yield attribute(style, "styleId")


def _unread(element: Element) -> Iterator[str]:
    """Yield what hangs on a paragraph and is not read: a table may be in it."""
    names = {local(each) for each in element.iter()}
    if "OLEObject" in names:
        yield "an embedded object"
    if "blip" in names and any(_is_large(each) for each in element.iter() if local(each) == "extent"):
        yield "a picture"


def _is_large(extent: Element) -> bool:
    width, height = attribute(extent, "cx"), attribute(extent, "cy")
    return width.isdigit() and height.isdigit() and int(width) * int(height) > _LARGE_PICTURE


def _read_table(reading: _Reading, table: Element, outer: str = "") -> None:
    """Add a table as a grid and after it the tables within its cells; a frame around a single cell is no table."""
    rows = [list(_kept_cells(row)) for row in _within(table, "tr") if not _is_deleted(row)]
    if len(rows) == 1 and len(rows[0]) == 1:
        _read_blocks(reading, _blocks(rows[0][0]))
        return
    reading.tables += not outer
    place = f"{outer} table" if outer else f"table {reading.tables}"
    inner: list[tuple[Element, str]] = []
    reading.assembly.add_grid(_cells(reading, table, place, inner))
    for nested, where in inner:
        _read_table(reading, nested, where)


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells of a table, content controls opened."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in {"sdt", "sdtContent", "customXml", "ins", "smartTag"}:
            yield from _within(child, name)


def _is_deleted(row: Element) -> bool:
    return any(True for properties in children(row, "trPr") for _ in children(properties, "del"))


def _kept_cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row that no revision has deleted."""
    for cell in _within(row, "tc"):
        if not any(True for properties in children(cell, "tcPr") for _ in children(properties, "cellDel")):
            yield cell


def _cells(reading: _Reading, table: Element, place: str, inner: list[tuple[Element, str]]) -> list[Cell]:
    """Return the cells of a table, those merged downwards as one; tables within them go to `inner`."""
    cells: list[Cell] = []
    above: dict[int, int] = {}
    for row, element in enumerate(row for row in _within(table, "tr") if not _is_deleted(row)):
        column = _skipped(element)
        for number, cell in enumerate(_kept_cells(element), 1):
            width, merged = _extent(cell)
            start = above.get(column)
            if merged == "continue" and start is not None and cells[start].columns == width:
                cells[start] = cells[start]._replace(rows=row - cells[start].row + 1)
            else:
                where = f"{place} row {row + 1} cell {number}"
                above[column] = len(cells)
                cells.append(Cell(_cell_text(reading, cell, where, inner), where, row, column, 1, width))
            column += width
    return cells


def _skipped(row: Element) -> int:
    """Return how many columns a row leaves free before its first cell."""
    before = next((value(properties, "gridBefore") for properties in children(row, "trPr")), "")
    return int(before) if before.isdigit() else 0


def _extent(cell: Element) -> tuple[int, str]:
    """Return how many columns a cell covers, and whether it goes on from the one above: `continue`."""
    properties = next(children(cell, "tcPr"), None)
    if properties is None:
        return 1, ""
    span = value(properties, "gridSpan")
    merged = next((attribute(mark, "val") or "continue" for mark in children(properties, "vMerge")), "")
    return int(span) if span.isdigit() and 0 < int(span) < 1000 else 1, merged  # noqa: PLR2004 - no table is wider


def _cell_text(reading: _Reading, cell: Element, place: str, inner: list[tuple[Element, str]]) -> str:
    lines: list[str] = []
    for block in _blocks(cell):
        if local(block) == "p":
            lines += _all_lines(reading, block, place)
        elif local(block) == "tbl":
            inner.append((block, place))
    return join(lines)


def _all_lines(reading: _Reading, element: Element, place: str) -> Iterator[str]:
    """Yield the lines of a paragraph in a cell, those of its text boxes included."""
    found = _paragraph(reading, element, place)
    yield from found.lines
    for box in found.boxes:
        for block in _blocks(box):
            if local(block) == "p":
                yield from _all_lines(reading, block, place)


def _read_notes(reading: _Reading, root: Element | None, kind: str) -> None:
    notes = (note for note in (root if root is not None else ()) if not attribute(note, "type"))
    for number, note in enumerate(notes, 1):
        text = join(
            line for block in _blocks(note) if local(block) == "p" for line in _paragraph(reading, block, kind).lines
        )
        if text:
            reading.assembly.add(text, f"{kind} {number}")
