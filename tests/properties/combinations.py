"""Every form, shape, file format and kind in which reports are drawn, with the laws for what is read of them."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import VALUELESS
from tests.generate import formats, national_prose, rosters, series, stat_2014
from tests.generate.files import File, filed, printed_as
from tests.generate.grid import Shape
from tests.generate.style import Shape as StatShape
from tests.properties import formats_laws, laws
from tests.properties.annex_laws import (
    claimed_series,
    missed_lines,
    missed_series,
    roster_lines,
    wrong_lines,
    wrong_series,
)
from tests.properties.prose_laws import missed_statements, stated, wrong_statements

PLAIN = "plain text"
Drawn = Iterator[tuple[int, Any]]
Law = Callable[[Any, Any], Iterator[str]]
_STAT_SHAPES = (Shape.HTML, Shape.MARKDOWN, Shape.SPACES, Shape.RUN)


class Combination(NamedTuple):
    """A form, the shape of the text or the format of the file, and whether figures break the sums of the form."""

    form: str
    medium: str
    misprints: bool


class Figures(NamedTuple):
    """What reports of a form print: how they are drawn, how many figures they print, how many are read right."""

    media: tuple[str, ...]
    kinds: tuple[bool, ...]
    drawn: Callable[[range, str, bool], Drawn]
    printed: Callable[[Any], int]
    right: Callable[[Any, ReportReading], int]
    wrong: Law
    missed: Law


def _of_format(form: str) -> Callable[[range, str, bool], Drawn]:
    def drawn(seeds: range, medium: str, misprints: bool) -> Drawn:  # noqa: FBT001 - as every one of them
        shape = medium if isinstance(medium, Shape) else Shape.HTML
        return _in_medium(formats.reports(seeds, form, shape, misprints=misprints), medium, shape)

    return drawn


def _of_2014(seeds: range, medium: str, misprints: bool) -> Drawn:  # noqa: FBT001
    shape = medium if isinstance(medium, StatShape) else StatShape.PIPES
    return _in_medium(stat_2014.reports(seeds, misprints=misprints, shape=shape), medium, shape)


def _of_prose(seeds: range, medium: str, _: bool) -> Drawn:  # noqa: FBT001
    return _in_medium(stat_2014.prose_reports(seeds), medium, PLAIN)


def _of_national_prose(seeds: range, medium: str, _: bool) -> Drawn:  # noqa: FBT001
    return _in_medium(national_prose.reports(seeds), medium, Shape.HTML)


def _of_series(*, across: bool) -> Callable[[range, str, bool], Drawn]:
    def drawn(seeds: range, medium: str, _: bool) -> Drawn:  # noqa: FBT001
        shape = medium if isinstance(medium, Shape) else Shape.HTML
        return _in_medium(series.reports(seeds, shape, across=across), medium, shape)

    return drawn


def _of_rosters(seeds: range, medium: str, _: bool) -> Drawn:  # noqa: FBT001
    shape = medium if isinstance(medium, Shape) else Shape.HTML
    return _in_medium(rosters.reports(seeds, shape), medium, shape)


def _in_medium(reports: Drawn, medium: str, own: str) -> Drawn:
    """Yield reports as they are drawn, or put into a file or another shape."""
    for seed, drawn in reports:
        if isinstance(medium, File):
            yield seed, filed(drawn, medium, seed)
        else:
            yield seed, drawn if medium == own else printed_as(drawn, Shape(medium), seed)


def _printed(drawn: Any) -> int:
    return sum(entry.value is not None for entry in drawn.truth.values())


def _right_in_tables(drawn: formats.Drawn, reading: ReportReading) -> int:
    truth = drawn.truth
    return sum(
        found.cell in truth and truth[found.cell].value == found.value for found in formats_laws.claimed(reading)
    )


def _right_anywhere(drawn: Any, reading: ReportReading) -> int:
    found = {laws.key_of(each): each for each in reading.extraction.observations if each.status not in VALUELESS}
    printed = {key: entry.value for key, entry in drawn.truth.items() if entry.value is not None}
    return sum(key in found and laws.figure_in_unit(found[key]) == value for key, value in printed.items())


def _right_in_series(drawn: series.Drawn, reading: ReportReading) -> int:
    return sum(drawn.truth.get(key) == value for key, value in claimed_series(reading).items())


def _printed_in_series(drawn: series.Drawn) -> int:
    return sum(value is not None for value in drawn.truth.values())


def _right_in_roster(drawn: rosters.Drawn, reading: ReportReading) -> int:
    return sum(line in drawn.roster for line in roster_lines(reading))


def _right_in_prose(drawn: national_prose.Drawn, reading: ReportReading) -> int:
    return sum(drawn.stated.get(found.cell) == found.value for found in stated(reading))


_TEXT = (*Shape, *File)
_BOTH, _ONE = (False, True), (False,)
_SERIES = (_printed_in_series, _right_in_series, wrong_series, missed_series)
_ANNEX = {
    "series, years down": (_of_series(across=False), *_SERIES),
    "series, years across": (_of_series(across=True), *_SERIES),
    "roster": (_of_rosters, lambda drawn: len(drawn.roster), _right_in_roster, wrong_lines, missed_lines),
}
_TABLES = (_printed, _right_in_tables, formats_laws.wrong_figures, formats_laws.missed_figures)
_ANYWHERE = (_printed, _right_anywhere, laws.wrong_figures, laws.missed_figures)
_STATED = (lambda drawn: len(drawn.stated), _right_in_prose, wrong_statements, missed_statements)
FIGURES = {
    **{form: Figures(_TEXT, _BOTH, _of_format(form), *_TABLES) for form in formats.FORMS},
    "stat_2014": Figures((*StatShape, *_STAT_SHAPES, *File), _BOTH, _of_2014, *_ANYWHERE),
    "prose of 2010–2018": Figures((PLAIN, *File), _ONE, _of_prose, *_ANYWHERE),
    "prose since 2021": Figures((Shape.HTML, *File), _ONE, _of_national_prose, *_STATED),
    **{form: Figures(_TEXT, _ONE, *rest) for form, rest in _ANNEX.items()},
}


def combinations() -> Iterator[Combination]:
    """Yield every combination."""
    for form, figures in FIGURES.items():
        yield from (Combination(form, medium, kind) for medium, kind in product(figures.media, figures.kinds))


def drawn_of(combination: Combination, seeds: range) -> Drawn:
    """Yield seeds with their reports."""
    form, medium, misprints = combination
    return FIGURES[form].drawn(seeds, medium, misprints)
