"""No figure of a copy is wrong, whatever it lost or gained when it was pasted together again."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generate import formats, local, stat_columns
from tests.generate.copies import Copy, Noise, Parting, Source, copy_of
from tests.generate.grid import Shape
from tests.generate.truth import Entry
from tests.properties.formats_laws import read_or_none, wrong_figures

_FORMS = ("stat_2014", "local_coded", "format_2019", "format_2021")
_SEEDS = range(12)
_FORMERLY_WRONG = (
    (
        "stat_2014",
        1157271136,
        Parting.CELLS,
        {Noise.BARE_PAGES, Noise.HEADS_AGAIN, Noise.LOST_HEAD, Noise.WRAPPED_FIGURES, Noise.WRAPPED_LABELS},
    ),
    (
        "stat_2014",
        2525445946,
        Parting.CELLS,
        {Noise.BARE_PAGES, Noise.LOST_HEAD, Noise.MARKS, Noise.SPARSE, Noise.WRAPPED_FIGURES},
    ),
    ("format_2021", 3578228915, Parting.TABS, {Noise.WRAPPED_FIGURES, Noise.WRAPPED_LABELS}),
    ("format_2019", 1107891960, Parting.FRAMED, {Noise.BLANK_NOUGHTS, Noise.REMARKS, Noise.WRAPPED_LABELS}),
    ("format_2019", 3761056247, Parting.FRAMED, {Noise.THOUSANDS, Noise.WRAPPED_FIGURES}),
    ("format_2021", 1252038751, Parting.WIDE, {Noise.BARE_PAGES, Noise.SPARSE, Noise.WRAPPED_LABELS}),
    ("stat_2014", 2239304767, Parting.CELLS, {Noise.MARKS, Noise.PAGES, Noise.REMARKS, Noise.SEQUENCE}),
    (
        "format_2021",
        4252269200,
        Parting.SINGLE,
        {Noise.BARE_PAGES, Noise.LOST_HEAD, Noise.SPARSE, Noise.WRAPPED_FIGURES, Noise.WRAPPED_LABELS},
    ),
    ("stat_2014", 2044333920, Parting.CELLS, {Noise.BLANK_NOUGHTS, Noise.LOST_HEAD, Noise.SEQUENCE, Noise.THOUSANDS}),
    ("format_2019", 1251490683, Parting.WIDE, {Noise.LOST_HEAD, Noise.WRAPPED_LABELS}),
    ("format_2019", 3666038270, Parting.TABS, {Noise.BLANK_NOUGHTS, Noise.LOST_HEAD, Noise.WRAPPED_LABELS}),
)


def _source(form: str, seed: int) -> Source:
    if form == "local_coded":
        return next(local.reports(range(seed, seed + 1), Shape.TABS))[1]
    if form == "stat_2014":
        return next(stat_columns.reports(range(seed, seed + 1), Shape.TABS))[1]
    return formats.report(Random(seed), form, Shape.TABS)


def _copy(form: str, seed: int, parting: Parting, noises: set[Noise]) -> Copy:
    return copy_of(_source(form, seed), Random(seed), parting, noises)


def _wrong(copy: Copy) -> list[str]:
    """Return the figures that are wrong; noughts that sums prove may be printed elsewhere too."""
    noughts = {cell for cell, entry in copy.truth.items() if entry.value == 0}
    unseen = replace(copy, truth={cell: Entry(None) if cell in noughts else copy.truth[cell] for cell in copy.truth})
    reading = read_or_none(copy)
    return sorted({*wrong_figures(copy, reading)} & {*wrong_figures(unseen, reading)})


@pytest.mark.parametrize(("form", "noise"), [*product(_FORMS, Noise)])
def test_no_figure_is_wrong_in_spite_of(form: str, noise: Noise) -> None:
    copies = ((seed, parting, _copy(form, seed, parting, {noise})) for seed, parting in product(_SEEDS, Parting))
    assert [(seed, parting.name, said) for seed, parting, copy in copies for said in _wrong(copy)] == []


@pytest.mark.parametrize("drawn", _FORMERLY_WRONG, ids=lambda drawn: f"{drawn[0]}-{drawn[1]}")
def test_no_figure_is_wrong_any_more_in(drawn: tuple[str, int, Parting, set[Noise]]) -> None:
    assert _wrong(_copy(*drawn)) == []


@given(
    form=st.sampled_from(_FORMS),
    seed=st.integers(0, 2**32 - 1),
    parting=st.sampled_from(Parting),
    noises=st.sets(st.sampled_from(Noise), max_size=5),
)
def test_no_figure_is_wrong_with_several_noises_at_once(
    form: str, seed: int, parting: Parting, noises: set[Noise]
) -> None:
    assert _wrong(_copy(form, seed, parting, noises)) == []
