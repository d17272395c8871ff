"""Markdown to fragments and grids; text that only looks like it is left alone."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.document import read_document

SHUYANG = Path(__file__).resolve().parents[4] / "shared" / "reports" / "2025_shuyang-county_ocrmd.txt"
HEAD = "# 某县政府信息公开年度报告"
SECONDS = 30


def read(*lines: str) -> Document:
    return read_document("\n".join((HEAD, *lines)).encode())


def said(document: Document) -> list[tuple[str, str]]:
    return [(text, document.places[index]) for index, text in enumerate(document.texts)][1:]


def rows(document: Document) -> list[list[list[str]]]:
    """Return the texts of every grid, row by row."""
    return [
        [
            [document.texts[cell.fragment] for cell in grid.cells if cell.row == row]
            for row in range(grid.cells[-1].row + 1)
        ]
        for grid in document.grids
    ]


def test_a_table_is_a_grid_with_the_place_of_every_cell() -> None:
    document = read("| 规章 | 件 |", "|---|:--:|", "| 一 | 2 |", "完")
    assert document.media_type == "text/markdown"
    assert rows(document) == [[["规章", "件"], ["一", "2"]]]
    assert said(document) == [
        ("规章", "line 2 cell 1"),
        ("件", "line 2 cell 2"),
        ("一", "line 4 cell 1"),
        ("2", "line 4 cell 2"),
        ("完", "line 5"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a | b", "--|--", "1 | 2"], [[["a", "b"], ["1", "2"]]]),
        (["|a|b|", "|-|-|", "|-|-|", "|1|"], [[["a", "b"], ["-", "-"], ["1"]]]),
        (
            ["|a|b|", "|---|---|", r"|1\|2|x<br>y|", "|**3**||||"],
            [[["a", "b"], ["1|2", "x y"], ["3", *["\u00a0"] * 3]]],
        ),
        (["|---|---|", "|1|2|"], [[["1", "2"]]]),
        (
            ["|a|b|", "|---|---|", "|1|2|", "|c|d|", "|---|---|", "|3|4|"],
            [[["a", "b"], ["1", "2"]], [["c", "d"], ["3", "4"]]],
        ),
        (["|a|b|", "|---|---|", "|1|2|", "", "x | y", "|3|4|"], [[["a", "b"], ["1", "2"]]]),
        (["  | a | b |  ", "  | --- | ---: |", "  | 1 | 2 |"], [[["a", "b"], ["1", "2"]]]),
        (["> | a | b |", "> |---|---|", "> | 1 | 2 |"], [[["a", "b"], ["1", "2"]]]),
        (["|a|b|", "", "|---|---|", "", "|1|2|", "", "|3|4|"], [[["a", "b"], ["1", "2"], ["3", "4"]]]),
        (
            ["|a|b|", "|---|---|", "|1|2|", "", "|c|d|", "|---|---|", "|3|4|"],
            [[["a", "b"], ["1", "2"]], [["c", "d"], ["3", "4"]]],
        ),
        (
            ["|a|b|", "|---|---|", "|1|2|", "- 3 -", "|3<br>4|5|", "|6|7|"],
            [[["a", "b"], ["1", "2"]], [["3 4", "5"], ["6", "7"]]],
        ),
        (["|Column 1|Unnamed: 1|", "|---|---|", "|1|2|"], [[["1", "2"]]]),
        (["<table><tr><td>1</td><td>2</td></tr></table>"], [[["1", "2"]]]),
        (["x<TABLE>", "<tr><td>1</td>", "<td>2</td></tr>", "</TABLE>y"], [[["1", "2"]]]),
        (["<table><tr><td>1<td>2</table><table><tr><td>3<td>4</table>"], [[["1", "2"]], [["3", "4"]]]),
        (["<table><tr><td>1</td><td>2</td></tr>", "", "完"], [[["1", "2"]]]),
        (["<html><body><table><tr><td>1</td><td>2</td></tr></table></body></html>"], [[["1", "2"]]]),
        (["|a|b|", "|---|---|", "|$1$|$2 3$|", r"|\( 4 \)|$0 0$|"], [[["a", "b"], ["1", "23"], ["4", "0 0"]]]),
        (["|a|b|", "|---|---|", "|1|2|<!-- 9 -->", "<!-- page 2 -->", "|3|4|"], [[["a", "b"], ["1", "2"], ["3", "4"]]]),
    ],
)
def test_tables(lines: list[str], expected: list[list[list[str]]]) -> None:
    assert rows(read(*lines)) == expected


def test_a_comment_over_several_lines_is_none_of_the_text() -> None:
    told = said(read("前<!-- 收到", "9件 -->后", "## 完"))
    assert told == [("前", "line 2"), ("后", "line 3"), ("完", "line 4")]


def test_tables_in_html_lead_to_the_line_where_they_begin() -> None:
    document = read("前<table><tr><td>1</td>", "<td>2</td></tr></table>后", "完")
    assert said(document) == [
        ("前", "line 2"),
        ("1", "line 2 row 1 cell 1"),
        ("2", "line 2 row 1 cell 2"),
        ("后", "line 3"),
        ("完", "line 4"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## 一、总体情况 ##", ["一、总体情况"]),
        ("**一是**强化*流程*管控", ["一是强化流程管控"]),
        (r"1\. 属于\[国家\]秘密", ["1. 属于[国家]秘密"]),
        ("- 收到申请5件", ["收到申请5件"]),
        (r"收到 $1 5 7$ 件,占 $9 8.5 \%$", ["收到 157 件,占 98.5%"]),
        ("由$5到$6,或$5 $6", ["由$5到$6,或$5 $6"]),
        ("<html><body>完</body></html>", ["完"]),
        ("- 3 -", ["- 3 -"]),
        ("* 5", ["* 5"]),
        ("> 引用", ["引用"]),
        ("图<!-- 9 -->", ["图"]),
        ('见[网站](http://www.x.gov.cn/a?b=1 "t")公开', ["见网站公开"]),
        ("国办公开办函[2021](30号)", ["国办公开办函[2021](30号)"]),
        ("![图](a.png)", [""]),
        ("一<br>二", ["一", "二"]),
        ("<div align=center>标题</div>", ["标题", ""]),
        ("A&amp;B&nbsp;`c` 3*4*5", ["A&B\u00a0c 345"]),
        ("---", []),
        ("第#1号", ["第#1号"]),
    ],
)
def test_marks_are_no_text(line: str, expected: list[str]) -> None:
    document = read("| a | b |", "|---|---|", line)
    assert list(document.texts[3:]) == expected


def test_front_matter_is_no_text() -> None:
    document = read_document("---\ntitle: 报告\nyear: 2020\n---\n# 政府信息公开\n| a | b |\n|---|---|".encode())
    assert document.texts == ("政府信息公开", "a", "b")
    assert document.places[0] == "line 5"


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开\n| 指标 | 统计数 |\n| --- | --- |\n| 规章 | 1 |\n",
        "\ufeff指标 | 统计数\r\n:--|--:\r\n政府信息公开 | 1\r\n",
        "政府信息公开\n|---|---|\n| 规章 | 1 |",
        "政府信息公开\n# 一、总体情况\n收到**5**件",
        "<!-- image -->\n\n# 政府信息公开\n\n## 一、总体情况\n收到5件",
        "<div>\n\n| 政府信息公开 | 1 |\n|---|---|\n</div>",
    ],
)
def test_markdown_is_told_by_its_tables_or_by_its_marks(text: str) -> None:
    assert read_document(text.encode()).media_type == "text/markdown"


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开\n| 规章 | 1 |\n| 规范性文件 | 2 |\n",
        "# 政府信息公开\n规章 | 1\n- - -\n",
        "政府信息公开\n|--|--|\n",
    ],
)
def test_plain_text_with_bars_stays_plain(text: str) -> None:
    document = read_document(text.encode())
    assert (document.media_type, document.texts) == ("text/plain", tuple(text.split("\n")))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("|a|b|\n|---|---|\n" + "|1|2" * 500_000, id="a long row"),
        pytest.param("|a|b|\n" + "|---|---|\n" * 200_000, id="many rules"),
        pytest.param("|a|b|\n|---|---|\n" + "|" * 1_000_000, id="many bars"),
        pytest.param("|a|b|\n|---|---|\n|" + "\\" * 1_000_001, id="many backslashes"),
        pytest.param("|a|b|\n|---|---|\n" + "[" * 300_000 + "**a " * 100_000 + "__b ~~" * 100_000, id="open marks"),
        pytest.param("|a|b|\n|---|---|\n" + "![" * 3_000 + "](" * 3_000 + "`" * 300_000, id="open links"),
        pytest.param("|a|b|\n|---|---|\n" + "*" * 300_000 + "_" * 300_000 + "~" * 300_000, id="many marks"),
        pytest.param("|a|b|\n|---|---|\n" + "#" * 300_000 + " #" * 300_000 + "x", id="many hashes"),
        pytest.param("|a|b|\n|---|---|\n" + "*" * 3 + "a** b* " * 100_000, id="mixed marks"),
        pytest.param("|a|b|\n|---|---|\n" + "<p " * 100_000, id="open tags"),
        pytest.param("x\n" + "<table>\n" * 100_000, id="open tables"),
        pytest.param("x\n" + "<table></table>" * 30_000, id="tables on a line"),
        pytest.param("x\n" + "<table></table>\n" * 30_000, id="tables on lines"),
        pytest.param("|a|b|\n|---|---|\n" + "- " * 500_000 + "> " * 500_000, id="a long ruler"),
    ],
)
def test_hostile_text_is_read_or_refused_in_time(text: str) -> None:
    start = time.perf_counter()
    with suppress(Unreadable):
        read(text)
    assert time.perf_counter() - start < SECONDS


@pytest.mark.skipif(not SHUYANG.exists(), reason="the real report is not here")
def test_a_real_report() -> None:
    document = read_document(SHUYANG.read_bytes())
    assert len(document.grids) == 19
    assert rows(document)[0][1:] == [["规章", "0", "0", "0"], ["行政规范性文件", "6", "1", "32"]]
    assert document.texts[0] == "沐阳县人民政府 2025 年 政府信息公开工作年度报告"
