"""The laws that a reading must obey, whatever the report: each check names the figure that breaks it."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import VALUELESS, Observation, Source, Status
from pipelines.read.document import read_document
from tests.generate.figures import SUMS
from tests.generate.style import Hazard
from tests.generate.truth import Key, Nought, Report

_SETTLED = frozenset({Status.BLANK_AS_ZERO, Status.DERIVED})


def key_of(observation: Observation) -> Key:
    """Return the key under which the truth holds a figure."""
    return observation.source.value, observation.time_period, observation.indicator, observation.breakdown


def wrong_figures(report: Report, reading: ReportReading | None) -> Iterator[str]:
    """Yield every figure that is claimed and not printed so: the first law."""
    for found in reading.extraction.observations if reading else ():
        if found.status in VALUELESS:
            continue
        if found.status in _SETTLED:
            yield from _unproven(report, reading, found)
        elif not _is_printed(report, found):
            yield f"claims {_told(found)}, printed is {report.truth.get(key_of(found))}"


def missed_figures(report: Report, reading: ReportReading | None) -> Iterator[str]:
    """Yield every printed figure that the layout determines and that was not found: the second law."""
    found = {key_of(each): each for each in (reading.extraction.observations if reading else ())}
    for key, entry in report.truth.items():
        if _told_by_others_only(report, key) or entry.value is None or not entry.determined:
            continue
        if key not in found or figure_in_unit(found[key]) != entry.value:
            read = _told(found[key]) if key in found else "nothing"
            yield f"prints {key} = {entry.value}, read was {read}"


def _told_by_others_only(report: Report, key: Key) -> bool:
    """Say whether a row shares its wording with another and the labels around, which tell them apart, are broken."""
    return (
        Hazard.WRAPPED_LABELS in report.hazards
        and key[2].startswith("cases_2014.")
        and key[3] in {"corrected", "other"}
    )


def figure_in_unit(found: Observation) -> Decimal | None:
    """Return a figure in the unit of the form: 元 in a row of 万元 is a ten-thousandth."""
    return found.value / 10_000 if found.value is not None and found.unit == "元" else found.value


def _is_printed(report: Report, found: Observation) -> bool:
    """Say whether the report prints this figure, or a sentence that says that there was none."""
    entry = report.truth.get(key_of(found))
    if entry is not None and entry.value is not None:
        return entry.value == figure_in_unit(found)
    row = report.truth.get((Source.TABLE.value, *key_of(found)[1:]))
    if row is not None and row.value is not None and not row.determined and found.source is Source.NARRATIVE:
        return row.value == figure_in_unit(found)
    stated = found.status is Status.STATED_ZERO and found.source is Source.NARRATIVE
    return stated and found.time_period == report.year and found.indicator in report.stated_zero


def _unproven(report: Report, reading: ReportReading, found: Observation) -> Iterator[str]:
    """Yield a settled figure that neither a sum nor a sentence proves, or that is not the true one."""
    entry = report.truth[key_of(found)]
    if entry.value is not None and entry.value != found.value:
        yield f"settles {_told(found)} though {entry.value} is printed"
    if report.consistent and report.actual[found.cell] != found.value:
        yield f"settles {_told(found)}, the true figure is {report.actual[found.cell]}"
    if not (_sentence_proves(report, found) or _sum_proves(reading, found)):
        yield f"settles {_told(found)} without proof ({found.evidence})"


def _sentence_proves(report: Report, found: Observation) -> bool:
    line = _said_at(report.data, found.evidence)
    if line is None or found.breakdown != "total" or found.value != 0:
        return False
    return any(_says(nought, line) and found.indicator in nought.covers for nought in report.noughts)


@lru_cache(maxsize=1)
def _places(data: bytes) -> dict[str, str]:
    document = read_document(data)
    return {document.places[number]: text for number, text in enumerate(document.texts)}


def _said_at(data: bytes, place: str) -> str | None:
    """Return what a report says in a place, None where it has no such place."""
    return _places(data).get(place)


def _says(nought: Nought, line: str) -> bool:
    return nought.text.rstrip("。") in line


def _sum_proves(reading: ReportReading, found: Observation) -> bool:
    """Say whether some sum in which the figure takes part closes, every other cell of it having a value."""
    values = {
        observation.cell: Decimal(0) if observation.status is Status.NOT_APPLICABLE else observation.value
        for observation in reading.extraction.observations
        if observation.source is Source.TABLE
    }
    return any(
        found.cell in (whole, *parts) and _closes([values.get(whole)], [values.get(part) for part in parts])
        for whole, parts in SUMS.items()
    )


def _closes(whole: list[Decimal | None], parts: list[Decimal | None]) -> bool:
    return None not in whole + parts and sum(filter(None, whole), Decimal(0)) == sum(filter(None, parts), Decimal(0))


def _told(found: Observation) -> str:
    return f"{key_of(found)} = {found.value} ({found.status}, {found.printed!r}, {found.locator})"


def leaks(report: Report, reading: ReportReading) -> Iterator[str]:
    """Yield every name of a person and every telephone number that got out of the raw file."""
    told = [*reading.extraction.observations, *reading.extraction.findings, *reading.extraction.roster]
    for item in told:
        text = unicodedata.normalize("NFKC", repr(item))
        yield from (f"{secret} stands in {text}" for secret in report.secrets if secret in text)


def false_locators(text: str, reading: ReportReading) -> Iterator[str]:
    """Yield every locator that does not lead to the line that holds what is said to be printed there."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in reading.extraction.observations:
        line = _line(lines, found.locator)
        if line is None or (found.status is not Status.UNREADABLE and found.printed not in line):
            yield f"{_told(found)} is not on that line: {line!r}"
    for finding in reading.extraction.findings:
        yield from (f"{finding.rule} leads to {place}" for place in finding.locators if _line(lines, place) is None)
    for entry in reading.extraction.roster:
        if entry.body_name not in (_line(lines, entry.locator) or ""):
            yield f"roster line {entry.position} is not at {entry.locator}"


def _line(lines: list[str], locator: str) -> str | None:
    match = re.fullmatch(r"line (\d+)(?: cell \d+)?", locator)
    return lines[int(match[1]) - 1] if match and 0 < int(match[1]) <= len(lines) else None
