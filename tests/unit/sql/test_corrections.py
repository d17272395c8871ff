"""Known errors of publishers in the tables: what is printed stays, what is believed stands beside it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sql.desk import Desk, desk


@pytest.fixture
def table() -> Iterator[Desk]:
    with desk() as made:
        yield made


def correct(table: Desk, year: int, figure: str, printed: int, believed: int | None, **said: Any) -> None:
    """Give a known error and make core.correction of all that are given."""
    indicator, _, breakdown = figure.removesuffix("]").partition("[")
    row = {"line": 2, "body_id": "b", "report_year": year, "time_period": year, "indicator": indicator}
    row |= {"breakdown": breakdown or "total", "source": "table", "occurrence": 1, "reason_zh": "错", "reason_en": "e"}
    table.give("core.correction", [row | {"printed": printed, "believed": believed, "evidence": "seen"} | said])
    table.make("core.correction")


def states(table: Desk) -> list[tuple[Any, ...]]:
    return table.rows("SELECT state, report_id, found FROM core.correction")


def test_a_known_error_applies_where_it_is_printed(table: Desk) -> None:
    table.figures(table.report("b", 2022), "format_2021", {"requests.new": 120})
    correct(table, 2022, "requests.new", 120, 210)
    assert states(table) == [("applies", "b-2022", 120)]
    assert table.answers("check.known_error", "expected, found, locators") == [("210", "120", ["line 1"])]


@pytest.mark.parametrize(("printed", "found"), [(121, 120), (120, None)])
def test_it_is_stale_where_something_else_is_printed(table: Desk, printed: int, found: int | None) -> None:
    table.figures(table.report("b", 2022), "format_2021", {"requests.new": found})
    correct(table, 2022, "requests.new", printed, 210)
    assert states(table) == [("stale", "b-2022", found)]
    assert table.answers("check.known_error", "found") == []


def test_it_is_stale_where_the_figure_is_gone_and_waits_for_a_report(table: Desk) -> None:
    table.report("b", 2022)
    correct(table, 2022, "requests.new", 120, 210)
    assert states(table) == [("stale", "b-2022", None)]
    table.clear("core.correction")
    correct(table, 2023, "requests.new", 120, 210)
    assert states(table) == [("waits", None, None)]


def test_a_version_that_is_not_current_is_not_asked(table: Desk) -> None:
    table.figures(table.report("b", 2022, is_current=False), "format_2021", {"requests.new": 120})
    correct(table, 2022, "requests.new", 120, 210)
    assert states(table) == [("waits", None, None)]


def three_years(table: Desk, believed: int | None) -> None:
    for year, value in ((2021, 100), (2022, 120), (2023, 168)):
        table.figures(table.report("b", year), "format_2021", {"requests.new": value})
    correct(table, 2022, "requests.new", 120, believed)


def test_a_series_keeps_what_is_printed_and_shows_what_is_believed(table: Desk) -> None:
    three_years(table, 210)
    table.make("mart.series")
    query = "SELECT value, believed, corrected FROM mart.series WHERE concept = 'new_requests' ORDER BY time_period"
    assert table.rows(query) == [(100, 100, False), (120, 210, True), (168, 168, False)]


def test_parts_of_a_concept_are_mended_before_they_are_added(table: Desk) -> None:
    parts = {"replies_2014.granted": 30, "replies_2014.already_public": 12}
    table.figures(table.report("b", 2015), "stat_2014", parts)
    correct(table, 2015, "replies_2014.granted", 30, 31)
    table.make("mart.series")
    assert table.rows("SELECT value, believed, corrected FROM mart.series") == [(42, 43, True)]


@pytest.mark.parametrize(
    ("believed", "growth"),
    [
        (210, [("first_year", None, None), ("known_error", None, 110), ("known_error", None, -20)]),
        (None, [("first_year", None, None), ("known_error", None, None), ("known_error", None, None)]),
    ],
)
def test_no_growth_is_computed_out_of_a_known_error(table: Desk, believed: int | None, growth: object) -> None:
    three_years(table, believed)
    table.make("mart.conflict")
    table.make("mart.yoy")
    columns = "reason, growth_percent, believed_growth_percent"
    assert table.rows(f"SELECT {columns} FROM mart.yoy ORDER BY time_period") == growth
    assert table.rows("SELECT value, change FROM mart.yoy WHERE time_period = 2023") == [(168, None)]


@pytest.mark.parametrize(("believed", "culprit"), [(4, "known"), (5, "publisher"), (None, "publisher")])
def test_a_broken_carry_over_that_closes_with_what_is_believed_says_so(
    table: Desk, believed: int | None, culprit: str
) -> None:
    table.figures(table.report("b", 2022), "format_2021", {"requests.carried_out": 3})
    table.figures(table.report("b", 2023), "format_2021", {"requests.carried_in": 4})
    correct(table, 2022, "requests.carried_out", 3, believed)
    assert table.answers("check.continuity", "verdict, expected, found, culprit") == [("broken", "3", "4", culprit)]
