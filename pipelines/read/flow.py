"""Pages to one text: heads and feet put aside, paragraphs and tables carried over the breaks of lines and pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from pipelines.read.printed import Line, join
from pipelines.read.seam import NUMBERED, continued
from pipelines.read.sheet import Block, PlacedLine, Table

_DECORATED_NUMBER = re.compile(
    r"[-—–－―─~·•]+\s*\d{1,4}\s*[-—–－―─~·•]+|第\s*\d{1,4}\s*[页頁].{0,12}|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d{1,4}.{0,12}"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_ENDED = re.compile(r"[。！？；：:;!?][”’」』）)]*$")
_LEAST_TEXT = 15
_SIZES = 1.15
_LEADING = 1.4
_INDENT = 0.8
_RAGGED = 1.6
_SEEN_TWICE, _SEEN_OFTEN = 2, 3
_LEAST_INDENT, _MOST_INDENT = 1.2, 3.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of prose and the place of its first line."""

    text: str
    place: str


Piece = Paragraph | Table


class Margins(NamedTuple):
    """Where most lines of prose begin and end; `indented` says that paragraphs begin further in."""

    left: float
    right: float
    indented: bool


def running_text(pages: Sequence[Sequence[Block]]) -> tuple[list[Piece], list[Paragraph]]:
    """Return the paragraphs and tables of all pages in reading order, and the heads and feet beside them."""
    aside = _furniture(pages)
    flow = [block for block in chain.from_iterable(pages) if id(block) not in aside]
    beside = (block for block in chain.from_iterable(pages) if id(block) in aside)
    heads = [Paragraph(block.line.text, block.place) for block in beside if isinstance(block, PlacedLine)]
    return list(_pieces(flow, _margins(flow))), heads


def _furniture(pages: Sequence[Sequence[Block]]) -> set[int]:
    """Return the ids of the lines that are numbers of pages, running heads and feet, or run askew."""
    aside = {id(b) for b in chain.from_iterable(pages) if isinstance(b, PlacedLine) and not b.line.size}
    for _ in range(2):
        for last in (False, True):
            edges = [edge for page in pages if (edge := _edge(page, aside, last=last))]
            often = _often(edges)
            counting = _counting(edges)
            aside |= {id(e) for e in edges if _is_number(e) or _spot(e) in often or id(e) in counting}
    return aside


def _edge(page: Sequence[Block], aside: set[int], *, last: bool) -> PlacedLine | None:
    """Return the first or last line of a page, if it is one and stands in the margin."""
    left = [block for block in page if id(block) not in aside]
    edge = left[-1 if last else 0] if left else None
    return edge if isinstance(edge, PlacedLine) and edge.in_margin else None


def _is_number(edge: PlacedLine) -> bool:
    return bool(_DECORATED_NUMBER.fullmatch(edge.line.text.strip()))


def _spot(edge: PlacedLine) -> tuple[str, int]:
    return edge.line.text, round(edge.line.top / 4)


def _often(edges: list[PlacedLine]) -> set[tuple[str, int]]:
    """Return the texts that stand in one spot of several pages."""
    counted = Counter(map(_spot, edges))
    return {spot for spot, count in counted.items() if count >= _SEEN_OFTEN}


def _counting(edges: list[PlacedLine]) -> set[int]:
    """Return the ids of bare numbers that go up with the pages."""
    numbers = [edge for edge in edges if _BARE_NUMBER.fullmatch(edge.line.text.strip())]
    offsets = Counter(int(edge.line.text) - edge.page for edge in numbers)
    return {id(edge) for edge in numbers if offsets[int(edge.line.text) - edge.page] > 1}


def _margins(flow: Iterable[Block]) -> Margins:
    """Return where lines of prose begin and end, and whether the first ones of paragraphs are set in."""
    prose = (block.line for block in flow if isinstance(block, PlacedLine))
    lines = [line for line in prose if len(line.text) >= _LEAST_TEXT and not line.columned]
    if not lines:
        return Margins(0.0, float("inf"), indented=False)
    left, right = (_commonest(sides) for sides in zip(*((line.left, line.right) for line in lines), strict=True))
    set_in = sum(_LEAST_INDENT < (line.left - left) / line.size < _MOST_INDENT for line in lines)
    return Margins(left, right, indented=set_in >= _SEEN_TWICE)


def _commonest(sides: Iterable[float]) -> float:
    return float(Counter(round(side / 4) * 4 for side in sides).most_common(1)[0][0])


def _pieces(flow: Iterable[Block], margins: Margins) -> Iterator[Piece]:
    """Yield paragraphs and tables, each from all the lines and pages over which it goes."""
    lines: list[PlacedLine] = []
    table: Table | None = None
    for block in flow:
        if isinstance(block, Table):
            yield from _paragraph(lines)
            lines = []
            if table and (whole := continued(table, block)):
                table = whole
                continue
        if table:
            yield table
            table = None
        if isinstance(block, Table):
            table = block
        else:
            if lines and not _goes_on(lines[-1], block, margins):
                yield from _paragraph(lines)
                lines = []
            lines.append(block)
    yield from _paragraph(lines)
    if table:
        yield table


def _paragraph(lines: list[PlacedLine]) -> Iterator[Paragraph]:
    if lines:
        yield Paragraph(join(each.line.text for each in lines), lines[0].place)


def _goes_on(before: PlacedLine, after: PlacedLine, margins: Margins) -> bool:
    """Say whether a line continues the sentence of the line before it."""
    one, other = before.line, after.line
    return not (
        one.columned
        or other.columned
        or not _same_size(one, other)
        or one.right < margins.right - _RAGGED * one.size
        or other.left > margins.left + _INDENT * one.size
        or (_ENDED.search(one.text) and (NUMBERED.match(other.text) or not margins.indented))
        or (before.page == after.page and other.top - one.bottom > _LEADING * one.size)
    )


def _same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= _SIZES * min(one.size, other.size)
