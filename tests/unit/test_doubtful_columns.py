"""Columns and cells that a copy puts where nobody can tell: no figure goes to another row or under another head."""

from decimal import Decimal
from random import Random

import pytest

from tests.generate.plain import cells, read

LEVELS = (
    "申请人情况\t备注",
    "自然人\t法人或其他组织\t总计\t",
    "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t",
)
THIRD = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "四、结转下年度继续办理",
)


def told(*lines: str) -> dict[tuple[str, str], Decimal]:
    found = cells(read(*lines)).items()
    return {(name, breakdown): value for (_, name, breakdown), (value, _) in found if value is not None}


@pytest.mark.parametrize("seed", range(20))
def test_remarks_beside_what_is_above_all_columns_move_none(seed: int) -> None:
    random = Random(seed)
    figures = {row: [random.randint(1, 400) for _ in range(6)] for row in THIRD}
    rows = ["\t".join((row, *map(str, parts), str(sum(parts)), "")) for row, parts in figures.items()]
    found = told("三、收到和处理政府信息公开申请情况", *LEVELS, *rows)
    assert found.get(("requests.new", "natural_person"), figures[THIRD[0]][0]) == figures[THIRD[0]][0]
    assert found.get(("requests.new", "total"), sum(figures[THIRD[0]])) == sum(figures[THIRD[0]])


@pytest.mark.parametrize("page", range(2, 12))
def test_a_number_below_a_line_of_cells_fills_no_blank_that_is_lost(page: int) -> None:
    heads = "信息内容 本年新制作数量 本年新公开数量 对外公开总数量"
    found = told(
        "二、主动公开政府信息情况", "第二十条第（一）项", heads, "规章 39 1572", str(page), "规范性文件 22 41 260"
    )
    assert Decimal(page) not in found.values()
    assert found.get(("rules.newly_disclosed", "total")) is None


@pytest.mark.parametrize("separator", ["\t", " | ", "   ", "\n"])
def test_a_sequence_number_is_no_figure_of_table_four(separator: str) -> None:
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    figures = ("10", "2", "3", "4", "19", "16", "5", "6", "7", "34", "21", "8", "9", "11", "49")
    lines = (
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量",
        "规章\t3\t4\t572",
        "规范性文件\t22\t41\t260",
        "四、政府信息公开行政复议、行政诉讼情况",
        separator.join(("序号", "行政复议", "行政诉讼")),
        separator.join(("序号", *heads, "未经复议直接起诉", "复议后起诉")),
        separator.join(("序号", *heads, *heads)),
        separator.join(("1", *figures)),
    )
    found = told(*(part for line in lines for part in line.split("\n")))
    assert found.get(("cases.review", "upheld"), Decimal(10)) == 10
    assert found.get(("cases.litigation_after_review", "total"), Decimal(49)) == 49
