"""What the dashboard asks of a warehouse, put to a few rows."""

from collections.abc import Iterator

import pytest

from pipelines.sql.statements import statements
from tests.unit.sql.desk import Desk, desk


@pytest.fixture
def table() -> Iterator[Desk]:
    with desk() as made:
        made.put("quality.run", ({"run_id": f"r{day}", "finished_at": f"2026-11-{day:02d}"} for day in range(1, 6)))
        yield made


def rule_runs(table: Desk, **counts: list[int | None]) -> None:
    """Let rules answer in runs from the first on; None where a run keeps no answer of it."""
    for rule, broken in counts.items():
        rows = ({"run_id": f"r{day}", "rule": rule, "broken": count} for day, count in enumerate(broken, start=1))
        table.put("quality.rule_run", (row for row in rows if row["broken"] is not None))


def begun(table: Desk) -> list[tuple[object, ...]]:
    return table.answers("dashboard.broken_since", "id, run_id, at_latest")


def test_a_rule_is_broken_since_the_run_after_the_last_that_met_it(table: Desk) -> None:
    rule_runs(table, a=[1, 0, 2, 3, 1], b=[4, 4, 4, 4, 4], c=[1, 1, 1, 1, 0])
    assert begun(table) == [("a", "r3", False), ("b", "r1", False)]


def test_a_rule_without_an_answer_did_not_fail_in_that_run(table: Desk) -> None:
    rule_runs(table, a=[1, None, 2, 3, 1], always=[0, 0, 0, 0, 0])
    assert begun(table) == [("a", "r3", False)]


def test_runs_that_kept_no_answers_leave_open_whether_it_began_before(table: Desk) -> None:
    rule_runs(table, a=[None, None, 2, 3, 1], b=[None, None, 0, 3, 1])
    assert begun(table) == [("a", "r3", True), ("b", "r4", False)]


def test_an_expectation_is_followed_as_a_rule_is(table: Desk) -> None:
    rows = [("e", 2, "broken"), ("e", 4, "broken"), ("e", 5, "broken"), ("f", 4, "cannot_tell"), ("f", 5, "broken")]
    table.put(
        "quality.expectation",
        ({"run_id": f"r{day}", "suite": "s", "expectation": name, "verdict": said} for name, day, said in rows),
    )
    assert begun(table) == [("s.e", "r2", True), ("s.f", "r5", False)]


def test_what_is_not_asked_any_more_is_not_broken(table: Desk) -> None:
    table.put("quality.expectation", [{"run_id": "r4", "suite": "s", "expectation": "e", "verdict": "broken"}])
    assert begun(table) == []


def test_a_point_of_a_series_leads_to_the_first_of_its_figures(table: Desk) -> None:
    report = table.report("b", 2022)
    table.figures(report, "format_2021", {"requests.new": 7, "results.granted": 3, "requests.carried_in": None})
    table.make("mart.series")
    asked = statements("dashboard")["dashboard.place_of_bodies"].text.replace("$bodies::VARCHAR[]", "['b']")
    found = table.rows(f"SELECT concept, time_period, indicator, breakdown, source, occurrence FROM ({asked})")
    assert ("new_requests", 2022, "requests.new", "total", "table", 1) in found
    valued = table.rows("SELECT concept FROM mart.series WHERE value IS NOT NULL")
    assert {concept for concept, *_ in found} == {concept for (concept,) in valued}


def test_a_broken_answer_knows_the_current_report_of_the_year_before(table: Desk) -> None:
    table.report("b", 2020, report_id="old", is_current=False)
    for year in (2020, 2021):
        table.report("b", year)
    answers = (
        {"finding_id": str(year), "report_id": f"b-{year}", "body_id": "b", "report_year": year}
        for year in (2020, 2021)
    )
    table.put("quality.finding", ({**row, "verdict": "broken", "severity": "error"} for row in answers))
    assert table.answers("dashboard.broken_sum", "report_id, report_before") == [("b-2020", None), ("b-2021", "b-2020")]
