"""What is read of generated reports, by form and shape: `python -m tests.accuracy` writes docs/accuracy.md."""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.generate.formats import FORMS, Drawn, reports
from tests.generate.grid import Shape
from tests.properties.formats_laws import claimed, missed_figures, read_or_none, wrong_figures

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
SEEDS = range(200)
_HEAD = f"""# What is read of generated reports

Reports are drawn with their truth from seeds {SEEDS.start} to {SEEDS.stop - 1}, for each form, shape and kind; with
*misprints* one to three figures break the sums of the form. Many copies hold blank cells, repeated heads, page numbers,
full-width digits, notes in cells, columns in another order, more or fewer than the form has, heads that are cut, or
table four in another layout: more than real ones do.

* **Read**: the share of the figures printed that are read and right.
* **Missed**: figures that the layout tells with certainty and that are not read; none where cells run together.
* **Wrong**: figures claimed and not printed so.
* **Broke off**: reports whose reading ends in an error.

The worst come first. Written by `make accuracy`.

| form | shape | kind | reports | figures | read | missed | wrong | broke off |
|---|---|---|--:|--:|--:|--:|--:|--:|
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was read of some reports of one form, shape and kind."""

    form: str
    shape: Shape
    misprints: bool
    figures: int
    right: int
    missed: int
    wrong: int
    broken: int

    @property
    def rank(self) -> tuple[int, float, str, str, bool]:
        """Where it stands in the table: the worst first."""
        return -(self.wrong + self.broken), self.right / self.figures, self.form, self.shape, self.misprints

    @property
    def line(self) -> str:
        """Its row of the table."""
        kind = "misprints" if self.misprints else "sums hold"
        share = f"{self.right / self.figures:.1%}"
        counts = (f"{self.figures:,}", share, f"{self.missed:,}", self.wrong, self.broken)
        return f"| {' | '.join(map(str, (self.form, self.shape, kind, len(SEEDS), *counts)))} |\n"


def score(combination: tuple[str, Shape, bool]) -> Score:
    """Return what is read of the reports of one form, shape and kind."""
    form, shape, misprints = combination
    counts = [_counts(drawn) for _, drawn in reports(SEEDS, form, shape, misprints=misprints)]
    figures, right, missed, wrong, broken = (sum(column) for column in zip(*counts, strict=True))
    return Score(
        form=form,
        shape=shape,
        misprints=misprints,
        figures=figures,
        right=right,
        missed=missed,
        wrong=wrong,
        broken=broken,
    )


def _counts(drawn: Drawn) -> tuple[int, int, int, int, int]:
    """Return the figures printed, read, missed and wrong, and whether the reading broke off."""
    printed = {cell: entry for cell, entry in drawn.truth.items() if entry.value is not None}
    try:
        reading = read_or_none(drawn)
    except (ValueError, ArithmeticError):
        return len(printed), 0, sum(entry.determined for entry in printed.values()), 0, 1
    right = sum(found.cell in printed and printed[found.cell].value == found.value for found in claimed(reading))
    missed, wrong = len(list(missed_figures(drawn, reading))), len(list(wrong_figures(drawn, reading)))
    return len(printed), right, missed, wrong, 0


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    with ProcessPoolExecutor() as pool:
        scores = list(pool.map(score, product(FORMS, Shape, (False, True))))
    yield _HEAD
    yield from (each.line for each in sorted(scores, key=lambda each: each.rank))


if __name__ == "__main__":
    text = "".join(page())
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
