"""The job on the real report, through the command, as a user runs it."""

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.registry.tables import tables
from tests.integration.conftest import REPORT, Home

NewHome = Callable[[str], Home]


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_website_weibo_is_what_the_annex_prints(built: Home) -> None:
    found = rows(
        built,
        "SELECT time_period, website, website_change, website_growth_percent, weibo, weibo_change,"
        " weibo_growth_percent, conflict, source FROM mart.website_weibo WHERE body_id = '230804' ORDER BY 1",
    )
    number = Decimal
    assert found == [
        (2015, number(930), None, None, number(116), None, None, False, "series"),
        (2016, number(850), number(-80), number("-8.60"), number(147), number(31), number("26.72"), False, "series"),
        (2017, number(1011), number(161), number("18.94"), number(206), number(59), number("40.14"), True, "series"),
    ]


def test_conflicts_name_both_places(built: Home) -> None:
    found = rows(
        built,
        "SELECT indicator, left_source, left_value, left_locator, right_source, right_value, right_locator"
        " FROM mart.conflict ORDER BY ALL",
    )
    assert found == [
        ("disclosure.via_website", "series", 1011, "line 768", "narrative", 403, "line 18"),
        ("disclosure.via_website", "table", 403, "line 101", "series", 1011, "line 768"),
        ("disclosure.via_weibo", "table", 107, "line 105", "series", 206, "line 770"),
    ]


def test_mart_conflict_and_findings_agree(built: Home) -> None:
    conflicts = rows(built, "SELECT left_locator, right_locator FROM mart.conflict ORDER BY ALL")
    findings = rows(
        built,
        "SELECT locators[1], locators[2] FROM quality.finding"
        " WHERE rule = 'source-conflict' AND verdict = 'broken' ORDER BY ALL",
    )
    assert conflicts == findings


def test_yoy_gives_growth_or_the_reason(built: Home) -> None:
    found = rows(built, "SELECT DISTINCT reason FROM mart.yoy WHERE source = 'table' ORDER BY 1")
    assert found == [("blank",), ("first_year",)]
    assert rows(built, "SELECT count(*) FROM mart.yoy WHERE source = 'series' AND growth_percent IS NOT NULL") == [(4,)]


def test_wide_marts(built: Home) -> None:
    assert rows(
        built,
        "SELECT items, gazette, website, weibo, wechat, other, channels_sum, channels_filled,"
        " items_below_largest_channel FROM mart.channels",
    ) == [(157, None, 403, 107, 2895, None, 3405, 3, True)]
    assert rows(built, "SELECT received, online, completed, concluded, balance FROM mart.requests") == [
        (0, 0, 0, 0, None)
    ]
    assert rows(
        built, "SELECT units, reading_points, staff, full_time, part_time, budget, trainees FROM mart.capacity"
    ) == [(1, None, 1, 1, 0, None, 41)]


def test_every_declared_table_is_there_with_its_columns_and_comments(built: Home) -> None:
    found = rows(built, "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() ORDER BY 1")
    assert found == sorted((table.name, table.comment) for table in tables().values())
    columns = rows(
        built,
        "SELECT schema_name || '.' || table_name, column_name, data_type, comment FROM duckdb_columns()"
        " WHERE NOT internal ORDER BY 1, column_index",
    )
    declared = [
        (table.name, column.name, column.type, column.comment)
        for table in sorted(tables().values(), key=lambda each: each.name)
        for column in table.columns
    ]
    assert columns == declared
    assert all(" | " in str(comment) for *_, comment in columns)


def test_keys_are_unique(built: Home) -> None:
    for table in tables().values():
        key = ", ".join(f'"{name}"' for name in table.key)
        assert rows(built, f"SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1") == [], table.name


def test_the_file_is_in_a_storage_format_that_older_versions_read(built: Home) -> None:
    header = built.database.read_bytes()[:32]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") <= 64 + 2  # 64 is DuckDB 0.10 to 1.1, 65 is 1.2, 66 is 1.3


def test_a_build_writes_the_dashboard(built: Home) -> None:
    page = (built.warehouse / "dashboard" / "index.html").read_text(encoding="utf-8")
    assert "数据质量看板" in page
    bodies = (built.warehouse / "dashboard" / "bodies").glob("*.html")
    assert any("前进区" in path.read_text(encoding="utf-8") for path in bodies)


def test_a_second_build_reads_nothing_and_changes_no_byte(built: Home, tmp_path: Path) -> None:
    before = built.digests()
    home = Home(shutil.copytree(built.path, tmp_path / "home"))
    done = home.run("build", "--json")
    assert done.returncode == 0
    assert "nothing was read" in done.stderr
    run = json.loads(done.stdout)["run"]
    assert (run["read"], run["kept"], run["published"]) == (0, 1, True)
    assert home.digests() == before


def test_the_same_input_gives_the_same_bytes_under_other_names(built: Home, new_home: NewHome) -> None:
    other = new_home("other")
    other.add("elsewhere/renamed.md", REPORT.read_bytes())
    assert other.run("build").returncode == 0
    assert other.digests() == built.digests()


def test_reports_come_and_go_one_by_one_as_all_at_once(new_home: NewHome) -> None:
    text = REPORT.read_text(encoding="utf-8")
    second = text.replace("2017", "2016").replace("2895", "3000").encode()
    step, whole = new_home("step"), new_home("whole")
    step.add("a.txt", REPORT.read_bytes())
    step.add("gone.txt", text.replace("2017", "2015").encode())
    assert step.run("build").returncode == 0
    (step.raw / "gone.txt").unlink()
    step.add("b.txt", second)
    done = step.run("build", "--json")
    assert json.loads(done.stdout)["run"]["read"] == 1
    whole.add("b.txt", second)
    whole.add("a.txt", REPORT.read_bytes())
    assert whole.run("build").returncode == 0
    assert step.digests() == whole.digests()


def test_check_lists_the_findings_worst_first_and_passes(built: Home) -> None:
    done = built.run("check")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "通过 | passed" in lines[-1]
    assert any(line.startswith("2017/report.txt:79: warning s14_channel_lower:") for line in lines)
    order = [
        word for line in lines for word in ("critical", "error", "warning", "info", "doubt") if f": {word} " in line
    ]
    assert order == sorted(order, key=("critical", "error", "warning", "info", "doubt").index)
    told = json.loads(built.run("check", "--json").stdout)
    assert told["passed"] is True
    assert {"rule", "severity", "verdict", "expected", "found", "message_zh", "message_en", "locators"} <= set(
        told["findings"][0]
    )


def test_explain_leads_to_the_printed_cell(built: Home) -> None:
    done = built.run("explain", "230804/2017/disclosure.via_website/series")
    assert done.returncode == 0
    assert "2017/report.txt:768" in done.stdout
    assert "768 │ 1011" in done.stdout
    assert "✗ source-conflict" in done.stdout
    told = json.loads(built.run("explain", "disclosure.via_website 2017 230804", "--json").stdout)
    assert sorted(each["figure"]["value"] for each in told["figures"]) == [403, 403, 1011]


ON_ONE_LINE = """某县人民政府2013年政府信息公开工作年度报告 统计期限自2013年1月1日起至2013年12月31日止。
指标名称 计量单位 2013年度 历年累计 主动公开信息数 条 70 90 其中：1、网站公开 条 70 90 2、政府公报公开 条 0 0 \
受理依申请公开信息总数 条 9 9 其中：1、当面申请数 条 3 3 2、传真申请数 条 0 0 3、电子邮件申请数 条 0 0 \
4、网上申请数 条 4 6 5、信函申请数 条 0 0 行政复议数 件 2 2 行政诉讼数 件 1 1
"""


@pytest.mark.parametrize(
    ("indicator", "rules"),
    [
        ("local.review_total", set()),
        ("local.req_in_person", {"p_requests_2013"}),
        ("local.requests_total", {"p_requests_2013", "p_cumulative.requests_total"}),
    ],
)
def test_explain_lists_the_rules_of_one_cell_of_a_table_on_one_line(
    new_home: NewHome, indicator: str, rules: set[str]
) -> None:
    home = new_home("line")
    home.add("line.txt", ON_ONE_LINE.encode())
    assert home.run("build").returncode == 0
    told = json.loads(home.run("explain", f"2013/{indicator}/total", "--json").stdout)
    assert {finding["rule"] for finding in told["figures"][0]["findings"]} == rules


def test_explain_by_chinese_names_says_what_it_says_by_ids(built: Home) -> None:
    by_id = built.run("explain", "230804/2017/disclosure.via_website/series")
    assert by_id.stdout.count("\n") > 8
    for key in ("前进区/2017/通过政府网站公开/series", "佳木斯市前进区人民政府/2017/网站信息公开数/series"):
        assert built.run("explain", key).stdout == by_id.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("frob",), 2, "frob"),
        (("read",), 2, "files"),
        (("sql", "selec 1"), 1, "syntax"),
        (("sql", "CREATE TABLE x AS SELECT 1"), 1, "read-only"),
        (("sql", "COPY (SELECT 1) TO 'x.csv'"), 1, "disabled"),
        (("explain", "no.such.indicator"), 1, "no.such.indicator"),
        (("explain", "230804/1999"), 1, "no figure"),
        (("explain", "230804/1999"), 1, "2015, 2016, 2017"),
        (("explain", "前进县/2017"), 1, "did you mean 前进区政府 (230804)"),
        (("explain", "前进区/新闻发布会"), 1, "response.press_conferences_by_head"),
        (("sql", ""), 1, "expected exactly one"),
        (("sql", "select 1", "--format", "yaml"), 2, "'table', 'csv', 'json'"),
        (("read", "no-such-file.txt"), 1, "cannot-open"),
        (("read", "docs"), 1, "name the files in it"),
    ],
)
def test_errors_are_told_in_one_line_with_the_right_code(
    built: Home, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = built.run(*arguments)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_sql_in_every_format(built: Home) -> None:
    query = "SELECT body_name, website FROM mart.website_weibo ORDER BY time_period LIMIT 1"
    assert built.run("sql", query, "--format", "csv").stdout == "body_name,website\n佳木斯市前进区人民政府,930\n"
    assert json.loads(built.run("sql", query, "--json").stdout)["rows"] == [
        {"body_name": "佳木斯市前进区人民政府", "website": 930}
    ]
    table = built.run("sql", query).stdout.splitlines()
    assert len(table) == 3
    assert table[2].split() == ["佳木斯市前进区人民政府", "930"]


def test_before_the_first_build(new_home: NewHome) -> None:
    home = new_home("fresh")
    done = home.run("sql", "SELECT 1")
    assert done.returncode == 1
    assert "gongkai build" in done.stderr
    home.raw.rmdir()
    done = home.run("build")
    assert done.returncode == 1
    assert "GONGKAI_RAW" in done.stderr


def test_help_tells_a_newcomer_how_to_begin(built: Home) -> None:
    told = built.run("-h").stdout
    assert all(word in told for word in ("data/raw", "gongkai build", "GONGKAI_HOME", "130", "143"))
    assert "..." not in told.partition("Commands:")[2]
    assert "--no-allow-quarantine" not in built.run("build", "--help").stdout


def test_an_empty_folder_builds_an_empty_warehouse(new_home: NewHome) -> None:
    home = new_home("empty")
    done = home.run("build")
    assert done.returncode == 0
    assert "the raw folder is empty" in done.stderr
    assert rows(home, "SELECT count(*) FROM core.observation") == [(0,)]
