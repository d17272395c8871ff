"""What the pages say, computed from rows."""

from decimal import Decimal

import pytest

from pipelines.dashboard.bodies import findings_about, main_source
from pipelines.dashboard.charts import spark
from pipelines.dashboard.completeness import form_breaks, matrix
from pipelines.dashboard.grid import Grid
from pipelines.dashboard.history import courses, rules_by_run
from pipelines.dashboard.overview import failing_checks, key_figures, verdict
from pipelines.dashboard.sums import BrokenSum, broken_sums, reports_of
from pipelines.dashboard.text import number, plain, shown, signed
from pipelines.dashboard.words import catalogue
from tests.unit.dashboard.site_rows import (
    BODIES,
    FIGURES,
    body,
    cells,
    channel,
    covered,
    expectation,
    figure,
    finding,
    overview,
    rule_run,
    run,
    since,
)


def test_checks_that_fail_come_worst_first() -> None:
    found = failing_checks(overview())
    assert [(check.id, check.severity, check.failed) for check in found] == [
        ("t3_balance.total", "error", 1),
        ("source-conflict", "warning", 3),
        ("s.e", "warning", 1),
    ]
    assert [check.change for check in found] == ["−3", "+3", "±0"]


def test_a_check_has_its_course_and_the_day_since_which_it_fails() -> None:
    found = {check.id: check for check in failing_checks(overview())}
    assert found["s.e"].course.answers == ("holds", "broken", "broken")
    assert found["s.e"].since == since("expectation", "s.e", 13)
    assert found["t3_balance.total"].course.counts == (0, 4, 1)
    assert found["t3_balance.total"].since_year == 2019


def test_what_no_run_has_kept_is_not_taken_for_nought() -> None:
    rows = overview(rule_run=(rule_run(14, "t3_balance.total", 1),))
    check = next(each for each in failing_checks(rows) if each.id == "t3_balance.total")
    assert (check.course.counts, check.change) == ((None, None, 1), "")


def test_a_rule_that_a_run_does_not_name_did_not_fail_there() -> None:
    check = next(each for each in failing_checks(overview()) if each.id == "source-conflict")
    assert (check.course.counts, check.course.answers) == ((0, 0, 3), ("none", "none", "broken"))


def test_rules_stand_run_by_run_the_failing_ones_first() -> None:
    found = rules_by_run(overview())
    assert [(each.name, each.row["verdict"], each.row["broken"]) for each in found] == [
        ("source-conflict", "broken", 3),
        ("t3_balance.total", "broken", 1),
        ("report-year", "none", 0),
    ]


def test_the_longest_failure_is_told_in_days() -> None:
    rows = overview()
    said = dict(verdict(rows, failing_checks(rows)).sentences)
    assert said["verdict.oldest"]["days"] == 1
    assert said["verdict.oldest"]["check_zh"] == "t3_balance.total"
    assert said["verdict.failing"] == {"errors": 1, "warnings": 2}


def test_a_failure_that_may_be_older_is_told_so() -> None:
    rows = overview(broken_since=(since("expectation", "s.e", 12, at_latest=True),))
    said = dict(verdict(rows, failing_checks(rows)).sentences)
    assert said["verdict.oldest.at_least"]["days"] == 2


def test_expectations_of_one_name_in_two_suites_are_two() -> None:
    rows = overview(expectation=(expectation(14), expectation(14, "holds", suite="t")), rule_run=())
    assert {key: course.answers for key, course in courses(rows).items()} == {
        ("expectation", "s.e"): ("none", "none", "broken"),
        ("expectation", "t.e"): ("none", "none", "holds"),
    }


@pytest.mark.parametrize(
    ("counts", "lines", "end"),
    [((), 0, ""), ((None,), 0, ""), ((3,), 0, 'cx="0.0" cy="0.0"'), ((4, 2), 1, 'cx="72.0" cy="7.0"')],
)
def test_a_small_line_begins_at_nought_and_ends_in_a_dot(counts: tuple[int | None, ...], lines: int, end: str) -> None:
    drawn = spark(counts)
    assert drawn.count("<polyline") == lines
    assert end in drawn
    assert bool(drawn) is any(count is not None for count in counts)


def test_a_small_line_is_broken_where_nothing_is_known() -> None:
    assert spark((1, 2, None, 2, 1)).count("<polyline") == 2
    assert spark((0, 0)).count("14.0") == 3


def test_a_build_that_meets_everything_says_so() -> None:
    rows = overview(check=(), expectation=(), rule_run=(), broken_since=(), quarantine=())
    said = verdict(rows, failing_checks(rows))
    assert said.kind == "good"
    assert [name for name, _ in said.sentences] == ["verdict.published", "verdict.clean"]


def test_what_was_never_published_is_not_said_to_stand() -> None:
    rows = overview(run=(run(14, published=False),))
    assert "verdict.nothing_published" in dict(verdict(rows, ()).sentences)


def test_key_figures_change_by_points_or_by_number() -> None:
    found = {each.name: each for each in key_figures(FIGURES, FIGURES | {"conflicts": 3, "cells_filled": 396})}
    assert (found["complete"].value, found["complete"].change, found["complete"].tone) == ("99.5%", "+0.5", "good")
    assert (found["conflicts"].change, found["conflicts"].tone) == ("−2", "good")
    assert found["rules"].change == "±0"
    assert {each.change for each in key_figures(FIGURES, None)} == {""}


def test_absences_are_kept_apart() -> None:
    rows = overview()
    found = matrix(rows.body, rows.coverage)
    assert found.absences == {
        "not_published": 1,
        "not_collected": 1,
        "not_read": 0,
        "not_applicable": 1,
        "no_table": 0,
    }
    assert found.years == (2018, 2019)
    assert found.breaks == {2019}
    first = found.provinces[0].groups[0].lines[0]
    assert [(cell.state, cell.text) for cell in first.cells] == [("not_published", ""), ("read", "99%")]
    assert first.total.text == "99%"


def test_a_warehouse_without_bodies_has_an_empty_matrix() -> None:
    assert matrix((), ()).size == 0


def test_bodies_stand_by_province_and_level() -> None:
    rows = tuple(body(name, division=name[:6], province=name[:2], level=name[2:3]) for name in ("11a", "11b", "12a"))
    found = matrix(rows, ())
    assert [(each.name, each.size, [group.level for group in each.groups]) for each in found.provinces] == [
        ("11", 2, ["a", "b"]),
        ("12", 1, ["a"]),
    ]


def test_a_form_breaks_where_most_are_asked_for_another() -> None:
    rows = [covered(BODIES[0], 2018), covered(BODIES[0], 2019), covered(BODIES[0], 2020)]
    assert form_breaks(tuple(rows)) == {2019}


def test_a_broken_sum_stands_in_its_form() -> None:
    (found,) = broken_sums([finding("t3_balance.total"), finding("report-year")], cells())
    ((sheet,)) = found.sheets
    (grid,) = sheet.grids
    assert [row.number for row in grid.rows] == ["一", "二", "(七)", "四"]
    assert [zh for zh, _ in grid.columns] == ["总计"]
    assert [cell.figure["value"] if cell.figure else None for row in grid.rows for cell in row.cells] == [
        15,
        1,
        24,
        None,
    ]


def of_law(form: str, **said: object) -> BrokenSum:
    before = {"report_year": 2018, "time_period": 2018, "form": form}
    figures = (*cells(), figure("r2018", "requests.carried_out", 7, **before), figure("r2018", "requests.new", 9))
    law = finding("carry_over.total", report_before="r2018", indicator="requests.carried_in", expected="7", **said)
    return broken_sums([law], figures)[0]


@pytest.mark.parametrize("form", ["format_2019", "format_2021"])
def test_a_broken_law_stands_in_the_forms_of_both_years(form: str) -> None:
    found = of_law(form)
    assert [(sheet.report_id, sheet.year) for sheet in found.sheets] == [("r2018", 2018), ("r2019", 2019)]
    assert [(grid.form, *_values(grid)) for sheet in found.sheets for grid in sheet.grids] == [
        (form, 7),
        ("format_2019", 1),
    ]
    assert found.expected == "= 7"
    assert [sheet.left for sheet in found.sheets] == [frozenset(), {("requests.carried_in", "total")}]


def _values(grid: Grid) -> list[object]:
    return [cell.figure["value"] for row in grid.rows for cell in row.cells if cell.figure]


def test_a_law_without_the_report_of_the_year_before_shows_what_there_is() -> None:
    lost = finding("carry_over.total", report_before=None)
    assert reports_of(lost) == ("r2019",)
    assert [sheet.year for sheet in broken_sums([lost], cells())[0].sheets] == [2019]


def test_figures_of_a_sum_are_those_of_its_reports() -> None:
    assert reports_of(finding("t3_balance.total", report_before="r2018")) == ("r2019",)
    assert reports_of(finding("carry_over.total", report_before="r2018")) == ("r2018", "r2019")
    assert reports_of(finding("report-year", report_before="r2018")) == ()


def test_a_figure_leads_to_the_findings_that_add_it_up_or_name_it() -> None:
    named = finding("unit-differs", finding_id="f2", indicator="requests.new", locators=[])
    alone = finding("unknown-text", finding_id="f3", indicator="", locators=["here"])
    other_year = finding("table-year", finding_id="f4", indicator="requests.new", time_period=2018, locators=[])
    figures = (
        figure("r2019", "requests.new", 15),
        figure("r2019", "results.total", 24, locator="here"),
        figure("r2019", "requests.carried_in", 1, time_period=2018),
        figure("r2019", "cases.review", 1, locator="line 1"),
        figure("r2019", "results.granted", 1, locator="line 1"),
    )
    broken = [finding("t3_balance.total"), named, alone, other_year, finding("x", indicator="", locators=["line 1"])]
    found = findings_about(figures, broken)
    assert [[each["finding_id"] for each in found.get(id(row), ())] for row in figures] == [
        ["f1", "f2"],
        ["f1", "f3"],
        [],
        [],
        [],
    ]


def test_the_line_of_a_channel_has_one_source() -> None:
    assert main_source([channel(2018, 1, "series"), channel(2019, 2, "series"), channel(2019, 3, "table")]) == "series"
    assert main_source([channel(2019, 2, "narrative"), channel(2019, 3, "table")]) == "table"


def test_every_word_is_there_in_both_languages() -> None:
    assert all(len(said) == 2 and all(isinstance(word, str) for word in said.values()) for said in catalogue().values())


def test_figures_are_written_as_people_write_them() -> None:
    assert (number(1234567), number(Decimal("0.5000")), signed(Decimal(-2))) == ("1,234,567", "0.5", "−2")
    assert plain([Decimal("1.50"), None]) == "1.5, —"
    assert shown("a\n\n b\ufeff") == "a b\ufffd"
