"""The real report: 佳木斯市前进区人民政府, 2017, as it lies in data/raw."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.finding import Finding
from pipelines.model.identity import Verdict
from pipelines.model.observation import Observation, Source, Status
from pipelines.model.report import Coverage, Unreadable

PATH = Path(__file__).parents[3] / "data" / "raw" / "2017" / "2017_qianjin-district.txt"
PRINTED = {
    "disclosure.items": 157,
    "disclosure.via_website": 403,
    "disclosure.via_weibo": 107,
    "disclosure.via_wechat": 2895,
    "response.hot_issues": 32,
    "response.policy_interpretations": 2,
    "capacity.units": 1,
    "capacity.staff": 1,
    "capacity.staff.full_time": 1,
    "training.meetings": 1,
    "training.sessions": 1,
    "training.trainees": 41,
}
CATEGORIES = {"机构职能": 17, "政策文件": 62, "工作动态": 308, "政府公开年报": 4, "帮助指南": 12}
SERIES = {
    (2015, "disclosure.via_website"): 930,
    (2016, "disclosure.via_website"): 850,
    (2017, "disclosure.via_website"): 1011,
    (2015, "disclosure.via_weibo"): 116,
    (2016, "disclosure.via_weibo"): 147,
    (2017, "disclosure.via_weibo"): 206,
}


@cache
def reading() -> ReportReading:
    return read_report(PATH.read_bytes())


@cache
def lines() -> list[str]:
    return PATH.read_text(encoding="utf-8").split("\n")


def observed(source: Source) -> list[Observation]:
    return [found for found in reading().extraction.observations if found.source is source]


@cache
def row(indicator: str, breakdown: str = "total") -> Observation:
    (found,) = [each for each in observed(Source.TABLE) if each.cell == (indicator, breakdown)]
    return found


@cache
def findings() -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in reading().extraction.findings:
        found[finding.rule].append(finding)
    return found


def line_of(locator: str) -> str:
    return lines()[int(locator.removeprefix("line ")) - 1]


def test_all_rows_of_the_form_are_found() -> None:
    table = observed(Source.TABLE)
    assert len(table) == len({found.cell for found in table}) == 65
    assert len([found for found in table if found.status is Status.NOT_APPLICABLE]) == 7
    assert "rows-missing" not in findings()


@pytest.mark.parametrize(("indicator", "value"), PRINTED.items())
def test_a_printed_figure_is_read_where_it_stands(indicator: str, value: int) -> None:
    found = row(indicator)
    assert (found.value, found.status, found.time_period) == (Decimal(value), Status.REPORTED, 2017)
    assert line_of(found.locator).strip() == found.printed == str(value)


def test_nothing_else_in_the_table_is_reported() -> None:
    reported = {found.indicator for found in observed(Source.TABLE) if found.status is Status.REPORTED}
    assert reported == set(PRINTED)


def test_the_figure_in_a_heading_is_kept_and_taken_for_nothing() -> None:
    found = row("heading_2014.disclosure")
    assert (found.value, found.status, found.printed) == (None, Status.NOT_APPLICABLE, "3562")
    (finding,) = findings()["heading-with-value"]
    assert (finding.found, finding.locators, line_of(found.locator)) == ("3562", (found.locator,), "3562")
    assert all(each.value != 3562 for each in reading().extraction.observations)


def test_a_blank_becomes_nought_only_where_the_text_or_a_sum_proves_it() -> None:
    proven = {found.cell for found in observed(Source.TABLE) if found.status is Status.BLANK_AS_ZERO}
    requests = {found.cell for found in observed(Source.TABLE) if found.indicator.startswith("requests_2014.")}
    replies = {found.cell for found in observed(Source.TABLE) if found.indicator.startswith("replies_2014.")}
    cases = {found.cell for found in observed(Source.TABLE) if found.indicator.startswith("cases_2014.")}
    assert proven == requests | replies | cases | {("fees.requests", "total"), ("capacity.staff.part_time", "total")}
    assert all(row(*cell).evidence for cell in proven)


@pytest.mark.parametrize(
    "indicator",
    [
        "complaints.received",
        "disclosure.normative_documents",
        "normative_documents.issued_2014",
        "disclosure.via_gazette",
        "disclosure.via_other",
        "response.press_conferences",
        "response.via_other",
        "capacity.reading_points",
        "capacity.budget",
    ],
)
def test_what_nothing_proves_stays_blank(indicator: str) -> None:
    assert (row(indicator).value, row(indicator).status) == (None, Status.BLANK)


def test_long_units_are_printed_short_ones_come_from_the_form() -> None:
    assert (row("fees.requests").unit, row("training.trainees").unit) == ("万元", "人次")
    assert (row("disclosure.items").unit, row("capacity.units").unit) == ("条", "个")
    (finding,) = findings()["units-missing"]
    assert (finding.expected, finding.found) == ("58", "3")


def test_the_series_is_read_apart_from_the_table() -> None:
    series = {(found.time_period, found.indicator): found for found in observed(Source.SERIES)}
    assert {key: int(found.value or 0) for key, found in series.items()} == SERIES
    assert all(line_of(found.locator) == found.printed for found in series.values())


def test_the_prose_states_the_website_figure_with_its_categories() -> None:
    stated = {found.cell: found for found in observed(Source.NARRATIVE) if found.status is Status.REPORTED}
    website = stated["disclosure.via_website", "total"]
    assert (website.value, website.unit) == (Decimal(403), "条")
    categories = {
        name: found.value for (indicator, name), found in stated.items() if indicator == "text.category_items"
    }
    assert categories == {name: Decimal(value) for name, value in CATEGORIES.items()}
    assert stated["text.share", "total"].value == 100
    assert len(stated) == 7


def test_the_prose_states_noughts() -> None:
    noughts = {found.indicator for found in observed(Source.NARRATIVE) if found.status is Status.STATED_ZERO}
    assert noughts == {
        "requests_2014.received",
        "requests_2014.completed",
        "replies_2014.total",
        "cases_2014.review",
        "cases_2014.litigation",
        "fees.requests",
    }


def test_the_roster_lists_everybody_once() -> None:
    roster = reading().extraction.roster
    assert [line.position for line in roster] == list(range(1, 40))
    assert len({line.body_name for line in roster}) == 39
    assert {(line.status, line.published_on, line.note) for line in roster} == {("已完成", date(2018, 2, 26), "")}
    assert (roster[0].body_name, roster[-1].body_name) == ("前进区政府", "前进区港务社区")
    assert all(line_of(line.locator).strip() == line.body_name for line in roster)


def test_the_frame_is_read() -> None:
    frame = reading().extraction.frame
    assert frame.title.value == "佳木斯市前进区人民政府 2017年信息公开工作年度报告"
    assert (frame.body_name, frame.body.body_id, frame.report_year) == ("佳木斯市前进区人民政府", "230804", 2017)
    assert frame.period is not None
    assert frame.period.value == (date(2017, 1, 1), date(2017, 12, 31))
    assert frame.published is not None
    assert frame.published.value == datetime(2018, 3, 16, 16, 23, 19)  # noqa: DTZ001 - the page prints no zone
    assert frame.coverage is not None
    assert frame.coverage.value is Coverage.AGGREGATE
    assert frame.announced_parts is not None
    assert frame.announced_parts.value == 7
    assert [part.value for part in frame.parts] == [
        "概述",
        "政府信息公开情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "2018年工作思路",
    ]
    assert frame.filled_in_by is not None
    assert frame.filled_in_by.value == "前进区政府办"
    assert (len(frame.announced_annexes), len(frame.annexes)) == (2, 3)
    assert frame.forms == ("stat_2014",)


@pytest.mark.parametrize(
    ("rule", "verdict", "expected", "found"),
    [
        pytest.param("s14_channel_lower", Verdict.BROKEN, ">= 2895…", "157", id="check 2"),
        pytest.param("s14_channel_upper", Verdict.HOLDS, "<= 3405…", "157", id="check 3"),
        pytest.param("announced-parts", Verdict.BROKEN, "7", "4", id="check 14"),
        pytest.param("announced-annexes", Verdict.BROKEN, "2", "3", id="check 15"),
        pytest.param("publication-date", Verdict.BROKEN, "2018-03-16", "2018-02-26", id="check 17"),
        pytest.param("publication-deadline", Verdict.HOLDS, "2018-03-31", "2018-03-16", id="check 17, in time"),
        pytest.param("annual-reports-count", Verdict.BROKEN, "39", "4", id="check 18"),
        pytest.param(
            "title-wording", Verdict.BROKEN, "政府信息公开工作年度报告", "信息公开工作年度报告", id="check 19"
        ),
        pytest.param("report-year", Verdict.HOLDS, "2017", "2017", id="check 19, year"),
        pytest.param("filled-in-by", Verdict.BROKEN, "佳木斯市前进区人民政府", "前进区政府办", id="check 12"),
        pytest.param("children-sum", Verdict.HOLDS, "403", "403", id="check 5"),
        pytest.param("s14_staff_sum", Verdict.HOLDS, "= 1", "1", id="check 11"),
    ],
)
def test_an_internal_check_answers(rule: str, verdict: Verdict, expected: str, found: str) -> None:
    (finding,) = findings()[rule]
    assert (finding.verdict, finding.expected, finding.found) == (verdict, expected, found)


@pytest.mark.parametrize("rule", ["s14_hot_upper", "s14_norm_subset"])
def test_a_sum_with_blanks_cannot_be_told(rule: str) -> None:
    (finding,) = findings()[rule]
    assert finding.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("indicator", "left", "right", "verdict"),
    [
        ("disclosure.via_website", "403", "403", Verdict.HOLDS),
        ("disclosure.via_website", "403", "1011", Verdict.BROKEN),
        ("disclosure.via_website", "1011", "403", Verdict.BROKEN),
        ("disclosure.via_weibo", "107", "206", Verdict.BROKEN),
    ],
)
def test_sources_are_held_against_each_other(indicator: str, left: str, right: str, verdict: Verdict) -> None:
    told = [(each.indicator, each.expected, each.found, each.verdict) for each in findings()["source-conflict"]]
    assert (indicator, left, right, verdict) in told
    assert len(told) == 4


def test_nobody_is_named_and_no_number_can_be_called() -> None:
    extraction = reading().extraction
    told = repr((extraction.observations, extraction.findings, extraction.roster))
    assert [secret for secret in ("王海娇", "8635149", "qjqzfb") if secret in told] == []


def test_every_place_exists() -> None:
    places = [found.locator for found in reading().extraction.observations]
    places += [place for finding in reading().extraction.findings for place in finding.locators]
    assert [place for place in places if not 0 < int(place.removeprefix("line ")) <= len(lines())] == []


@pytest.mark.parametrize("times", [0, 2])
def test_a_line_that_is_lost_or_printed_twice_makes_no_figure_wrong(times: int) -> None:
    whole = tabulated(lines())
    copies = {
        number: [*lines()[:number], *[line] * times, *lines()[number + 1 :]]
        for number, line in enumerate(lines())
        if line.strip()
    }
    assert {number: made for number, copy in copies.items() if (made := tabulated(copy) - whole)} == {}


def tabulated(copy: list[str]) -> set[tuple[object, ...]]:
    """Return the figures that a copy of the report claims of its tables."""
    try:
        found = read_report("\n".join(copy).encode()).extraction.observations
    except Unreadable:
        return set()
    told = (each for each in found if each.value is not None and each.source is not Source.NARRATIVE)
    return {(each.source, each.time_period, *each.cell, each.value) for each in told}
