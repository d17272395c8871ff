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
