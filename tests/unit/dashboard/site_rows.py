"""Rows of a small warehouse, written by hand: two bodies, two years, one of everything that can be wrong."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pipelines.dashboard.rows import Overview, Row, Rows

SCRIPT = '<script>alert("x")</script>'
HOSTILE = f"{SCRIPT}\"'&\u202e\u200f\x00" + "长" * 10_000
BODIES = ("110101", "<x>../../etc")


def body(body_id: str, **said: Any) -> Row:
    """Return a row of the bodies."""
    return {
        "body_id": body_id, "name": HOSTILE, "division": "110101", "division_name": "东城区", "province": "北京市",
        "level": "county", "kind": "government", "resolved": True, "first_year": 2018, "last_year": 2019,
    } | said  # fmt: skip


def covered(body_id: str, year: int, **said: Any) -> Row:
    """Return a row of the coverage."""
    return {
        "body_id": body_id, "time_period": year, "report_id": f"r{year}", "form": "format_2019",
        "expected_form": "stat_2014" if year < 2019 else "format_2019",
        "published_at": datetime.fromisoformat(f"{year + 1}-04-02"), "due": date(year + 1, 3, 31),
        "days_late": 2, "cells_asked": 200, "cells_filled": 199, "cells_unreadable": 1,
        "state": "read",
    } | said  # fmt: skip


def figure(report_id: str, indicator: str, value: Any, **said: Any) -> Row:
    """Return a row of the observations."""
    return {
        "report_id": report_id, "body_id": BODIES[0], "report_year": 2019, "time_period": 2019, "indicator": indicator,
        "breakdown": "total", "value": value, "unit": "件", "status": "reported" if value is not None else "unreadable",
        "source": "table", "form": "format_2019", "table": "t3", "label": HOSTILE, "printed": HOSTILE,
        "locator": f"table 1 row {len(indicator)} cell 2", "occurrence": 1, "bound": "exact", "precision": 1,
        "evidence": HOSTILE,
    } | said  # fmt: skip


def finding(rule: str, **said: Any) -> Row:
    """Return a row of the findings, broken unless it is said otherwise."""
    return {
        "finding_id": "f1", "rule": rule, "severity": "error", "verdict": "broken", "report_id": "r2019",
        "body_id": BODIES[0], "report_year": 2019, "time_period": 2019, "indicator": "requests.new",
        "breakdown": "total", "expected": "= 25", "found": "16", "message_zh": HOSTILE, "message_en": HOSTILE,
        "locators": ["table 1 row 12 cell 2", "elsewhere"], "body": HOSTILE, "forms": ["format_2019"], "path": HOSTILE,
        "report_before": None,
    } | said  # fmt: skip


def report(**said: Any) -> Row:
    """Return a row of the reports."""
    return {
        "report_id": "r2019", "sha256": "00", "title": HOSTILE, "body_id": BODIES[0], "report_year": 2019,
        "forms": ["format_2019"], "published_at": datetime.fromisoformat("2020-04-02"),
        "is_current": True, "coverage": "own",
        "due": date(2020, 3, 31), "days_late": 2, "cells_asked": 200, "cells_filled": 199, "cells_unreadable": 1,
        "paths": [HOSTILE],
    } | said  # fmt: skip


def channel(year: int, value: int | None, source: str, **said: Any) -> Row:
    """Return a row of what a source says of the website."""
    return {
        "body_id": BODIES[0], "indicator": "disclosure.via_website", "source": source, "time_period": year,
        "value": value if value is None else Decimal(value), "unit": "条", "status": "reported", "change": None,
        "growth_percent": None, "reason": "gap", "conflict": False, "report_id": "r2019", "breakdown": "total",
        "occurrence": 1,
    } | said  # fmt: skip


def point(year: int, value: int, **said: Any) -> Row:
    """Return a row of a series across forms."""
    return {
        "body_id": BODIES[0], "concept": "new_requests", "concept_zh": "新收", "concept_en": "new", "note_zh": "",
        "note_en": "", "time_period": year, "value": Decimal(value), "unit": "件", "comparability": "near",
        "is_break": False, "segment": 1, "report_id": "r2019", "previous_year": year - 1,
    } | said  # fmt: skip


def conflict(**said: Any) -> Row:
    """Return a row of the conflicts."""
    sides = {
        f"{side}_{name}": held
        for side, value in (("left", 403), ("right", 1011))
        for name, held in {
            "source": "table" if side == "left" else "series", "value": Decimal(value), "report_id": "r2019",
            "locator": "line 1", "occurrence": 1, "printed": HOSTILE,
        }.items()
    }  # fmt: skip
    return {
        "body_id": BODIES[0], "body_name": HOSTILE, "time_period": 2019, "indicator": "disclosure.via_website",
        "indicator_zh": "", "breakdown": "total", "unit": "条", "difference": Decimal(608), **sides,
    } | said  # fmt: skip


def revision(**said: Any) -> Row:
    """Return a row of the revisions."""
    sides = {
        f"{side}_{name}": held
        for side, value in (("earlier", 14), ("later", 15))
        for name, held in {"report_id": "r2019", "value": Decimal(value), "unit": "件", "status": "reported"}.items()
    }  # fmt: skip
    return {
        "body_id": BODIES[0], "body_name": HOSTILE, "time_period": 2019, "indicator": "requests.new",
        "breakdown": "total", "source": "table", "occurrence": 1, "kind": "version", "difference": Decimal(1), **sides,
    } | said  # fmt: skip


def place(year: int) -> Row:
    """Return a row of the cells to which points of a series lead."""
    return {
        "body_id": BODIES[0], "concept": "new_requests", "time_period": year, "indicator": "requests.new",
        "breakdown": "total", "source": "table", "occurrence": 1,
    }  # fmt: skip


def run(number: int, **said: Any) -> Row:
    """Return a row of the runs."""
    moment = datetime.fromisoformat(f"2026-11-{number:02d}T20:00:00")
    return {
        "run_id": f"run-{number:02d}", "started_at": moment, "finished_at": moment, "reader_version": "a",
        "build_version": "b", "files": 3, "reports": 2, "read": 2, "kept": 0, "quarantined": 1, "observations": 1234,
        "broken": 1, "cannot_tell": 1, "expectations_broken": 1, "published": True,
    } | said  # fmt: skip


def expectation(number: int, verdict: str = "broken", **said: Any) -> Row:
    """Return a row of the expectations."""
    return {
        "run_id": f"run-{number:02d}", "suite": "s", "expectation": "e", "table": "mart.yoy", "kind": "k",
        "severity": "warning", "verdict": verdict, "evaluated": 10, "failed": 1, "observed": HOSTILE,
        "reason_zh": "理由", "reason_en": "reason", "failing_sql": "SELECT 1",
    } | said  # fmt: skip


def rule_run(number: int, rule: str, broken: int, **said: Any) -> Row:
    """Return a row of how a rule answered in a run."""
    return {
        "run_id": f"run-{number:02d}", "rule": rule, "severity": "error", "holds": 9, "broken": broken,
        "cannot_tell": 2, "reports": broken,
    } | said  # fmt: skip


def since(kind: str, name: str, number: int, *, at_latest: bool = False) -> Row:
    """Return a row of the builds since which a check is broken."""
    moment = datetime.fromisoformat(f"2026-11-{number:02d}T20:00:00")
    return {
        "kind": kind, "id": name, "run_id": f"run-{number:02d}", "finished_at": moment, "at_latest": at_latest
    }  # fmt: skip


FIGURES: Row = {
    "rules_asked": 3, "rules_passed": 1, "answers": 40, "answers_hold": 30, "answers_open": 5, "bodies": 2,
    "reports": 2, "first_year": 2018, "last_year": 2019, "conflicts": 1, "not_published": 1, "not_collected": 0,
    "cells_filled": 398, "cells_asked": 400, "cells_unreadable": 1,
}  # fmt: skip


def cells() -> Rows:
    """Return the figures of the one report that has any, those of other places among them."""
    values = {"requests.new": 15, "requests.carried_in": 1, "results.total": 24, "requests.carried_out": None}
    website = {"indicator": "disclosure.via_website", "form": "stat_2014"}
    elsewhere = (
        figure("r2019", **website, value=Decimal(403), locator="line 1"),
        figure("r2019", **website, value=Decimal(1011), locator="line 1", source="series"),
        figure("r2019", **website, value=Decimal(850), locator="line 2", source="series", time_period=2018),
    )
    return (*(figure("r2019", name, value) for name, value in values.items()), *elsewhere)


def overview(**said: Any) -> Overview:
    """Return the rows of the pages about the whole warehouse."""
    example = finding("t3_balance.total") | {
        "locator": "line 4", "label": HOSTILE, "printed": HOSTILE, "value": Decimal(15), "unit": "件",
        "status": "reported", "source": "table", "occurrence": 1, "cell_period": 2019,
    }  # fmt: skip
    checks = (
        {"rule": "t3_balance.total", "severity": "error", "holds": 9, "broken": 1, "cannot_tell": 2, "answers": 12,
         "since_year": 2019},
        {"rule": "source-conflict", "severity": "warning", "holds": 0, "broken": 3, "cannot_tell": 0, "answers": 3,
         "since_year": 2018},
        {"rule": "report-year", "severity": "warning", "holds": 3, "broken": 0, "cannot_tell": 0, "answers": 3,
         "since_year": None},
    )  # fmt: skip
    names = ("t3_balance.total", "source-conflict", "report-year")
    found: dict[str, Any] = {
        "key_figures": FIGURES,
        "key_figures_before": FIGURES | {"conflicts": 3, "cells_filled": 396},
        "run": (run(14), run(13), run(12)),
        "check": checks,
        "example": (example,),
        "expectation": (expectation(14), expectation(13), expectation(12, "holds")),
        "rule_run": (
            rule_run(14, "source-conflict", 3, holds=0), rule_run(14, "t3_balance.total", 1),
            rule_run(13, "t3_balance.total", 4), rule_run(12, "report-year", 0),
        ),
        "broken_since": (since("rule", "t3_balance.total", 13), since("expectation", "s.e", 13),
                         since("rule", "source-conflict", 14)),
        "failing_row": ({"suite": "s", "expectation": "e", "position": 1, "row": '{"a": "<b>", "c": null}'},),
        "punctuality": ({"time_period": 2019, "read": 2, "dated": 2, "in_time": 1, "late": 1, "latest": 2,
                         "not_published": 1, "not_collected": 0, "due": [date(2020, 3, 31)]},),
        "late": ({"body_id": BODIES[0], "body_name": HOSTILE, "time_period": 2019, "report_id": "r2019",
                  "published_on": date(2020, 4, 2), "due": date(2020, 3, 31), "days_late": 2},),
        "overdue": ({"body_id": BODIES[1], "name": HOSTILE, "report_year": 2020, "due": date(2021, 3, 31)},),
        "coverage": (
            covered(BODIES[0], 2018, state="not_published", report_id=None, cells_asked=None, cells_filled=None),
            covered(BODIES[0], 2019),
            covered(BODIES[1], 2018, state="not_collected", report_id=None, cells_asked=None, cells_filled=None),
            covered(BODIES[1], 2019, state="not_applicable", report_id=None, cells_asked=None, cells_filled=None),
        ),
        "body": tuple(map(body, BODIES)),
        "conflict": (conflict(),),
        "revision": (revision(),),
        "jump": ({"body_id": BODIES[0], "body_name": HOSTILE, "concept": "new_requests", "concept_zh": "新收",
                  "concept_en": "new", "time_period": 2019, "form": "format_2019", "before": Decimal(4),
                  "after": Decimal(400), "unit": "件", "own_score": None, "peer_score": Decimal("9.5"),
                  "expected_low": Decimal(1), "expected_high": Decimal(9), "culprit": "reading",
                  "report_id": "r2019"},),
        "rule": tuple({"rule": name, "severity": "error", "zh": name, "en": name, "reason_zh": HOSTILE,
                       "reason": HOSTILE} for name in names),
        "dictionary": tuple({"kind": kind, "name": f"{kind}.a", "zh": HOSTILE, "en": "meaning", "note_zh": HOSTILE,
                             "note_en": "remark", "unit": "件", "used_in": [HOSTILE]} for kind in ("table", "word")),
        "quarantine": ({"path": HOSTILE, "reason": "r", "detail": "d", "message_zh": HOSTILE, "message_en": "m"},),
        "broken_sum": (finding("t3_balance.total"), finding("source-conflict")),
        "cells": cells(),
        "jump_place": (place(2019),),
        "release": None,
    }  # fmt: skip
    return Overview(**found | said)


def ask(question: str, parameters: Any) -> Rows:
    """Answer what is asked about some bodies; only the first has a report."""
    if BODIES[0] not in parameters["bodies"]:
        return ()
    return {
        "report_of_bodies": (report(),),
        "observation_of_bodies": cells(),
        "finding_of_bodies": (finding("t3_balance.total"), finding("report-year", verdict="cannot_tell")),
        "channel_of_bodies": (channel(2018, 850, "series"), channel(2019, 1011, "series"), channel(2019, 403, "table")),
        "series_of_bodies": (point(2018, 4), point(2019, 15, segment=2, comparability="none", is_break=True)),
        "place_of_bodies": (place(2019),),
        "conflict_of_bodies": (conflict(),),
    }[question]
