"""What people have decided about reports whose body is not certain: `decisions.csv` beside the raw files."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.model.body import Body
from pipelines.registry.bodies import bodies_named
from pipelines.registry.problems import Problem

COLUMNS = ("report_id", "printed", "body", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whose report it is: that of `report_id`, or each one of an uncertain body that prints this name."""

    report_id: str
    printed: str
    body: Body
    reason: str


def load_decisions(path: Path, year: int) -> tuple[Decision, ...]:
    """Return the decisions of a file, none where there is no file; bodies are named as they are called in a year.

    Raises Problem, with a line for each, where a row decides nothing, gives no reason, or names no single body.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if set(reader.fieldnames or ()) != set(COLUMNS):
            raise Problem("decisions-faulty", path, found=", ".join(reader.fieldnames or ()) or "—")
        rows = [{name: (row[name] or "").strip() for name in COLUMNS} for row in reader]
    faults = tuple(f"{path}:{number}: {fault}" for number, row in enumerate(rows, 2) for fault in _faults(row, year))
    if faults:
        raise Problem("decisions-faulty", path, faults, found=len(faults))
    return tuple(
        Decision(
            report_id=row["report_id"],
            printed=row["printed"],
            body=bodies_named(row["body"], year)[0],
            reason=row["reason"],
        )
        for row in rows
    )


def _faults(row: dict[str, str], year: int) -> Iterator[str]:
    if not row["report_id"] and not row["printed"]:
        yield "report_id 与 printed 至少填一项 | report_id or printed is needed"
    if not row["reason"]:
        yield "要写明理由 | a reason is needed"
    found = bodies_named(row["body"], year)
    if len(found) != 1:
        names = " | ".join(body.name for body in found) or "—"
        yield f"“{row['body']}”不能确定为一个机关 | “{row['body']}” is not one certain body: {names}"
