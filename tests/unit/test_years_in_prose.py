"""Sentences that list several years: each figure goes to its own year, or none is claimed."""

from decimal import Decimal

import pytest

from pipelines.model.observation import Source
from tests.generate.plain import HEADER, OPENING, read, rules
from tests.unit.test_annexes import ROWS

WEBSITE = "disclosure.via_website"
THREE = {(2015, WEBSITE): Decimal(930), (2016, WEBSITE): Decimal(850), (2017, WEBSITE): Decimal(1011)}


def told(sentence: str) -> tuple[dict[tuple[int, str], Decimal | None], list[str]]:
    reading = read(sentence, "2017年度政府信息公开情况统计表", *HEADER, *OPENING, *ROWS)
    found = [each for each in reading.extraction.observations if each.source is Source.NARRATIVE]
    return {(each.time_period, each.indicator): each.value for each in found}, rules(reading)


@pytest.mark.parametrize(
    "sentence",
    [
        "政府网站公开信息数：2015年930条、2016年850条、2017年1011条。",
        "通过政府网站公开信息2015年930条、2016年850条、2017年1,011条。",
        "网站信息公开数2015年为930条，2016年为850条，2017年为1011条。",
        "2015年、2016年、2017年政府网站公开信息分别为930条、850条、1011条。",
        "2017年、2016年和2015年网站公开数分别为1011条、850条和930条。",
        "2015年至2017年网站信息公开数分别为930条、850条、1011条。",
        "2015-2017年网站信息公开数分别为930条、850条、1011条。",
        "二〇一五年、二〇一六年、二〇一七年网站信息公开数分别为930条、850条、1011条。",
    ],
)
def test_each_figure_goes_to_its_year(sentence: str) -> None:
    found, said = told(sentence)
    assert found == THREE
    assert {"unmapped-figure", "unreadable-annex"}.isdisjoint(said)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("2015年、2016年政府网站公开信息分别为930条、850条、1011条。", id="more figures than years"),
        pytest.param("2015年至2018年网站信息公开数分别为930条、850条、1011条。", id="more years than figures"),
        pytest.param("2015年、2016年、2017年抖音发布数分别为930条、850条、1011条。", id="nobody knows what is counted"),
        pytest.param("县财政局网站信息公开数2015年930条、2016年850条。", id="of another body"),
        pytest.param("网站信息公开数2015年930次、2016年850次。", id="another unit"),
        pytest.param("网站信息公开数2015年930条、2015年850条。", id="a year twice"),
    ],
)
def test_a_list_that_cannot_be_told_yields_no_figure_but_a_finding(sentence: str) -> None:
    found, said = told(sentence)
    assert found == {}
    assert "unreadable-annex" in said


def test_a_sentence_on_one_year_is_left_to_the_prose() -> None:
    found, said = told("2017年网站信息公开数930条，微博发布数85条。")
    assert found[2017, WEBSITE] == Decimal(930)
    assert "unreadable-annex" not in said
