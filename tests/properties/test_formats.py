"""Two laws over generated reports of the forms with columns: no figure is ever wrong, what the layout tells is read."""

from collections.abc import Callable, Iterator

import pytest

from pipelines.ingest.reading import ReportReading
from tests.generate.formats import FORMS, Drawn, reports
from tests.generate.grid import Shape
from tests.properties.formats_laws import missed_figures, read_or_none, wrong_figures

Law = Callable[[Drawn, ReportReading | None], Iterator[str]]
_SEEDS = range(60)
_EVERY = [(form, shape) for form in FORMS for shape in Shape]


def _broken(law: Law, form: str, shape: Shape, *, misprints: bool) -> list[str]:
    """Return what breaks a law, with the seed that draws the same report again."""
    return [
        f"seed {seed}: {said}"
        for seed, drawn in reports(_SEEDS, form, shape, misprints=misprints)
        for said in law(drawn, read_or_none(drawn))
    ]


@pytest.mark.parametrize("misprints", [False, True])
@pytest.mark.parametrize(("form", "shape"), _EVERY)
def test_no_figure_is_wrong(form: str, shape: Shape, *, misprints: bool) -> None:
    assert _broken(wrong_figures, form, shape, misprints=misprints) == []


@pytest.mark.parametrize("misprints", [False, True])
@pytest.mark.parametrize(("form", "shape"), _EVERY)
def test_what_the_layout_tells_is_read(form: str, shape: Shape, *, misprints: bool) -> None:
    assert _broken(missed_figures, form, shape, misprints=misprints) == []


def test_rows_of_two_cells_that_run_together_hide_no_blank() -> None:
    drawn = reports(range(1000, 1150), "local_coded", Shape.RUN)
    assert [(seed, said) for seed, each in drawn for said in wrong_figures(each, read_or_none(each))] == []
