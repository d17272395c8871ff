"""Rows that only reports of other years can cut, worked out by hand."""

from decimal import Decimal

import pytest

from pipelines.extract.split.layout import Strip
from pipelines.extract.split.outside import settled
from pipelines.extract.split.sums import Stated
from pipelines.model.identity import Cell, Identity
from tests.generate.runs import adds_up

ISSUED, REPEALED, IN_FORCE = CELLS = (("rules", "issued"), ("rules", "repealed"), ("rules", "in_force"))


def flow(before: int, place: str = "stock@2022") -> Stated:
    """Return in force - issued + repealed = what was in force before."""
    return Stated((IN_FORCE, ISSUED, REPEALED), Decimal(before), place, (1, -1, 1), outside=True)


def is_(cell: Cell, value: int, place: str) -> Stated:
    return Stated((cell,), Decimal(value), place, outside=True)


def told(ink: str, *outside: Stated, sums: tuple[Identity, ...] = (), blanks: bool = False) -> list[str]:
    found = settled(Strip(CELLS, (ink,)), sums, outside, blanks=blanks)
    return [found[cell].printed if cell in found else "?" for cell in CELLS]


@pytest.mark.parametrize(
    ("ink", "before", "cut"),
    [
        ("123345", 336, ["12", "3", "345"]),  # 345 - 12 + 3
        ("52317", 314, ["5", "2", "317"]),  # 317 - 5 + 2
        ("5845546", 533, ["58", "45", "546"]),  # 546 - 58 + 45
        ("5845546", 532, ["?", "?", "?"]),
        ("52317", 315, ["?", "?", "?"]),  # no cut
        ("0014", 14, ["0", "0", "14"]),  # one cut, borne out
        ("0014", 15, ["?", "?", "?"]),
        ("1124", 24, ["?", "?", "?"]),  # 24 - 1 + 1 fits, but so small a number may fit by chance
    ],
)
def test_the_one_cut_that_a_law_leaves(ink: str, before: int, cut: list[str]) -> None:
    assert told(ink, flow(before)) == cut


def test_two_small_statements_are_believed_and_two_that_differ_are_not() -> None:
    assert told("1124", flow(24), is_(IN_FORCE, 24, "stock@2024")) == ["1", "1", "24"]
    assert told("1124", flow(24), is_(IN_FORCE, 4, "stock@2024")) == ["?", "?", "?"]
    assert told("1124", flow(24), flow(24)) == ["?", "?", "?"]


def test_where_blanks_may_have_vanished_they_are_rivals_and_never_settled() -> None:
    assert told("345", is_(IN_FORCE, 345, "a")) == ["?", "?", "?"]
    assert told("345", is_(IN_FORCE, 345, "a"), blanks=True) == ["?", "?", "345"]
    assert told("3434", is_(IN_FORCE, 434, "a"), blanks=True) == ["?", "?", "?"]


def test_evidence_names_every_statement_of_the_row() -> None:
    found = settled(Strip(CELLS, ("1124",)), (), (flow(24), is_(IN_FORCE, 24, "z@2024")), blanks=False)
    assert {each.evidence for each in found.values()} == {"stock@2022, z@2024"}
    assert found[IN_FORCE].value == 24


def test_a_row_that_sums_bind_is_theirs_unless_every_cell_is_stated() -> None:
    total = adds_up("total", [IN_FORCE], [ISSUED, REPEALED])
    each = [is_(cell, value, f"{cell[1]}@2022") for cell, value in zip(CELLS, (120, 3, 123), strict=True)]
    assert told("1203123", each[0], sums=(total,)) == ["?", "?", "?"]
    assert told("1203123", *each, sums=(total,)) == ["120", "3", "123"]


def test_what_the_form_says_of_two_cells_is_kept() -> None:
    order = adds_up("order", [IN_FORCE], [ISSUED], ">=")
    assert told("12311100", is_(REPEALED, 111, "a"), sums=(order,)) == ["?", "?", "?"]
    assert told("2311100", is_(REPEALED, 111, "a"), sums=(order,)) == ["?", "?", "?"]
    assert told("231111000", is_(REPEALED, 111, "a"), sums=(order,)) == ["23", "111", "1000"]


def test_a_run_with_too_many_cuts_is_left() -> None:
    assert told("1" * 60, flow(336)) == ["?", "?", "?"]
