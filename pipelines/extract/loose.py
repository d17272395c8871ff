"""Numbers on lines of their own among rows that are lines: those of pages, or what a line broke off a figure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.extract.numbers import BARE_NUMBER, PAGE_NUMBER
from pipelines.extract.page import Page
from pipelines.extract.rows import RowMatch
from pipelines.registry.forms import FormTable

_DIGITS = re.compile(r"[.,]?\d[\d.,]*(?:[①-⑳¹²³*]|\([^()\d]{1,8}\)|\[\d{1,2}\]|注\d?)?")
_FEWEST_PAGES = 3
_MARKS = "、.,)"


def loose_numbers(page: Page, table: FormTable, matches: Sequence[RowMatch]) -> frozenset[int]:
    """Return the numbers on lines of their own of which nothing tells that they are those of pages.

    All of those count on, or what follows them is repeated heads among the rows of the table, or its foot.
    """
    inside = page.document.rows_of_cells()
    lines = [line for line, text in enumerate(page.lines) if _DIGITS.fullmatch(text.strip()) and line not in inside]
    return frozenset(lines) - _of_rows(page, lines, matches) - _of_pages(page, table, lines, matches)


def _of_rows(page: Page, lines: list[int], matches: Sequence[RowMatch]) -> set[int]:
    """Return the numbers of rows right above their labels: those with their marks, all where most numbers are such."""
    above = {_next(page, match.first, -1): match for match in matches}
    own = {line for line in lines if line in above and _is_number(page, line, above[line])}
    if 2 * len(own) > len(lines):
        return own
    return {line for line in own if page.tight[line][-1] in _MARKS or page.tight[above[line].first][0] in _MARKS}


def _is_number(page: Page, line: int, match: RowMatch) -> bool:
    """Say whether a fragment holds the number of a row that is not printed right before its label."""
    number, beside = match.row.number, page.keys[match.first]
    printed = beside.startswith(number) or beside[: match.begins].rstrip(_MARKS).endswith(number)
    return page.tight[line].rstrip(_MARKS) == number and not printed


def is_torn(page: Page, loose: frozenset[int], first: int, last: int) -> bool:
    """Say whether a loose number stands right above or below some fragments: it may be a part of a figure there."""
    return bool(loose) and not loose.isdisjoint((_over_page(page, first, -1), _over_page(page, last, 1)))


def stands_by_number(page: Page, line: int) -> bool:
    """Say whether a number on a line of its own, as that of a page, stands right above or below a fragment."""
    beside = (_over_page(page, line, -1), _over_page(page, line, 1))
    return any(there >= 0 and _DIGITS.fullmatch(page.lines[there].strip()) for there in beside)


def _over_page(page: Page, line: int, step: int) -> int:
    """Return the next fragment above or below one that is neither blank nor the number of a page, -1 if none is."""
    line = _next(page, line, step)
    while line >= 0 and PAGE_NUMBER.fullmatch(page.tight[line]):
        line = _next(page, line, step)
    return line


def _next(page: Page, line: int, step: int) -> int:
    """Return the next fragment above or below one that is not blank, -1 where there is none."""
    line += step
    while 0 <= line < len(page.tight) and not page.tight[line]:
        line += step
    return line if line < len(page.tight) else -1


def _of_pages(page: Page, table: FormTable, lines: list[int], matches: Sequence[RowMatch]) -> set[int]:
    bare = [line for line in lines if BARE_NUMBER.fullmatch(page.tight[line])]
    rows = range(matches[0].first, matches[-1].first) if matches else range(0)
    below = {line: _next(page, line, 1) for line in bare}
    twins = {line for pair in below.items() if pair[1] in below for line in pair}
    found = {line for line in bare if below[line] in rows and table.heads.pattern.match(page.keys[below[line]])}
    ends = {match.last for match in matches} if table.columns else set()
    feet = {line for line in bare if below[line] >= 0 and page.tight[below[line]].startswith(table.footers)}
    found |= {line for line in feet if _next(page, line, -1) not in ends}
    numbers = [int(page.tight[line]) for line in bare]
    many = len(bare) >= _FEWEST_PAGES or (len(bare) > 1 and _ends_document(page, bare[-1], matches))
    count_on = many and all(there == here + 1 for here, there in pairwise(numbers))
    return {*bare, *found} - twins if count_on else found


def _ends_document(page: Page, line: int, matches: Sequence[RowMatch]) -> bool:
    """Say whether a number is the last of a document, below more than the last row: then it is that of a page."""
    return bool(matches) and _next(page, line, 1) < 0 and _next(page, line, -1) > matches[-1].last
