"""Rosters of every layout: no line says what is not printed, what the layout tells is read, nobody is named."""

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.identity import Verdict
from pipelines.model.report import Unreadable
from tests.generate.grid import Shape
from tests.generate.rosters import Drawn, reports
from tests.properties.annex_laws import roster_lines

_SEEDS = range(150)


def _reading(drawn: Drawn) -> ReportReading | None:
    try:
        return read_report(drawn.data)
    except Unreadable:
        return None


@pytest.mark.parametrize("shape", Shape)
def test_no_line_is_wrong(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        assert [line for line in roster_lines(_reading(drawn)) if line not in drawn.roster] == [], seed


@pytest.mark.parametrize("shape", Shape)
def test_what_the_layout_tells_is_read_in_its_order(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        if drawn.determined:
            assert roster_lines(_reading(drawn)) == drawn.roster, seed


@pytest.mark.parametrize("shape", Shape)
def test_nobody_is_named(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        told = repr(_reading(drawn))
        assert [secret for secret in drawn.secrets if secret in told] == [], seed


@pytest.mark.parametrize("shape", [shape for shape in Shape if shape.blanks_show])
def test_the_number_that_is_announced_is_held_against_the_roster(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        reading = _reading(drawn)
        assert reading is not None
        told = [each.verdict for each in reading.extraction.findings if each.rule == "roster-count"]
        if not drawn.announced:
            assert told == [], seed
        elif not drawn.done:
            assert told == [Verdict.CANNOT_TELL], seed
        else:
            assert told == [Verdict.HOLDS if drawn.announced == drawn.done else Verdict.BROKEN], seed
