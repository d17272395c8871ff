"""The 2014 table with heads, columns and rows of some place: nothing of a part is taken for the whole."""

import pytest

from tests.generate.grid import Shape
from tests.generate.plain import rules
from tests.generate.stat_columns import reports
from tests.properties.formats_laws import claimed, missed_figures, read_or_none, wrong_figures

_SEEDS = range(60)


@pytest.mark.parametrize("shape", Shape)
def test_no_figure_is_wrong_and_what_the_layout_tells_is_read(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        reading = read_or_none(drawn)
        assert [*wrong_figures(drawn, reading), *missed_figures(drawn, reading)] == [], seed


@pytest.mark.parametrize("shape", Shape)
def test_rows_of_a_place_are_told(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        reading = read_or_none(drawn)
        if claimed(reading) and reading is not None:
            told = " ".join(finding.found for finding in reading.extraction.findings)
            assert [label for label in drawn.strangers if label not in told] == [], seed


@pytest.mark.parametrize("shape", Shape)
def test_figures_of_parts_are_not_read_and_said_to_be_there(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape, several=True):
        reading = read_or_none(drawn)
        assert claimed(reading) == [], seed
        assert reading is None or "table-not-read" in rules(reading), seed
