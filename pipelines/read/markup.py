"""HTML to fragments and grids, whatever file it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.model.document import Grid
from pipelines.read.cells import BLANK, SINGLE, Span, place
from pipelines.read.tree import LINE_BREAK, Tree, bounded, pruned_tree

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_NUMBER = re.compile(r"\s*+\+?([0-9]{1,9})")
# No text of a tree holds the first character of these.
_END, _BLOCK_END, _TABLE = "\0", "\0\n", "\0\0"
_SPACES = "\t\n\f\r "
_MOST_COLUMNS = 100
_LONG_CELL = 300
_LEAST_TITLE = 8
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Markup:
    """What some markup holds: its fragments, its grids, and for each the fragments with which its rows begin.

    `rows` holds at the end of each grid the fragment after it; `titled` says that the first fragment is the title of
    the window, which the page itself does not print.
    """

    texts: tuple[str, ...]
    grids: tuple[Grid, ...]
    rows: tuple[tuple[int, ...], ...]
    titled: bool = False


def read_markup(encoded: bytes) -> Markup:
    """Return what HTML in UTF-8 holds that can be seen; where no table can be seen, what is hidden as well.

    Scripts that write tables are read as what they write. Raises Unreadable where the markup is too large or nests too
    deeply.
    """
    raw = bounded(encoded)
    tree = pruned_tree(raw, hidden=False)
    markup = _read(tree)
    return _read(pruned_tree(raw, hidden=True)) if tree.hides_table and not markup.grids else markup


@dataclass(slots=True)
class _Table:
    """A table taken out of its page: the texts of its cells by row, their spans by group of rows."""

    rows: list[list[str]]
    groups: list[list[list[Span]]]


@dataclass(slots=True)
class _Flow:
    """Fragments in the order of the page, with the grids among them."""

    texts: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)

    def add_prose(self, blocks: str) -> None:
        """Add blocks of text, each line of those that keep their lines."""
        lines = blocks.replace(LINE_BREAK, _BLOCK_END).split(_BLOCK_END)
        self.texts.extend(line for line in lines if line.strip(_SPACES))

    def add_table(self, table: _Table) -> None:
        """Add the cells of a table and its grid."""
        first = len(self.texts)
        self.rows.append(tuple(accumulate(map(len, table.rows), initial=first)))
        self.grids.append(Grid(tuple(place(table.groups, first))))
        self.texts.extend(chain.from_iterable(table.rows))

    def markup(self, *, titled: bool) -> Markup:
        """Return what was gathered, every run of space as one, no space at the ends of a fragment."""
        whole = _one_space(_END.join(self.texts).replace(LINE_BREAK, " ")).strip(" ")
        whole = whole.replace(f" {_END}", _END).replace(f"{_END} ", _END)
        texts = [text or BLANK for text in whole.split(_END)] if self.texts else []
        return Markup(tuple(texts), tuple(self.grids), tuple(self.rows), titled)


def _read(tree: Tree) -> Markup:
    """Return the fragments of a tree, in its order; under the title of its window where the page does not print it."""
    root = tree.parser.root
    tables = [*_cut_tables(tree.parser)][::-1]
    prose = root.text(separator=_BLOCK_END, skip_empty=True).split(_TABLE) if root else [""]
    markup = _gather(prose, tables, _Flow()).markup(titled=False)
    title = _one_space(tree.title).strip()
    if not 0 < len(title) <= _LONGEST_TITLE or any(_same_title(text, title) for text in markup.texts):
        return markup
    return _gather(prose, tables, _Flow([title])).markup(titled=True)


def _gather(prose: list[str], tables: list[_Table], flow: _Flow) -> _Flow:
    """Return a flow with the tables of a page added to it and the prose before, between and after them."""
    flow.add_prose(prose[0])
    for table, blocks in zip(tables, prose[1:], strict=True):
        flow.add_table(table)
        flow.add_prose(blocks)
    return flow


def _one_space(text: str) -> str:
    """Return a text with one space for every run of them, as pages are shown; other kinds of space are kept."""
    for character in "\t\n\f\r":
        if character in text:
            text = text.replace(character, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _same_title(text: str, title: str) -> bool:
    return title in text or (len(text) >= _LEAST_TITLE and text in title)


def _cut_tables(parser: LexborHTMLParser) -> Iterator[_Table]:
    """Yield the tables of data from last to first, inner ones first; a mark is left where the rows of each stood."""
    spans = {node.mem_id: _span(node) for node in parser.css("[rowspan],[colspan]")}
    within = {node.mem_id for node in parser.css("table table")}
    layouts: set[int] = set()
    for element in reversed(parser.css("table")):
        groups = [group for group in element.iter() if group.tag in _GROUPS]
        cells = [[list(row.iter()) for row in group.iter()] for group in groups]
        if element.mem_id in layouts or not any(len(row) > 1 for rows in cells for row in rows):
            continue
        if element.mem_id in within:
            layouts.update(_around(element))
        texts = [[cell.text(separator=" ") for cell in row] for rows in cells for row in rows]
        if _is_data(texts, nests=bool(within and element.css_first("table table"))):
            placed = [[_spans(row, spans) for row in rows] for rows in cells]
            _cut(groups)
            yield _Table(texts, placed)


def _around(element: LexborNode) -> Iterator[int]:
    """Yield the elements in which a table stands: a table around a table of several columns only lays out the page."""
    parent = element.parent
    while parent is not None:
        yield parent.mem_id
        parent = parent.parent


def _is_data(rows: list[list[str]], *, nests: bool) -> bool:
    """Say whether a table holds data: no cell is long prose, or there is as much around it and no table inside."""
    lengths = [*map(len, chain.from_iterable(rows))]
    return max(lengths) <= (_LONG_CELL if nests else max(_LONG_CELL, sum(lengths) // 2))


def _cut(groups: list[LexborNode]) -> None:
    """Take all groups of rows out of a table, whole; a mark is left where the first of them stood."""
    groups[0].replace_with(_TABLE)
    for group in groups[1:]:
        group.decompose(recursive=False)


def _spans(row: list[LexborNode], spans: dict[int, Span]) -> list[Span]:
    return [spans.get(cell.mem_id, SINGLE) for cell in row] if spans else [SINGLE] * len(row)


def _span(node: LexborNode) -> Span:
    attributes = node.attributes
    return _written_span(attributes.get("rowspan"), attributes.get("colspan"))


@lru_cache(maxsize=256)
def _written_span(rows: str | None, columns: str | None) -> Span:
    """Return a span as attributes tell it; `SINGLE` itself where it is one.

    >>> _written_span("2", " 3 columns"), _written_span("-1", "0") is SINGLE, _written_span("0", None)
    (Span(rows=2, columns=3), True, Span(rows=0, columns=1))
    """
    span = Span(_number(rows), min(_number(columns) or 1, _MOST_COLUMNS))
    return SINGLE if span == SINGLE else span


def _number(written: str | None) -> int:
    """Return the number with which an attribute begins; 1 where it is none.

    >>> _number("2"), _number(" 3 rows"), _number("-1"), _number(None)
    (2, 3, 1, 1)
    """
    match = _NUMBER.match(written or "")
    return int(match[1]) if match else 1
