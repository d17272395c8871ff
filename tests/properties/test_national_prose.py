"""Two laws of prose since 2019: nothing claimed is ever wrong, and what plain words state is read."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from pipelines.model.observation import Observation, Source
from tests.generate.national_prose import Told, print_year
from tests.generate.plain import national

_SEEDS = range(120)


def _drawn() -> Iterator[tuple[str, int, Told, list[Observation]]]:
    """Yield the years that were drawn with what is read of their prose."""
    for seed in _SEEDS:
        random = Random(seed)
        year = random.randint(2021, 2025)
        told = print_year(random, year)
        reading = national(*told.lines, year=year)
        yield f"seed {seed}", year, told, _figures(reading.extraction.observations)


def _figures(observations: tuple[Observation, ...]) -> list[Observation]:
    """Return what the prose is said to state, without what only prose counts."""
    return [
        found for found in observations if found.source is Source.NARRATIVE and not found.indicator.startswith("text.")
    ]


def test_nothing_claimed_is_wrong() -> None:
    wrong = [
        (seed, found.cell, found.value, found.label)
        for seed, year, told, observations in _drawn()
        for found in observations
        if found.time_period != year or told.stated.get(found.cell) != found.value
    ]
    assert wrong == []


def test_what_plain_words_state_is_read() -> None:
    missed = [
        (seed, cell, value)
        for seed, _, told, observations in _drawn()
        for cell, value in told.stated.items()
        if cell not in {found.cell for found in observations}
    ]
    assert missed == []


def test_the_generator_states_figures() -> None:
    stated: set[Decimal] = set()
    for _, _, told, _ in _drawn():
        stated |= set(told.stated.values())
    assert len(stated) > len(_SEEDS)
