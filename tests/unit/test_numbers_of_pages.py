"""Where rows are lines a number or a blank line between them is no cell; lines that were joined are two rows."""

from decimal import Decimal
from random import Random

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.observation import Status
from pipelines.registry.forms import forms
from tests.generate.plain import cells, read

FORM = next(form for form in forms() if form.form == "stat_2014").tables[0]
Answer = tuple[Decimal | None, Status]
UNREADABLE, BLANK = (None, Status.UNREADABLE), (None, Status.BLANK)
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
GRANTED, PARTIAL = "（一）予以公开", "（二）部分公开"


def answers(*lines: str) -> dict[tuple[str, str], Answer]:
    """Return what the table of a report says, by indicator and breakdown."""
    return {(name, breakdown): answer for (_, name, breakdown), answer in cells(read(*lines)).items()}


def counts(*lines: str) -> dict[str, Answer]:
    """Return what a table of one column says of the rows that a test is about."""
    found = answers(
        "2017年度政府信息公开情况统计表", "统计指标\t单位\t统计数", "(一)主动公开政府信息数\t条\t157", *lines
    )
    return {name: answer for (name, _), answer in found.items()}


ROWS = (
    "其中:主动公开规范性文件数\t条\t{}",
    "制发规范性文件总数\t件\t{}",
    "1.政府公报公开政府信息数\t条\t{}",
    "2.政府网站公开政府信息数\t条\t{}",
    "3.政务微博公开政府信息数\t条\t{}",
)


HEADS = "统计指标\t单位\t统计数"


def with_lines(cell: str, below: dict[int, str], separator: str = "\t") -> list[str]:
    """Return rows as lines, the third of which holds a cell; other lines stand below some of them."""
    found: list[str] = []
    for row, text in enumerate(ROWS):
        line = text.format(cell if row == 2 else 20 + row).replace("\t", separator)
        found += [line, *below.get(row, "").splitlines()]
    return found


@pytest.mark.parametrize("separator", ["\t", " | ", "  "])
@pytest.mark.parametrize("cell", ["", "22"])
def test_a_number_between_rows_may_be_a_part_of_either_figure(separator: str, cell: str) -> None:
    found = counts(*with_lines(cell, {2: "4"}, separator))
    assert found["normative_documents.issued_2014"] == (Decimal(21), Status.REPORTED)
    assert found["disclosure.via_gazette"] in ({UNREADABLE} if cell else {UNREADABLE, BLANK})
    assert found["disclosure.via_website"] == UNREADABLE
    assert found["disclosure.via_weibo"] == (Decimal(24), Status.REPORTED)


@pytest.mark.parametrize("separator", ["\t", " | ", "  "])
def test_numbers_that_count_on_are_those_of_pages(separator: str) -> None:
    found = counts(*with_lines("22", {1: "4", 2: "5", 3: "6"}, separator))
    assert found["disclosure.via_gazette"] == (Decimal(22), Status.REPORTED)


def test_a_number_above_heads_is_that_of_a_page() -> None:
    found = counts(*with_lines("22", {2: f"4\n{HEADS}"}))
    assert found["disclosure.via_gazette"] == (Decimal(22), Status.REPORTED)


def test_a_number_before_the_unit_is_no_figure_where_figures_follow_their_units() -> None:
    lines = [part for text in ROWS for part in text.format("30").split("\t")]
    lines[lines.index("条", 6) : lines.index("条", 6) + 2] = ["4", "条"]
    assert counts(*lines)["disclosure.via_gazette"] == UNREADABLE


def local(*lines: str) -> dict[str, Answer]:
    """Return what a local form says of the year and of all years."""
    found = answers("政府信息公开情况统计表", "指标名称计量单位2017年度历年累计", *lines)
    return {name: answer for (name, _), answer in found.items()}


@pytest.mark.parametrize("between", ["4", "12", "   "])
def test_a_line_below_cells_that_run_together_is_none_of_them(between: str) -> None:
    found = local("主动公开信息数条32154", between, "网上申请数条00", "信函申请数条00")
    assert found["local.disclosed_items"] == UNREADABLE
    assert found["local.disclosed_items.cumulative"] == UNREADABLE
    assert found["local.req_online"][0] in ({None, Decimal(0)} if between.strip() else {0})
    assert found["local.req_letter"][0] == 0


def test_a_number_above_cells_is_none_of_them() -> None:
    found = local("主动公开信息数条 5 70", "网上申请数条", "4", "9 18", "信函申请数条 2 3", "传真申请数条 1 8")
    assert found["local.req_online"][0] in {None, Decimal(9)}


def third(*rows: str) -> dict[tuple[str, str], Answer]:
    """Return what table three says."""
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    return answers("三、收到和处理政府信息公开申请情况", "\t".join(("申请人情况", *heads)), *rows)


@pytest.mark.parametrize("joint", ["\t", " ", "\t\t"])
def test_two_rows_on_one_line_keep_their_cells(joint: str) -> None:
    line = joint.join(("\t".join((NEW, *"3004007")), "\t".join((CARRIED, *"0000000"))))
    found = third(line, "\t".join((GRANTED, *"2000002")), "\t".join((PARTIAL, *"1000001")))
    assert found.get(("requests.new", "natural_person"), UNREADABLE) in {(Decimal(3), Status.REPORTED), UNREADABLE}
    assert found.get(("requests.new", "total"), UNREADABLE) in {(Decimal(7), Status.REPORTED), UNREADABLE}
    assert found["results.granted", "natural_person"] == (Decimal(2), Status.REPORTED)


def broken_by_pages(random: Random, pages: int) -> tuple[list[str], dict[str, str]]:
    """Return rows as cells on lines of their own, blank ones lost, some above the number of a page."""
    rows = [row for row in FORM.rows if not row.heading][:24]
    ends = sorted(random.sample(range(len(rows)), pages))
    lines, figures = list[str](), dict[str, str]()
    for place, row in enumerate(rows):
        figures[row.indicator] = str(random.randint(100, 999)) if random.randrange(4) else ""
        lines += [row.number + row.label, *filter(None, (figures[row.indicator],))]
        lines += [str(1 + ends.index(place))] if place in ends else []
    return lines, figures


@pytest.mark.parametrize("seed", range(120))
def test_a_number_between_those_of_pages_is_no_figure_of_a_blank_row(seed: int) -> None:
    random = Random(seed)
    lines, figures = broken_by_pages(random, random.randint(2, 4))
    found = answers("2017年度政府信息公开情况统计表", "统计指标", "统计数", *lines)
    told = {name: value for (name, _), (value, _) in found.items() if value is not None}
    wrong = {name: value for name, value in told.items() if str(value) != figures.get(name, str(value))}
    surplus = any(status is Status.UNREADABLE for _, status in found.values())
    assert not wrong or not surplus, wrong


def lines_of(*rows: tuple[str, ...]) -> list[str]:
    """Return the cells of rows, each on a line of its own."""
    return [cell for row in rows for cell in row]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param((*"30", "12", *"04007"), id="one cell more"),
        pytest.param(("12", *["\u00a0"] * 7), id="a number before blank cells"),
    ],
)
def test_a_row_with_more_cells_than_all_others_tells_none(odd: tuple[str, ...]) -> None:
    others = [
        (label, *"2000002") for label in (CARRIED, GRANTED, PARTIAL, "1.属于国家秘密", "2.其他法律行政法规禁止公开")
    ]
    heads = ("申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    found = answers("三、收到和处理政府信息公开申请情况", *heads, *lines_of((NEW, *odd), *others))
    assert found["requests.new", "natural_person"] == UNREADABLE
    assert found["requests.carried_in", "natural_person"] == (Decimal(2), Status.REPORTED)


@pytest.mark.parametrize("row", ["<td>条</td><td>3</td>", "<td>\u00a0</td><td>3</td>", "<td></td><td>3</td>"])
def test_a_number_in_a_cell_beside_a_label_is_no_page_s_though_heads_follow(row: str) -> None:
    heads = "<tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>"
    lines = [text.format(20 + number).split("\t") for number, text in enumerate(ROWS)]
    rows = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines]
    label = "<td>(一)主动公开政府信息数</td>"
    page = f"<table>{heads}<tr>{label}{row}</tr>{heads}{''.join(rows)}</table>"
    title = "<p>某区2017年政府信息公开工作年度报告</p>"
    assert cells(read_report(f"<html><body>{title}{page}</body></html>".encode()))[
        2017, "disclosure.items", "total"
    ] == (Decimal(3), Status.REPORTED)
