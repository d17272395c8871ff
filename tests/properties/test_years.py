"""Laws of settling by the years beside: nothing wrong, nothing taken from what contradicts, one answer in any order."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random

import pytest

from pipelines.ingest.neighbours import YearReport
from pipelines.ingest.reading import read_report
from pipelines.ingest.settlements import Settlement, settle
from pipelines.model.observation import Status
from tests.generate.formats import Drawn
from tests.generate.grid import Shape
from tests.generate.years import years
from tests.properties.formats_laws import read_or_none

_SEEDS = range(40)
_FAMILIES = ("national", "local_coded")
_CLEAR, _RUN = Shape.PIPES, Shape.RUN


def alone(drawn: Drawn) -> YearReport | None:
    reading = read_or_none(drawn)
    if reading is None:
        return None
    return YearReport(reading.report_id, drawn.year, "unknown", reading.extraction.observations)


def settled(reports: Sequence[Drawn], place: int = 1) -> Settlement | None:
    """Return what the others settle in one of several reports."""
    known = [alone(drawn) for drawn in reports]
    this = known[place]
    if this is None:
        return None
    others = [each for index, each in enumerate(known) if each and index != place]
    return settle(this, others, lambda _: reports[place].data)


def wrong(drawn: Drawn, settlement: Settlement | None) -> Iterator[str]:
    for found in settlement.figures if settlement else ():
        entry = drawn.truth.get(found.cell)
        true = entry.value if entry and found.status is Status.SPLIT else drawn.actual.get(found.cell)
        if true != found.value:
            yield f"{found.cell} = {found.value} ({found.printed!r}, {found.evidence}), true is {true}"


@pytest.mark.parametrize("family", _FAMILIES)
@pytest.mark.parametrize("shapes", [(_CLEAR, _RUN, _CLEAR), (_CLEAR, _RUN), (_RUN, _RUN, _RUN)])
def test_no_settled_figure_is_wrong(family: str, shapes: Sequence[Shape]) -> None:
    drawn = ((seed, years(Random(seed), family, shapes)) for seed in _SEEDS)
    assert [(seed, said) for seed, each in drawn for said in wrong(each[1], settled(each))] == []


@pytest.mark.parametrize("family", _FAMILIES)
@pytest.mark.parametrize("misprinted", [(0, 2), (1,)])
def test_none_is_wrong_where_publishers_err(family: str, misprinted: Sequence[int]) -> None:
    shapes = (_CLEAR, _RUN, _CLEAR)
    drawn = ((seed, years(Random(seed), family, shapes, misprinted=misprinted)) for seed in _SEEDS)
    assert [(seed, said) for seed, each in drawn for said in wrong(each[1], settled(each))] == []


@pytest.mark.parametrize("family", _FAMILIES)
def test_reports_that_do_not_continue_each_other_settle_nothing_wrong(family: str) -> None:
    for seed in _SEEDS:
        this, other = (years(Random(each), family, (_CLEAR, _RUN, _CLEAR)) for each in (seed, seed + 1000))
        mixed = (other[0], this[1], other[2])
        if [each.year for each in other] == [each.year for each in this]:
            assert [*wrong(this[1], settled(mixed))] == [], seed


def test_much_that_is_ambiguous_alone_is_settled_and_evidence_names_the_other_year() -> None:
    found: list[str] = []
    for family in _FAMILIES:
        for seed in _SEEDS:
            drawn = years(Random(seed), family, (_CLEAR, _RUN, _CLEAR))
            settlement, beside = settled(drawn), [read_or_none(each) for each in drawn[::2]]
            ids = [each.report_id for each in beside if each]
            for figure in settlement.figures if settlement else ():
                assert any(f"@{report_id}" in figure.evidence for report_id in ids)
                found.append(family)
    assert found.count("national") > 50
    assert found.count("local_coded") > 200


def test_the_order_of_the_others_does_not_matter_and_their_own_settlements_are_not_used() -> None:
    for seed in range(10):
        drawn = years(Random(seed), "local_coded", (_RUN, _RUN, _RUN))
        known = [each for each in map(alone, drawn) if each]
        others = [each for each in known if each.report_year != drawn[1].year]
        this = next(each for each in known if each.report_year == drawn[1].year)
        answers = [settle(this, order, lambda _, of=drawn[1]: of.data) for order in permutations(others)]
        assert all(each == answers[0] for each in answers)


def test_a_reading_that_is_told_nothing_is_the_reading_alone() -> None:
    drawn = years(Random(3), "local_coded", (_RUN,))[0]
    assert read_report(drawn.data, ()) == read_report(drawn.data)
