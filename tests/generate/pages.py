"""Blocks as PDF: prose over lines and pages; tables with merged cells, ruled or not, over several pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table

from tests.generate.files_parts import pieces
from tests.generate.grid import Block, Cell, Grid, Text, placed, width
from tests.generate.pdf import BODY, FONT, NOT_EMBEDDED, TITLE
from tests.generate.pdf import pdf as built

_FEET = ("- {page} -", "- {page} -", "{page}", "第 {page} 页 共 9 页", "")
_MARGIN = 60.0
_PADDING = 5.4
_LARGEST, _SMALLEST = 10.0, 5.0
_LEADING = 1.3
_LEAST_FIGURE, _LEAST_LABEL = 2.0, 3.0
_CAPTION = ParagraphStyle("caption", TITLE, fontSize=12, leading=20)
_BLACK = (0, 0, 0)
_ENDLESS, _SPARE = 1e6, 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """The choices that hold for a document."""

    random: Random
    ruled: bool
    font: str
    page: tuple[float, float]
    cut: bool
    heads: bool
    alignment: int
    vertical: str
    stretched: bool
    size: float


def ruled(blocks: Sequence[Block], random: Random) -> bytes:
    """Return a PDF in which every rule of its tables is drawn."""
    return _pdf(blocks, _drawn(random, ruled=True))


def unruled(blocks: Sequence[Block], random: Random) -> bytes:
    """Return a PDF in which only the places of characters tell the cells of tables."""
    return _pdf(blocks, _drawn(random, ruled=False))


def _drawn(random: Random, *, ruled: bool) -> _Style:
    return _Style(
        random=random,
        ruled=ruled,
        font=random.choice((FONT, NOT_EMBEDDED)),
        page=random.choice((A4, A4, landscape(A4))),
        cut=bool(random.randrange(2)),
        heads=bool(random.randrange(2)),
        alignment=random.choice((TA_CENTER, TA_CENTER, TA_LEFT, TA_RIGHT)),
        vertical=random.choice(("MIDDLE", "MIDDLE", "TOP", "BOTTOM")),
        stretched=bool(random.randrange(2)),
        size=random.choice((_LARGEST, _LARGEST - 1.5)),
    )


def _pdf(blocks: Sequence[Block], style: _Style) -> bytes:
    flowables = [flowable for block in blocks for flowable in _flowables(block, style)]
    margins = {f"{side}Margin": _MARGIN for side in ("left", "right", "top", "bottom")}
    return built(flowables, footer=style.random.choice(_FEET), pagesize=style.page, **margins)


def _flowables(block: Block, style: _Style) -> Iterator[Flowable]:
    if isinstance(block, Text):
        kind = {1: TITLE, 3: _CAPTION}.get(block.level, BODY)
        yield Paragraph(block.text, ParagraphStyle("text", kind, fontName=style.font))
        return
    yield Spacer(1, style.random.randint(1, 200))
    for count, piece in enumerate(pieces(replace(block, breaks=_breaks(block, style)), heads=style.heads)):
        if count:
            yield PageBreak()
        yield _table(piece, block, style)
    yield Spacer(1, 6)


def _breaks(grid: Grid, style: _Style) -> tuple[int, ...]:
    """Return the rows before which a page ends; in some copies the first page is already half full."""
    table = _table(grid, grid, style)
    table.wrap(style.page[0], _ENDLESS)
    heights, full = table._rowHeights, style.page[1] - 2 * _MARGIN - _SPARE  # noqa: SLF001 - what it measured
    head = sum(heights[: grid.heads])
    room = style.random.uniform(head + sum(heights[grid.heads : grid.heads + 2]), full) if style.cut else full
    breaks: list[int] = []
    for row, height in enumerate(heights):
        if height > room and row > grid.heads:
            breaks.append(row)
            room = full - (head if style.heads else 0)
        room -= height
    return tuple(breaks)


def _table(grid: Grid, whole: Grid, style: _Style) -> Table:
    """Return a table, or the part of one that stands on a page, its columns as wide as those of the whole."""
    size, widths = _measured(whole, style)
    look = ParagraphStyle("cell", fontName=style.font, fontSize=size, leading=_LEADING * size, wordWrap="CJK")
    figure = ParagraphStyle("figure", look, alignment=style.alignment)
    columns, spots = range(width(whole)), placed(grid)
    texts = [[""] * len(columns) for _ in grid.rows]
    styles = _look(style)
    for (row, column), spot in spots.items():
        if spot.place == (row, column):
            cell = spot.cell
            texts[row][column] = Paragraph(cell.text, look if cell.label else figure)
            across = _across(cell, row, column, spots, len(columns)) if style.stretched else cell.columns
            if cell.rows * across > 1:
                styles.append(("SPAN", (column, row), (column + across - 1, row + cell.rows - 1)))
    return Table(texts, colWidths=widths, style=styles)


def _look(style: _Style) -> list[tuple[object, ...]]:
    every = (0, 0), (-1, -1)
    look: list[tuple[object, ...]] = [
        ("VALIGN", *every, style.vertical),
        ("LEFTPADDING", *every, _PADDING),
        ("RIGHTPADDING", *every, _PADDING),
    ]
    return [*look, ("GRID", *every, 0.5, _BLACK)] if style.ruled else look


def _across(cell: Cell, row: int, column: int, spots: dict[tuple[int, int], object], columns: int) -> int:
    """Return how many columns a cell covers; the last of a short row reaches to the edge, as in the official form."""
    free = all((row, other) not in spots for other in range(column + cell.columns, columns))
    return columns - column if free else cell.columns


def _measured(grid: Grid, style: _Style) -> tuple[float, list[float]]:
    """Return the size of the type and the widths of columns: no figure is broken, labels have what is left."""
    columns = range(width(grid))
    needs, labels = [_LEAST_FIGURE] * len(columns), [0] * len(columns)
    for (row, column), spot in placed(grid).items():
        cell = spot.cell
        if spot.place == (row, column) and cell.columns == 1:
            labels[column] += cell.label
            needs[column] = max(needs[column], _LEAST_LABEL if cell.label else _ems(cell.text))
    room = style.page[0] - 2 * _MARGIN - 12 - 2 * _PADDING * len(columns)
    size = max(_SMALLEST, min(style.size, room / sum(needs)))
    rest = max(0.0, room - sum(needs) * size)
    share = [count > len(grid.rows) / 2 for count in labels]
    share = share if any(share) else [True] * len(columns)
    return size, [
        need * size + 2 * _PADDING + rest * shared / sum(share) for need, shared in zip(needs, share, strict=True)
    ]


def _ems(text: str) -> float:
    """Return how wide a figure is, in characters; a note behind it may go on to the next line."""
    figure = text.partition("（")[0]
    return sum(0.5 if character.isascii() else 1.0 for character in figure) + 0.2
