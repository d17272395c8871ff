"""Reports that hold tables of two forms: each is read with its form, and no figure goes from one to the other."""

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest

from pipelines.model.observation import PRINTED, Observation, Source
from tests.generate import formats, local, stat_columns
from tests.generate.grid import Shape
from tests.generate.truth import Cell, Entry
from tests.properties.formats_laws import Drawn, read_or_none

_SEEDS = range(15)
_PAIRS = (
    ("format_2019", "format_2021"),
    ("format_2021", "format_2019"),
    ("stat_2014", "local_coded"),
    ("local_coded", "format_2019"),
)


class _Both:
    """Two reports in one file, under the title of the first."""

    def __init__(self, first: Drawn, second: Drawn) -> None:
        body = second.data.decode().partition("\n")[2]
        self.data = (first.data.decode() + body).encode()


def _drawn(form: str, seed: int, shape: Shape) -> Drawn:
    if form == "local_coded":
        return next(local.reports(range(seed, seed + 1), shape))[1]
    if form == "stat_2014":
        return next(stat_columns.reports(range(seed, seed + 1), shape))[1]
    return formats.report(Random(seed), form, shape)


def _printed(data: Drawn | _Both, form: str) -> Mapping[Cell, Observation]:
    reading = read_or_none(data)
    found = reading.extraction.observations if reading else ()
    kept = (each for each in found if each.source is Source.TABLE and each.form == form and each.status in PRINTED)
    return {each.cell: each for each in kept}


def _wrong(found: Mapping[Cell, Observation], truth: Mapping[Cell, Entry]) -> Iterator[Cell]:
    return (cell for cell, each in found.items() if cell not in truth or truth[cell].value != each.value)


@pytest.mark.parametrize(("pair", "shape"), [*product(_PAIRS, Shape)])
def test_no_figure_goes_from_one_form_to_the_other(pair: tuple[str, str], shape: Shape) -> None:
    for seed in _SEEDS:
        drawn = {form: _drawn(form, seed + place, shape) for place, form in enumerate(pair)}
        both = _Both(*drawn.values())
        for form, alone in drawn.items():
            assert list(_wrong(_printed(both, form), alone.truth)) == [], (seed, form)


@pytest.mark.parametrize(("pair", "shape"), [*product(_PAIRS, [Shape.TABS, Shape.PIPES, Shape.CELLS, Shape.MARKDOWN])])
def test_what_is_read_of_each_alone_is_read_of_both(pair: tuple[str, str], shape: Shape) -> None:
    for seed in _SEEDS:
        drawn = {form: _drawn(form, seed + place, shape) for place, form in enumerate(pair)}
        both = _Both(*drawn.values())
        for form, alone in drawn.items():
            told = {cell for cell, entry in alone.truth.items() if entry.determined}
            assert told & _printed(alone, form).keys() <= _printed(both, form).keys(), (seed, form)
