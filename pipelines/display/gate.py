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
        rows = {
            name: [{key: plain(value) for key, value in row.items()} for row in found] for name, found in parts.items()
        }
        return {"passed": self.passed, "run": {key: plain(value) for key, value in self.run.items()}, **rows}


def gate_lines(gate: Gate) -> Iterator[str]:
    """Yield everything that is wrong or in doubt as lines, worst first, and the verdict at the end."""
    ranked = [*_expectation_lines(gate), *_quarantine_lines(gate), *_finding_lines(gate)]
    for _, line in sorted(ranked, key=lambda each: each[0]):
        yield line
    run, verdict = gate.run, "通过 | passed" if gate.passed else "未通过 | failed"
    yield (
        f"质量关{verdict}：{run['reports']} 份报告 reports，{run['observations']} 个观测值 observations；"
        f"不成立 {run['broken']} broken，无法判断 {run['cannot_tell']} cannot tell；"
        f"期望不成立 {run['expectations_broken']} expectations broken；隔离 {run['quarantined']} quarantined"
    )


_RANKS = ("critical", "error", "warning", "info", "doubt", "passed")


def _rank(verdict: str, severity: str) -> int:
    return _RANKS.index({"broken": severity, "cannot_tell": "doubt"}.get(verdict, "passed"))


def _expectation_lines(gate: Gate) -> Iterator[tuple[int, str]]:
    for row in gate.expectations:
        rank = _rank(row["verdict"], row["severity"])
        said = f"{row['reason_zh']} | {row['reason_en']} ({row['observed']})"
        yield rank, f"{row['table']}: {_RANKS[rank]} {row['expectation']}: {said}"


def _quarantine_lines(gate: Gate) -> Iterator[tuple[int, str]]:
    for row in gate.quarantine:
        yield _rank("broken", "error"), failure_line(row["path"], row["reason"], row["message_zh"], row["message_en"])


def _finding_lines(gate: Gate) -> Iterator[tuple[int, str]]:
    for row in gate.findings:
        line = finding_line(row["path"] or row["report_id"], row, row["locators"])
        yield _rank(row["verdict"], row["severity"]), line
