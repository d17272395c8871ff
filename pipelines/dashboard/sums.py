"""Broken sums with their figures in place, in the layout of the form."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from pipelines.dashboard.grid import Grid, part_of_grid
from pipelines.dashboard.rows import Row, Rows, grouped
from pipelines.model.identity import Identity
from pipelines.registry.identities import identities


class BrokenSum(NamedTuple):
    """One sum that does not close: the finding, the sum, and its cells where the form prints them."""

    finding: Row
    identity: Identity
    grids: tuple[Grid, ...]
    left: frozenset[tuple[str, str]]


@cache
def _known() -> Mapping[str, Identity]:
    return {identity.id: identity for identity in identities()}


def is_sum(rule: str) -> bool:
    """Return whether a rule is a sum of a form."""
    return rule in _known()


def broken_sums(findings: Iterable[Row], cells: Rows) -> tuple[BrokenSum, ...]:
    """Return the sums among findings that say broken, each with its figures."""
    of_report = grouped(cells, "report_id")
    return tuple(_broken(row, of_report.get(row["report_id"], [])) for row in findings if is_sum(row["rule"]))


def _broken(finding: Row, cells: Iterable[Row]) -> BrokenSum:
    identity = _known()[finding["rule"]]
    figures = first_figures(row for row in cells if row["time_period"] == finding["time_period"])
    printed = {form for form, *_ in figures}
    form = next((name for name in sorted(identity.forms) if name in printed), min(identity.forms))
    return BrokenSum(finding, identity, part_of_grid(form, identity.cells, figures), frozenset(identity.left))


def first_figures(rows: Iterable[Row]) -> dict[tuple[str, str, str], Row]:
    """Return the first figure of a table for each form, indicator and breakdown."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row["source"] == "table":
            found.setdefault((row["form"], row["indicator"], row["breakdown"]), row)
    return found
