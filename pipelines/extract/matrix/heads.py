"""Where the columns of a table stand, as the heads above its first row tell."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extract.matrix.columns import Order, lacks_heads, unknown_head
from pipelines.extract.matrix.lattice import Lattice, Seen, SeenRow
from pipelines.extract.numbers import parse_cell
from pipelines.extract.strips import Mark
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.heads import Head, Heads, Role
from pipelines.registry.units import units
from pipelines.registry.wording import key

_MOST_HEADS = 4
_FEWEST_HEADS = 2
_BESIDE = frozenset({Role.ASIDE, Role.CELL})


class Columns(NamedTuple):
    """The columns of a lattice that hold figures, with their heads; `unnamed` have none and are blank.

    A head and a figure that reach over the same columns stand in the first of them.
    """

    lattice: Lattice
    width: int
    places: tuple[int, ...]
    unnamed: tuple[int, ...]
    order: Order

    def fit(self, lattice: Lattice, number: int) -> bool:
        """Say whether the cells of a row stand under these heads."""
        return lattice is self.lattice and lattice.width(number) == self.width

    def marks(self, row: SeenRow, label: Seen) -> list[Mark]:
        """Return the cells of a row that stand under the heads; all its text as one where it does not keep to them."""
        right = [cell for cell in row if cell.column >= label.end]
        if label.end > self.places[0] or any(_strays(cell, self.unnamed) for cell in right):
            return [in_one(row, label)]
        return [cell.mark for cell in right if cell.column in self.places and self._is_one(cell)]

    def _is_one(self, cell: Seen) -> bool:
        """Say whether a cell covers one row, and one column that holds figures."""
        return not cell.tall and sum(cell.column <= place < cell.end for place in self.places) == 1


def in_one(row: SeenRow, label: Seen) -> Mark:
    """Return all text of a row as one, which nobody can take for a figure: its label is part of it."""
    text, printed = (
        " ".join(texts) for texts in zip(*((cell.mark.text, cell.mark.printed) for cell in row), strict=True)
    )
    return Mark(label.mark.line, text, apart=True, printed=printed)


def _strays(cell: Seen, unnamed: Sequence[int]) -> bool:
    return cell.column in unnamed and not cell.blank


def columns_above(table: FormTable, lattice: Lattice, number: int, label: Seen) -> Columns | None:
    """Return the columns to the right of a label that the heads above its row name, None where they are in doubt."""
    above = list(_head_rows(lattice, number, label.end))
    width = lattice.width(number)
    covered = set(_covered(lattice.rows[number], above))
    named = {column: _named(table.heads, above, column) for column in range(label.end, width)}
    heads = {c: head for c, head in named.items() if head and head.role not in _BESIDE and c not in covered}
    order = Order(tuple(heads.values()))
    unnamed = tuple(column for column, head in named.items() if head is None or column in covered)
    stray = any(_strays(cell, unnamed) for cell in lattice.rows[number])
    lost = lacks_heads(order, table.heads.by_wording.values(), len(table.columns)) or _lost_group(table, above, order)
    if not above or stray or lost or not _is_certain(order, table):
        return None
    return Columns(lattice, width, tuple(heads), unnamed, order)


def displaces(table: FormTable, lattice: Lattice, number: int, label: Seen) -> bool:
    """Say whether as many heads stand above a row as the form has columns, one of them where it has another."""
    above = list(_head_rows(lattice, number, label.end))
    covered = set(_covered(lattice.rows[number], above))
    columns = (column for column in range(label.end, lattice.width(number)) if column not in covered)
    named = [_named(table.heads, above, column) for column in columns]
    heads = [head for head in named if head and head.role not in _BESIDE]
    misplaced = (head.role is Role.COLUMN and head.columns != (at,) for at, head in enumerate(heads))
    return len(heads) == len(table.columns) and any(misplaced)


def loses_group(table: FormTable, lattice: Lattice, number: int, label: Seen, order: Order) -> bool:
    """Say whether the heads above a row, which tell this order, may have lost the one of a group."""
    return _lost_group(table, list(_head_rows(lattice, number, label.end)), order)


def _lost_group(table: FormTable, above: Sequence[SeenRow], order: Order) -> bool:
    """Say whether no group has a head, and its columns come last, in a row below others, as they do in no form.

    What stood to the right of the head of the group moved to the left where that was lost.
    """
    columns = [head.columns[0] for head in order.heads if head.role is Role.COLUMN]
    parts = {head.columns for head in table.heads.by_wording.values() if head.role is Role.GROUP}
    last = columns != sorted(columns) and any({*columns[-len(part) :]} == {*part} for part in parts)
    named = [[(cell, table.heads.named(cell.keyed)) for cell in row] for row in above]
    grouped = any(head and head.role is Role.GROUP for row in named for _, head in row)
    seen = {head.columns[0] for row in named for _, head in row if head and head.role is Role.COLUMN}
    lowest = sum(
        head is not None and head.role is Role.COLUMN and not cell.above for cell, head in next(iter(named), [])
    )
    return last and not grouped and seen >= {*columns} and lowest < len(columns)


def _is_certain(order: Order, table: FormTable) -> bool:
    """Say whether each column is there at most once, and none may hide behind a head that is not known."""
    columns = [head.columns for head in order.heads if head.role is not Role.REMARK]
    unknown = any(head.role is Role.REMARK and head.label not in _remarks(table) for head in order.heads)
    hides = (unknown and bool(order.missing(table))) or _has_gap(order)
    return bool(order.places) and len(set(columns)) == len(columns) and not hides


def _has_gap(order: Order) -> bool:
    """Say whether a column has the head of a group alone, where one of several below it is not there."""
    printed = {head.columns[0] for head in order.heads if head.role is Role.COLUMN}
    groups = (set(head.columns) for head in order.heads if head.role is Role.GROUP)
    return any(group & printed and group - printed for group in groups)


def _remarks(table: FormTable) -> set[str]:
    return {head.label for head in table.heads.by_wording.values() if head.role is Role.REMARK}


def _head_rows(lattice: Lattice, number: int, since: int) -> Iterator[SeenRow]:
    """Yield the rows of heads above a row, from below: as wide as it, without a figure, up to a title."""
    width = lattice.width(number)
    for above in range(number - 1, max(-1, number - 1 - _MOST_HEADS), -1):
        row = lattice.rows[above]
        texts = {cell.mark.text for cell in row if not cell.blank}
        figures = any(cell.column >= since and _is_figure(cell.mark.text) for cell in row)
        if lattice.width(above) != width or figures or len(texts) < _FEWEST_HEADS:
            return
        yield row


def _is_figure(text: str) -> bool:
    return bool(text) and parse_cell(text) is not None


def _covered(row: SeenRow, above: Sequence[SeenRow]) -> Iterator[int]:
    """Yield the columns over which a cell goes on from the one before, as every head above it does."""
    for cell in row:
        for column in range(cell.column + 1, cell.end):
            if _marks(above, column) == _marks(above, cell.column):
                yield column


def _marks(above: Sequence[SeenRow], column: int) -> list[Mark]:
    return [cell.mark for row in above for cell in row if cell.column <= column < cell.end]


def _named(heads: Heads, above: Sequence[SeenRow], column: int) -> Head | None:
    """Return what heads a column: the lowest text above it, or several that a line cut; None where there is none."""
    texts = _texts(above, column)
    joined = ("".join(reversed(texts[:count])) for count in range(len(texts), 0, -1))
    return next(filter(None, map(heads.named, joined)), unknown_head(texts[0])) if texts else None


def _texts(above: Sequence[SeenRow], column: int) -> list[str]:
    """Return the texts above a column from below, each cell once."""
    cells = [cell for row in above for cell in row if cell.column <= column < cell.end and not cell.blank]
    return list({cell.mark: cell.keyed for cell in cells}.values())


def repeats(text: str, label: Seen, row: FormRow) -> bool:
    """Say whether a cell repeats the label to its left, as exporters of merged cells do."""
    return bool(text) and (key(text) == label.keyed or key(text) in map(key, row.wordings))


def is_unit(text: str) -> bool:
    """Say whether a cell holds the unit of its row."""
    return text in units()
