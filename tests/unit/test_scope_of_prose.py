"""Whose figures prose counts: a bureau's report claims nothing of its county, a county's nothing of an office."""

import pytest

from pipelines.ingest.reading import read_report
from tests.integration.conftest import REPORT

FILLER = "本单位认真落实《中华人民共和国政府信息公开条例》，工作有序推进。" * 8


def claimed(body: str, sentence: str) -> set[str]:
    text = f"{body}2016年政府信息公开工作年度报告\n{FILLER}{sentence}"
    return {found.indicator for found in read_report(text.encode()).extraction.observations}


@pytest.mark.parametrize(
    "sentence",
    [
        "2016年度，全县共收到政府信息公开申请23件，同意公开20件。",
        "全县举办培训班3次，培训120人次。",
        "2016年，全县主动公开政府信息1200条。",
        "全县召开新闻发布会12次，政策解读稿件发布30篇。",
    ],
)
def test_a_bureau_claims_nothing_of_its_county(sentence: str) -> None:
    assert claimed("某县财政局", sentence) == set()
    assert claimed("某县人民政府", sentence) != set()


def test_a_county_claims_nothing_of_an_office() -> None:
    assert claimed("某县人民政府", "县政府办公室主动公开政府信息120条。") == set()


def test_who_acted_does_not_change_whose_figure_it_is() -> None:
    sentence = "县政府办公室、各部门、各乡镇对政府信息进行了梳理，2016年主动公开政府信息2949条。"
    assert claimed("某县人民政府", sentence) == {"disclosure.items"}


def test_a_report_without_a_table_is_told_by_the_form_of_its_year() -> None:
    assert claimed("某县财政局", "本年度共收到政府信息公开申请5件。") == {"requests_2014.received"}
    text = f"某县财政局2022年政府信息公开工作年度报告\n{FILLER}本年度共收到政府信息公开申请5件。"
    assert {found.indicator for found in read_report(text.encode()).extraction.observations} == {"requests.new"}


def test_a_report_may_be_a_title_and_a_table() -> None:
    title, _, table = REPORT.read_text(encoding="utf-8").partition("统 计 指 标")
    text = f"{title.partition(chr(10))[0]}\n2017年政府信息公开工作年度报告\n统计指标{table}"
    observations = read_report(text.encode()).extraction.observations
    assert {each.value for each in observations if each.indicator == "disclosure.via_website"} >= {403, 1011}


def test_a_title_is_no_part_of_the_first_sentence() -> None:
    assert claimed("某县财政局", "") == set()
    text = "某县财政局2016年政府信息公开工作年度报告\n全年通过政府网站公开信息12条。"
    assert [found.label for found in read_report(text.encode()).extraction.observations] == ["全年通过政府网站公开信息"]
