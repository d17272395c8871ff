"""Blanks that a sum proves, and blanks that nothing proves."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipelines.extract.settle import settle
from pipelines.model.figure import Bound
from pipelines.model.identity import Identity
from pipelines.model.observation import Observation, Source, Status

STAFF, FULL, PART = "capacity.staff", "capacity.staff.full_time", "capacity.staff.part_time"
SUM = Identity(
    id="staff",
    forms=frozenset({"stat_2014"}),
    left=((STAFF, "total"),),
    operator="=",
    right=((FULL, "total"), (PART, "total")),
    hard=True,
    zh="",
    en="",
)
B, Z, D, R = Status.BLANK, Status.BLANK_AS_ZERO, Status.DERIVED, Status.REPORTED
NA, U = Status.NOT_APPLICABLE, Status.UNREADABLE
Printed = int | Status


def observation(indicator: str, printed: Printed, bound: Bound = Bound.EXACT) -> Observation:
    status = printed if isinstance(printed, Status) else R
    return Observation(
        source=Source.TABLE,
        time_period=2017,
        indicator=indicator,
        value=None if isinstance(printed, Status) else Decimal(printed),
        unit="人",
        status=status,
        bound=bound,
        label=indicator,
        printed="",
        locator="line 1",
    )


def settled(printed: Sequence[Printed], stated: tuple[str, ...] = ()) -> list[tuple[Decimal | None, Status]]:
    cells = [observation(name, value) for name, value in zip((STAFF, FULL, PART), printed, strict=True)]
    noughts = {name: observation(name, 0) for name in stated}
    return [(found.value, found.status) for found in settle(cells, [SUM], noughts)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param((1, 1, B), [(1, R), (1, R), (0, Z)], id="closing"),
        pytest.param((0, B, B), [(0, R), (0, Z), (0, Z)], id="closing on nought"),
        pytest.param((B, 2, 3), [(5, D), (2, R), (3, R)], id="deriving"),
        pytest.param((B, 0, 0), [(0, D), (0, R), (0, R)], id="deriving nought"),
        pytest.param((3, 1, B), [(3, R), (1, R), (None, B)], id="a part is missing"),
        pytest.param((B, 1, B), [(None, B), (1, R), (None, B)], id="two are open"),
        pytest.param((B, B, B), [(None, B), (None, B), (None, B)], id="nothing is printed"),
        pytest.param((5, 1, 1), [(5, R), (1, R), (1, R)], id="a contradiction is left alone"),
        pytest.param((1, 2, B), [(1, R), (2, R), (None, B)], id="parts above the whole"),
        pytest.param((1, U, B), [(1, R), (None, U), (None, B)], id="an unreadable part stops the proof"),
        pytest.param((U, 1, 1), [(None, U), (1, R), (1, R)], id="an unreadable whole stays so"),
        pytest.param((-1, -1, B), [(-1, R), (-1, R), (None, B)], id="figures below nought prove nothing"),
    ],
)
def test_what_a_sum_proves(printed: tuple[Printed, ...], expected: list[tuple[int | None, Status]]) -> None:
    assert settled(printed) == expected


def test_a_stated_nought_settles_the_total_and_then_its_parts() -> None:
    assert settled((B, B, B), stated=(STAFF,)) == [(0, Z), (0, Z), (0, Z)]


def test_a_stated_nought_changes_nothing_printed() -> None:
    assert settled((7, B, B), stated=(STAFF,)) == [(7, R), (None, B), (None, B)]


def test_a_rounded_figure_proves_nothing() -> None:
    cells = [observation(STAFF, 1, Bound.ABOUT), observation(FULL, 1), observation(PART, B)]
    assert [found.status for found in settle(cells, [SUM], {})] == [R, R, B]
