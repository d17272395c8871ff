"""The tree of a web page, pruned until every element that is left ends a block of text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.model.report import Unreadable
from pipelines.read.script import HOLDS_TABLE, written_pages

LINE_BREAK = "\v"
"""What stands in a tree for the end of a line in text that keeps its lines."""

_BLOCKS = (
    "html head body frameset noframes section article main div p br hr h1 h2 h3 h4 h5 h6 hgroup blockquote center "
    "address ul ol li dl dt dd menu dir pre listing xmp plaintext form fieldset legend figure figcaption details "
    "summary dialog search table caption thead tbody tfoot tr td th"
)
_DROPPED = "audio button canvas datalist iframe noscript object select style svg template title video"
# What these hold is kept where the second is in it.
_CHROME = {"nav": "table", "aside": "table", "footer": "table", "header": "table,h1,h2,h3,h4"}
_WRITERS = ("script", "textarea")
# The number of a footnote, or one struck out, never becomes digits of the figure beside it.
_APART = ("sup", "sub", "s", "strike", "del")
_CHARACTER_DATA = re.compile(r"\[CDATA\[([\s\S]*)\]\]")
_MAY_HIDE = '[hidden],[style*="none" i]'
_HIDES = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_KEEPS_LINES = 'pre,listing,xmp,plaintext,[style*="white-space:pre" i],[style*="white-space: pre" i]'
_CELL_TAG = re.compile(rb"(?=</?(?:td|th|tr)[\s>])", re.IGNORECASE)
# Twice as fast as `bytes.count`, which does not leap from bracket to bracket.
_CELL_OPENS, _CELL_OPENS_IN_CAPITALS = re.compile(rb"<td"), re.compile(rb"<TD")

_MOST_TAGS = 300_000
_MANY_TAGS = 20_000
_SOME_TAGS = 2_000
_DEEPEST = 1_000
_TAG = re.compile(rb"<(/?)([a-z][^\s/>]*+)")
_UNNESTED = frozenset(
    b"p li dt dd td th tr thead tbody tfoot option optgroup rp rt br hr img input meta link col colgroup base area "
    b"embed param source track wbr body html head".split()
)
# A parser opens these again in every block that follows when they were not closed: a short page becomes an endless one.
_REOPENED = re.compile(rb"<(/?)(?=(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tree:
    """A pruned page, the title of its window, and whether a table was cut out because it is hidden."""

    parser: LexborHTMLParser
    title: str
    hides_table: bool


def bounded(raw: bytes) -> bytes:
    """Return markup that a parser reads in proportion to its length. Raises Unreadable where there is too much."""
    tags = raw.count(b"<")
    if tags <= _SOME_TAGS:
        return raw
    if tags > _MOST_TAGS:
        raise Unreadable("file-too-large", f"{tags:,} tags; the limit is {_MOST_TAGS:,}")
    if tags > _MANY_TAGS and (depth := _depth(raw)) > _DEEPEST:
        raise Unreadable("nested-too-deeply", f"{depth:,} tags within each other; the limit is {_DEEPEST:,}")
    return _REOPENED.sub(rb"<\1x-", raw)


def _depth(raw: bytes) -> int:
    """Return how many tags are open at once at most, closing tags taken for the nearest of their name."""
    depth = deepest = 0
    still_open: dict[bytes, int] = {}
    for closing, name in _TAG.findall(raw.lower()):
        count = still_open.get(name, 0)
        if not closing and name not in _UNNESTED:
            still_open[name] = count + 1
            depth += 1
            deepest = max(deepest, depth)
        elif closing and count:
            still_open[name] = count - 1
            depth -= 1
    return deepest


def pruned_tree(raw: bytes, *, hidden: bool) -> Tree:
    """Return the tree of a page, with what it hides where that is wanted; see `bounded` for the markup."""
    parser = _parsed(raw)
    window = parser.css_first("head > title")
    title = window.text() if window else ""
    hides_table = not hidden and _drop_hidden(parser)
    if parser.root:
        _prune(parser.root)
    if b"white-space" in raw or parser.css_first("pre"):
        _mark_lines(parser)
    parser.merge_text_nodes()
    return Tree(parser, title, hides_table)


def _parsed(raw: bytes) -> LexborHTMLParser:
    """Return the tree of some markup; cells that stand in no table, whose tags a parser drops, do not run together."""
    parser = LexborHTMLParser(raw, scripting=True)
    written = _CELL_OPENS.findall(raw) or _CELL_OPENS_IN_CAPITALS.findall(raw)
    lost = len(written) > len(parser.css("td"))
    return LexborHTMLParser(_CELL_TAG.sub(b"<br>", raw), scripting=True) if lost else parser


def _drop_hidden(parser: LexborHTMLParser) -> bool:
    """Take out what a page does not show; say whether there was a table in it."""
    hides = False
    for node in filter(_is_hidden, parser.css(_MAY_HIDE)):
        hides = hides or node.css_first("table") is not None or bool(HOLDS_TABLE.search(node.text()))
        node.decompose()
    return hides


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attrs
    return "hidden" in attributes or bool(_HIDES.search(attributes.sget("style") or ""))


def _prune(root: LexborNode) -> None:
    """Take out of a tree what is no text of the page, and the tags that end no block of text."""
    for node in [node for node in root.traverse() if node.tag_id not in _BLOCK_TAGS]:
        if treat := _TREATMENTS.get(node.tag_id):
            treat(node)
        else:
            node.unwrap(delete_empty=True)


def _set_apart(node: LexborNode) -> None:
    node.insert_before(" ")
    node.insert_after(" ")
    node.unwrap(delete_empty=True)


def _drop_unless(node: LexborNode, *, kept: str) -> None:
    if node.css_first(kept) is None:
        node.decompose()


def _write(node: LexborNode) -> None:
    """Put the tables that a script or a text field holds in its place."""
    written = node.text()
    if not HOLDS_TABLE.search(written):
        node.decompose()
        return
    kind = (node.attrs.sget("type") or "") if node.tag == "script" else "text/html"
    block = node.parser.create_node("div")
    markup = "".join(f"<div>{page}</div>" for page in written_pages(written, kind))
    block.inner_html = bounded(markup.encode("utf-8", "replace")).decode()
    _prune(block)
    node.replace_with(block, move=True)


def _drop_comment(node: LexborNode) -> None:
    """Take out a comment; a section of character data is text."""
    if match := _CHARACTER_DATA.fullmatch(node.comment_content or ""):
        node.insert_before(match[1])
    node.decompose()


def _tag_id(tag: str) -> int:
    """Return the number by which a tree knows a tag; it is compared far faster than the name."""
    return LexborHTMLParser("").create_node(tag).tag_id


_BLOCK_TAGS = frozenset(map(_tag_id, _BLOCKS.split()))
_COMMENT = next(LexborHTMLParser("<p><!---->").css("p")[0].iter()).tag_id
_TREATMENTS: dict[int, Callable[[LexborNode], None]] = {
    _COMMENT: _drop_comment,
    **{_tag_id(tag): LexborNode.decompose for tag in _DROPPED.split()},
    **{_tag_id(tag): partial(_drop_unless, kept=kept) for tag, kept in _CHROME.items()},
    **dict.fromkeys(map(_tag_id, _WRITERS), _write),
    **dict.fromkeys(map(_tag_id, _APART), _set_apart),
}


def _mark_lines(parser: LexborHTMLParser) -> None:
    """Mark the line breaks of text that keeps them."""
    marked: set[int] = set()
    for block in parser.css(_KEEPS_LINES):
        for node in list(block.traverse(include_text=True)) if block.mem_id not in marked else ():
            marked.add(node.mem_id)
            if node.is_text_node and "\n" in (written := node.text_content or ""):
                node.replace_with(written.replace("\n", LINE_BREAK))
