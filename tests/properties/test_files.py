"""Two laws over every form in every file format: no figure is ever wrong, and what the file tells is read.

The table of 2014 is looked at here in the shapes of text too that its own laws do not draw.
"""

import pytest

from tests.generate.files import File
from tests.generate.grid import Shape
from tests.properties.combinations import FIGURES, Combination, combinations, drawn_of
from tests.properties.formats_laws import read_or_none

_SEEDS, _THOUSANDS = range(6), range(6, 126)
_LOOKED_AT = [
    each
    for each in combinations()
    if isinstance(each.medium, File) or (each.form == "stat_2014" and isinstance(each.medium, Shape))
]
_FILES = [pytest.param(each, id=" ".join(map(str, each))) for each in _LOOKED_AT]


def _broken(combination: Combination, seeds: range) -> list[str]:
    """Return what breaks a law, with the seed that draws the same report again."""
    figures = FIGURES[combination.form]
    read = ((seed, drawn, read_or_none(drawn)) for seed, drawn in drawn_of(combination, seeds))
    return [
        f"seed {seed}: {said}"
        for seed, drawn, reading in read
        for law in (figures.wrong, figures.missed)
        for said in law(drawn, reading)
    ]


@pytest.mark.parametrize("combination", _FILES)
def test_both_laws_hold(combination: Combination) -> None:
    assert _broken(combination, _SEEDS) == []


@pytest.mark.long
@pytest.mark.parametrize("combination", _FILES)
def test_both_laws_hold_for_thousands(combination: Combination) -> None:
    assert _broken(combination, _THOUSANDS) == []
