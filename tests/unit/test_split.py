"""Runs of digits of real reports, and what must stay unreadable."""

import time
from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipelines.extract.split.layout import Layout, Strip, amount
from pipelines.extract.split.solver import Reading, split
from pipelines.extract.split.sums import Stated
from pipelines.model.identity import Cell, Identity
from pipelines.model.observation import Status
from tests.generate.runs import APPLICANTS, CHANNELS, OUTCOMES, adds_up, requests_sums

TOGETHER_2021 = """
64 0 0 2 0 4 70 / 0 0 0 0 0 0 0 / 27 0 0 2 0 1 30 / 5 0 0 0 0 0 5 / 1 0 0 0 0 0 1 / 6 0 0 0 0 0 6 / 1 0 0 0 0 0 1
/ 22 0 0 0 0 3 25 / 1 0 0 0 0 0 1 / 63 0 0 2 0 4 69 / 1 0 0 0 0 0 1
"""
CASES = [(channel, outcome) for channel in CHANNELS for outcome in OUTCOMES]
CASES_SUMS = [adds_up("t4", [(name, "total")], [(name, outcome) for outcome in OUTCOMES[:-1]]) for name in CHANNELS]


def row(*pieces: str, count: int = 2, name: str = "row") -> Strip:
    return Strip(tuple((name, str(place)) for place in range(count)), pieces)


def told(readings: dict[Cell, Reading]) -> list[str]:
    """Return the ink of each cell, its status where it has none that is sure."""
    return [found.printed if found.value is not None else found.status.value for found in readings.values()]


def table_three(text: str) -> tuple[list[Strip], list[list[int]], Sequence[Identity]]:
    printed = [[int(figure) for figure in line.split()] for line in text.split("/")]
    leaves = [f"leaf{number}" for number in range(len(printed) - 4)]
    names = ["new", "carried_in", *leaves, "done", "carried_out"]
    strips = [
        Strip(tuple((name, kind) for kind in APPLICANTS), ("".join(map(str, line)),))
        for name, line in zip(names, printed, strict=True)
    ]
    return strips, printed, requests_sums(names, leaves)


def test_a_real_table_three_without_any_separator() -> None:
    strips, printed, sums = table_three(TOGETHER_2021)
    readings = split(strips, sums)
    assert [found.value for found in readings.values()] == [figure for line in printed for figure in line]
    assert readings["new", "total"] == Reading(Status.SPLIT, Decimal(70), "70", "balance, row")
    assert readings["carried_in", "person"].evidence == "only cut"


def test_a_misprinted_total_leaves_its_row_and_the_rows_it_confirmed_unreadable() -> None:
    strips, _, sums = table_three(TOGETHER_2021.replace("2 0 1 30", "2 0 1 31"))
    readings = split(strips, sums)
    assert readings["leaf0", "person"].status is Status.UNREADABLE
    assert readings["carried_in", "total"].value == 0


def test_nothing_but_the_separators_is_asked_where_they_part_every_figure() -> None:
    sums = [adds_up("sum", [("row", "2")], [("row", "0"), ("row", "1")])]
    readings = split([row("1", "2", "9", count=3)], sums, [Stated((("row", "2"),), Decimal(3), "line 1")])
    assert {found.status for found in readings.values()} == {Status.REPORTED}
    assert told(readings) == ["1", "2", "9"]


@pytest.mark.parametrize(
    ("pieces", "count", "expected"),
    [
        pytest.param(("0000000",), 7, ["0"] * 7, id="noughts"),
        pytest.param(("1003",), 4, ["1", "0", "0", "3"], id="one digit a cell"),
        pytest.param(("23", "0", "00", "0", "023"), 7, ["23", "0", "0", "0", "0", "0", "23"], id="some separators"),
        pytest.param(("500000", "5"), 7, ["5", "0", "0", "0", "0", "0", "5"], id="one separator"),
        pytest.param(("0", "", "0"), 3, ["0", "blank", "0"], id="a visible blank"),
        pytest.param(("+21", "-1"), 2, ["+21", "-1"], id="signs"),
        pytest.param(("增3", "减2"), 2, ["增3", "减2"], id="signs in words"),
        pytest.param(("5949.088667",), 1, ["5949.088667"], id="an amount"),
        pytest.param(("13575394432.52元",), 2, ["unreadable"] * 2, id="a count and an amount"),
        pytest.param(("77132470",), 3, ["unreadable"] * 3, id="no sums"),
        pytest.param(("3", "3"), 7, ["unreadable"] * 7, id="blanks vanished"),
        pytest.param(("00",), 1, ["unreadable"], id="more figures than cells"),
        pytest.param(("007", "1"), 2, ["unreadable"] * 2, id="no figure begins so"),
        pytest.param(("1", "3", "6"), 1, ["unreadable"], id="a broken number is not mended"),
    ],
)
def test_what_the_layout_alone_says(pieces: tuple[str, ...], count: int, expected: list[str]) -> None:
    assert told(split([row(*pieces, count=count), row("00", name="other")], []))[:count] == expected


TWICE = [row("294981916"), row("294981916", name="site"), row("00", name="other")]


def test_prose_chooses_where_one_cut_has_its_figure() -> None:
    stated = Stated((("row", "0"),), Decimal(2949), "line 12")
    readings = split(TWICE, [], [stated])
    assert told(readings) == ["2949", "81916", "unreadable", "unreadable", "0", "0"]
    assert readings["row", "1"] == Reading(Status.SPLIT, Decimal(81916), "81916", "line 12")


@pytest.mark.parametrize(("slips", "expected"), [(0, ["602", "217607"]), (1, ["unreadable"] * 2)])
def test_prose_alone_is_trusted_only_where_the_ink_is_printed_twice(slips: int, expected: list[str]) -> None:
    strips = [row("602217607"), row("00", name="other")]
    assert told(split(strips, [], [Stated((("row", "0"),), Decimal(602), "line 12")], slips=slips))[:2] == expected


@pytest.mark.parametrize("figure", [pytest.param(3000, id="contradicts"), pytest.param(29, id="is too short to tell")])
def test_prose_that_proves_nothing_is_passed_over(figure: int) -> None:
    readings = split(TWICE, [], [Stated((("row", "0"),), Decimal(figure), "line 12")])
    assert told(readings)[:2] == ["unreadable"] * 2


def test_neither_is_believed_where_a_column_speaks_against_the_prose() -> None:
    strips = [row("294981916"), row("294", "981916", name="part"), row("0", "0", name="rest")]
    sums = [adds_up("parts", [("row", place)], [("part", place), ("rest", place)]) for place in "01"]
    readings = split(strips, sums, [Stated((("row", "0"),), Decimal(2949), "line 12")])
    assert told(readings)[:2] == ["unreadable"] * 2


def test_columns_alone_decide_the_local_form() -> None:
    strips = [row("4251516", name="all"), row("4181509", name="site"), row("77", name="gazette"), row("00", name="no")]
    sums = [adds_up("parts", [("all", place)], [("site", place), ("gazette", place)]) for place in "01"]
    sums += [adds_up("ever", [(name, "1")], [(name, "0")], ">=") for name in ("all", "site", "gazette")]
    assert told(split(strips, sums))[:4] == ["425", "1516", "418", "1509"]


def test_table_four_is_cut_by_its_own_sums_on_trust_only() -> None:
    strip = Strip(tuple(CASES), ("10203120001200000",))
    cut = [*"10203", "12", *"000", "12", *"00000"]
    assert told(split([strip], CASES_SUMS, slips=0, blanks=False)) == cut
    assert set(told(split([strip], CASES_SUMS, blanks=False))) <= {"unreadable", "0"}


def test_table_four_is_cut_by_its_sums_and_the_prose() -> None:
    strip = Strip(tuple(CASES), ("25380363300630003",))
    litigation = tuple((channel, "total") for channel in CHANNELS[1:])
    stated = [Stated((("review", "total"),), Decimal(36), "line 7"), Stated(litigation, Decimal(9), "line 7")]
    assert told(split([strip], CASES_SUMS, stated, blanks=False)) == [*["unreadable"] * 5, *"3300630003"]


def test_a_copy_that_lost_its_blanks_is_known_by_one_short_row() -> None:
    assert told(split([row("12"), row("00", name="other"), row("7", name="short")], []))[:2] == ["unreadable"] * 2


def test_a_row_alone_does_not_show_that_it_is_full() -> None:
    assert told(split([row("1003", count=4)], [])) == ["unreadable"] * 4
    assert told(split([row("1003", count=4)], [], blanks=False)) == ["1", "0", "0", "3"]


def test_the_reader_may_know_that_blanks_are_gone() -> None:
    strips = [row("12"), row("00", name="other")]
    assert told(split(strips, []))[:2] == ["1", "2"]
    assert told(split(strips, [], blanks=True))[:2] == ["unreadable"] * 2


@pytest.mark.parametrize(("slips", "expected"), [(0, ["blank", "9", "9"]), (1, ["unreadable"] * 3)])
def test_where_blanks_are_gone_the_sums_are_asked_on_trust_only(slips: int, expected: list[str]) -> None:
    strips = [
        row("9", "9", count=3),
        row("9", "9", "18", count=3, name="sum"),
        row("9", "0", "9", count=3, name="more"),
    ]
    sums = [adds_up("row", [("row", "2")], [("row", "0"), ("row", "1")])]
    sums += [adds_up("column", [("sum", place)], [("row", place), ("more", place)]) for place in "012"]
    assert told(split(strips, sums, slips=slips))[:3] == expected


def test_pieces_of_a_grid_are_cells() -> None:
    strip = Strip((("row", "a"), ("row", "b"), ("row", "total")), ("12", "12"), whole=True)
    assert Layout(strip, blanks=True).count == 3


def test_an_unreadable_cell_says_how_many_cuts_are_left() -> None:
    assert split([row("123"), row("00", name="other")], [])["row", "0"] == Reading(Status.UNREADABLE, cuts=2)


@pytest.mark.parametrize("run", ["1" * 60, "10" * 30, "1" * 400])
def test_an_endless_run_is_given_up_in_time(run: str) -> None:
    strips, _, sums = table_three(TOGETHER_2021)
    start = time.process_time()
    readings = split([strip._replace(pieces=(run,)) for strip in strips], sums, blanks=False)
    assert time.process_time() - start < 5
    assert {found.status for found in readings.values()} == {Status.UNREADABLE}


def test_inequalities_and_the_largest_part_prune_too() -> None:
    strips = [row("91"), row("1210", name="other"), row("00", name="no")]
    sums = [
        adds_up("least", [("other", "0")], [("other", "1")], ">=max"),
        adds_up("most", [("row", "1")], [("row", "0")], "<="),
    ]
    assert told(split(strips, sums, slips=0))[:4] == ["9", "1", "unreadable", "unreadable"]


def test_amounts() -> None:
    assert [amount(text) for text in ("1,234", "12,34", "0.5", "00", "-3")] == [1234, None, Decimal("0.5"), None, -3]
