"""The page of a body with its series, and the pages of its reports with every figure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from pipelines.dashboard.charts import Chart, Grade, Point, draw, label_of
from pipelines.dashboard.completeness import form_breaks
from pipelines.dashboard.engine import Page
from pipelines.dashboard.grid import Grid, grids
from pipelines.dashboard.places import PointKey, anchor_of, anchors_of_points
from pipelines.dashboard.rows import Bodies, Row, grouped
from pipelines.dashboard.sums import cells_of_sum, first_figures
from pipelines.dashboard.text import file_name
from pipelines.dashboard.words import catalogue
from pipelines.model.observation import TOTAL

_CHANNELS = ("disclosure.via_website", "disclosure.via_weibo", "disclosure.via_wechat")
_CHARTED = ("new_requests",)
_UNLIKE = ("near", "partial", "none")
_DIGITS = re.compile(r"(\d+)")
_SOURCES = ("table", "series", "narrative")


class Line(NamedTuple):
    """What one source says of a channel, year by year, None where it says nothing."""

    source: str
    points: tuple[Row | None, ...]


class Channel(NamedTuple):
    """One channel of a body: its chart, the sources with that of the line first, and the places that contradict."""

    indicator: str
    chart: str
    lines: tuple[Line, ...]
    conflicts: tuple[Row, ...]


class Concept(NamedTuple):
    """One series across forms: its points year by year, None where there is none, and its chart, if it has one.

    `passages` are the points that do not simply compare with the one before, or begin another form.
    """

    row: Row
    points: tuple[Row | None, ...]
    chart: str
    passages: tuple[Row, ...]


class _Own(NamedTuple):
    """The rows of one body."""

    reports: list[Row]
    channels: list[Row]
    series: list[Row]
    wrong: list[Row]
    conflicts: list[Row]


def pages_of(bodies: Iterable[Row], rows: Bodies, coverage: Mapping[Any, list[Row]]) -> Iterator[Page]:
    """Yield the page of each body, followed by those of its reports."""
    named = (rows.report, rows.channel, rows.series, rows.finding, rows.conflict)
    parts = [grouped(part, "body_id") for part in named]
    figures, findings = grouped(rows.observation, "report_id"), grouped(rows.finding, "report_id")
    places = anchors_of_points(rows.place)
    for body in bodies:
        own = _Own(*(part.get(body["body_id"], []) for part in parts))
        yield _body_page(body, coverage.get(body["body_id"], []), own, places)
        for report in own.reports:
            name = report["report_id"]
            printed = sorted(figures.get(name, []), key=_as_printed)
            yield _report_page(body, report, printed, findings.get(name, []))


def _as_printed(row: Row) -> tuple[Any, ...]:
    """Return what sorts figures as they are printed: by source, then by place, numbers in it as such."""
    place = tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(row["locator"]))
    return _SOURCES.index(row["source"]), row["form"], row["table"], place, row["indicator"], row["breakdown"]


def _body_page(body: Row, covered: list[Row], own: _Own, places: Mapping[PointKey, str]) -> Page:
    years = tuple(row["time_period"] for row in covered)
    breaks = form_breaks(tuple(covered))
    series = groupby(own.series, key=lambda row: row["concept"])
    content = {
        "body": body,
        "years": years,
        "breaks": breaks,
        "coverage": covered,
        "reports": own.reports,
        "places": places,
        "channels": tuple(_channels(own, years, breaks)),
        "concepts": tuple(_concept([*rows], years, breaks) for _, rows in series),
        "wrong": [row for row in own.wrong if row["verdict"] == "broken"],
        "open": sum(row["verdict"] == "cannot_tell" for row in own.wrong),
    }
    return Page(f"bodies/{file_name(body['body_id'])}.html", "body", content, heading=body["name"])


def _channels(own: _Own, years: tuple[int, ...], breaks: frozenset[int]) -> Iterator[Channel]:
    of_channel, conflicts = grouped(tuple(own.channels), "indicator"), grouped(tuple(own.conflicts), "indicator")
    for indicator in _CHANNELS:
        if rows := of_channel.get(indicator):
            against = tuple(row for row in conflicts.get(indicator, []) if row["breakdown"] == TOTAL)
            yield _channel(indicator, rows, against, years, breaks)


def _channel(
    indicator: str, rows: list[Row], conflicts: tuple[Row, ...], years: tuple[int, ...], breaks: frozenset[int]
) -> Channel:
    valued = [row for row in rows if row["value"] is not None]
    source = main_source(valued)
    line = [row for row in valued if row["source"] == source]
    of_source = grouped(tuple(rows), "source")
    order = sorted(of_source, key=lambda name: (name != source, _SOURCES.index(name)))
    lines = tuple(Line(name, _by_year(of_source[name], years)) for name in order)
    points = (*_runs(line), *_beside(line, valued, conflicts))
    return Channel(indicator, _drawn(points, years, breaks), lines, conflicts)


def _by_year(rows: Iterable[Row], years: tuple[int, ...]) -> tuple[Row | None, ...]:
    of_year = {row["time_period"]: row for row in rows}
    return tuple(of_year.get(year) for year in years)


def main_source(rows: Iterable[Row]) -> str:
    """Return the source with the most years; where several have, the table before the annex before prose."""
    counts = {source: sum(row["source"] == source for row in rows) for source in _SOURCES}
    return max(_SOURCES, key=lambda source: (counts[source], -_SOURCES.index(source)))


def _runs(rows: Iterable[Row]) -> Iterator[Point]:
    """Yield the points of one source; years that follow each other are one run."""
    begin, last = 0, None
    for row in rows:
        begin = begin if last is not None and row["time_period"] == last + 1 else row["time_period"]
        last = row["time_period"]
        yield Point(last, float(row["value"]), str(begin), minor=False, label=label_of(row["value"]))


def _beside(line: Iterable[Row], rows: Iterable[Row], conflicts: Iterable[Row]) -> Iterator[Point]:
    """Yield what other places say of a year, where the line has no point there or another one."""
    drawn = {(row["time_period"], row["value"]) for row in line}
    said = [(row["time_period"], row["value"]) for row in rows]
    said += [(row["time_period"], row[f"{side}_value"]) for row in conflicts for side in ("left", "right")]
    for year, value in sorted({*said} - drawn):
        yield Point(year, float(value), "", minor=True, label=label_of(value))


def _concept(rows: list[Row], years: tuple[int, ...], breaks: frozenset[int]) -> Concept:
    points = tuple(_joined(row for row in rows if row["value"] is not None))
    passages = tuple(row for row in rows if row["is_break"] or row["comparability"] in _UNLIKE)
    drawn = ""
    if rows[0]["concept"] in _CHARTED:
        changed = breaks | {row["time_period"] for row in passages if row["is_break"]}
        drawn = _drawn(points, years, changed, tuple(map(_grade, passages)))
    return Concept(rows[0], _by_year(rows, years), drawn, passages)


def _grade(row: Row) -> Grade:
    return Grade(row["time_period"], catalogue()[f"mark.{row['comparability']}"]["zh"])


def _joined(rows: Iterable[Row]) -> Iterator[Point]:
    """Yield the points of a series across forms: never joined over a passage that does not compare, nor over a gap."""
    begin, last, segment = 0, None, None
    for row in rows:
        if last is None or row["time_period"] != last + 1 or row["segment"] != segment:
            begin = row["time_period"]
        last, segment = row["time_period"], row["segment"]
        yield Point(last, float(row["value"]), str(begin), minor=False, label=label_of(row["value"]))


def _drawn(
    points: tuple[Point, ...], years: tuple[int, ...], breaks: frozenset[int], grades: tuple[Grade, ...] = ()
) -> str:
    if not points:
        return ""
    known = {point.year for point in points}
    spanned = range(min((*known, *years)), max((*known, *years)) + 1)
    gaps = tuple(year for year in spanned if year not in known)
    return draw(Chart(spanned[0], spanned[-1], points, gaps, tuple(sorted(breaks & set(spanned))), grades))


class Printed(NamedTuple):
    """One figure as it is printed: its name in the page, the cell of a form that shows it, the findings about it."""

    row: Row
    anchor: str
    cell: str
    findings: tuple[Row, ...]


def _report_page(body: Row, report: Row, figures: list[Row], findings: list[Row]) -> Page:
    first = first_figures(figures)
    tables = grids(first)
    broken = [row for row in findings if row["verdict"] == "broken"]
    printed = tuple(_printed(figures, first, _cells_of(tables), broken))
    content = {
        "body": body,
        "report": report,
        "figures": [(source, [*rows]) for source, rows in groupby(printed, key=lambda each: each.row["source"])],
        "places": {key: anchor_of(row) for key, row in first.items()},
        "findings": [(row, _places_of(row, figures)) for row in broken],
        "open": [row for row in findings if row["verdict"] == "cannot_tell"],
        "grids": tables,
        "doubted": {(row["indicator"], row["breakdown"]): row["finding_id"] for row in reversed(broken)},
    }
    return Page(f"reports/{file_name(report['report_id'])}.html", "report", content, heading=report["title"])


def _printed(
    figures: list[Row],
    first: Mapping[tuple[str, str, str], Row],
    shown: Mapping[str, set[tuple[str, str]]],
    broken: list[Row],
) -> Iterator[Printed]:
    """Yield figures as they are printed, those that stand in a table of a form with its cell there."""
    about = findings_about(figures, broken)
    for row in figures:
        cell = row["indicator"], row["breakdown"]
        in_form = cell in shown.get(row["form"], ()) and first.get((row["form"], *cell)) is row
        yield Printed(row, anchor_of(row), f"f-{cell[0]}-{cell[1]}" if in_form else "", about.get(id(row), ()))


def findings_about(figures: Iterable[Row], broken: Iterable[Row]) -> dict[int, tuple[Row, ...]]:
    """Return for each figure, by its identity, the findings that name it, add it up, or are about its place alone.

    Where many figures share one place (a table on one line) the place says nothing of any of them.
    """
    alone = Counter(row["locator"] for row in figures)
    named, placed = _by_cell(broken), _by_place(broken)
    found: dict[int, tuple[Row, ...]] = {}
    for row in figures:
        about = [*named.get((row["indicator"], row["breakdown"]), ())]
        about = [each for each in about if each["time_period"] in (None, row["time_period"])]
        about += placed.get(row["locator"], ()) if alone[row["locator"]] == 1 else ()
        if about:
            found[id(row)] = tuple({each["finding_id"]: each for each in about}.values())
    return found


def _by_cell(findings: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in findings:
        for cell in {(row["indicator"], row["breakdown"]), *cells_of_sum(row["rule"])}:
            found.setdefault(cell, []).append(row)
    return found


def _by_place(findings: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in findings:
        for place in row["locators"] or ():
            found.setdefault(place, []).append(row)
    return found


def _cells_of(tables: Iterable[Grid]) -> dict[str, set[tuple[str, str]]]:
    """Return for each form the cells that its tables show."""
    found: dict[str, set[tuple[str, str]]] = {}
    for table in tables:
        found.setdefault(table.form, set()).update((cell[0], cell[1]) for row in table.rows for cell in row.cells)
    return found


def _places_of(finding: Row, figures: list[Row]) -> tuple[tuple[str, str], ...]:
    """Return the places of a finding, each with the name of the first figure that is printed there, or nothing."""
    return tuple((place, _figure_at(finding, place, figures)) for place in (finding["locators"] or ())[:12])


def _figure_at(finding: Row, place: str, figures: list[Row]) -> str:
    here = [row for row in figures if row["locator"] == place]
    exact = (row for row in here if row["indicator"] == finding["indicator"])
    found = next(exact, here[0] if here else None)
    return anchor_of(found) if found else ""
