"""A table of 2014 with columns by year or by department: none of its figures is read, and a finding says so."""

from random import Random

import pytest

from pipelines.ingest.reading import read_report
from pipelines.registry.forms import forms
from tests.generate.plain import PERIOD, TITLE, rules

ROWS = [row for row in next(form for form in forms() if form.form == "stat_2014").tables[0].rows if row.unit]
HEADS = (
    ("2016年", "2017年"),
    ("本年", "上年"),
    ("教育局", "财政局", "公安局"),
    ("合计", "市直", "乡镇"),
    ("统计数", "上年数"),
)


@pytest.mark.parametrize("separator", ["\t", " | ", "\n"])
@pytest.mark.parametrize("heads", HEADS)
def test_a_table_with_other_columns_is_said_to_be_there(heads: tuple[str, ...], separator: str) -> None:
    for seed in range(6):
        random = Random(seed)
        begin = random.randrange(len(ROWS) - 8)
        rows = [
            separator.join((row.number + row.label, row.unit, *(str(random.randint(3, 99)) for _ in heads)))
            for row in ROWS[begin : begin + random.randint(6, 8)]
        ]
        head = separator.join((random.choice(("统计指标", "指标名称", "项目")), "单位", *heads))
        prose = "全县深入推进政府信息公开工作，取得新的进展。" * 12
        reading = read_report("\n".join((TITLE, PERIOD, prose, "附表", head, *rows)).encode())
        values = [found for found in reading.extraction.observations if found.value is not None]
        assert values == [], seed
        assert "table-not-read" in rules(reading), seed


def test_prose_that_names_rows_is_no_table() -> None:
    labels = "、".join(row.label for row in ROWS[:12])
    text = f"本报告的统计表包括{labels}等12项。" + "全县深入推进政府信息公开工作，取得新的进展。" * 12
    assert "table-not-read" not in rules(read_report(f"{TITLE}\n{PERIOD}\n{text}".encode()))
