"""Reports as columns: what is written to Parquet, one list a column, in the order of tables.yml."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pipelines.model.finding import Finding
from pipelines.model.observation import ONE, Observation
from pipelines.model.report import Coverage, Extraction, RosterLine

Columns = dict[str, list[Any]]
REPORT_TABLES = ("core.report", "core.observation", "core.roster", "quality.finding")
"""The tables that are stored by report, year and bucket."""

BUCKETS = 64
_STEP = Decimal("0.0001")
_STORED_ONE = ONE.quantize(_STEP)
_ROSTER = {"name": "body_name"}
_LISTED = ("position", "name", "status", "published_on", "note", "printed", "locator")
_FOUND = (
    *("rule", "severity", "verdict", "time_period", "indicator", "breakdown", "expected", "found"),
    *("message_zh", "message_en", "locators"),
)
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A report ready to be stored: its identity and its rows in each table, column by column."""

    report_id: str
    report_year: int
    tables: dict[str, Columns]

    @property
    def bucket(self) -> int:
        """The bucket of its year that the report belongs to, by its id."""
        return bucket_of(self.report_id)


def bucket_of(report_id: str) -> int:
    """Return the bucket of a report id: 0 to 63.

    >>> bucket_of("ff00000000000000")
    63
    """
    return int(report_id[:2], 16) * BUCKETS // 256


def store_report(  # noqa: PLR0913 - what is known of a file besides its content, all by name
    extraction: Extraction,
    *,
    report_id: str,
    sha256: str,
    text_sha256: str,
    size: int,
    media_type: str,
    encoding: str,
    reader_version: str,
) -> StoredReport:
    """Return a report's rows for every table that is stored by report."""
    frame = extraction.frame
    owner = {"report_id": report_id, "body_id": frame.body.body_id, "report_year": frame.report_year}
    report = {
        **owner,
        **_frame_values(extraction),
        "sha256": sha256,
        "text_sha256": text_sha256,
        "size": size,
        "media_type": media_type,
        "encoding": encoding,
        "reader_version": reader_version,
    }
    return StoredReport(
        report_id=report_id,
        report_year=frame.report_year,
        tables={
            "core.report": {name: [value] for name, value in report.items()},
            "core.observation": observation_columns(extraction.observations, **owner),
            "core.roster": _roster_columns(extraction.roster, **owner),
            "quality.finding": finding_columns(extraction.findings, **owner),
        },
    )


def observation_columns(observations: Sequence[Observation], **owner: object) -> Columns:
    """Return observations as columns, `owner` (report_id, body_id, report_year) repeated for each."""
    columns: Columns = {
        "time_period": [found.time_period for found in observations],
        "indicator": [found.indicator for found in observations],
        "breakdown": [found.breakdown for found in observations],
        "value": [_stored(found.value) for found in observations],
        "unit": [found.unit for found in observations],
        "status": [found.status for found in observations],
        "source": [found.source for found in observations],
        "form": [found.form for found in observations],
        "table": [found.table for found in observations],
        "label": [found.label for found in observations],
        "printed": [found.printed for found in observations],
        "locator": [found.locator for found in observations],
        "occurrence": [found.occurrence for found in observations],
        "bound": [found.bound for found in observations],
        "precision": [_STORED_ONE if found.precision is ONE else _stored(found.precision) for found in observations],
        "evidence": [found.evidence for found in observations],
    }
    return _owned(columns, len(observations), owner)


@lru_cache(maxsize=4096)
def _stored(value: Decimal | None) -> Decimal | None:
    """Return a value with the four decimals that the warehouse keeps; the printed text keeps them all."""
    return None if value is None else value.quantize(_STEP)


def _roster_columns(roster: Sequence[RosterLine], **owner: object) -> Columns:
    columns = _transposed(roster, [_ROSTER.get(name, name) for name in _LISTED])
    columns["name"] = columns.pop("body_name")
    return _owned(columns, len(roster), owner)


def finding_columns(findings: Sequence[Finding], **owner: object) -> Columns:
    """Return findings as columns, `owner` repeated for each, with ids that depend on their content alone."""
    columns = _transposed(findings, _FOUND)
    columns["locators"] = [list(locators) for locators in columns["locators"]]
    rows = zip(
        columns["rule"],
        columns["time_period"],
        columns["indicator"],
        columns["breakdown"],
        columns["found"],
        columns["locators"],
        strict=True,
    )
    return _owned(columns, len(findings), owner) | {"finding_id": finding_ids(str(owner["report_id"]), rows)}


def finding_ids(report_id: str, rows: Iterable[tuple[object, ...]]) -> list[str]:
    """Return ids for the findings on one report, each a digest of its content; equal ones are told apart by a count."""
    seen: dict[str, int] = {}
    ids = []
    for row in rows:
        content = repr((report_id, *row))
        seen[content] = seen.get(content, 0) + 1
        ids.append(hashlib.sha256(f"{content}{seen[content]}".encode()).hexdigest()[:_KEY_LENGTH])
    return ids


def _transposed(rows: Sequence[object], names: Sequence[str]) -> Columns:
    values = zip(*map(attrgetter(*names), rows), strict=True) if rows else ([] for _ in names)
    return {name: list(column) for name, column in zip(names, values, strict=True)}


def _owned(columns: Columns, count: int, owner: dict[str, object]) -> Columns:
    return {name: [value] * count for name, value in owner.items()} | columns


def _frame_values(extraction: Extraction) -> dict[str, object]:
    frame = extraction.frame
    period: tuple[date | None, date | None] = frame.period.value if frame.period else (None, None)
    return {
        "title": frame.title.value,
        "body_name": frame.body_name,
        "body": frame.body.name,
        "division": frame.body.division,
        "body_kind": frame.body.kind,
        "body_evidence": frame.body.evidence,
        "period_start": period[0],
        "period_end": period[1],
        "published_at": frame.published.value if frame.published else None,
        "coverage": frame.coverage.value if frame.coverage else Coverage.UNKNOWN,
        "coverage_evidence": frame.coverage.printed if frame.coverage else "",
        "forms": list(frame.forms),
        "announced_parts": frame.announced_parts.value if frame.announced_parts else None,
        "present_parts": len(frame.parts),
        "announced_annexes": len(frame.announced_annexes),
        "present_annexes": len(frame.annexes),
        "filled_in_by": frame.filled_in_by.value if frame.filled_in_by else "",
        "observations": len(extraction.observations),
    }
