"""Two laws over the local coded form in all of its layouts, and what is said of rows and columns that nobody knows."""

import pytest

from tests.generate.grid import Shape
from tests.generate.local import reports
from tests.generate.plain import rules
from tests.properties.formats_laws import claimed, missed_figures, read_or_none, wrong_figures

_SEEDS = range(120)


@pytest.mark.parametrize("shape", Shape)
def test_no_figure_is_wrong(shape: Shape) -> None:
    drawn = reports(_SEEDS, shape)
    assert [f"seed {seed}: {said}" for seed, each in drawn for said in wrong_figures(each, read_or_none(each))] == []


@pytest.mark.parametrize("shape", Shape)
def test_what_the_layout_tells_is_read(shape: Shape) -> None:
    drawn = reports(_SEEDS, shape)
    assert [f"seed {seed}: {said}" for seed, each in drawn for said in missed_figures(each, read_or_none(each))] == []


@pytest.mark.parametrize("shape", Shape)
def test_a_row_that_no_form_knows_is_told(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape):
        reading = read_or_none(drawn)
        if reading is None or not claimed(reading):
            continue
        told = " ".join(
            finding.found
            for finding in reading.extraction.findings
            if finding.rule in {"unknown-text", "unreadable-cell"}
        )
        assert [f"seed {seed}: {label}" for label in drawn.strangers if label not in told] == []


@pytest.mark.parametrize("shape", Shape)
def test_columns_that_the_form_does_not_have_are_said_to_be_unread(shape: Shape) -> None:
    for seed, drawn in reports(_SEEDS, shape, broken_heads=True):
        reading = read_or_none(drawn)
        assert claimed(reading) == [], seed
        assert reading is None or "table-not-read" in rules(reading), seed
