"""What the pages say, computed from rows."""

from decimal import Decimal

from pipelines.dashboard.bodies import main_source
from pipelines.dashboard.completeness import form_breaks, matrix
from pipelines.dashboard.overview import failing_checks, key_figures, trends, verdict
from pipelines.dashboard.sums import broken_sums
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
    finding,
    overview,
    run,
)


def test_checks_that_fail_come_worst_first() -> None:
    found = failing_checks(overview())
    assert [(check.id, check.severity, check.failed) for check in found] == [
        ("t3_balance.total", "error", 1),
        ("source-conflict", "warning", 3),
        ("s.e", "warning", 1),
    ]
    assert [check.change for check in found] == ["−3", "+3", "±0"]


def test_an_expectation_fails_since_the_build_after_the_last_that_met_it() -> None:
    check = failing_checks(overview())[-1]
    assert (check.since, check.trend) == ("2026-11-13", ("holds", "broken", "broken"))


def test_the_longest_failure_is_told_in_days() -> None:
    rows = overview()
    said = dict(verdict(rows, failing_checks(rows)).sentences)
    assert said["verdict.oldest"]["days"] == 1
    assert said["verdict.failing"] == {"errors": 1, "warnings": 2}


def test_expectations_of_one_name_in_two_suites_are_two() -> None:
    rows = overview(expectation=(expectation(14), expectation(14, "holds", suite="t")))
    assert trends(rows) == {"s.e": ("none", "none", "broken"), "t.e": ("none", "none", "holds")}


def test_a_build_that_meets_everything_says_so() -> None:
    rows = overview(check=(), expectation=(), quarantine=())
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
    (grid,) = found.grids
    assert [row.number for row in grid.rows] == ["一", "二", "(七)", "四"]
    assert [zh for zh, _ in grid.columns] == ["总计"]
    assert [cell.figure["value"] if cell.figure else None for row in grid.rows for cell in row.cells] == [
        15,
        1,
        24,
        None,
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
