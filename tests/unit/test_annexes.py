"""Annexes that are no form: multi-year series and publication rosters."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import Source, Status
from pipelines.model.report import RosterLine
from tests.generate.plain import cells, read, read_table, rules

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
            (
                "年度\t网站信息公开数\t政务微博发布数",
                "2016\t850\t147",
                "年度\t网站信息公开数\t政务微博发布数",
                "2017\t1011\t206",
            ),
            id="heads again on the next page",
        ),
        pytest.param(
            ("年度 网站信息公开数 政务微博发布数", "2016 年度\t850\t147", "2017 年度\t1011\t206"), id="spaced years"
        ),
        pytest.param(
            ("|年度|网站信息公开数|政务微博发布数||", "|2016|850|147||", "|2017|1011|206||"), id="a blank column beside"
        ),
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


def year_counts(random: Random) -> list[list[str]]:
    """Return the rows of a series whose counts are years near its own."""
    first, length = random.randint(2003, 2090), random.randint(2, 5)
    return [[str(first + row), *(str(first + random.randint(-2, length + 1)) for _ in "ab")] for row in range(length)]


@pytest.mark.parametrize("seed", range(40))
def test_counts_that_look_like_years_are_read_where_rows_are_seen(seed: int) -> None:
    random = Random(seed)
    rows = year_counts(random)
    separator = random.choice(("\t", " | ", "  ", " "))
    lines = ["\t".join(("年度", *HEAD[1:3])), *(separator.join(row) for row in rows)]
    expected = {
        (int(year), name, "total"): (Decimal(count), Status.REPORTED)
        for year, *counts in rows
        for name, count in zip((WEBSITE, WEIBO), counts, strict=True)
    }
    assert cells(annex(*lines), Source.SERIES) == expected


@pytest.mark.parametrize("seed", range(80))
def test_counts_that_look_like_years_are_never_put_into_another_row(seed: int) -> None:
    random = Random(seed)
    rows = year_counts(random)
    lost = {random.randrange(3 * len(rows)) for _ in range(random.randrange(3))}
    printed = [
        text for index, text in enumerate(text for row in rows for text in row) if index % 3 == 0 or index not in lost
    ]
    reading = annex("年度", *HEAD[1:3], *printed)
    told = {
        (int(year), name, "total"): (Decimal(count), Status.REPORTED)
        for year, *counts in rows
        for name, count in zip((WEBSITE, WEIBO), counts, strict=True)
    }
    found = {key: answer for key, answer in cells(reading, Source.SERIES).items() if answer[0] is not None}
    assert not found.items() - told.items()
    assert len(found) == len(told) or "unreadable-annex" in rules(reading)


def test_a_count_that_is_its_own_year_is_read_cell_by_cell() -> None:
    found = cells(annex(*HEAD[:3], "2016", "2016", "147", "2017", "1011", "206"), Source.SERIES)
    assert found == FULL | {(2016, WEBSITE, "total"): (Decimal(2016), Status.REPORTED)}


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


@pytest.mark.parametrize("states", [("已完成", "已公布"), ("未完成", "是"), ("√", "×", "√")])
def test_the_signature_below_a_roster_without_rows_is_no_body(states: tuple[str, ...]) -> None:
    bodies = [
        cell for number, state in enumerate(states) for cell in (f"县第{number}局", state, f"2018年2月{number + 1}日")
    ]
    reading = read("附件1", "单位名称", "编制", "公布日期", *bodies, "某县人民政府办公室", "2018年3月1日")
    assert [line.status for line in reading.extraction.roster] == list(states)
    assert "unreadable-annex" in rules(reading)


def test_a_roster_without_states_keeps_its_last_body() -> None:
    reading = read("附件1", "单位名称", "公布日期", "县财政局", "2018年2月1日", "县审计局", "2018年2月3日")
    assert [line.body_name for line in reading.extraction.roster] == ["县财政局", "县审计局"]


def test_heads_of_which_lines_have_left_the_units_only_tell_nothing() -> None:
    reading = annex(
        "网站信息公开数 政务微信发布数",
        "年度 政务微博发布数",
        "（条） （万条）",
        "2016 171 825 1391",
        "2017 406 1477 50",
    )
    assert cells(reading, Source.SERIES) == {}
    assert "unreadable-annex" in rules(reading)
