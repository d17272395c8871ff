"""Web pages to fragments and grids, whatever their markup is like."""

import time
from pathlib import Path
from random import Random

import pytest

from pipelines.model.document import Document, Grid
from pipelines.model.report import Unreadable
from pipelines.read.document import read_document
from tests.generate.markup import printed_table

SHANGHAI = Path(__file__).resolve().parents[4] / "shared" / "reports" / "2019_shanghai-bgt_embedded.html"
SECONDS = 30
CHINESE = f"<!--{'政府信息公开的年' * 10}-->"
TABLE = "<table><tr><td>1<td>2</table>"


def read(page: str) -> Document:
    return read_document((CHINESE + page).encode())


def reason(page: str) -> str:
    """Return why a page is not read, "" where it is."""
    try:
        read(page)
    except Unreadable as refused:
        return refused.reason
    return ""


def texts(page: str) -> list[str]:
    return list(read(page).texts)


def areas(document: Document, grid: Grid) -> dict[tuple[int, int, int, int], str]:
    return {(cell.row, cell.column, cell.rows, cell.columns): document.texts[cell.fragment] for cell in grid.cells}


def test_a_table_says_the_same_in_every_shape() -> None:
    for seed in range(1_500):
        printed = printed_table(Random(seed))
        document = read(printed.page)
        expected = {area: text or "\u00a0" for area, text in printed.areas.items()}
        assert (seed, [areas(document, grid) for grid in document.grids]) == (seed, [expected])
        assert (seed, document.texts[0], document.texts[-1]) == (seed, "前言", "结语")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>统<b>计</b><span>期<o:p></o:p></span>限</p>", ["统计期限"]),
        ("<p>2017<st1:chsdate year='2017'>年</st1:chsdate>度", ["2017年度"]),
        ("<p>统<!-- x -->计<![if !x]>期<![endif]>限", ["统计期限"]),
        ("<p><![CDATA[统计]]>期限", ["统计期限"]),
        ("<p>一<br>二<br/>三</p>四<div>五</div>六", ["一", "二", "三", "四", "五", "六"]),
        ("<ul><li>一<li>二</ul><dl><dt>三<dd>四</dl><h2>五</h2>六", ["一", "二", "三", "四", "五", "六"]),
        ("<p>\n  一\n\t 二  三\n</p>\n\n", ["一 二 三"]),
        ("<p>　　一&nbsp;&nbsp;二</p><p>&nbsp;</p>", ["　　一\u00a0\u00a0二", "\u00a0"]),
        ("<p>公\u200b开&#8203;&amp;&lt;&#x4E00;", ["公\u200b开\u200b&<一"]),
        ("<pre>一\n  二\n\n三</pre>", ["一", "二", "三"]),
        ("<PRE>一\n二</PRE>", ["一", "二"]),
        ('<div style="white-space: pre-wrap">一\n二</div>', ["一", "二"]),
        ("<p>一</p><script>var a = '<p>x</p>';</script><style>p{}</style><p>二", ["一", "二"]),
        ("<p>一<iframe src=x></iframe><svg><text>x</text></svg><button>打印</button><select><option>2017", ["一"]),
        ("<p>一<p hidden>x<p style='color:red;DISPLAY: none'>y", ["一"]),
        ("<nav>x</nav><header><img><a>y</a></header><footer>z</footer><aside>w</aside><p>一", ["一"]),
        ("<header><h1>某县年度报告</h1></header><form><p>一</p></form>", ["某县年度报告", "一"]),
        ("<p>一<textarea>x</textarea><input value=y>", ["一"]),
    ],
)
def test_blocks_are_fragments(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


@pytest.mark.parametrize("before", ["", "前"])
@pytest.mark.parametrize("between", ["", "&#0;", "间", "<table><tr><td>版面</table>"])
@pytest.mark.parametrize("after", ["", "后"])
def test_tables_stand_where_the_page_has_them(before: str, between: str, after: str) -> None:
    split = "<table><thead><tr><td>3<td>4<tbody><tr><td>5<td>6<tfoot><tr><td>7<td>8</table>"
    document = read(before + TABLE + between + split + after)
    cells = [[document.texts[cell.fragment] for cell in grid.cells] for grid in document.grids]
    assert cells == [["1", "2"], ["3", "4", "5", "6", "7", "8"]]
    middle = between.replace("&#0;", "\ufffd").removeprefix("<table><tr><td>").removesuffix("</table>")
    assert list(document.texts) == [*filter(None, (before, *cells[0], middle, *cells[1], after))]


def test_places_lead_to_paragraphs_and_cells() -> None:
    document = read(f"<p>一</p>{TABLE}<p>二</p><table><caption>三</caption><tr><tr><td>3<td>4</table>")
    assert {text: document.places[index] for index, text in enumerate(document.texts)} == {
        "一": "paragraph 1",
        "1": "table 1 row 1 cell 1",
        "2": "table 1 row 1 cell 2",
        "二": "paragraph 2",
        "三": "paragraph 3",
        "3": "table 2 row 2 cell 1",
        "4": "table 2 row 2 cell 2",
    }


def test_the_title_of_the_window_is_read_where_the_page_does_not_print_it() -> None:
    page = "<title>某县2019年政府信息公开工作年度报告_某县政府网</title>"
    document = read(page + "<p>一、概述")
    assert document.texts == ("某县2019年政府信息公开工作年度报告_某县政府网", "一、概述")
    assert [document.places[0], document.places[1]] == ["title", "paragraph 1"]
    assert texts(page + "<p>某县2019年政府信息公开工作年度报告") == ["某县2019年政府信息公开工作年度报告"]


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td>菜单<td>{TABLE}</table>",
        f"<table><tr><td>菜单<tr><td>{'长' * 2000}<td>短</table>{TABLE}",
        f"<table><tr><td>一列<tr><td>二</table>{TABLE}",
    ],
)
def test_a_table_that_lays_out_a_page_is_no_grid(page: str) -> None:
    document = read(page)
    assert [areas(document, grid) for grid in document.grids] == [{(0, 0, 1, 1): "1", (0, 1, 1, 1): "2"}]


def test_tables_of_one_cell_within_cells_do_not_lay_out_a_page() -> None:
    document = read("<table><tr><td>规章<td><table><tr><td>1</table><td><table><tr><td></table></table>")
    assert [areas(document, grid) for grid in document.grids] == [
        {(0, 0, 1, 1): "规章", (0, 1, 1, 1): "1", (0, 2, 1, 1): "\u00a0"}
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td rowspan=0>1<td>2<tr><td>3", {(0, 0, 2, 1): "1", (0, 1, 1, 1): "2", (1, 1, 1, 1): "3"}),
        ("<tr><td rowspan=999999999>1<td>2", {(0, 0, 1, 1): "1", (0, 1, 1, 1): "2"}),
        ("<tr><td colspan=0>1<td colspan=999999999>2", {(0, 0, 1, 1): "1", (0, 1, 1, 100): "2"}),
        (
            "<thead><tr><th rowspan=5>1<th>2<tbody><tr><td>3<td>4",
            {(0, 0, 1, 1): "1", (0, 1, 1, 1): "2", (1, 0, 1, 1): "3", (1, 1, 1, 1): "4"},
        ),
        (
            "<tr><td>1<td rowspan=2>2<tr><td colspan=2>3<td>4",
            {(0, 0, 1, 1): "1", (0, 1, 2, 1): "2", (1, 0, 1, 2): "3", (1, 2, 1, 1): "4"},
        ),
        ("<tr><td><p>商业</p>\n<p>企业</p><td>1<br>2", {(0, 0, 1, 1): "商业 企业", (0, 1, 1, 1): "1 2"}),
        ("<tr><td>&nbsp;<td>", {(0, 0, 1, 1): "\u00a0", (0, 1, 1, 1): "\u00a0"}),
        ("<tr><td><ul><li>1<li>2</ul><td><pre>a\nb</pre>", {(0, 0, 1, 1): "1 2", (0, 1, 1, 1): "a b"}),
    ],
)
def test_cells_take_the_places_that_a_browser_gives_them(rows: str, expected: dict[object, str]) -> None:
    document = read(f"<p>前<table>{rows}</table>")
    assert [areas(document, grid) for grid in document.grids] == [expected]


@pytest.mark.parametrize(
    "page",
    [
        r'<script>document.write("<p>一<\/p><table><tr><td>1<\/td><td>2<\/td><\/tr><\/table>")</script>',
        "<script>document.write('<p>一</p><table>');\ndocument.writeln('<td>1</td>' + \"<td>2</table>\");</script>",
        "<script>var s = '<p>一</p>';\n s += '<table><tr><td>1</td>';\n s += '<td>2</td></table>'; // don't\n</script>",
        '<script type="application/json">{"id": 7, "body": "<p>\\u4e00\\u003ctable\\u003e<td>1<td>2"}</script>',
        "<script type=text/plain><p>一<table><tr><td>1<td>2</table></script>",
        "<script type=text/xml><record><![CDATA[<p>一<table><tr><td>1<td>2</table>]]></record></script>",
        "<textarea>&lt;p&gt;一&lt;table&gt;&lt;td&gt;1&lt;td&gt;2</textarea>",
        "<script>f(`<p>一\n<table><tr><td>1<td>2</table>`, `<p>一\n<table><tr><td>1<td>2</table>`)</script>",
        "<script>html = '&lt;p&gt;一&lt;table&gt;&lt;td&gt;1&lt;td&gt;2'</script>",
        f'<div style="display:none">一{TABLE}</div>',
        '<textarea style="display: none">&lt;p&gt;一&lt;table&gt;&lt;td&gt;1&lt;td&gt;2</textarea>',
    ],
)
def test_tables_that_a_script_writes_or_a_page_hides_are_read(page: str) -> None:
    document = read(f"<div>{page}</div><p>完")
    assert document.texts == ("一", "1", "2", "完")
    assert [len(grid.cells) for grid in document.grids] == [2]


def test_cells_outside_a_table_do_not_run_together() -> None:
    assert texts("<tr><td>申请</td><td>15</td><td>7</td></tr>") == ["申请", "15", "7"]
    assert texts(f"<p>x</p>{TABLE}</table><tr><td>15</td><td>7</td></tr>") == ["x", "1", "2", "15", "7"]


@pytest.mark.parametrize(
    "page",
    [
        *(
            pytest.param(f"<{tag}>" * 100_000, id=f"100,000 {tag}")
            for tag in ("div", "table", "span", "ul><li", "b><p")
        ),
        *(pytest.param(f"<{tag}>" * 900 + "x", id=f"900 {tag}") for tag in ("div", "table><tr><td", "span", "b")),
        pytest.param("<p>" + "".join(f"<b id={n}>" for n in range(9_000)) + "</p>" + "<p>x" * 9_000, id="open formats"),
        pytest.param("<table><tr>" + "<td rowspan=999999999 colspan=999999999>1" * 20_000, id="huge spans"),
        pytest.param(("<table>" + "<tr><td>1<td>2" * 10_000), id="unclosed rows"),
        pytest.param("<" * 10_000_000, id="ten million brackets"),
        pytest.param("<p " + "x" * 10_000_000, id="a tag without end"),
        pytest.param("<p title='" + "x" * 10_000_000 + "'>一", id="a huge attribute"),
        pytest.param("<p>" + "公开 " * 5_000_000, id="a long text"),
        pytest.param("<p>" + " " * 10_000_000, id="wide space"),
        pytest.param("<p>" + "<!--" * 1_000_000, id="open comments"),
        pytest.param("<script>" + "'\\" * 1_000_000 + "<table", id="open strings"),
        pytest.param("<script>" + '"<table>" + \'' * 100_000, id="many strings"),
        pytest.param(
            "<script>var a = '" + "\\u003cdiv\\u003e" * 100_000 + "\\u003ctable'</script>", id="a deep string"
        ),
        pytest.param("<pre>" * 19_000 + "a\n" * 100_000, id="19,000 pre"),
        pytest.param("<div hidden>" * 19_000 + "公开" * 1_000_000, id="19,000 hidden"),
        pytest.param("<title>" + "x" * 1_000_000 + "</title>" + "<p>政府信息公开报告" * 100_000, id="a long title"),
        pytest.param("<table><td>" + "<div>" * 900 + "<table><td>1<td>2</table>" * 20_000, id="many tables"),
        pytest.param("<p>\0\0一" + "\0" * 1_000_000, id="null bytes"),
    ],
)
def test_hostile_pages_are_read_or_refused_in_time(page: str) -> None:
    start = time.perf_counter()
    assert reason(page) in {"", "file-too-large", "nested-too-deeply", "empty-file", "unknown-encoding"}
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("seed", range(40))
def test_spoilt_pages_are_read_with_fragments_of_one_line(seed: int) -> None:
    random = Random(seed)
    page = printed_table(random).page
    for _ in range(8):
        start = random.randrange(len(page))
        page = (
            page[:start] + random.choice(("", "<", ">", '"', "</table>", "<td>")) + page[start + random.randrange(5) :]
        )
    document = read(f"<p>某县</p>{page}")
    cells = [cell.fragment for grid in document.grids for cell in grid.cells]
    assert len(cells) == len(set(cells))
    assert not any(character in text for text in document.texts for character in "\n\r")
    assert all(document.texts)
    assert len({document.places[index] for index in range(len(document.texts))}) == len(document.texts)


@pytest.mark.skipif(not SHANGHAI.exists(), reason="the real report is not here")
def test_a_real_page() -> None:
    document = read_document(SHANGHAI.read_bytes())
    assert [len(grid.cells) for grid in document.grids] == [53, 198, 34]
    assert document.texts[0] == "2019年上海市人民政府办公厅政府信息公开工作年度报告"
    row = areas(document, document.grids[1])
    assert (row[3, 3, 1, 1], row[3, 5, 1, 1], row[3, 9, 1, 1]) == ("821", "\u00a0", "859")
