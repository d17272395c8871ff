"""Where the rows of a declared form stand in a page, told by their labels."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipelines.extract.numbers import UNIT
from pipelines.extract.page import Flow, Page, offset_of
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.wording import NOT_COUNTED, key, squeeze

MARKED_NUMBER = re.compile(
    r"其中[:,.]?|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.)]|[①-⑳⑴-⒇㈠-㈩⒈-⒛]"
)
_MAY_PRECEDE = re.compile(r"[\W\d_其中一二三四五六七八九十条件次篇个人万元期项场无零①-⑳⑴-⒇㈠-㈩⒈-⒛]*")
_OTHER_COLUMNS = re.compile(r"上年|去年|本年数|本年$|同期|季度|合计|累计|20\d{2}年(?!度)")
_BROKEN = re.compile(r"(?:\d{1,3}(?=..))?[\u4e00-\u9fff]+")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_UP_TO_DIGIT = re.compile(r".*\d")
_MAY_FOLLOW = re.compile(rf"$|[\d+/—–-]|{UNIT}|其中|无|没有|零|[一二三四五六七八九十]")
_BETWEEN_SAME = re.compile(r"\W*(?:[一二三四五六七八九十]{1,2}|\d{1,2})?[.\W]*")
_HEAD_REACH = 30
_HEADS_REACH = 80
_SEQUENCE = re.compile(r"序号\W*$")
_FIRST_OF_SEQUENCE = re.compile(r"1(?=\W*[一1]?\W*\Z)")
_FIGURE_FIRST = re.compile(rf"[\s|]*(?P<figure>\d[\d,]*)\s*[\s|]\s*(?:{MARKED_NUMBER.pattern})?\s*\Z")
_FIGURE = re.compile(r"(?<![(\d])\d+(?![\d)])")
_FEWEST_FIRST = 3
_TWO_NUMBERS = re.compile(r"\d\s+\d")
_LONGEST_NUMBER = 8
_MOST_PRINTED = 8


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
    found = _head(page, table)
    return found if found and not _has_other_columns(page.keyed, table, *found) else None


def _has_other_columns(flow: Flow, table: FormTable, begin: int, sequence: bool) -> bool:  # noqa: FBT001 - as found
    """Say whether heads that the form does not have stand before its first row: the figures are those of parts."""
    first = table.labels.search(flow.text, flow.offset(begin))
    if table.only_heads is None or first is None:
        return False
    before = flow.text[max(0, first.start() - _HEADS_REACH) : first.start()]
    heads = table.only_heads.fullmatch(_FIRST_OF_SEQUENCE.sub("", before) if sequence else before)
    return heads is not None and heads["only"] is None


def _head(page: Page, table: FormTable) -> tuple[int, bool] | None:
    flow = page.whole
    if match := table.head.search(flow.text):
        return flow.line(match.end() - 1), bool(_SEQUENCE.search(flow.text, 0, match.start()))
    match = table.opening.search(flow.text)
    if match and not _OTHER_COLUMNS.search(flow.text, max(0, match.start() - _HEAD_REACH), match.start()):
        return flow.line(match.start()), False
    return None


class RowsFound(NamedTuple):
    """The rows of one table in printed order, and the fragment in which the same form begins once more, if it does.

    A row whose label is printed twice inside the table is there twice.
    """

    matches: list[RowMatch]
    again: int | None


def figures_stand_first(page: Page, matches: Sequence[RowMatch]) -> bool:
    """Say whether figures stand before the labels on their lines: then those after a label are of the next row."""
    labelled = [(match, page.lines[match.first]) for match in matches if _may_have_figure_first(page, match)]
    places = [(match, folded[: offset_of(folded, match.begins, NOT_COUNTED)]) for match, folded in labelled]
    told = [(match, found) for match, before in places if (found := _FIGURE_FIRST.match(before))]
    first = [match for match, found in told if found["figure"] != match.row.number]
    return len(first) >= _FEWEST_FIRST and len(first) > sum(_has_figure_behind(page, match) for match in matches)


def _may_have_figure_first(page: Page, match: RowMatch) -> bool:
    """Say whether more stands before a label on its line than the number of its row."""
    before = page.keys[match.first][: match.begins]
    return bool(before) and not before.isalpha() and before.rstrip(".") != match.row.number


def _has_figure_behind(page: Page, match: RowMatch) -> bool:
    """Say whether a figure stands behind a label on its line."""
    folded = page.lines[match.last]
    return _FIGURE.search(folded, label_end(folded, match.ends)) is not None


def match_rows(flow: Flow, table: FormTable, begin: int) -> RowsFound:
    """Return the rows whose labels are found in a flow of keys from an offset on.

    The labels of a table with columns are found anywhere, others only where they open a cell.
    """
    found = _any_labels(flow, table, begin) if table.columns else _labels(flow, table, begin)
    labels = list(islice(found, _MOST_PRINTED * len(table.rows)))
    rows, end = _rows_of(table, tuple([match[0] for match, _ in labels]))
    again = flow.lines[labels[end][1]] if end is not None else None
    told = zip(labels[:end], rows, strict=True)
    return RowsFound([_row_match(flow, row, *label) for label, row in told if row is not None], again)


@lru_cache(maxsize=256)
def _rows_of(table: FormTable, labels: tuple[str, ...]) -> tuple[tuple[FormRow | None, ...], int | None]:
    """Return the rows that labels in printed order are, None for one that is none, and which opens the form again."""
    rows = _single(table, labels)
    end = _second_table(rows)
    rows = _without_false_repeats(table, rows[:end])
    _share(table, labels, rows)
    return tuple(rows), end


_Label = tuple[re.Match[str], int]
"""A label as found in a flow, and which of its fragments it begins in."""


def _any_labels(flow: Flow, table: FormTable, begin: int) -> Iterator[_Label]:
    """Yield every label, one that is too common to be known without its number only after that.

    Of a label that some copies repeat before its cells the last is taken.
    """
    text, held, end = flow.text, None, begin
    for match in table.labels.finditer(text, begin):
        if table.optional and end != begin and not _opens_a_cell(flow, table, match, end):
            continue
        end = match.end()
        numbers = [row.number.strip("()") for row in table.by_label[match[0]] if row.numbered]
        if numbers and not _is_numbered(flow, table, match, tuple(numbers)):
            continue
        if held and not (held[0] == match[0] and _BETWEEN_SAME.fullmatch(text, held.end(), match.start())):
            yield held, flow.position(held.start())
        held = match
    if held:
        yield held, flow.position(held.start())


def _is_numbered(flow: Flow, table: FormTable, match: re.Match[str], numbers: tuple[str, ...]) -> bool:
    """Say whether the number of a row stands before its label, and no other word after it."""
    before, after = flow.text[max(0, match.start() - 4) : match.start()].rstrip("."), _after(flow, match)
    return before.endswith(numbers) and (_WORD.match(after) is None or _is_followed(table, after))


def _after(flow: Flow, match: re.Match[str]) -> str:
    """Return what follows a label in its fragment."""
    position = flow.position(match.start())
    stop = flow.starts[position + 1] if position + 1 < len(flow.starts) else len(flow.text)
    return flow.text[match.end() : max(stop, match.end())]


def _is_followed(table: FormTable, after: str) -> bool:
    """Say whether a text may follow a label: it begins with figures, units or another label, or is empty."""
    return _MAY_FOLLOW.match(after) is not None or table.labels.match(after) is not None


def _opens_a_cell(flow: Flow, table: FormTable, match: re.Match[str], end: int) -> bool:
    """Say whether a label is a whole one: no other word stands before or after it in its fragment.

    A copy may hold rows that nobody knows, the labels of which begin or end with one that is known. `end` is where
    the label before it ends.
    """
    position, text = flow.position(match.start()), flow.text
    before = text[max(flow.starts[position], end) : match.start()]
    opens = flow.starts[position] >= end and (not before or before.isdecimal())
    if position and opens and _ends_in_words(flow, table, position - 1, end):
        return False
    return _is_followed(table, _after(flow, match)) and may_precede(_UP_TO_DIGIT.sub("", before))


def _ends_in_words(flow: Flow, table: FormTable, position: int, end: int) -> bool:
    """Say whether a fragment, from the label in it on, is words that nobody knows: a line broke a label there."""
    text = flow.text[max(flow.starts[position], end) : flow.starts[position + 1]]
    return _BROKEN.fullmatch(text) is not None and not may_precede(text) and table.head.fullmatch(text) is None


def _labels(flow: Flow, table: FormTable, begin: int) -> Iterator[_Label]:
    """Yield the labels that open a cell: only numbers, units and marks precede them in their fragment."""
    text, starts = flow.text, flow.starts
    end, barred, first = begin, -1, 0
    for match in table.labels.finditer(text, begin):
        start, stop = match.span()
        first = bisect_right(starts, start, first) - 1
        line = starts[first]
        if line < start and end < start:
            since = max(end, line)
            if since == barred or not may_precede(text[since:start]):
                barred = since
                continue
        end = stop
        yield match, first


def _single(table: FormTable, labels: Sequence[str]) -> list[FormRow | None]:
    """Return for each label the only row of that wording."""
    candidates = [table.by_label[label] for label in labels]
    return [rows[0] if len(rows) == 1 else None for rows in candidates]


def _second_table(rows: Sequence[FormRow | None]) -> int | None:
    """Return which label opens the form once more: from there on most of its rows are printed a second time."""
    repeated = [index for index in _repeated(rows) if not _heads(rows[index])]
    if 2 * len(repeated) <= len({row for row in rows if row}):
        return None
    begin = min(repeated, key=lambda index: (_position(rows[index]), index))
    while begin and 0 < _position(rows[begin - 1]) < _position(rows[begin]):
        begin -= 1
    return begin


def _repeated(rows: Sequence[FormRow | None]) -> list[int]:
    """Return which labels are those of a row that was printed before."""
    first: dict[FormRow, int] = {}
    return [index for index, row in enumerate(rows) if row and first.setdefault(row, index) != index]


def _heads(row: FormRow | None) -> bool:
    """Say whether a row is a heading, which some copies print before each of its rows."""
    return row is not None and row.heading


def _position(row: FormRow | None) -> int:
    return row.position if row else 0


def _without_false_repeats(table: FormTable, rows: list[FormRow | None]) -> list[FormRow | None]:
    """Return the rows without those named once more below the table, and without what ends another row's label."""
    repeated = set(_repeated(rows))
    if not repeated:
        return rows
    end = max((index for index, row in enumerate(rows) if row and index not in repeated), default=-1)
    lost = [row for row in table.rows if row not in rows]
    return [
        None if row and index in repeated and (index > end or _ends_one_of(lost, row)) else row
        for index, row in enumerate(rows)
    ]


def _ends_one_of(lost: Sequence[FormRow], row: FormRow) -> bool:
    """Say whether the label of a row is the end of a longer one (同意公开…, 不同意公开…) that was not found."""
    return any(other.label.endswith(row.label) for other in lost)


def _share(table: FormTable, labels: Sequence[str], rows: list[FormRow | None]) -> None:
    """Give labels that several rows share (被依法纠错数) to the rows between the certain ones around them.

    Where there are more rows than labels, or the other way round, nobody can tell which is which, and none is given.
    """
    places: dict[tuple[str, int, int], list[int]] = {}
    for index, (label, row) in enumerate(zip(labels, rows, strict=False)):
        if row is None and len(table.by_label[label]) > 1:
            above = next((row.position for row in reversed(rows[:index]) if row), 0)
            below = next((row.position for row in rows[index:] if row), len(table.rows) + 1)
            places.setdefault((label, above, below), []).append(index)
    for (label, above, below), indexes in places.items():
        between = [row for row in table.by_label[label] if above < row.position < below]
        if len(between) == len(indexes):
            for index, row in zip(indexes, between, strict=True):
                rows[index] = row


def _row_match(flow: Flow, row: FormRow, label: re.Match[str], first: int) -> RowMatch:
    starts, lines = flow.starts, flow.lines
    start, stop = label.span()
    within = first + 1 == len(starts) or stop <= starts[first + 1]
    last = first if within else bisect_right(starts, stop - 1, first) - 1
    return RowMatch(row, lines[first], start - starts[first], lines[last], stop - starts[last])


@lru_cache(maxsize=1024)
def may_precede(text: str) -> bool:
    """Say whether a text may stand between a label and what precedes it in its fragment: numbers, units, marks."""
    return _MAY_PRECEDE.fullmatch(text) is not None


class LabelPlace(NamedTuple):
    """Where a label stands in folded fragments: `shows` is where it begins as printed, with its number before it."""

    begins: int
    shows: int


@lru_cache(maxsize=4096)
def label_place(folded: str, counted: int, number: str) -> LabelPlace:
    """Return where a label begins that `counted` characters precede in its fragment, and where it is seen to begin."""
    begins = offset_of(folded, counted, NOT_COUNTED)
    numbered = counted <= _LONGEST_NUMBER and is_number(folded[:begins], number)
    return LabelPlace(begins, 0 if numbered else begins)


@lru_cache(maxsize=4096)
def label_end(folded: str, counted: int) -> int:
    """Return where a label ends, up to whose end a fragment has that many counted characters."""
    return offset_of(folded, counted - 1, NOT_COUNTED) + 1


def is_number(before: str, number: str) -> bool:
    """Say whether what stands before a label at the head of its fragment is just the number of its row.

    >>> is_number("  (二)", "(二)"), is_number("3", "(二)"), is_number("8 3.", "3")
    (True, False, False)
    """
    if not before.strip() or key(before) == key(number):
        return True
    return MARKED_NUMBER.fullmatch(squeeze(before)) is not None and not _TWO_NUMBERS.search(before)
