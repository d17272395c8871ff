"""Rows that a copy prints among those of its form and that no form knows: they are told, and read by none."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from pipelines.extract.numbers import UNIT
from pipelines.extract.page import Page
from pipelines.extract.rows import match_rows
from pipelines.extract.tables import TableReading
from pipelines.model.document import GridCell
from pipelines.model.finding import Finding
from pipelines.registry.rules import rules

_WORDS = re.compile(
    rf"(?:{UNIT}|其中|[一二三四五六七八九十])*+(?P<words>[\u4e00-\u9fff]{{2,}}?)(?:{UNIT})?(?![\u4e00-\u9fff])"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2}")
_ROW = re.compile(rf"(?:{UNIT})?\d*(?:其中|[一二三四五六七八九十])?(?P<words>[\u4e00-\u9fff]{{3,30}}?)(?:{UNIT})(?=\d)")


def unknown_rows(page: Page, reading: TableReading) -> Iterator[Finding]:
    """Yield the text of every row that stands among, or right below, those of a table whose rows copies choose."""
    table, flow = reading.table, page.keyed
    if not table.optional:
        yield from _unknown_in_grids(page, reading)
        return
    matches = match_rows(flow, table, flow.offset(reading.lines.start)).matches
    places = [(flow.offset(match.first) + match.begins, flow.offset(match.last) + match.ends) for match in matches]
    inner = [(match, ends, begins) for match, ((_, ends), (begins, _)) in zip(matches, pairwise(places), strict=False)]
    for match, begin, end in inner:
        for place, words in _strange(reading, flow.text[begin:end]):
            yield _finding(page, reading, match.row.label, begin + place, words)
    end = places[-1][1]
    while found := _ROW.match(flow.text, end):
        yield _finding(page, reading, matches[-1].row.label, found.start("words"), found["words"])
        end = found.end()


def _unknown_in_grids(page: Page, reading: TableReading) -> Iterator[Finding]:
    """Yield the rows of the file's own tables that have words and a figure and stand between two rows of the form."""
    if not page.document.grids:
        return
    known = {line for each in reading.readings for line in range(each.line, each.line + each.content.line + 1)}
    for grid in page.document.grids:
        for _, cells in groupby(sorted(grid.cells, key=_row), key=_row):
            row = [cell.fragment for cell in cells]
            words = next((line for line in row if _LABEL.search(page.tight[line])), None)
            inside = all(line in reading.lines for line in row)
            figures = any(page.tight[line].isdecimal() for line in row)
            if inside and figures and words is not None and known.isdisjoint(row):
                above = [each.label for each in reading.readings if each.line < words]
                yield _told(page, reading, above[-1] if above else "", words, page.verbatim(words))


def _row(cell: GridCell) -> int:
    return cell.row


def _strange(reading: TableReading, gap: str) -> Iterator[tuple[int, str]]:
    """Yield the words in a gap between two rows that are no head, unit or number, up to people's names."""
    for match in _WORDS.finditer(gap):
        words = match["words"]
        if reading.table.footers and words.startswith(reading.table.footers):
            return
        if not reading.table.head.fullmatch(words):
            yield match.start("words"), words


def _finding(page: Page, reading: TableReading, label: str, place: int, words: str) -> Finding:
    return _told(page, reading, label, page.keyed.line(place), words)


def _told(page: Page, reading: TableReading, label: str, line: int, words: str) -> Finding:
    return rules()["unknown-text"].broken(
        locators=(page.locator(line),),
        found=words,
        time_period=reading.report_year,
        label=label,
    )
