"""Rows and columns of a spreadsheet that are not shown, and the last row that is, as its package says it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zipfile import ZipFile

from pipelines.read.numbering import attribute, local
from pipelines.read.ooxml import LARGEST_PART, open_package, read_member, read_part

_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_LINE = re.compile(rb"<(?:\w+:)?(row|col)\s([^>]*+)>")
_PLACE = re.compile(rb"\b(r|min|max)\s*=\s*[\"'](\d{1,7})[\"']")
_ROW_ENDS = 1_000
_LAST_COLUMN = 16_384


class Hidden(NamedTuple):
    """The rows and columns of a sheet that are not shown, and the last row that has cells, counted from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    last: int = -1


SHOWN = Hidden()


def hidden_parts(data: bytes) -> Mapping[str, Hidden]:
    """Return what each sheet of a workbook since 2007 hides, by the name of the sheet."""
    with open_package(data) as file:
        return {
            name: _hidden(read_member(file, file.getinfo(part), 4 * LARGEST_PART))
            for name, part in _sheets(file)
            if part in file.NameToInfo
        }


def _sheets(file: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the names of the sheets, each with its part of the package."""
    workbook, relations = read_part(file, "xl/workbook.xml"), read_part(file, "xl/_rels/workbook.xml.rels")
    targets = {
        attribute(each, "Id"): attribute(each, "Target") for each in (relations if relations is not None else ())
    }
    for element in workbook.iter() if workbook is not None else ():
        if local(element) == "sheet":
            target = targets.get(next((value for key, value in element.items() if key.endswith("}id")), ""), "")
            yield attribute(element, "name"), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _hidden(sheet: bytes) -> Hidden:
    if b"hidden" not in sheet:
        return Hidden(last=_last_row(sheet))
    rows, columns = set[int](), set[int]()
    for kind, written in _LINE.findall(sheet):
        if not _HIDDEN.search(written):
            continue
        places = {name: int(number) for name, number in _PLACE.findall(written)}
        if kind == b"row" and b"r" in places:
            rows.add(places[b"r"] - 1)
        elif kind == b"col" and b"min" in places:
            columns |= {*range(places[b"min"] - 1, min(places.get(b"max", places[b"min"]), _LAST_COLUMN))}
    return Hidden(frozenset(rows), frozenset(columns), _last_row(sheet))


def _last_row(sheet: bytes) -> int:
    """Return the number of the last row that is written, though it may be blank, -1 where none is."""
    begin = max(0, sheet.rfind(b"row ") - _ROW_ENDS)
    written = _LINE.findall(sheet, begin, begin + 2 * _ROW_ENDS)
    rows = [place for kind, attributes in written if kind == b"row" and (place := _PLACE.search(attributes))]
    return int(rows[-1][2]) - 1 if rows else -1
