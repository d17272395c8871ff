"""The quality gate over the built warehouse, worst first."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.display.lines import failure_line, finding_line
from pipelines.display.rows import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the last build says of itself: its record, expectations that failed, files set aside, findings."""

    run: dict[str, Any]
    expectations: tuple[dict[str, Any], ...]
    quarantine: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    database: Path

    @property
    def passed(self) -> bool:
        """Whether no expectation that blocks publication is broken."""
        return bool(self.run["published"])

    def as_json(self) -> dict[str, Any]:
        """Return the gate as one plain object."""
        parts = {"expectations": self.expectations, "quarantine": self.quarantine, "findings": self.findings}
        rows = {name: [{key: plain(value) for key, value in row.items()} for row in found] for name, found in parts.items()}
        return {"passed": self.passed, "run": {key: plain(value) for key, value in self.run.items()}, **rows}


def gate_lines(gate: Gate) -> Iterator[str]:
    """Yield the gate as lines: expectations of the warehouse, files set aside, findings on reports, the verdict."""
    for row in gate.expectations:
        severity = row["severity"] if row["verdict"] == "broken" else "doubt"
        yield f"{row['table']}: {severity} {row['expectation']}: {row['reason_zh']} | {row['reason_en']} ({row['observed']})"
    for row in gate.quarantine:
        yield failure_line(row["path"], row["reason"], row["message_zh"], row["message_en"])
    for row in gate.findings:
        yield finding_line(row["path"] or row["report_id"], row, row["locators"])
    run, verdict = gate.run, "通过 | passed" if gate.passed else "未通过 | failed"
    yield (
        f"质量关{verdict}：{run['reports']} 份报告 reports，{run['observations']} 个观测值 observations；"
        f"不成立 {run['broken']} broken，无法判断 {run['cannot_tell']} cannot tell；"
        f"期望不成立 {run['expectations_broken']} expectations broken；隔离 {run['quarantined']} quarantined"
    )
