"""Broken sums with their figures in place, in the layout of the form: of one report, or of two years' reports."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from pipelines.dashboard.grid import Cell, Grid, part_of_grid
from pipelines.dashboard.rows import Row, Rows, grouped
from pipelines.model.identity import Identity
from pipelines.registry.continuity import Law, laws
from pipelines.registry.identities import identities


class Sheet(NamedTuple):
    """The cells of a sum that one report prints, where its form has them, and which of them stand on the left side."""

    report_id: str
    year: int
    grids: tuple[Grid, ...]
    left: frozenset[Cell]


class BrokenSum(NamedTuple):
    """One sum that does not close: the finding, the sum or the law, and its cells report by report."""

    finding: Row
    sum: Identity | Law
    sheets: tuple[Sheet, ...]

    @property
    def expected(self) -> str:
        """What the left side should be, with the relation."""
        said = str(self.finding["expected"])
        return f"{self.sum.operator} {said}" if isinstance(self.sum, Law) else said


@cache
def _known() -> Mapping[str, Identity]:
    return {identity.id: identity for identity in identities()}


def is_sum(rule: str) -> bool:
    """Return whether a rule is a sum of a form, or one between two years."""
    return rule in _known() or rule in laws()


def cells_of_sum(rule: str) -> frozenset[Cell]:
    """Return the cells that a sum adds up in the report it is asked of; none where the rule is no sum."""
    if rule in _known():
        return frozenset(_known()[rule].cells)
    terms = laws()[rule].terms if rule in laws() else ()
    return frozenset((term.indicator, term.breakdown) for term in terms if not term.years_back)


def reports_of(finding: Row) -> tuple[str, ...]:
    """Return the reports in which the figures of a broken sum stand; none where the rule is no sum."""
    if finding["rule"] in _known():
        return (finding["report_id"],)
    both = (finding["report_before"], finding["report_id"]) if finding["rule"] in laws() else ()
    return tuple(report for report in both if report)


def broken_sums(findings: Iterable[Row], cells: Rows) -> tuple[BrokenSum, ...]:
    """Return the sums among findings that say broken, each with its figures."""
    of_report = grouped(cells, "report_id")
    return tuple(_broken(row, of_report) for row in findings if is_sum(row["rule"]))


def _broken(finding: Row, cells: Mapping[str, list[Row]]) -> BrokenSum:
    identity = _known().get(finding["rule"])
    if identity is None:
        law = laws()[finding["rule"]]
        return BrokenSum(finding, law, tuple(_sheets_of_law(finding, law, cells)))
    year, left = finding["time_period"], frozenset(identity.left)
    grids = _grids(cells.get(finding["report_id"], []), year, identity.forms, identity.cells)
    return BrokenSum(finding, identity, (Sheet(finding["report_id"], year, grids, left),))


def _sheets_of_law(finding: Row, law: Law, cells: Mapping[str, list[Row]]) -> Iterable[Sheet]:
    """Yield the table of the year before and that of the year itself, each with the terms that it prints."""
    for report_id, back in ((finding["report_before"], 1), (finding["report_id"], 0)):
        terms = [term for term in law.terms if term.years_back == back]
        left = frozenset((term.indicator, term.breakdown) for term in terms if term.side == "left")
        year, named = finding["report_year"] - back, [(term.indicator, term.breakdown) for term in terms]
        if report_id and (grids := _grids(cells.get(report_id, []), year, law.forms, named)):
            yield Sheet(report_id, year, grids, left)


def _grids(rows: Iterable[Row], year: int | None, forms: Iterable[str], cells: Iterable[Cell]) -> tuple[Grid, ...]:
    """Return some cells in the tables of that one of the forms, or else of any form, which prints one of them."""
    figures, wanted, known = first_figures(row for row in rows if row["time_period"] == year), set(cells), sorted(forms)
    holding = {form for form, *cell in figures if tuple(cell) in wanted}
    form = next((name for name in (*known, *sorted(holding)) if name in holding), known[0])
    return part_of_grid(form, wanted, figures)


def first_figures(rows: Iterable[Row]) -> dict[tuple[str, str, str], Row]:
    """Return the first figure of a table for each form, indicator and breakdown."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row["source"] == "table":
            found.setdefault((row["form"], row["indicator"], row["breakdown"]), row)
    return found
