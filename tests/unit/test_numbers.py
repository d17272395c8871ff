"""Figures as printed: what a cell says, what a phrase says, and what is no figure."""

from decimal import Decimal

import pytest

from pipelines.extract.numbers import PHRASE, chinese_number, figure_of, parse_cell
from pipelines.model.figure import Bound, Figure
from pipelines.model.observation import Status
from pipelines.registry.wording import fold


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("一百一十", 110),
        ("三千零二十", 3020),
        ("二〇一七", 2017),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("157", "157"),
        ("１５７", "157"),
        ("12,345", "12345"),
        ("１，２３４", "1234"),
        ("1,234,567.8", "1234567.8"),
        ("96,171.6", "96171.6"),
        ("0", "0"),
        ("3件", "3"),
        ("二十三", "23"),
        ("22（其中修订16件）", "22"),
        ("55(含自然失效 29 件)", "55"),
        ("-1", "-1"),
    ],
)
def test_a_cell_with_a_figure(text: str, value: str) -> None:
    cell = parse_cell(fold(text))
    assert cell is not None
    assert cell.figure is not None
    assert (cell.status, cell.figure.value) == (Status.REPORTED, Decimal(value))


@pytest.mark.parametrize("text", ["11万元", "1651.53万元"])
def test_a_cell_keeps_the_unit_that_it_prints(text: str) -> None:
    cell = parse_cell(text)
    assert cell is not None
    assert cell.figure is not None
    assert (cell.figure.value, cell.unit) == (Decimal(text.removesuffix("万元")), "万元")


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (("无", "没有", "零", "未发生"), Status.STATED_ZERO),
        (("", " ", "-", "——", "----", "…"), Status.BLANK),
        (("/", "不适用", "N/A"), Status.NOT_APPLICABLE),
    ],
)
def test_a_cell_without_a_figure(texts: tuple[str, ...], status: Status) -> None:
    assert {getattr(parse_cell(text), "status", None) for text in texts} == {status}


@pytest.mark.parametrize(
    "text", ["张三", "1 3 6", "12,34", "1,2345", "1.2.3", "12-15", "2018年2月26日", "一", "十", "22(其中16", "约", "条"]
)
def test_what_is_no_cell(text: str) -> None:
    assert parse_cell(text) is None


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("3.9万余条", Figure(Decimal(39_000), Bound.AND_MORE, Decimal(1_000))),
        ("近1900家", Figure(Decimal(1_900), Bound.AT_MOST, Decimal(100))),
        ("二十余件", Figure(Decimal(20), Bound.AND_MORE, Decimal(10))),
        ("5500余条", Figure(Decimal(5_500), Bound.AND_MORE, Decimal(100))),
        ("约30件", Figure(Decimal(30), Bound.ABOUT, Decimal(10))),
        ("超过2764.2万件", Figure(Decimal(27_642_000), Bound.AT_LEAST, Decimal(1_000))),
        ("300条以上", Figure(Decimal(300), Bound.AT_LEAST, Decimal(100))),
        ("二十三件", Figure(Decimal(23))),
        ("两起", Figure(Decimal(2))),
        ("10,020条", Figure(Decimal(10_020))),
        ("2.5万条", Figure(Decimal(25_000), Bound.EXACT, Decimal(1_000))),
    ],
)
def test_a_phrase(text: str, figure: Figure) -> None:
    match = PHRASE.fullmatch(text)
    assert match is not None
    assert figure_of(match) == figure


def test_a_long_rounded_figure_is_read_exactly() -> None:
    match = PHRASE.fullmatch("约" + "1" * 40 + "条")
    assert match is not None
    assert figure_of(match).value == Decimal("1" * 40)


def test_rounded_figures_admit_what_they_can_mean() -> None:
    rounded = Figure(Decimal(39_000), Bound.AND_MORE, Decimal(1_000))
    assert [rounded.admits(Decimal(value)) for value in (38_999, 39_000, 39_999, 40_001)] == [False, True, True, False]
    assert Figure(Decimal(403)).admits(Decimal(403))
    assert not Figure(Decimal(403)).admits(Decimal(404))
