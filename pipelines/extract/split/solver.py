"""Cut the figures of one table out of runs of digits, so that no slip of the publisher makes a wrong one look right.

The sums of a form cross: a cell stands in one sum of its row and in one of its column, and two cuts of one run always
differ in two cells or more. So a cut is taken only where every rival breaks sums that no single cell can have spoilt.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipelines.extract.split.layout import Cut, Layout, Strip, as_printed
from pipelines.extract.split.rows import MOST_CUTS, ONLY_CUT, Row
from pipelines.extract.split.sums import Stated, sums_of
from pipelines.extract.split.table import Table
from pipelines.model.identity import Cell, Identity
from pipelines.model.observation import Status


class Reading(NamedTuple):
    """What is known of one cell: status, value and ink, what decided, and how many cuts of its row are left."""

    status: Status
    value: Decimal | None = None
    printed: str = ""
    evidence: str = ""
    cuts: int = 1


def split(
    strips: Sequence[Strip],
    identities: Iterable[Identity],
    stated: Iterable[Stated] = (),
    *,
    slips: int = 1,
    blanks: bool | None = None,
) -> dict[Cell, Reading]:
    """Return what the rows of one table say of each of its cells.

    With `slips` = 1 nothing is cut that one misprinted cell could explain otherwise; with 0 the sums are trusted.
    `blanks` says whether blank cells have vanished from this copy, as its other tables may show; where that is not
    known this table must show that it prints its noughts.
    """
    sums = sums_of(identities, stated)
    if blanks is None:
        blanks = not _shows_noughts(strips)
    table = Table([Row(strip, sums, blanks=blanks) for strip in strips], sums, slips)
    return {cell: reading for row in table.rows for cell, reading in _readings(table, row).items()}


def _shows_noughts(strips: Sequence[Strip]) -> bool:
    """Say whether every row can be full, and some ink begins with a nought, as no larger figure does."""
    inked = [strip for strip in strips if not as_printed(strip)]
    if any(map(_lacks_figures, inked)):
        return False
    return not inked or any(piece.startswith("0") for strip in strips for piece in strip.pieces)


def _lacks_figures(strip: Strip) -> bool:
    """Say whether a row can be cut, but not into as many figures as it has cells."""
    return not Layout(strip, blanks=False).count and Layout(strip, blanks=True).count > 0


def _readings(table: Table, row: Row) -> dict[Cell, Reading]:
    if decided := table.decided.get(row):
        return _agreed(row, [decided.cut], lambda _: decided.evidence)
    if cuts := table.possible(row):
        return _agreed(row, cuts, lambda cell: table.evidence(row, cell))
    return _agreed(row, [*row.layout.every()] if row.layout.count <= MOST_CUTS else [], lambda _: ONLY_CUT)


def _agreed(row: Row, cuts: Sequence[Cut], evidence: Callable[[Cell], str]) -> dict[Cell, Reading]:
    """Return what each cell holds in all cuts alike; where they differ, or there is none, it is unreadable."""
    count = len(cuts) or row.layout.count
    first = [*zip(cuts[0].texts, cuts[0].amounts, strict=True)] if cuts else []
    return {
        cell: _reading(*first[index], evidence(cell), count)
        if cuts and len({cut.texts[index] for cut in cuts}) == 1
        else Reading(Status.UNREADABLE, cuts=count)
        for index, cell in enumerate(row.cells)
    }


def _reading(text: str, worth: int | Decimal, evidence: str, count: int) -> Reading:
    if not text:
        return Reading(Status.BLANK, evidence=evidence, cuts=count)
    return Reading(Status.SPLIT if evidence else Status.REPORTED, Decimal(worth), text, evidence, count)
