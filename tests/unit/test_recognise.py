"""Which report this is: titles, years, periods, and what only looks like an annual report."""

from datetime import date

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.report import Frame, Unreadable

BODY_TEXT = "全年通过政府网站公开信息12条。"


def frame(*lines: str) -> Frame:
    return read_report("\n".join((*lines, BODY_TEXT)).encode()).extraction.frame


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (("某县人民政府2017年政府信息公开工作年度报告",), "某县人民政府"),
        (("某县人民政府 2017年信息公开工作年度报告",), "某县人民政府"),
        (("某县财政局2017年度政府信息公开年报",), "某县财政局"),
        (("某县财政局二〇一七年政府信息公开工作年度报告",), "某县财政局"),
        (("某县财政局二○一七年政府信息公开工作年度报告",), "某县财政局"),
        (("某县财政局二零一七年政府信息公开工作报告",), "某县财政局"),
        (("2017年某县财政局政府信息公开工作年度报告",), "某县财政局"),
        (("2017年某县人民政府政府信息公开工作年度报告",), "某县人民政府"),
        (("2017年某县人民政府信息公开工作年度报告",), "某县人民政府"),
        (("某县财政局", "2017年政府信息公开工作年度报告"), "某县财政局"),
        (("某县财政局2017年政府信息公开", "工作年度报告"), "某县财政局"),
        (("某县财政局2017年", "政府信息公开工作年度报告"), "某县财政局"),
        (("标题：某县财政局2017年政府信息公开工作年度报告",), "某县财政局"),
        (("某县财政局２０１７年政府信息公开工作年度报告",), "某县财政局"),
        (("首页>政务公开>年报", "某县财政局2017年政府信息公开工作年度报告"), "某县财政局"),
    ],
)
def test_titles(lines: tuple[str, ...], body: str) -> None:
    found = frame(*lines)
    assert (found.title_year, found.report_year, found.body_name) == (2017, 2017, body)


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("统计期限自2017年1月1日起至2017年12月31日止。", date(2017, 1, 1), date(2017, 12, 31)),
        ("统计期限为2017年1月1日至12月31日。", date(2017, 1, 1), date(2017, 12, 31)),
        ("统计期限自 2017 年 1 月 1 日起\n至 2017 年 12 月 31 日止。", date(2017, 1, 1), date(2017, 12, 31)),
        ("统计期限自201711日起至20171231日止。", date(2017, 1, 1), date(2017, 12, 31)),
        ("统计期限自２０１７年１月１日起至２０１７年１２月３０日止。", date(2017, 1, 1), date(2017, 12, 30)),
        ("统计期限自2016年1月1日起至2016年12月31日止。", date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_periods(words: str, begin: date, end: date) -> None:
    found = frame("某县财政局2017年政府信息公开工作年度报告", words)
    assert found.period is not None
    assert (found.period.value, found.report_year) == ((begin, end), begin.year)


def test_an_impossible_period_is_none() -> None:
    found = frame("某县财政局2017年政府信息公开工作年度报告", "统计期限自2017年1月1日起至2017年12月32日止。")
    assert (found.period, found.report_year) == (None, 2017)


@pytest.mark.parametrize(
    "words",
    [
        "统计期限自2017年1月1日起至2017年6月30日止。",
        "统计期限为2017年1月1日至3月31日。",
        "统计期限自2017年1月1日至2017年9月30日。",
    ],
)
def test_part_of_a_year_is_not_annual(words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        frame("某县财政局2017年政府信息公开工作年度报告", words)
    assert refused.value.reason == "not-annual"


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2017年政府信息公开工作年度报告编制工作的通知",
        "某县召开会议部署2017年政府信息公开工作年度报告发布事宜，要求各单位认真编制。",
        "某县2017年政府工作报告",
        "2017年政府信息公开工作要点",
        "某县政府信息公开指南",
        "今天天气很好，公开的政府信息不少。",
    ],
)
def test_what_is_no_annual_report(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        frame(text)
    assert refused.value.reason == "not-an-annual-report"


def test_a_form_without_a_figure_is_blank() -> None:
    with pytest.raises(Unreadable) as refused:
        read_report("某县2017年政府信息公开工作年度报告\n统计指标\n单位\n统计数\n一、主动公开情况".encode())
    assert refused.value.reason == "blank-form"
