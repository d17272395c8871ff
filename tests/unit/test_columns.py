"""Columns are told by their heads, cells by rows and columns that are seen; what is not told is refused."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.observation import Status
from pipelines.registry.files import RegistryError
from pipelines.registry.forms import forms
from pipelines.registry.heads import heads_of

TITLE = "某县人民政府2023年政府信息公开工作年度报告"
PERIOD = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
DECISIONS = (("信息内容", "本年处理决定数量"), ("行政许可", "5"))
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CHANNELS = ("行政复议", "未经复议直接起诉", "复议后起诉")
CASES = "四、政府信息公开行政复议、行政诉讼情况"
Grid = Sequence[Sequence[str]]
Answers = dict[tuple[str, str], tuple[Decimal | None, Status]]


def read(*lines: str) -> ReportReading:
    return read_report("\n".join((TITLE, PERIOD, *tabs(DECISIONS), *lines)).encode())


def tabs(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in grid]


def page(*grids: Grid) -> ReportReading:
    tables = "".join(f"<table>{''.join(map(_row, grid))}</table>" for grid in (DECISIONS, *grids))
    return read_report(f"<meta charset=utf-8><p>{TITLE}</p><p>{PERIOD}</p>{tables}".encode())


def _row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def answers(reading: ReportReading) -> Answers:
    return {(each.indicator, each.breakdown): (each.value, each.status) for each in reading.extraction.observations}


def values(reading: ReportReading, *cells: tuple[str, str]) -> list[int | None]:
    found = {cell: value for cell, (value, _) in answers(reading).items()}
    return [None if (value := found.get(cell)) is None else int(value) for cell in cells]


def rules(reading: ReportReading) -> set[str]:
    return {finding.rule for finding in reading.extraction.findings}


def documents(*heads: str) -> list[tuple[str, ...]]:
    return [("信息内容", *heads), ("规章", "0", "0", "0"), ("行政规范性文件", "7", "3", "20")]


ISSUED, REPEALED, IN_FORCE = ((f"normative_documents.{name}", "total") for name in ("issued", "repealed", "in_force"))


def test_columns_are_those_of_their_heads() -> None:
    grid, aliases = (
        documents("本年废止件数", "本年制发件数", "现行有效件数"),
        documents("现行有效数", "制发件数", "本年废止数"),
    )
    for found in (page(grid), read(*tabs(grid))):
        assert values(found, REPEALED, ISSUED, IN_FORCE) == [7, 3, 20]
    for found in (page(aliases), read(*tabs(aliases))):
        assert values(found, IN_FORCE, ISSUED, REPEALED) == [7, 3, 20]


def test_cells_on_lines_of_their_own_follow_the_heads() -> None:
    lines = [cell for row in documents("本年废止件数", "现行有效件数", "本年制发件数") for cell in row]
    assert values(read(*lines), REPEALED, IN_FORCE, ISSUED) == [7, 3, 20]


def requests(heads: Sequence[str], *rows: Sequence[str]) -> list[tuple[str, ...]]:
    return [("项目", *heads), *((label, *row) for label, row in zip((NEW, CARRIED), rows, strict=True))]


PERSON, FIRM, TOTAL = (("requests.new", kind) for kind in ("natural_person", "commercial_enterprise", "total"))
FORM = ("自然人", *ORGANISATIONS, "总计")


def test_a_subtotal_is_checked_and_not_stored() -> None:
    heads = ("自然人", *ORGANISATIONS, "法人小计", "总计")
    rows = ("8", "2", "0", "0", "0", "1", "3", "11"), ("0",) * 8
    told = page(requests(heads, *rows))
    assert values(told, PERSON, FIRM, TOTAL) == [8, 2, 11]
    assert "subtotal-differs" not in rules(told)
    differs = page(requests(heads, ("8", "2", "0", "0", "0", "1", "4", "11"), rows[1]))
    assert values(differs, PERSON, FIRM, TOTAL) == [8, 2, 11]
    assert "subtotal-differs" in rules(differs)


def test_a_column_that_the_form_does_not_have_is_passed_over_where_its_place_is_seen() -> None:
    heads = ("自然人", "新闻媒体", *ORGANISATIONS, "总计")
    grid = requests(heads, ("8", "5", "2", "0", "0", "0", "1", "16"), ("", "5", *("",) * 6))
    for told in (page(grid), read(*tabs(grid))):
        assert values(told, PERSON, FIRM, TOTAL) == [8, 2, 16]
        assert answers(told)["requests.carried_in", "commercial_enterprise"][1] is Status.BLANK
        assert "column-not-stored" in rules(told)
    untold = read(*(cell for row in grid for cell in row if cell))
    assert PERSON not in answers(untold)
    assert "table-not-read" in rules(untold)


def test_columns_that_are_not_printed_have_no_figures() -> None:
    heads = ("自然人", "法人或其他组织", "总计")
    told = page(requests(heads, ("8", "3", "11"), ("0", "0", "0")))
    assert values(told, PERSON, TOTAL) == [8, 11]
    assert FIRM not in answers(told)
    assert {"columns-missing", "column-not-stored"} <= rules(told)


def test_a_head_that_is_there_twice_tells_no_column() -> None:
    heads = ("自然人", "自然人", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    assert PERSON not in answers(page(requests(heads, ("8", "2", "0", "0", "0", "1", "11"), ("0",) * 7)))


def test_blank_cells_at_both_ends_are_those_of_their_columns() -> None:
    grid = requests(FORM, ("", "2", "0", "0", "0", "1", ""), ("0",) * 7)
    padded = [(row[0], "", *row[1:], "") for row in grid]
    for told in (page(padded), read(*tabs(padded)), read(*(f"| {' | '.join(row)} |" for row in padded))):
        assert values(told, PERSON, FIRM, ("requests.new", "other_organisation")) == [None, 2, 1]
        assert answers(told)[PERSON][1] is Status.BLANK


def test_ink_beside_the_columns_leaves_a_row_unreadable() -> None:
    grid = requests(FORM, ("8", "2", "0", "0", "0", "1", "11"), ("0",) * 7)
    stray = [(row[0], "5" if row[0] == CARRIED else "", *row[1:]) for row in grid]
    assert answers(page(stray))["requests.carried_in", "total"] == (None, Status.UNREADABLE)
    assert values(page(stray), PERSON, TOTAL) == [8, 11]
    unheaded = [(row[0], "5" if row[0] == NEW else "", *row[1:]) for row in grid]
    assert values(page(unheaded), PERSON, TOTAL) == [None, None]


def test_blank_cells_that_a_copy_may_have_lost_shift_no_figure() -> None:
    rows = [
        ("", "1.属于国家秘密", "0", "0", "0", "0", "0", "3", "3"),
        ("（一）予以公开", "", "5", "0", "0", "0", "0", "2"),
    ]
    lost = [(NEW, "", "8", "0", "0", "0", "0", "0"), (CARRIED, "", "1", "0", "0", "0", "0", "0"), rows[1], rows[0]]
    found = read("申请人情况", *FORM, *tabs(lost))
    assert answers(found)["results.granted", "natural_person"] == (None, Status.UNREADABLE)
    assert values(found, ("results.denied.state_secret", "total")) == [3]


def test_heads_that_lines_cut_are_joined_where_columns_are_seen() -> None:
    first = ("", "自然人", "科研", "商业", "社会公益", "法律服务", "其他", "总计")
    second = ("", "", "机构", "企业", "组织", "机构", "", "")
    rows = requests(FORM, ("8", "0", "2", "0", "0", "1", "11"), ("0",) * 7)[1:]
    assert values(page([first, second, *rows]), PERSON, FIRM, TOTAL) == [8, 2, 11]
    flat = read(*(cell for row in (first, second, *rows) for cell in row if cell))
    assert FIRM not in answers(flat)


@pytest.mark.parametrize(
    ("head", "figure", "unit"),
    [
        ("本年收费金额（单位：万元）", "3", "万元"),
        ("本年收费金额（单位：元）", "3", "元"),
        ("本年收费金额（元）", "3", "元"),
        ("本年收费金额（单位：元）", "3万元", "万元"),
        ("本年收费金额", "3", "万元"),
    ],
)
def test_a_head_names_the_unit(head: str, figure: str, unit: str) -> None:
    found = [page([("信息内容", head), ("行政事业性收费", figure)]), read("信息内容", head, "行政事业性收费", figure)]
    for reading in found:
        (fee,) = (each for each in reading.extraction.observations if each.indicator == "administrative_fees.amount")
        assert (fee.value, fee.unit, fee.printed) == (Decimal(3), unit, figure)
        assert ("unit-differs" in rules(reading)) is (unit != "万元")


def test_numbers_of_rows_are_no_figures() -> None:
    grid = [
        ("序号", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("1", "规章", "0", "0", "4"),
        ("2", "行政规范性文件", "7", "3", "20"),
    ]
    for told in (page(grid), read(*tabs(grid))):
        assert values(told, ("rules.in_force", "total"), ISSUED, IN_FORCE) == [4, 7, 20]


FIGURES = (("0", "2", "0", "0", "2"), ("0", "0", "0", "3", "3"), ("1", "0", "0", "0", "1"))
BLANK = ("",) * 5
ROWS = [("类别", *OUTCOMES), *((channel, *row) for channel, row in zip(CHANNELS, FIGURES, strict=True))]
DIRECT, AFTER, REVIEW = (
    ("cases.litigation_direct", "pending"),
    ("cases.litigation_after_review", "upheld"),
    ("cases.review", "corrected"),
)


def transposed(grid: Grid) -> Grid:
    return [*zip(*grid, strict=True)]


@pytest.mark.parametrize("grid", [ROWS, transposed(ROWS), [ROWS[0], *ROWS[:0:-1]]])
def test_cases_stand_where_their_heads_cross(grid: Grid) -> None:
    for told in (page(grid), read(CASES, *tabs(grid))):
        assert values(told, REVIEW, DIRECT, AFTER) == [2, 3, 1]


def test_cases_in_rows_are_read_where_cells_follow_each_other() -> None:
    assert values(read(CASES, *(" ".join(row) for row in ROWS)), REVIEW, DIRECT, AFTER) == [2, 3, 1]
    assert values(read(CASES, *(cell for row in ROWS for cell in row)), REVIEW, DIRECT, AFTER) == [2, 3, 1]


def test_a_blank_first_group_leaves_the_others() -> None:
    blocks = [(OUTCOMES, figures) for figures in (BLANK, *FIGURES[1:])]
    titles = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    lines = [line for title, block in zip(titles, blocks, strict=True) for line in (title, *tabs(block))]
    assert values(read(CASES, *lines), REVIEW, DIRECT, AFTER) == [None, 3, 1]


def test_groups_one_under_the_other_in_one_table() -> None:
    padding = ("",) * 4
    grid = [
        row for title, figures in zip(CHANNELS, FIGURES, strict=True) for row in ((title, *padding), OUTCOMES, figures)
    ]
    assert values(page(grid), REVIEW, DIRECT, AFTER) == [2, 3, 1]
    unnamed = [row for row in grid if row[0] != "未经复议直接起诉"]
    assert DIRECT not in answers(page(unnamed))


def test_one_group_more_than_the_form_has_shifts_no_figure() -> None:
    heads = ("行政复议", "行政诉讼", *OUTCOMES, *CHANNELS[1:], "诉讼小计", *OUTCOMES * 3)
    figures = [*FIGURES[0], *FIGURES[1], *FIGURES[2], *BLANK]
    assert REVIEW not in answers(read(CASES, *heads, *filter(None, figures)))


def test_a_figure_over_two_rows_is_that_of_neither() -> None:
    rows = "".join(map(_row, requests(FORM, ("8", "2", "0", "0", "0", "1", "11"), ("0", "0", "0", "0", "0", "0"))))
    tall = rows.replace("<td>11</td>", "<td rowspan=2>11</td>")
    cells = "".join(map(_row, DECISIONS))
    found = read_report(
        f"<meta charset=utf-8><p>{TITLE}</p><p>{PERIOD}</p><table>{cells}</table><table>{tall}</table>".encode()
    )
    assert answers(found)[TOTAL] == (None, Status.UNREADABLE)
    assert answers(found)["requests.carried_in", "total"] == (None, Status.UNREADABLE)


def test_a_group_that_is_printed_twice_is_not_read() -> None:
    twice = [*ROWS, ("行政复议", "0", "5", "0", "0", "5")]
    assert REVIEW not in answers(page(twice))


def test_cases_whose_cells_have_no_rows_are_said_to_be_there() -> None:
    found = read(CASES, *(cell for row in transposed(ROWS) for cell in row))
    assert REVIEW not in answers(found)
    assert "table-not-read" in rules(found)


@pytest.mark.parametrize(
    "declared",
    [
        {"columns": [{"label": "甲"}, {"label": "乙", "aliases": ["甲"]}]},
        {"columns": [{"label": "甲"}, {"label": "乙"}, {"label": "甲乙"}]},
    ],
)
def test_a_head_means_one_thing(declared: dict[str, object]) -> None:
    with pytest.raises(RegistryError, match="table t9"):
        heads_of({"table": "t9", **declared}, "a.yml")


def test_a_subtotal_shifts_no_figure_of_a_copy_that_lost_blank_cells() -> None:
    heads = ("自然人", "自然人", *ORGANISATIONS, "法人合计", "总计")
    found = read(
        "申请人情况",
        *heads[:1],
        *tabs([heads[1:]]),
        *tabs([(NEW, "8", "2", "0", "0", "0", "0", "2"), (CARRIED, *"0000000")]),
    )
    assert PERSON not in answers(found)


def test_heads_of_a_group_that_stand_before_it_tell_nothing() -> None:
    heads = ("申请人情况", "商业企业", "自然人", "法人或其他组织", *ORGANISATIONS[1:], "总计")
    assert PERSON not in answers(read(*heads, NEW, "8", "2", "0", "0", "0", "1", "11", CARRIED, *"0000000"))


def test_heads_that_nothing_opens_tell_nothing() -> None:
    lines = ("新闻媒体", *FORM, NEW, "8", "2", "0", "0", "0", "1", "11", CARRIED, *"0000000")
    assert PERSON not in answers(read(*lines))
    assert values(read("申请人情况", *lines[1:]), PERSON, FIRM, TOTAL) == [8, 2, 11]


def test_a_column_of_units_holds_no_figures() -> None:
    grid = [("行政许可", "件", "5"), ("行政处罚", "件", "6"), ("行政强制", "件", "7")]
    found = page([("信息内容", "本年处理决定数量"), *grid[1:]])
    assert values(found, ("penalties.decisions", "total"), ("coercion.decisions", "total")) == [6, 7]


@pytest.mark.parametrize(("text", "value"), [("增3", 3), ("减2", -2), ("不变", 0), ("", None)])
def test_changes_are_read_by_their_heads(text: str, value: int | None) -> None:
    heads = ("信息内容", "本年增/减", "处理决定数量", "上一年项目数量")
    rows = [("行政许可", text, "9", "4"), ("其他对外管理服务事项", "0", "0", "-1")]
    found = read_report("\n".join((TITLE, PERIOD, "对外公开总数量", *tabs([heads, *rows]))).encode())
    assert values(found, ("licences.items_change", "total"), ("licences.decisions", "total")) == [value, 9]
    assert "implausible-figure" in rules(found)


def test_two_tables_of_cases_leave_no_figure_but_those_that_agree() -> None:
    other = [ROWS[0], ("行政复议", "0", "5", "0", "0", "5"), *ROWS[2:]]
    found = answers(page(ROWS, other))
    assert found.get(REVIEW, (None,))[0] is None


@pytest.mark.parametrize("words", ["其中：网上申请", "上年同期"])
def test_a_row_of_nobody_in_a_table_of_the_file_is_told(words: str) -> None:
    new, carried = requests(FORM, ("8", "2", "0", "0", "0", "1", "11"), ("0",) * 7)[1:]
    told = page([("项目", *FORM), new, (words, "7", "2", "0", "0", "0", "1", "10"), carried])
    assert values(told, PERSON, TOTAL) == [8, 11]
    assert [each.found for each in told.extraction.findings if each.rule == "unknown-text"] == [words]


def test_words_without_a_figure_are_no_row() -> None:
    new, carried = requests(FORM, ("8", "2", "0", "0", "0", "1", "11"), ("0",) * 7)[1:]
    assert "unknown-text" not in rules(page([("项目", *FORM), new, ("续表", *[""] * 7), carried]))


@pytest.mark.parametrize("granted", ["12345678", "50000005", "200000 - 3 -"])
def test_noughts_that_run_together_need_no_sum(granted: str) -> None:
    heads = "申请人情况" + "".join(("自然人", *ORGANISATIONS, "总计"))
    table = next(each for form in forms() if form.form == "format_2021" for each in form.tables if each.table == "t3")
    inks = {"results.granted": granted}
    filled = [row for row in table.rows if not row.heading and not row.subtotal]
    numbers = [f"{row.number}{'.' if row.number.isdecimal() else '、' * row.number.isalpha()}" for row in filled]
    inked = [f"{row.label}{inks.get(row.indicator, '0000000')}" for row in filled]
    rows = [number + label for number, label in zip(numbers, inked, strict=True)]
    found = answers(read(heads + "".join(rows)))
    said = {(name, answer) for (name, _), answer in found.items() if name.startswith(("requests", "results"))}
    assert {answer for name, answer in said if name != "results.granted"} == {(Decimal(0), Status.SPLIT)}
    assert {answer for name, answer in said if name == "results.granted"} == {(None, Status.UNREADABLE)}
