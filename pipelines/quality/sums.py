"""The sums of the forms found in a report, each with one of three answers."""

from collections.abc import Iterator

from pipelines.model.finding import Finding
from pipelines.model.identity import Cell, Identity, judge
from pipelines.model.observation import PRINTED, Observation, Source
from pipelines.model.report import Extraction
from pipelines.registry.identities import identities_of
from pipelines.registry.rules import sum_finding


def check_sums(extraction: Extraction) -> Iterator[Finding]:
    """Yield one finding for each sum that a form of the report asks for, whatever the answer."""
    report_year = extraction.frame.report_year
    for form in extraction.frame.forms:
        cells = {
            (found.indicator, found.breakdown): found
            for found in extraction.observations
            if found.source is Source.TABLE and found.form == form and found.occurrence == 1
        }
        for identity in identities_of(form):
            if identity.applies(cells):
                yield sum_finding(judge(identity, cells), _places(identity, cells), report_year)


def _places(identity: Identity, cells: dict[Cell, Observation]) -> tuple[str, ...]:
    """Return where the printed figures of a sum stand; where none is printed, its blank cells."""
    found = [cells[cell] for cell in identity.cells if cell in cells]
    printed = [observation.locator for observation in found if observation.status in PRINTED]
    return tuple(printed or [observation.locator for observation in found])
