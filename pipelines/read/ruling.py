"""Rules drawn on a page to the cells they enclose."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from pipelines.read.pdf_page import Stroke

_NEAR = 3.0
_SHORTEST = 5.0
_MOST_RULES = 3000


class Box(NamedTuple):
    """A cell of a lattice: where it begins, counted from 0, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the edges of its columns and rows, its cells in reading order, and which cell is where."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    boxes: tuple[Box, ...]
    owners: dict[tuple[int, int], int]

    def box_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell that holds a point."""
        return self.owners.get((bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1))


def find_lattices(horizontal: Sequence[Stroke], vertical: Sequence[Stroke]) -> list[Lattice]:
    """Return the ruled tables of a page from top to bottom; a frame around a single cell is none."""
    across, down = _whole(horizontal), _whole(vertical)
    if len(across) + len(down) > _MOST_RULES:
        return []
    lattices = (_lattice(rules, pillars) for rules, pillars in _connected(across, down))
    return sorted((each for each in lattices if len(each.boxes) > 1), key=lambda each: (each.rows[0], each.columns[0]))


def _whole(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Return strokes with those that continue one another made one, and what is too short for a cell left out."""
    whole = (joined for level in _levels(strokes) for joined in _joined(level))
    return [stroke for stroke in whole if stroke.end - stroke.start >= _SHORTEST]


def _levels(strokes: Iterable[Stroke]) -> Iterator[list[Stroke]]:
    group: list[Stroke] = []
    for stroke in sorted(strokes):
        if group and stroke.level - group[0].level > _NEAR:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _joined(level: list[Stroke]) -> Iterator[Stroke]:
    middle = sum(stroke.level for stroke in level) / len(level)
    spans = sorted((stroke.start, stroke.end) for stroke in level)
    start, end = spans[0]
    for following, last in spans[1:]:
        if following > end + _NEAR:
            yield Stroke(middle, start, end)
            start, end = following, last
        end = max(end, last)
    yield Stroke(middle, start, end)


def _connected(across: list[Stroke], down: list[Stroke]) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Yield the rules of each table: those that touch one another, however far round."""
    group = list(range(len(across) + len(down)))
    for i, (y, left, right) in enumerate(across):
        for j, (x, top, bottom) in enumerate(down, len(across)):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                _unite(group, i, j)
    tables: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for number, stroke in enumerate((*across, *down)):
        tables[_root(group, number)][number >= len(across)].append(stroke)
    yield from (table for table in tables.values() if table[0] and table[1])


def _root(group: list[int], member: int) -> int:
    while group[member] != member:
        group[member] = member = group[group[member]]
    return member


def _unite(group: list[int], one: int, other: int) -> None:
    group[_root(group, one)] = _root(group, other)


def _lattice(across: list[Stroke], down: list[Stroke]) -> Lattice:
    """Return the table that rules enclose; sides that are not drawn are where the rules across them end."""
    columns = _edges([*(p.level for p in down), min(r.start for r in across), max(r.end for r in across)])
    rows = _edges([*(r.level for r in across), min(p.start for p in down), max(p.end for p in down)])
    height, width = len(rows) - 1, len(columns) - 1
    group = list(range(height * width))
    ruled, pillared = _drawn(across, rows, columns), _drawn(down, columns, rows)
    for here, (row, column) in enumerate(product(range(height), range(width))):
        if column + 1 < width and row not in pillared[column + 1]:
            _unite(group, here + 1, here)
        if row + 1 < height and column not in ruled[row + 1]:
            _unite(group, here + width, here)
    boxes = sorted(_boxes(group, width))
    owners = {
        (row, column): number
        for number, box in enumerate(boxes)
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    return Lattice(columns, rows, tuple(boxes), owners)


def _edges(levels: list[float]) -> tuple[float, ...]:
    """Return the distinct levels among some, in order."""
    edges: list[float] = []
    for level in sorted(levels):
        if not edges or level - edges[-1] > _NEAR:
            edges.append(level)
    return tuple(edges)


def _drawn(strokes: list[Stroke], edges: tuple[float, ...], across: tuple[float, ...]) -> list[set[int]]:
    """Return for each edge the fields along it, between the edges across, beside whose middle it is drawn."""
    middles = [(start + end) / 2 for start, end in pairwise(across)]
    drawn: list[set[int]] = [set() for _ in edges]
    for level, start, end in strokes:
        fields = range(bisect_left(middles, start), bisect_right(middles, end))
        for edge in range(bisect_left(edges, level - _NEAR), bisect_right(edges, level + _NEAR)):
            drawn[edge].update(fields)
    return drawn


def _boxes(group: list[int], width: int) -> Iterator[Box]:
    """Yield the cells that fields run together to; fields that form no rectangle stay apart."""
    fields: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number in range(len(group)):
        fields[_root(group, number)].append(divmod(number, width))
    for members in fields.values():
        if len(members) == 1:
            yield Box(*members[0], 1, 1)
            continue
        (top, left), (bottom, right) = members[0], members[-1]
        if members == list(product(range(top, bottom + 1), range(left, right + 1))):
            yield Box(top, left, bottom - top + 1, right - left + 1)
        else:
            yield from (Box(row, column, 1, 1) for row, column in members)
