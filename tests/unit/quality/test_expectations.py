"""What is expected of a table: it holds, it is broken, or it cannot be told."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.quality.expectations import (
    KINDS,
    Expectation,
    ExpectationResult,
    SuiteError,
    load_suites,
    run_expectations,
)

COLUMN = "expect_column_values_to_"
SAMPLE = """
CREATE SCHEMA core;
CREATE TABLE core.sample (
    id INTEGER, word VARCHAR, amount DECIMAL(18, 4), day DATE, a INTEGER, b INTEGER, code VARCHAR, never VARCHAR
);
INSERT INTO core.sample VALUES
    (1, '网站', 1.5, DATE '2019-01-01', 5, 5, 'A1', NULL),
    (2, '微博', 2.5, DATE '2020-01-01', 6, 6, 'A2', NULL),
    (3, '其他', 99, DATE '2021-01-01', 7, 8, 'B3', NULL),
    (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, '网站', 1.5, DATE '2019-01-01', 9, 4, 'A1', NULL);
"""
ROW_WISE = [
    (f"{COLUMN}not_be_null", {"column": "id"}, {"column": "word"}, [4]),
    (f"{COLUMN}be_null", {"column": "never"}, {"column": "word"}, [1, 2, 3, 5]),
    (
        f"{COLUMN}be_in_set",
        {"column": "word", "value_set": ["网站", "微博", "其他"]},
        {"column": "word", "value_set": ["网站", "微博"]},
        [3],
    ),
    (
        f"{COLUMN}be_in_set",
        {"column": "id", "value_set": [1, 2, 3, 4, 5]},
        {"column": "id", "value_set": [1, 2]},
        [3, 4, 5],
    ),
    (f"{COLUMN}not_be_in_set", {"column": "word", "value_set": ["x"]}, {"column": "word", "value_set": ["其他"]}, [3]),
    (
        f"{COLUMN}be_between",
        {"column": "amount", "min_value": 0, "max_value": 99},
        {"column": "amount", "min_value": 0, "max_value": 98.9999},
        [3],
    ),
    (
        f"{COLUMN}be_between",
        {"column": "id", "min_value": 1},
        {"column": "id", "min_value": 1, "strict_min": True},
        [1],
    ),
    (
        f"{COLUMN}be_between",
        {"column": "day", "min_value": date(2019, 1, 1), "max_value": date(2021, 1, 1)},
        {"column": "day", "max_value": date(2021, 1, 1), "strict_max": True},
        [3],
    ),
    (
        f"{COLUMN}be_between",
        {"column": "day", "max_value": "2021-01-01"},
        {"column": "day", "max_value": "2020-12-31"},
        [3],
    ),
    (
        "expect_column_value_lengths_to_be_between",
        {"column": "word", "min_value": 2, "max_value": 2},
        {"column": "word", "min_value": 3},
        [1, 2, 3, 5],
    ),
    (f"{COLUMN}match_regex", {"column": "code", "regex": "^[AB][0-9]$"}, {"column": "code", "regex": "^A"}, [3]),
    (f"{COLUMN}match_regex", {"column": "word", "regex": "."}, {"column": "word", "regex": "网|博"}, [3]),
    (f"{COLUMN}not_match_regex", {"column": "code", "regex": "C"}, {"column": "code", "regex": "3$"}, [3]),
    (f"{COLUMN}be_unique", {"column": "id"}, {"column": "code"}, [1, 5]),
    (
        "expect_compound_columns_to_be_unique",
        {"column_list": ["id", "code"]},
        {"column_list": ["word", "code"]},
        [1, 5],
    ),
    (
        "expect_column_pair_values_to_be_equal",
        {"column_A": "a", "column_B": "a"},
        {"column_A": "a", "column_B": "b"},
        [3, 5],
    ),
    (
        "expect_column_pair_values_a_to_be_greater_than_b",
        {"column_A": "a", "column_B": "id"},
        {"column_A": "a", "column_B": "b"},
        [1, 2, 3],
    ),
    (
        "expect_column_pair_values_a_to_be_greater_than_b",
        {"column_A": "a", "column_B": "a", "or_equal": True},
        {"column_A": "a", "column_B": "b", "or_equal": True},
        [3],
    ),
    (
        "unexpected_rows",
        {"query": "SELECT id FROM {table} WHERE amount > 100"},
        {"query": "FROM {table} AS s SELECT s.id, amount WHERE amount > 50;"},
        [3],
    ),
]
AS_A_WHOLE = [
    ("expect_table_row_count_to_equal", {"value": 5}, {"value": 6}, "5"),
    ("expect_table_row_count_to_be_between", {"min_value": 5}, {"min_value": 6, "max_value": 9}, "5"),
    ("expect_table_column_count_to_equal", {"value": 8}, {"value": 9}, "8"),
    (
        "expect_table_columns_to_match_set",
        {"column_set": ["never", "id", "word", "amount", "day", "a", "b", "code"]},
        {"column_set": ["id", "word", "amount", "day", "a", "b", "code", "谁"]},
        '{"unexpected": ["never"], "missing": ["谁"]}',
    ),
    (
        "expect_table_columns_to_match_set",
        {"column_set": ["id"], "exact_match": False},
        {"column_set": ["谁"], "exact_match": False},
        '"missing": ["谁"]',
    ),
    (
        "expect_table_columns_to_match_ordered_list",
        {"column_list": ["id", "word", "amount", "day", "a", "b", "code", "never"]},
        {"column_list": ["word", "id", "amount", "day", "a", "b", "code", "never"]},
        '"Found": "id"',
    ),
    ("expect_column_to_exist", {"column": "id", "column_index": 0}, {"column": "谁"}, ""),
    (f"{COLUMN}be_of_type", {"column": "amount", "type_": "DECIMAL"}, {"column": "id", "type_": "BIGINT"}, "INTEGER"),
    (
        f"{COLUMN}be_in_type_list",
        {"column": "amount", "type_list": ["decimal(18,4)"]},
        {"column": "amount", "type_list": ["DECIMAL(18,2)", "DOUBLE"]},
        "DECIMAL(18,4)",
    ),
]
SUMMARIES = [
    (
        "expect_column_distinct_values_to_be_in_set",
        {"column": "word", "value_set": ["网站", "微博", "其他", "更多"]},
        {"column": "word", "value_set": ["网站"]},
        '{"unexpected": ["其他", "微博"]}',
    ),
    (
        "expect_column_distinct_values_to_contain_set",
        {"column": "word", "value_set": ["网站"]},
        {"column": "word", "value_set": ["网站", "谁"]},
        '{"missing": ["谁"]}',
    ),
    (
        "expect_column_distinct_values_to_equal_set",
        {"column": "a", "value_set": [5, 6, 7, 9]},
        {"column": "a", "value_set": [5, 6, 7, 8]},
        '{"unexpected": ["9"], "missing": ["8"]}',
    ),
    ("expect_column_min_to_be_between", {"column": "a", "min_value": 5}, {"column": "a", "min_value": 6}, "5"),
    (
        "expect_column_max_to_be_between",
        {"column": "day", "max_value": date(2021, 1, 1)},
        {"column": "day", "max_value": date(2020, 1, 1)},
        "2021-01-01",
    ),
    ("expect_column_mean_to_be_between", {"column": "a", "max_value": 7}, {"column": "a", "max_value": 6}, "6.75"),
    (
        "expect_column_sum_to_be_between",
        {"column": "amount", "min_value": 100},
        {"column": "amount", "max_value": 100},
        "104.5",
    ),
    (
        "expect_column_unique_value_count_to_be_between",
        {"column": "word", "min_value": 3, "max_value": 3},
        {"column": "word", "max_value": 2},
        "3",
    ),
    (
        "expect_column_proportion_of_unique_values_to_be_between",
        {"column": "word", "min_value": 0.5},
        {"column": "word", "min_value": 0.8},
        "0.75",
    ),
    (
        "expect_column_proportion_of_non_null_values_to_be_between",
        {"column": "word", "min_value": 0.8},
        {"column": "word", "min_value": 0.9},
        "0.8",
    ),
]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(SAMPLE)
        yield opened


def expectation(kind: str, arguments: dict[str, object], table: str = "core.sample") -> Expectation:
    return Expectation(
        suite="core_sample",
        table=table,
        name="sample",
        kind=kind,
        arguments=arguments,
        severity="critical",
        reason_zh="理由",
        reason_en="reason",
        index=("id",),
    )


def ids(result: ExpectationResult) -> list[int]:
    return [json.loads(row)["id"] for row in result.failing_rows]


@pytest.mark.parametrize(("kind", "holding", "breaking", "failing"), ROW_WISE)
def test_row_wise_kind_holds_or_names_the_rows_that_fail(
    connection: duckdb.DuckDBPyConnection, kind: str, holding: dict, breaking: dict, failing: list[int]
) -> None:
    holds, broken = run_expectations(connection, [expectation(kind, holding), expectation(kind, breaking)])

    assert (holds.verdict, holds.failed, holds.failing_rows) == ("holds", 0, ())
    assert holds.evaluated > 0
    assert (broken.verdict, broken.failed, ids(broken)) == ("broken", len(failing), failing)
    assert broken.observed == f"{len(failing)} of {broken.evaluated} rows fail"
    assert len(connection.execute(broken.failing_sql).fetchall()) == len(failing)
    assert connection.execute(holds.failing_sql).fetchall() == []


@pytest.mark.parametrize(("kind", "holding", "breaking", "observed"), [*AS_A_WHOLE, *SUMMARIES])
def test_kind_without_rows_to_blame_says_what_it_saw(
    connection: duckdb.DuckDBPyConnection, kind: str, holding: dict, breaking: dict, observed: str
) -> None:
    holds, broken = run_expectations(connection, [expectation(kind, holding), expectation(kind, breaking)])

    assert (holds.verdict, holds.failed) == ("holds", 0)
    assert broken.verdict == "broken"
    assert broken.failed > 0
    assert (broken.failing_sql, broken.failing_rows) == ("", ())
    assert observed in broken.observed


def test_every_kind_is_tried() -> None:
    assert {case[0] for case in (*ROW_WISE, *AS_A_WHOLE, *SUMMARIES)} == set(KINDS)


def test_kinds_take_what_great_expectations_takes() -> None:
    from pipelines.quality._duckdb_engine import get_expectation_impl  # noqa: PLC0415 - costs seconds

    for name, kind in KINDS.items():
        if name != "unexpected_rows":
            fields = get_expectation_impl(name).__fields__
            assert {*kind.required, *kind.optional} <= fields.keys()
            assert {field for field, declared in fields.items() if declared.required} <= set(kind.required)


def test_only_rows_that_have_a_value_are_counted_as_tested(connection: duckdb.DuckDBPyConnection) -> None:
    tested = [
        expectation(f"{COLUMN}not_be_null", {"column": "word"}),
        expectation(f"{COLUMN}be_in_set", {"column": "word", "value_set": ["x"]}),
        expectation("expect_compound_columns_to_be_unique", {"column_list": ["id", "word"]}),
        expectation("expect_column_pair_values_to_be_equal", {"column_A": "id", "column_B": "never"}),
        expectation("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "a", "column_B": "id"}),
        expectation("expect_column_max_to_be_between", {"column": "a", "max_value": 1}),
        expectation("expect_table_row_count_to_equal", {"value": 5}),
        expectation("unexpected_rows", {"query": "SELECT 1 WHERE FALSE"}),
    ]

    assert [result.evaluated for result in run_expectations(connection, tested)] == [5, 4, 4, 5, 4, 4, 1, 5]


def test_own_sql_finds_as_many_rows_as_great_expectations_counts(connection: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(20240131)
    numbers = [None, None, 0, 1, 2, 3]
    rows = [
        [number, *(chance.choice(numbers) for _ in range(2)), chance.choice([None, "", "a", "aa", "微"])]
        for number in range(300)
    ]
    connection.execute("CREATE TABLE core.noise (id INTEGER, x INTEGER, y INTEGER, word VARCHAR)")
    connection.executemany("INSERT INTO core.noise VALUES (?, ?, ?, ?)", rows)
    pair = {"column_A": "x", "column_B": "y"}
    arguments: dict[str, dict[str, object]] = {
        f"{COLUMN}not_be_null": {"column": "x"},
        f"{COLUMN}be_null": {"column": "x"},
        f"{COLUMN}be_in_set": {"column": "x", "value_set": [0, 1]},
        f"{COLUMN}not_be_in_set": {"column": "word", "value_set": ["", "微"]},
        f"{COLUMN}be_between": {"column": "x", "min_value": 0, "max_value": 2, "strict_min": True},
        "expect_column_value_lengths_to_be_between": {"column": "word", "min_value": 1, "max_value": 1},
        f"{COLUMN}match_regex": {"column": "word", "regex": "a$"},
        f"{COLUMN}not_match_regex": {"column": "word", "regex": "a"},
        f"{COLUMN}be_unique": {"column": "word"},
        "expect_compound_columns_to_be_unique": {"column_list": ["x", "y", "word"]},
        "expect_column_pair_values_to_be_equal": pair,
        "expect_column_pair_values_a_to_be_greater_than_b": pair,
    }
    assert arguments.keys() == {name for name, kind in KINDS.items() if kind.fails}

    noisy = [expectation(kind, given, "core.noise") for kind, given in arguments.items()]
    for result in run_expectations(connection, noisy):
        found = connection.execute(result.failing_sql).fetchall()
        assert 0 < result.failed == len(found) <= result.evaluated <= 300, result.expectation.kind


def test_mostly_lets_some_rows_fail_and_still_shows_them(connection: duckdb.DuckDBPyConnection) -> None:
    lenient = expectation(f"{COLUMN}not_be_null", {"column": "word", "mostly": 0.8})

    (result,) = run_expectations(connection, [lenient])

    assert (result.verdict, result.failed, ids(result)) == ("holds", 1, [4])


def test_nothing_can_be_told_of_an_empty_table_but_that_it_is_empty(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM core.sample")
    tried = [expectation(kind, breaking) for kind, _, breaking, _ in (*ROW_WISE, *SUMMARIES)]
    count = expectation("expect_table_row_count_to_be_between", {"min_value": 1})

    *results, counted = run_expectations(connection, [*tried, count])

    assert {(result.verdict, result.evaluated, result.observed) for result in results} == {
        ("cannot_tell", 0, "no rows to test")
    }
    assert (counted.verdict, counted.observed) == ("broken", "0")


def test_nothing_can_be_told_of_a_column_without_values(connection: duckdb.DuckDBPyConnection) -> None:
    (result,) = run_expectations(connection, [expectation(f"{COLUMN}be_unique", {"column": "never"})])

    assert (result.verdict, result.observed) == ("cannot_tell", "no rows to test")


@pytest.mark.parametrize(
    ("kind", "arguments", "reason"),
    [
        (f"{COLUMN}not_be_null", {"column": "nobody"}, 'The column "nobody" in BatchData does not exist'),
        (f"{COLUMN}be_in_set", {"column": "id", "value_set": ["无"]}, "Could not convert string '无'"),
        (f"{COLUMN}be_between", {"column": "word", "min_value": 1}, "cannot be computed on column of type VARCHAR"),
        (f"{COLUMN}match_regex", {"column": "word", "regex": "("}, "missing )"),
        (f"{COLUMN}not_be_null", {"column": "id", "mostly": 3}, "less than or equal to 1"),
        ("unexpected_rows", {"query": "SELECT nobody FROM {table}"}, 'Referenced column "nobody" not found'),
        ("unexpected_rows", {"query": "SELECT id FROM core.nowhere"}, "nowhere does not exist"),
    ],
)
def test_one_that_raises_says_why_and_leaves_the_others_alone(
    connection: duckdb.DuckDBPyConnection, kind: str, arguments: dict, reason: str
) -> None:
    sound = expectation(f"{COLUMN}be_between", {"column": "id", "min_value": 1})

    before, raising, after = run_expectations(connection, [sound, expectation(kind, arguments), sound])

    assert (raising.verdict, raising.evaluated, raising.failed) == ("cannot_tell", 0, 0)
    assert reason in raising.observed
    assert "\n" not in raising.observed
    assert (before.verdict, after.verdict) == ("holds", "holds")


def test_a_table_that_is_not_there_cannot_be_told_about(connection: duckdb.DuckDBPyConnection) -> None:
    missing = expectation("expect_table_row_count_to_equal", {"value": 0}, "core.nothing")

    (result,) = run_expectations(connection, [missing])

    assert (result.verdict, result.observed) == ("cannot_tell", "table core.nothing does not exist")


def test_rows_that_cannot_be_named_keep_their_verdict(connection: duckdb.DuckDBPyConnection) -> None:
    unnamed = replace(expectation(f"{COLUMN}not_be_null", {"column": "word"}), index=("nobody",))

    (result,) = run_expectations(connection, [unnamed])

    assert (result.verdict, result.failed, result.failing_rows) == ("broken", 1, ())
    assert result.observed.startswith("1 of 5 rows fail; the rows cannot be shown: Binder Error")


def test_results_come_in_the_order_of_the_expectations(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE VIEW core.seen AS SELECT * FROM core.sample WHERE id > 3")
    count = "expect_table_row_count_to_equal"
    mixed = [
        expectation(count, {"value": 5}),
        expectation(count, {"value": 5}, "core.seen"),
        expectation(count, {"value": 5}),
        expectation(f"{COLUMN}be_of_type", {"column": "id", "type_": "INTEGER"}, "core.seen"),
    ]

    results = run_expectations(connection, mixed)

    assert [result.expectation for result in results] == mixed
    assert [result.verdict for result in results] == ["holds", "broken", "holds", "holds"]


def test_examples_are_the_first_rows_in_the_order_of_their_columns(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE core.many AS SELECT (i * 7919) % 1000 AS id, NULL AS word FROM range(1000) AS r(i)"
    )
    empty = expectation(f"{COLUMN}not_be_null", {"column": "word"}, "core.many")

    twice = [run_expectations(connection, [empty], examples=3)[0].failing_rows for _ in range(2)]
    (standard,) = run_expectations(connection, [empty])

    assert twice == [tuple(f'{{"id":{number},"word":null}}' for number in range(3))] * 2
    assert ids(standard) == list(range(20))
    assert standard.failed == 1000


def test_figures_are_shown_as_they_are_stored(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("INSERT INTO core.sample (id, amount, day) VALUES (6, 12345678901234.5678, DATE '2024-02-29')")
    arguments = {"query": "SELECT id, amount, day FROM {table} WHERE id = 6"}

    (result,) = run_expectations(connection, [expectation("unexpected_rows", arguments)])

    assert result.failing_rows == ('{"id":6,"amount":12345678901234.5678,"day":"2024-02-29"}',)


HOSTILE = [
    "it's",
    'a "quoted" one',
    "two\nlines",
    "100%",
    "%s %(x)s",
    ":x",
    "\\:x",
    "a::b",
    "$1 ?",
    "{table}",
    "{}",
    "中文。",
    "--",
    ";",
]


@pytest.fixture
def hostile(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute('CREATE TABLE core.hostile (id INTEGER, "qualify" VARCHAR, "a%b:c $1" VARCHAR, "金额" INTEGER)')
    connection.executemany(
        "INSERT INTO core.hostile VALUES (?, ?, ?, ?)", [[i, word, word, i] for i, word in enumerate(HOSTILE)]
    )
    return connection


@pytest.mark.parametrize("column", ["qualify", "a%b:c $1"])
def test_hostile_values_and_names_are_only_values_and_names(hostile: duckdb.DuckDBPyConnection, column: str) -> None:
    tried = [
        expectation(f"{COLUMN}be_in_set", {"column": column, "value_set": HOSTILE}, "core.hostile"),
        expectation(f"{COLUMN}not_be_in_set", {"column": column, "value_set": HOSTILE}, "core.hostile"),
        expectation(f"{COLUMN}not_match_regex", {"column": column, "regex": "'|\"|\\n|%|:"}, "core.hostile"),
        expectation(
            "expect_column_distinct_values_to_equal_set", {"column": column, "value_set": HOSTILE}, "core.hostile"
        ),
        expectation(f"{COLUMN}be_unique", {"column": column}, "core.hostile"),
    ]

    among, not_among, punctuated, same, unique = run_expectations(hostile, tried)

    assert [among.verdict, same.verdict, unique.verdict] == ["holds"] * 3
    assert [json.loads(row)[column] for row in not_among.failing_rows] == HOSTILE
    assert ids(punctuated) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_hostile_sql_of_our_own_is_run_as_it_is_written(hostile: duckdb.DuckDBPyConnection) -> None:
    query = r"""
        SELECT t.id, {'a': t.id::INTEGER} AS pair, [1, 2, 3][1:2] AS part, '{0} %s :x \:y $1 ?' AS text -- it's :a
        FROM {table} AS t JOIN {table} AS other USING (id)
        WHERE t."qualify" LIKE '%:x' AND '{table}' <> '' ;
    """

    (result,) = run_expectations(hostile, [expectation("unexpected_rows", {"query": query}, "core.hostile")])

    assert result.failed == 2
    assert [json.loads(row) for row in result.failing_rows] == [
        {"id": number, "pair": {"a": number}, "part": [1, 2], "text": r"{0} %s :x \:y $1 ?"} for number in (5, 6)
    ]


def test_running_twice_gives_the_same_and_leaves_nothing_behind(connection: duckdb.DuckDBPyConnection) -> None:
    tried = [expectation(kind, breaking) for kind, _, breaking, _ in (*ROW_WISE, *AS_A_WHOLE, *SUMMARIES)]
    tables = connection.execute("SHOW ALL TABLES").fetchall()

    first, second = (run_expectations(connection, tried) for _ in range(2))

    assert first == second
    assert connection.execute("SHOW ALL TABLES").fetchall() == tables


def test_what_is_not_committed_is_seen_and_stays_uncommitted(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    connection.execute("DELETE FROM core.sample WHERE id > 1")

    (result,) = run_expectations(connection, [expectation("expect_table_row_count_to_equal", {"value": 1})])
    connection.rollback()

    assert result.verdict == "holds"
    assert connection.execute("SELECT count(*) FROM core.sample").fetchall() == [(5,)]


def test_in_a_transaction_that_was_aborted_nothing_can_be_told(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    aborting = expectation(f"{COLUMN}be_in_set", {"column": "id", "value_set": ["无"]})
    sound = expectation(f"{COLUMN}not_be_null", {"column": "id"})

    results = run_expectations(connection, [sound, aborting, sound])
    connection.rollback()

    assert {result.verdict for result in results} == {"cannot_tell"}
    assert "Current transaction is aborted" in results[0].observed
    assert run_expectations(connection, [sound])[0].verdict == "holds"


def test_a_file_that_may_only_be_read_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.2024.duckdb"
    with duckdb.connect(path) as writer:
        writer.execute(SAMPLE)

    with duckdb.connect(path, read_only=True) as reader:
        tried = [expectation(kind, breaking) for kind, _, breaking, _ in (*ROW_WISE, *AS_A_WHOLE)]
        verdicts = {result.verdict for result in run_expectations(reader, tried)}

    assert verdicts == {"broken"}
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("catalog", ["warehouse", "two words", "with.dot", "仓库"])
def test_the_catalog_may_have_any_name(tmp_path: Path, catalog: str) -> None:
    with duckdb.connect(tmp_path / "file.duckdb") as writer:
        writer.execute(SAMPLE)
    tried = [
        expectation(f"{COLUMN}not_be_null", {"column": "word"}),
        expectation("unexpected_rows", {"query": "SELECT * FROM {table} WHERE word IS NULL"}),
        expectation(f"{COLUMN}be_of_type", {"column": "word", "type_": "VARCHAR"}),
    ]

    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{tmp_path / 'file.duckdb'}' AS \"{catalog}\" (READ_ONLY)")
        null, own, kind = run_expectations(reader, tried)

    assert (ids(null), ids(own), kind.verdict) == ([4], [4], "holds")


def test_the_current_catalog_comes_first_and_two_others_are_not_chosen_between(tmp_path: Path) -> None:
    count = expectation("expect_table_row_count_to_equal", {"value": 5})
    with duckdb.connect() as reader:
        for name in ("one", "two"):
            with duckdb.connect(tmp_path / f"{name}.duckdb") as writer:
                writer.execute(SAMPLE)
            reader.execute(f"ATTACH '{tmp_path / f'{name}.duckdb'}' (READ_ONLY)")
        (undecided,) = run_expectations(reader, [count])
        reader.execute("USE two")
        (decided,) = run_expectations(reader, [count])

    assert undecided.observed == "table core.sample is in several catalogs: one, two"
    assert decided.verdict == "holds"


SUITE = """
table: core.sample
index: [id]
expectations:
  - name: word_is_never_empty
    kind: expect_column_values_to_not_be_null
    arguments: {column: word}
    severity: critical
    reason: {zh: 每行都有字, en: Every line has a word}
"""


def suites(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_suites_are_read_in_the_order_of_file_and_line(tmp_path: Path) -> None:
    more = (
        SUITE
        + """
  - name: days_are_days
    kind: expect_column_values_to_be_between
    arguments: {column: day, min_value: 2008-01-01, max_value: 2024-01-01T00:00:00}
    severity: info
    reason: {zh: 条例, en: the regulation}
"""
    )

    first, second, third = load_suites(suites(tmp_path, b_core=SUITE, a_core=more))

    assert first == Expectation(
        suite="a_core",
        table="core.sample",
        name="word_is_never_empty",
        kind="expect_column_values_to_not_be_null",
        arguments={"column": "word"},
        severity="critical",
        reason_zh="每行都有字",
        reason_en="Every line has a word",
        index=("id",),
    )
    assert second.arguments == {"column": "day", "min_value": date(2008, 1, 1), "max_value": datetime(2024, 1, 1)}  # noqa: DTZ001 - as YAML gives it
    assert third == replace(first, suite="b_core")


def test_a_loaded_suite_runs(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    (result,) = run_expectations(connection, load_suites(suites(tmp_path, core_sample=SUITE)))

    assert (result.verdict, result.failing_rows) == ("broken", ('{"id":4,"word":null}',))


def test_an_empty_folder_expects_nothing(tmp_path: Path) -> None:
    assert load_suites(tmp_path) == ()


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        (SUITE, "", "is empty, expected a mapping with table, index, expectations"),
        (SUITE, "- a\n", "is ['a'], expected a mapping with table, index, expectations"),
        (SUITE, "a: [\n", "core.yml:2: "),
        ("index: [id]", "index: [id]\nindex: [id]", "core.yml:2: 'index' is given twice"),
        ("index: [id]", "key: [id]", ": 'index' is missing\n"),
        ("index: [id]", "key: [id]", ": 'key' is unknown, expected table, index, expectations"),
        ("index: [id]", "index: id", ": 'index' is 'id', expected a list"),
        ("index: [id]", "index: []", "word_is_never_empty: index is [], expected the key columns of the table"),
        ("core.sample", "sample", "table is 'sample', expected schema.table"),
        ("name: word_is_never_empty", "title: x", "expectation 1: 'name' is missing"),
        (
            "word_is_never_empty",
            "Word never empty",
            "name is 'Word never empty', expected lower-case words joined by _",
        ),
        ("critical", "fatal", "word_is_never_empty: severity is 'fatal', expected one of critical, warning, info"),
        ("to_not_be_null", "to_not_be_nul", "is unknown, expected expect_column_values_to_not_be_null or "),
        ("expect_column_values_to_not_be_null", "expect_column_kl_divergence_to_be_less_than", "is unknown, expected"),
        ("{column: word}", "word", "'arguments' is 'word', expected a mapping"),
        ("{column: word}", "{}", "word_is_never_empty: argument 'column' is missing"),
        ("{column: word}", "{column: word, row: 1}", "argument 'row' is unknown, expected column, mostly"),
        ("{column: word}", "{column: 3}", "argument 'column' is 3, expected a text"),
        ("{column: word}", "{column: }", "argument 'column' is empty, expected a text"),
        ("{column: word}", "{column: word, mostly: true}", "argument 'mostly' is True, expected a number"),
        ("zh: 每行都有字, ", "", "word_is_never_empty: reason: 'zh' is missing"),
        ("每行都有字", "' '", "reason is empty, expected why it must hold, in Chinese and in English"),
        ("  - name", "  - text\n  - name", "expectation 1: is 'text', expected a mapping with name, kind"),
        (SUITE, SUITE + SUITE.partition("expectations:")[2], "word_is_never_empty: the name is given 2 times"),
    ],
)
def test_a_malformed_suite_says_where_and_what(tmp_path: Path, written: str, instead: str, problem: str) -> None:
    suites(tmp_path, core=SUITE.replace(written, instead))

    with pytest.raises(SuiteError) as refused:
        load_suites(tmp_path)

    assert f"{refused.value}\n".startswith(str(tmp_path / "core.yml"))
    assert problem in f"{refused.value}\n"


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    wrong = SUITE.replace("critical", "fatal").replace("{column: word}", "{}")

    with pytest.raises(SuiteError) as refused:
        load_suites(suites(tmp_path, a=wrong, b="nothing", c=SUITE))

    assert [line.removeprefix(str(tmp_path)) for line in str(refused.value).splitlines()] == [
        "/a.yml: word_is_never_empty: severity is 'fatal', expected one of critical, warning, info",
        "/a.yml: word_is_never_empty: argument 'column' is missing",
        "/b.yml: is 'nothing', expected a mapping with table, index, expectations",
    ]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="nowhere: is not a folder"):
        load_suites(tmp_path / "nowhere")


def test_a_suite_with_another_ending_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "core.yaml").write_text(SUITE, encoding="utf-8")

    with pytest.raises(SuiteError, match=r"core\.yaml: is not read, the name of a suite ends in \.yml"):
        load_suites(tmp_path)


def test_text_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "core.yml").write_bytes(SUITE.encode("gb18030"))

    with pytest.raises(SuiteError, match=r"core\.yml: .*utf-8"):
        load_suites(tmp_path)


@pytest.mark.parametrize(
    ("kind", "arguments", "problem"),
    [
        (
            f"{COLUMN}be_in_set",
            {"column": "a", "value_set": []},
            "argument 'value_set' is [], expected a list of values",
        ),
        (f"{COLUMN}be_in_set", {"column": "a", "value_set": [1, None]}, "argument 'value_set' holds empty, expected"),
        (f"{COLUMN}be_in_set", {"column": "a", "value_set": [[1]]}, "argument 'value_set' holds [1], expected"),
        (
            f"{COLUMN}be_in_type_list",
            {"column": "a", "type_list": [1]},
            "argument 'type_list' holds 1, expected a list of texts",
        ),
        (f"{COLUMN}be_between", {"column": "a"}, "argument 'min_value' or 'max_value' is missing"),
        (f"{COLUMN}be_between", {"column": "a", "min_value": [1]}, "expected a number, a date or a text"),
        ("unexpected_rows", {"query": "DELETE FROM {table}"}, "expected one SELECT"),
        ("unexpected_rows", {"query": "SELECT 1; SELECT 2"}, "expected one SELECT"),
        ("unexpected_rows", {"query": "-- nothing"}, "expected one SELECT"),
        ("unexpected_rows", {"query": "SELECT * FORM {table}"}, "argument 'query' cannot be parsed: Parser Error"),
    ],
)
def test_an_expectation_that_makes_no_sense_cannot_be_made(kind: str, arguments: dict, problem: str) -> None:
    with pytest.raises(SuiteError) as refused:
        expectation(kind, arguments)

    assert problem in str(refused.value)


def python(code: str, *arguments: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *options, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_importing_the_module_is_cheap() -> None:
    heavy = "{'great_expectations', 'pandas', 'duckdb', 'sqlalchemy', 'dagster', 'pyarrow'}"

    done = python(f"import sys, pipelines.quality.expectations; print({heavy} & set(sys.modules))")

    assert (done.stdout, done.stderr) == ("set()\n", "")


WATCHED_RUN = """
import logging, sys, warnings
import duckdb
from pipelines.quality.expectations import Expectation, run_expectations

def watch(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        touched.append((event, *arguments))
    network = ("socket.connect", "socket.getaddrinfo", "socket.send")
    if event.startswith((*network, "os.mkdir", "os.remove", "os.rename", "subprocess.")):
        touched.append((event, *arguments))

def expect(kind, **arguments):
    return Expectation(suite="s", table="core.sample", name="n", kind=kind, arguments=arguments, severity="info",
                       reason_zh="x", reason_en="x", index=("id",))

touched, shown = [], warnings.showwarning
sys.addaudithook(watch)
with duckdb.connect() as connection:
    connection.execute(sys.argv[1])
    results = run_expectations(connection, [
        expect("expect_column_values_to_not_be_null", column="word"),
        expect("expect_column_max_to_be_between", column="amount", max_value=1),
        expect("expect_column_values_to_match_regex", column="word", regex="网"),
        expect("expect_column_values_to_not_be_null", column="nobody"),
        expect("unexpected_rows", query="SELECT * FROM {table}"),
    ])
assert [str(result.verdict) for result in results] == ["broken", "broken", "broken", "cannot_tell", "broken"], results
assert warnings.showwarning is shown
assert logging.getLogger("great_expectations").level == logging.NOTSET
assert not touched, touched
"""


def test_running_is_silent_and_touches_neither_files_nor_network() -> None:
    done = python(WATCHED_RUN, SAMPLE, options=("-B", "-W", "error"))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
