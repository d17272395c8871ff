"""Multi-year annexes: one row a year, one column an indicator."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice, pairwise
from operator import attrgetter

from pipelines.extract.annex import AnnexCell, annex_cells, is_foot, is_unit
from pipelines.extract.numbers import parse_cell
from pipelines.extract.page import Page
from pipelines.extract.series_figures import (
    ANY_YEAR,
    SeriesReading,
    heading_of,
    is_rate,
    series_figure,
    unmapped,
    unreadable,
    year_of,
)
from pipelines.extract.years_across import has_years_across, read_years_across
from pipelines.model.finding import Finding
from pipelines.model.observation import Observation
from pipelines.registry.annexes import ends_at, series_wording

_WIDEST = 12
_LONGEST = 80
_LONGEST_REMARK = 24
_BESIDE = 40
_BEFORE_LABEL = 8
_SHORTEST_GLUED = 12


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
    taken = [lines for reading in readings for lines in reading.lines]
    return SeriesReading(
        observations=tuple(found for reading in readings for found in reading.observations),
        findings=(
            *(finding for reading in readings for finding in reading.findings),
            *_glued(page, begin, taken),
        ),
        lines=tuple(taken),
    )


def _openings(page: Page, begin: int) -> Iterator[int]:
    """Yield the fragments from `begin` on that open with the heading of a column of years, or of one of names."""
    words, tight = _opening_words(), page.tight
    first = {"|", *(word[0] for word in words)}
    for line in page.whole.lines[bisect_left(page.whole.lines, begin) :]:
        if tight[line][0] in first and tight[line].lstrip("|").startswith(words):
            yield line


@cache
def _opening_words() -> tuple[str, ...]:
    return tuple(sorted(series_wording().year_heading | series_wording().name_heading))


def _read(page: Page, line: int) -> SeriesReading:
    wording = series_wording()
    every = _without_feet(annex_cells(page, range(line, min(line + _LONGEST * 4, len(page.lines))), wording.known))
    cells = list(islice(every, _WIDEST + 1))
    headings = _headings(cells)
    if not any(heading_of(cell.key).indicator for cell in headings):
        return read_years_across(page, [*cells, *every]) if has_years_across(cells) else SeriesReading()
    cells.extend(every)
    remarks = any(cell.key in wording.no_figure for cell in headings)
    body = _within(headings, cells, _body(cells[len(headings) :], remarks=remarks))
    grid = _grid(headings, body) or (_grid(headings, body[:-1]) if _ends_in_foot(page, body) else None)
    last = max((cell.line for cell in body if cell.text), default=line)
    if grid is None:
        seen = " ".join(cell.text for cell in (*headings, *body) if cell.text)
        finding = unreadable(page, line, headings[0].text, seen)
        return SeriesReading(findings=(finding,), lines=(range(line, last + 1),))
    return SeriesReading(tuple(_observations(page, grid)), tuple(_findings(page, grid)), (range(line, last + 1),))


def _without_feet(cells: Iterable[AnnexCell]) -> Iterator[AnnexCell]:
    """Yield the cells of a table; where its rows are lines, numbers of pages and its head once more are left out."""
    rows = groupby(cells, attrgetter("row"))
    head = list(next(rows, (0, ()))[1])
    yield from head
    if len(head) > 1:
        names = [cell.key for cell in head]
        yield from (cell for _, row in rows for cell in _without_foot(list(row), names))
    else:
        yield from (cell for _, row in rows for cell in row)


def _without_foot(row: list[AnnexCell], names: list[str]) -> list[AnnexCell]:
    """Return the cells of a line, none where it is the number of a page or the head once more."""
    again = len(row) == len(names) and [cell.key for cell in row] == names
    return [] if again or (len(row) == 1 and is_foot(row[0])) else row


def _ends_in_foot(page: Page, body: list[AnnexCell]) -> bool:
    """Say whether a cell on a line of its own ends the report and may be the number of its last page."""
    *before, last = body or [AnnexCell("", "", 0, 0)]
    return last.row == page.whole.lines[-1] and is_foot(last) and all(cell.row != last.row for cell in before)


def _headings(cells: list[AnnexCell]) -> list[AnnexCell]:
    """Return the cells before the first year, none where that is too far away or the first is no heading of years."""
    first = next((index for index, cell in enumerate(cells) if year_of(cell.key)), 0)
    headings = [cell for cell in cells[:first] if cell.key]
    return headings if len(headings) > 1 and headings[0].key in series_wording().year_heading else []


def _body(cells: list[AnnexCell], *, remarks: bool) -> list[AnnexCell]:
    """Return the cells from the first year on, up to the first that is neither figure nor year nor remark."""
    start = next((index for index, cell in enumerate(cells) if year_of(cell.key)), len(cells))
    ended = (index for index in range(start, len(cells)) if _ends(cells[index], remarks=remarks))
    return cells[start : next(ended, len(cells))][: _LONGEST * _WIDEST]


def _within(headings: list[AnnexCell], cells: list[AnnexCell], body: list[AnnexCell]) -> list[AnnexCell]:
    """Return the cells of a table without blank columns to the right of it, as wider tables of a sheet leave them."""
    width = len(headings)
    beyond = [cell for row in _lines(body) for cell in row[width:]]
    if cells[:width] != headings or any(cell.text for cell in beyond):
        return body
    return [cell for row in _lines(body) for cell in row[:width]]


def _ends(cell: AnnexCell, *, remarks: bool) -> bool:
    """Say whether a cell is no part of the table: a footer, another annex, or text where no remark may stand."""
    if cell.key.startswith(_stops()):
        return True
    return not _is_figure(cell) and not (remarks and len(cell.key) <= _LONGEST_REMARK)


@cache
def _stops() -> tuple[str, ...]:
    return (*ends_at(), "附件")


def _is_figure(cell: AnnexCell) -> bool:
    return parse_cell(cell.text) is not None or year_of(cell.key) is not None


def _grid(headings: list[AnnexCell], body: list[AnnexCell]) -> _Grid | None:
    """Return the rows of a table, None where its cells leave more than one way, or none, to cut them.

    Rows on lines of their own are taken as they stand. Otherwise every row has as many cells as there are headings,
    blank ones included where they are visible; or it has a figure for each column, or none at all. A unit alone is
    what is left of a head that lines have cut.
    """
    if any(is_unit(heading.key) for heading in headings):
        return None
    if any(heading.key in series_wording().rates for heading in headings):
        return _grid_with_rates(headings, body)
    lines, filled = _lines(body), [cell for cell in body if cell.text]
    if max(map(len, lines), default=0) > 1:
        return _cut(headings, lines, gaps=True)
    inner = body[: body.index(filled[-1])] if filled else []
    strides = _strides(body, len(headings))
    if any(not cell.text for cell in inner):
        return _cut(headings, strides)
    return (_cut(headings, _by_year(filled)) or _cut(headings, strides)) if filled else None


def _grid_with_rates(headings: list[AnnexCell], body: list[AnnexCell]) -> _Grid | None:
    """Return the rows of a table that prints rates of growth between its figures.

    Every row is full, or no blank cell is seen and the sign of percent tells the rates from the figures.
    """
    lines, width = _lines(body), len(headings)
    rows = lines if max(map(len, lines), default=0) > 1 else _strides(body, width)
    if all(len(row) == width for row in rows):
        return _cut(headings, rows, gaps=rows is lines)
    counts = [heading for heading in headings if heading.key not in series_wording().rates]
    figures = [cell for cell in body if not is_rate(cell)]
    if len(figures) == len(body) or not all(cell.text for cell in body):
        return None
    return _grid(counts, figures)


def _cut(headings: list[AnnexCell], rows: list[list[AnnexCell]], *, gaps: bool = False) -> _Grid | None:
    """Return the rows of a table with a cell for each column of figures, None where one cannot be told apart.

    Years may be missing (`gaps`) where each row stands on a line of its own. A count that looks like one of the years
    is one in a row that is full and stands on a line, or where the table can be cut in no other way.
    """
    columns = [heading for heading in headings[1:] if heading.key not in series_wording().no_figure]
    places = [place for place, heading in enumerate(headings) if heading in columns]
    width, filled = len(headings), [row for row in rows if any(cell.text for cell in row)]
    cut = [_row(row, places, width) for row in filled]
    found = [row for row in cut if row is not None]
    if not found or len(found) < len(cut) or not _consistent(found, gaps=gaps):
        return None
    if not gaps and _has_figure_as_remark(headings, filled):
        return None
    if _has_year_as_figure(found):
        one_way = gaps or _ways([cell for row in rows for cell in row], width) == 1
        return _Grid(columns, found) if one_way and all(len(row) == width for row in filled) else None
    return _Grid(columns, found)


def _ways(body: list[AnnexCell], width: int) -> int:
    """Return in how many ways cells, some of them lost, can be cut into rows that begin with years one by one."""
    years, end = [year_of(cell.key) for cell in body], len(body)
    ways = {1: [0] * end + [1], -1: [0] * end + [1]}
    for start in range(end - 1, -1, -1):
        year = years[start] or end
        stops = range(start + 1, min(start + width, end) + 1) if years[start] else ()
        for step, counts in ways.items():
            counts[start] = sum(counts[stop] for stop in stops if stop == end or years[stop] == year + step)
    return ways[1][0] + ways[-1][0] - (end <= width)


def _lines(body: list[AnnexCell]) -> list[list[AnnexCell]]:
    """Return the cells line by line, or row by row of a marked table."""
    return [list(cells) for _, cells in groupby(body, attrgetter("row"))]


def _strides(body: list[AnnexCell], width: int) -> list[list[AnnexCell]]:
    """Return rows of one width."""
    return [body[start : start + width] for start in range(0, len(body), width)]


def _by_year(body: list[AnnexCell]) -> list[list[AnnexCell]]:
    """Return rows that begin with the years in turn; no other cell may look like the year that is awaited."""
    first = year_of(body[0].key) or 0
    second = next((year for cell in body[1:] if (year := year_of(cell.key))), first + 1)
    step = -1 if second == first - 1 else 1
    rows: list[list[AnnexCell]] = []
    awaited = first
    for cell in body:
        if year_of(cell.key) == awaited:
            rows.append([])
            awaited += step
        rows[-1].append(cell)
    return rows


def _row(row: list[AnnexCell], places: list[int], width: int) -> tuple[AnnexCell, list[AnnexCell]] | None:
    """Return a row's year and its cell for each column of figures, None where they cannot be told apart."""
    year, *cells = row
    figures = [cell for cell in cells if _is_figure(cell)]
    blank = AnnexCell("", "", year.line, year.row)
    if max(places, default=0) < len(row) <= width:
        return year, [row[place] for place in places]
    if len(figures) == len(places) and figures == cells[: len(places)] and all(cell.text for cell in figures):
        return year, figures
    return (year, [blank] * len(places)) if not any(cell.text for cell in cells) else None


def _consistent(rows: list[tuple[AnnexCell, list[AnnexCell]]], *, gaps: bool) -> bool:
    """Say whether every row begins with a year, the years run one way, and every figure is one, and no rate."""
    years = [told for year, _ in rows if (told := year_of(year.key))]
    steps = {later - sooner for sooner, later in pairwise(years)}
    figures = [cell for _, cells in rows for cell in cells]
    return (
        len(years) == len(rows)
        and _run_one_way(steps, gaps=gaps)
        and all(parse_cell(cell.text) and not is_rate(cell) for cell in figures)
    )


def _has_figure_as_remark(headings: list[AnnexCell], rows: list[list[AnnexCell]]) -> bool:
    """Say whether a cell under a head of remarks is a figure: where rows are not seen a cell too many shifts them."""
    places = [place for place, heading in enumerate(headings) if heading.key in series_wording().remarks]
    return any(parse_cell(row[place].text) for row in rows for place in places if place < len(row) and row[place].text)


def _has_year_as_figure(rows: list[tuple[AnnexCell, list[AnnexCell]]]) -> bool:
    """Say whether a figure looks like one of the years, or the one before or after."""
    years = [told for year, _ in rows if (told := year_of(year.key))]
    near = {str(year) for year in (*years, min(years) - 1, max(years) + 1)}
    return any(cell.key in near for _, cells in rows for cell in cells)


def _run_one_way(steps: set[int], *, gaps: bool) -> bool:
    """Say whether years follow each other up or down, one by one or, with `gaps`, by any step."""
    return steps in ({1}, {-1}, set()) or (gaps and (min(steps) > 0 or max(steps) < 0))


def _observations(page: Page, grid: _Grid) -> Iterator[Observation]:
    counted = [heading_of(heading.key) for heading in grid.headings]
    for year, cells in grid.rows:
        for heading, meant, cell in zip(grid.headings, counted, cells, strict=True):
            if meant.indicator is not None:
                yield series_figure(page, year_of(year.key) or 0, heading, meant, cell)


def _findings(page: Page, grid: _Grid) -> Iterator[Finding]:
    return (unmapped(page, heading) for heading in grid.headings if heading_of(heading.key).indicator is None)


@cache
def _heads() -> re.Pattern[str]:
    """Return what the heads of an annex look like whose cells run together: years, then what is counted."""
    wording = series_wording()
    labels, first = _any_of(wording.columns), _any_of(wording.year_heading | wording.name_heading)
    down = rf"(?:{labels}).{{0,{_BESIDE}}}?(?:{ANY_YEAR}.{{0,{_BESIDE}}}?){{2}}"
    across = rf"(?:{ANY_YEAR}(?:年度?)?){{2,{_WIDEST}}}.{{0,{_BEFORE_LABEL}}}?(?:{labels})"
    return re.compile(f"(?:{first})(?:{down}|{across})")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _glued(page: Page, begin: int, taken: list[range]) -> Iterator[Finding]:
    """Yield the annexes whose cells run together on a line, of which nothing is read."""
    for line in page.whole.lines[bisect_left(page.whole.lines, begin) :]:
        if len(page.keys[line]) < _SHORTEST_GLUED or any(line in lines for lines in taken):
            continue
        if match := _heads().search(page.keys[line]):
            yield unreadable(page, line, match[0][:_LONGEST_REMARK], match[0])
