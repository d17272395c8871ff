"""Jumps: scores computed by hand, and what is never one move."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from tests.unit.sql.desk import Desk, desk


@pytest.fixture
def table() -> Iterator[Desk]:
    with desk() as made:
        yield made


def series(table: Desk, values: Sequence[object], body: str = "b", first: int = 2021) -> None:
    table.put("core.body", [{"body_id": body, "kind": "government", "level": "county", "resolved": True}])
    for year, value in enumerate(values, first):
        table.figures(table.report(body, year), "format_2021", {"requests.new": value})


def jumps(table: Desk, columns: str, where: str = "body_id = 'b'") -> list[tuple[Any, ...]]:
    table.make("mart.series")
    table.make("mart.jump")
    return table.rows(f"SELECT {columns} FROM mart.jump WHERE {where} ORDER BY body_id, time_period")


def test_a_move_unlike_the_others_of_its_series_is_a_jump(table: Desk) -> None:
    series(table, [99, 109, 99, 109, 99, 1099])
    found = jumps(table, "time_period, own_moves, own_score, verdict, culprit")
    move, up = math.log(1100 / 100), math.log(110 / 100)
    median, deviations = 0.0, 1.4826 * up
    noise = math.sqrt(1 / 1100 + 1 / 100)
    score = round((move - median) / max(deviations, noise, 0.1), 2)
    assert [(row[0], row[3]) for row in found] == [
        (2022, "holds"), (2023, "holds"), (2024, "holds"), (2025, "holds"), (2026, "broken"),
    ]  # fmt: skip
    assert (found[-1][1], float(found[-1][2]), found[-1][4]) == (4, score, "publisher")


def test_the_spread_of_a_steady_series_is_not_nought_and_small_counts_are_noisy(table: Desk) -> None:
    series(table, [0, 0, 0, 0, 0, 4])
    score = round(math.log(5) / math.sqrt(1 + 1 / 5), 2)
    assert jumps(table, "own_score::DOUBLE, verdict")[-1] == (score, "holds")


def test_what_is_expected_brackets_the_ordinary(table: Desk) -> None:
    series(table, [999] * 6)
    width = 3.5 * 0.1
    low, high = 1000 * math.exp(-width) - 1, 1000 * math.exp(width) - 1
    (found,) = jumps(table, "expected_low::DOUBLE, expected_high::DOUBLE", "time_period = 2026")
    assert found == pytest.approx((low, high), abs=1e-3)


def test_a_short_series_without_peers_is_asked_for_a_factor_of_ten_only(table: Desk) -> None:
    series(table, [100, 500, 6000, None, 5])
    assert jumps(table, "time_period, own_score, verdict, culprit") == [
        (2022, None, "cannot_tell", "unknown"),
        (2023, None, "broken", "publisher"),
    ]


def test_a_figure_that_was_cut_makes_the_reading_the_likely_culprit(table: Desk) -> None:
    series(table, [100, (6000, "split")])
    assert jumps(table, "verdict, culprit") == [("broken", "reading")]


def test_peers_that_move_alike_make_no_jump(table: Desk) -> None:
    for number in range(20):
        series(table, [100, 100, 100, 100, 100, 900 + number], body=f"p{number}")
    series(table, [100, 100, 100, 100, 100, 905])
    assert jumps(table, "peers, verdict", "body_id = 'b' AND time_period = 2026") == [(21, "holds")]


def test_one_that_moves_unlike_its_peers_is_a_jump_even_in_its_second_year(table: Desk) -> None:
    for number in range(20):
        series(table, [100, 100 + number], body=f"p{number}")
    series(table, [100, 900])
    assert jumps(table, "own_moves, peers, verdict") == [(0, 21, "broken")]


def test_nothing_is_one_move_over_a_gap_a_break_a_scope_or_part_of_a_year(table: Desk) -> None:
    table.put("core.body", [{"body_id": "b", "kind": "government"}])
    said: dict[int, dict[str, Any]] = {
        2019: {},
        2020: {"coverage": "own"},
        2021: {"coverage": "own"},
        2023: {"coverage": "aggregate"},
        2024: {"coverage": "own"},
        2025: {"coverage": "own", "period_start": date(2025, 5, 1)},
    }
    for year, frame in said.items():
        form = "format_2019" if year < 2021 else "format_2021"
        table.figures(table.report("b", year, **frame), form, {"requests.new": 10 ** (year - 2018)})
    assert jumps(table, "time_period") == [(2020,)]


def test_a_known_error_is_mended_before_a_jump_is_asked_for(table: Desk) -> None:
    series(table, [100, 10000])
    row = {"body_id": "b", "report_year": 2022, "time_period": 2022, "indicator": "requests.new", "breakdown": "total"}
    row |= {"source": "table", "occurrence": 1, "report_id": "b-2022", "state": "applies"}
    table.put("core.correction", [row | {"printed": 10000, "believed": 100}])
    assert jumps(table, "after, verdict") == [(100, "cannot_tell")]


def test_only_jumps_are_told(table: Desk) -> None:
    series(table, [100, 500, 6000])
    jumps(table, "verdict")
    columns = "report_id, indicator, before, expected, found, culprit"
    assert table.answers("across.jump", columns) == [("b-2023", "requests.new", "500", "?", "6000", "publisher")]
