"""Rows that a copy prints among those of its form and that no form knows: they are told, and read by none."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.extract.numbers import UNIT
from pipelines.extract.page import Page
from pipelines.extract.rows import match_rows
from pipelines.extract.tables import TableReading
from pipelines.model.finding import Finding
from pipelines.registry.rules import rules

_WORDS = re.compile(
    rf"(?:{UNIT}|其中|[一二三四五六七八九十])*+(?P<words>[\u4e00-\u9fff]{{2,}}?)(?:{UNIT})?(?![\u4e00-\u9fff])"
)
_ROW = re.compile(rf"(?:{UNIT})?\d*(?:其中|[一二三四五六七八九十])?(?P<words>[\u4e00-\u9fff]{{3,30}}?)(?:{UNIT})(?=\d)")


def unknown_rows(page: Page, reading: TableReading) -> Iterator[Finding]:
    """Yield the text of every row that stands among, or right below, those of a table whose rows copies choose."""
    table, flow = reading.table, page.keyed
    if not table.optional:
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


def _strange(reading: TableReading, gap: str) -> Iterator[tuple[int, str]]:
    """Yield the words in a gap between two rows that are no head, unit or number, up to people's names."""
    for match in _WORDS.finditer(gap):
        words = match["words"]
        if reading.table.footers and words.startswith(reading.table.footers):
            return
        if not reading.table.head.fullmatch(words):
            yield match.start("words"), words


def _finding(page: Page, reading: TableReading, label: str, place: int, words: str) -> Finding:
    return rules()["unknown-text"].broken(
        locators=(page.locator(page.keyed.line(place)),),
        found=words,
        time_period=reading.report_year,
        label=label,
    )
