"""Rows whose figure a copy may have torn, or given to another row: nothing of them is claimed."""

import re
from collections.abc import Sequence
from itertools import compress

from pipelines.extract.gaps import Gap, doubted
from pipelines.extract.loose import is_torn, loose_numbers
from pipelines.extract.page import Page, folded
from pipelines.extract.pieces import OPENED
from pipelines.extract.rows import RowMatch, label_place
from pipelines.extract.tokens import Kind, Token
from pipelines.extract.wholeness import whole_cells
from pipelines.model.identity import Cell
from pipelines.registry.forms import FormTable
from pipelines.registry.units import units

_WORDS = re.compile(r"(?![〇零一二三四五六七八九十百千万]+$)[^\s\d|]*[\u4e00-\u9fff]{2}")
_MARKS = (")", ".", "、", ":", "．")


def with_doubts(
    page: Page, table: FormTable, matches: Sequence[RowMatch], gaps: Sequence[Gap], *, in_lines: bool
) -> Sequence[Gap]:
    """Return the gaps of rows, those in doubt whose figure may lack digits or may be another row's.

    `in_lines` says that values stand beside their labels.
    """
    gaps = _without_halves(page, table, matches, gaps)
    return _without_torn(page, table, matches, _without_broken(matches, gaps)) if in_lines else gaps


def _without_halves(page: Page, table: FormTable, matches: Sequence[RowMatch], gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Return the gaps of rows, in doubt where the label, without its number, may be the rest of words above it.

    Nobody knows these: a line may have broken the label of a row that no form has; the cells of a grid are whole.
    Where rows print their units one of those with no figure would have its own beside it.
    """
    inside = page.document.rows_of_cells()
    told = [gap.content.has_unit for match, gap in zip(matches, gaps, strict=True) if not match.row.heading]
    if 2 * sum(told) <= len(told):
        return gaps
    since = [match.last + 1 for match in (matches[0], *matches[:-1])]
    return [
        doubted(match.row, gap) if match.first not in inside and _is_half(page, table, match, begin) else gap
        for match, gap, begin in zip(matches, gaps, since, strict=True)
    ]


def _is_half(page: Page, table: FormTable, match: RowMatch, begin: int) -> bool:
    """Say whether nothing but words that no form knows stands on the line above a label without its number."""
    line = next((line for line in range(match.first - 1, begin - 1, -1) if page.tight[line]), -1)
    above = page.lines[line].strip() if line >= 0 else ""
    if _WORDS.fullmatch(above) is None or _is_marked(page, match):
        return False
    known = above in table.header or above in units() or above.startswith(table.footers)
    return not (known or table.head.fullmatch(above) or _ends_label(page, table, line, begin))


def _ends_label(page: Page, table: FormTable, line: int, begin: int) -> bool:
    """Say whether words are the end of a label of the form the beginning of which stands on the line above."""
    words, above = page.keys[line], next((key for key in reversed(page.keys[begin:line]) if key), "")
    return any(label.endswith(words) and label[: -len(words)] in above for label in table.by_label)


def _is_marked(page: Page, match: RowMatch) -> bool:
    """Say whether the mark of a number stands right before a label."""
    text = folded(page.document.texts[match.first])
    return text[: label_place(text, match.begins, "").begins].rstrip().endswith(_MARKS)


def _without_broken(matches: Sequence[RowMatch], gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Return the gaps of rows that are lines, in doubt where a line broke the number of the next in its brackets."""
    opened = [any(map(_is_opened, gap.tokens)) for gap in gaps]
    return [
        doubted(match.row, gap) if (gap.valued and here) or above else gap
        for match, gap, here, above in zip(matches, gaps, opened, [False, *opened[:-1]], strict=True)
    ]


def _is_opened(token: Token) -> bool:
    """Say whether words begin with the number of a row whose bracket is not closed after it."""
    return token.kind is Kind.STRANGER and OPENED.match(token.piece.text) is not None


def _without_torn(page: Page, table: FormTable, matches: Sequence[RowMatch], gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Return the gaps of rows that are lines, in doubt where a part of their figure may stand beside.

    It is none of a row in sums that close without it.
    """
    loose = loose_numbers(page, table, matches)
    torn = [
        gap.valued and is_torn(page, loose, match.first, match.last) for match, gap in zip(matches, gaps, strict=True)
    ]
    whole = _whole(table, matches, gaps, torn) if any(torn) else frozenset()
    return [
        doubted(match.row, gap) if apart and match.row.cell not in whole else gap
        for match, gap, apart in zip(matches, gaps, torn, strict=True)
    ]


def _whole(table: FormTable, matches: Sequence[RowMatch], gaps: Sequence[Gap], torn: Sequence[bool]) -> frozenset[Cell]:
    """Return the figures that the sums of the form prove to be whole; none where a row is printed twice."""
    cells = [match.row.cell for match in matches]
    values = {cell: gap.content.value for cell, gap in zip(cells, gaps, strict=True)}
    known = {cell: value for cell, value in values.items() if value is not None}
    doubtful = set(compress(cells, torn))
    return whole_cells(table.form, known, doubtful) if len(values) == len(cells) else frozenset()
