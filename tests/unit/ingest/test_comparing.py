"""Two builds beside each other, against differences found by hand."""

import json
import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.display.comparison import comparison_json
from pipelines.ingest.comparing import compare, compare_builds, warehouse_file
from pipelines.model.comparison import Comparison, Section
from pipelines.registry.comparison import declared_sections
from pipelines.registry.problems import Problem
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.pair import open_pair
from pipelines.warehouse.query import NoWarehouseError
from tests.unit.ingest.builds import EVERYTHING, Builds, Fill, Row, picked
from tests.unit.sql.desk import Desk


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path)


def nothing(_: Desk) -> None:
    """Leave a warehouse empty."""


def rows(table: str, *added: Row) -> Fill:
    return lambda desk: desk.put(table, added)


def both(*fills: Fill) -> Fill:
    def fill(desk: Desk) -> None:
        for each in fills:
            each(desk)

    return fill


def report(report_id: str = "r", **said: Any) -> Row:
    row = {"report_id": report_id, "body_id": "b", "body": "某县", "report_year": 2020, "coverage": "unknown"}
    return row | {"forms": ["stat_2014"], "reader_version": "1", "observations": 1, "is_current": True} | said


def figure(indicator: str = "requests.new", value: float | None = 1, **said: Any) -> Row:
    cell = {"indicator": indicator, "breakdown": "total", "value": value, "unit": "件", "occurrence": 1}
    place = {"report_id": "r", "body_id": "b", "report_year": 2020, "time_period": 2020, "source": "table"}
    return cell | place | {"status": "reported", "bound": "exact"} | said


def finding(rule: str, **said: Any) -> Row:
    row = {"rule": rule, "severity": "error", "verdict": "broken", "report_id": "r", "body_id": "b"}
    return row | {"indicator": "", "breakdown": "total", "finding_id": rule} | said


def section(comparison: Comparison, name: str) -> Section:
    return next(each for each in comparison.sections if each.name == name)


def differing(comparison: Comparison) -> dict[str, dict[str, int]]:
    return {each.name: dict(each.kinds) for each in comparison.sections if each.total}


def test_every_select_is_a_section_and_the_other_way_round() -> None:
    assert {name.removeprefix("diff.") for name in statements("diff")} == {*declared_sections(), "known_report"} - {
        "schema"
    }
    for statement in (*statements("diff").values(), *statements("macro").values()):
        assert statement.text.startswith("-- One row"), statement.name


def test_a_warehouse_does_not_differ_from_itself_or_its_copy(builds: Builds, tmp_path: Path) -> None:
    path = builds.make("one", rows("core.report", report()), rows("core.observation", figure()))
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(path.read_bytes())
    for other in (path, copy):
        found = compare(path, other, EVERYTHING)
        assert (found.different, found.complete, differing(found)) == (False, True, {})


def test_reports_that_came_went_are_read_again_or_taken_for_another(builds: Builds) -> None:
    old = rows(
        "core.report",
        report("gone", body="甲县", observations=9),
        report("again"),
        report("again_more"),
        report("moved", body_id="b", observations=3),
        report("same"),
    )
    new = rows(
        "core.report",
        report("again", reader_version="2"),
        report("again_more", reader_version="2", observations=5),
        report("moved", body_id="c", reader_version="2", observations=3),
        report("same"),
        report("came", observations=4),
    )
    columns = "kind report_id old_body_id new_body_id old_observations new_observations"
    assert builds.rows("report", columns, old, new) == [
        ("gone", "gone", "b", None, 9, None),
        ("taken_for", "moved", "b", "c", 3, 3),
        ("came", "came", None, "b", None, 4),
        ("read_again", "again_more", "b", "b", 1, 5),
        ("read_again", "again", "b", "b", 1, 1),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"body_id": "c"},
        {"report_year": 2019},
        {"coverage": "own"},
        {"forms": ["format_2019"]},
        {"published_at": datetime(2021, 1, 5)},  # noqa: DTZ001 - as printed, without a zone
    ],
)
def test_whatever_a_report_is_taken_for_is_told(builds: Builds, said: Row) -> None:
    found = builds.compare(rows("core.report", report()), rows("core.report", report(**said)))
    assert differing(found) == {"report": {"taken_for": 1}}


def test_a_report_is_shown_with_its_body_and_the_first_name_of_its_file(builds: Builds) -> None:
    old = both(
        rows("core.report", report(body="", body_name="印名")), rows("core.file", {"path": "b", "report_id": "r"})
    )
    new = rows("core.file", {"path": "a", "report_id": "r"}, {"path": "x", "report_id": "other"})
    assert builds.rows("report", "kind body path", old, new) == [("gone", "印名", "a")]


FIGURES: list[tuple[str, Row | None, Row | None]] = [
    ("value", figure(value=403), figure(value=4030)),
    ("unit", figure("fees", value=5, unit="元"), figure("fees", value=5, unit="万元")),
    ("gone", figure("gone", value=7), None),
    ("unreadable", figure("a", value=7), figure("a", value=None, status="unreadable")),
    ("unreadable", figure("b", value=None, status="blank"), figure("b", value=None, status="unreadable")),
    ("lost", figure("lost", value=7), figure("lost", value=None, status="blank")),
    ("came", None, figure("came", value=7)),
    ("readable", figure("c", value=None, status="unreadable"), figure("c", value=7)),
    ("found", figure("found", value=None, status="blank"), figure("found", value=0, status="blank_as_zero")),
    ("basis", figure("d", value=0, status="stated_zero"), figure("d", value=0, status="reported")),
    ("basis", figure("e", value=9), figure("e", value=9, bound="about")),
    ("basis", figure("f", None, status="unreadable"), figure("f", None, status="unreadable", bound="about")),
]


def test_figures_of_the_same_bytes_that_are_read_otherwise(builds: Builds) -> None:
    """Four thousand for four hundred is ln 10 = 2.303, and so is a figure on one side only; a headline counts twice."""
    same = figure("same", value=5)
    old = both(rows("core.report", report()), rows("core.observation", same, *(o for _, o, _ in FIGURES if o)))
    new = both(rows("core.report", report()), rows("core.observation", same, *(n for _, _, n in FIGURES if n)))
    assert builds.rows("figure", "rank kind indicator old_value new_value score relative_percent", old, new) == [
        (1, "value", "requests.new", 403, 4030, 4.605, 900),
        (2, "unit", "fees", 5, 5, 2.303, 0),
        (3, "gone", "gone", 7, None, 2.303, None),
        (4, "unreadable", "a", 7, None, 2.303, None),
        (5, "unreadable", "b", None, None, 0, None),
        (6, "lost", "lost", 7, None, 2.303, None),
        (7, "came", "came", None, 7, 2.303, None),
        (8, "readable", "c", None, 7, 2.303, None),
        (9, "found", "found", None, 0, 2.303, None),
        (10, "basis", "d", 0, 0, 0, None),
        (11, "basis", "e", 9, 9, 0, 0),
        (12, "basis", "f", None, None, 0, None),
    ]


def test_values_are_ranked_by_surprise_and_the_key_decides_between_equals(builds: Builds) -> None:
    values = {"a": (100, 110), "b": (100, 110), "c": (100, 1200), "d": (0, 3), "requests.new": (100, 110), "e": (-2, 2)}
    old, new = (
        both(rows("core.report", report()), rows("core.observation", *(figure(k, v[n]) for k, v in values.items())))
        for n in (0, 1)
    )
    assert builds.rows("figure", "indicator score", old, new) == [
        ("e", 2.887),
        ("c", 2.485),
        ("d", 1.818),
        ("requests.new", 0.191),
        ("a", 0.095),
        ("b", 0.095),
    ]


def test_figures_of_a_report_in_one_warehouse_are_told_by_the_report_alone(builds: Builds) -> None:
    found = builds.compare(nothing, both(rows("core.report", report()), rows("core.observation", figure())))
    assert differing(found) == {"report": {"came": 1}}


def test_another_body_does_not_make_other_figures(builds: Builds) -> None:
    old = both(rows("core.report", report()), rows("core.observation", figure()))
    new = both(rows("core.report", report(body_id="c")), rows("core.observation", figure(body_id="c")))
    assert differing(builds.compare(old, new)) == {"report": {"taken_for": 1}}


def test_another_current_version_changes_the_figures_of_the_year(builds: Builds) -> None:
    texts = {name: figure("text.category_items", 3, report_id=name, occurrence=2) for name in "ab"}
    first = rows(
        "core.observation",
        *(figure(name, value, report_id="a") for name, value in (("requests.new", 10), ("x", 1), ("y", 2), ("z", 3))),
        texts["a"] | {"value": 5},
    )
    second = rows(
        "core.observation",
        *(
            figure(name, value, report_id="b")
            for name, value in (("requests.new", 20), ("x", 1), ("y", None), ("w", 0))
        ),
        texts["b"],
    )
    reports = [report("a"), report("b", is_current=False)]
    turned = [row | {"is_current": not row["is_current"]} for row in reports]
    old, new = (both(rows("core.report", *each), first, second) for each in (reports, turned))
    found = builds.compare(old, new)
    assert differing(found) == {
        "version": {"replaced": 1},
        "current_figure": {"value": 1, "gone": 1, "lost": 1, "came": 1},
    }
    assert picked(found, "version", "kind body report_year old_report_id new_report_id") == [
        ("replaced", "某县", 2020, "a", "b")
    ]
    assert picked(found, "current_figure", "kind indicator old_value new_value score old_report_id new_report_id") == [
        ("came", "w", None, 0, 2.303, "a", "b"),
        ("lost", "y", 2, None, 2.303, "a", "b"),
        ("gone", "z", 3, None, 2.303, "a", "b"),
        ("value", "requests.new", 10, 20, 1.383, "a", "b"),
    ]


def test_files_in_quarantine(builds: Builds) -> None:
    def aside(*named: str) -> Fill:
        return rows("core.quarantine", *({"path": n[0], "reason": n[1:] or "scan"} for n in named))

    def files(**read: str | None) -> Fill:
        return rows("core.file", *({"path": path, "report_id": report_id} for path, report_id in read.items()))

    old = both(aside("k", "m", "l", "rscan"), files(f="1", k=None, m=None, l=None, r=None))
    new = both(aside("k", "f", "a", "rencrypted"), files(f=None, k=None, m="2", a=None, r=None))
    assert builds.rows("quarantine", "kind path old_reason new_reason", old, new) == [
        ("fell", "f", None, "scan"),
        ("aside", "a", None, "scan"),
        ("reason", "r", "scan", "encrypted"),
        ("left", "l", "scan", None),
        ("mended", "m", "scan", None),
    ]


def test_findings_that_are_new_or_gone_errors_first(builds: Builds) -> None:
    old = both(
        rows("core.report", report(), report("went")),
        rows(
            "quality.finding",
            finding("stays", locators=["line 1"], message_zh="旧文"),
            finding("ends", severity="info"),
            finding("holds", verdict="holds"),
            finding("thrice", severity="warning"),
            finding("went", report_id="went"),
            finding("sum", verdict="cannot_tell"),
        ),
    )
    new = both(
        rows("core.report", report(), report("come")),
        rows(
            "quality.finding",
            finding("stays", locators=["line 2"], message_zh="新文"),
            *(finding("thrice", severity="warning", finding_id=f"f{n}") for n in range(3)),
            finding("come", report_id="come"),
            finding("sum", verdict="broken"),
            finding("of none", report_id=None, severity="warning"),
        ),
    )
    assert builds.rows("finding", "kind severity verdict rule old_count new_count body", old, new) == [
        ("new", "error", "broken", "sum", 0, 1, "某县"),
        ("gone", "error", "cannot_tell", "sum", 1, 0, "某县"),
        ("new_with_report", "error", "broken", "come", 0, 1, "某县"),
        ("gone_with_report", "error", "broken", "went", 1, 0, "某县"),
        ("new", "warning", "broken", "of none", 0, 1, None),
        ("new", "warning", "broken", "thrice", 1, 3, "某县"),
        ("gone", "info", "broken", "ends", 1, 0, "某县"),
    ]


def test_answers_are_counted_by_rule(builds: Builds) -> None:
    verdicts = {"b": "broken", "c": "cannot_tell", "h": "holds"}

    def answered(info: str = "", **said: str) -> Fill:
        found = (finding(rule, verdict=verdicts[each]) for rule, letters in said.items() for each in letters)
        mild = (finding("mild", verdict=verdicts[each], severity="info") for each in info)
        return rows("quality.finding", *found, *mild)

    old = answered(a="bbh", b="b", c="h", e="bch", f="b", info="b")
    new = answered(a="bhh", b="bbb", c="c", e="hbc", f="bbbb")
    columns = "kind rule old_broken new_broken old_cannot_tell new_cannot_tell old_holds new_holds"
    assert builds.rows("rule", columns, old, new) == [
        ("more", "f", 1, 4, 0, 0, 0, 0),
        ("more", "b", 1, 3, 0, 0, 0, 0),
        ("fewer", "a", 2, 1, 0, 0, 1, 2),
        ("other", "c", 0, 0, 0, 1, 1, 0),
        ("fewer", "mild", 1, 0, 0, 0, 0, 0),
    ]


def point(concept: str, value: float | None, year: int = 2020, **said: Any) -> Row:
    return {
        "body_id": "b",
        "body_name": "某县",
        "concept": concept,
        "time_period": year,
        "value": value,
        "unit": "件",
        "form": "f",
        "segment": 1,
    } | said


def test_points_of_series_are_ranked_by_surprise_and_bodies_by_their_sum(builds: Builds) -> None:
    old = rows(
        "mart.series",
        point("same", 1),
        point("new_requests", 100),
        point("few", 100),
        point("lost", 3),
        point("gone", None),
        point("joined", 4, comparability="none", segment=2),
        point("parted", 4),
        point("few", 10, body_id="c"),
    )
    new = rows(
        "mart.series",
        point("same", 1),
        point("new_requests", 110),
        point("few", 110),
        point("lost", None),
        point("joined", 4, comparability="full"),
        point("parted", 4, segment=2),
        point("few", 1000, 2021),
        point("few", 1000, body_id="c"),
    )
    found = builds.compare(old, new)
    assert picked(found, "series", "kind body_id concept time_period old_value new_value score relative_percent") == [
        ("value", "c", "few", 2020, 10, 1000, 4.603, 9900),
        ("came", "b", "few", 2021, None, 1000, 2.303, None),
        ("lost", "b", "lost", 2020, 3, None, 2.303, None),
        ("value", "b", "new_requests", 2020, 100, 110, 0.191, 10),
        ("value", "b", "few", 2020, 100, 110, 0.095, 10),
        ("gone", "b", "gone", 2020, None, None, 0, None),
        ("basis", "b", "joined", 2020, 4, 4, 0, 0),
        ("basis", "b", "parted", 2020, 4, 4, 0, 0),
    ]
    columns = "body_id score points changed_values gone_values new_values first_year last_year"
    assert picked(found, "body", columns) == [
        ("b", 4.892, 7, 2, 2, 1, 2020, 2021),
        ("c", 4.603, 1, 1, 0, 0, 2020, 2020),
    ]


def test_growth_that_differs(builds: Builds) -> None:
    def years(**growth: float | None) -> Fill:
        cell = {"body_id": "b", "breakdown": "total", "source": "table", "time_period": 2020}
        return rows("mart.yoy", *(cell | {"indicator": k, "growth_percent": v} for k, v in growth.items()))

    old, new = years(a=5, b=5, c=None, d=1, e=None), years(a=5, b=50, c=7, e=None, f=None)
    assert builds.rows("growth", "kind indicator old_growth_percent new_growth_percent score", old, new) == [
        ("found", "c", None, 7, 2.303),
        ("gone", "d", 1, None, 2.303),
        ("value", "b", 5, 50, 2.293),
    ]


def test_lines_of_rosters(builds: Builds) -> None:
    def lines(*said: tuple[int, str]) -> Fill:
        put = rows("core.roster", *({"report_id": "r", "position": n, "name": name} for n, name in said))
        return both(rows("core.report", report()), put)

    old, new = lines((1, "甲局"), (2, "乙局"), (3, "丙局")), lines((1, "甲局"), (2, "乙委"), (4, "丁局"))
    assert builds.rows("roster", "kind position old_name new_name", old, new) == [
        ("changed", 2, "乙局", "乙委"),
        ("gone", 3, "丙局", None),
        ("came", 4, None, "丁局"),
    ]


def test_the_last_runs_and_their_expectations(builds: Builds) -> None:
    def run(run_id: str, verdicts: dict[str, str], **said: Any) -> Fill:
        asked = ({"run_id": run_id, "suite": "s", "expectation": k, "verdict": v} for k, v in verdicts.items())
        critical = ({"severity": "critical"} | row for row in asked)
        row = {"run_id": run_id, "files": 1, "reader_version": "x", "build_version": "", "published": True}
        return both(rows("quality.run", row | said), rows("quality.expectation", *critical))

    old = both(run("1", {"w": "broken"}, files=7), run("2", {"w": "holds", "b": "broken", "k": "holds", "g": "holds"}))
    said = {"w": "cannot_tell", "b": "holds", "k": "holds", "c": "broken"}
    new = both(run("3", said, files=2, reader_version="y", build_version="z", published=False))
    found = builds.compare(old, new)
    assert picked(found, "expectation", "kind expectation old_verdict new_verdict") == [
        ("worse", "w", "holds", "cannot_tell"),
        ("gone", "g", "holds", None),
        ("came", "c", None, "broken"),
        ("better", "b", "broken", "holds"),
    ]
    assert picked(found, "count", "kind measure old_amount new_amount") == [
        ("gate", "published", "true", "false"),
        ("reader", "reader_version", "x", "y"),
        ("builder", "build_version", "", "z"),
        ("count", "files", "1", "2"),
    ]


def test_declared_facts(builds: Builds) -> None:
    def rules(**en: str) -> Fill:
        return rows("quality.rule", *({"rule": name, "en": text} for name, text in en.items()))

    new = both(rules(a="1", b="3", d="1"), rows("core.division", {"code": "1", "name": "甲"}))
    assert builds.rows("declaration", "kind table entry", rules(a="1", b="2", c="1"), new) == [
        ("gone", "quality.rule", "c"),
        ("changed", "quality.rule", "b"),
        ("came", "core.division", "1 甲"),
        ("came", "quality.rule", "d"),
    ]


def test_what_only_one_has_is_told_and_compared_no_further(builds: Builds) -> None:
    filled = both(
        rows("core.report", report(encoding="gbk")),
        rows("core.observation", figure(bound="about")),
        rows("mart.series", point("x", 1)),
        rows("quality.finding", finding("f")),
    )
    sql = (
        "DROP TABLE mart.series; ALTER TABLE core.observation DROP bound; ALTER TABLE quality.finding DROP finding_id;"
        "ALTER TABLE core.report ALTER size TYPE INTEGER; CREATE TABLE mart.other (x INTEGER)"
    )
    found = compare(builds.make("old", filled), builds.make("new", filled, sql=sql), EVERYTHING)
    assert (found.different, found.complete) == (True, False)
    assert differing(found) == {"schema": {"only_old": 3, "only_new": 1, "type": 1}}
    assert picked(found, "schema", "kind table column old_type new_type") == [
        ("only_old", "core.observation", "bound", "VARCHAR", None),
        ("only_old", "mart.series", "", "", None),
        ("only_old", "quality.finding", "finding_id", "VARCHAR", None),
        ("only_new", "mart.other", "", None, ""),
        ("type", "core.report", "size", "BIGINT", "INTEGER"),
    ]
    assert {each.name: each.not_compared for each in found.sections if each.not_compared} == {
        "figure": ("core.observation.bound",),
        "current_figure": ("core.observation.bound",),
        "finding": ("quality.finding",),
        "rule": ("quality.finding",),
        "series": ("mart.series",),
    }


def test_a_column_of_another_type_in_both_is_not_compared(builds: Builds) -> None:
    filled, sql = rows("mart.series", point("x", 1)), "ALTER TABLE mart.series ALTER value TYPE VARCHAR"
    found = compare(builds.make("old", filled, sql=sql), builds.make("new", filled, sql=sql), EVERYTHING)
    assert (found.different, section(found, "series").not_compared) == (False, ("mart.series.value",))


def test_a_faulty_query_is_no_faulty_file(builds: Builds) -> None:
    path = builds.make("one")
    with pytest.raises(duckdb.BinderException), open_pair(path, path) as pair:
        pair.connection.execute("SELECT no_such_column FROM old.core.report")


@pytest.mark.parametrize(
    ("sql", "name", "says"),
    [
        ("DROP TABLE core.file", "warehouse-lacks", "core.file.path"),
        ("ALTER TABLE core.observation DROP value", "warehouse-lacks", "core.observation.value"),
        ("ALTER TABLE core.observation ALTER value TYPE DOUBLE", "warehouse-types-differ", "core.observation"),
    ],
)
def test_without_what_every_comparison_needs_there_is_none(builds: Builds, sql: str, name: str, says: str) -> None:
    whole, other = builds.make("whole"), builds.make("other", sql=sql)
    for old, new in ((whole, other), (other, whole)):
        with pytest.raises(Problem) as told:
            compare(old, new, EVERYTHING)
        assert (told.value.name, told.value.seen) == (name, {"found": says})


def test_what_is_no_warehouse_is_refused(builds: Builds, tmp_path: Path) -> None:
    whole, text, empty = builds.make("whole"), tmp_path / "text.duckdb", tmp_path / "empty.duckdb"
    text.write_text("no database", encoding="utf-8")
    duckdb.connect(str(empty)).close()
    for file, name in ((text, "warehouse-not-readable"), (empty, "warehouse-lacks")):
        with pytest.raises(Problem) as told:
            compare(whole, file, EVERYTHING)
        assert (told.value.name, told.value.where) == (name, str(file))


def test_a_file_that_breaks_off_is_refused(builds: Builds, tmp_path: Path) -> None:
    whole = builds.make("whole", rows("core.report", report()))
    with duckdb.connect(str(whole)) as connection:
        connection.execute(
            "INSERT INTO core.observation (report_id, occurrence, printed, status, indicator)"
            " SELECT md5(n::VARCHAR), n, md5((n + 1)::VARCHAR), 'reported', 'x' FROM range(50000) AS r(n)"
        )
    cut = tmp_path / "cut.duckdb"
    data = bytearray(whole.read_bytes())
    data[len(data) // 3 : 2 * len(data) // 3] = bytes(2 * len(data) // 3 - len(data) // 3)
    cut.write_bytes(data)
    with pytest.raises(Problem) as told:
        compare(whole, cut, EVERYTHING)
    assert told.value.name == "warehouse-not-readable"


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_rows_are_bounded_and_totals_are_not(builds: Builds, limit: int) -> None:
    new = rows("core.report", *(report(f"r{n}", observations=n) for n in range(3)))
    found = section(builds.compare(nothing, new, limit), "report")
    assert (found.total, found.kinds) == (3, {"came": 3})
    assert [row["report_id"] for row in found.rows] == ["r2", "r1", "r0"][:limit]


def test_both_files_are_left_as_they_are(builds: Builds, tmp_path: Path) -> None:
    old, new = builds.make("old"), builds.make("new", rows("core.report", report()))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    for path in (old, new):
        path.chmod(0o444)
    compare(old, new, EVERYTHING)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_a_warehouse_is_named_by_its_file_its_folder_or_its_project(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "warehouse"
    folder.mkdir(parents=True)
    file = folder / "warehouse.duckdb"
    for named in (file, folder, tmp_path):
        with pytest.raises(Problem) as told:
            warehouse_file(named)
        assert (told.value.name, told.value.where) == ("no-warehouse-here", str(named))
    file.touch()
    assert {warehouse_file(named) for named in (file, folder, tmp_path)} == {file}


def test_the_new_one_is_the_published_one_unless_named(builds: Builds, tmp_path: Path) -> None:
    home = Settings(home=tmp_path, raw=tmp_path, warehouse=tmp_path, expectations=tmp_path)
    old = builds.make("old", rows("core.report", report()))
    with pytest.raises(NoWarehouseError):
        compare_builds(home, old, None, EVERYTHING)
    published = builds.make("warehouse")
    assert compare_builds(home, old, None, EVERYTHING) == compare_builds(home, old, published, EVERYTHING)


MIRRORED = {
    "came": "gone",
    "lost": "found",
    "unreadable": "readable",
    "fell": "mended",
    "aside": "left",
    "more": "fewer",
    "only_old": "only_new",
    "worse": "better",
    "new_with_report": "gone_with_report",
    "new": "gone",
}
BACK = {other: kind for kind, other in MIRRORED.items() if kind != "new"}
SIDED = {"rank", "path", "body", "body_id", "relative_percent", "locators", "message_zh", "message_en"}


def mirrored(found: Section) -> Counter[str]:
    """Return the rows of a section with both sides exchanged."""
    return Counter(json.dumps(_exchanged(found.name, dict(row)), default=str, sort_keys=True) for row in found.rows)


def _exchanged(name: str, row: Row) -> Row:
    swap = {"gone_values": "new_values", "new_values": "gone_values"}
    kinds = MIRRORED | BACK | ({"gone": "new"} if name == "finding" else {})
    other = {key: key.replace("old_", "x_").replace("new_", "old_").replace("x_", "new_") for key in row}
    named = {swap.get(key, other[key]): value for key, value in row.items() if key not in SIDED}
    return named | {"kind": kinds.get(row["kind"], row["kind"])}


def plainly(found: Section) -> Counter[str]:
    kept = ({key: value for key, value in row.items() if key not in SIDED} for row in found.rows)
    return Counter(json.dumps(row, default=str, sort_keys=True) for row in kept)


def drawn(seed: int) -> tuple[Fill, Fill]:
    """Return two warehouses that share much: rows drawn for each from one small world."""
    chance = random.Random(seed)
    statuses = ("reported", "blank", "unreadable")

    def world() -> Fill:
        reports = [
            report(name, body_id=chance.choice("bc"), is_current=name == current, reader_version=chance.choice("12"))
            for current in [chance.choice("pqr")]
            for name in "pqrs"
            if chance.random() < 0.8
        ]
        figures = [
            figure(
                name,
                None if status != "reported" else chance.choice([0, 1, 403, -7, 4030]),
                report_id=owner["report_id"],
            )
            | {"status": status, "unit": chance.choice(["件", "条"])}
            for owner in reports
            for name in ("requests.new", "x", "text.category_items")
            if chance.random() < 0.8
            for status in [chance.choice(statuses)]
        ]
        verdicts = [
            finding(rule, verdict=chance.choice(["broken", "holds", "cannot_tell"]), report_id=owner["report_id"])
            for owner in reports
            for rule in "fg"
            for _ in range(chance.randrange(3))
        ]
        points = [
            point(concept, chance.choice([None, 1, 10, 100]), year)
            for concept in ("new_requests", "few")
            for year in (2020, 2021)
            if chance.random() < 0.7
        ]
        aside = [{"path": path, "reason": chance.choice(["scan", "lock"])} for path in "uvw" if chance.random() < 0.5]
        files = [{"path": path, "report_id": chance.choice(["p", None])} for path in "uvw"]
        files = [
            file for file in files if file["report_id"] is None or file["path"] not in {row["path"] for row in aside}
        ]
        runs = [{"run_id": "1", "files": chance.randrange(3), "published": chance.random() < 0.5}]
        asked = [
            {"run_id": "1", "suite": "s", "expectation": name, "verdict": chance.choice(["broken", "holds"])}
            for name in "mn"
        ]
        return both(
            rows("core.report", *reports),
            rows("core.observation", *figures),
            rows("quality.finding", *verdicts),
            rows("mart.series", *points),
            rows("core.quarantine", *aside),
            rows("core.file", *files),
            rows("quality.run", *runs),
            rows("quality.expectation", *asked),
        )

    return world(), world()


@pytest.mark.parametrize("seed", range(12))
def test_a_comparison_the_other_way_round_is_its_mirror(builds: Builds, seed: int) -> None:
    old, new = (builds.make(name, fill) for name, fill in zip(("old", "new"), drawn(seed), strict=True))
    there, back = compare(old, new, EVERYTHING), compare(new, old, EVERYTHING)
    assert there.different
    assert {each.name: mirrored(each) for each in there.sections} == {
        each.name: plainly(each) for each in back.sections
    }
    for file in (old, new):
        assert differing(compare(file, file, EVERYTHING)) == {}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_in_a_file_changes_no_byte(builds: Builds, tmp_path: Path, seed: int) -> None:
    old, new = (builds.make(name, fill) for name, fill in zip(("old", "new"), drawn(seed), strict=True))
    first = json.dumps(comparison_json(compare(old, new, EVERYTHING)))
    with duckdb.connect(str(new)) as connection:
        for name in ("core.report", "core.observation", "quality.finding", "mart.series"):
            connection.execute(f"CREATE TEMP TABLE turned AS FROM {name} ORDER BY hash(COLUMNS(*))")
            connection.execute(f"DELETE FROM {name}; INSERT INTO {name} FROM turned; DROP TABLE turned")
    assert json.dumps(comparison_json(compare(old, new, EVERYTHING))) == first
    assert not list(tmp_path.glob("*.wal"))
