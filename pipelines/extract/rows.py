"""Where the rows of a declared form stand in a page, told by their labels."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.page import Page, offset_of
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.wording import NOT_COUNTED, key, squeeze

MARKED_NUMBER = re.compile(
    r"其中[:,]?|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.)]|[①-⑳⑴-⒇㈠-㈩⒈-⒛]"
)
_MAY_PRECEDE = re.compile(r"[\W\d_其中一二三四五六七八九十条件次篇个人万元期项场无零①-⑳⑴-⒇㈠-㈩⒈-⒛]*")
_SEQUENCE = re.compile(r"序号\W*$")
_LONGEST_NUMBER = 8


class RowMatch(NamedTuple):
    """Where the label of a row stands: its first and last fragment, and how many counted characters precede it.

    `begins` are those before it in the first fragment, `ends` those up to its end in the last one.
    """

    row: FormRow
    first: int
    begins: int
    last: int
    ends: int


def find_head(page: Page, table: FormTable) -> tuple[int, bool] | None:
    """Return the fragment in which the rows begin, and whether a column of sequence numbers stands before them."""
    flow = page.whole
    if match := table.head.search(flow.text):
        return flow.line(match.end() - 1), bool(_SEQUENCE.search(flow.text, 0, match.start()))
    if match := table.opening.search(flow.text):
        return flow.line(match.start()), False
    return None


def match_rows(page: Page, table: FormTable, begin: int) -> Iterator[RowMatch]:
    """Yield the rows whose labels are found from fragment `begin` on, in printed order, each row at most once."""
    flow, by_label, used = page.keyed, table.by_label, set[FormRow]()
    text, starts, lines = flow.text, flow.starts, flow.lines
    reached = end = 0
    barred = -1
    for match in table.labels.finditer(text, flow.offset(begin)):
        row = _choose(by_label[match[0]], used, reached)
        if row is None:
            continue
        start, stop = match.span()
        first = bisect_right(starts, start) - 1
        begin_of_line = starts[first]
        since = max(begin_of_line, end)
        if since != start and (since == barred or not _may_precede(text[since:start])):
            barred = since
            continue
        used.add(row)
        reached, end = row.position, stop
        last = bisect_right(starts, stop - 1, first) - 1
        yield RowMatch(row, lines[first], start - begin_of_line, lines[last], stop - starts[last])


@lru_cache(maxsize=1024)
def _may_precede(text: str) -> bool:
    """Say whether a text may stand between a label and what precedes it in its fragment: numbers, units, marks."""
    return _MAY_PRECEDE.fullmatch(text) is not None


def _choose(candidates: tuple[FormRow, ...], used: set[FormRow], reached: int) -> FormRow | None:
    """Return the row that a label means: the next one of that wording, or the only one if it is still open."""
    if len(candidates) == 1:
        return None if candidates[0] in used else candidates[0]
    return next((row for row in candidates if row.position > reached and row not in used), None)


class LabelPlace(NamedTuple):
    """Where a label stands in folded fragments: `shows` is where it begins as printed, with its number before it."""

    begins: int
    shows: int


def label_place(folded: str, counted: int, number: str) -> LabelPlace:
    """Return where a label begins that `counted` characters precede in its fragment, and where it is seen to begin."""
    begins = offset_of(folded, counted, NOT_COUNTED)
    numbered = counted <= _LONGEST_NUMBER and is_number(folded[:begins], number)
    return LabelPlace(begins, 0 if numbered else begins)


def label_end(folded: str, counted: int) -> int:
    """Return where a label ends, up to whose end a fragment has that many counted characters."""
    return offset_of(folded, counted - 1, NOT_COUNTED) + 1


def is_number(before: str, number: str) -> bool:
    """Say whether what stands before a label at the head of its fragment is just the number of its row.

    >>> is_number("  (二)", "(二)"), is_number("3", "(二)")
    (True, False)
    """
    return not before.strip() or MARKED_NUMBER.fullmatch(squeeze(before)) is not None or key(before) == key(number)
