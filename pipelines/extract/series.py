"""Multi-year annexes: one row a year, one column an indicator."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice, pairwise
from operator import attrgetter

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
_LONGEST_REMARK = 24
_UNITS = ("条", "件", "次", "篇")
_observed = maker(Observation)


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """What the multi-year annexes of a page hold, and the fragments they take up."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[range, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as it was cut into rows: the headings of figures, and for each year its line and a cell a heading."""

    headings: list[AnnexCell]
    rows: list[tuple[AnnexCell, list[AnnexCell]]]


def read_series(page: Page, begin: int) -> SeriesReading:
    """Return every multi-year annex after a fragment.

    A table whose cells can be assigned to years and columns in more than one way, or in none, yields no figure but
    a finding.
    """
    readings: list[SeriesReading] = []
    reached = begin
    for line in _openings(page, begin):
        if line >= reached:
            readings.append(_read(page, line))
            reached = max((taken.stop for taken in readings[-1].lines), default=reached)
    return SeriesReading(
        observations=tuple(found for reading in readings for found in reading.observations),
        findings=tuple(finding for reading in readings for finding in reading.findings),
        lines=tuple(lines for reading in readings for lines in reading.lines),
    )


def _openings(page: Page, begin: int) -> Iterator[int]:
    """Yield the fragments from `begin` on that open with the heading of a column of years."""
    words = tuple(sorted(series_wording().year_heading))
    first = {"|", *(word[0] for word in words)}
    for line in page.whole.lines[bisect_left(page.whole.lines, begin) :]:
        tight = page.tight[line]
        if tight[0] in first and tight.lstrip("|").startswith(words):
            yield line


def _read(page: Page, line: int) -> SeriesReading:
    wording = series_wording()
    every = annex_cells(page, range(line, min(line + _LONGEST * 4, len(page.lines))), wording.known)
    cells = list(islice(every, _WIDEST + 1))
    headings = _headings(cells)
    if not any(_indicator(cell) for cell in headings):
        return SeriesReading()
    cells.extend(every)
    remarks = any(cell.key in wording.no_figure for cell in headings)
    body = _body(cells[len(headings) :], remarks=remarks)
    grid = _grid(headings, body)
    last = max((cell.line for cell in body if cell.text), default=line)
    if grid is None:
        seen = " ".join(cell.text for cell in (*headings, *body) if cell.text)
        finding = rules()["unreadable-annex"].broken(locators=(page.locator(line),), label=headings[0].text, found=seen)
        return SeriesReading(findings=(finding,), lines=(range(line, last + 1),))
    return SeriesReading(tuple(_observations(page, grid)), tuple(_findings(page, grid)), (range(line, last + 1),))


def _headings(cells: list[AnnexCell]) -> list[AnnexCell]:
    """Return the cells before the first year, none where that is too far away or the first is no heading of years."""
    first = next((index for index, cell in enumerate(cells) if _YEAR.fullmatch(cell.key)), 0)
    headings = [cell for cell in cells[:first] if cell.key]
    return headings if len(headings) > 1 and headings[0].key in series_wording().year_heading else []


def _body(cells: list[AnnexCell], *, remarks: bool) -> list[AnnexCell]:
    """Return the cells from the first year on, up to the first that is neither figure nor year nor remark."""
    start = next((index for index, cell in enumerate(cells) if _YEAR.fullmatch(cell.key)), len(cells))
    ended = (index for index in range(start, len(cells)) if _ends(cells[index], remarks=remarks))
    return cells[start : next(ended, len(cells))][: _LONGEST * _WIDEST]


def _ends(cell: AnnexCell, *, remarks: bool) -> bool:
    """Say whether a cell is no part of the table: a footer, another annex, or text where no remark may stand."""
    if cell.key.startswith(_stops()):
        return True
    return not _is_figure(cell) and not (remarks and len(cell.key) <= _LONGEST_REMARK)


@cache
def _stops() -> tuple[str, ...]:
    return (*ends_at(), "附件")


def _is_figure(cell: AnnexCell) -> bool:
    return parse_cell(cell.text) is not None or _YEAR.fullmatch(cell.key) is not None


def _grid(headings: list[AnnexCell], body: list[AnnexCell]) -> _Grid | None:
    """Return the rows of a table, None where its cells leave more than one way, or none, to cut them.

    Rows on lines of their own are taken as they stand. Otherwise every row has as many cells as there are headings,
    blank ones included where they are visible; or it has a figure for each column, or none at all.
    """
    lines, filled = _lines(body), [cell for cell in body if cell.text]
    if max(map(len, lines), default=0) > 1:
        return _cut(headings, lines)
    inner = body[: body.index(filled[-1])] if filled else []
    strides = _strides(body, len(headings))
    if any(not cell.text for cell in inner):
        return _cut(headings, strides)
    return (_cut(headings, _by_year(filled)) or _cut(headings, strides)) if filled else None


def _cut(headings: list[AnnexCell], rows: list[list[AnnexCell]]) -> _Grid | None:
    """Return the rows of a table with a cell for each column of figures, None where one cannot be told apart."""
    columns = [heading for heading in headings[1:] if heading.key not in series_wording().no_figure]
    places = [place for place, heading in enumerate(headings) if heading in columns]
    cut = [_row(row, places, len(headings)) for row in rows if any(cell.text for cell in row)]
    found = [row for row in cut if row is not None]
    return _Grid(columns, found) if found and len(found) == len(cut) and _consistent(found) else None


def _lines(body: list[AnnexCell]) -> list[list[AnnexCell]]:
    """Return the cells line by line."""
    return [list(cells) for _, cells in groupby(body, attrgetter("line"))]


def _strides(body: list[AnnexCell], width: int) -> list[list[AnnexCell]]:
    """Return rows of one width."""
    return [body[start : start + width] for start in range(0, len(body), width)]


def _by_year(body: list[AnnexCell]) -> list[list[AnnexCell]]:
    """Return rows that begin with the years in turn; no other cell may look like the year that is awaited."""
    first = int(body[0].key[:4])
    second = next((int(cell.key[:4]) for cell in body[1:] if _YEAR.fullmatch(cell.key)), first + 1)
    step = -1 if second == first - 1 else 1
    rows: list[list[AnnexCell]] = []
    awaited = first
    for cell in body:
        if _YEAR.fullmatch(cell.key) and int(cell.key[:4]) == awaited:
            rows.append([])
            awaited += step
        rows[-1].append(cell)
    return rows


def _row(row: list[AnnexCell], places: list[int], width: int) -> tuple[AnnexCell, list[AnnexCell]] | None:
    """Return a row's year and its cell for each column of figures, None where they cannot be told apart."""
    year, *cells = row
    figures = [cell for cell in cells if _is_figure(cell)]
    blank = AnnexCell("", "", year.line)
    if max(places, default=0) < len(row) <= width:
        return year, [row[place] for place in places]
    if len(figures) == len(places) and figures == cells[: len(places)] and all(cell.text for cell in figures):
        return year, figures
    return (year, [blank] * len(places)) if not any(cell.text for cell in cells) else None


def _consistent(rows: list[tuple[AnnexCell, list[AnnexCell]]]) -> bool:
    """Say whether every row begins with a year, the years run one way without a gap, and no figure is one of them."""
    years = [int(year.key[:4]) for year, _ in rows if _YEAR.fullmatch(year.key)]
    steps = {later - sooner for sooner, later in pairwise(years)}
    near = {str(year) for year in (*years, min(years, default=0) - 1, max(years, default=0) + 1)}
    figures = [cell for _, cells in rows for cell in cells]
    return (
        len(years) == len(rows)
        and steps in ({1}, {-1}, set())
        and all(parse_cell(cell.text) and cell.key not in near for cell in figures)
    )


def _indicator(heading: AnnexCell) -> str | None:
    """Return what a column counts, told by its heading with or without a unit behind it."""
    columns, word = series_wording().columns, heading.key
    return columns.get(word[:-1] if word.endswith(_UNITS) else word) or columns.get(word)


def _observations(page: Page, grid: _Grid) -> Iterator[Observation]:
    for year, cells in grid.rows:
        for heading, cell in zip(grid.headings, cells, strict=True):
            name = _indicator(heading)
            if name is not None:
                yield _observation(page, int(year.key[:4]), name, heading, cell)


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
    for heading in grid.headings:
        if _indicator(heading) is None:
            yield rules()["unmapped-column"].broken(locators=(page.locator(heading.line),), found=heading.text)
