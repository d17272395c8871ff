"""The cells of an annex that is no official form, in reading order."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from pipelines.extract.numbers import BARE_NUMBER, PAGE_NUMBER, UNIT
from pipelines.extract.page import Page
from pipelines.registry.wording import key, squeeze

_WIDE_SPACE = re.compile(r"\s{2,}")
_FIGURES = re.compile(r"[\d\s,.%年度/+-]+")
_FIGURE = re.compile(rf"{_FIGURES.pattern}|二[〇○零一二][^\s]{{2}}年度?")
_YEAR = re.compile("(?:20[0-9]{2}|[〇零○一二三四五六七八九]{4})年度?")
_FEWEST_CELLS = 2
_LONGEST_YEAR = len("2015年度")
MAY_OPEN = frozenset("-—–―─~·•第共pP")
"""What the number of a page may open with, looked at before the rest of it is."""
_UNIT_BEHIND = re.compile(rf"万?(?:{UNIT})$")
_RULE = re.compile(r"[\s|:-]*")


class AnnexCell(NamedTuple):
    """One cell: its folded text without outer space ("" where it is blank), its wording, and its fragment.

    `row` is that fragment, or in a table that the file marks the first fragment of the row.
    """

    text: str
    key: str
    line: int
    row: int


def annex_cells(page: Page, lines: Iterable[int], known: frozenset[str]) -> Iterator[AnnexCell]:
    """Yield the cells in some fragments; one that is empty, not blank, or a page's number separates and is none."""
    rows = page.document.rows_of_cells()
    tight = page.tight
    shown = (
        line for line in lines if line in rows or tight[line][:1] not in MAY_OPEN or not is_page_number(page, line)
    )
    return (AnnexCell(*cell, rows.get(cell[2], cell[2])) for cell in plain_cells(page, shown, known))


def is_page_number(page: Page, line: int) -> bool:
    """Say whether a fragment is the number of a page with the signs that tell it; 3/5 may be a cell as well."""
    return PAGE_NUMBER.fullmatch(page.tight[line]) is not None and "/" not in page.tight[line]


def is_foot(cell: AnnexCell) -> bool:
    """Say whether a cell that is alone in a row of a table of several columns may be the number of a page."""
    return BARE_NUMBER.fullmatch(cell.text) is not None or PAGE_NUMBER.fullmatch(squeeze(cell.text)) is not None


def is_unit(wording: str) -> bool:
    """Say whether a heading is a unit and nothing else.

    >>> is_unit("(万条)"), is_unit("信息公开数(条)")
    (True, False)
    """
    return not _UNIT_BEHIND.sub("", wording.strip("()"))


def plain_cells(page: Page, lines: Iterable[int], known: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the text, wording and fragment of each cell, as `annex_cells` does, for annexes of very many."""
    folded_lines, keys = page.lines, page.keys
    for line in lines:
        folded = folded_lines[line]
        if not folded:
            continue
        whole = keys[line]
        if folded == whole:
            yield folded, whole, line
        elif whole in known or (len(whole) <= _LONGEST_YEAR and _YEAR.fullmatch(whole)):
            yield folded.strip(), whole, line
        elif not whole:
            yield "", "", line
        else:
            for text in _split(folded, known):
                yield text, whole if text == whole else key(text), line


def _split(folded: str, known: frozenset[str]) -> list[str]:
    """Return the cells of one fragment: parted by bars, wide space, or single spaces between figures or headings."""
    if "|" in folded:
        return [] if _is_rule(folded) else [cell.strip() for cell in _framed(folded.strip()).split("|")]
    words = folded.split()
    if PAGE_NUMBER.fullmatch(squeeze(folded)):
        return [folded.strip()]
    if len(words) == 1 or _FIGURES.fullmatch(folded) or all(key(word) in known for word in words):
        return words
    told = len(words) > _FEWEST_CELLS and all(map(_FIGURE.fullmatch, words[1:]))
    if told or all(_is_cell(word, known) for word in words):
        return words
    figures = len(list(takewhile(_FIGURES.fullmatch, words)))
    if figures > 1:
        return [*words[:figures], " ".join(words[figures:])]
    return _WIDE_SPACE.split(folded.strip())


def _is_cell(word: str, known: frozenset[str]) -> bool:
    """Say whether a word between single spaces is a cell: a heading with its unit or without, a unit, a figure."""
    heading = key(word)
    counted = _UNIT_BEHIND.sub("", heading)
    return heading in known or counted in known or not counted or _FIGURE.fullmatch(word) is not None


def _framed(row: str) -> str:
    """Return a row without the bars that frame it; those that only part cells stay."""
    return row[1:-1] if row.startswith("|") and row.endswith("|") and len(row) > 1 else row


def _is_rule(folded: str) -> bool:
    """Say whether a fragment only draws a line between rows: `|---|:---:|`."""
    return "---" in folded and _RULE.fullmatch(folded) is not None
