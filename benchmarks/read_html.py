"""A web page from bytes to a document, against the bare parse of the same bytes by the parser that it uses.

Pages are read as a run reads them: each once, one after the other, all with figures of their own.
"""

import random
import sys
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.measure import verdict
from benchmarks.read_report import stream
from pipelines.read.document import read_document

REPORT = Path(__file__).resolve().parents[2] / "shared" / "reports" / "2019_shanghai-bgt_embedded.html"
LIMIT = 3.0
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


def compare(name: str, data: bytes, limit: float) -> bool:
    """Print the time of a page and its ratio; say whether it is within the limit."""
    pages = [data.replace(b"2019", str(number).encode()) for number in range(1000, 1000 + PAGES)]
    stream(pages[:20], LexborHTMLParser, read_document)
    bare, whole = stream(pages[20:], LexborHTMLParser, read_document)
    size = f"{len(data):,} bytes, {data.count(b'<'):,} tags"
    print(f"{name}: {size}; parse {bare * 1e6:.0f} µs, read {whole * 1e6:.0f} µs")
    return verdict(f"{name}: document / parse", whole / bare, limit)


def main() -> int:
    """Print the ratios, the second for a page that is hardly more than tables; 1 where one is above its limit."""
    kept = [compare("generated page", page(), LIMIT)]
    if REPORT.exists():
        kept.append(compare(REPORT.name, REPORT.read_bytes(), LIMIT))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
