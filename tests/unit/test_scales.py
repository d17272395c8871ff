"""Units that a caption, a head or a row names: money in 元 is no 万元, a table in ten thousands claims no count."""

from decimal import Decimal

import pytest

from pipelines.model.observation import Observation, Status
from tests.generate.plain import read

FEES, LICENCES = "administrative_fees.amount", "licences.decisions"


def found(*lines: str) -> dict[str, Observation]:
    """Return what the tables of a report say, by indicator."""
    return {each.indicator: each for each in read(*lines).extraction.observations}


def licences(*above: str, head: str = "本年处理决定数量") -> dict[str, Observation]:
    """Return what a report says whose table of licences has this head; a table of documents precedes it."""
    documents = ("信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t0\t0\t3", "行政规范性文件\t7\t3\t20")
    return found(*documents, "第二十条第（五）项", *above, f"信息内容\t{head}", "行政许可\t12")


@pytest.mark.parametrize("unit", ["", "（件）", "（单位：件）"])
def test_a_count_in_its_own_unit_is_read(unit: str) -> None:
    assert licences(head=f"本年处理决定数量{unit}")[LICENCES].value == 12


@pytest.mark.parametrize("unit", ["（万件）", "（单位：万宗）", "（单位：百件）", "（千件）"])
def test_a_count_by_the_ten_thousand_is_not_claimed(unit: str) -> None:
    assert LICENCES not in licences(head=f"本年处理决定数量{unit}")
    assert LICENCES not in licences(unit)


@pytest.mark.parametrize("above", ["单位：元", "计量单位：元"])
def test_a_caption_names_the_unit_of_money(above: str) -> None:
    fees = found("第二十条第（八）项", above, "信息内容\t本年收费金额", "行政事业性收费\t12345")[FEES]
    assert (fees.value, fees.unit) == (Decimal(12345), "元")


def test_a_head_names_the_unit_of_money_before_the_caption() -> None:
    lines = ("单位：件", "信息内容\t本年收费金额（单位：万元）", "行政事业性收费\t123")
    assert found("第二十条第（八）项", *lines)[FEES].unit == "万元"


def test_a_row_names_its_unit() -> None:
    heads = "指标名称\t计量单位\t2017年度\t历年累计"
    rows = ("主动公开信息数\t条\t5\t9", "收取费用总数\t万元\t5\t9", "网上咨询数\t万人次\t1\t2")
    table = found("政府信息公开情况统计表", heads, *rows)
    assert (table["local.fees_total"].value, table["local.fees_total"].unit) == (Decimal(5), "万元")
    assert "local.online_enquiries" not in table
    assert table["local.disclosed_items"].value == 5


def test_a_row_in_ten_thousands_is_unreadable() -> None:
    heads = ("信息内容\t单位\t本年处理决定数量",)
    row = found("第二十条第（五）项", *heads, "行政许可\t万件\t12")[LICENCES]
    assert row.status is Status.UNREADABLE
