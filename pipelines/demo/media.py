"""How reports are stored: plain text, web pages, Markdown, Word and Excel, as templates that figures are put into."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from pipelines.demo.facts import facts
from pipelines.demo.layout import Grid, Place
from pipelines.demo.pdf import pdf_pages, pdf_table

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIGURE = "%s"


class Block(NamedTuple):
    """A part of a report: a title, a heading, a paragraph, or a table, whose text is a template that is filled."""

    kind: str
    text: str


class Medium(NamedTuple):
    """A file format: its suffix, how it prints a table and the rest, and what becomes of the blocks."""

    suffix: str
    table: Callable[[Grid], str]
    bytes_of: Callable[[Sequence[Block]], bytes]


@cache
def table_template(medium: str, grid: Grid) -> str:
    """Return a table as a medium prints it, with a place for each figure."""
    return media()[medium].table(grid)


@cache
def media() -> dict[str, Medium]:
    """Return every medium by its name."""
    return {
        "text": Medium("txt", _tabbed, _plain),
        "run": Medium("txt", _run_together, _plain),
        "markdown": Medium("md", _piped, _markdown),
        "page": Medium("html", _html_table, _page),
        "old_page": Medium("html", _html_table, _old_page),
        "pdf": Medium("pdf", pdf_table, pdf_pages),
        "word": Medium("docx", _word_table, _word),
        "sheet": Medium("xlsx", _sheet_rows, _sheet),
    }


def _label(place: Place) -> str:
    return _FIGURE if place.cell else place.label.replace("%", "%%")


def _marked(place: Place) -> str:
    return _FIGURE if place.cell else escape(place.label, quote=False).replace("%", "%%")


def _expanded(grid: Grid) -> list[list[tuple[Place, bool]]]:
    """Return the rows with every place that a merged one covers; the first of each is told from the others."""
    placed: dict[tuple[int, int], tuple[Place, bool]] = {}
    for index, row in enumerate(grid.rows):
        column = 0
        for place in row:
            while (index, column) in placed:
                column += 1
            for down in range(place.down):
                for across in range(place.across):
                    placed[index + down, column + across] = place, not (down or across)
    width = 1 + max(column for _, column in placed)
    blank = Place(), True
    return [[placed.get((index, column), blank) for column in range(width)] for index in range(len(grid.rows))]


def _tabbed(grid: Grid) -> str:
    return "\n".join("\t".join(_label(place) for place, _ in row) for row in _expanded(grid))


def _run_together(grid: Grid) -> str:
    """Return a table as copies print it from which every border is lost."""
    return "\n".join("".join(map(_label, row)) for row in grid.rows)


def _piped(grid: Grid) -> str:
    lines = [f"| {' | '.join(_label(place) for place, _ in row)} |" for row in _expanded(grid)]
    rule = "|" + "---|" * len(_expanded(grid)[0])
    return "\n".join((lines[0], rule, *lines[1:]))


def _html_table(grid: Grid) -> str:
    rows = ("".join(f"<td{_spans(place)}>{_marked(place)}</td>" for place in row) for row in grid.rows)
    return '<table border="1" cellspacing="0">\n' + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"


def _spans(place: Place) -> str:
    down = f' rowspan="{place.down}"' if place.down > 1 else ""
    return down + (f' colspan="{place.across}"' if place.across > 1 else "")


def _plain(blocks: Sequence[Block]) -> bytes:
    lines = (f"    {block.text}" if block.kind == "text" else block.text for block in blocks)
    return ("\n\n".join(lines) + "\n").encode()


def _markdown(blocks: Sequence[Block]) -> bytes:
    marks = {"title": "# ", "heading": "## "}
    return ("\n\n".join(marks.get(block.kind, "") + block.text for block in blocks) + "\n").encode()


def _page(blocks: Sequence[Block]) -> bytes:
    return _chrome("page", blocks).encode()


def _old_page(blocks: Sequence[Block]) -> bytes:
    return _chrome("old_page", blocks).encode("gb18030")


def _chrome(name: str, blocks: Sequence[Block]) -> str:
    tags = {"title": "h1", "heading": "h2"}
    body = "\n".join(
        block.text if block.kind == "table" else f"<{(tag := tags.get(block.kind, 'p'))}>{block.text}</{tag}>"
        for block in blocks
    )
    before, after = _around(name)
    return before.replace("{title}", blocks[0].text) + body + after


@cache
def _around(name: str) -> tuple[str, str]:
    before, after = facts("wording")["pages"][name].split("{report}")
    return before, after


def _word_table(grid: Grid) -> str:
    rows = ("".join(_word_cell(place, first=first) for place, first in row) for row in _word_rows(grid))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{properties}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _word_rows(grid: Grid) -> list[list[tuple[Place, bool]]]:
    """Return the rows with one cell for what reaches across, and one in every row for what reaches down."""
    rows = []
    for row in _expanded(grid):
        kept, column = [], 0
        while column < len(row):
            kept.append(row[column])
            column += row[column][0].across
        rows.append(kept)
    return rows


def _word_cell(place: Place, *, first: bool) -> str:
    across = f'<w:gridSpan w:val="{place.across}"/>' if place.across > 1 else ""
    restart = ' w:val="restart"' if first else ""
    down = f"<w:vMerge{restart}/>" if place.down > 1 else ""
    text = _marked(place) if first else ""
    return f"<w:tc><w:tcPr>{across}{down}</w:tcPr>{_paragraph(text)}</w:tc>"


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _word(blocks: Sequence[Block]) -> bytes:
    body = "".join(block.text if block.kind == "table" else _paragraph(block.text) for block in blocks)
    return _zipped("word", body)


def _sheet_rows(grid: Grid) -> str:
    rows = ("".join(_sheet_cell(_marked(place) if first else "") for place, first in row) for row in _expanded(grid))
    return "".join(f"<row>{row}</row>" for row in rows)


def _sheet_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _sheet(blocks: Sequence[Block]) -> bytes:
    rows = (block.text if block.kind == "table" else f"<row>{_sheet_cell(block.text)}</row>" for block in blocks)
    return _zipped("sheet", "".join(rows))


def _zipped(name: str, content: str) -> bytes:
    """Return the parts of an Office file as an archive without any time in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, text in facts("wording")["packages"][name].items():
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), text.replace("{content}", content))
    return stream.getvalue()
