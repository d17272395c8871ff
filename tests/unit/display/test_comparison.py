"""What differs between two builds, as people and programs see it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipelines.display.comparison import comparison_json, comparison_lines
from pipelines.display.rows import width
from pipelines.model.comparison import Comparison, Section

FIGURE = {
    "kind": "value",
    "indicator": "disclosure.via_website",
    "breakdown": "total",
    "old_value": Decimal("403.0000"),
    "new_value": Decimal("4030.0000"),
    "old_unit": "条",
    "new_unit": "条",
    "old_status": "reported",
    "new_status": "reported",
    "relative_percent": Decimal("900.0"),
    "body": "某县人民政府",
    "time_period": 2017,
    "source": "table",
    "path": "2017/x.txt",
    "old_locator": "line 1",
    "new_locator": "line 2",
}


def lines(*sections: Section) -> list[str]:
    return list(comparison_lines(Comparison(old="a.duckdb", new="b.duckdb", sections=sections)))


def shown(**said: Any) -> str:
    """Return the one line of a figure, its cells parted by bars."""
    kind = str(said.get("kind", "value"))
    _, _, _, line, *_ = lines(Section(name="figure", kinds={kind: 1}, rows=(FIGURE | said,)))
    return " | ".join(filter(None, line.split("  "))).strip()


def test_nothing_differs() -> None:
    assert lines(Section(name="figure", kinds={}, rows=())) == ["a.duckdb → b.duckdb：没有差异 | no differences"]


def test_a_section_has_a_title_aligned_rows_and_what_is_left_out() -> None:
    rows = (FIGURE, FIGURE | {"kind": "lost", "new_value": None, "new_status": "blank", "relative_percent": None})
    title, head, rule, first, second, more, blank, summary = lines(
        Section(name="figure", kinds={"value": 2, "lost": 21}, rows=rows)
    )
    assert title == (
        "同一文件，读法不同的数 | figures of the same bytes, read otherwise：23"
        "（数值改变 another value 2，成空 became blank 21）"
    )
    assert " ".join(head.split()) == (
        "变化 change 数值 value 单位 unit 变动 % 状态 status 机关 body 年度 year 指标 indicator"
        " 出处 source 文件 file 位置 place"
    )
    assert {width(line[: line.index("条")]) for line in (first, second)} == {width(head[: head.index("单位")])}
    assert set(rule) == {"─", " "}
    assert more == "  … 另有 21 | 21 more"
    assert blank == ""
    assert summary == "a.duckdb → b.duckdb：有差异 differences：同一文件，读法不同的数 23"


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        (
            {},
            [
                "403 → 4030",
                "条",
                "+900.0",
                "reported",
                "line 1 → line 2",
                "政府网站公开政府信息数 disclosure.via_website",
            ],
        ),
        ({"new_value": None, "new_status": "unreadable"}, ["403 → —", "reported → unreadable"]),
        ({"old_value": None, "relative_percent": None}, ["— → 4030"]),
        ({"kind": "came", "old_value": None, "old_locator": None}, ["新有 came", "4030", "line 2"]),
        ({"kind": "gone", "new_value": None, "new_locator": None}, ["失去 gone", "403", "line 1"]),
        ({"new_value": Decimal("402.5000"), "relative_percent": Decimal("-0.1")}, ["403 → 402.5", "-0.1"]),
        ({"indicator": "cases.review", "breakdown": "upheld"}, ["cases.review[upheld]"]),
        ({"indicator": "from.another.version"}, ["from.another.version"]),
    ],
)
def test_cells(said: dict[str, Any], cells: list[str]) -> None:
    line = shown(**said)
    assert [cell for cell in cells if cell not in line] == []
    if said.get("kind") in {"came", "gone"}:
        assert "—" not in line


def test_a_finding_about_no_figure_names_none() -> None:
    row = {"kind": "new", "severity": "error", "rule": "r", "verdict": "broken", "body": None, "report_year": 2017}
    cells = {"indicator": None, "breakdown": None, "expected": "=\n3", "found": "5", "path": None}
    *_, line, _, _ = lines(Section(name="finding", kinds={"new": 1}, rows=(row | cells,)))
    assert line.split() == ["新出现", "new", "error", "r", "broken", "2017", "=", "3", "5"]


def test_what_cannot_be_compared_is_not_the_same_as_nothing() -> None:
    first, blank, summary = lines(Section(name="growth", kinds={}, rows=(), not_compared=("mart.yoy",)))
    assert first == ("增长率 | growth over the year before：未比较，双方不都有 | not compared, not in both：mart.yoy")
    assert (blank, summary) == (
        "",
        "a.duckdb → b.duckdb：没有差异 | no differences；有的未能比较 | some things could not be compared",
    )


def test_one_object_for_programs() -> None:
    row = {"rank": 1, "kind": "came", "old_published_at": None, "new_published_at": date(2018, 1, 2), "forms": ["f"]}
    made = Section(name="report", kinds={"came": 3}, rows=(row,), not_compared=("core.report.forms",))
    found = comparison_json(Comparison(old="a", new="b", sections=(made,)))
    assert json.loads(json.dumps(found)) == {
        "old": "a",
        "new": "b",
        "different": True,
        "complete": False,
        "sections": {
            "report": {
                "total": 3,
                "kinds": {"came": 3},
                "not_compared": ["core.report.forms"],
                "rows": [
                    {
                        "rank": 1,
                        "kind": "came",
                        "old_published_at": None,
                        "new_published_at": "2018-01-02",
                        "forms": ["f"],
                    }
                ],
            }
        },
    }
