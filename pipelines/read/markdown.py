"""Markdown, as tools make it from PDF files and pictures: its tables are grids, its marks are no text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

from pipelines.model.document import Document, Grid
from pipelines.model.report import Unreadable
from pipelines.read.assembly import Assembly
from pipelines.read.cells import BLANK, SINGLE, place
from pipelines.read.encoding import decode
from pipelines.read.markup import Markup, read_markup

_RULE = re.compile(r"[ \t>]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++(?:[ \t]*+:?-++:?[ \t]*+)?")
_SHORT_DASHES = re.compile(r"(?<!-)-{1,2}(?!-)")
_CELL = re.compile(r"((?:[^|\\]|\\.|\\\Z)*+)(?:\||\Z)")
_TABLE_MARK = re.compile(r"<(/?)table(?=[\s>])[^>]*+>?", re.IGNORECASE)
_ROW_ENDS = re.compile(r"</t[dr]\s*+>", re.IGNORECASE)
_MARKS = re.compile(r"[ \t]*+(?:(?:>[ \t]?)++[ \t]*+)?(?:#{1,6}(?:[ \t]++|\Z)|[-*+][ \t]++(?=[^\d\s-]))?")
_CLOSING_MARKS = re.compile(r"[ \t]++#++[ \t]*+\Z")
_IMAGE = re.compile(r"!\[[^\]]{0,500}\]\([^()]{0,2000}\)")
_LINK = re.compile(r"\[([^\]]{1,500})\]\((?:https?:|mailto:|[/#.])[^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)")
_EMPHASIS = re.compile(r"(\*{1,3}|__|~~)(?=\S)((?:(?!\1).)*?\S)\1")
_BREAK = re.compile(r"<(?:br|/p|/div)\s*+/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:html|body|p|div|span|b|i|u|sup|sub|strong|em|font|center|img|a|hr)(?:\s[^<>]*+)?/?>", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(?:(?!-->)[\s\S]){0,5000}+-->")
_MATHS = re.compile(r"(?:(?<![\\$])\$|\\\()(?P<figure>[ ]?\d[ \d.,]{0,30}+)(?P<share>\\?%[ ]?)?(?:\$(?![\d$])|\\\))")
_CODE = re.compile(r"(?<!`)`++([^`]++)`++")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULER = re.compile(
    r"[ \t]*+(?:(?:\{\d{1,4}\})?(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|={2,}+[ \t]*+|(?:```|~~~).*+)"
)
_INVENTED = re.compile(r"(?:column|col|unnamed|header|field|列|字段)[ :_]*\d*(?:_level_\d+)?", re.IGNORECASE)
_FEWEST_BARS = 2
_MOST_CELLS = 1_500_000
_FRONT = "---"
_ENTRY = re.compile(r"[\w-]++[ \t]*+:|[ \t]|#|- |\Z")
_LONGEST_FRONT = 60


def read_markdown(data: bytes, media_type: str) -> Document:
    """Return the lines of a text without the marks of Markdown; its tables, with bars or in HTML, are grids.

    Places are `line N`, for cells with the number of the cell on that line. Raises Unreadable where the bytes are no
    text in any known encoding, or hold more cells than a report can have.
    """
    decoded = decode(data)
    cells = decoded.text.count("|") + decoded.text.count("\n")
    if cells > _MOST_CELLS:
        raise Unreadable("file-too-large", f"{cells:,} cells and lines; the limit is {_MOST_CELLS:,}")
    lines = _shown(decoded.text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    flow = _Flow()
    _read_lines(flow, lines)
    return flow.document(media_type, encoding=decoded.encoding, damage=decoded.damage)


def _shown(text: str) -> str:
    r"""Return a text without comments, on as many lines.

    >>> _shown("公开<!-- page\n1 -->12条")
    '公开\n12条'
    """
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


@dataclass(slots=True)
class _Flow(Assembly):
    """A document in the making, line by line."""

    def add_line(self, number: int, line: str) -> None:
        """Add a line of prose without its marks; two where it holds a break."""
        line = _CLOSING_MARKS.sub("", _MARKS.sub("", line, count=1)) if "#" in line else _MARKS.sub("", line, count=1)
        self._add([_plain(part) for part in _BREAK.split(line)], number)

    def add_rows(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        """Add the cells of a table with bars, row by row."""
        placed = place([[[SINGLE] * len(cells) for _, cells in rows]], len(self.texts))
        self.grids.append(Grid(tuple(placed), merges=False))
        for number, cells in rows:
            self.texts += cells
            self.places += [f"line {number} cell {cell}" for cell in range(1, len(cells) + 1)]

    def add_markup(self, number: int, markup: Markup) -> None:
        """Add what a table in HTML holds, which begins on some line."""
        shift = len(self.texts)
        for grid in markup.grids:
            moved = tuple(cell._replace(fragment=cell.fragment + shift) for cell in grid.cells)
            self.grids.append(replace(grid, cells=moved))
        places = [f"line {number}"] * len(markup.texts)
        for starts in markup.rows:
            for row, (first, after) in enumerate(pairwise(starts), start=1):
                places[first:after] = [f"line {number} row {row} cell {cell + 1}" for cell in range(after - first)]
        self.texts += markup.texts
        self.places += places

    def _add(self, texts: list[str], number: int) -> None:
        self.texts += texts
        self.places += [f"line {number}"] * len(texts)


def _read_lines(flow: _Flow, lines: list[str]) -> None:
    """Add lines to a flow, tables as such."""
    index = _after_front_matter(lines)
    while index < len(lines):
        line = lines[index]
        if "<" in line and (mark := _TABLE_MARK.search(line)) and not mark[1]:
            index = _add_html(flow, lines, index, mark.start())
        elif "|" in line and _opens_table(lines, index):
            index = _add_table(flow, lines, index)
        else:
            if not (line and _RULER.fullmatch(line)):
                flow.add_line(index + 1, line)
            index += 1


def _after_front_matter(lines: list[str]) -> int:
    """Return the number of lines that tell about the file and are none of its text."""
    if lines[0].rstrip() != _FRONT:
        return 0
    for index, line in enumerate(lines[1:_LONGEST_FRONT], start=1):
        if line.rstrip() == _FRONT:
            return index + 1
        if not _ENTRY.match(line):
            return 0
    return 0


def _opens_table(lines: list[str], index: int) -> bool:
    """Say whether a line with bars is the head of a table, the rule of one without a head, or a row of a piece of one.

    Tools leave out the rule where they cut a table at the end of a page.
    """
    if _is_rule(lines[index]):
        return True
    following = _next(lines, index)
    return _is_rule(following, short=True) or (_is_row(lines[index]) and _is_row(following))


def _next(lines: list[str], index: int) -> str:
    """Return the line after one, a single blank line passed over."""
    return next((line for line in lines[index + 1 : index + 3] if line.strip()), "")


def _is_row(line: str) -> bool:
    """Say whether a line begins and ends with a bar, with another between."""
    text = line.strip(" \t>")
    return len(text) > 1 and text[0] == "|" == text[-1] and text.count("|") > _FEWEST_BARS


def _is_rule(line: str, *, short: bool = False) -> bool:
    """Say whether a line is the rule below a head; one of single dashes may be a row of blanks except there."""
    return "-" in line and bool(_RULE.fullmatch(line)) and (short or not _SHORT_DASHES.search(line))


def _add_table(flow: _Flow, lines: list[str], index: int) -> int:
    """Add the table with bars that begins on a line and return the number of lines up to its end."""
    rows: list[tuple[int, list[str]]] = []
    ruled = False
    while index < len(lines) and "|" in lines[index]:
        line = lines[index]
        if _is_rule(line, short=not ruled and len(rows) == 1):
            ruled, rows = True, [row for row in rows if not _is_invented(row[1])]
        elif ruled and rows and _is_rule(_next(lines, index)):
            break
        else:
            rows.append((index + 1, _cells(line)))
        index += 2 if _goes_on(lines, index) else 1
    if rows:
        flow.add_rows(rows)
    return index


def _goes_on(lines: list[str], index: int) -> bool:
    """Say whether a table goes on after a blank line: with its rule, or with a row of as many cells that is no head."""
    if index + 2 >= len(lines) or lines[index + 1].strip() or "|" not in lines[index + 2]:
        return False
    line, following = lines[index], lines[index + 2]
    if _is_rule(line) or _is_rule(following):
        return _is_row(line) and _is_row(following)
    alike = _is_row(line) and _is_row(following) and len(_cells(line)) == len(_cells(following))
    return alike and not _is_rule(_next(lines, index + 2))


def _is_invented(cells: Sequence[str]) -> bool:
    """Say whether a head holds nothing but names that a tool gives to columns whose head it does not find."""
    return all(_INVENTED.fullmatch(cell) for cell in cells)


def _cells(line: str) -> list[str]:
    r"""Return the texts of a row's cells.

    >>> _cells(r"| **总计** | 1\|2 |  |")
    ['总计', '1|2', '\xa0']
    """
    inner = line.lstrip(" \t>").removeprefix("|").rstrip(" \t")
    parts = [match[1] for match in _CELL.finditer(inner)][:-1]
    return [_plain(_BREAK.sub(" ", part)) or BLANK for part in parts]


def _add_html(flow: _Flow, lines: list[str], index: int, start: int) -> int:
    """Add the table in HTML that begins within a line and return the number of lines up to its end.

    What stands behind it on its last line is left there.
    """
    before, lines[index] = lines[index][:start], lines[index][start:]
    if before.strip():
        flow.add_line(index + 1, before)
    end, within = _html_end(lines, index)
    written = "\n".join([*lines[index:end], lines[end][:within]])
    flow.add_markup(index + 1, read_markup(written.encode("utf-8", "replace")))
    lines[end] = lines[end][within:]
    return end if lines[end].strip() else end + 1


def _html_end(lines: list[str], index: int) -> tuple[int, int]:
    """Return the line and the place on it where the tables that begin on a line end; the last one if they never do."""
    depth = 0
    for end in range(index, len(lines)):
        marks = list(_TABLE_MARK.finditer(lines[end])) if "<" in lines[end] else []
        depth += sum(-1 if mark[1] else 1 for mark in marks)
        if depth <= 0:
            return end, marks[-1].end()
    last = next((line for line in range(len(lines) - 1, index, -1) if _ROW_ENDS.search(lines[line])), len(lines) - 1)
    return last, len(lines[last])


def _plain(text: str) -> str:
    r"""Return a text without marks: formulas, emphasis, links, pictures, tags, backslashes.

    >>> _plain(r"**1\. 本年** [网站](http://x.gov.cn) ![](a.png)")
    '1. 本年 网站'
    """
    if "$" in text or "\\(" in text:
        text = _MATHS.sub(_figure, text)
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "*" in text or "__" in text or "~~" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return (unescape(text).replace("\n", " ") if "&" in text else text).strip(" \t")


def _figure(match: re.Match[str]) -> str:
    """Return a figure that is set as a formula, in which spaces do not show: `$1 5 7$` is 157, `$0 0$` two noughts."""
    figure = match["figure"].strip()
    joined = figure if figure.startswith("0 ") else figure.replace(" ", "")
    return joined + ("%" if match["share"] else "")
