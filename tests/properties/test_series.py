"""Two laws over multi-year annexes of every layout: no figure under another year or head, what is told is read."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.observation import VALUELESS, Source
from pipelines.model.report import Unreadable
from tests.generate.grid import Shape
from tests.generate.plain import rules
from tests.generate.series import Drawn, reports

_SEEDS = range(150)
_SHAPES = [pytest.param(shape, id=str(shape)) for shape in (None, *Shape)]


def _reading(drawn: Drawn) -> ReportReading | None:
    try:
        return read_report(drawn.data)
    except Unreadable:
        return None


def _claimed(reading: ReportReading | None) -> dict[tuple[int, str], Decimal | None]:
    found = reading.extraction.observations if reading else ()
    kept = (each for each in found if each.source is Source.SERIES and each.status not in VALUELESS)
    return {(each.time_period, each.indicator): each.value for each in kept}


def _faults(drawn: Drawn) -> Iterator[str]:
    reading = _reading(drawn)
    claimed = _claimed(reading)
    for key, value in claimed.items():
        if drawn.truth.get(key) != value:
            yield f"claims {key} = {value}, printed is {drawn.truth.get(key)} ({drawn.layout})"
    told = (each for each in (reading.extraction.observations if reading else ()) if each.source is Source.NARRATIVE)
    for each in told:
        if each.value is not None and drawn.truth.get((each.time_period, each.indicator), each.value) != each.value:
            yield f"prose claims {each.indicator} = {each.value} for {each.time_period}"
    for key, value in drawn.truth.items():
        if drawn.determined and value is not None and key not in claimed:
            yield f"prints {key} = {value}, read was nothing ({drawn.layout})"


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
        read = _claimed(reading).keys() >= {key for key, value in drawn.truth.items() if value is not None}
        assert reading is None or read or {"unreadable-annex", "unreadable-cell"} & set(rules(reading)), seed
