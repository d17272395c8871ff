"""Numbers of pages below and within annexes: no body of a roster, no figure of a series, and no reason to refuse."""

from itertools import product
from random import Random

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import Source
from tests.generate.plain import cells, read, rules

MARKED = ("- 1 -", "— 2 —", "-3-", "－ 4 －", "第3页 共5页", "第 3 页", "共5页，第3页", "第三页", "Page 3 of 5", "·3·")
FEET = (*MARKED, "3", "3/5", "3 / 5")
BY_ROW = ("\t", " | ", "  ")
ROSTER = (
    "单位名称\t编制情况\t公布日期",
    "上城区财政局\t已公开\t2018-01-17",
    "下城区残联\t未公开\t",
    "桥南街道\t已公开\t2018-02-01",
)
DOWN = ("年度\t网站信息公开数\t政务微博发布数", "2014\t800\t120", "2015\t{}\t147", "2016\t1011\t206")
ACROSS = ("指标\t2014年\t2015年\t2016年", "网站信息公开数\t800\t{}\t1011", "政务微博发布数\t120\t147\t206")


def parted(lines: tuple[str, ...], separator: str) -> list[str]:
    """Return lines with other marks between their cells; a line break makes a line of each that is not blank."""
    joined = [line.replace("\t", separator) for line in lines]
    return [cell for cell in "\n".join(joined).split("\n") if cell]


def bodies(*lines: str) -> list[str]:
    reading = read("附件1", *lines)
    assert "unreadable-annex" not in rules(reading)
    return [f"{line.body_name} {line.status} {line.note}".strip() for line in reading.extraction.roster]


READ = ["上城区财政局 已公开", "下城区残联 未公开", "桥南街道 已公开"]


@pytest.mark.parametrize(("foot", "separator"), list(product(FEET, (*BY_ROW, "\n"))))
def test_the_foot_of_a_roster_is_no_body(foot: str, separator: str) -> None:
    assert bodies(*parted(ROSTER, separator), foot) == READ


@pytest.mark.parametrize(("foot", "separator"), list(product(FEET, BY_ROW)))
def test_a_roster_goes_on_over_the_break_of_a_page(foot: str, separator: str) -> None:
    lines = parted(ROSTER, separator)
    assert bodies(*lines[:2], foot, lines[0], *lines[2:]) == READ
    assert bodies(*lines[:2], foot, *lines[2:]) == READ


@pytest.mark.parametrize("name", ["-", "12", "/", "2018"])
def test_a_body_without_a_name_is_a_finding(name: str) -> None:
    reading = read("附件1", *ROSTER, f"{name}\t已公开\t2018-03-01")
    assert [line.body_name for line in reading.extraction.roster] == ["上城区财政局", "下城区残联", "桥南街道"]
    assert "unreadable-annex" in rules(reading)


def series(table: tuple[str, ...], separator: str, foot: str, at: int | None, figure: int) -> ReportReading:
    """Read a report that ends with a series, a foot below it or, with the head again, before one of its rows."""
    lines = [line.format(figure) for line in table]
    lines = [*lines, foot] if at is None else [*lines[:at], foot, lines[0], *lines[at:]]
    return read("附件1", *parted(tuple(lines), separator))


@pytest.mark.parametrize(("table", "foot"), list(product((DOWN, ACROSS), FEET)))
def test_the_foot_of_a_series_leaves_its_figures(table: tuple[str, ...], foot: str) -> None:
    figure = Random(foot).randint(1, 1900)
    for separator, at in product((*BY_ROW, " ", "\n"), (None, 2)):
        reading = series(table, separator, foot, at, figure)
        found = {key: value for key, (value, _) in cells(reading, Source.SERIES).items()}
        assert set(found.values()) <= {800, figure, 1011, 120, 147, 206}, (separator, at)
        assert found.get((2015, "disclosure.via_website", "total"), figure) == figure, (separator, at)
        assert len(found) == 6 or (at and separator == "\n" and "unreadable-annex" in rules(reading)), (separator, at)
