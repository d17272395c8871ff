"""Multi-year annexes with a column for each year and a row for each indicator."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipelines.extract.annex import AnnexCell
from pipelines.extract.numbers import parse_cell
from pipelines.extract.page import Page
from pipelines.extract.series_figures import (
    SeriesReading,
    heading_of,
    is_rate,
    series_figure,
    unmapped,
    unreadable,
    year_of,
)
from pipelines.model.finding import Finding
from pipelines.model.observation import Observation
from pipelines.registry.annexes import ends_at, series_wording
from pipelines.registry.units import units

_FEWEST_YEARS = 2
_MOST_ROWS = 40


class _Head(NamedTuple):
    """The head of such an annex: its years, whether a column of units precedes them, and how many cells follow."""

    years: tuple[int, ...]
    units: bool
    extra: int
    cells: int


class _Row(NamedTuple):
    """A row: its label, the unit beside it, the cells after it."""

    label: AnnexCell
    unit: str
    cells: tuple[AnnexCell, ...]


def has_years_across(cells: Sequence[AnnexCell]) -> bool:
    """Say whether cells begin with a head in which years stand side by side."""
    return _head(cells) is not None


def read_years_across(page: Page, cells: Sequence[AnnexCell]) -> SeriesReading:
    """Return what an annex holds that begins with some cells, nothing where no years stand side by side there.

    A row that has not a cell for each year yields no figure but a finding.
    """
    head = _head(cells)
    if head is None:
        return SeriesReading()
    rows = list(_rows(head, cells[head.cells :]))
    if not any(heading_of(row.label.key, row.unit).indicator for row in rows):
        return SeriesReading()
    last = max(cell.line for row in rows for cell in (row.label, *row.cells))
    observations, findings = list[Observation](), list[Finding]()
    for row in rows:
        told = _figures(page, head, row)
        observations += [found for found in told if isinstance(found, Observation)]
        findings += [found for found in told if isinstance(found, Finding)]
    return SeriesReading(tuple(observations), tuple(findings), (range(cells[0].line, last + 1),))


def _head(cells: Sequence[AnnexCell]) -> _Head | None:
    """Return the head, None where there are fewer than two years or they do not run one way."""
    wording = series_wording()
    if not cells or cells[0].key not in wording.name_heading | wording.year_heading:
        return None
    united = len(cells) > 1 and cells[1].key in wording.unit_heading
    first = 1 + united
    years = tuple(year for year in takewhile(lambda year: year, (year_of(cell.key) for cell in cells[first:])) if year)
    extra = len(list(takewhile(lambda cell: cell.key in wording.no_figure, cells[first + len(years) :])))
    steps = {later > sooner for sooner, later in pairwise(years)}
    if len(years) < _FEWEST_YEARS or len(steps) > 1 or len(set(years)) < len(years):
        return None
    return _Head(years, united, extra, first + len(years) + extra)


def _rows(head: _Head, cells: Sequence[AnnexCell]) -> Iterator[_Row]:
    """Yield the rows, each begun by words; they end with words that no figure follows, or a footer."""
    starts = [index for index, cell in enumerate(cells) if _is_label(cell)]
    for start, stop in list(pairwise((*starts, len(cells))))[:_MOST_ROWS]:
        label, own = cells[start], cells[start + 1 : stop]
        unit = own[0].key if own and own[0].key.removeprefix("万") in units() else ""
        figures = own[1 if unit else 0 :]
        if label.key.startswith(ends_at()) or not any(parse_cell(cell.text) for cell in figures if cell.text):
            return
        yield _Row(label, unit, tuple(figures[: len(head.years) + head.extra]))


def _is_label(cell: AnnexCell) -> bool:
    """Say whether a cell is words: no figure, blank, year or unit."""
    return bool(cell.key) and parse_cell(cell.text) is None and cell.key.removeprefix("万") not in units()


def _figures(page: Page, head: _Head, row: _Row) -> Iterator[Observation] | list[Finding]:
    """Return a row's figures, one for each year, or why there are none."""
    counted = heading_of(row.label.key, row.unit)
    cells, expected = row.cells, len(head.years)
    if counted.indicator is None:
        return [unmapped(page, row.label)]
    whole = len(cells) == expected + head.extra or (len(cells) == expected and all(cell.text for cell in cells))
    if not whole or any(is_rate(cell) for cell in cells[:expected]):
        return [unreadable(page, row.label.line, row.label.text, " ".join(cell.text for cell in cells if cell.text))]
    return (series_figure(page, year, row.label, counted, cell) for year, cell in zip(head.years, cells, strict=False))
