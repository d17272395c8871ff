"""A file with two reports: the second one's figures are not those of the first."""

import pytest

from pipelines.ingest.reading import ReportReading, read_report


def report(year: int, body: str, licences: int | None) -> str:
    """Return a short report, with a table only where licences are given."""
    table = f"第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t{licences}\n" if licences else ""
    period = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    told = f"{body}认真贯彻落实《中华人民共和国政府信息公开条例》，稳步推进各项工作，依法保障公众知情权。" * 5
    return f"{body}{year}年政府信息公开工作年度报告\n{period}\n一、总体情况\n{told}\n{table}"


def licences(reading: ReportReading) -> list[tuple[int, int | None]]:
    """Return year and value of every count of licences."""
    found = [each for each in reading.extraction.observations if each.indicator == "licences.decisions"]
    return [(each.time_period, None if each.value is None else int(each.value)) for each in found]


def rules(reading: ReportReading) -> set[str]:
    return {finding.rule for finding in reading.extraction.findings}


@pytest.mark.parametrize(("year", "body"), [(2022, "某县人民政府"), (2023, "某县教育局")])
def test_a_second_report_is_told_and_not_read(year: int, body: str) -> None:
    first, second = report(2023, "某县人民政府", None), report(year, body, 77)
    alone = read_report((first + second).encode())
    assert licences(alone) == []
    assert "second-table" in rules(alone)
    both = read_report((report(2023, "某县人民政府", 12) + second).encode())
    assert licences(both) == [(2023, 12)]
    assert "second-table" in rules(both)


def test_a_title_that_is_repeated_begins_no_report() -> None:
    title = "某县人民政府2023年政府信息公开工作年度报告\n"
    head, table = report(2023, "某县人民政府", 12).split("第二十条")
    again = "统计期限自2023年1月1日起至2023年12月31日止。\n"
    found = read_report(f"{head}{title}{again}第二十条{table}".encode())
    assert licences(found) == [(2023, 12)]
    assert "second-table" not in rules(found)


def test_a_link_to_another_report_begins_none() -> None:
    head, table = report(2023, "某县人民政府", 12).split("第二十条")
    link = "某县人民政府2022年政府信息公开工作年度报告\n"
    assert licences(read_report(f"{head}{link}第二十条{table}".encode())) == [(2023, 12)]
