"""Tables with several columns: each case is a way in which a wrong number could look right."""

from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.observation import Status

TITLE = "某县人民政府2023年政府信息公开工作年度报告"
PERIOD = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
DOCUMENTS = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "0", "0", "0", "行政规范性文件")
OUTCOMES = "结果维持 结果纠正 其他结果 尚未审结 总计 "
CASES = "四、政府信息公开行政复议、行政诉讼情况"
FIGURES = "0 2 0 0 2 0 0 0 3 3 1 0 0 0 1"
Answers = dict[tuple[str, str], tuple[Decimal | None, Status]]


def read(*lines: str) -> ReportReading:
    return read_report("\n".join((TITLE, PERIOD, "本年制发件数等见下表。", *lines)).encode())


def page(*tables: str) -> ReportReading:
    return read_report(
        f"<meta charset=utf-8><p>{TITLE}</p><p>{PERIOD}</p><p>本年制发件数</p>{''.join(tables)}".encode()
    )


def answers(reading: ReportReading) -> Answers:
    return {(each.indicator, each.breakdown): (each.value, each.status) for each in reading.extraction.observations}


def rules(reading: ReportReading) -> set[str]:
    return {finding.rule for finding in reading.extraction.findings}


def table(*rows: tuple[str, ...]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


def decisions(label: str, text: str) -> str:
    return table(("信息内容", "本年处理决定数量"), (label, text))


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        (("3", "1", "20"), (3, 1, 20)),
        (("3 1 20",), (3, 1, 20)),
        (("3件", "1件", "20件"), (3, 1, 20)),
        (("22（其中修订16件）", "0", "235"), (22, 0, 235)),
        (("１，２３４", "0", "2"), (1234, 0, 2)),
    ],
)
def test_cells_that_can_be_told(printed: tuple[str, ...], values: tuple[int, ...]) -> None:
    found = answers(read(*DOCUMENTS, *printed))
    names = [f"normative_documents.{name}" for name in ("issued", "repealed", "in_force")]
    assert [found[name, "total"] for name in names] == [(Decimal(value), Status.REPORTED) for value in values]


@pytest.mark.parametrize("printed", [("3", "", "20"), ("235",), ("3 20",), ("2 3 5 7",), ("007", "1", "2")])
def test_cells_that_cannot_be_told_are_unreadable(printed: tuple[str, ...]) -> None:
    found = answers(read(*DOCUMENTS, *printed))
    assert found["normative_documents.issued", "total"] == (None, Status.UNREADABLE)
    assert found["normative_documents.in_force", "total"] == (None, Status.UNREADABLE)


def test_a_blank_row_does_not_take_the_figures_of_the_next_table() -> None:
    lines = (
        "信息内容",
        "本年处理决定数量",
        "行政许可",
        "",
        "信息内容",
        "本年处理决定数量",
        "行政处罚",
        "1330",
        "行政强制",
        "2",
    )
    found = answers(read(*lines))
    assert found["licences.decisions", "total"][0] is None
    assert found["penalties.decisions", "total"] == (Decimal(1330), Status.REPORTED)


@pytest.mark.parametrize(
    "text", ["见附件", "○", "第5号", "全县1330", "2022年5件", "1 330", "12<sup>1</sup>", "5<p>7</p>"]
)
def test_a_cell_that_is_no_figure_is_unreadable(text: str) -> None:
    found = answers(page(decisions("行政许可", text), decisions("行政处罚", "1330")))
    assert found["licences.decisions", "total"] == (None, Status.UNREADABLE)
    assert found["penalties.decisions", "total"] == (Decimal(1330), Status.REPORTED)


def test_cases_stand_under_the_channels_in_printed_order() -> None:
    heads = ("行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", OUTCOMES * 3)
    found = answers(read(CASES, *heads, FIGURES))
    assert found["cases.review", "total"] == (Decimal(2), Status.REPORTED)
    assert found["cases.litigation_direct", "pending"] == (Decimal(3), Status.REPORTED)
    swapped = answers(read(CASES, heads[0], "复议后起诉 未经复议直接起诉", heads[2], FIGURES))
    assert swapped["cases.litigation_after_review", "pending"] == (Decimal(3), Status.REPORTED)


def test_lawsuits_before_reviews_are_not_read() -> None:
    lines = (
        CASES,
        "行政诉讼 行政复议",
        "未经复议直接起诉 复议后起诉",
        OUTCOMES * 3,
        FIGURES,
        *DOCUMENTS,
        "3",
        "1",
        "20",
    )
    assert ("cases.review", "total") not in answers(read(*lines))


def requests(count: int) -> str:
    noughts = ("0",) * 5
    return table(
        ("一、本年新收政府信息公开申请数量", str(count), *noughts, str(count)),
        ("二、上年结转政府信息公开申请数量", *noughts, "0", "0"),
    )


def test_two_tables_that_differ_leave_no_figure_but_the_caption_may_tell() -> None:
    caption = "<p>{}年收到和处理政府信息公开申请情况</p>"
    told = page(caption.format(2022), requests(8), caption.format(2023), requests(16))
    assert answers(told)["requests.new", "total"] == (Decimal(16), Status.REPORTED)
    untold = page(requests(8), requests(16))
    assert answers(untold)["requests.new", "total"] == (None, Status.UNREADABLE)
    assert "second-table" in rules(told) & rules(untold)


def test_a_row_of_a_grid_ends_with_the_grid() -> None:
    short = table(("行政规范性文件", "3", "1"))
    head = table(("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "0", "0", "0"))
    found = answers(page(head, short, "<p>5</p>"))
    assert found["normative_documents.in_force", "total"] == (None, Status.UNREADABLE)


def test_signed_changes() -> None:
    lines = (
        "对外公开总数量",
        "信息内容",
        "上一年项目数量",
        "本年增/减",
        "处理决定数量",
        "行政许可",
        "120",
        "增3",
        "300",
    )
    found = answers(read_report("\n".join((TITLE, PERIOD, *lines, "其他对外管理服务事项", "7", "-2", "0")).encode()))
    assert found["licences.items_change", "total"] == (Decimal(3), Status.REPORTED)
    assert found["other_services.items_change", "total"] == (Decimal(-2), Status.REPORTED)
