"""The marts against figures computed by hand: breaks, shares, rates, and what must never be joined."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.unit.sql.desk import Desk, desk


@pytest.fixture
def table() -> Iterator[Desk]:
    with desk() as made:
        yield made


def series(table: Desk, concept: str) -> list[tuple[object, ...]]:
    table.make("mart.series")
    columns = "time_period, form, value, comparability, is_break, segment"
    return table.rows(f"SELECT {columns} FROM mart.series WHERE concept = '{concept}' ORDER BY time_period")


def years(table: Desk, form: dict[int, str], **values: dict[int, int]) -> None:
    """Put one figure a year; `values` are indicators with double underscores for points."""
    for year, name in form.items():
        report = table.report("b", year)
        table.figures(
            report, name, {key.replace("__", "."): each[year] for key, each in values.items() if year in each}
        )


def test_new_requests_run_through_three_forms_with_breaks(table: Desk) -> None:
    years(
        table,
        {2017: "stat_2014", 2018: "stat_2014", 2019: "format_2019", 2021: "format_2021", 2022: "format_2021"},
        requests_2014__received={2017: 5, 2018: 8},
        requests__new={2019: 13, 2021: 21, 2022: 34},
    )
    assert series(table, "new_requests") == [
        (2017, "stat_2014", 5, None, False, 1),
        (2018, "stat_2014", 8, "full", False, 1),
        (2019, "format_2019", 13, "near", True, 1),
        (2021, "format_2021", 21, "full", True, 1),
        (2022, "format_2021", 34, "full", False, 1),
    ]


def test_what_is_not_the_same_thing_is_never_one_series(table: Desk) -> None:
    years(
        table,
        {2020: "format_2019", 2021: "format_2021"},
        normative_documents__total_disclosed={2020: 300},
        normative_documents__in_force={2021: 290},
        administrative_fees__items_previous_year={2020: 4},
        administrative_fees__amount={2021: 96171},
    )
    table.make("mart.series")
    joined = "SELECT concept FROM mart.series GROUP BY concept HAVING count(DISTINCT form) > 1"
    assert table.rows(joined) == []


def test_parts_are_summed_only_where_all_are_there(table: Desk) -> None:
    full, lacking, blank = (table.report("b", year) for year in (2014, 2015, 2016))
    table.figures(full, "stat_2014", {"replies_2014.granted": 30, "replies_2014.already_public": 12})
    table.figures(lacking, "stat_2014", {"replies_2014.granted": 31})
    table.figures(blank, "stat_2014", {"replies_2014.granted": 32, "replies_2014.already_public": None})
    assert series(table, "granted_broad") == [
        (2014, "stat_2014", 42, None, False, 1),
        (2016, "stat_2014", None, "full", False, 1),
    ]


def test_a_change_of_scope_begins_another_segment(table: Desk) -> None:
    for year, coverage in ((2021, "aggregate"), (2022, "unknown"), (2023, "aggregate"), (2024, "own")):
        table.figures(table.report("b", year, coverage=coverage), "format_2021", {"requests.new": year})
    assert [(row[0], row[3], row[5]) for row in series(table, "new_requests")] == [
        (2021, None, 1),
        (2022, "full", 1),
        (2023, "full", 1),
        (2024, "none", 2),
    ]


def test_part_of_a_year_compares_in_part_only(table: Desk) -> None:
    from datetime import date  # noqa: PLC0415 - only here

    table.figures(table.report("b", 2008, period_start=date(2008, 5, 1)), "local_coded", {"local.requests_total": 8})
    table.figures(table.report("b", 2009), "local_coded", {"local.requests_total": 20})
    assert [row[3] for row in series(table, "new_requests")] == [None, "partial"]


def test_a_report_with_two_forms_gives_one_point_from_the_national_one(table: Desk) -> None:
    report = table.report("b", 2016)
    table.figures(report, "stat_2014", {"requests_2014.received": 7})
    table.figures(report, "local_coded", {"local.requests_total": 9})
    assert series(table, "new_requests") == [(2016, "stat_2014", 7, None, False, 1)]


def test_prose_stands_in_only_where_no_table_asks(table: Desk) -> None:
    table.figures(table.report("b", 2018), "stat_2014", {"disclosure.items": 100})
    later = table.report("b", 2019, forms=["format_2019"])
    table.figures(later, "", {"disclosure.items": 120}, source="narrative")
    table.figures(table.report("b", 2017), "stat_2014", {"disclosure.items": 80})
    table.figures("b-2017", "", {"disclosure.items": 999}, source="narrative")
    assert [row[:4] for row in series(table, "disclosed_items")] == [
        (2017, "stat_2014", 80, None),
        (2018, "stat_2014", 100, "full"),
        (2019, "format_2019", 120, "partial"),
    ]


def test_prose_that_says_two_things_says_nothing(table: Desk) -> None:
    report = table.report("b", 2019, forms=["format_2019"])
    for occurrence, value in ((1, 120), (2, 125)):
        table.figures(report, "", {"disclosure.items": value}, source="narrative", occurrence=occurrence)
    assert series(table, "disclosed_items") == [(2019, "format_2019", None, None, False, 1)]


REQUESTS = {
    "requests.carried_in": 34, "requests.new": 3119, "results.total": 3050, "requests.carried_out": 103,
    "results.granted": 1525, "results.partially_granted": 305,
    "results.denied.state_secret": 1, "results.denied.third_party": 60,
    "results.unable.not_held": 610, "results.unable.unclear": 0,
    "results.not_processed.petition": 549, "results.other.miscellaneous": 0,
}  # fmt: skip


def test_requests_balance_and_shares(table: Desk) -> None:
    table.figures(table.report("b", 2024), "format_2021", REQUESTS)
    table.make("mart.requests")
    columns = "balance, denied, unable, not_processed, other, granted_percent, denied_percent, unable_percent"
    assert table.rows(f"SELECT {columns} FROM mart.requests") == [(0, 61, 610, 549, 0, 50, 2, 20)]


def test_a_group_with_an_unreadable_ground_has_no_sum(table: Desk) -> None:
    table.figures(table.report("b", 2024), "format_2021", REQUESTS | {"results.unable.unclear": (None, "unreadable")})
    table.make("mart.requests")
    assert table.rows("SELECT unable, unable_percent, denied FROM mart.requests") == [(None, None, 61)]


def test_a_printed_subtotal_is_not_added_to_its_parts(table: Desk) -> None:
    other = {"results.other": 9, "results.other.not_corrected": 4, "results.other.miscellaneous": 5}
    table.figures(table.report("b", 2024), "format_2021", other)
    table.figures(table.report("b", 2020), "format_2019", {"results.other": 7})
    table.make("mart.requests")
    assert table.rows("SELECT time_period, other FROM mart.requests ORDER BY ALL") == [(2020, 7), (2024, 9)]


def test_outcomes_are_shares_of_their_own_applicants(table: Desk) -> None:
    table.figures(
        table.report("b", 2024),
        "format_2021",
        {
            "results.total": 10, "results.total[natural_person]": 8, "results.granted": 5,
            "results.granted[natural_person]": 2, "results.total[research_institution]": 0,
            "results.granted[research_institution]": 0,
        },
    )  # fmt: skip
    table.make("mart.outcomes")
    assert table.rows("SELECT applicant, value, concluded, share_percent FROM mart.outcomes ORDER BY ALL") == [
        ("natural_person", 2, 8, 25),
        ("research_institution", 0, 0, None),
        ("total", 5, 10, 50),
    ]


def test_the_correction_rate_is_of_concluded_cases(table: Desk) -> None:
    cells = {"upheld": 13, "corrected": 4, "other": 3, "pending": 6, "total": 26}
    table.figures(
        table.report("b", 2024), "format_2021", {f"cases.review[{name}]": value for name, value in cells.items()}
    )
    table.make("mart.cases")
    assert table.rows("SELECT channel, concluded, pending, total, correction_percent FROM mart.cases") == [
        ("review", 20, 6, 26, 20)
    ]


def test_money_is_told_in_ten_thousand_yuan_or_not_at_all(table: Desk) -> None:
    for year, unit, value in ((2021, "万元", 12), (2022, "元", 120000), (2023, "亿元", 2), (2024, "", 5)):
        table.figures(table.report("b", year), "format_2021", {"administrative_fees.amount": value}, unit=unit)
    table.make("mart.disclosure")
    assert table.rows("SELECT fee_amount FROM mart.disclosure ORDER BY time_period") == [
        (12,),
        (12,),
        (20000,),
        (None,),
    ]


def test_peers_stand_in_their_own_level_kind_and_year(table: Desk) -> None:
    for body, value, level in (("a", 10, "county"), ("b", 20, "county"), ("c", 30, "county"), ("d", 1, "prefecture")):
        table.put(
            "core.body", [{"body_id": body, "kind": "government", "level": level, "province": "p", "resolved": True}]
        )
        table.figures(table.report(body, 2024), "format_2021", {"requests.new": value})
    table.make("mart.series")
    table.make("mart.peers")
    columns = "body_id, nation_count, nation_percentile, nation_median"
    assert table.rows(f"SELECT {columns} FROM mart.peers ORDER BY body_id") == [
        ("a", 3, 0, 20),
        ("b", 3, 50, 20),
        ("c", 3, 100, 20),
        ("d", 1, None, 1),
    ]


def test_a_revision_is_what_two_versions_print_differently(table: Desk) -> None:
    old = table.report("b", 2023, report_id="old", is_current=False)
    new = table.report("b", 2023, report_id="new")
    for report, value in ((old, 7), (new, 9)):
        table.figures(
            report, "format_2021", {"requests.new": value, "requests.carried_in": 1}, body_id="b", report_year=2023,
            time_period=2023,
        )  # fmt: skip
    table.make("mart.revision")
    columns = "kind, indicator, earlier_value, later_value, difference, earlier_report_id, later_report_id"
    assert table.rows(f"SELECT {columns} FROM mart.revision") == [("version", "requests.new", 7, 9, 2, "old", "new")]


def test_a_later_report_revises_an_earlier_one(table: Desk) -> None:
    for year, value in ((2016, 147), (2017, 150)):
        table.figures(table.report("b", year), "", {"disclosure.via_weibo": value}, source="series", time_period=2016)
    table.make("mart.revision")
    assert table.rows("SELECT kind, earlier_value, later_value FROM mart.revision") == [("later_report", 147, 150)]


def test_the_states_of_absence_are_kept_apart(table: Desk) -> None:
    table.put(
        "core.division",
        [{"code": "1", "name": "甲县", "last_year": 2022}, {"code": "2", "name": "乙县", "last_year": 2099}],
    )
    for body, division in (("1", "1"), ("2", "2")):
        table.put(
            "core.body",
            [{"body_id": body, "name": body, "division": division, "first_year": 2021, "kind": "government"}],
        )
        table.report(body, 2021, division=division)
    table.report("2", 2023, division="2")
    table.put("core.report", [])
    table.make("mart.coverage")
    assert table.rows("SELECT body_id, time_period, state FROM mart.coverage ORDER BY ALL") == [
        ("1", 2021, "read"),
        ("1", 2022, "not_collected"),
        ("1", 2023, "not_applicable"),
        ("2", 2021, "read"),
        ("2", 2022, "not_collected"),
        ("2", 2023, "read"),
    ]


def test_two_lines_of_a_roster_that_fit_a_body_are_one_body(table: Desk) -> None:
    table.put("core.body", [{"body_id": "e", "name": "甲县教育局", "division": "1", "first_year": 2021}])
    parent = table.report("1", 2022, division="1")
    listed = (
        {"name": name, "status": "未公开", "report_id": parent, "report_year": 2022} for name in ("教育局", "县教育局")
    )
    table.put("core.roster", listed)
    table.make("mart.coverage")
    assert table.rows("SELECT time_period, state FROM mart.coverage ORDER BY ALL") == [
        (2021, "not_collected"),
        (2022, "not_published"),
    ]


@pytest.mark.parametrize(
    ("path", "origin", "state"),
    [
        ("2022/甲县人民政府.pdf", {}, "not_read"),
        ("甲县人民政府2022年报告.pdf", {}, "not_read"),
        ("甲县人民政府12022.pdf", {}, "not_collected"),
        ("2022/乙县人民政府.pdf", {}, "not_collected"),
        ("x.pdf", {"body": "甲县人民政府", "year": 2022}, "not_read"),
        ("x.pdf", {"title": "甲县人民政府2022年政府信息公开工作年度报告"}, "not_read"),
        ("x.pdf", {"body": "甲县人民政府", "year": 2021}, "not_collected"),
    ],
)
def test_a_file_that_names_a_body_and_is_no_report_is_a_report_not_read(
    table: Desk, path: str, origin: dict[str, object], state: str
) -> None:
    names = ["甲县人民政府"]
    table.put("core.body", [{"body_id": "a", "name": "某省甲县人民政府", "names_printed": names, "first_year": 2022}])
    table.report("b", 2022)
    table.put("core.quarantine", [{"path": path, "sha256": "ab"}])
    if origin:
        table.put("core.origin", [{"address": "a", "sha256": "ab"} | origin])
    table.make("mart.coverage")
    assert table.rows("SELECT state FROM mart.coverage") == [(state,)]


def test_completeness_is_of_what_a_form_always_asks_and_of_what_is_filled_besides(table: Desk) -> None:
    row = {"table": "t", "label": "x"}
    national = [row | {"form": "format_2021", "indicator": f"i{n}", "breakdown": "total", "row": n} for n in range(4)]
    national[2]["optional"] = national[3]["optional"] = True
    local = [row | {"form": "local_coded", "indicator": "i0", "breakdown": "total", "row": 1, "optional": True}]
    table.put("core.form_row", [*national, *local])
    table.put("core.body", [{"body_id": "b", "name": "b", "first_year": 2020}])
    for year, form, cells in (
        (2020, "local_coded", {"i0": 4, "i1": None}),
        (2021, "format_2021", {"i0": 1, "i1": None, "i2": 3, "i3": None}),
    ):
        report = table.report("b", year)
        figures = (
            {
                "report_id": report,
                "form": form,
                "indicator": name,
                "breakdown": "total",
                "source": "table",
                "value": value,
            }
            for name, value in cells.items()
        )
        table.put("core.observation", figures)
    table.make("mart.coverage")
    asked = "SELECT time_period, cells_asked, cells_filled, complete_percent FROM mart.coverage ORDER BY ALL"
    assert table.rows(asked) == [(2020, 2, 1, 50), (2021, 3, 2, Decimal("66.67"))]


def carried(table: Desk, out: object, into: object, **said: object) -> list[tuple[object, ...]]:
    table.figures(table.report("b", 2022), "format_2021", {"requests.carried_out": out})
    table.figures(table.report("b", 2023, **said), "format_2021", {"requests.carried_in": into})
    return table.answers("check.continuity", "rule, verdict, expected, found, culprit")


@pytest.mark.parametrize(
    ("out", "into", "answer"),
    [
        (3, 3, ("holds", "3", "3", "none")),
        (3, 4, ("broken", "3", "4", "publisher")),
        ((3, "split"), 4, ("broken", "3", "4", "reading")),
        (3, (4, "derived"), ("broken", "3", "4", "reading")),
        (None, 4, ("cannot_tell", "?", "4", "unknown")),
        (3, (None, "unreadable"), ("cannot_tell", "3", "?", "unknown")),
        (100, 100, ("holds", "100", "100", "none")),
    ],
)
def test_what_is_carried_in_was_carried_out(table: Desk, out: object, into: object, answer: tuple[str, ...]) -> None:
    assert carried(table, out, into) == [("carry_over.total", *answer)]


def test_nothing_is_asked_of_a_year_whose_form_does_not_print_it(table: Desk) -> None:
    table.figures(table.report("b", 2018), "stat_2014", {"requests_2014.received": 3})
    table.figures(table.report("b", 2019), "format_2019", {"requests.carried_in": 0})
    assert table.answers("check.continuity", "verdict") == []


def test_another_scope_leaves_the_carry_over_open(table: Desk) -> None:
    table.figures(table.report("b", 2022, coverage="own"), "format_2021", {"requests.carried_out": 3})
    table.figures(table.report("b", 2023, coverage="aggregate"), "format_2021", {"requests.carried_in": 4})
    assert table.answers("check.continuity", "verdict") == [("cannot_tell",)]


def test_a_year_without_a_report_before_is_not_asked(table: Desk) -> None:
    table.figures(table.report("b", 2021), "format_2021", {"requests.carried_out": 3})
    table.figures(table.report("b", 2023), "format_2021", {"requests.carried_in": 4})
    assert table.answers("check.continuity", "verdict") == []


def test_the_stock_of_documents_moves_by_what_is_issued_and_repealed(table: Desk) -> None:
    table.figures(table.report("b", 2022), "format_2021", {"rules.in_force": 10})
    cells = {"rules.in_force": 11, "rules.issued": 3, "rules.repealed": 2}
    table.figures(table.report("b", 2023), "format_2021", cells)
    assert ("stock_of_documents.rules", "holds", "11", "11") in table.answers(
        "check.continuity", "rule, verdict, expected, found"
    )


def test_the_cumulative_column_grows_by_the_year(table: Desk) -> None:
    table.figures(table.report("b", 2011), "local_coded", {"local.via_website.cumulative": 1509})
    cells = {"local.via_website.cumulative": 1600, "local.via_website": 90}
    table.figures(table.report("b", 2012), "local_coded", cells)
    assert table.answers("check.continuity", "rule, verdict, expected, found") == [
        ("cumulative_column.local.via_website", "broken", "1599", "1600")
    ]


def test_a_count_of_change_has_a_difference_and_no_growth(table: Desk) -> None:
    for year, change in ((2019, 3), (2020, -10)):
        table.figures(table.report("b", year), "format_2019", {"licences.items_change": change})
    table.make("mart.yoy")
    assert table.rows("SELECT time_period, change, growth_percent, reason FROM mart.yoy ORDER BY ALL") == [
        (2019, None, None, "first_year"),
        (2020, -13, None, "signed"),
    ]


def test_a_heading_is_neither_asked_for_nor_filled(table: Desk) -> None:
    row = {"form": "format_2021", "table": "t", "unit": "件", "breakdown": "total"}
    kinds = (("requests.new", False, False), ("results.total", False, False), ("results.other", False, True))
    rows = [
        row | {"row": at, "indicator": name, "heading": heading, "optional": optional}
        for at, (name, heading, optional) in enumerate((*kinds, ("results.denied", True, False)))
    ]
    table.put("core.form_row", rows)
    table.put("core.body", [{"body_id": "b", "name": "b", "first_year": 2021}])
    report = table.report("b", 2021)
    headed = {"results.denied": (None, "not_applicable"), "results.other": (None, "not_applicable")}
    table.figures(report, "format_2021", {"requests.new": 1, "results.total": (None, "unreadable")} | headed)
    table.make("mart.coverage")
    assert table.rows("SELECT cells_asked, cells_filled, cells_unreadable, complete_percent FROM mart.coverage") == [
        (2, 1, 1, 50)
    ]
