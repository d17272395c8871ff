"""Local forms and annexes at their edges: codes that cannot be told, rows of nobody, lines that are lost."""

from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.identity import Verdict
from pipelines.model.observation import Source, Status
from tests.generate.plain import cells, read, rules
from tests.unit.test_annexes import annex

HEADS = "指标名称 计量单位 2017年度 历年累计"
CODED = "代码 指标名称 计量单位 2017年度 历年累计"
ITEMS, DOCUMENTS = "local.disclosed_items", "local.disclosed_documents"


def local(*lines: str) -> dict[str, tuple[Decimal | None, Status]]:
    return {name: answer for (_, name, _), answer in cells(read(*lines)).items()}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("01 主动公开信息数 条 5 7主动公开文件数 条 3 4", id="the second code is missing"),
        pytest.param("02 主动公开信息数 条 5 702 主动公开文件数 条 3 4", id="the second code is glued to a figure"),
        pytest.param(
            "1 主动公开信息数 条 5 2 查阅点数 个 1 3 主动公开文件数 条 3 4", id="a blank before a row of nobody"
        ),
    ],
)
def test_a_row_whose_code_cannot_be_told_from_its_figures_is_unreadable(rows: str) -> None:
    found = local("政府信息公开情况统计表", f"{CODED} {rows}")
    assert found[ITEMS] == (None, Status.UNREADABLE)
    assert found[DOCUMENTS][0] in {Decimal(3), None}


def test_a_row_below_the_last_one_is_told() -> None:
    reading = read(
        "政府信息公开情况统计表", f"{HEADS} 主动公开信息数 条 5 7 主动公开文件数 条 3 4 查阅场所接待数 人次 8 9"
    )
    told = [each.found for each in reading.extraction.findings if each.rule == "unknown-text"]
    assert told == ["查阅场所接待数"]


def test_people_among_rows_are_not_told() -> None:
    lines = ("主动公开信息数 条 5 7", "填报人:王海娇", HEADS, "主动公开文件数 条 3 4")
    reading = read("政府信息公开情况统计表", HEADS, *lines)
    assert "王海娇" not in repr(reading.extraction)


def test_the_reporting_period_is_not_the_year() -> None:
    found = local("政府信息公开情况统计表", "指标名称 代码 计量单位 本期实际 本年累计", "主动公开信息数 01 条 5 7")
    assert found == {
        f"{ITEMS}.current_period": (Decimal(5), Status.REPORTED),
        ITEMS: (Decimal(7), Status.REPORTED),
    }


def counts(reading: ReportReading) -> list[tuple[Verdict, str, str]]:
    found = [each for each in reading.extraction.findings if each.rule == "roster-count"]
    return [(each.verdict, each.expected, each.found) for each in found]


def test_a_body_that_a_copy_lost_shows_in_the_numbers() -> None:
    lines = ("序号", "单位名称", "编制", "1", "县财政局", "已完成", "2", "县审计局", "3", "县教体局", "已完成")
    reading = annex(*lines)
    assert (Verdict.BROKEN, "3", "2") in counts(reading)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("全县2个单位均已按时编制公布年度报告。", Verdict.HOLDS),
        ("全县30家部门编制并公布了年度报告。", Verdict.BROKEN),
        ("全县1余个单位编制公布了年度报告。", Verdict.CANNOT_TELL),
    ],
)
def test_the_roster_is_held_against_the_prose(sentence: str, verdict: Verdict) -> None:
    head, *rows = "单位名称|是否公开", "县财政局|是", "县审计局|是", "县残联|否"
    reading = read(sentence, "附件2", head, *rows)
    assert [answer for answer, _, _ in counts(reading)] == [verdict]


def test_a_roster_of_people_whose_rows_are_not_seen_is_not_read() -> None:
    reading = annex("单位名称", "联系人", "是否公开", "县财政局", "赵铁柱", "是", "县审计局", "钱多多", "是")
    assert reading.extraction.roster == ()
    assert "unreadable-annex" in rules(reading)
    assert "赵铁柱" not in repr(reading.extraction)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("指标 2015年 2017年 2016年", id="years in disorder"),
        pytest.param("指标 2015年 2015年", id="a year twice"),
    ],
)
def test_years_that_do_not_run_one_way_are_no_annex(head: str) -> None:
    assert cells(annex(head, "网站信息公开数 930 850 1011"), Source.SERIES) == {}


def test_a_row_across_that_lacks_a_year_is_left_out_and_told() -> None:
    reading = annex("指标 2015年 2016年", "网站信息公开数 930 850", "政务微博发布数 116", "抖音发布数 3 4")
    found = cells(reading, Source.SERIES)
    assert {(year, name): value for (year, name, _), (value, _) in found.items()} == {
        (2015, "disclosure.via_website"): Decimal(930),
        (2016, "disclosure.via_website"): Decimal(850),
    }
    assert {"unreadable-annex", "unmapped-column"} <= set(rules(reading))


CELLS_OF_HEADS = ("指标名称", "计量单位", "2017年度", "历年累计")
FOUR_ROWS = (
    ("主动公开信息数", "条", "5", "70"),
    ("网上申请数", "条", "9", "18"),
    ("信函申请数", "条", "2", "3"),
    ("传真申请数", "条", "1", "8"),
)


@pytest.mark.parametrize("separator", ["\t", " | ", "  ", "\n"])
@pytest.mark.parametrize(
    "between",
    [
        (("二、依申请公开情况",),),
        (("- 2 -",), ("一、主动公开情况",)),
        (("一、主动公开情况（续）",), CELLS_OF_HEADS),
        (("政府信息公开情况统计表（续）",), CELLS_OF_HEADS),
        (("政府信息公开情况统计表",), CELLS_OF_HEADS, ("一、主动公开政府信息情况",)),
    ],
)
def test_a_heading_that_is_printed_again_is_no_row(separator: str, between: tuple[tuple[str, ...], ...]) -> None:
    lines = [
        separator.join(row) for row in (CELLS_OF_HEADS, ("一、主动公开情况",), *FOUR_ROWS[:2], *between, *FOUR_ROWS[2:])
    ]
    reading = read("政府信息公开情况统计表", *lines)
    assert "unknown-text" not in rules(reading)
    assert [value for value, _ in cells(reading).values()] == [5, 70, 9, 18, 2, 3, 1, 8]


@pytest.mark.parametrize("separator", ["\t", "\n"])
def test_a_heading_with_figures_is_a_row_that_no_form_knows(separator: str) -> None:
    lines = [
        separator.join(row)
        for row in (CELLS_OF_HEADS, *FOUR_ROWS[:2], ("依申请公开情况", "条", "6", "60"), *FOUR_ROWS[2:])
    ]
    assert "unknown-text" in rules(read("政府信息公开情况统计表", *lines))


@pytest.mark.parametrize("separator", ["\t", " | ", "  ", "\n"])
@pytest.mark.parametrize("head", ["备注", "合计"])
def test_another_column_is_refused_and_shifts_no_figure(separator: str, head: str) -> None:
    lines = [
        separator.join((*row, cell))
        for row, cell in zip((CELLS_OF_HEADS, *FOUR_ROWS), (head, "7", "7", "7", "7"), strict=True)
    ]
    reading = read("某局认真贯彻条例。" * 30, "政府信息公开情况统计表", *lines)
    assert cells(reading) == {}
    assert "table-not-read" in rules(reading)
