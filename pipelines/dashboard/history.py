"""How every check answered run by run: its answers, how often it failed, and since when it fails."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipelines.dashboard.rows import Overview, Row

RUNS = 14
"""How many runs are shown beside each other."""
_WORST_FIRST = ("broken", "cannot_tell", "holds")
_NO_ANSWER = "none"

Key = tuple[str, str]
"""What a check is told by: `expectation` or `rule`, and its id."""


class Course(NamedTuple):
    """One check in the last runs, the oldest first: answers, and counts of what failed, None where nothing is known."""

    answers: tuple[str, ...]
    counts: tuple[int | None, ...]

    @property
    def change(self) -> int | None:
        """By how much the last count differs from the one before, None where one of them is not known."""
        last = self.counts[-2:]
        known = [count for count in last if count is not None]
        return known[1] - known[0] if len(known) > 1 else None


def name_of(row: Row) -> str:
    """Return the name of an expectation within all suites."""
    return f"{row['suite']}.{row['expectation']}"


def courses(rows: Overview) -> dict[Key, Course]:
    """Return the course of every check that was asked in one of the last runs."""
    order = [run["run_id"] for run in rows.run[:RUNS]][::-1]
    kept = frozenset(row["run_id"] for row in rows.rule_run)
    found: dict[Key, dict[str, tuple[str, int]]] = {}
    for key, run_id, answer, count in _answers(rows):
        found.setdefault(key, {})[run_id] = answer, count
    return {key: _course(answers, order, kept if key[0] == "rule" else frozenset()) for key, answers in found.items()}


def _answers(rows: Overview) -> Iterator[tuple[Key, str, str, int]]:
    """Yield each check with a run, its answer there and how often it failed."""
    for row in rows.expectation:
        yield ("expectation", name_of(row)), row["run_id"], row["verdict"], row["failed"]
    for row in rows.rule_run:
        yield ("rule", row["rule"]), row["run_id"], answer_of(row), row["broken"]


def answer_of(row: Row) -> str:
    """Return the answer of a rule in a run: broken where any is, else holds where any does."""
    if row["broken"]:
        return "broken"
    return "holds" if row["holds"] else "cannot_tell" if row["cannot_tell"] else _NO_ANSWER


def _course(answers: dict[str, tuple[str, int]], order: Iterable[str], kept: frozenset[str]) -> Course:
    """Return a course; a rule that says nothing in a run that keeps the answers of rules did not fail there."""
    told = [answers.get(run, (_NO_ANSWER, 0 if run in kept else None)) for run in order]
    return Course(tuple(answer for answer, _ in told), tuple(count for _, count in told))


class Asked(NamedTuple):
    """One check in the last runs: its row of the last run, and its course."""

    name: str
    row: Row
    course: Course


def expectations_by_run(rows: Overview) -> tuple[Asked, ...]:
    """Return every expectation of the last run with its course, the failing ones first."""
    known = courses(rows)
    now = (row for row in rows.expectation if row["run_id"] == rows.run[0]["run_id"])
    ranked = sorted(now, key=lambda row: (_rank(row["verdict"]), row["suite"], row["expectation"]))
    return tuple(Asked(name_of(row), row, known["expectation", name_of(row)]) for row in ranked)


def rules_by_run(rows: Overview) -> tuple[Asked, ...]:
    """Return every rule that answered in one of the last runs with its course, the failing ones first."""
    named, now = {row["rule"]: row for row in rows.rule}, rows.run[0]["run_id"]
    latest: dict[str, Row] = {}
    for row in rows.rule_run:
        latest.setdefault(row["rule"], row)
    found = (_asked_rule(row, named.get(row["rule"]), now) for row in latest.values())
    known = courses(rows)
    ranked = sorted(found, key=lambda row: (_rank(row["verdict"]), -row["broken"], row["rule"]))
    return tuple(Asked(row["rule"], row, known["rule", row["rule"]]) for row in ranked)


def _asked_rule(row: Row, named: Row | None, now: str) -> dict[str, Any]:
    """Return a rule with its words and its answer in the last run, none where it has no answer there."""
    words = named or {"zh": row["rule"], "en": row["rule"]}
    said = row["run_id"] == now
    answer = {"verdict": answer_of(row), "broken": row["broken"]} if said else {"verdict": _NO_ANSWER, "broken": 0}
    return {"rule": row["rule"], "severity": row["severity"], "zh": words["zh"], "en": words["en"], **answer}


def _rank(verdict: str) -> int:
    return _WORST_FIRST.index(verdict) if verdict in _WORST_FIRST else len(_WORST_FIRST)
