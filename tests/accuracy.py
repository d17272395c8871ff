"""What is read of generated reports, by form and shape or file: `python -m tests.accuracy` writes docs/accuracy.md."""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.properties.combinations import FIGURES, Combination, combinations, drawn_of
from tests.properties.formats_laws import read_or_none

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
SEEDS = range(200)
_HEAD = f"""# What is read of generated reports

Reports are drawn with their truth from seeds {SEEDS.start} to {SEEDS.stop - 1}, for each form, each shape of text and
each file format in which copies of it are found, and each kind; with *misprints* one to three figures break the sums of
the form. Many copies hold blank cells, repeated heads, page numbers, full-width digits, notes in cells, columns in
another order, more or fewer than the form has, heads that are cut, or table four in another layout: more than real ones
do. In files, labels and heads break within their cells, text is cut into runs or replaced under revision, figures are
numbers or text, cells are merged, tables go on over pages, and archives hold tables apart from the report. A PDF in
which no rule is drawn is a text whose cells are parted by spaces and whose lines may lie between each other.

* **Read**: the share of what is printed (figures; of rosters, bodies) that is read and right.
* **Missed**: what the layout tells with certainty and that is not read; none where cells run together.
* **Wrong**: what is claimed and not printed so.
* **Broke off**: reports whose reading ends in an error.

The worst come first. Written by `make accuracy`.

| form | shape or file | kind | reports | figures | read | missed | wrong | broke off |
|---|---|---|--:|--:|--:|--:|--:|--:|
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was read of the reports of one combination."""

    combination: Combination
    reports: int
    figures: int
    right: int
    missed: int
    wrong: int
    broken: int

    @property
    def rank(self) -> tuple[int, float, Combination]:
        """Where it stands in the table: the worst first."""
        return -(self.wrong + self.broken), self.right / self.figures, self.combination

    @property
    def line(self) -> str:
        """Its row of the table."""
        form, medium, misprints = self.combination
        kind = "misprints" if misprints else "sums hold" if True in FIGURES[form].kinds else "—"
        share = f"{self.right / self.figures:.1%}"
        counts = (self.reports, f"{self.figures:,}", share, f"{self.missed:,}", self.wrong, self.broken)
        return f"| {' | '.join(map(str, (form, medium, kind, *counts)))} |\n"


def score(combination: Combination) -> Score:
    """Return what is read of the reports of one combination."""
    counts = [_counts(combination, drawn) for _, drawn in drawn_of(combination, SEEDS)]
    figures, right, missed, wrong, broken = (sum(column) for column in zip(*counts, strict=True))
    return Score(
        combination=combination,
        reports=len(counts),
        figures=figures,
        right=right,
        missed=missed,
        wrong=wrong,
        broken=broken,
    )


def _counts(combination: Combination, drawn: Any) -> tuple[int, int, int, int, int]:
    """Return the figures printed, read, missed and wrong, and whether the reading broke off."""
    figures = FIGURES[combination.form]
    printed = figures.printed(drawn)
    try:
        reading = read_or_none(drawn)
    except (ValueError, ArithmeticError):
        return printed, 0, len(list(figures.missed(drawn, None))), 0, 1
    right = figures.right(drawn, reading) if reading else 0
    return printed, right, len(list(figures.missed(drawn, reading))), len(list(figures.wrong(drawn, reading))), 0


def page(workers: int | None = None) -> Iterator[str]:
    """Yield the lines of the page; so many processes work at once, or one for each core."""
    with ProcessPoolExecutor(workers) as pool:
        scores = list(pool.map(score, combinations()))
    yield _HEAD
    yield from (each.line for each in sorted(scores, key=lambda each: each.rank))


if __name__ == "__main__":
    text = "".join(page(*map(int, sys.argv[1:])))
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
