"""Which column is which: the heads of a table, in the order in which its columns are printed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.heads import Head, Role, sequence_heads
from pipelines.registry.wording import key

_REACH, _FEW = 320, 2
_NUMBER_OF_ROW = re.compile(r"(?:(?:\d{1,2}|一)\.?)?$")
_ONE_NUMBER = re.compile(r"\D*(?P<number>\d{0,2})\D*$")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(?P<number>\d{1,2})一?$")
_UNKNOWN = Head(Role.REMARK, "")


class Order(NamedTuple):
    """The heads of the columns of a table from left to right; `told` says that they are read, not taken for granted."""

    heads: tuple[Head, ...]
    told: bool = True

    @property
    def places(self) -> list[int]:
        """Where the columns of the form stand among those printed."""
        return [place for place, head in enumerate(self.heads) if head.role is Role.COLUMN]

    @property
    def extra(self) -> bool:
        """Whether columns are printed that hold no figure of the form."""
        return len(self.places) < len(self.heads)

    def figures(self, row: FormRow) -> tuple[FormRow, ...]:
        """Return the figures of a row in printed order."""
        return tuple(row.figures[head.columns[0]] for head in self.heads if head.role is Role.COLUMN)

    def missing(self, table: FormTable) -> list[str]:
        """Return the columns of the form that are not printed."""
        printed = {head.columns[0] for head in self.heads if head.role is Role.COLUMN}
        return [label for index, label in enumerate(table.columns) if index not in printed]


def order_of_form(table: FormTable) -> Order:
    """Return the columns as the form has them."""
    return Order(tuple(Head(Role.COLUMN, label, (index,)) for index, label in enumerate(table.columns)), told=False)


def order_of(heads: Sequence[Head]) -> Order | None:
    """Return the order of columns whose heads are these, row by row; None where they do not tell it.

    A group stands for the columns below it, which are printed after it, wherever in its own row it stands.
    """
    if not any(head.role is Role.COLUMN for head in heads) or has_twins(heads):
        return None
    arranged = tuple(head for head in heads if head.role is not Role.ASIDE)
    for group in [head for head in arranged if head.role is Role.GROUP]:
        found = _below(arranged, group)
        if found is None:
            return None
        arranged = found
    return Order(arranged)


def lacks_heads(order: Order, groups: Iterable[Head], count: int) -> bool:
    """Say whether a row of heads is lost: all columns are those of one group, of a form that has `count`.

    Of a group of several columns one alone is a part of the head of the group (其他组织, 法人或其他组织).
    """
    told = {head.columns[0] for head in order.heads if head.role is Role.COLUMN}
    parts = [set(head.columns) for head in groups if head.role is Role.GROUP]
    alone = any(len(told & part) == 1 and len(part) > _FEW for part in parts)
    return alone or any(told <= part and len(part) < count for part in parts)


def has_twins(heads: Iterable[Head]) -> bool:
    """Say whether two heads are those of one column."""
    columns = [head.columns for head in heads if head.role is Role.COLUMN]
    return len(set(columns)) < len(columns)


def _below(heads: tuple[Head, ...], group: Head) -> tuple[Head, ...] | None:
    """Return heads with the columns of a group in its place; the group itself where none is printed."""
    place = heads.index(group)
    within = [at for at, head in enumerate(heads) if head.role is Role.COLUMN and head.columns[0] in group.columns]
    if not within:
        return heads
    begin, end = within[0], within[-1] + 1
    if begin < place or heads[begin - 1].role is Role.SUBTOTAL or len(within) < end - begin - _subtotals(heads, within):
        return None
    while end < len(heads) and heads[end].role is Role.SUBTOTAL:
        end += 1
    return (*heads[:place], *heads[begin:end], *heads[place + 1 : begin], *heads[end:])


def _subtotals(heads: Sequence[Head], within: Sequence[int]) -> int:
    return sum(head.role is Role.SUBTOTAL for head in heads[within[0] : within[-1]])


def order_before(table: FormTable, keyed: str, end: int) -> Order | None:
    """Return the order that the heads right before the first row tell, None where nothing is certain.

    They begin with what stands above labels, or above all columns: another column may precede any other word.
    """
    heads = heads_before(table, keyed, end)
    opened = bool(heads) and heads[0].role is Role.ASIDE and not _has_remark_above(heads)
    order = order_of(heads) if opened else None
    if order is None or lacks_heads(order, table.heads.by_wording.values(), len(table.columns)):
        return None
    return order if len(order.places) > 1 or not order.missing(table) else None


def _has_remark_above(heads: Sequence[Head]) -> bool:
    """Say whether a column of remarks stands beside what is above all columns: it may be the last or the first of them.

    So it is where the columns are headed row by row, some of them in groups.
    """
    grouped = any(head.role is Role.GROUP for head in heads)
    above = (before.role is Role.ASIDE and head.role is Role.REMARK for before, head in pairwise(heads))
    return grouped and any(above)


def heads_before(table: FormTable, keyed: str, end: int) -> list[Head]:
    """Return the heads that stand before a place, one right after the other."""
    begin = max(0, end - _REACH)
    number = _NUMBER_OF_ROW.search(keyed, begin, end)
    at = number.start() if number else end
    found: list[Head] = []
    for match in reversed(list(table.heads.pattern.finditer(keyed, begin, at))):
        if match.end() != at:
            break
        found.insert(0, table.heads.said(match))
        at = match.start()
    return found


def first_number(keyed: str, end: int) -> int | None:
    """Return the number in a column of the numbers of rows before the first of them, None where there is none.

    A head announces it, with no figure after it, or a bare number stands between heads and the first label.
    """
    begin = _announced(keyed, end)
    found = _ONE_NUMBER.match(keyed, begin, end) if begin >= 0 else _NUMBER_BEFORE.search(keyed, max(0, end - 4), end)
    return int(found["number"] or 0) if found else None


def _announced(keyed: str, end: int) -> int:
    """Return where a head of the numbers of rows stands before the first of them, -1 where there is none."""
    return max(keyed.rfind(head, max(0, end - _REACH), end) for head in sequence_heads())


def may_be_page(table: FormTable, keyed: str, number: int | None, end: int) -> bool:
    """Say whether the number before the first row may be a page's: nothing announces it, or counts up to it.

    Where rows are numbered the heads right above are too, and the title.
    """
    if number is None or _announced(keyed, end) >= 0:
        return False
    above = r"\D+".join(str(each) for each in range(max(1, number - _FEW), number + 1))
    found = re.compile(rf"{above}\D*$").search(keyed, max(0, end - _REACH), end)
    title = re.split(r"\d+", found[0])[1] if found and number > _FEW else ""
    return found is None or not all(_is_title(table, head) for head in table.heads.pattern.finditer(title))


def _is_title(table: FormTable, match: re.Match[str]) -> bool:
    return key(table.heads.said(match).label) == key(table.title)


def unknown_head(text: str) -> Head:
    """Return the head of a column that the form does not know."""
    return _UNKNOWN._replace(label=text)


def extra_columns(order: Order) -> Iterator[Head]:
    """Yield the columns that are printed and of which no figure can be stored."""
    return (head for head in order.heads if head.role in {Role.GROUP, Role.REMARK})
