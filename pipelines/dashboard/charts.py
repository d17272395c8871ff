"""Charts as SVG that is made when the site is: no script, no style in line, the same bytes for the same points."""

import copy
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.dashboard.text import number

_SPECIFICATION = Path(__file__).with_name("series.json")
_OPENING = re.compile(r"<svg [^>]*viewBox=\"([^\"]*)\"[^>]*>")
_IDLE = re.compile(r' (?:aria-\w+|role|pointer-events|stroke-miterlimit|version|xmlns:xlink)="[^"]*"')
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]* d="(?:M0,0h0v0h0Z)?"[^>]*/>')
_HEADROOM = 1.2
_SPARK = (72, 14)


class Point(NamedTuple):
    """One point of a chart: points of one run are joined by a line; a minor one stands beside the series."""

    year: int
    value: float
    run: str
    minor: bool
    label: str


class Grade(NamedTuple):
    """How far a year compares with the one before, as a mark between them."""

    year: int
    mark: str


class Chart(NamedTuple):
    """The points of one chart, the years it spans, those without a point and those in which the form changes.

    `grades` are written above the passages from one year to the next that they speak of.
    """

    first_year: int
    last_year: int
    points: tuple[Point, ...]
    gaps: tuple[int, ...]
    breaks: tuple[int, ...]
    grades: tuple[Grade, ...] = ()


def label_of(value: object) -> str:
    """Return how a value is written beside its point."""
    return number(value)


def draw(chart: Chart) -> str:
    """Return a chart as SVG for a page; its colours are those of the style sheet."""
    import vl_convert  # noqa: PLC0415 - loaded where a chart is drawn

    return _bare(vl_convert.vega_to_svg(_filled(chart)))


def _filled(chart: Chart) -> dict[str, Any]:
    """Return the compiled chart with its points put in."""
    drawing = copy.copy(_compiled())
    top = max((point.value for point in chart.points), default=0) * _HEADROOM or 1
    least = min((point.value for point in chart.points), default=0)
    known = {"first": chart.first_year, "last": chart.last_year, "top": top, "least": min(least * _HEADROOM, 0)}
    values = {
        "points": [point._asdict() for point in chart.points],
        "gaps": [{"year": year} for year in chart.gaps],
        "breaks": [{"year": year} for year in chart.breaks],
        "grades": [grade._asdict() for grade in chart.grades],
    }
    drawing["signals"] = [
        each | {"value": known.get(each["name"], each.get("value"))} if each["name"] in known else each
        for each in drawing["signals"]
    ]
    drawing["data"] = [
        each | {"values": values[each["name"]]} if each["name"] in values else each for each in drawing["data"]
    ]
    return drawing


def _bare(svg: str) -> str:
    """Return SVG without what a page that names it itself has no use for."""
    opening = _OPENING.match(svg)
    view = opening[1] if opening else ""
    inner = _EMPTY.sub("", _IDLE.sub("", svg[opening.end() :] if opening else svg))
    return f'<svg viewBox="{view}" aria-hidden="true" focusable="false">{inner}'


def spark(counts: Sequence[int | None]) -> str:
    """Return counts run by run as a small SVG: a line from nought up, broken where a count is not known, a dot last."""
    known = [(at, count) for at, count in enumerate(counts) if count is not None]
    if not known:
        return ""
    top, last = max(count for _, count in known) or 1, max(len(counts) - 1, 1)
    places = [(at, f"{_SPARK[0] * at / last:.1f},{_SPARK[1] * (1 - count / top):.1f}") for at, count in known]
    lines = "".join(f'<polyline points="{" ".join(line)}"/>' for line in _unbroken(places) if len(line) > 1)
    x, y = places[-1][1].split(",")
    view = f"-3 -3 {_SPARK[0] + 6} {_SPARK[1] + 6}"
    return f'<svg viewBox="{view}" aria-hidden="true" focusable="false">{lines}<circle cx="{x}" cy="{y}" r="2"/></svg>'


def _unbroken(places: Iterable[tuple[int, str]]) -> list[list[str]]:
    """Return places in groups that follow each other without a gap."""
    groups: list[list[str]] = []
    before = None
    for at, place in places:
        if before is None or at != before + 1:
            groups.append([])
        groups[-1].append(place)
        before = at
    return groups


@cache
def _compiled() -> dict[str, Any]:
    """Return the chart of series.json as Vega, compiled once: only its data differ from chart to chart."""
    import vl_convert  # noqa: PLC0415

    specification = json.loads(_SPECIFICATION.read_text(encoding="utf-8"))
    found: dict[str, Any] = vl_convert.vegalite_to_vega(specification)
    return found
