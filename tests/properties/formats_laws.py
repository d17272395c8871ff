"""The two laws for reports of the forms with columns: each check names the figure that breaks it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.observation import VALUELESS, Observation, Source, Status
from pipelines.model.report import Unreadable
from tests.generate.truth import Cell, Entry

_SETTLED = frozenset({Status.BLANK_AS_ZERO, Status.DERIVED})


class Drawn(Protocol):
    """A generated report with the truth about the cells of its tables."""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""

    @property
    def year(self) -> int:
        """The year of the report."""

    @property
    def truth(self) -> Mapping[Cell, Entry]:
        """What each cell prints."""

    @property
    def actual(self) -> Mapping[Cell, Decimal]:
        """The figures before anything was spoilt."""

    @property
    def consistent(self) -> bool:
        """Whether all sums hold."""


def read_or_none(drawn: Drawn) -> ReportReading | None:
    """Return the reading of a report, None where it is refused."""
    try:
        return read_report(drawn.data)
    except Unreadable:
        return None


def observed(reading: ReportReading | None) -> list[Observation]:
    """Return the cells that are said to stand in tables."""
    return [found for found in reading.extraction.observations if found.source is Source.TABLE] if reading else []


def claimed(reading: ReportReading | None) -> list[Observation]:
    """Return the figures that are said to stand in tables."""
    return [found for found in observed(reading) if found.status not in VALUELESS]


def wrong_figures(report: Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every figure that is claimed and neither printed so nor, for a settled blank, true."""
    for found in claimed(reading):
        entry = report.truth.get(found.cell)
        if found.time_period != report.year or entry is None:
            yield f"claims {told(found)}, which is not printed"
        elif found.status not in _SETTLED:
            if entry.value != found.value:
                yield f"claims {told(found)}, printed is {entry.value}"
        elif entry.value is not None:
            yield f"settles {told(found)} though {entry.value} is printed"
        elif report.consistent and report.actual[found.cell] != found.value:
            yield f"settles {told(found)}, the true figure is {report.actual[found.cell]}"


def missed_figures(report: Drawn, reading: ReportReading | None) -> Iterator[str]:
    """Yield every printed figure that the layout determines and that was not found."""
    found = {observation.cell: observation for observation in claimed(reading)}
    said = {observation.cell: observation for observation in observed(reading)}
    for cell, entry in report.truth.items():
        if entry.value is not None and entry.determined and (cell not in found or found[cell].value != entry.value):
            yield f"prints {cell} = {entry.value}, read was {told(said[cell]) if cell in said else 'nothing'}"


def told(found: Observation) -> str:
    """Return a figure with its status, its printed text and its place."""
    return f"{found.cell} = {found.value} ({found.status}, {found.printed!r}, {found.locator})"
