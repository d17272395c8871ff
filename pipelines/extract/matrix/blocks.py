"""A table whose rows each have heads of their own: side by side with all cells below, or one under the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, zip_longest

from pipelines.extract.matrix.columns import Order, order_of, unknown_head
from pipelines.extract.matrix.lattice import Lattices
from pipelines.extract.matrix.rows import Row, is_inked, is_whole, row_of
from pipelines.extract.page import Flow, Page
from pipelines.extract.rows import RowMatch
from pipelines.extract.strips import Mark, marks_after, trimmed
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.heads import Role, sequence_heads
from pipelines.registry.wording import key

_APART = 400
_BEFORE = 60
_LAST_REACH = 40
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[\u4e00-\u9fff]")


def block_rows(page: Page, lattices: Lattices, table: FormTable, opening: re.Match[str]) -> Iterator[Row]:
    """Yield the rows of a table in which each has its own heads, each in the order of these; none where one is open."""
    flow = page.keyed
    places = [opening]
    while len(places) < len(table.rows) and (match := _following(table, flow, places[-1].end())):
        places.append(match)
    orders = [_order(table, flow, match) for match in places]
    told = [order for order in orders if order]
    rows = _in_order(table, flow, places)
    if len(told) < len(table.rows) or rows is None or _is_part(table, flow, places):
        return
    below = [tuple(_below(page, here, there)) for here, there in zip_longest(places, places[1:])]
    line = flow.line(places[0].start())
    if below[0]:
        for row, order, marks in zip(rows, told, below, strict=True):
            yield row_of(RowMatch(row, line, 0, line, 0), row.label, trimmed([marks], len(order.heads))[0], order)
    elif not any(order.extra for order in told):
        beneath, bent = _row_beneath(lattices, flow.line(places[-1].end() - 1))
        seen = any(is_inked(mark.text) for mark in beneath)
        together = _side_by_side(rows, told, line, beneath if seen else below[-1])
        surplus = seen and len(beneath) > len(together.figures)
        yield together._replace(told=not bent and (not surplus or is_whole(table, together)))


def _row_beneath(lattices: Lattices, line: int) -> tuple[list[Mark], bool]:
    """Return the cells of the row below a fragment, where rows are seen, and whether its columns are others."""
    lattice = lattices.at(line)
    number = lattice.number(line) + 1 if lattice else 0
    if lattice is None or number >= len(lattice.rows):
        return [], False
    return [cell.mark for cell in lattice.rows[number]], lattice.bends(number - 1)


def _following(table: FormTable, flow: Flow, end: int) -> re.Match[str] | None:
    return table.opening.search(flow.text, end, end + _APART)


def _is_part(table: FormTable, flow: Flow, places: Sequence[re.Match[str]]) -> bool:
    """Say whether heads of one group more than the form has stand right before those found, or after them."""
    first, last = places[0].start(), places[-1].end()
    before = [match.end() for match in table.opening.finditer(flow.text, max(0, first - _BEFORE), first)]
    after = _following(table, flow, last)
    gaps = [*((end, first) for end in before[-1:]), *((last, match.start()) for match in (after,) if match)]
    return _has_head_over(table, flow, places) or any(not _DIGIT.search(flow.text, *gap) for gap in gaps)


def _has_head_over(table: FormTable, flow: Flow, places: Sequence[re.Match[str]]) -> bool:
    """Say whether a head of a column stands between those found, right before the first or right after the last."""
    first, last = places[0].start(), places[-1].end()
    heads = table.heads.pattern
    between = (flow.text[here.end() : there.start()] for here, there in pairwise(places))
    over = [match for gap in between for match in heads.finditer(gap)]
    over += [match for match in heads.finditer(flow.text, max(0, first - _BEFORE), first) if match.end() == first]
    over += filter(None, (heads.match(flow.text, last),))
    return any(table.heads.said(match).role is Role.COLUMN for match in over)


def _order(table: FormTable, flow: Flow, heads: re.Match[str]) -> Order | None:
    """Return the order of the heads of one row, None where one of them is there twice.

    A column of the numbers of rows is one that the form does not have.
    """
    found = [table.heads.said(match) for match in table.heads.pattern.finditer(heads[0])]
    numbered = [head for head in sequence_heads() if flow.text.endswith(head, 0, heads.start())]
    return order_of([*map(unknown_head, numbered), *found])


def _below(page: Page, head: re.Match[str], following: re.Match[str] | None) -> Iterator[Mark]:
    """Yield the cells that follow a head, up to the first words or the following head."""
    flow = page.keyed
    if following and not _DIGIT.search(flow.text, head.end(), following.start()):
        return
    line = flow.line(head.end() - 1)
    end = flow.line(following.start()) + 1 if following else line + _LAST_REACH
    yield from marks_after(page, line, head.end() - flow.offset(line), end)


def _in_order(table: FormTable, flow: Flow, heads: Sequence[re.Match[str]]) -> list[FormRow] | None:
    """Return the rows in the order in which their labels stand above their heads, None where one is not there.

    The title of the table names them too, and is passed over.
    """
    since, until = max(0, heads[0].start() - _BEFORE), heads[-1].start()
    title = flow.text.rfind(table.title_ends, since, heads[0].start()) if table.title_ends else -1
    since = title + len(table.title_ends) if title >= 0 else since
    found = {row: max(flow.text.rfind(label, since, until) for label in row.wordings) for row in table.rows}
    first = found[table.rows[0]]
    if min(found.values()) < 0 or (table.unclear and table.unclear.search(flow.text, since, first)):
        return None
    ordered = sorted(found, key=lambda row: found[row])
    return ordered if ordered == [*table.rows] or _is_whole(table, flow.text[since:until]) else None


def _is_whole(table: FormTable, text: str) -> bool:
    """Say whether nothing but labels and heads stands in a text: no part of a label that a line broke."""
    rest = table.heads.pattern.sub("", table.labels.sub("", text))
    return _WORD.search(rest.replace(key(table.title), "")) is None


def _side_by_side(rows: Sequence[FormRow], orders: Sequence[Order], line: int, marks: Sequence[Mark]) -> Row:
    """Return one row for all: its cells stand on one line under heads that stand side by side."""
    figures = tuple(figure for row, order in zip(rows, orders, strict=True) for figure in order.figures(row))
    return Row(
        row=_together(rows[0], figures),
        label=rows[0].label,
        line=line,
        marks=tuple(trimmed([marks], len(figures))[0]),
        figures=figures,
        units=("",) * len(figures),
    )


@cache
def _together(row: FormRow, figures: tuple[FormRow, ...]) -> FormRow:
    return replace(row, figures=figures)
