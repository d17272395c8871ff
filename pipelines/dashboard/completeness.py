"""Completeness of bodies by year: folded by province and level, absences kept apart, passages between forms marked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from pipelines.dashboard.rows import Row, Rows, grouped
from pipelines.dashboard.text import file_name, share

ABSENCES = ("not_published", "not_collected", "not_read", "not_applicable", "no_table")
_STEPS = ((100, "full"), (85, "high"), (70, "fair"), (50, "poor"), (0, "low"))


class Cell(NamedTuple):
    """One body in one year: a share in percent and its step, or the kind of absence; `report` leads to its page."""

    year: int
    state: str
    step: str
    text: str
    report: str


class Line(NamedTuple):
    """One body, or the sum of several, through the years."""

    name: str
    body: str
    cells: tuple[Cell, ...]
    total: Cell


class Group(NamedTuple):
    """The bodies of one level in a province."""

    level: str
    lines: tuple[Line, ...]


class Province(NamedTuple):
    """One province: its bodies by level, and all of them together."""

    name: str
    slug: str
    groups: tuple[Group, ...]
    whole: Line

    @property
    def size(self) -> int:
        """The number of its bodies."""
        return sum(len(group.lines) for group in self.groups)


class Matrix(NamedTuple):
    """All bodies by year, the years in which another form begins, and how often each absence occurs."""

    years: tuple[int, ...]
    breaks: frozenset[int]
    provinces: tuple[Province, ...]
    whole: Line
    absences: dict[str, int]

    @property
    def size(self) -> int:
        """The number of bodies."""
        return sum(province.size for province in self.provinces)


def matrix(bodies: Rows, coverage: Rows) -> Matrix:
    """Return the completeness of bodies by year."""
    years = _years(coverage)
    of_body = grouped(coverage, "body_id")
    provinces = tuple(
        _province(key, [*rows], of_body, years)
        for key, rows in groupby(bodies, key=lambda row: (row["division"][:2], row["province"]))
    )
    counts = Counter(row["state"] for row in coverage)
    return Matrix(
        years,
        form_breaks(coverage),
        provinces,
        _sum("", "", coverage, years),
        {name: counts[name] for name in ABSENCES},
    )


def _years(coverage: Rows) -> tuple[int, ...]:
    known = [row["time_period"] for row in coverage]
    return tuple(range(min(known), max(known) + 1)) if known else ()


def form_breaks(coverage: Rows) -> frozenset[int]:
    """Return the years for which most bodies were asked for another form than for the year before."""
    forms = {
        year: Counter(row["expected_form"] or "" for row in rows).most_common(1)[0][0]
        for year, rows in sorted(grouped(coverage, "time_period").items())
    }
    return frozenset(year for year, form in forms.items() if forms.get(year - 1, form) != form)


def _province(key: tuple[str, str], bodies: list[Row], of_body: dict[Any, list[Row]], years: Iterable[int]) -> Province:
    digits, name = key
    groups = tuple(
        Group(level, tuple(_body(row, of_body.get(row["body_id"], []), years) for row in rows))
        for level, rows in groupby(bodies, key=lambda row: str(row["level"]))
    )
    every = tuple(row for body in bodies for row in of_body.get(body["body_id"], []))
    return Province(name, file_name(digits or "unknown"), groups, _sum(name, "", every, years))


def _body(body: Row, coverage: Iterable[Row], years: Iterable[int]) -> Line:
    of_year = {row["time_period"]: row for row in coverage}
    cells = tuple(_cell(year, of_year.get(year)) for year in years)
    return Line(body["name"], file_name(body["body_id"]), cells, _summed(0, of_year.values()))


def _sum(name: str, body: str, coverage: Rows, years: Iterable[int]) -> Line:
    of_year = grouped(coverage, "time_period")
    return Line(name, body, tuple(_summed(year, of_year.get(year, [])) for year in years), _summed(0, coverage))


def _cell(year: int, row: Row | None) -> Cell:
    if row is None:
        return Cell(year, "none", "", "", "")
    if row["state"] != "read":
        return Cell(year, row["state"], "", "", row["report_id"] or "")
    return _summed(year, [row])._replace(report=row["report_id"])


def _summed(year: int, rows: Iterable[Row]) -> Cell:
    known = [row for row in rows if row["cells_asked"]]
    asked, filled = (sum(row[name] for row in known) for name in ("cells_asked", "cells_filled"))
    if not asked:
        return Cell(year, "none", "", "", "")
    return Cell(year, "read", _step(filled, asked), share(filled, asked, 0), "")


def _step(filled: int, asked: int) -> str:
    return next(name for least, name in _STEPS if 100 * filled >= least * asked)


def lines_of(province: Province) -> Iterator[Line]:
    """Yield the bodies of a province, level by level."""
    for group in province.groups:
        yield from group.lines
