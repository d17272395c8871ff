"""Tables with merged cells, printed in every shape in which copies of reports are found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

NBSP = "\u00a0"


class Shape(StrEnum):
    """How the text of a report and the cells of its tables are stored."""

    RUN = "run together on one line"
    SPACES = "cells parted by spaces on one line"
    CELLS = "one cell per line"
    TABS = "one row per line, tabs"
    PIPES = "one row per line, pipes"
    HTML = "web page"
    MARKDOWN = "Markdown"

    @property
    def parts_cells(self) -> bool:
        """Whether something that is seen stands between two cells."""
        return self is not Shape.RUN

    @property
    def blanks_show(self) -> bool:
        """Whether a blank cell is always seen."""
        return self in {Shape.TABS, Shape.PIPES, Shape.HTML, Shape.MARKDOWN}


class Merged(StrEnum):
    """What exporters print for the places that a merged cell covers beyond its first."""

    DROPPED = "nothing"
    PADDED = "blank cells"
    REPEATED = "the same text again"


class Markup(StrEnum):
    """How the cells of a web page are written."""

    PLAIN = "td"
    HEADED = "th in thead"
    SPANS = "a span per character"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, empty for a blank one, and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, the first rows of which are its head; before the rows in `breaks` a page ends."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or a heading of some level."""

    text: str
    level: int = 0


Block = Text | Grid
Place = tuple[int, int]


class Spot(NamedTuple):
    """A cell on its table, and the row and column at which it begins."""

    cell: Cell
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How blocks go to the page."""

    shape: Shape
    merged: Merged
    markup: Markup
    visible: bool
    first_page: int
    trimmed: bool = False


def printed(blocks: Sequence[Block], how: Print) -> str:
    """Return the text of a report; its first block is the title and stands on a line of its own."""
    if how.shape is Shape.HTML:
        return _page(blocks, how)
    lines = [line for block in blocks for line in _lines(block, how)]
    if how.shape in {Shape.RUN, Shape.SPACES}:
        glue = "" if how.shape is Shape.RUN else " "
        return f"{lines[0]}\n{glue.join(lines[1:])}\n"
    return "\n".join(lines) + "\n"


def _lines(block: Block, how: Print) -> Iterator[str]:
    if isinstance(block, Text):
        marked = how.shape is Shape.MARKDOWN and block.level
        yield f"{'#' * block.level} {block.text}" if marked else block.text
        yield from [""] if how.shape is Shape.MARKDOWN else []
    elif how.shape in {Shape.RUN, Shape.SPACES, Shape.CELLS}:
        yield from _by_cell(block, how)
    else:
        yield from _by_row(block, how)


def _by_cell(grid: Grid, how: Print) -> Iterator[str]:
    """Yield each cell; a blank one is a no-break space, or is lost."""
    shows = how.shape is Shape.CELLS
    page = how.first_page
    for index, row in enumerate(grid.rows):
        if shows and index in grid.breaks:
            yield f"- {page} -"
            page += 1
            yield from (cell.text for head in grid.rows[: grid.heads] for cell in head if cell.text)
        for cell in row:
            if cell.text:
                yield cell.text
            elif shows and how.visible and not cell.label:
                yield NBSP


def _by_row(grid: Grid, how: Print) -> Iterator[str]:
    """Yield each row as a line."""
    page, rows = how.first_page, expanded(grid, how.merged)
    for index, row in enumerate(rows):
        if index in grid.breaks and how.shape is not Shape.MARKDOWN:
            yield f"- {page} -"
            page += 1
            yield from (_line(head, how) for head in rows[: grid.heads])
        yield _line(row, how)
        if how.shape is Shape.MARKDOWN and not index:
            yield "|" + "---|" * len(row)
    yield from [""] if how.shape is Shape.MARKDOWN else []


def _line(row: Sequence[str], how: Print) -> str:
    if how.shape is Shape.TABS:
        return "\t".join(row).rstrip("\t") if how.trimmed else "\t".join(row)
    return f"| {' | '.join(row)} |"


def expanded(grid: Grid, merged: Merged) -> list[list[str]]:
    """Return the texts of each row, with what stands for the places covered by merged cells."""
    if merged is Merged.DROPPED:
        return [[cell.text for cell in row] for row in grid.rows]
    spots = placed(grid)
    texts = {
        place: spot.cell.text if merged is Merged.REPEATED or place == spot.place else ""
        for place, spot in spots.items()
    }
    return [[texts.get((index, column), "") for column in range(width(grid))] for index in range(len(grid.rows))]


def placed(grid: Grid) -> dict[Place, Spot]:
    """Return what stands on each row and column of a table."""
    spots: dict[Place, Spot] = {}
    for index, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            while (index, column) in spots:
                column += 1
            spot = Spot(cell, (index, column))
            for down in range(cell.rows):
                for across in range(cell.columns):
                    spots[index + down, column + across] = spot
    return spots


def width(grid: Grid) -> int:
    """Return how many columns a table has."""
    return 1 + max(column for _, column in placed(grid))


def _page(blocks: Sequence[Block], how: Print) -> str:
    body = "\n".join(_element(block, how) for block in blocks)
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'


def _element(block: Block, how: Print) -> str:
    if isinstance(block, Text):
        return f"<h{block.level}>{block.text}</h{block.level}>" if block.level else f"<p>{block.text}</p>"
    rows = [_row(row, how, head=index < block.heads) for index, row in enumerate(block.rows)]
    if how.markup is Markup.HEADED:
        head, body = "".join(rows[: block.heads]), "".join(rows[block.heads :])
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f"<table border='1'><tbody>{''.join(rows)}</tbody></table>"


def _row(row: Sequence[Cell], how: Print, *, head: bool) -> str:
    name = "th" if head and how.markup is Markup.HEADED else "td"
    return "<tr>" + "".join(f"<{name}{_spans(cell)}>{_inside(cell.text, how)}</{name}>" for cell in row) + "</tr>\n"


def _spans(cell: Cell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


def _inside(text: str, how: Print) -> str:
    if not text:
        return "&nbsp;" if how.visible else ""
    if how.markup is Markup.SPANS:
        return "<p>" + "".join(f"<span>{character}</span>" for character in text) + "</p>"
    return text
