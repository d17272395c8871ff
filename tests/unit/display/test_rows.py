"""Rows for people and programs."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipelines.display.lines import finding_line
from pipelines.display.rows import Format, render, width

ROWS = [
    {"name": "佳木斯市前进区", "value": Decimal("1011.0000"), "day": date(2018, 3, 16)},
    {"name": "a", "value": None, "day": None},
]


def test_chinese_columns_are_aligned() -> None:
    lines = render(("name", "value"), ROWS, Format.TABLE).splitlines()
    assert {width(line) for line in lines[:3]} == {len("佳木斯市前进区") * 2 + 2 + len("value")}


def test_marks_that_take_no_room_and_wide_signs_are_aligned() -> None:
    names = [
        "e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}",
        "Ａ１",
        "각",
        "𠮷野",
        "①“引”",
        "ก็",
        "x\N{VARIATION SELECTOR-16}",
    ]
    lines = render(("name", "n"), [{"name": name, "n": 1} for name in names], Format.TABLE).splitlines()
    assert len({width(line) for line in lines}) == 1
    assert [width(name) for name in names] == [3, 4, 2, 4, 5, 1, 1]


def test_signs_that_turn_the_direction_of_a_line_are_not_printed() -> None:
    told = render(("name",), [{"name": "\u202e公开\u200f\u2066"}], Format.TABLE)
    assert not {"\u202e", "\u200f", "\u2066"} & set(told)


def test_a_pile_of_marks_is_cut() -> None:
    pile = "a" + "\N{COMBINING ACUTE ACCENT}" * 10_000
    assert len(render(("name",), [{"name": pile}], Format.TABLE)) < 1_000


def test_json_keeps_types() -> None:
    told = json.loads(
        render(
            ("name", "value", "day"), [{**ROWS[0], "day": datetime.fromisoformat("2018-03-16T16:23:00")}], Format.JSON
        )
    )
    assert told["rows"] == [{"name": "佳木斯市前进区", "value": 1011, "day": "2018-03-16T16:23:00"}]


def test_json_takes_whatever_a_query_returns() -> None:
    row = {"value": [timedelta(days=1), {"a": Decimal("1.0")}, float("inf"), b"x"]}
    assert json.loads(render(("value",), [row], Format.JSON))["rows"] == [
        {"value": ["1 day, 0:00:00", {"a": 1}, "inf", "b'x'"]}
    ]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_csv_comes_back_as_it_was(texts: list[str]) -> None:
    texts = [text.replace("\r", "") for text in texts]
    found = list(csv.DictReader(io.StringIO(render(("text", "n"), [{"text": t, "n": 1} for t in texts], Format.CSV))))
    assert [row["text"] for row in found] == texts


@given(st.text(max_size=200))
def test_a_hostile_cell_stays_on_one_bounded_line(text: str) -> None:
    lines = render(("text",), [{"text": text}], Format.TABLE).split("\n")
    assert len(lines) == 3
    assert width(lines[2]) <= 64


def test_a_finding_is_a_compiler_line() -> None:
    finding = {
        "verdict": "broken",
        "severity": "error",
        "rule": "s14_staff_sum",
        "message_zh": "不等",
        "message_en": "no",
    }
    assert finding_line("a.txt", finding, ["line 3", "line 5"]) == "a.txt:3: error s14_staff_sum: 不等 | no [line 5]"
    doubtful = finding | {"verdict": "cannot_tell"}
    assert finding_line("a.txt", doubtful, []) == "a.txt: doubt s14_staff_sum: 不等 | no"
