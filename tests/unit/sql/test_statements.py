"""SQL files: one SELECT each, dependencies from the parse tree, a comment that says what one row is."""

import re
from pathlib import Path

import pytest

from pipelines import sql
from pipelines.registry.rules import rules
from pipelines.registry.tables import tables
from pipelines.sql.statements import StatementError, in_order, statements, tables_read


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("SELECT 1", set()),
        ("WITH yoy AS (SELECT * FROM core.report) SELECT * FROM yoy", {"core.report"}),
        ("FROM mart.yoy SEMI JOIN core.body USING (body_id)", {"mart.yoy", "core.body"}),
        (
            "SELECT (SELECT count(*) FROM quality.run) FROM core.report WHERE EXISTS (FROM mart.conflict)",
            {"quality.run", "core.report", "mart.conflict"},
        ),
        ("SELECT 'from mart.hidden' AS text -- from mart.comment", set()),
    ],
)
def test_dependencies(text: str, reads: set[str]) -> None:
    assert tables_read(text, "here") == reads


@pytest.mark.parametrize(
    "text", ["", "DELETE FROM core.report", "SELECT 1; SELECT 2", "SELEC 1", "CREATE TABLE x AS SELECT 1"]
)
def test_anything_but_one_select_is_refused(text: str) -> None:
    with pytest.raises(StatementError, match="here: not exactly one SELECT"):
        tables_read(text, "here")


@pytest.mark.parametrize("folder", ["core", "mart", "quality", "check", "across", "query"])
def test_every_file_says_what_one_row_is(folder: str) -> None:
    for statement in statements(folder).values():
        assert statement.text.startswith(("-- One row", "-- One row:")), statement.name


def test_every_mart_is_declared_and_the_other_way_round() -> None:
    assert set(statements("mart")) == {name for name in tables() if name.startswith("mart.")}
    assert set(statements("core")) == {name for name in tables() if name.startswith("core.")}


def test_order_follows_dependencies() -> None:
    names = [statement.name for statement in in_order("mart")]
    assert names.index("mart.conflict") < names.index("mart.yoy") < names.index("mart.website_weibo")


def test_every_check_has_its_rule() -> None:
    checks = {**statements("check"), **statements("across")}
    assert {name.partition(".")[2].replace("_", "-") for name in checks} <= set(rules())


@pytest.mark.parametrize("folder", [path.name for path in Path(sql.__path__[0]).iterdir() if any(path.glob("*.sql"))])
def test_the_row_of_a_greatest_value_is_one_whatever_the_order(folder: str) -> None:
    loose = re.compile(r"arg_(?:max|min)\((?!\s*\w+,\s*\()")
    assert [each.name for each in statements(folder).values() if loose.search(each.text)] == []
