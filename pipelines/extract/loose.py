"""Numbers on lines of their own among rows that are lines: those of pages, or what a line broke off a figure."""

import re
from collections.abc import Callable
from itertools import pairwise

from pipelines.extract.numbers import BARE_NUMBER
from pipelines.extract.page import Page
from pipelines.registry.forms import FormTable

_DIGITS = re.compile(r"[.,]?\d[\d.,]*")
_FEWEST_PAGES = 3


def loose_numbers(page: Page, table: FormTable, rows: range) -> frozenset[int]:
    """Return the numbers on lines of their own of which nothing tells that they are those of pages.

    All of them count on, or heads that are repeated among the rows of the table follow them.
    """
    inside = {cell.fragment for grid in page.document.grids for cell in grid.cells}
    lines = [line for line, text in enumerate(page.tight) if _DIGITS.fullmatch(text) and line not in inside]
    return frozenset(lines) - _of_pages(page, lines, rows, table.heads.pattern.match)


def is_torn(page: Page, loose: frozenset[int], first: int, last: int) -> bool:
    """Say whether a loose number stands right above or below some fragments: it may be a part of a figure there."""
    return not loose.isdisjoint((_next(page, first, -1), _next(page, last, 1)))


def _next(page: Page, line: int, step: int) -> int:
    """Return the next fragment above or below one that is not blank, -1 where there is none."""
    line += step
    while 0 <= line < len(page.tight) and not page.tight[line]:
        line += step
    return line if line < len(page.tight) else -1


def _of_pages(page: Page, lines: list[int], rows: range, opens_heads: Callable[[str], object]) -> set[int]:
    bare = [line for line in lines if BARE_NUMBER.fullmatch(page.tight[line])]
    found = {line for line in bare if (below := _next(page, line, 1)) in rows and opens_heads(page.keys[below])}
    numbers = [int(page.tight[line]) for line in bare]
    count_on = len(bare) >= _FEWEST_PAGES and all(there == here + 1 for here, there in pairwise(numbers))
    return {*bare, *found} if count_on else found
