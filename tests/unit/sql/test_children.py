"""Whole territories against the bodies below them, with figures added by hand."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sql.desk import Desk, desk

CITY, DISTRICTS = "320800", ("320803", "320804", "320812")


@pytest.fixture
def table() -> Iterator[Desk]:
    with desk() as made:
        divisions = [{"code": code, "name": code, "parent": CITY} for code in DISTRICTS]
        divisions.append({"code": "320811", "name": "gone", "parent": CITY, "last_year": 2015})
        made.put("core.division", [{"first_year": 2003, "last_year": 2099} | each for each in divisions])
        yield made


def body(table: Desk, body_id: str, requests: Any, kind: str = "government", **said: Any) -> None:
    division = said.pop("division", body_id)
    parent = (CITY if division != CITY else "320000") if kind == "government" else division
    row = {"body_id": body_id, "kind": kind, "division": division, "parent": parent, "resolved": True}
    table.put("core.body", [row])
    coverage = said.pop("coverage", "aggregate" if kind == "government" else "own")
    figures = {said.pop("figure", "requests.new"): requests}
    table.figures(table.report(body_id, 2024, coverage=coverage, **said), "format_2021", figures)


def answers(table: Desk, columns: str = "verdict, expected, found, children, culprit") -> list[tuple[Any, ...]]:
    table.make("mart.series")
    return table.answers("across.parent_below_children", columns)


def districts(table: Desk, *requests: Any) -> None:
    for code, value in zip(DISTRICTS, requests, strict=False):
        body(table, code, value)


@pytest.mark.parametrize(
    ("city", "below", "answer"),
    [
        (60, (10, 20, 30), ("holds", "≥ 60", "60", "3/3", "none")),
        (59, (10, 20, 30), ("broken", "≥ 60", "59", "3/3", "publisher")),
        (60, (10, 20), ("cannot_tell", "≥ 30", "60", "2/3", "unknown")),
        (60, (10, 20, None), ("cannot_tell", "≥ 30", "60", "2/3", "unknown")),
        (25, (10, 20), ("broken", "≥ 30", "25", "2/3", "publisher")),
        (59, (10, 20, (30, "split")), ("broken", "≥ 60", "59", "3/3", "reading")),
        ((59, "derived"), (10, 20, 30), ("broken", "≥ 60", "59", "3/3", "reading")),
    ],
)
def test_a_city_reports_no_less_than_its_districts(table: Desk, city: Any, below: Any, answer: object) -> None:
    body(table, CITY, city)
    districts(table, *below)
    assert answers(table) == [answer]


def test_organs_can_only_exceed_the_whole(table: Desk) -> None:
    body(table, CITY, 50)
    body(table, "d1", 20, "department", division=CITY)
    assert answers(table) == []
    body(table, "d2", 31, "department", division=CITY)
    table.clear("mart.series")
    assert answers(table, "verdict, expected, found, largest") == [("broken", "≥ 51", "50", "d2")]


@pytest.mark.parametrize("order", [("d1", "d2", "d3"), ("d3", "d1", "d2"), ("d2", "d3", "d1")])
def test_of_several_largest_always_the_same_is_named(table: Desk, order: tuple[str, ...]) -> None:
    body(table, CITY, 59)
    for organ in order:
        body(table, organ, 20, "department", division=CITY)
    assert answers(table, "largest") == [("d3",)]


def test_districts_and_organs_are_not_added_together(table: Desk) -> None:
    body(table, CITY, 60)
    districts(table, 10, 20, 30)
    body(table, "d1", 50, "department", division=CITY)
    assert answers(table, "verdict, children") == [("holds", "3/3")]
    body(table, "d2", 20, "department", division=CITY)
    table.clear("mart.series")
    assert sorted(answers(table, "verdict, children")) == [("broken", "2/?"), ("holds", "3/3")]


def test_an_own_office_is_no_parent_and_no_child_of_the_territory_above(table: Desk) -> None:
    body(table, CITY, 5, coverage="own")
    districts(table, 10, 20, 30)
    body(table, "office", 13, "office", division=DISTRICTS[0])
    assert answers(table, "report_id, verdict, children") == [(f"{DISTRICTS[0]}-2024", "broken", "1/?")]


def test_where_the_scope_is_not_said_nothing_is_broken(table: Desk) -> None:
    body(table, CITY, 5, coverage="unknown")
    districts(table, 10, 20, 30)
    assert answers(table, "verdict") == [("cannot_tell",)]


@pytest.mark.parametrize("kind", ["vertical", "zone", "unknown"])
def test_bodies_that_may_not_be_in_the_total_are_not_added(table: Desk, kind: str) -> None:
    body(table, CITY, 5)
    body(table, "v", 10, kind, division=CITY)
    assert answers(table) == []


def test_what_several_bodies_may_count_at_once_is_not_asked(table: Desk) -> None:
    body(table, CITY, 5, figure="normative_documents.issued")
    body(table, "d1", 10, "department", division=CITY, figure="normative_documents.issued")
    assert answers(table) == []


def test_a_known_error_that_explains_it_is_named(table: Desk) -> None:
    body(table, CITY, 6)
    districts(table, 10, 20, 30)
    row = {"body_id": CITY, "report_year": 2024, "time_period": 2024, "indicator": "requests.new", "occurrence": 1}
    row |= {"breakdown": "total", "source": "table", "report_id": f"{CITY}-2024", "state": "applies"}
    table.put("core.correction", [row | {"printed": 6, "believed": 60}])
    assert answers(table, "verdict, culprit") == [("broken", "known")]
