"""Two laws over multi-year annexes of every layout: no figure under another year or head, what is told is read."""

from collections.abc import Iterator

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.report import Unreadable
from tests.generate.grid import Shape
from tests.generate.plain import rules
from tests.generate.series import Drawn, reports
from tests.properties.annex_laws import claimed_series, missed_series, wrong_series

_SEEDS = range(150)
_SHAPES = [pytest.param(shape, id=str(shape)) for shape in (None, *Shape)]


def _reading(drawn: Drawn) -> ReportReading | None:
    try:
        return read_report(drawn.data)
    except Unreadable:
        return None


def _faults(drawn: Drawn) -> Iterator[str]:
    reading = _reading(drawn)
    yield from wrong_series(drawn, reading)
    yield from missed_series(drawn, reading)


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("shape", _SHAPES)
def test_both_laws_hold(shape: Shape | None, *, across: bool) -> None:
    drawn = reports(_SEEDS, shape, across=across)
    assert [f"seed {seed}: {said}" for seed, each in drawn for said in _faults(each)] == []


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("shape", _SHAPES)
def test_an_annex_that_is_not_read_is_said_to_be_there(shape: Shape | None, *, across: bool) -> None:
    for seed, drawn in reports(_SEEDS, shape, across=across):
        reading = _reading(drawn)
        read = claimed_series(reading).keys() >= {key for key, value in drawn.truth.items() if value is not None}
        assert reading is None or read or {"unreadable-annex", "unreadable-cell"} & set(rules(reading)), seed
