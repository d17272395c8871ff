"""Copies that lost their layout in more than one way: a figure that may be another's is not read."""

from decimal import Decimal
from itertools import permutations

import pytest

from pipelines.model.observation import VALUELESS
from tests.generate.grid import NBSP
from tests.generate.plain import cells, read

SEPARATORS = ("\t", " | ", "   ", " ")
THIRD = "三、收到和处理政府信息公开申请情况"
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
GRANTED, PARTIAL = "（一）予以公开", "（二）部分公开"
COUNTED = (
    "一、主动公开情况",
    "(一)主动公开政府信息数\t条\t157",
    "其中：主动公开规范性文件数\t条\t20",
    "制发规范性文件总数\t件\t21",
    "1.政府公报公开政府信息数\t条\t22",
)


def figures(*lines: str) -> dict[tuple[str, str], Decimal | None]:
    """Return the figures that tables are said to hold, by indicator and breakdown."""
    found = cells(read("全年主动公开政府信息157条。", *lines))
    return {(name, column): value for (_, name, column), (value, status) in found.items() if status not in VALUELESS}


def counts(separator: str, *rows: str) -> dict[str, Decimal | None]:
    """Return the figures of a table of one column whose rows are lines."""
    lines = [line.replace("\t", separator) for line in ("统计指标\t单位\t统计数", *COUNTED, *rows)]
    return {name: value for (name, _), value in figures("2017年度政府信息公开情况统计表", *lines).items()}


def third(*lines: str) -> dict[tuple[str, str], Decimal | None]:
    """Return the figures of table three."""
    return figures(THIRD, *lines)


@pytest.mark.parametrize("separator", SEPARATORS)
def test_words_above_a_label_without_its_number_may_be_its_beginning(separator: str) -> None:
    label = "政府网站公开政府信息数\t条\t50"
    assert counts(separator, f"2.{label}")["disclosure.via_website"] == 50
    assert counts(separator, label)["disclosure.via_website"] == 50
    assert counts(separator, "区级", f"2.{label}")["disclosure.via_website"] == 50
    assert "disclosure.via_website" not in counts(separator, "区级", label)


def test_words_above_a_label_may_be_the_end_of_the_label_before() -> None:
    broken = ("其中：涉及国家秘密\t件\t1", "危及国家安全、公共安全、经济安全和社会\t件\t2", "稳定")
    found = counts("\t", *broken, "不是《条例》所指政府信息\t件\t3")
    assert found["replies_2014.denied.not_government_information"] == 3


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("following", [(), ("七、依申请公开信息收取的费用\t万元\t674",)])
def test_a_number_before_words_is_no_figure_of_the_row_above(separator: str, following: tuple[str, ...]) -> None:
    found = counts(separator, "2.延期办结数\t件\t", "53\t(三)申请\t件\t", "答复数", *following)
    assert Decimal(53) not in found.values()


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_figure_inside_a_number_that_a_line_breaks_is_of_the_row_below(separator: str) -> None:
    rows = ("(二)\t个\t254", "设置政府信息公开查阅点数", "(三\t人\t543", ")从事政府信息公开工作人员数")
    found = counts(separator, *rows, "1.专职人员数\t人\t335", "2.兼职人员数\t人\t759")
    assert found.get("capacity.staff", Decimal(543)) == 543


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("below", ["5", "31644", "- 4 -\n31644"])
def test_a_number_below_a_label_is_none_of_its_cells_where_heads_share_a_line(separator: str, below: str) -> None:
    heads, row = separator.join(("信息内容", "本年处理决定数量")), separator.join(("行政强制", "3"))
    found = figures("第二十条第（六）项", heads, "行政处罚", below, row)
    assert ("penalties.decisions", "total") not in found


BEGUN, ENDED = ("商业", "科研", "社会", "法律"), ("企业", "机构", "公益组织", "服务机构")
ROWS = (f"{NEW}\t8\t1\t2\t3\t4\t5\t23", f"{CARRIED}\t1\t1\t1\t1\t1\t1\t6", f"{GRANTED}\t1\t0\t0\t0\t0\t0\t1")


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_ends_of_heads_alone_leave_no_order(order: tuple[int, ...]) -> None:
    assert third("\t\t" + "\t".join(ENDED[index] for index in order), *ROWS) == {}


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_ends_of_heads_in_another_order_speak_against_that_of_the_form(order: tuple[int, ...]) -> None:
    begun = "\t".join(("申请人情况", "自然人", *(BEGUN[index] for index in order), "其他", "总计"))
    found = third(begun, "\t\t" + "\t".join(ENDED[index] for index in order) + "\t\t", *ROWS)
    assert found.get(("requests.new", "commercial_enterprise"), order.index(0) + 1) == order.index(0) + 1


@pytest.mark.parametrize("heads", [("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_heads_of_organisations_alone_leave_no_order(heads: tuple[str, ...], separator: str) -> None:
    assert third(separator.join(heads), *(row.replace("\t", separator) for row in ROWS)) == {}


@pytest.mark.parametrize("between", [(), ("- 3 -",), ("第3页 共9页", "")])
def test_the_number_of_a_page_does_not_hide_a_part_of_a_figure(between: tuple[str, ...]) -> None:
    heads = "申请人情况\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
    found = third(heads, ROWS[0], f"{CARRIED}\t20\t0\t1\t0\t0\t0\t2", *between, "1", ROWS[2])
    assert ("requests.carried_in", "total") not in found
    assert found["requests.new", "total"] == 23


def test_cells_that_do_not_add_up_beside_a_number_may_lack_its_digits() -> None:
    heads = "申请人情况\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
    found = third(heads, ROWS[0], "3", f"{CARRIED}\t1\t11\t0\t0\t0\t0\t30", "4", f"{GRANTED}\t1\t0\t0\t0\t0\t0\t1", "5")
    assert ("requests.carried_in", "natural_person") not in found
    assert found["requests.new", "total"] == 23


@pytest.mark.parametrize(("numbers", "read"), [(("1", "2", "3", "4"), True), (("", "3", "4", "5"), False)])
def test_a_number_of_the_first_row_is_one_that_those_above_count_up_to(numbers: tuple[str, ...], *, read: bool) -> None:
    title, heads, first, second = numbers
    lines = (title, "第二十条第（六）项", heads, "信息内容", "本年处理决定数量", first, "行政处罚", "18", second)
    found = figures(*filter(None, (*lines, "行政强制", "7")))
    assert (found.get(("penalties.decisions", "total")) == 18) == read


def test_two_rows_do_not_tell_that_their_first_cell_is_none() -> None:
    heads = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
    rows = ("行政处罚", NBSP, NBSP, "6", "3", "行政强制", NBSP, NBSP, "162317", "4")
    assert figures("第二十条第（六）项", *heads, *rows) == {}


@pytest.mark.parametrize("last", [False, True])
def test_remarks_below_cells_that_fill_all_columns_tell_of_a_broken_one(*, last: bool) -> None:
    heads = ("申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "备注")
    broken = (PARTIAL, NBSP, NBSP, NBSP, NBSP, NBSP, "2", "7", NBSP, "已核实")
    whole = [(label, *"2000002", NBSP) for label in (NEW, CARRIED, GRANTED)]
    rows = [*whole, broken] if last else [whole[0], broken, *whole[1:]]
    found = third(*heads, *(cell for row in rows for cell in row))
    assert ("results.partially_granted", "total") not in found
    assert found["requests.new", "total"] == 2


def test_a_label_that_goes_on_in_words_is_another() -> None:
    rows = ("结果维持\t29\t3\t7", "结果纠正\t1\t2\t43", "其他结果\t3\t1\t5", "尚未审结\t1\t1\t1", "总计\t34\t7\t56")
    found = third("结果\t行政复议\t未经复议直接起诉\t复议后起诉", *rows)
    assert not any(name == "results.other.miscellaneous" for name, _ in found)


@pytest.mark.parametrize("number", ["12", "12 |"])
def test_words_above_a_code_and_a_label_may_be_its_beginning(number: str) -> None:
    lines = ("指标名称计量单位2017年度历年累计", "1 | 主动公开信息数 | 条 | 32 | 154")
    found = figures("政府信息公开情况统计表", *lines, "重大", f"{number} 行政诉讼数 | 件 | 419 | 619")
    assert ("local.litigation_total", "total") not in found
