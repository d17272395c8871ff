"""What 其中 divides: the figure before a bracket and not one within it; figures of another year are divided by none."""

from decimal import Decimal
from random import Random

import pytest

from pipelines.ingest.reading import ReportReading
from pipelines.model.identity import Verdict
from tests.generate.plain import national, said

BRACKETS = ("（上年{}件）", "(2023年{}件)", "（较上年增加{}件）", "（去年同期{}件）", "（同比减少{}件）")
KEY = (2024, "requests.new", "natural_person")


def sums(reading: ReportReading) -> list[tuple[Verdict, str, str]]:
    findings = [each for each in reading.extraction.findings if each.rule == "children-sum"]
    return [(each.verdict, each.expected, each.found) for each in findings]


@pytest.mark.parametrize("bracket", BRACKETS)
@pytest.mark.parametrize("seed", range(8))
def test_a_list_divides_the_figure_before_a_bracket(bracket: str, seed: int) -> None:
    random = Random(seed)
    persons, companies, off = random.randint(2, 40), random.randint(2, 40), random.choice((0, 0, 3))
    whole = persons + companies
    note = bracket.format(random.randint(1, 90))
    reading = national(
        f"全年收到政府信息公开申请{whole}件{note}，其中自然人申请{persons}件，法人申请{companies + off}件。"
    )
    assert said(reading)[2024, "requests.new", "total"] == whole
    assert said(reading).get(KEY, Decimal(persons)) == persons
    assert sums(reading) == [(Verdict.BROKEN if off else Verdict.HOLDS, str(whole), str(whole + off))]


@pytest.mark.parametrize("earlier", ["上年21件，", "去年收到21件，", "上年为21件，"])
def test_nobody_knows_what_a_list_divides_after_a_figure_of_another_year(earlier: str) -> None:
    reading = national(f"全年收到政府信息公开申请23件，{earlier}其中自然人申请20件，法人申请3件。")
    assert sums(reading) == []
    assert KEY not in said(reading)


def test_the_parts_after_a_bracket_are_never_those_of_what_it_holds() -> None:
    reading = national("全年收到政府信息公开申请23件（含上年结转1件），其中自然人申请20件，法人申请4件。")
    assert (2024, "requests.carried_in", "total") in said(reading)
    assert {key for key in said(reading) if key[1] == "text.category_items"} == set()


@pytest.mark.parametrize("body", ["某市人民政府办公室", "某市教育局"])
@pytest.mark.parametrize("before", ["2024年，全市主动公开政府信息1000条。", "全市各级行政机关发布政府信息1000条。"])
@pytest.mark.parametrize("part", ["市政府网站公开300条", "政府网站公开政府信息300条", "通过政府网站公开300条"])
def test_a_sentence_of_parts_divides_the_sentence_before(body: str, before: str, part: str) -> None:
    assert said(national(f"{before}其中{part}，政务微博发布50条。", body=body)) == {}
    own = national(f"{before.replace('全市', '本机关').replace('各级行政机关', '')}其中{part}。", body=body)
    assert (2024, "disclosure.via_website", "total") in said(own)


def test_a_sentence_of_parts_speaks_of_the_year_before_it() -> None:
    assert said(national("上年主动公开政府信息1000条。其中政府网站公开300条。")) == {}
