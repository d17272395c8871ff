"""Two laws of prose since 2019: nothing claimed is ever wrong, and what plain words state is read."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from pipelines.ingest.reading import ReportReading
from tests.generate.national_prose import Drawn, reports
from tests.generate.plain import national
from tests.properties.prose_laws import missed_statements, wrong_statements

_SEEDS = range(120)
Law = Callable[[Drawn, ReportReading | None], Iterator[str]]


def _broken(law: Law) -> list[str]:
    """Return what breaks a law in the prose of a year beside tables that are always the same."""
    read = ((seed, drawn, national(*drawn.lines, year=drawn.year)) for seed, drawn in reports(_SEEDS))
    return [f"seed {seed}: {said}" for seed, drawn, reading in read for said in law(drawn, reading)]


def test_nothing_claimed_is_wrong() -> None:
    assert _broken(wrong_statements) == []


def test_what_plain_words_state_is_read() -> None:
    assert _broken(missed_statements) == []


def test_the_generator_states_figures() -> None:
    stated: set[Decimal] = set()
    for _, drawn in reports(_SEEDS):
        stated |= set(drawn.stated.values())
    assert len(stated) > len(_SEEDS)
