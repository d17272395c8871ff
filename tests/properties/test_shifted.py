"""No figure is wrong of a web page, or of Markdown, in which a cell or a row of a table is lost or stands twice."""

import re
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generate import formats, local, stat_columns
from tests.generate.grid import Shape
from tests.properties.formats_laws import read_or_none, wrong_figures

_FORMS = ("stat_2014", "local_coded", "format_2019", "format_2021")
_CELL = re.compile(rb"<t[dh]\b[^>]*>(?:(?!<t[dh]\b)[\s\S])*?</t[dh]>")
_ROW = re.compile(rb"<tr\b[^>]*>(?:(?!<tr\b)[\s\S])*?(?=<tr\b|</table|</tbody)")
_BETWEEN_BARS = re.compile(rb"(?<=\|)(?![ \t]*-{3,})[^|\n]*\|")
_FORMERLY_WRONG = (
    ("format_2021", 0, _CELL, 3),
    ("format_2019", 40, _CELL, 1),
    ("format_2019", 47, _CELL, 3),
    ("local_coded", 1015, _CELL, 1),
    ("format_2019", 1016, _CELL, 1),
    ("format_2019", 1022, _CELL, 3),
    ("format_2021", 1034, _CELL, 2),
    ("format_2021", 1038, _CELL, 3),
    ("format_2019", 1924, _CELL, 3),
    ("format_2021", 1929, _CELL, 2),
    ("format_2021", 2059, _CELL, 3),
    ("format_2019", 26, _ROW, 1),
    ("format_2021", 56, _ROW, 3),
    ("format_2021", 0, _BETWEEN_BARS, 3),
    ("format_2021", 3, _BETWEEN_BARS, 3),
    ("format_2019", 4, _BETWEEN_BARS, 3),
    ("format_2021", 6, _BETWEEN_BARS, 2),
    ("format_2021", 19, _BETWEEN_BARS, 3),
    ("format_2019", 25, _BETWEEN_BARS, 2),
    ("format_2021", 25, _BETWEEN_BARS, 1),
    ("format_2019", 44, _BETWEEN_BARS, 2),
    ("format_2019", 51, _BETWEEN_BARS, 1),
    ("format_2019", 64, _BETWEEN_BARS, 2),
)


def _page(form: str, seed: int, shape: Shape) -> Any:
    if form == "local_coded":
        return next(local.reports(range(seed, seed + 1), shape))[1]
    if form == "stat_2014":
        return next(stat_columns.reports(range(seed, seed + 1), shape))[1]
    return formats.report(Random(seed), form, shape)


def _wrong(form: str, seed: int, part: re.Pattern[bytes], number: int) -> list[str]:
    """Return the figures that are wrong when one part of a page is lost (even numbers) or printed twice (odd ones)."""
    page = _page(form, seed, Shape.MARKDOWN if part is _BETWEEN_BARS else Shape.HTML)
    random = Random(seed)
    parts = list(part.finditer(page.data))
    if not parts:
        return []
    chosen = [random.choice(parts) for _ in range(number + 1)][-1]
    twice = chosen[0] * 2 if number % 2 else b""
    data = page.data[: chosen.start()] + twice + page.data[chosen.end() :]
    mutant: Any = SimpleNamespace(
        data=data, truth=page.truth, actual=page.actual, consistent=page.consistent, year=page.year
    )
    return list(wrong_figures(mutant, read_or_none(mutant)))


@pytest.mark.parametrize(("form", "seed", "part", "number"), _FORMERLY_WRONG)
def test_formerly_wrong(form: str, seed: int, part: re.Pattern[bytes], number: int) -> None:
    assert _wrong(form, seed, part, number) == []


@pytest.mark.parametrize("part", [_CELL, _ROW, _BETWEEN_BARS], ids=["cell", "row", "bars"])
@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("seed", range(6))
def test_no_figure_is_wrong(form: str, seed: int, part: re.Pattern[bytes]) -> None:
    assert [_wrong(form, seed, part, number) for number in (2, 3)] == [[], []]


@pytest.mark.long
@pytest.mark.parametrize("part", [_CELL, _ROW], ids=["cell", "row"])
@given(form=st.sampled_from(_FORMS), seed=st.integers(0, 999), number=st.integers(0, 3))
def test_no_figure_is_wrong_in_hundreds(form: str, seed: int, part: re.Pattern[bytes], number: int) -> None:
    assert _wrong(form, seed, part, number) == []
