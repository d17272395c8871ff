"""A web page from bytes to a document, against the bare parse of the same bytes by the parser that it uses.

Pages are read as a run reads them: each once, one after the other, all with figures of their own. More are named on
the command line. Each is read twice over: on a heap as it comes, where a bare parse may pay for fresh memory each time,
which halves the ratio or leaves it with no change of code; then on a heap that keeps what it is given back, and that
ratio has the limit.

Three times the bare parse is not reached. Of the 4.2 times that a page of prose and tables takes, one is the parse
and 0.3 the decoding with the test that it is Chinese. The rest is asked of the tree, which has no call for many nodes
at once: 0.5 what is hidden, 0.4 the tags that end no block, 0.2 whether cells were lost, 0.7 the cells with their texts
and spans, 0.2 their places, the rest limits, lines kept, paragraphs and spaces. A page of hardly more than tables, with
a cell to every 130 bytes, takes five times. Its markup written out again by the tree, to be read in one go, costs 0.8
before anything is read of it.

Others do less in more: in the same multiples lxml takes 2.9 to 3.2 for its parse alone and 5.0 to 5.7 with the bare
texts of cells, hidden ones among them and spans unread; pandas.read_html takes 20 to 27 for the tables without prose.
"""

import ctypes
import random
import sys
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.measure import verdict
from benchmarks.read_report import stream
from pipelines.read.document import read_document

REPORT = Path(__file__).resolve().parents[2] / "shared" / "reports" / "2019_shanghai-bgt_embedded.html"
LIMIT, LIMIT_OF_TABLES = 4.8, 6.0
_TRIM_THRESHOLD, _MAP_THRESHOLD = -1, -3
SIZE = 60_000
PAGES = 200
_CELL = '<td width="57" valign="center" style="width:43.00pt;border:1.0000pt solid windowtext;padding:0 5.4pt">'
_SPAN = '<span style="font-family:仿宋_GB2312;font-size:16.0000pt;line-height:150%">'
_SENTENCE = "2019年，本机关通过政府网站主动公开政府信息{}条，受理政府信息公开申请{}件，均按时办结。"


def page(size: int = SIZE) -> bytes:
    """Return a page as a content management system prints it: menus, scripts, prose in spans, tables of figures."""
    chance = random.Random(2019)  # noqa: S311 - figures of a benchmark
    parts = [_head(), _menu(40)]
    while sum(map(len, parts)) < size:
        parts += [_prose(chance, 3), _table(chance, rows=8, columns=8)]
    return "".join([*parts, _menu(20), "</body></html>"]).encode()


def _head() -> str:
    style = "".join(f".menu{number}{{color:#333;float:left;width:{number}px}}\n" for number in range(60))
    script = "".join(f"var counter{number} = document.getElementById('id{number}');\n" for number in range(40))
    title = "某县人民政府2019年政府信息公开工作年度报告"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
        f"<body><script>{script}</script><!-- content --><h1>{title}</h1>"
    )


def _menu(items: int) -> str:
    item = '<li class="item"><a href="/zwgk/{0}/index.html" target="_blank">栏目{0}</a></li>'
    lines = (item.format(number) for number in range(items))
    return f'<div class="menu"><ul>{"".join(lines)}</ul></div>'


def _prose(chance: random.Random, count: int) -> str:
    sentences = (_SENTENCE.format(chance.randint(1, 999), chance.randint(1, 99)) for _ in range(count))
    return "".join(f'<p style="text-indent:32pt">{_SPAN}{sentence * 2}</span></p>\n' for sentence in sentences)


def _table(chance: random.Random, rows: int, columns: int) -> str:
    cells = (f"{_CELL}<p>{_SPAN}{chance.randint(0, 99)}</span></p></td>" for _ in range(rows * columns))
    lines = (f"<tr>{''.join(next(cells) for _ in range(columns))}</tr>\n" for _ in range(rows))
    return f'<table border="1"><tbody>{"".join(lines)}</tbody></table>'


def seconds(data: bytes) -> tuple[float, float]:
    """Return the median times of the bare parse and of the reading of many pages like one."""
    pages = [data.replace(b"2019", str(number).encode()) for number in range(1000, 1000 + PAGES)]
    stream(pages[:20], LexborHTMLParser, read_document)
    bare, whole = stream(pages[20:], LexborHTMLParser, read_document)
    return bare, whole


def compare(name: str, data: bytes, limit: float) -> bool:
    """Print the time of a page and its ratio; say whether it is within the limit."""
    bare, whole = seconds(data)
    print(f"{name}: parse {bare * 1e6:.0f} µs, read {whole * 1e6:.0f} µs")
    return verdict(f"{name}: document / parse", whole / bare, limit)


def keep_memory() -> None:
    """Let the heap keep memory that is freed, where the system's allocator can be told so."""
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    for threshold in (_TRIM_THRESHOLD, _MAP_THRESHOLD) if tell else ():
        tell(threshold, 1 << 27)


def main(*names: str) -> int:
    """Print the ratios, those of named pages after that of one that is made; 1 where one is above its limit."""
    paths = filter(Path.exists, map(Path, names or (REPORT,)))
    pages = [("generated page", page(), LIMIT), *((path.name, path.read_bytes(), LIMIT_OF_TABLES) for path in paths)]
    for name, data, _ in pages:
        bare, whole = seconds(data)
        print(f"{name}: {len(data):,} bytes, {data.count(b'<'):,} tags; {whole / bare:.1f} × on a heap as it comes")
    keep_memory()
    kept = [compare(*each) for each in pages]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
