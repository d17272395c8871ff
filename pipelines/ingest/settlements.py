"""What a report alone leaves unreadable, settled by the reports of the years beside it, for a set of bodies."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import duckdb

from pipelines.extract.split.sums import Stated
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.neighbours import YearReport, settled_cells, stated_by
from pipelines.ingest.reading import read_report
from pipelines.ingest.register import load
from pipelines.model.finding import Finding
from pipelines.model.observation import Observation
from pipelines.model.report import Unreadable
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.columns import Columns, finding_columns
from pipelines.warehouse.database import gather, give
from pipelines.warehouse.observations import observations

_BATCH = 2_000
"""How many open reports are looked at together."""

_SETTLED = (
    *("time_period", "indicator", "breakdown", "source", "occurrence"),
    *("value", "status", "printed", "evidence", "locator"),
)
RawOf = Callable[[str], bytes]
"""The bytes of a report by its id; raises Unreadable where they cannot be had any more."""


def raw_of_reports(settings: Settings, manifest: Manifest) -> RawOf:
    """Return what fetches the bytes of a report that a manifest knows."""
    paths = {
        manifest.reports[file.sha256].report_id: file for file in manifest.files if file.sha256 in manifest.reports
    }

    def raw_of(report_id: str) -> bytes:
        file = paths[report_id]
        data = load(settings.raw / file.path, settings.largest_file)
        if sha256(data).hexdigest() != file.sha256:
            raise Unreadable("cannot-open", "changed while the warehouse was built")
        return data

    return raw_of


@dataclass(frozen=True, slots=True)
class Settlement:
    """A report that its neighbours settle: the figures, each with its evidence, and what is found in it now."""

    report_id: str
    body_id: str
    report_year: int
    figures: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def settle(report: YearReport, neighbours: Sequence[YearReport], raw_of: RawOf) -> Settlement | None:
    """Return what the reports right before and after settle in a report, None where that is nothing.

    All of them are given as they read alone, so that the answer depends on the contents of the three and on no order.
    """
    stated = stated_by(report, neighbours)
    if not stated:
        return None
    try:
        again = read_report(raw_of(report.report_id), stated).extraction
    except Unreadable:
        return None
    settled = settled_cells(report.observations, again.observations)
    figures = tuple(replace(found, evidence=_evidence(found, stated)) for found in settled)
    body_id = again.frame.body.body_id
    return Settlement(report.report_id, body_id, report.report_year, figures, again.findings) if figures else None


def settle_by_neighbours(
    connection: duckdb.DuckDBPyConnection, raw_of: RawOf, bodies: Collection[str]
) -> Iterator[Settlement]:
    """Yield what neighbours settle in the current reports of some bodies; core.report must be made."""
    for report, neighbours in _open_reports(connection, bodies):
        if settlement := settle(report, neighbours, raw_of):
            yield settlement


def give_settlements(connection: duckdb.DuckDBPyConnection, settlements: Iterable[Settlement]) -> None:
    """Let the SQL files read the settled figures, and the findings on the reports that hold them."""
    made = list(settlements)
    figures = [(each.report_id, found) for each in made for found in each.figures]
    settled = {name: [getattr(found, name) for _, found in figures] for name in _SETTLED}
    give(connection, "core.settlement", {"report_id": [report_id for report_id, _ in figures], **settled})
    gather(connection, "settled_finding", "quality.finding", map(_findings, made))


def _evidence(found: Observation, stated: Sequence[Stated]) -> str:
    """Return what settles a figure; where only its own sums are named, with what settled the others of its table."""
    places = sorted(each.place for each in stated)
    named = any(place in found.evidence for place in places)
    return found.evidence if named else ", ".join(filter(None, (found.evidence, *places)))


def _open_reports(
    connection: duckdb.DuckDBPyConnection, bodies: Collection[str]
) -> Iterator[tuple[YearReport, list[YearReport]]]:
    """Yield each current report with unreadable cells and the reports of the years beside it."""
    opened = statements("query")["query.open_reports"].text
    rows = connection.execute(opened, {"bodies": sorted(bodies)}).fetchall()
    groups = (list(group) for _, group in groupby(rows, key=itemgetter(0)))
    while batch := [*islice(groups, _BATCH)]:
        reports = _as_read_alone(connection, [row for group in batch for row in group])
        for group in batch:
            beside = [reports[report_id] for of, report_id, *_ in group if report_id != of]
            yield reports[group[0][0]], beside


def _as_read_alone(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]) -> dict[str, YearReport]:
    """Return the reports that rows name, with the figures of each as it reads alone."""
    frames = {report_id: (year, coverage) for _, report_id, year, coverage in rows}
    asked = statements("query")["query.figures_alone"].text
    figures = observations(connection.execute(asked, {"report_ids": sorted(frames)}))
    return {name: YearReport(name, *frame, figures.get(name, ())) for name, frame in frames.items()}


def _findings(settlement: Settlement) -> Columns:
    owner = {name: getattr(settlement, name) for name in ("report_id", "body_id", "report_year")}
    return finding_columns(settlement.findings, **owner)
