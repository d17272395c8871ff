"""Cells of the statistics table: each case is a way in which a wrong number could look right."""

from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import Status
from tests.generate.plain import HEADER, OPENING, cells, read, read_table, rules

BLANK, UNREADABLE = (None, Status.BLANK), (None, Status.UNREADABLE)
DOCUMENTS = "disclosure.normative_documents"
TRAINEES = "training.trainees"
AFTER = ("制发规范性文件总数", "件", "4", "1.政府公报公开政府信息数", "条", "5", "2.政府网站公开政府信息数", "条", "6")
BEFORE_LAST = ("(一)召开政府信息公开工作会议或专题会议数", "次", "1", "(二)举办各类培训班数", "次", "1")


def documents(*after_the_label: str) -> ReportReading:
    """Read a table in which these cells stand between one label and the next."""
    return read_table("其中:主动公开规范性文件数", *after_the_label, *AFTER)


def trainees(*after_the_label: str) -> ReportReading:
    """Read a table in which these cells stand after the last label."""
    return read_table("制发规范性文件总数", "件", "4", *BEFORE_LAST, "(三)接受培训人员数", *after_the_label)


@pytest.mark.parametrize(
    "printed",
    [
        ("条", "22"),
        ("22",),
        ("22条",),
        ("条22",),
        ("\u00a0", "22"),
        ("条", "", "22", ""),
        ("22（其中修订16件）",),
        ("22（其中修订 16 件）",),
        ("22 （其中修订 16 件）",),
        ("22（其中", "修订16件）"),
        ("条", "22", "- 2 -", *HEADER),
        ("条", "22", "第 2 页", *HEADER),
        ("条", "22", "规划计划信息数", "条", "7"),
    ],
)
def test_a_figure_that_can_be_told(printed: tuple[str, ...]) -> None:
    assert cells(documents(*printed))[2017, DOCUMENTS, "total"] == (Decimal(22), Status.REPORTED)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(("规划计划信息数", "条", "7"), id="a row that the form does not know"),
        pytest.param(
            (
                "条",
                "政务公开栏公开数 7",
            ),
            id="a row that the form does not know, on one line",
        ),
        pytest.param(("2", *HEADER), id="one page number after a lost blank"),
        pytest.param(("条", "3", " ".join("统计指标") + " 单位 统计数"), id="a page number before a spaced header"),
        pytest.param(("条", "1", "3"), id="two figures"),
        pytest.param(("1 3 6",), id="digits parted"),
        pytest.param(("12,34",), id="a misplaced separator"),
    ],
)
def test_a_figure_that_cannot_be_told_is_not_claimed(printed: tuple[str, ...]) -> None:
    assert cells(documents(*printed))[2017, DOCUMENTS, "total"] in {BLANK, UNREADABLE}


@pytest.mark.parametrize("printed", ["3/5", "*", "2百", "#REF!", "12o", "三五", "２２？"])
@pytest.mark.parametrize("unit", [(), ("条",), ("\u00a0",)])
def test_a_cell_that_is_no_figure_is_unreadable_and_leaves_the_next_row_alone(
    unit: tuple[str, ...], printed: str
) -> None:
    reading = read_table("其中:主动公开规范性文件数", *unit, printed, "制发规范性文件总数", "件", *AFTER[3:])
    found = {each.indicator: each for each in reading.extraction.observations}
    assert (found[DOCUMENTS].status, found[DOCUMENTS].printed) == (Status.UNREADABLE, printed)
    assert found["normative_documents.issued_2014"].status is Status.BLANK
    assert "unreadable-cell" in rules(reading)


def test_a_small_number_after_a_visibly_blank_cell_may_be_that_of_a_page() -> None:
    rows = ("其中:主动公开规范性文件数", "条", "\u00a0", "3", *AFTER, *BEFORE_LAST)
    assert cells(read_table(*rows))[2017, DOCUMENTS, "total"] == UNREADABLE


def test_a_row_printed_twice_with_two_figures_has_none() -> None:
    reading = read_table(
        "其中:主动公开规范性文件数", "条", "22", *AFTER[:6], "主动公开规范性文件数", "条", "23", *AFTER[6:]
    )
    found = {each.indicator: each for each in reading.extraction.observations}
    assert (found[DOCUMENTS].status, found[DOCUMENTS].printed) == (Status.UNREADABLE, "22 | 23")
    assert found["disclosure.via_gazette"].value == 5
    assert {"row-repeated", "unreadable-cell"} <= set(rules(reading))


@pytest.mark.parametrize("twice", [("22", "22"), ("22", ""), ("", "22")])
def test_a_row_printed_twice_with_one_figure_has_that(twice: tuple[str, str]) -> None:
    rows = ("其中:主动公开规范性文件数", "条", twice[0], *AFTER[:6], "主动公开规范性文件数", "条", twice[1], *AFTER[6:])
    reading = read_table(*rows)
    assert cells(reading)[2017, DOCUMENTS, "total"] == (Decimal(22), Status.REPORTED)
    assert "row-repeated" in rules(reading)


def test_a_second_table_is_reported_and_not_mixed_in() -> None:
    second = (*HEADER, *OPENING[:3], "9", "其中:主动公开规范性文件数", "条", "8", *AFTER, "六、举报投诉数量", "件", "7")
    reading = read_table("其中:主动公开规范性文件数", "条", "", *AFTER, "某局2017年政府信息公开情况统计表", *second)
    found = cells(reading)
    assert found[2017, DOCUMENTS, "total"] == BLANK
    assert found[2017, "disclosure.items", "total"] == (Decimal(157), Status.REPORTED)
    assert not any(value == 7 for value, _ in found.values())
    assert "second-table" in rules(reading)


def test_a_row_named_again_below_the_table_is_not_printed_twice() -> None:
    reading = trainees("人次", "41", "附件2", "接受培训人员数", "单位", "数量", "40")
    assert cells(reading)[2017, TRAINEES, "total"] == (Decimal(41), Status.REPORTED)


@pytest.mark.parametrize(
    "printed", [(), ("条",), ("条", "\u00a0"), ("条", "——"), ("- 2 -", *HEADER), ("第2页", *HEADER)]
)
def test_a_blank_is_no_nought(printed: tuple[str, ...]) -> None:
    assert cells(documents(*printed))[2017, DOCUMENTS, "total"] == BLANK


@pytest.mark.parametrize(("printed", "status"), [("无", Status.STATED_ZERO), ("0", Status.REPORTED)])
def test_a_nought_that_is_printed(printed: str, status: Status) -> None:
    assert cells(documents(printed))[2017, DOCUMENTS, "total"] == (Decimal(0), status)


def test_not_applicable_is_no_nought() -> None:
    assert cells(documents("/"))[2017, DOCUMENTS, "total"] == (None, Status.NOT_APPLICABLE)


def test_a_heading_with_a_figure_is_reported_and_not_counted() -> None:
    reading = read(*HEADER, "一、主动公开情况", "3562", "(一)主动公开政府信息数", "157", *AFTER)
    assert cells(reading)[2017, "heading_2014.disclosure", "total"] == (None, Status.NOT_APPLICABLE)
    assert "heading-with-value" in rules(reading)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(("填报人：王海娇  联系电话：8635149",), id="on one line"),
        pytest.param(("联系电话：", "8635149", "填报人：", "王海娇"), id="in cells of their own"),
        pytest.param(("联系电话", "13800000000"), id="a mobile number"),
        pytest.param(("填报日期：", "20180226"), id="a date without marks"),
        pytest.param(("附件2",), id="an annex"),
        pytest.param(("-5-",), id="a page number"),
        pytest.param(("2018", "年3月1日"), id="a date broken after its year"),
    ],
)
def test_what_stands_under_the_table_is_no_figure(after: tuple[str, ...]) -> None:
    reading = trainees("人次", *after)
    assert cells(reading)[2017, TRAINEES, "total"] == BLANK
    assert [secret for secret in ("王海娇", "8635149", "13800000000") if secret in repr(reading.extraction)] == []


@pytest.mark.parametrize("after", [("联系电话：", "8635149"), ("填报人：", "王海娇", "8635149")])
def test_the_last_figure_is_read_whatever_follows(after: tuple[str, ...]) -> None:
    reading = trainees("人次", "41", *after)
    assert cells(reading)[2017, TRAINEES, "total"] == (Decimal(41), Status.REPORTED)
    assert "8635149" not in repr(reading.extraction)


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_number_that_is_broken_off_its_label_is_no_figure(number: str) -> None:
    reading = read_table(
        "制发规范性文件总数",
        "件",
        "其中:主动公开规范性文件数",
        "条",
        number,
        "、政府公报公开政府信息数",
        "5",
        *AFTER[-3:],
    )
    assert cells(reading)[2017, DOCUMENTS, "total"] in {BLANK, UNREADABLE}


def test_cells_beside_the_first_line_of_a_label_do_not_slip_a_row_up() -> None:
    rows = (
        "其中:涉及国家秘密 件 1",
        "涉及商业秘密 件",
        "危及国家安全、公共安全、经济 件 3",
        "安全和社会稳定",
        "不是《条例》所指政府信息 件 2",
    )
    reading = read("统计指标 单位 统计数", "一、主动公开情况", "(一)主动公开政府信息数 条 157", *rows)
    value, _ = cells(reading)[2017, "replies_2014.denied.trade_secret", "total"]
    assert value is None


@pytest.mark.parametrize("separator", ["\t", "  ", " ", " | "])
def test_figures_before_repeated_headers_that_count_on_by_chance(separator: str) -> None:
    header = separator.join(HEADER)
    lines = [
        header,
        "一、主动公开情况",
        f"(一)主动公开政府信息数{separator}条{separator}1",
        header,
        f"制发规范性文件总数{separator}件{separator}2",
        header,
        f"政府公报公开政府信息数{separator}条{separator}5",
        f"政府网站公开政府信息数{separator}条{separator}6",
    ]
    found = cells(read(*lines))
    assert found[2017, "disclosure.items", "total"] == (Decimal(1), Status.REPORTED)
    assert found[2017, "normative_documents.issued_2014", "total"] == (Decimal(2), Status.REPORTED)


def test_a_unit_inside_the_cell_is_that_of_the_form() -> None:
    reading = read_table(
        "制发规范性文件总数",
        "件",
        "4",
        *BEFORE_LAST,
        "七、依申请公开信息收取的费用",
        "万元",
        "11万元",
        "六、举报投诉数量",
    )
    assert "unit-differs" not in rules(reading)


_LINES = (
    ("一、", "主动公开情况", "", ""),
    ("(一)", "主动公开政府信息数", "条", "157"),
    ("其中:", "主动公开规范性文件数", "条", ""),
    ("", "制发规范性文件总数", "件", ""),
    ("(二)", "通过不同渠道和方式公开政府信息的情况", "", ""),
    ("1.", "政府公报公开政府信息数", "条", ""),
    ("2.", "政府网站公开政府信息数", "条", "403"),
    ("3.", "政务微博公开政府信息数", "条", "7"),
    ("4.", "政务微信公开政府信息数", "条", ""),
)
_FIGURES = {"disclosure.items": 157, "disclosure.via_website": 403, "disclosure.via_weibo": 7}


def _claimed(*lines: str) -> dict[str, Decimal]:
    """Return the figures that are read of a table with these lines."""
    found = cells(read("2017年度政府信息公开情况统计表", *lines))
    return {indicator: value for (_, indicator, _), (value, _) in found.items() if value is not None}


@pytest.mark.parametrize("colon", ["：", ":", " ： "])
def test_a_colon_parts_a_label_from_its_figure(colon: str) -> None:
    lines = (f"{number}{label}{colon}{figure}{unit}" for number, label, unit, figure in _LINES)
    assert _claimed("统计指标 单位 统计数", *lines) == _FIGURES


@pytest.mark.parametrize("separator", ["\t", " | ", "   "])
def test_numbers_of_rows_in_a_column_of_their_own_are_no_figures(separator: str) -> None:
    rows = ((str(place), number + label, *cells) for place, (number, label, *cells) in enumerate(_LINES, start=1))
    head = separator.join(("序号", "统计指标", "单位", "统计数"))
    assert _claimed(head, *map(separator.join, rows)) == _FIGURES


@pytest.mark.parametrize("separator", ["\t", " | ", "   "])
def test_figures_before_their_labels_are_not_given_to_the_row_above(separator: str) -> None:
    rows = (separator.join((figure, number + label)) for number, label, _, figure in _LINES)
    assert _claimed(separator.join(("统计数", "统计指标")), *rows, "全年收到政府信息公开申请9件。") == {}


def test_a_nought_in_words_may_have_a_note() -> None:
    assert cells(documents("条", "无（与上年相同）"))[2017, DOCUMENTS, "total"] == (Decimal(0), Status.STATED_ZERO)
