"""Reports read from pictures by a machine: a misread cell is read as it was printed, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.observation import Observation, Source, Status
from tests.generate.formats import FORMS, Drawn
from tests.generate.formats import reports as formats
from tests.generate.grid import Markup, Shape
from tests.generate.misread import misread
from tests.generate.stat_2014 import reports as statistics
from tests.generate.truth import Report
from tests.properties.formats_laws import claimed, read_or_none

_SEEDS = range(30)
_SHAPES = [shape for shape in Shape if shape.parts_cells]


def _spoilt(form: str, shape: Shape) -> Iterator[tuple[int, Drawn]]:
    for seed, drawn in formats(_SEEDS, form, shape):
        if shape is Shape.HTML and drawn.style.how.markup is Markup.SPANS:
            continue
        yield seed, replace(drawn, text=misread(Random(seed), drawn.text))


@pytest.mark.parametrize("shape", _SHAPES)
@pytest.mark.parametrize("form", FORMS)
def test_no_misread_figure_is_wrong(form: str, shape: Shape) -> None:
    wrong = [
        (seed, found)
        for seed, drawn in _spoilt(form, shape)
        for found in claimed(read_or_none(drawn))
        if drawn.actual.get(found.cell) != found.value
    ]
    assert wrong == []


def test_no_misread_figure_of_one_column_is_wrong() -> None:
    wrong = [
        (seed, found)
        for seed, report in statistics(range(150))
        for found in read_report(misread(Random(seed), report.text).encode()).extraction.observations
        if found.source is Source.TABLE and found.value is not None and found.value not in _said(report, found)
    ]
    assert wrong == []


def _said(report: Report, found: Observation) -> set[Decimal | None]:
    """Return the true figure, in the unit that is stored."""
    actual = report.actual[found.cell]
    return {actual, actual * 10_000 if found.unit == "元" else actual}


@pytest.mark.parametrize("form", ["format_2019", "format_2021"])
def test_what_the_sums_prove_is_read(form: str) -> None:
    read = [
        found
        for _, drawn in _spoilt(form, Shape.HTML)
        for found in claimed(read_or_none(drawn))
        if found.status is Status.SPLIT
    ]
    assert len(read) > len(_SEEDS)
    assert all(found.evidence and not found.printed.isdecimal() for found in read)
