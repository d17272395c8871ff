"""The fifteen questions of docs/queries, put to a small warehouse whose answers were worked out by hand."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.registry.glossary import glossary
from pipelines.sql.statements import in_order, tables_read
from tests.unit.sql.desk import Desk, desk

FOLDER = Path(__file__).parents[3] / "docs" / "queries"
QUESTIONS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql"))}
Rows = list[tuple[Any, ...]]

BODIES = {
    "130100": ("石家庄市", "government", "prefecture", "河北省", 2023),
    "130200": ("唐山市", "government", "prefecture", "河北省", 2023),
    "130200-e": ("唐山市教育局", "department", "prefecture", "河北省", 2023),
    "320100": ("南京市", "government", "prefecture", "江苏省", 2017),
}


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Desk]:
    with desk() as made:
        _declare(made)
        _hebei(made)
        _nanjing(made)
        _answers(made)
        for statement in in_order("mart"):
            if statement.name != "mart.dictionary":
                made.make(statement.name)
        yield made


def _declare(made: Desk) -> None:
    owners = [
        {"body_id": name, "name": zh, "kind": kind, "level": level, "province": province, "resolved": True}
        | {"division": name[:6], "first_year": first, "last_year": 2024}
        for name, (zh, kind, level, province, first) in BODIES.items()
    ]
    made.put("core.body", owners)
    due = [("government", 3, 31), ("department", 1, 31)]
    made.put(
        "core.deadline",
        [
            {"kind": kind, "report_year": year, "due": date(year + 1, month, day), "form": "format_2021"}
            for kind, month, day in due
            for year in range(2017, 2025)
        ],
    )
    entries = [entry._asdict() | {"used_in": list(entry.used_in)} for entry in glossary() if entry.kind == "rule"]
    made.put("mart.dictionary", entries)


def _report(made: Desk, body: str, year: int, **said: Any) -> None:
    name, owner = BODIES[body][0], {"body_id": body, "report_year": year, "division": body[:6]}
    row = owner | {"report_id": f"{body}/{year}", "body": name, "body_name": name, "coverage": "unknown", "forms": []}
    made.put("core.report", [row | {"is_current": True} | said])


def _figures(made: Desk, body: str, year: int, form: str, values: dict[str, Any], **said: Any) -> None:
    owner = {"body_id": body, "report_year": year} | said
    made.figures(f"{body}/{year}", form, values, **owner)


def _hebei(made: Desk) -> None:
    _report(made, "130100", 2023, published_at=datetime(2024, 3, 20))  # noqa: DTZ001 - as printed
    _report(made, "130100", 2024, published_at=datetime(2025, 3, 20))  # noqa: DTZ001
    _report(made, "130200", 2023)
    _report(made, "130200", 2024, published_at=datetime(2025, 4, 10))  # noqa: DTZ001
    _report(made, "130200-e", 2023)
    made.put("core.roster", [{"report_id": "130200/2024", "report_year": 2024, "name": "教育局", "status": "未公开"}])
    balances = {
        ("130100", 2023): (0, 60, 56, 4),
        ("130100", 2024): (5, 100, 98, 7),
        ("130200", 2023): (1, 40, 39, 2),
        ("130200", 2024): (2, 20, 21, 1),
    }
    names = ("requests.carried_in", "requests.new", "results.total", "requests.carried_out")
    for (body, year), values in balances.items():
        _figures(made, body, year, "format_2021", dict(zip(names, values, strict=True)))
    grounds = {"results.denied.state_secret": 2, "results.denied.third_party": 8, "results.denied.other_law": 0}
    _figures(made, "130100", 2024, "format_2021", grounds | {"requests.new[natural_person]": 80})
    grounds = {"results.denied.state_secret": (None, "unreadable"), "results.denied.third_party": 4}
    _figures(made, "130200", 2024, "format_2021", grounds | {"requests.new[natural_person]": 15})
    cases = {"upheld": 3, "corrected": 1, "other": 0, "pending": 2}
    _figures(made, "130200", 2024, "format_2021", {f"cases.review[{name}]": each for name, each in cases.items()})
    cases = {"upheld": 1, "corrected": 1, "other": 0, "pending": 9}
    _figures(made, "130100", 2024, "format_2021", {f"cases.review[{name}]": each for name, each in cases.items()})
    files = [("a.html", "130100/2024"), ("b.html", "130200/2024"), ("c.html", "130200/2024")]
    made.put("core.file", [{"path": path, "report_id": report} for path, report in files])


def _nanjing(made: Desk) -> None:
    said = {2017: ("stat_2014", "requests_2014.received", 50), 2018: ("stat_2014", "requests_2014.received", 80)}
    said |= {2019: ("format_2019", "requests.new", 13), 2023: ("format_2021", "requests.new", 21)}
    for year, (form, indicator, value) in said.items():
        _report(made, "320100", year)
        _figures(made, "320100", year, form, {indicator: value})
    for year, website, weibo in ((2017, 100, 50), (2018, 120, 40)):
        items = {"disclosure.via_website": website, "disclosure.via_weibo": weibo}
        _figures(made, "320100", year, "stat_2014", items)
    unread = {"requests_2014.received.online": (None, "unreadable"), "requests_2014.received.fax": None}
    _figures(made, "320100", 2018, "stat_2014", unread)
    _figures(made, "320100", 2018, "", {"disclosure.via_website": 125}, source="narrative")
    for year, value in ((2017, 95), (2018, 90)):
        _figures(made, "320100", year, "", {"disclosure.items": value}, source="series", time_period=2016)


def _answers(made: Desk) -> None:
    rule, other = "s14_received_channels", "duplicate-file"
    verdicts = ["broken", "holds", "holds", "holds", "cannot_tell"]
    made.put("quality.finding", [{"finding_id": str(n), "rule": rule, "verdict": v} for n, v in enumerate(verdicts)])
    made.put("quality.finding", [{"finding_id": "x", "rule": other, "verdict": "broken"}])


NUMBER = Decimal
ANSWERS: dict[str, Rows] = {
    "01_who_has_not_published": [
        ("河北省", "唐山市教育局", 2024, "not_published", date(2025, 1, 31)),
        ("江苏省", "南京市", 2024, "not_collected", date(2025, 3, 31)),
        *(("江苏省", "南京市", year, "not_collected", date(year + 1, 3, 31)) for year in (2022, 2021, 2020)),
    ],
    "02_who_publishes_late": [(2024, "唐山市", date(2025, 4, 10), date(2025, 3, 31), 10)],
    "03_refusal_grounds_by_province": [
        (2024, "prefecture", "河北省", "保护第三方合法权益", 12, 2),
        (2024, "prefecture", "河北省", "属于国家秘密", None, 2),
    ],
    "04_correction_rate": [(2024, "review", "prefecture", 2, 6, 33.3)],
    "05_carry_over_that_does_not_match": [(2024, "石家庄市", 4, 5, 1)],
    "06_website_against_weibo": [
        ("南京市", 2017, "table", 100, 50, 50.0, None, None, False),
        ("南京市", 2018, "table", 120, 40, 33.3, 20, -20, True),
    ],
    "07_new_requests_2011_2025": [
        ("石家庄市", 1, 2023, 60, None, "format_2021", False),
        ("石家庄市", 1, 2024, 100, "full", "format_2021", False),
        ("唐山市", 1, 2023, 40, None, "format_2021", False),
        ("唐山市", 1, 2024, 20, "full", "format_2021", False),
        ("南京市", 1, 2017, 50, None, "stat_2014", False),
        ("南京市", 1, 2018, 80, "full", "stat_2014", False),
        ("南京市", 1, 2019, 13, "near", "format_2019", False),
        ("南京市", 1, 2023, 21, "full", "format_2021", False),
    ],
    "08_two_places_two_figures": [
        ("南京市", 2016, "主动公开政府信息数", "series", 95, "series", 90, -5),
        ("南京市", 2018, "政府网站公开政府信息数", "table", 120, "narrative", 125, 5),
    ],
    "09_what_cannot_be_read": [
        ("format_2021", "", 1, 0, 32, 3.13),
        ("stat_2014", "", 1, 1, 8, 12.5),
        ("format_2019", "", 0, 0, 1, 0.0),
    ],
    "10_sums_that_are_broken": [
        ("s14_received_channels", "收到申请数 = 当面申请数 + 传真申请数 + 网络申请数 + 信函申请数", 1, 3, 1, 25.0)
    ],
    "11_figures_that_were_revised": [("later_report", "南京市", 2016, "disclosure.items", 95, 90, -5)],
    "12_among_peers": [
        ("石家庄市", "prefecture", 100, 100, 2, 60),
        ("唐山市", "prefecture", 20, 0, 2, 60),
    ],
    "13_fastest_growth": [
        ("石家庄市", "table", 2024, 60, 100, NUMBER("66.67")),
        ("南京市", "table", 2018, 50, 80, 60),
        ("唐山市", "table", 2024, 40, 20, -50),
    ],
    "14_who_asks": [(2024, "石家庄市", 80, 100, 80.0), (2024, "唐山市", 15, 20, 75.0)],
    "15_where_a_figure_is_printed": [
        ("石家庄市", 2024, 100, "", "line 1", "a.html"),
        ("唐山市", 2024, 20, "", "line 1", "b.html"),
        ("唐山市", 2024, 20, "", "line 1", "c.html"),
    ],
}


def test_there_are_fifteen_and_each_has_its_answer() -> None:
    assert len(QUESTIONS) == 15
    assert QUESTIONS.keys() == ANSWERS.keys()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_that_worked_out_by_hand(warehouse: Desk, name: str) -> None:
    assert warehouse.rows(QUESTIONS[name]) == ANSWERS[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_asks_and_what_misleads_in_both_languages(name: str) -> None:
    lines = [line for line in QUESTIONS[name].splitlines() if line.startswith("-- ")]
    assert lines[0].startswith("-- 问：")
    assert lines[1].startswith("-- Question: ")
    for beginning in ("-- 陷阱：", "-- Traps: "):
        assert any(line.startswith(beginning) for line in lines)
    assert tables_read(QUESTIONS[name], name)
    assert "ORDER BY" in QUESTIONS[name]
