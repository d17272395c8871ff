"""The two laws for what prose since 2019 states."""

from collections.abc import Iterator

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import Observation, Source
from tests.generate.national_prose import Drawn


def stated(reading: ReportReading | None) -> list[Observation]:
    """Return what the prose is said to state, without what only prose counts."""
    found = reading.extraction.observations if reading else ()
    return [each for each in found if each.source is Source.NARRATIVE and not each.indicator.startswith("text.")]


def wrong_statements(drawn: Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every figure that is claimed and not stated so."""
    for found in stated(reading):
        if found.time_period != drawn.year or drawn.stated.get(found.cell) != found.value:
            yield f"claims {found.cell} = {found.value} ({found.label}), stated is {drawn.stated.get(found.cell)}"


def missed_statements(drawn: Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every figure that plain words state and that was not found."""
    found = {each.cell for each in stated(reading)}
    yield from (
        f"states {cell} = {value}, read was nothing"
        for cell, value in drawn.stated.items()
        if drawn.determined and cell not in found
    )
