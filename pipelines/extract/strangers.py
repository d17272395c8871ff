"""Rows that a copy prints among those of its form and that no form knows: they are told, and read by none."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise, takewhile

from pipelines.extract.numbers import UNIT
from pipelines.extract.page import Page
from pipelines.extract.rows import match_rows
from pipelines.extract.tables import TableReading
from pipelines.model.document import GridCell
from pipelines.model.finding import Finding
from pipelines.registry.annexes import ends_at
from pipelines.registry.forms import FormTable
from pipelines.registry.rules import rules
from pipelines.registry.wording import key

_WORDS = re.compile(
    rf"(?:{UNIT}|其中|[一二三四五六七八九十])*+(?P<words>[\u4e00-\u9fff]{{2,}}?)(?:{UNIT})?(?![\u4e00-\u9fff])"
)
_YEAR = re.compile(r"20\d{2}年")
_BAR = "|"
_LABEL = re.compile(r"[\u4e00-\u9fff]{2}")
_ROW = re.compile(rf"(?:{UNIT})?\d*(?:其中|[一二三四五六七八九十])?(?P<words>[\u4e00-\u9fff]{{3,30}}?)(?:{UNIT})(?=\d)")


def unknown_rows(page: Page, reading: TableReading, taken: Sequence[range]) -> Iterator[Finding]:
    """Yield the text of every row among, or right below, those of a table that is none of its form.

    `taken` are the fragments of all tables. Where copies choose their rows words between two rows are enough;
    elsewhere a row has to be seen: as one of a table of the file, or as a line with tabs or bars.
    """
    table, flow = reading.table, page.keyed
    if not table.optional:
        others = [lines for lines in taken if lines != reading.lines]
        yield from _unknown_in_grids(page, reading, others)
        yield from _unknown_in_lines(page, reading, others)
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


def _unknown_in_grids(page: Page, reading: TableReading, others: Sequence[range]) -> Iterator[Finding]:
    """Yield the rows of the file's own tables with words and a figure between rows of the form, or below them."""
    if not page.document.grids:
        return
    known = {line for each in reading.readings for line in (each.line, each.line + each.content.line)}
    for grid in page.document.grids:
        if known.isdisjoint(cell.fragment for cell in grid.cells):
            continue
        for _, cells in groupby(sorted(grid.cells, key=_row), key=_row):
            row = [cell.fragment for cell in cells]
            words = next((line for line in row if _LABEL.search(page.tight[line])), None)
            inside = row[0] >= reading.lines.start and not any(line in lines for lines in others for line in row)
            figures = any(page.tight[line].isdecimal() for line in row)
            if inside and figures and words is not None and known.isdisjoint(row):
                above = [each.label for each in reading.readings if each.line < words]
                yield _told(page, reading, above[-1] if above else "", words, page.verbatim(words))


def _known(reading: TableReading) -> set[int]:
    """Return the fragments that the rows of the form take up."""
    return {line for each in reading.readings for line in range(each.line, each.line + each.content.line + 1)}


def _unknown_in_lines(page: Page, reading: TableReading, others: Sequence[range]) -> Iterator[Finding]:
    """Yield the lines that bars or tabs part into words and a figure and that are no row of the form."""
    if not reading.table.columns:
        return
    known = _known(reading)
    below = takewhile(lambda line: _BAR in page.lines[line], range(reading.lines.stop, len(page.lines)))
    free = (line for line in below if not any(line in lines for lines in others))
    for line in chain(reading.lines, free):
        if line in known or _BAR not in page.lines[line]:
            continue
        cells = [key(cell) for cell in page.lines[line].split(_BAR)]
        label = next((cell for cell in cells if _LABEL.search(cell)), "")
        if label and any(map(str.isdecimal, cells)) and not _is_no_row(reading.table, cells):
            above = [each.label for each in reading.readings if each.line < line]
            yield _told(page, reading, above[-1] if above else "", line, label)


def _is_no_row(table: FormTable, cells: Sequence[str]) -> bool:
    """Say whether a line begins with what people sign with, or has a head of the table."""
    ends = (*table.footers, *ends_at())
    return any(cell.startswith(ends) or table.heads.named(cell) is not None for cell in cells)


def _row(cell: GridCell) -> int:
    return cell.row


def _strange(reading: TableReading, gap: str) -> Iterator[tuple[int, str]]:
    """Yield the words in a gap between two rows that are no head, unit or number, up to people's names."""
    for match in _WORDS.finditer(gap):
        words = match["words"]
        if reading.table.footers and words.startswith(reading.table.footers):
            return
        alone = not gap[match.end() : match.end() + 1].isdecimal() or _YEAR.match(gap, match.end())
        if not (alone and _is_head(reading.table, match)):
            yield match.start("words"), words


def _is_head(table: FormTable, match: re.Match[str]) -> bool:
    """Say whether words are those of heads or titles, the last character of which may look like a unit."""
    return any(table.head.fullmatch(text) for text in (match["words"], match[0]))


def _finding(page: Page, reading: TableReading, label: str, place: int, words: str) -> Finding:
    return _told(page, reading, label, page.keyed.line(place), words)


def _told(page: Page, reading: TableReading, label: str, line: int, words: str) -> Finding:
    return rules()["unknown-text"].broken(
        locators=(page.locator(line),),
        found=words,
        time_period=reading.report_year,
        label=label,
    )
