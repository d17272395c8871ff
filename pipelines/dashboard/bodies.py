"""The page of a body with its series, and the pages of its reports with every figure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from pipelines.dashboard.charts import Chart, Point, draw, label_of
from pipelines.dashboard.completeness import form_breaks
from pipelines.dashboard.engine import Page
from pipelines.dashboard.grid import Grid, grids
from pipelines.dashboard.rows import Bodies, Row, Rows, grouped
from pipelines.dashboard.sums import first_figures
from pipelines.dashboard.text import file_name

_CHANNELS = ("disclosure.via_website", "disclosure.via_weibo", "disclosure.via_wechat")
_CHARTED = ("new_requests",)
_SOURCES = ("table", "series", "narrative")


class Channel(NamedTuple):
    """One channel of a body: its chart, and what each source says in each year; `source` is that of the line."""

    indicator: str
    source: str
    chart: str
    rows: tuple[Row, ...]


class Concept(NamedTuple):
    """One series across forms: its points year by year, None where there is none, and its chart, if it has one."""

    row: Row
    points: tuple[Row | None, ...]
    chart: str


def pages_of(bodies: Iterable[Row], rows: Bodies, coverage: Mapping[Any, list[Row]]) -> Iterator[Page]:
    """Yield the page of each body, followed by those of its reports."""
    parts = [grouped(part, "body_id") for part in (rows.report, rows.channel, rows.series, rows.finding)]
    figures, findings = grouped(rows.observation, "report_id"), grouped(rows.finding, "report_id")
    for body in bodies:
        reports, channels, series, wrong = (part.get(body["body_id"], []) for part in parts)
        covered = coverage.get(body["body_id"], [])
        yield _body_page(body, covered, reports, channels, series, wrong)
        for report in reports:
            name = report["report_id"]
            yield _report_page(body, report, figures.get(name, []), findings.get(name, []))


def _body_page(  # noqa: PLR0913 - a page has these parts
    body: Row, covered: list[Row], reports: list[Row], channels: list[Row], series: list[Row], wrong: list[Row]
) -> Page:
    years = tuple(row["time_period"] for row in covered)
    breaks = form_breaks(tuple(covered))
    of_channel = grouped(tuple(channels), "indicator")
    known = (_channel(name, of_channel[name], years, breaks) for name in _CHANNELS if name in of_channel)
    content = {
        "body": body,
        "years": years,
        "breaks": breaks,
        "coverage": covered,
        "reports": reports,
        "channels": tuple(known),
        "concepts": tuple(_concept([*rows], years, breaks) for _, rows in groupby(series, key=lambda row: row["concept"])),
        "wrong": [row for row in wrong if row["verdict"] == "broken"],
        "open": sum(row["verdict"] == "cannot_tell" for row in wrong),
    }
    return Page(f"bodies/{file_name(body['body_id'])}.html", "body", content, heading=body["name"])


def _channel(indicator: str, rows: list[Row], years: tuple[int, ...], breaks: frozenset[int]) -> Channel:
    valued = [row for row in rows if row["value"] is not None]
    source = main_source(valued)
    points = (*_runs([row for row in valued if row["source"] == source]), *_beside(valued, source))
    return Channel(indicator, source, _drawn(points, years, breaks), tuple(rows))


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


def _beside(rows: list[Row], source: str) -> Iterator[Point]:
    """Yield what other sources say, where the line has no such point or another one."""
    line = {row["time_period"]: row["value"] for row in rows if row["source"] == source}
    for row in rows:
        if row["source"] != source and line.get(row["time_period"]) != row["value"]:
            label = label_of(row["value"])
            yield Point(row["time_period"], float(row["value"]), row["source"], minor=True, label=label)


def _concept(rows: list[Row], years: tuple[int, ...], breaks: frozenset[int]) -> Concept:
    of_year = {row["time_period"]: row for row in rows}
    charted = rows[0]["concept"] in _CHARTED
    points = tuple(_joined(row for row in rows if row["value"] is not None))
    drawn = _drawn(points, years, breaks) if charted else ""
    return Concept(rows[0], tuple(of_year.get(year) for year in years), drawn)


def _joined(rows: Iterable[Row]) -> Iterator[Point]:
    """Yield the points of a series across forms: never joined over a passage that does not compare, nor over a gap."""
    begin, last, segment = 0, None, None
    for row in rows:
        if last is None or row["time_period"] != last + 1 or row["segment"] != segment:
            begin = row["time_period"]
        last, segment = row["time_period"], row["segment"]
        yield Point(last, float(row["value"]), str(begin), minor=False, label=label_of(row["value"]))


def _drawn(points: tuple[Point, ...], years: tuple[int, ...], breaks: frozenset[int]) -> str:
    if not points:
        return ""
    known = {point.year for point in points}
    spanned = range(min(min(known), *years) if years else min(known), max(max(known), *years) + 1 if years else max(known) + 1)
    gaps = tuple(year for year in spanned if year not in known)
    return draw(Chart(spanned[0], spanned[-1], points, gaps, tuple(sorted(breaks & set(spanned)))))


def _report_page(body: Row, report: Row, figures: list[Row], findings: list[Row]) -> Page:
    first = first_figures(figures)
    numbers = {id(row): at for at, row in enumerate(figures, start=1)}
    tables = grids(first)
    content = {
        "body": body,
        "report": report,
        "figures": figures,
        "places": {key: numbers[id(row)] for key, row in first.items()},
        "findings": [(row, _places_of(row, figures)) for row in findings if row["verdict"] == "broken"],
        "open": [row for row in findings if row["verdict"] == "cannot_tell"],
        "grids": tables,
        "cells": _cells_of(tables),
        "doubted": frozenset((row["indicator"], row["breakdown"]) for row in findings if row["verdict"] == "broken"),
    }
    return Page(f"reports/{file_name(report['report_id'])}.html", "report", content, heading=report["title"])


def _cells_of(tables: Iterable[Grid]) -> dict[str, set[tuple[str, str]]]:
    """Return for each form the cells that its tables show."""
    found: dict[str, set[tuple[str, str]]] = {}
    for table in tables:
        found.setdefault(table.form, set()).update((cell[0], cell[1]) for row in table.rows for cell in row.cells)
    return found


def _places_of(finding: Row, figures: list[Row]) -> tuple[tuple[str, int], ...]:
    """Return the places of a finding, each with the number of the first figure that is printed there, or 0."""
    return tuple((place, _figure_at(finding, place, figures)) for place in (finding["locators"] or ())[:12])


def _figure_at(finding: Row, place: str, figures: list[Row]) -> int:
    here = [(at, row) for at, row in enumerate(figures, start=1) if row["locator"] == place]
    exact = (at for at, row in here if row["indicator"] == finding["indicator"])
    return next(exact, here[0][0] if here else 0)
