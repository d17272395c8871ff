"""Annexes that are no form: multi-year series and publication rosters."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import Source, Status
from pipelines.model.report import RosterLine
from tests.generate.plain import cells, read_table, rules

ROWS = (
    "制发规范性文件总数",
    "件",
    "4",
    "政府公报公开政府信息数",
    "条",
    "5",
    "政府网站公开政府信息数",
    "条",
    "6",
    "接受培训人员数",
    "人次",
    "41",
)
HEAD = ("年  度", "网站信息公开数", "政务微博发布数", "备注")
WEBSITE, WEIBO = "disclosure.via_website", "disclosure.via_weibo"
FULL = {
    (2016, WEBSITE, "total"): (Decimal(850), Status.REPORTED),
    (2016, WEIBO, "total"): (Decimal(147), Status.REPORTED),
    (2017, WEBSITE, "total"): (Decimal(1011), Status.REPORTED),
    (2017, WEIBO, "total"): (Decimal(206), Status.REPORTED),
}
NBSP = "\u00a0"


def annex(*lines: str) -> ReportReading:
    return read_table(*ROWS, "附件3", *lines, "", "填报人:王海娇  联系电话:8635149")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((*HEAD, "2016", "850", "147", NBSP, "2017", "1011", "206", NBSP), id="visible blanks"),
        pytest.param((*HEAD, "2016", "850", "147", NBSP, "2017", "1011", "206"), id="last blank lost"),
        pytest.param((*HEAD, "2016", "850", "147", "2017", "1011", "206"), id="blanks lost"),
        pytest.param((*HEAD, "2017", "1011", "206", "2016", "850", "147"), id="downwards"),
        pytest.param((*HEAD, "2016年", "850条", "147条", "2017年", "1,011条", "206条"), id="units and separators"),
        pytest.param((*HEAD, "2016", "850", "147", "含转发", "2017", "1011", "206", "新开通"), id="remarks"),
        pytest.param((*HEAD, "2016", "850", "147", "含转发", "2017", "1011", "206"), id="a remark and a lost blank"),
        pytest.param(("年度 网站信息公开数 政务微博发布数", "2016 850 147", "2017 1011 206"), id="single spaces"),
        pytest.param(("年度   网站信息公开数   政务微博发布数", "2016   850   147", "2017   1011   206"), id="wide"),
        pytest.param(("年度\t网站信息公开数\t政务微博发布数", "2016\t850\t147", "2017\t1011\t206"), id="tabs"),
        pytest.param(
            ("|年度|网站信息公开数|政务微博发布数|备注|", "|---|---|---|---|", "|2016|850|147||", "|2017|1011|206||"),
            id="pipes",
        ),
    ],
)
def test_a_series_is_read(lines: tuple[str, ...]) -> None:
    assert cells(annex(*lines), Source.SERIES) == FULL


def test_a_visible_blank_is_a_blank() -> None:
    found = cells(annex(*HEAD[:3], "2016", NBSP, "147", "2017", "1011", "206"), Source.SERIES)
    assert found == FULL | {(2016, WEBSITE, "total"): (None, Status.BLANK)}


@pytest.mark.parametrize("body", [("2016", "850", "2017", "1011"), ("2016", "2017", "1011")])
def test_a_year_is_never_the_figure_of_the_year_before(body: tuple[str, ...]) -> None:
    assert cells(annex(*HEAD, *body), Source.SERIES) == {}


def test_a_column_that_nobody_knows_is_reported_and_the_others_are_read() -> None:
    reading = annex("年度", "网站信息公开数", "抖音发布数", "2016", "850", "9", "2017", "1011", "8")
    assert {key[1] for key in cells(reading, Source.SERIES)} == {WEBSITE}
    assert "unmapped-column" in rules(reading)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(("2016", "850", "147", "2017", "1011"), id="the last row is short"),
        pytest.param(("2016", "850", "2017", "1011", "206"), id="the first row is short"),
        pytest.param(("2015", "116", "2016", "2017", "1011", "206"), id="a year without figures"),
        pytest.param(("2015", "930", "116", "2017", "1011", "206"), id="a year is missing"),
        pytest.param(("2016", "850", "147", "2016", "1011", "206"), id="a year twice"),
    ],
)
def test_a_grid_that_cannot_be_told_yields_no_figure_but_a_finding(body: tuple[str, ...]) -> None:
    reading = annex(*HEAD[:3], *body)
    assert cells(reading, Source.SERIES) == {}
    assert "unreadable-annex" in rules(reading)
    assert [secret for secret in ("王海娇", "8635149") if secret in repr(reading.extraction)] == []


def roster(*lines: str) -> list[RosterLine]:
    return list(annex(*lines).extraction.roster)


DONE = RosterLine(
    position=1,
    body_name="县财政局",
    status="已完成",
    published_on=date(2018, 2, 26),
    note="",
    printed="县财政局 已完成 2018年2月26日",
    locator="line 24",
)


@pytest.mark.parametrize(
    "lines",
    [
        ("单位名称", "编制", "公布日期", "备注", "县财政局", "已完成", "2018年2月26日", NBSP),
        ("单位名称   编制   公布日期   备注", "县财政局   已完成   2018年2月26日"),
        ("单位名称\t编制\t公布日期\t备注", "县财政局\t已完成\t2018年2月26日\t"),
        ("|单位名称|编制|公布日期|备注|", "|---|---|---|---|", "|县财政局|已完成|2018年2月26日||"),
        ("单位名称", "编制", "公布日期", "备注", "县财政局", "已完成", "2018-2-26"),
        ("序号", "单位名称", "编制", "公布日期", "1", "县财政局", "已完成", "2018.2.26"),
    ],
)
def test_a_roster_line(lines: tuple[str, ...]) -> None:
    (line,) = roster(*lines)
    assert (line.body_name, line.status, line.published_on, line.note) == ("县财政局", "已完成", DONE.published_on, "")


def test_a_body_that_has_not_finished_keeps_its_reason() -> None:
    lines = (
        "单位名称",
        "编制",
        "公布日期",
        "备注",
        "县财政局",
        "未完成",
        NBSP,
        "机构改革",
        "县审计局",
        "已完成",
        "2018年2月30日",
    )
    assert [(line.position, line.status, line.published_on, line.note) for line in roster(*lines)] == [
        (1, "未完成", None, "机构改革"),
        (2, "已完成", None, ""),
    ]


def test_telephone_numbers_in_a_note_are_left_out() -> None:
    (line,) = roster("单位名称", "编制", "公布日期", "备注", "县财政局", "未完成", "请电 0454-8635149")
    assert "8635149" not in repr(line)
