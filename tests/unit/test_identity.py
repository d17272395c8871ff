"""Three answers: holds, broken, cannot tell."""

from decimal import Decimal

import pytest

from pipelines.model.identity import INFINITY, Range, Verdict, compare, largest, total
from pipelines.model.observation import Observation, Source, Status

OPEN = Range(Decimal(0), INFINITY)


def exactly(value: int) -> Range:
    return Range(Decimal(value), Decimal(value))


def at_least(value: int) -> Range:
    return Range(Decimal(value), INFINITY)


@pytest.mark.parametrize(
    ("left", "operator", "right", "verdict"),
    [
        (exactly(5), "=", exactly(5), Verdict.HOLDS),
        (exactly(5), "=", exactly(6), Verdict.BROKEN),
        (exactly(5), "=", at_least(3), Verdict.CANNOT_TELL),
        (exactly(5), "=", at_least(6), Verdict.BROKEN),
        (OPEN, "=", OPEN, Verdict.CANNOT_TELL),
        (exactly(5), ">=", exactly(5), Verdict.HOLDS),
        (exactly(5), ">=", exactly(6), Verdict.BROKEN),
        (exactly(5), ">=", OPEN, Verdict.CANNOT_TELL),
        (exactly(5), ">=", at_least(6), Verdict.BROKEN),
        (at_least(6), ">=", exactly(5), Verdict.HOLDS),
        (exactly(157), "<=", at_least(3405), Verdict.HOLDS),
        (exactly(157), "<=", at_least(2), Verdict.CANNOT_TELL),
        (at_least(9), "<=", exactly(2), Verdict.BROKEN),
    ],
)
def test_comparing_ranges(left: Range, operator: str, right: Range, verdict: Verdict) -> None:
    assert compare(left, operator, right) is verdict


def test_ranges_add_up_and_have_a_largest() -> None:
    assert total([exactly(2), at_least(3)]) == at_least(5)
    assert largest([exactly(7), at_least(3)]) == at_least(7)
    assert (str(exactly(157)), str(at_least(2895)), str(Range(Decimal(1), Decimal(2)))) == ("157", "2895…", "1…2")


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (None, Status.REPORTED),
        (1, Status.BLANK),
        (1, Status.STATED_ZERO),
        (1, Status.BLANK_AS_ZERO),
        (0, Status.UNREADABLE),
    ],
)
def test_a_value_that_its_status_denies_cannot_exist(value: int | None, status: Status) -> None:
    with pytest.raises(ValueError, match=r"capacity\.staff"):
        Observation(
            source=Source.TABLE,
            time_period=2017,
            indicator="capacity.staff",
            value=None if value is None else Decimal(value),
            unit="人",
            status=status,
            label="",
            printed="",
            locator="",
        )
