"""Tables whose rows run on in one line: the line is parted before each row, so that every row is read as a line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extract.numbers import PAGE_NUMBER
from pipelines.extract.page import Page, offset_of
from pipelines.extract.rows import find_head, label_end, may_precede
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.wording import NOT_COUNTED, bare, squeeze

_FEWEST_IN_LINE = 3
_NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"(?:其中\s*[:,]?|\(\s*[{_NUMERALS}\d]{{1,3}}\s*\)|[{_NUMERALS}]{{1,3}}\s*[、.]|[①-⑳⑴-⒇㈠-㈩⒈-⒛])\s*\Z"
)
"""The number of a row before its label, as far as no figure can run into it."""
_COUNTED = re.compile(r"(?P<digits>\d+)\s*[、.)]\s*\Z")
_BARE = re.compile(rf"(?<![{_NUMERALS}])[{_NUMERALS}]{{1,3}}\s*\Z")
_NOTE = re.compile(r"\([^()]*\)")
_SPACE = re.compile(" ")
_PAGE = re.compile(rf"(?:{PAGE_NUMBER.pattern})\Z", re.IGNORECASE)
_PARTED = re.compile(r"(?:\s|\A)(?P<number>\d+)\s+\Z")
_FIGURES = tuple("0123456789")
_LONGEST_PAGE, _LONGEST_NUMBER, _LONGEST_CELLS = 16, 40, 400
_MOSTLY = 3
"""In so many parts of the rows, one has a number without a mark: then it is no chance that figures end like one."""


class _Row(NamedTuple):
    """The label of a row: the rows that it may be, its fragment, and where in the folded text it begins and ends."""

    rows: tuple[FormRow, ...]
    fragment: int
    begins: int
    ends: int


def unrolled(page: Page, table: FormTable) -> Page | None:
    """Return a page with the rows of a table on lines of their own, None where no line holds several of them.

    A line is parted where a label follows the label before it with nothing between but a unit, a figure, a remark in
    brackets and the number of the row, or where its own number stands before it. Repeated heads, and the numbers of
    pages before them, get lines of their own too.
    """
    head = find_head(page, table)
    if head is None:
        return None
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in _rows(page, table, page.keyed.offset(head[0])):
        found[row.fragment].append(row)
    several = {line: rows for line, rows in found.items() if len(rows) >= _FEWEST_IN_LINE}
    if not several or not _numbers_are_told(page, [row for rows in several.values() for row in rows]):
        return None
    cuts = {
        line: sorted({*_heads(page.lines[line], table), *(_cut(page, row) for row in rows)} - {0})
        for line, rows in several.items()
    }
    return Page.of(page.document.parted(cuts))


def _rows(page: Page, table: FormTable, begin: int) -> Iterator[_Row]:
    """Yield the labels that open a row, wherever they stand in their line."""
    flow, last = page.keyed, None
    for match in table.labels.finditer(flow.text, begin):
        position = flow.position(match.start())
        line, start = flow.lines[position], flow.starts[position]
        if match.end() - start > len(page.keys[line]):
            continue
        begins = offset_of(page.lines[line], match.start() - start, NOT_COUNTED)
        row = _Row(table.by_label[match[0]], line, begins, label_end(page.lines[line], match.end() - start))
        if _opens(page, table, row, last):
            yield row
            last = row


def _opens(page: Page, table: FormTable, row: _Row, last: _Row | None) -> bool:
    """Say whether a label opens a row: its number stands before it, or nothing but what ends the row before it."""
    since = last.ends if last and last.fragment == row.fragment else 0
    before = _NOTE.sub("", page.lines[row.fragment][max(since, row.begins - _LONGEST_CELLS) : row.begins])
    if _own_number(page, row) or _follows_cell(before):
        return True
    between = bare(squeeze(before)).removeprefix(last.rows[0].note if since and last else "")
    heads = list(table.head.finditer(between))
    return may_precede(between[heads[-1].end() if heads else 0 :])


def _follows_cell(before: str) -> bool:
    """Say whether a text ends with a figure, a unit or the sign of a blank, and with a space."""
    return before.endswith(" ") and may_precede(bare(before.rsplit(maxsplit=1)[-1])) if before.strip() else False


def _own_number(page: Page, row: _Row) -> str:
    """Return what stands before a label as the number of its row; "" where none does, or that of another row."""
    before = _before(page, row)
    if match := _NUMBER.search(before) or _BARE.search(before):
        return match[0]
    counted = _COUNTED.search(before)
    if counted is None:
        return ""
    own = (each.number for each in row.rows if each.number.isdecimal() and counted["digits"].endswith(each.number))
    number = next(own, None)
    return "" if number is None else before[counted.end("digits") - len(number) :]


def _before(page: Page, row: _Row) -> str:
    """Return what stands right before a label in its fragment, as far as the number of a row reaches."""
    return page.lines[row.fragment][max(0, row.begins - _LONGEST_NUMBER) : row.begins]


def _numbers_are_told(page: Page, rows: Sequence[_Row]) -> bool:
    """Say whether digits right before a label are a figure: numbers of rows are printed with a mark, or not at all."""
    numbered = [row for row in rows if any(each.number.isdecimal() for each in row.rows)]
    alike = sum(_ends_in_number(_before(page, row).rstrip(), row.rows) for row in numbered)
    return _MOSTLY * alike <= len(numbered)


def _ends_in_number(before: str, rows: Sequence[FormRow]) -> bool:
    """Say whether a text ends with digits that may be the number of a row without its mark."""
    return any(each.number.isdecimal() and before.endswith(each.number) for each in rows)


def _cut(page: Page, row: _Row) -> int:
    """Return where a row begins in its fragment: with the number of its label, as far as one is told."""
    return row.begins - len(_own_number(page, row))


def _heads(folded: str, table: FormTable) -> Iterator[int]:
    """Yield where heads that are repeated begin in a folded fragment, with the numbers of pages before them.

    A bare number stays with its head, where it may be that of the page; digits that run into a head are not parted.
    """
    tight = squeeze(folded)
    for head in table.head.finditer(tight):
        begins = _unsqueezed(folded, head.start())
        since = max(0, begins - _LONGEST_NUMBER)
        before = folded[since:begins]
        if match := _PAGE.search(tight, max(0, head.start() - _LONGEST_PAGE), head.start()):
            yield begins
            yield _unsqueezed(folded, match.start())
        elif match := _PARTED.search(before):
            yield since + match.start("number")
        elif not before.endswith(_FIGURES):
            yield begins


def _unsqueezed(folded: str, tight: int) -> int:
    return offset_of(folded, tight, _SPACE)
