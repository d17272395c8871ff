"""Remarks in brackets on a label: the form's own says nothing, any other is read past and reported, none is dropped."""

from decimal import Decimal
from itertools import product

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.observation import Status
from tests.generate.plain import cells, read

OWN = "（不包括政府公报及政府网站工作人员数）"
PLAIN = ("（不含网站人员）", "（单位：人）", "（注）", "(含借调人员)")
WITH_FIGURE = ("（上年3人）", "（其中女性2人）", "（公报室两人）", "（2人）")
GLUE = ("", " ", "  ", "　", "\n")


def staff(remark: str, value: str, *, glue: str, separator: str) -> ReportReading:
    """Read a table in which the number of full-time staff has a remark."""
    lines = (
        "2017年度政府信息公开情况统计表",
        "统计指标\t单位\t统计数",
        "（一）主动公开政府信息数\t条\t157",
        "（三）从事政府信息公开工作人员数\t人\t70",
        f"1.专职人员数{glue}{remark}\t人\t{value}",
        "2.兼职人员数\t人\t40",
        "（四）政府信息公开专项经费\t万元\t4",
    )
    return read(*(part for line in lines for part in line.replace("\t", separator).split("\n")))


def answer(reading: ReportReading) -> tuple[Decimal | None, Status]:
    return cells(reading)[2017, "capacity.staff.full_time", "total"]


def strange(reading: ReportReading) -> list[str]:
    return [finding.found for finding in reading.extraction.findings if finding.rule == "unknown-text"]


@pytest.mark.parametrize(("glue", "separator"), list(product(GLUE, ("\t", " | ", "\n"))))
def test_the_remark_of_the_form_says_nothing(glue: str, separator: str) -> None:
    reading = staff(OWN, "30", glue=glue, separator=separator)
    assert (answer(reading), strange(reading)) == ((Decimal(30), Status.REPORTED), [])


@pytest.mark.parametrize(("remark", "glue"), list(product(PLAIN, GLUE)))
def test_another_remark_is_reported_and_the_figure_is_read(remark: str, glue: str) -> None:
    for separator in ("\t", " | ", "\n"):
        reading = staff(remark, "30", glue=glue, separator=separator)
        assert (answer(reading), strange(reading)) == ((Decimal(30), Status.REPORTED), [remark])


@pytest.mark.parametrize(("remark", "glue"), list(product(WITH_FIGURE, GLUE)))
def test_a_figure_in_a_remark_is_never_that_of_the_row(remark: str, glue: str) -> None:
    for separator in ("\t", " | ", "\n"):
        reading = staff(remark, "30", glue=glue, separator=separator)
        assert answer(reading) in {(Decimal(30), Status.REPORTED), (None, Status.UNREADABLE)}
        assert remark in strange(reading)


@pytest.mark.parametrize("remark", WITH_FIGURE)
def test_a_blank_cell_below_a_remark_with_a_figure_is_not_taken_for_blank(remark: str) -> None:
    assert answer(staff(remark, "", glue="", separator="\t")) == (None, Status.UNREADABLE)
    assert answer(staff(PLAIN[0], "", glue="", separator="\t"))[1] is not Status.UNREADABLE
