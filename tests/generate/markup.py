"""Tables printed as HTML in every way in which pages print them, with what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from random import Random

from tests.generate.table import NBSP

Area = tuple[int, int, int, int]
_TEXTS = ("规章", "行政规范性文件", "一、本年新收", "157", "0", "1,234", "—", "/", "<1>", "A&B", "（一）予以公开", "")
_ENTITIES = {"规": "&#35268;", "政": "&#x653F;", "—": "&mdash;", NBSP: "&nbsp;"}
_INLINE = ("span", "font", "b", "strong", "u", "em", "o:p", "a")
_ATTRIBUTES = (
    "",
    ' class="x"',
    " width=57 nowrap",
    " style='border:none;width:5pt'",
    ' data-x="a>b <td>"',
    " onclick=\"f('<b>')\"",
)
_CHROME = (
    '<nav><a href="/">首页</a></nav>',
    "<script>if (a < b) { write('<p>x</p>'); }</script>",
    "<style>td > p { color: red }</style>",
    "<!-- <table><tr><td>9</td></tr></table> -->",
    '<div style="display:none">隐藏 999</div>',
    "<select><option>2016年</option><option>2017年</option></select>",
    "<footer>版权所有</footer>",
    "<noscript>请启用脚本</noscript>",
)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as a page prints it, and which text covers which rows and columns."""

    page: str
    areas: dict[Area, str]


def printed_table(random: Random) -> PrintedTable:
    """Draw a table with merged cells, some of them beside each other, and how it is printed."""
    rows, columns = random.randint(2, 6), random.randint(2, 6)
    areas: dict[Area, str] = {}
    while len({area[0] for area in areas}) == len(areas):
        areas = {area: random.choice(_TEXTS) for area in _areas(random, rows, columns)}
    body = _table(random, rows, areas)
    for _ in range(random.choice((0, 0, 1, 2))):
        body = f"<table><tbody><tr><td>{random.choice(('导航', ''))}</td><td>{body}</td></tr></tbody></table>"
    parts = [*random.sample(_CHROME, 3), "<p>前言</p>", body, "<p>结语</p>", *random.sample(_CHROME, 2)]
    page = _cased(random, "\n".join(parts))
    return PrintedTable(random.choice(("{}", "<html><body>{}</body></html>", "<form>{}</form>")).format(page), areas)


def _areas(random: Random, rows: int, columns: int) -> Iterator[Area]:
    """Yield areas that together cover a table, from left to right and downwards; each row begins one at least."""
    free = {(row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in free:
                wide = _reach(random, [(row, column + step) in free for step in range(columns - column)])
                high = 1 if column == 0 else _reach(random, [row + step < rows for step in range(rows - row)])
                free -= {(row + down, column + right) for down in range(high) for right in range(wide)}
                yield row, column, high, wide


def _reach(random: Random, free: list[bool]) -> int:
    """Return over how many places a cell stretches, seldom more than one."""
    most = (free.index(False) if False in free else len(free)) if not random.randrange(4) else 1
    return random.randint(1, most)


def _table(random: Random, rows: int, areas: dict[Area, str]) -> str:
    closes = random.randrange(3) > 0
    lines = []
    for row in range(rows):
        cells = [_cell(random, area, text, closes=closes) for area, text in sorted(areas.items()) if area[0] == row]
        lines.append(f"<tr{random.choice(_ATTRIBUTES)}>{_gap(random).join(cells)}{'</tr>' if closes else ''}")
    group = random.choice(("{}", "<tbody>{}</tbody>", "<colgroup><col span=2></colgroup><tbody>{}</tbody>"))
    return f"<table{random.choice(_ATTRIBUTES)}>{group.format(_gap(random).join(lines))}</table>"


def _gap(random: Random) -> str:
    return random.choice(("", "\n", "\n\t  ", "<!-- -->"))


def _cell(random: Random, area: Area, text: str, *, closes: bool) -> str:
    tag = random.choice(("td", "td", "th"))
    spans = _span(random, "rowspan", area[2]) + _span(random, "colspan", area[3])
    inner = random.choice(("{}", "<p>{}</p>", "<p>{}", "<div><p>{}</p></div>", "\n  {}\n")).format(
        _inline(random, text)
    )
    return f"<{tag}{random.choice(_ATTRIBUTES)}{spans}>{inner}{f'</{tag}>' if closes else ''}"


def _span(random: Random, name: str, count: int) -> str:
    if count == 1:
        return random.choice(("", "", f' {name}="1"', f" {name}=x", f' {name}="-3"'))
    return random.choice((f' {name}="{count}"', f" {name}={count}", f" {name}=' {count}px'"))


def _inline(random: Random, text: str) -> str:
    """Return a text in one piece, or with a tag around every character."""
    characters = [_ENTITIES.get(each, escape(each)) if random.randrange(2) else escape(each) for each in text]
    tag = random.choice(_INLINE)
    style = random.choice(_ATTRIBUTES)
    whole = "".join(f"<{tag}{style}>{each}</{tag}>" if random.randrange(2) else each for each in characters)
    return random.choice((whole, f"<{tag}{style}>{whole}</{tag}>", "".join(characters)))


def _cased(random: Random, page: str) -> str:
    """Return a page with its tags of tables in capitals, or as it is."""
    if random.randrange(4):
        return page
    for tag in ("table", "tbody", "tr", "td", "th", "p"):
        page = page.replace(f"<{tag}>", f"<{tag.upper()}>").replace(f"<{tag} ", f"<{tag.upper()} ")
    return page
