"""Multi-year annexes: one row a year, one column an indicator."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from pipelines.extract.annex import AnnexCell, annex_cells
from pipelines.extract.numbers import Cell, parse_cell
from pipelines.extract.page import Page
from pipelines.model.figure import Figure
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.identity import ZERO
from pipelines.model.observation import VALUELESS, Observation, Source, Status
from pipelines.registry.annexes import ends_at, series_wording
from pipelines.registry.dictionary import indicators
from pipelines.registry.rules import rules

_YEAR = re.compile(r"((?:19|20)\d{2})(?:年度?)?")
_WIDEST = 12
_LONGEST = 80
_observed = maker(Observation)
_UNITS = ("条", "件", "次", "篇")


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """What the multi-year annexes of a page hold, and the fragments they take up."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[range, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as it was cut into rows: headings, rows of cells (the first is the year), cells used."""

    headings: list[AnnexCell]
    rows: list[list[AnnexCell]]


def read_series(page: Page, begin: int) -> SeriesReading:
    """Return every multi-year annex after a fragment.

    A table whose cells can be assigned to years and columns in more than one way, or in none, yields no figure but
    a finding.
    """
    readings: list[SeriesReading] = []
    reached, headings = begin, series_wording().year_heading
    for line in page.whole.lines[bisect_left(page.whole.lines, begin) :]:
        tight = page.tight[line]
        if (tight in headings or ("|" in tight and _first_cell(tight) in headings)) and line >= reached:
            readings.append(_read(page, line))
            reached = max((taken.stop for taken in readings[-1].lines), default=reached)
    return SeriesReading(
        observations=tuple(found for reading in readings for found in reading.observations),
        findings=tuple(finding for reading in readings for finding in reading.findings),
        lines=tuple(lines for reading in readings for lines in reading.lines),
    )


def _first_cell(tight: str) -> str:
    return tight.strip("|").split("|", 1)[0]


def _read(page: Page, line: int) -> SeriesReading:
    wording = series_wording()
    every = annex_cells(page, range(line, min(line + _LONGEST * 4, len(page.lines))), wording.known)
    cells = list(islice(every, _WIDEST + 1))
    headings = _headings(cells)
    if not any(cell.key in wording.columns for cell in headings):
        return SeriesReading()
    cells.extend(every)
    grid = _grid(headings, _body(cells))
    if grid is None:
        finding = rules()["unreadable-annex"].broken(
            locators=(page.locator(line),), label=headings[0].text, found=" ".join(cell.text for cell in cells[:20])
        )
        return SeriesReading(findings=(finding,), lines=(range(line, cells[-1].line + 1),))
    observations = tuple(_observations(page, grid))
    last = max(cell.line for row in grid.rows for cell in row)
    return SeriesReading(observations, tuple(_findings(page, grid)), (range(line, last + 1),))


def _headings(cells: list[AnnexCell]) -> list[AnnexCell]:
    """Return the cells before the first year, none where that is too far away for a head."""
    first = next((index for index, cell in enumerate(cells) if _YEAR.fullmatch(cell.key)), 0)
    return [cell for cell in cells[:first] if cell.key] if first > 1 else []


def _body(cells: list[AnnexCell]) -> list[AnnexCell]:
    """Return the cells from the first year on, up to the first that is neither figure nor year."""
    start = next(index for index, cell in enumerate(cells) if _YEAR.fullmatch(cell.key))
    ended = (index for index in range(start + 1, len(cells)) if cells[index].text and _ends(cells[index]))
    return cells[start : next(ended, len(cells))]


def _ends(cell: AnnexCell) -> bool:
    return cell.key.startswith(ends_at()) or (parse_cell(cell.text) is None and not _YEAR.fullmatch(cell.key))


def _grid(headings: list[AnnexCell], body: list[AnnexCell]) -> _Grid | None:
    """Return the rows of a table: with its blank cells where they are visible, else without them and remarks."""
    bare = [cell for cell in headings if cell.key not in series_wording().no_figure]
    filled = [cell for cell in body if cell.text]
    for columns, cells in ((headings, body), (bare, body), (bare, filled)):
        rows = [cells[start : start + len(columns)] for start in range(0, len(cells), len(columns))]
        while rows and not any(cell.text for cell in rows[-1]):
            rows.pop()
        if _consistent(columns, rows):
            return _Grid(columns, rows)
    return None


def _consistent(columns: list[AnnexCell], rows: list[list[AnnexCell]]) -> bool:
    """Say whether every row begins with a year, the years run one way without a gap, and no other cell is one."""
    years = [_YEAR.fullmatch(row[0].key) for row in rows]
    if not rows or not all(years) or len(rows) * len(columns) > _LONGEST * _WIDEST:
        return False
    steps = {int(later[1]) - int(sooner[1]) for sooner, later in pairwise(years) if sooner and later}
    figures = (cell for row in rows for cell, head in zip(row, columns, strict=False) if _indicator(head))
    return steps in ({1}, {-1}, set()) and all(parse_cell(cell.text) for cell in figures)


def _indicator(heading: AnnexCell) -> str | None:
    """Return what a column counts."""
    return _column(heading.key)


@lru_cache(maxsize=1024)
def _column(heading: str) -> str | None:
    """Return what a column counts, told by its heading with or without a unit behind it."""
    columns = series_wording().columns
    return columns.get(heading[:-1] if heading.endswith(_UNITS) else heading) or columns.get(heading)


def _observations(page: Page, grid: _Grid) -> Iterator[Observation]:
    for row in grid.rows:
        for heading, cell in zip(grid.headings[1:], row[1:], strict=False):
            name = _indicator(heading)
            if name is not None:
                yield _observation(page, int(row[0].key[:4]), name, heading, cell)


def _observation(page: Page, year: int, name: str, heading: AnnexCell, cell: AnnexCell) -> Observation:
    content = parse_cell(cell.text) or Cell(Status.UNREADABLE)
    figure = content.figure or Figure(ZERO)
    return _observed(
        source=Source.SERIES,
        time_period=year,
        indicator=name,
        value=None if content.status in VALUELESS else figure.value,
        unit=content.unit or indicators()[name].unit,
        status=content.status,
        bound=figure.bound,
        precision=figure.precision,
        table="series",
        label=page.verbatim(heading.line) if heading.text == page.lines[heading.line].strip() else heading.text,
        printed=cell.text,
        locator=page.locator(cell.line),
    )


def _findings(page: Page, grid: _Grid) -> Iterator[Finding]:
    for heading in grid.headings[1:]:
        if heading.key not in series_wording().no_figure and _indicator(heading) is None:
            yield rules()["unmapped-column"].broken(locators=(page.locator(heading.line),), found=heading.text)
