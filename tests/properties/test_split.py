"""The laws of cutting: nothing wrong, whatever the publisher misprinted; all that is determined, where he did not."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.split.layout import Cut, Layout, Strip
from pipelines.extract.split.solver import Reading, split
from pipelines.extract.split.sums import Sum, sums_of
from pipelines.model.identity import Cell, Identity
from pipelines.model.observation import Status
from tests.generate.runs import (
    LAYOUTS,
    MISPRINTS,
    Misprint,
    Printing,
    Table,
    adds_up,
    cases,
    local,
    misprinted,
    requests,
    strips,
)

SEEDS = st.integers(min_value=0, max_value=2**32)
SIZES = st.sampled_from((5, 30, 200, 3000))
Maker = Callable[[Random, int], Table]
MAKERS: tuple[Maker, ...] = (requests, cases, local)


def wrong(table: Table, clean: Table, readings: dict[Cell, Reading]) -> Iterator[str]:
    """Yield the cells claimed otherwise than printed, but for rows whose ink a slip left as it would be without."""
    for row in table.rows:
        printed, meant = ([str(of.printed[cell]) for cell in row] for of in (table, clean))
        if printed != meant and "".join(printed) == "".join(meant):
            continue
        for cell, figure in zip(row, printed, strict=True):
            found = readings[cell]
            claimed = "0" if found.status is Status.BLANK else found.printed
            if found.status is not Status.UNREADABLE and claimed != figure:
                yield f"{cell}: claims {claimed} ({found.evidence}), printed is {figure} in {printed}"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("maker", MAKERS)
@settings(max_examples=25)
@given(seed=SEEDS, size=SIZES, misprint=st.sampled_from((None, *MISPRINTS)))
def test_no_figure_is_wrong(maker: Maker, layout: Printing, seed: int, size: int, misprint: Misprint | None) -> None:
    random = Random(seed)
    clean = maker(random, size)
    table = misprinted(random, clean, misprint) if misprint else clean
    printed = strips(random, table, layout)
    assert [*wrong(table, clean, split(printed, table.sums, table.stated))] == []


def small(random: Random) -> tuple[list[Strip], list[Identity]]:
    """Return a small consistent table run together: three rows and their sum, two or three columns and theirs."""
    kinds = ["a", "b", "c"][: random.randint(2, 3)]
    rows = ["x", "y", "z"][: random.randint(1, 3)]
    numbers = {(name, kind): int(40 ** random.random()) * random.randint(0, 1) for name in rows for kind in kinds}
    numbers |= {(name, "all"): sum(numbers[name, kind] for kind in kinds) for name in rows}
    numbers |= {("sum", kind): sum(numbers[name, kind] for name in rows) for kind in [*kinds, "all"]}
    sums = [adds_up("row", [(name, "all")], [(name, kind) for kind in kinds]) for name in [*rows, "sum"]]
    sums += [adds_up("column", [("sum", kind)], [(name, kind) for name in rows]) for kind in [*kinds, "all"]]
    cells = [tuple((name, kind) for kind in [*kinds, "all"]) for name in [*rows, "sum"]]
    return [Strip(row, ("".join(str(numbers[cell]) for cell in row),)) for row in cells], sums


def excused(sums: Sequence[Sum], values: dict[Cell, int], slips: int) -> bool:
    """Say whether all sums hold, or one cell lies in all that do not."""
    broken = [law.cells for law in sums if sum(sign * values[cell] for cell, sign in law.terms) != 0]
    return not broken or bool(slips and frozenset.intersection(*broken))


def determined(printed: Sequence[Strip], sums: Sequence[Sum], slips: int) -> dict[Cell, set[str]]:
    """Return what each cell may hold, by trying all cuts of all rows."""
    cells = [cell for strip in printed for cell in strip.cells]
    possible: dict[Cell, set[str]] = {cell: set() for cell in cells}
    every: list[list[Cut]] = [[*Layout(strip, blanks=False).every()] for strip in printed]
    for choice in product(*every):
        texts = [text for cut in choice for text in cut.texts]
        if excused(sums, {cell: int(text) for cell, text in zip(cells, texts, strict=True)}, slips):
            for cell, text in zip(cells, texts, strict=True):
                possible[cell].add(text)
    return possible


@pytest.mark.parametrize("slips", [0, 1])
@given(seed=SEEDS)
def test_all_that_is_determined_is_settled_and_nothing_else(slips: int, seed: int) -> None:
    printed, identities = small(Random(seed))
    readings = split(printed, identities, slips=slips, blanks=False)
    possible = determined(printed, sums_of(identities, ()), slips)
    settled = {cell: {found.printed} for cell, found in readings.items() if found.status is not Status.UNREADABLE}
    assert settled == {cell: texts for cell, texts in possible.items() if len(texts) == 1}


@settings(max_examples=25)
@given(seed=SEEDS)
def test_the_order_of_the_sums_changes_nothing(seed: int) -> None:
    random = Random(seed)
    table = misprinted(random, requests(random, 40, leaves=5), random.choice(MISPRINTS))
    printed = strips(random, table, random.choice(LAYOUTS))
    assert split(printed, table.sums) == split(printed, random.sample(table.sums, len(table.sums)))
