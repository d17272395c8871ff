"""The two laws for the annexes of a report: multi-year series and publication rosters."""

from collections.abc import Iterator
from decimal import Decimal

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import VALUELESS, Source
from tests.generate import rosters, series

Key = tuple[int, str]


def claimed_series(reading: ReportReading | None) -> dict[Key, Decimal | None]:
    """Return the figures that are said to stand in series, by year and indicator."""
    found = reading.extraction.observations if reading else ()
    kept = (each for each in found if each.source is Source.SERIES and each.status not in VALUELESS)
    return {(each.time_period, each.indicator): each.value for each in kept}


def wrong_series(drawn: series.Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every figure that is claimed and not printed so, in the annex or in prose."""
    for key, value in claimed_series(reading).items():
        if drawn.truth.get(key) != value:
            yield f"claims {key} = {value}, printed is {drawn.truth.get(key)} ({drawn.layout})"
    told = (each for each in (reading.extraction.observations if reading else ()) if each.source is Source.NARRATIVE)
    for each in told:
        if each.value is not None and drawn.truth.get((each.time_period, each.indicator), each.value) != each.value:
            yield f"prose claims {each.indicator} = {each.value} for {each.time_period}"


def missed_series(drawn: series.Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every printed figure that the layout determines and that was not found."""
    found = claimed_series(reading)
    for key, value in drawn.truth.items():
        if drawn.determined and value is not None and key not in found:
            yield f"prints {key} = {value}, read was nothing ({drawn.layout})"


def roster_lines(reading: ReportReading | None) -> tuple[rosters.Entry, ...]:
    """Return the lines of a roster as they were read."""
    roster = reading.extraction.roster if reading else ()
    return tuple(rosters.Entry(line.body_name, line.status, line.published_on) for line in roster)


def wrong_lines(drawn: rosters.Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every line of a roster that is not printed so."""
    yield from (f"claims {line}, which is not printed" for line in roster_lines(reading) if line not in drawn.roster)


def missed_lines(drawn: rosters.Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every line that the layout determines and that was not found, or not in its place."""
    read = roster_lines(reading)
    if drawn.determined:
        yield from (f"prints {line}, read was {read}" for line in drawn.roster if line not in read)
        if read != drawn.roster and len(read) == len(drawn.roster):
            yield f"prints {drawn.roster}, read was {read}"
