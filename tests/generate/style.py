"""How a report is laid out: the shape of its table, what it prints for a nought, which hazards it holds."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Shape(StrEnum):
    """How the cells of the table are printed."""

    CELLS_VISIBLE = "one cell per line, blank cells as NBSP"
    CELLS_EMPTY = "one cell per line, blank cells as empty lines"
    CELLS_TIGHT = "one cell per line, blank cells lost"
    TABS = "one row per line, tabs"
    WIDE = "one row per line, wide space"
    SINGLE = "one row per line, single spaces"
    PIPES = "one row per line, pipes"

    @property
    def by_row(self) -> bool:
        """Whether a row of the table is a line."""
        return self in {Shape.TABS, Shape.WIDE, Shape.SINGLE, Shape.PIPES}

    @property
    def blanks_show(self) -> bool:
        """Whether a blank cell can be told from a missing one."""
        return self in {Shape.CELLS_VISIBLE, Shape.TABS, Shape.PIPES}


class Units(StrEnum):
    """What is left of the column of units."""

    PRINTED = "printed"
    LONG_ONLY = "single characters lost"
    LOST = "lost"


class PageNumbers(StrEnum):
    """What stands before a header that is repeated at a page break."""

    NONE = ""
    DASHES = "- {page} -"
    CHINESE = "第{page}页"
    OF_TOTAL = "第 {page} 页 共 9 页"
    BARE = "{page}"


class Hazard(StrEnum):
    """A difficulty that some copies hold: each has a property of its own."""

    ALIEN_ROWS = "local rows that the form does not know"
    BARE_PAGE_NUMBERS = "page numbers that look like figures"
    SPACED_NOTES = "notes in cells with spaces between"
    WRAPPED_LABELS = "cells printed after the first line of a label that takes two"
    SPLIT_SIGNATURES = "names and telephone numbers in cells of their own"
    BROKEN_NUMBERS = "labels broken within their number"
    GAPPED_SERIES = "multi-year annex with blank cells that are lost"
    SERIES_REMARKS = "multi-year annex with remarks"
    SPACED_HEADER = "a repeated header with spaces between its characters"
    HEADING_FIGURES = "figures in rows that carry none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The choices that hold for a whole report."""

    shape: Shape
    units: Units
    numbering: dict[str, str]
    colon: str
    indent: str
    blank_share: int
    nought: tuple[str, ...]
    blank: tuple[str, ...]
    thousands: bool
    full_width: bool
    unit_in_cell: bool
    spaced_labels: bool
    broken_labels: bool
    notes_in_cells: bool
    page_numbers: PageNumbers
    breaks: int
    first_page: int
    hazards: frozenset[Hazard]


_CHINESE = ("{n}、", "{n}、 ", "{n} ", "{n}.", "")
_BRACKETED = ("({n})", "（{n}）", "( {n} )", "({n}) ", "")
_ARABIC = ("{n}.", "{n}、", "({n})", "{n}．", "{n}. ", "circled", "")


def draw_style(random: Random, hazards: frozenset[Hazard]) -> Style:
    """Draw how a report is laid out."""
    bare = Hazard.BARE_PAGE_NUMBERS in hazards
    quiet = [numbers for numbers in PageNumbers if numbers is not PageNumbers.BARE]
    return Style(
        shape=random.choice(list(Shape)),
        units=random.choice(list(Units)),
        numbering={
            "chinese": random.choice(_CHINESE),
            "bracketed": random.choice(_BRACKETED),
            "arabic": random.choice(_ARABIC),
        },
        colon=random.choice(":："),
        indent=random.choice(("", "  ", "\u3000", "\u00a0\u00a0")),
        blank_share=random.choice((0, 30, 70)),
        nought=random.choice((("0",), ("0", "无"), ("", "0"), ("", "", "无", "零"))),
        blank=random.choice((("",), ("", "/"), ("—", "——", "-", "----"))),
        thousands=_seldom(random, 3),
        full_width=_seldom(random, 4),
        unit_in_cell=_seldom(random, 6),
        spaced_labels=_seldom(random, 4),
        broken_labels=_seldom(random, 3),
        notes_in_cells=_seldom(random, 3),
        page_numbers=PageNumbers.BARE if bare else random.choice(quiet),
        breaks=random.randint(1, 3) if bare or Hazard.SPACED_HEADER in hazards else random.randint(0, 3),
        first_page=random.randint(1, 6),
        hazards=hazards,
    )


def _seldom(random: Random, times: int) -> bool:
    return random.randrange(times) == times - 1
