"""What the first page says: the verdict, the key figures beside those of the build before, the checks that fail."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from pipelines.dashboard.charts import spark
from pipelines.dashboard.history import Course, Key, courses, name_of
from pipelines.dashboard.places import anchor_of
from pipelines.dashboard.rows import Overview, Row, Rows, grouped
from pipelines.dashboard.text import days_between, number, share, signed, sql_text

_GATE = "critical"
_SHARES = (
    ("rules", "rules_passed", "rules_asked"),
    ("answers", "answers_hold", "answers"),
    ("complete", "cells_filled", "cells_asked"),
)
_COUNTS = (("unpublished", "not_published"), ("conflicts", "conflicts"))
_REMARK = "info"
_SEVERITIES = (_GATE, "error", "warning", _REMARK)


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
    """One place at which a check fails: whose report, where, what is printed and what was read.

    `place` is the name of the row that shows the figure within the page of its report, if it is about one.
    """

    row: Row
    path: str
    locator: str
    report: str
    place: str


class Check(NamedTuple):
    """One check that fails: who asks it, how much it matters, how often, since when, with examples and SQL."""

    id: str
    kind: str
    severity: str
    zh: str
    en: str
    observed: str
    failed: int
    answers: int
    change: str
    course: Course
    since: Row | None
    since_year: int | None
    examples: tuple[Example, ...]
    rows: tuple[str, ...]
    sql: str

    @property
    def spark(self) -> str:
        """How often it failed in the last runs, as SVG."""
        return spark(self.course.counts)


def verdict(rows: Overview, failing: Iterable[Check]) -> Verdict:
    """Return what is to be said first: whether the last build was published, and what is wrong in it."""
    counts = severities_of(failing)
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


def severities_of(failing: Iterable[Check]) -> dict[str, int]:
    """Return how many checks of each severity fail, the worst severity first."""
    counts = dict.fromkeys(_SEVERITIES, 0)
    for check in failing:
        counts[check.severity] += 1
    return counts


def _still_shown(runs: Rows) -> tuple[str, Mapping[str, object]]:
    published = next((run for run in runs if run["published"]), None)
    if published is None:
        return "verdict.nothing_published", {}
    return "verdict.still_published", {"day": published["finished_at"]}


def _oldest(rows: Overview, failing: Iterable[Check]) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Yield the sentence on the check above a remark that has failed for the most days, where one has for any."""
    last = rows.run[0]["finished_at"].date()
    known = [(check.since, check) for check in failing if check.since and check.severity != _REMARK]
    order = sorted(known, key=lambda each: (each[0]["finished_at"], _SEVERITIES.index(each[1].severity), each[1].id))
    for since, check in order[:1]:
        if days := days_between(since["finished_at"].date(), last):
            name = "verdict.oldest.at_least" if since["at_latest"] else "verdict.oldest"
            yield name, {"check_zh": check.zh, "check_en": check.en, "days": days}


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
    known = courses(rows)
    since = {(row["kind"], row["id"]): row for row in rows.broken_since}
    found = [*_expectations(rows, known, since), *_rules(rows, known, since)]
    return tuple(sorted(found, key=lambda check: (_SEVERITIES.index(check.severity), -check.failed, check.id)))


def _expectations(rows: Overview, known: Mapping[Key, Course], since: Mapping[Key, Row]) -> Iterable[Check]:
    """Yield the expectations that the last build does not meet."""
    last, failing = rows.run[0]["run_id"], _failing_rows(rows.failing_row)
    for row in rows.expectation:
        if row["run_id"] != last or row["verdict"] != "broken":
            continue
        name = name_of(row)
        course = known["expectation", name]
        yield Check(
            id=name, kind="expectation", severity=row["severity"], zh=row["reason_zh"], en=row["reason_en"],
            observed=row["observed"], failed=row["failed"], answers=row["evaluated"],
            change=_moved(course), course=course, since=since.get(("expectation", name)), since_year=None,
            examples=(), rows=failing.get(name, ()), sql=row["failing_sql"] or "",
        )  # fmt: skip


def _moved(course: Course) -> str:
    """Return how a count changed since the run before as it is written; nothing where that is not known."""
    return "" if course.change is None else signed(course.change)


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


def _rules(rows: Overview, known: Mapping[Key, Course], since: Mapping[Key, Row]) -> Iterable[Check]:
    """Yield the rules that some report breaks."""
    named, examples = {row["rule"]: row for row in rows.rule}, grouped(rows.example, "rule")
    for row in rows.check:
        if not row["broken"]:
            continue
        rule = row["rule"]
        words = named.get(rule, {"zh": rule, "en": rule})
        course = known.get(("rule", rule), Course((), ()))
        yield Check(
            id=rule, kind="rule", severity=row["severity"], zh=words["zh"], en=words["en"],
            observed="", failed=row["broken"], answers=row["answers"],
            change=_moved(course), course=course, since=since.get(("rule", rule)), since_year=row["since_year"],
            examples=tuple(map(_example, examples.get(rule, []))), rows=(),
            sql=f"SELECT * FROM quality.finding WHERE rule = {sql_text(rule)} AND verdict = 'broken'",  # noqa: S608 - shown, not run
        )  # fmt: skip


def _example(row: Row) -> Example:
    place = anchor_of({**row, "time_period": row["cell_period"]}) if row["source"] else ""
    return Example(row, row["path"] or "", row["locator"] or "", row["report_id"], place)
