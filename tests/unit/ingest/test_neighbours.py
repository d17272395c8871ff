"""What reports of the years beside state of a report, solved by hand from the laws."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pipelines.ingest.neighbours import YearReport, settled_cells, stated_by
from pipelines.model.observation import Observation, Source, Status

OPEN = None


def figure(name: str, value: Any, form: str, year: int = 2022) -> Observation:
    indicator, _, breakdown = name.removesuffix("]").partition("[")
    status = Status.UNREADABLE if value is OPEN else Status.BLANK if value == "" else Status.REPORTED
    worth = Decimal(value) if status is Status.REPORTED else None
    return Observation(
        source=Source.TABLE, time_period=year, indicator=indicator, breakdown=breakdown or "total",
        value=worth, unit="", status=status, form=form, label="", printed="", locator="line 1",
    )  # fmt: skip


def of(year: int, values: Mapping[str, Any], form: str = "format_2021", coverage: str = "unknown") -> YearReport:
    found = tuple(figure(name, value, form, year) for name, value in values.items())
    return YearReport(f"r{year}", year, coverage, found)


def stated(report: YearReport, *neighbours: YearReport) -> list[tuple[Any, ...]]:
    return [(each.cells, each.signs, each.value, each.place) for each in stated_by(report, neighbours)]


def total(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "total") for name in names)


def test_what_was_carried_out_is_carried_in_and_the_other_way_round() -> None:
    this = of(2022, {"requests.carried_in": OPEN, "requests.carried_out": OPEN})
    before, after = of(2021, {"requests.carried_out": 3}), of(2023, {"requests.carried_in": 4})
    assert stated(this, before, after) == [
        (total("requests.carried_in"), (1,), 3, "carry_over.total@r2021"),
        (total("requests.carried_out"), (1,), 4, "carry_over.total@r2023"),
    ]


def test_the_stock_of_documents_is_solved_for_either_year() -> None:
    cells = {"rules.issued": OPEN, "rules.repealed": OPEN, "rules.in_force": OPEN}
    after = {"rules.issued": 5, "rules.repealed": 2, "rules.in_force": 23}
    assert stated(of(2022, cells), of(2021, {"rules.in_force": 14}), of(2023, after)) == [
        (
            *(total("rules.in_force", "rules.issued", "rules.repealed"), (1, -1, 1)),
            *(14, "stock_of_documents.rules@r2021"),
        ),
        (total("rules.in_force"), (1,), 20, "stock_of_documents.rules@r2023"),
    ]


def test_items_of_last_year_and_cumulative_columns() -> None:
    items = ("licences.items_previous_year", "licences.items_change")
    this = of(2019, dict.fromkeys(items, OPEN), "format_2019")
    (found,) = stated(this, of(2020, {items[0]: 340, items[1]: 0}, "format_2019"))
    assert (found[0], found[1], found[2]) == (total(*items), (1, 1), 340)
    cumulative = {"local.via_website": OPEN, "local.via_website.cumulative": OPEN}
    before = of(2011, {"local.via_website": 3, "local.via_website.cumulative": 1509}, "local_coded")
    (found,) = stated(of(2012, cumulative, "local_coded"), before)
    assert found[:3] == (total("local.via_website.cumulative", "local.via_website"), (1, -1), 1509)


@pytest.mark.parametrize("value", [OPEN, ""])
def test_a_neighbour_that_does_not_know_states_nothing(value: Any) -> None:
    assert stated(of(2022, {"requests.carried_in": OPEN}), of(2021, {"requests.carried_out": value})) == []


def test_nothing_is_stated_of_what_can_be_read() -> None:
    assert stated(of(2022, {"requests.carried_in": 3}), of(2021, {"requests.carried_out": 3})) == []


def annex(year: int, *figures: tuple[str, int, int]) -> YearReport:
    """Return a report with an annex of indicator, year and value."""
    found = (replace(figure(name, value, "", of_year), source=Source.SERIES) for name, of_year, value in figures)
    return YearReport(f"r{year}", year, "unknown", tuple(found))


def test_an_annex_of_the_next_report_prints_the_figure() -> None:
    this = of(2016, {"local.via_website": OPEN, "local.via_gazette": OPEN}, "local_coded")
    later = annex(2017, ("disclosure.via_website", 2016, 850), ("disclosure.via_website", 2017, 1011))
    assert stated(this, later) == [(total("local.via_website"), (1,), 850, "annex@r2017")]
    assert stated(this, annex(2015, ("disclosure.via_website", 2016, 850))) == []
    twice = annex(2017, ("disclosure.via_website", 2016, 850), ("disclosure.via_website", 2016, 851))
    assert stated(this, twice) == []


def test_another_scope_and_another_form_are_not_heard() -> None:
    this, before = {"rules.issued": 0, "rules.repealed": 0, "rules.in_force": OPEN}, {"rules.in_force": 14}
    assert stated(of(2022, this, coverage="own"), of(2021, before, coverage="aggregate")) == []
    assert stated(of(2022, this), of(2021, before, form="format_2019")) == []
    assert len(stated(of(2022, this, coverage="own"), of(2021, before))) == 1


def test_a_report_that_does_not_continue_its_neighbour_is_told_nothing_by_it() -> None:
    this = {"requests.carried_in[natural_person]": 5, "requests.carried_in": OPEN}
    before = {"requests.carried_out[natural_person]": 4, "requests.carried_out": 9}
    assert stated(of(2022, this), of(2021, before)) == []
    assert len(stated(of(2022, this), of(2021, before | {"requests.carried_out[natural_person]": 5}))) == 1


def test_a_broken_stock_silences_stocks_only() -> None:
    known = {"rules.issued": 1, "rules.repealed": 0, "rules.in_force": 9}
    open_ = dict.fromkeys(("normative_documents.issued", "normative_documents.repealed"), 0)
    this = {**known, **open_, "normative_documents.in_force": OPEN, "requests.carried_in": OPEN}
    before = {"rules.in_force": 9, "normative_documents.in_force": 50, "requests.carried_out": 3}
    assert [each[3] for each in stated(of(2022, this), of(2021, before))] == ["carry_over.total@r2021"]
    assert len(stated(of(2022, this), of(2021, before | {"rules.in_force": 8}))) == 2


def test_a_figure_that_breaks_a_sum_of_its_own_report_states_nothing() -> None:
    balance = {"requests.new": 10, "requests.carried_in": 0, "results.total": 8, "requests.carried_out": 3}
    assert stated(of(2022, {"requests.carried_in": OPEN}), of(2021, balance)) == []
    assert len(stated(of(2022, {"requests.carried_in": OPEN}), of(2021, balance | {"results.total": 7}))) == 1


def test_only_what_was_unreadable_is_settled_and_any_other_change_undoes_it() -> None:
    alone = [figure("rules.issued", OPEN, "f"), figure("rules.repealed", OPEN, "f"), figure("rules.in_force", 9, "f")]
    again = [figure("rules.issued", 1, "f"), figure("rules.repealed", "", "f"), figure("rules.in_force", 9, "f")]
    assert settled_cells(alone, again) == [again[0]]
    assert settled_cells(alone, [*again[:2], figure("rules.in_force", 8, "f")]) == []
    assert settled_cells(alone, again[:2]) == []
