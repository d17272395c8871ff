"""Two laws over reports of the 2014 form that are stored on one line."""

from collections.abc import Collection, Iterator

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.observation import Source
from tests.generate.one_line import Glue, reports
from tests.generate.style import Hazard
from tests.generate.truth import Report
from tests.properties.laws import missed_figures, wrong_figures

_SEEDS = range(40)
_PARTED = (Glue.SPACE, Glue.WIDE)
_HAZARDS = (
    Hazard.ALIEN_ROWS,
    Hazard.BARE_PAGE_NUMBERS,
    Hazard.SPACED_NOTES,
    Hazard.SPACED_HEADER,
    Hazard.HEADING_FIGURES,
    Hazard.BROKEN_NUMBERS,
)


def _broken(drawn: Collection[tuple[int, Report]], *, misses: bool = True) -> Iterator[str]:
    """Yield what breaks a law, with the seed that draws the same report again."""
    for seed, report in drawn:
        reading = read_report(report.data)
        said = (*wrong_figures(report, reading), *(missed_figures(report, reading) if misses else ()))
        yield from (f"seed {seed}: {each}" for each in said)


@pytest.mark.parametrize("misprints", [False, True])
@pytest.mark.parametrize("glue", Glue)
def test_both_laws_hold(glue: Glue, *, misprints: bool) -> None:
    assert [*_broken([*reports(_SEEDS, glue, misprints=misprints)])] == []


@pytest.mark.parametrize("hazard", _HAZARDS)
@pytest.mark.parametrize("glue", _PARTED)
def test_no_figure_is_wrong_in_spite_of(glue: Glue, hazard: Hazard) -> None:
    assert [*_broken([*reports(_SEEDS, glue, hazard)], misses=False)] == []


@pytest.mark.slow
@pytest.mark.parametrize("glue", Glue)
def test_both_laws_hold_for_many(glue: Glue) -> None:
    assert [*_broken([*reports(range(40, 1_000), glue)])] == []


def test_run_together_rows_are_read_where_their_numbers_part_the_figures() -> None:
    drawn = [report for _, report in reports(_SEEDS, Glue.NOTHING)]
    printed = sum(entry.value is not None for report in drawn for entry in report.truth.values())
    read = sum(
        found.source is Source.TABLE and found.value is not None
        for report in drawn
        for found in read_report(report.data).extraction.observations
    )
    assert read > 0.9 * printed


def test_every_locator_leads_to_the_character_where_the_row_begins() -> None:
    for seed, report in reports(_SEEDS, Glue.SPACE):
        lines = report.text.split("\n")
        for found in read_report(report.data).extraction.observations:
            if found.source is Source.TABLE:
                place, _, character = found.locator.partition(" character ")
                rest = lines[int(place.removeprefix("line ")) - 1][int(character or 1) - 1 :]
                assert found.printed in rest, (seed, found)
