"""The database: declared columns or an error, keys unique, text safe, readers cut off from the file system."""

from pathlib import Path

import duckdb
import pytest

from pipelines.registry.problems import Problem
from pipelines.warehouse.database import TableError, create_database, create_table, open_database
from pipelines.warehouse.publication import Move, publish
from pipelines.warehouse.query import BrokenWarehouseError, NoWarehouseError, query

GOOD = "SELECT 'r' AS rule, 'error' AS severity, '名' AS zh, 'name' AS en, '因' AS reason_zh, 'why' AS reason"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "it's a warehouse.duckdb"
    create_database(path)
    return path


def test_a_table_has_the_declared_types_and_comments(database: Path) -> None:
    with open_database(database) as connection:
        assert create_table(connection, "quality.rule", GOOD) == 1
    found = query(database, "SELECT comment FROM duckdb_tables() WHERE table_name = 'rule'").rows
    assert found == ({"comment": "一条规则 | One rule of the catalogue"},)


@pytest.mark.parametrize(
    ("select", "says"),
    [
        ("SELECT 'r' AS rule", "lacks"),
        (GOOD + ", 1 AS surplus", "surplus"),
        (f"{GOOD} UNION ALL {GOOD}", "more than one row"),
    ],
)
def test_a_select_that_does_not_fit_its_table_is_refused(database: Path, select: str, says: str) -> None:
    with open_database(database) as connection, pytest.raises(TableError, match=says):
        create_table(connection, "quality.rule", select)


def test_publishing_does_not_disturb_a_reader(database: Path, tmp_path: Path) -> None:
    published = tmp_path / "published.duckdb"
    publish(tmp_path, [Move(database, published)])
    with duckdb.connect(str(published), read_only=True) as reader:
        create_database(database)
        publish(tmp_path, [Move(database, published)])
        assert reader.execute("SELECT 42").fetchone() == (42,)
    assert not database.exists()


@pytest.mark.parametrize(
    "text", ["SELECT * FROM read_text('/etc/hostname')", "COPY (SELECT 1) TO 'out.csv'", "ATTACH 'x.duckdb'"]
)
def test_queries_cannot_leave_the_file(database: Path, text: str) -> None:
    with pytest.raises(duckdb.Error, match="disabled"):
        query(database, text)


def test_a_new_file_takes_the_place_of_whatever_is_there(tmp_path: Path) -> None:
    path = tmp_path / "building"
    (path / "something").mkdir(parents=True)
    create_database(path)
    assert query(path, "SELECT 42 AS n").rows == ({"n": 42},)


@pytest.mark.parametrize("content", [b"", b"noise" * 10_000])
def test_a_damaged_file_is_no_fault_of_the_query(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.duckdb"
    path.write_bytes(content)
    with pytest.raises(
        BrokenWarehouseError, match=r"^[^\"]*damaged\.duckdb: [^\"]*not a valid DuckDB[^\"]*gongkai build"
    ):
        query(path, "SELECT 1")


def test_columns_of_one_name_keep_their_values(database: Path) -> None:
    found = query(database, "SELECT 1 AS n, 2 AS n, 3 AS n_1, 4 AS n")
    assert list(zip(found.columns, found.rows[0].values(), strict=True)) == [
        ("n", 1),
        ("n_1", 2),
        ("n_1_1", 3),
        ("n_2", 4),
    ]


@pytest.mark.parametrize(("text", "count"), [("", 0), ("-- nothing", 0), ("SELECT 1; SELECT 2", 2)])
def test_one_statement_is_one(database: Path, text: str, count: int) -> None:
    with pytest.raises(Problem, match=f"Found {count} statements"):
        query(database, text)


def test_no_warehouse_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouseError, match="gongkai build"):
        query(tmp_path / "none.duckdb", "SELECT 1")
