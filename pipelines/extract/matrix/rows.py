"""The rows of a table with columns: each label with its cells, and which cell stands under which head."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from pipelines.extract.loose import stands_by_number
from pipelines.extract.matrix.columns import Order
from pipelines.extract.matrix.heads import Columns, columns_above, displaces, in_one, is_unit, loses_group, repeats
from pipelines.extract.matrix.lattice import Lattice, Lattices, Seen, cell_at
from pipelines.extract.matrix.scales import unit_beside
from pipelines.extract.numbers import PAGE_NUMBER, parse_cell
from pipelines.extract.page import Page, folded
from pipelines.extract.rows import RowMatch, label_end
from pipelines.extract.split.layout import amount
from pipelines.extract.strips import OPENS_NEXT, UNCHANGED, Ink, Mark, trimmed
from pipelines.extract.wholeness import has_broken_sum, whole_cells
from pipelines.model.identity import Cell
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.heads import Head, Role
from pipelines.registry.misread import meant


class Check(NamedTuple):
    """A sum that is printed in a column of its own, and the figures of the form that it adds up."""

    mark: Mark
    parts: tuple[FormRow, ...]


class Row(NamedTuple):
    """A row with its cells as they are printed, the figures that they are, and the units that their heads name.

    `told` is False where more cells are printed than the form has and nobody can tell which are the form's.
    """

    row: FormRow
    label: str
    line: int
    marks: tuple[Mark, ...]
    figures: tuple[FormRow, ...]
    units: tuple[str, ...]
    told: bool = True
    checks: tuple[Check, ...] = ()


def is_plain(row: Row) -> bool:
    """Say whether each cell of a row has a text of its own."""
    return row.told and len(row.marks) == len(row.figures) and all(_is_cell(mark.text) for mark in row.marks)


def is_apart(row: Row) -> bool:
    """Say whether the cells of a row are seen apart: then nothing runs together."""
    lines = {mark.line for mark in row.marks}
    return any(mark.apart for mark in row.marks) or (len(row.marks) > 1 and len(lines) == len(row.marks))


def is_misread(row: Row) -> bool:
    """Say whether each cell of a row is seen apart, and what is no figure may be one that a machine misread."""
    if not row.told or len(row.marks) != len(row.figures) or not is_apart(row):
        return False
    return all(_is_cell(mark.text) or meant(mark.text) is not None for mark in row.marks)


def _is_cell(text: str) -> bool:
    """Say whether a text is that of one cell: blank, a figure without leading noughts, or a word for nought or none."""
    if not text or text in UNCHANGED or amount(text) is not None:
        return True
    cell = parse_cell(text)
    if cell is None:
        return False
    figure = text.partition("(")[0].strip().removesuffix(cell.unit).strip()
    return not text[0].isdecimal() or amount(figure) is not None


def is_inked(text: str) -> bool:
    """Say whether a text begins as a figure does."""
    return text[:1].isdecimal() or text[:1] in {"+", "-", "增", "减"}


def inked(rows: Sequence[Row]) -> int:
    """Return how many marks hold a figure."""
    return sum(is_inked(mark.text) for row in rows for mark in row.marks)


def row_of(match: RowMatch, label: str, marks: Sequence[Mark], order: Order) -> Row:
    """Return a row whose marks are the columns in printed order, if there are as many."""
    row, heads = match.row, order.heads
    figures = order.figures(row)
    told = [heads[place].unit for place in order.places]
    if len(marks) != len(heads):
        return Row(row, label, match.last, tuple(marks), figures, tuple(told), told=not order.extra)
    kept = tuple(marks[place] for place in order.places)
    if any(_is_doubtful(mark, head) for mark, head in zip(marks, heads, strict=True)):
        return Row(row, label, match.last, tuple(marks), figures, tuple(told), told=False)
    return Row(row, label, match.last, kept, figures, tuple(told), checks=tuple(_checks(row, marks, heads)))


def _is_doubtful(mark: Mark, head: Head) -> bool:
    """Say whether a number that stands among remarks may be a part of a figure: nothing that is seen parts them."""
    return head.role is Role.REMARK and not mark.apart and is_inked(mark.text)


def _checks(row: FormRow, marks: Sequence[Mark], heads: Sequence[Head]) -> Iterator[Check]:
    for mark, head in zip(marks, heads, strict=True):
        if head.role is Role.SUBTOTAL:
            yield Check(mark, tuple(row.figures[index] for index in head.columns))


class Beside(NamedTuple):
    """What finds the cells beside labels: the page, its tables, where columns stand in the first of them."""

    page: Page
    lattices: Lattices
    columns: Columns | None


def loses_group_head(beside: Beside, table: FormTable, match: RowMatch, order: Order) -> bool:
    """Say whether the heads seen above the first row may have lost the one of a group."""
    lattice = beside.lattices.at(match.last)
    if lattice is None:
        return False
    return loses_group(table, lattice, lattice.number(match.last), _label_cell(beside.page, lattice, match), order)


def displaces_heads(beside: Beside, table: FormTable, match: RowMatch) -> bool:
    """Say whether the heads seen above the first row have a column where the form has another."""
    lattice = beside.lattices.at(match.last)
    if lattice is None:
        return False
    return displaces(table, lattice, lattice.number(match.last), _label_cell(beside.page, lattice, match))


class Sight(NamedTuple):
    """A label that is seen in a lattice, with the cells to its right; none where another label stands there."""

    lattice: Lattice
    number: int
    label: Seen
    right: tuple[Seen, ...]


def beside_first(page: Page, lattices: Lattices, table: FormTable, match: RowMatch) -> Beside:
    """Return where the columns of a table stand, as the heads above its first row tell."""
    lattice = lattices.at(match.last)
    if lattice is None:
        return Beside(page, lattices, None)
    label = _label_cell(page, lattice, match)
    return Beside(page, lattices, columns_above(table, lattice, lattice.number(match.last), label))


def rows_of(beside: Beside, table: FormTable, printed: Sequence[Ink], order: Order) -> Iterator[Row]:
    """Yield the rows that have figures."""
    sights = [_sight(beside, ink, after) for ink, after in zip_longest(printed, printed[1:])]
    padded = _may_be_padded([sight for sight in sights if sight])
    inks = [
        _mended(table, ink, _cells(beside, sight, ink.match.row, order, padded=padded) if sight else None, order)
        if ink.torn and not ink.match.row.heading
        else ink
        for ink, sight in zip(printed, sights, strict=True)
    ]
    seen = [
        _cells(beside, sight, ink.match.row, order, padded=padded) if sight and not ink.torn else None
        for ink, sight in zip(inks, sights, strict=True)
    ]
    found = [ink.marks if marks is None else marks for ink, marks in zip(inks, seen, strict=True)]
    grouped = any(head.role is Role.GROUP for head in order.heads)
    # Cells beyond the heads may be those of a column whose head is lost.
    kept = trimmed(found, len(order.heads)) if order.told and not grouped and not order.missing(table) else found
    lost = grouped and _loses_blanks(found, seen, order)
    usual = _usual_lines(inks)
    known = frozenset(ink.match.row for ink in printed)
    strange = _strange_counts(sights, seen, order)
    below = [_remark_below(beside.page, order, ink, after) for ink, after in zip_longest(inks, inks[1:]) if ink]
    for ink, own, marks, cells, remark in zip(inks, kept, found, seen, below, strict=True):
        if not ink.match.row.heading:
            row = row_of(ink.match, ink.label, own, order)
            odd = cells is None and (remark or usual not in {0, len(marks)}) and _in_lines(marks)
            torn = ink.torn or _lacks_digits(beside.page, table, row)
            moved = is_shifted(beside.lattices, ink.match, row) or (cells is not None and len(cells) in strange)
            moved = moved or _lacks_parts(table, row.row, known)
            yield in_unit(beside.page, ink.match, row._replace(told=row.told and not (odd or lost or torn or moved)))


def _strange_counts(
    sights: Sequence[Sight | None], seen: Sequence[Sequence[Mark] | None], order: Order
) -> frozenset[int]:
    """Return of how many cells between bars a row has one more or less than others: they may be shifted."""
    between_bars = [
        sight and sight.lattice.closed and sight.lattice.framed and not sight.lattice.merges for sight in sights
    ]
    counts = Counter(len(cells) for cells, bars in zip(seen, between_bars, strict=True) if cells and bars)
    usual, times = max(counts.items(), key=itemgetter(1), default=(0, 0))
    expected = usual if times > 1 and 2 * times > counts.total() else len(order.heads)
    return frozenset(counts.keys() - {expected})


def is_shifted(lattices: Lattices, match: RowMatch, row: Row) -> bool:
    """Say whether a row with figures has a cell more than those beside it: they may be shifted, though sums close."""
    lattice = lattices.at(match.last) if inked([row]) else None
    return lattice is not None and lattice.sticks_out(lattice.number(match.last))


def _lacks_parts(table: FormTable, row: FormRow, printed: frozenset[FormRow]) -> bool:
    """Say whether some parts of a row that may have no cells are printed, and not all: one may have lost its label."""
    parts = [each for each in table.rows if row.subtotal and each.indicator.startswith(f"{row.indicator}.")]
    return 0 < len(printed.intersection(parts)) < len(parts)


def _mended(table: FormTable, ink: Ink, seen: Sequence[Mark] | None, order: Order) -> Ink:
    """Return a torn row as a whole one where its sums prove that the number beside it is a page's."""
    row = row_of(ink.match, ink.label, ink.clean if seen is None else seen, order)
    return ink._replace(marks=ink.clean, torn=False) if is_whole(table, row) else ink


def _lacks_digits(page: Page, table: FormTable, row: Row) -> bool:
    """Say whether a number stands right above or below a line of cells that do not add up as they are."""
    on_line = len(row.marks) > 1 and all(mark.line == row.line for mark in row.marks)
    return on_line and stands_by_number(page, row.line) and is_plain(row) and has_broken_sum(table.form, _worth(row))


def is_whole(table: FormTable, row: Row) -> bool:
    """Say whether each figure of a row stands in sums of that row alone which close: none lacks a digit."""
    if not is_plain(row):
        return False
    known = _worth(row)
    return len(known) == len(row.figures) and whole_cells(table.form, known) == known.keys()


def _worth(row: Row) -> dict[Cell, Decimal]:
    """Return what the cells of a row say that are figures."""
    worth = {figure.cell: amount(mark.text) for figure, mark in zip(row.figures, row.marks, strict=True)}
    return {cell: Decimal(value) for cell, value in worth.items() if value is not None}


def _loses_blanks(found: Sequence[Sequence[Mark]], seen: Sequence[Sequence[Mark] | None], order: Order) -> bool:
    """Say whether rows whose columns are not seen have other counts of cells than heads, of which some may be lost."""
    counts = {len(marks) for marks, cells in zip(found, seen, strict=True) if marks and cells is None}
    return counts > {len(order.heads)}


def in_unit(page: Page, match: RowMatch, row: Row) -> Row:
    """Return a row in the unit of money that stands beside its label; one in thousands of things is told by nobody."""
    beside = unit_beside(page, match)
    if beside is None:
        return row
    money = beside["money"]
    return row._replace(units=(money,) * len(row.units)) if money else row._replace(told=False)


def _remark_below(page: Page, order: Order, ink: Ink, following: Ink | None) -> bool:
    """Say whether the last column is one of remarks, and its words stand below marks that are all columns already."""
    if order.heads[-1].role is not Role.REMARK or len(ink.marks) != len(order.heads):
        return False
    until = following.match.first if following else len(page.tight)
    below = (page.tight[line] for line in range(ink.marks[-1].line + 1, until))
    words = next(filter(None, below), "")
    ends = following is None and OPENS_NEXT.match(words)
    return bool(words) and not ends and PAGE_NUMBER.fullmatch(words) is None


def _usual_lines(inks: Sequence[Ink]) -> int:
    """Return how many cells on lines of their own nearly all rows have; nought where they differ."""
    counts = Counter(len(ink.marks) for ink in inks if _in_lines(ink.marks))
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    return usual if times * 4 >= sum(counts.values()) * 3 else 0


def _in_lines(marks: Sequence[Mark]) -> bool:
    """Say whether each cell of a row stands on a line of its own."""
    lines = {mark.line for mark in marks}
    return len(marks) > 1 and len(lines) == len(marks) and not any(mark.apart for mark in marks)


def _sight(beside: Beside, ink: Ink, following: Ink | None) -> Sight | None:
    """Return where a label is seen; one with another label to its right has no cells of its own."""
    match = ink.match
    lattice = beside.lattices.at(match.last)
    if lattice is None:
        return None
    number, label = lattice.number(match.last), _label_cell(beside.page, lattice, match)
    right = tuple(cell for cell in lattice.rows[number] if cell.column >= label.end)
    if following and _same_row(beside.lattices, lattice, number, following.match):
        other = _label_cell(beside.page, lattice, following.match)
        between = tuple(cell for cell in right if cell.column < other.column)
        right = between if any(map(_holds_figure, between)) else ()
    return Sight(lattice, number, label, right)


def _holds_figure(cell: Seen) -> bool:
    return is_inked(cell.mark.text)


def _opens_row(sight: Sight) -> bool:
    """Say whether no figures of another row stand before a label, as they do where two lines were joined."""
    return not any(_holds_figure(cell) for cell in sight.lattice.rows[sight.number] if cell.column < sight.label.column)


def _may_be_padded(sights: Sequence[Sight]) -> bool:
    """Say whether blank cells after a label may be those of a merged one while blank ones at the end are lost."""
    deepest = max((sight.label.end for sight in sights if _opens_row(sight)), default=0)
    shallow = [sight.right[0] for sight in sights if sight.right and sight.label.end < deepest]
    return any(not sight.lattice.closed for sight in sights) and all(cell.blank for cell in shallow)


def _cells(beside: Beside, sight: Sight, row: FormRow, order: Order, *, padded: bool) -> Sequence[Mark] | None:
    """Return the cells of a row where they are seen, None where only what is printed after the label is known."""
    lattice, number, label, right = sight
    if not right:
        return ()
    if beside.columns and beside.columns.fit(lattice, number):
        return beside.columns.marks(lattice.rows[number], label)
    merged = beside.columns and lattice is beside.columns.lattice and label.end < beside.columns.places[0]
    if right[0].blank and (padded or merged):
        return [in_one(lattice.rows[number], label)]
    cells = _own(right, label, row)
    return cells if any(mark.text for mark in cells) or len(cells) == len(order.heads) else None


def _same_row(lattices: Lattices, lattice: Lattice, number: int, following: RowMatch) -> bool:
    return lattices.at(following.first) is lattice and lattice.number(following.first) == number


def _label_cell(page: Page, lattice: Lattice, match: RowMatch) -> Seen:
    """Return the cell that holds the end of a label."""
    row = lattice.rows[lattice.number(match.last)]
    own = [cell for cell in row if cell.mark.line == match.last and not cell.above]
    if len(own) == 1:
        return own[0]
    text = page.document.texts[match.last]
    return row[cell_at(row, text, label_end(folded(text), match.ends), framed=lattice.framed)]


def _own(right: Sequence[Seen], label: Seen, row: FormRow) -> list[Mark]:
    """Return the cells to the right of a label without repetitions of it and without a column of units."""
    cells = [cell.mark for cell in right]
    while cells and repeats(cells[0].text, label, row):
        cells = cells[1:]
    return cells[1:] if cells and is_unit(cells[0].text) else cells
