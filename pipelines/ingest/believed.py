"""The sums of reports with known errors, put to what is believed: what was broken may then close."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.model.finding import Finding
from pipelines.model.identity import Cell, Identity, Verdict, judge
from pipelines.model.observation import Observation, Source, Status
from pipelines.registry.identities import identities_of
from pipelines.registry.rules import ANSWERS, rules
from pipelines.sql.statements import statements
from pipelines.warehouse.observations import observations

Owner = dict[str, Any]
Cells = Mapping[Cell, Observation]


def believed_sums(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Finding, Owner]]:
    """Yield, with the report it is about, each sum of a form that known errors break, and whether it now closes."""
    for owner, believed in _corrected(connection):
        found = _figures(connection, owner["report_id"])
        for form in sorted({each.form for each in found if each.source is Source.TABLE}):
            cells = {each.cell: each for each in found if _is_in_table(each, form)}
            mended = {cell: _mended(each, believed[cell]) for cell, each in cells.items() if cell in believed}
            for finding in _answers(form, cells, mended, owner["report_year"]):
                yield finding, owner


def _corrected(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Owner, dict[Cell, Decimal | None]]]:
    """Yield each report with known errors in its tables and what is believed of their cells."""
    rows = connection.execute(statements("query")["query.corrected_cells"].text).fetchall()
    reports: dict[tuple[Any, ...], dict[Cell, Decimal | None]] = {}
    for *owner, indicator, breakdown, believed in rows:
        reports.setdefault(tuple(owner), {})[indicator, breakdown] = believed
    for (report_id, body_id, year), cells in reports.items():
        yield {"report_id": report_id, "body_id": body_id, "report_year": year}, cells


def _figures(connection: duckdb.DuckDBPyConnection, report_id: str) -> tuple[Observation, ...]:
    asked = statements("query")["query.figures_of_report"].text
    return observations(connection.execute(asked, {"report_id": report_id}))[report_id]


def _is_in_table(found: Observation, form: str) -> bool:
    return found.source is Source.TABLE and found.form == form and found.occurrence == 1


def _mended(found: Observation, believed: Decimal | None) -> Observation:
    """Return a figure as it is believed; one that is only known to be wrong may be anything."""
    status = Status.UNREADABLE if believed is None else Status.REPORTED
    return replace(found, value=believed, status=status)


def _answers(form: str, cells: Cells, mended: Cells, year: int) -> Iterator[Finding]:
    for identity in identities_of(form):
        if identity.applies(cells) and any(cell in mended for cell in identity.cells):
            printed, believed = judge(identity, cells), judge(identity, {**cells, **mended})
            if Verdict.BROKEN in {printed.verdict, believed.verdict}:
                sides = str(believed.left), f"{identity.operator.removesuffix('max')} {believed.right}"
                yield _finding(identity, believed.verdict, sides, _places(identity, mended), year)


def _finding(
    identity: Identity, verdict: Verdict, sides: tuple[str, str], places: tuple[str, ...], year: int
) -> Finding:
    zh, en = ANSWERS[verdict]
    indicator, breakdown = identity.left[0]
    return rules()["believed-sum"].finding(
        verdict,
        locators=places,
        found=sides[0],
        expected=sides[1],
        time_period=year,
        indicator=indicator,
        breakdown=breakdown,
        sum_id=identity.id,
        sum_zh=identity.zh,
        sum_en=identity.en,
        answer_zh=zh,
        answer_en=en,
    )


def _places(identity: Identity, mended: Cells) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mended[cell].locator for cell in identity.cells if cell in mended))
