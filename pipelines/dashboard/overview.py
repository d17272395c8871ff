"""What the first page says: the verdict, the key figures beside those of the build before, the checks that fail."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pipelines.dashboard.rows import Overview, Row, Rows, grouped
from pipelines.dashboard.text import days_between, number, share, signed, sql_text

_TREND = 14
_GATE = "critical"
_SHARES = (
    ("rules", "rules_passed", "rules_asked"),
    ("answers", "answers_hold", "answers"),
    ("complete", "cells_filled", "cells_asked"),
)
_COUNTS = (("unpublished", "not_published"), ("conflicts", "conflicts"))
_SEVERITIES = ("critical", "error", "warning", "info")


class Verdict(NamedTuple):
    """The first thing that is said: its kind (bad, doubt, good), and its sentences as words with their values."""

    kind: str
    sentences: tuple[tuple[str, Mapping[str, object]], ...]


class Figure(NamedTuple):
    """One key figure: its name, what it is, what stands below it, its change, and whether that is good or bad."""

    name: str
    value: str
    values: Mapping[str, object]
    change: str
    tone: str


class Example(NamedTuple):
    """One place at which a check fails: whose report, where, what is printed and what was read."""

    row: Row
    path: str
    locator: str
    report: str


class Check(NamedTuple):
    """One check that fails: who asks it, how much it matters, how often, since when, with examples and SQL."""

    id: str
    kind: str
    severity: str
    zh: str
    en: str
    reason_zh: str
    reason_en: str
    failed: int
    answers: int
    change: str
    trend: tuple[str, ...]
    since: str
    examples: tuple[Example, ...]
    rows: tuple[str, ...]
    sql: str


def verdict(rows: Overview, failing: Iterable[Check]) -> Verdict:
    """Return what is to be said first: whether the last build was published, and what is wrong in it."""
    counts = dict.fromkeys(_SEVERITIES, 0)
    for check in failing:
        counts[check.severity] += 1
    last = rows.run[0]
    sentences: list[tuple[str, Mapping[str, object]]] = []
    if last["published"]:
        kind = "doubt" if counts["error"] + counts[_GATE] + len(rows.quarantine) else "good"
        sentences.append(
            ("verdict.published", {"reports": number(last["reports"]), "figures": number(last["observations"])})
        )
    else:
        kind = "bad"
        sentences += [("verdict.not_published", {"count": counts[_GATE]}), _still_shown(rows.run)]
    wrong = counts["error"] or counts["warning"]
    named = {"errors": counts["error"], "warnings": counts["warning"]}
    sentences.append(("verdict.failing" if wrong else "verdict.clean", named))
    if rows.quarantine:
        sentences.append(("verdict.quarantine", {"count": len(rows.quarantine)}))
    return Verdict(kind, (*sentences, *_oldest(rows, failing)))


def _still_shown(runs: Rows) -> tuple[str, Mapping[str, object]]:
    published = next((run for run in runs if run["published"]), None)
    if published is None:
        return "verdict.nothing_published", {}
    return "verdict.still_published", {"day": published["finished_at"]}


def _oldest(rows: Overview, failing: Iterable[Check]) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Yield the sentence on the expectation that has failed for the most days, where one has for any."""
    begins = _since_run(rows.expectation)
    starts = {run["run_id"]: run["finished_at"] for run in rows.run}
    last = rows.run[0]["finished_at"]
    known = [(starts[begins[check.id]], check) for check in failing if begins.get(check.id) in starts]
    for began, check in sorted(known, key=lambda each: (each[0], each[1].id))[:1]:
        days = days_between(began.date(), last.date())
        if days:
            yield "verdict.oldest", {"check_zh": check.zh, "check_en": check.en, "days": days}


def key_figures(now: Row, before: Row | None) -> tuple[Figure, ...]:
    """Return the key figures, each with its change against the build before; shares change by percentage points."""
    values = {name: number(value) for name, value in now.items() if isinstance(value, int)}
    values["cells_missing"] = number(now["cells_asked"] - now["cells_filled"])
    values["rules_failed"] = number(now["rules_asked"] - now["rules_passed"])
    shares = (
        Figure(name, share(now[part], now[whole]), values, *_of_share(now, before, part, whole))
        for name, part, whole in _SHARES
    )
    counts = (
        Figure(name, number(now[column]), values, *_change(now[column], before[column] if before else None, -1))
        for name, column in _COUNTS
    )
    return (*shares, *counts)


def _of_share(now: Row, before: Row | None, part: str, whole: str) -> tuple[str, str]:
    """Return by how many percentage points a share changed, and whether that is for the better."""
    if before is None or not now[whole] or not before[whole]:
        return "", ""
    points = [Decimal(100) * row[part] / row[whole] for row in (now, before)]
    moved = (points[0] - points[1]).quantize(Decimal("0.01"))
    return signed(moved), "" if not moved else "good" if moved > 0 else "bad"


def _change(now: int, before: int | None, better: int) -> tuple[str, str]:
    """Return a change as it is written, and whether it is for the better."""
    if before is None:
        return "", ""
    tone = "" if now == before else "good" if (now - before) * better > 0 else "bad"
    return signed(now - before), tone


def failing_checks(rows: Overview) -> tuple[Check, ...]:
    """Return the checks that fail: what blocks publication, errors, warnings, remarks, the most frequent first."""
    found = [*_expectations(rows), *_rules(rows)]
    return tuple(sorted(found, key=lambda check: (_SEVERITIES.index(check.severity), -check.failed, check.id)))


def _expectations(rows: Overview) -> Iterable[Check]:
    """Yield the expectations that the last build does not meet."""
    last = rows.run[0]["run_id"]
    trend, since, failing = trends(rows), _since_run(rows.expectation), _failing_rows(rows.failing_row)
    starts = {run["run_id"]: run["finished_at"].date().isoformat() for run in rows.run}
    before = {name_of(row): row["failed"] for row in rows.expectation if row["run_id"] == _run_before(rows)}
    for row in rows.expectation:
        if row["run_id"] != last or row["verdict"] != "broken":
            continue
        name = name_of(row)
        yield Check(
            id=name, kind="expectation", severity=row["severity"], zh=row["reason_zh"], en=row["reason_en"],
            reason_zh=row["observed"], reason_en=row["observed"], failed=row["failed"], answers=row["evaluated"],
            change=_change(row["failed"], before.get(name), -1)[0], trend=trend.get(name, ()),
            since=starts.get(since.get(name, ""), ""), examples=(),
            rows=failing.get(name, ()), sql=row["failing_sql"] or "",
        )  # fmt: skip


def name_of(row: Row) -> str:
    """Return the name of an expectation within all suites."""
    return f"{row['suite']}.{row['expectation']}"


def _failing_rows(rows: Rows) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[name_of(row)] = (*found.get(name_of(row), ()), _compact(row["row"]))
    return found


def _compact(row: str) -> str:
    """Return a failing row without the columns that say nothing."""
    try:
        held = json.loads(row)
    except ValueError:
        return row
    if not isinstance(held, dict):
        return row
    return "，".join(f"{name} = {value}" for name, value in held.items() if value not in (None, "", False))


def _rules(rows: Overview) -> Iterable[Check]:
    """Yield the rules that some report breaks."""
    named, examples = {row["rule"]: row for row in rows.rule}, grouped(rows.example, "rule")
    before = {row["rule"]: row["broken"] for row in rows.check_before}
    for row in rows.check:
        if not row["broken"]:
            continue
        rule = row["rule"]
        known = named.get(rule, {"zh": rule, "en": rule, "reason": ""})
        old = before.get(rule, 0) if rows.check_before else None
        yield Check(
            id=rule, kind="rule", severity=row["severity"], zh=known["zh"], en=known["en"],
            reason_zh=known["reason"], reason_en=known["reason"], failed=row["broken"], answers=row["answers"],
            change=_change(row["broken"], old, -1)[0], trend=(), since=str(row["since_year"] or ""),
            examples=tuple(map(_example, examples.get(rule, []))), rows=(),
            sql=f"SELECT * FROM quality.finding WHERE rule = {sql_text(rule)} AND verdict = 'broken'",  # noqa: S608 - shown, not run
        )  # fmt: skip


def _example(row: Row) -> Example:
    return Example(row, row["path"] or "", row["locator"] or "", row["report_id"])


def trends(rows: Overview) -> dict[str, tuple[str, ...]]:
    """Return the answers to each expectation in the last builds, the oldest first."""
    order = [run["run_id"] for run in rows.run[:_TREND]][::-1]
    found: dict[str, dict[str, str]] = {}
    for row in rows.expectation:
        found.setdefault(name_of(row), {})[row["run_id"]] = row["verdict"]
    return {name: tuple(answers.get(run, "none") for run in order) for name, answers in found.items()}


def _since_run(expectations: Rows) -> dict[str, str]:
    """Return for each expectation that fails now the build since which it has failed without a pause."""
    found: dict[str, str] = {}
    paused: set[str] = set()
    for row in expectations:
        name = name_of(row)
        if row["verdict"] == "broken" and name not in paused:
            found[name] = row["run_id"]
        else:
            paused.add(name)
    return found


def _run_before(rows: Overview) -> str:
    return str(rows.run[1]["run_id"]) if len(rows.run) > 1 else ""


class Asked(NamedTuple):
    """One expectation in the last builds."""

    name: str
    row: Row
    trend: tuple[str, ...]


def expectations_by_run(rows: Overview) -> tuple[Asked, ...]:
    """Return every expectation of the last build with its answers over the last builds, the failing ones first."""
    last, trend = rows.run[0]["run_id"], trends(rows)
    now = [row for row in rows.expectation if row["run_id"] == last]
    order: dict[Any, int] = {"broken": 0, "cannot_tell": 1, "holds": 2}
    ranked = sorted(now, key=lambda row: (order.get(row["verdict"], 3), row["suite"], row["expectation"]))
    return tuple(Asked(name_of(row), row, trend[name_of(row)]) for row in ranked)
