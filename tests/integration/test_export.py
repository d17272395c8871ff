"""`gongkai export` as a user runs it, and other people's programs on what it writes and on the warehouse itself."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml

from pipelines.registry.tables import tables
from tests.integration.conftest import Home

MARTS = [name for name in tables() if name.startswith("mart.")]
NewHome = Callable[[str], Home]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def exported(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "out"
    done = built.run("export", str(folder), "--table", "core", "--table", "mart", "--table", "quality", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["folder"], told["formats"]) == (str(folder), ["parquet", "csv", "xlsx", "sdmx"])
    assert told["rows"].keys() == tables().keys()
    return folder


def test_every_table_is_there_in_every_format_with_all_its_rows(exported: Path, built: Home) -> None:
    found = files(exported)
    assert {name for name in found if name.startswith("sdmx/")} == {"sdmx/core.observation.csv", "sdmx/mart.series.csv"}
    for name in tables():
        count = len(pq.read_table(exported / "parquet" / f"{name}.parquet"))
        with duckdb.connect(str(built.database), read_only=True) as connection:
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchall() == [(count,)]
        with duckdb.connect(":memory:") as connection:
            csv = f"read_csv('{exported / 'csv' / name}.csv', all_varchar = true)"
            assert connection.execute(f"SELECT count(*) FROM {csv}").fetchall() == [(count,)]
        book = openpyxl.load_workbook(exported / "xlsx" / f"{name}.xlsx")
        assert book[name.partition(".")[2]].max_row == count + 1


def test_parquet_fields_say_what_they_mean(exported: Path) -> None:
    for table in tables().values():
        schema = pq.read_schema(exported / "parquet" / f"{table.name}.parquet")
        told = {field.name: (field.metadata[b"zh"].decode(), field.metadata[b"en"].decode()) for field in schema}
        assert told == {column.name: (column.zh, column.en) for column in table.columns}
        assert schema.metadata[b"zh"].decode() == table.zh


def test_checksums_hold_and_name_every_file(exported: Path) -> None:
    found = files(exported)
    listed = dict(reversed(line.split("  ")) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def test_the_citation_names_the_version(exported: Path) -> None:
    told = yaml.safe_load((exported / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version", "date-released"} <= told.keys()
    runs = pq.read_table(exported / "parquet" / "quality.run.parquet")
    assert told["version"] == max(runs["run_id"].to_pylist())


def test_the_package_is_accepted_by_its_validator(exported: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="make installs frictionless")
    report = frictionless.validate(str(exported / "datapackage.json"))
    assert report.flatten(["name", "type", "message"]) == []
    assert len(report.tasks) == len(tables())


def test_the_package_says_keys_references_and_units(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    resources = {each["name"]: each["schema"] for each in package["resources"]}
    assert resources["mart-series"]["primaryKey"] == ["body_id", "concept", "time_period"]
    led = {tuple(each["fields"]): each["reference"]["resource"] for each in resources["mart-series"]["foreignKeys"]}
    assert led == {("body_id",): "core-body", ("report_id",): "core-report", ("concept",): "core-concept"}
    units = {
        each["name"]: each.get("unit", each.get("unitColumn")) for each in resources["mart-website_weibo"]["fields"]
    }
    assert (units["website"], units["weibo_growth_percent"], units["time_period"]) == ("条", "%", None)
    assert {each["name"]: each for each in resources["mart-series"]["fields"]}["value"]["unitColumn"] == "unit"


def test_a_reference_is_declared_only_where_it_holds(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    finding = next(each for each in package["resources"] if each["name"] == "quality-finding")["schema"]
    assert {each["fields"][0] for each in finding["foreignKeys"]} >= {"report_id", "rule"}
    assert "indicator" not in {each["fields"][0] for each in finding["foreignKeys"]}


def test_the_same_warehouse_gives_the_same_bytes(built: Home, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert built.run("export", str(tmp_path / name)).returncode == 0
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert {name.split("/")[1].rsplit(".", 1)[0] for name in files(tmp_path / "a") if "/" in name} == set(MARTS)


def test_formats_and_tables_are_chosen(built: Home, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = built.run("export", str(folder), "--format", "xlsx", "--table", "mart.series")
    assert (done.returncode, done.stdout) == (0, f"{folder}\n")
    assert set(files(folder)) == {"xlsx/mart.series.xlsx", "CITATION.cff", "README.md", "SHA256SUMS"}
    again = built.run("export", str(folder), "--format", "csv", "--table", "mart.yoy")
    assert again.returncode == 0
    assert "csv/mart.yoy.csv" in files(folder)
    assert "xlsx/mart.series.xlsx" not in files(folder)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--table", "mart.nothing"), 1, "no-such-table"),
        (("--format", "pdf"), 2, "pdf"),
    ],
)
def test_a_wrong_command_line_writes_nothing(
    built: Home, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = built.run("export", str(tmp_path / "out"), *arguments)
    assert (done.returncode, said in done.stderr, files(tmp_path)) == (code, True, {})


def test_what_is_not_ours_is_never_replaced(built: Home, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = built.run("export", str(tmp_path))
    assert (done.returncode, "mine.txt" in done.stderr, "--force" in done.stderr) == (1, True, True)
    for place in (built.path, built.warehouse, built.raw / "2017", built.path.parent):
        done = built.run("export", str(place), "--force")
        assert (done.returncode, "export-in-the-way" in done.stderr) == (1, True)
    assert files(tmp_path) == {"mine.txt": b"mine"}
    assert built.database.exists()


def test_without_a_warehouse_it_says_what_to_do(new_home: NewHome, tmp_path: Path) -> None:
    done = new_home("empty").run("export", str(tmp_path / "out"))
    assert (done.returncode, "gongkai build" in done.stderr) == (1, True)
    assert not (tmp_path / "out").exists()


def test_a_warehouse_of_another_version_is_told(built: Home, new_home: NewHome, tmp_path: Path) -> None:
    home = new_home("older")
    home.warehouse.mkdir(parents=True)
    shutil.copyfile(built.database, home.database)
    with duckdb.connect(str(home.database)) as connection:
        connection.execute("DROP TABLE mart.dictionary")
    done = home.run("export", str(tmp_path / "out"))
    assert (done.returncode, "warehouse-of-another-version" in done.stderr) == (1, True)
    assert files(tmp_path / "out") == {}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


def test_a_query_in_a_file_is_run(built: Home, tmp_path: Path) -> None:
    (tmp_path / "question.sql").write_text("-- 问\nSELECT count(*) AS n FROM core.report\n", encoding="utf-8")
    assert built.run("sql", str(tmp_path / "question.sql"), "--format", "csv").stdout == "n\n1\n"
    assert built.run("sql", str(tmp_path / "nothing.sql")).returncode == 1


def test_the_duckdb_shell_of_1_5_opens_the_warehouse(built: Home) -> None:
    query = "SELECT body_name, time_period, website FROM mart.website_weibo ORDER BY ALL"
    assert _asked(built, query).splitlines()[1:] == [
        f"佳木斯市前进区人民政府,{year},{website}.0000" for year, website in ((2015, 930), (2016, 850), (2017, 1011))
    ]
    comment = "SELECT comment FROM duckdb_tables() WHERE table_name = 'website_weibo'"
    assert tables()["mart.website_weibo"].zh in _asked(built, comment)


def _asked(home: Home, query: str) -> str:
    """Return what the shell answers, without the quotes that some of its versions put around Chinese text."""
    command = [_shell(), "-readonly", "-csv", str(home.database), query]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.replace('"', "")


def _shell() -> str:
    beside = Path(sys.executable).with_name("duckdb")
    found = str(beside) if beside.exists() else shutil.which("duckdb")
    if not found:
        pytest.skip("the DuckDB shell is not installed; make installs duckdb-cli where there is one for the platform")
    return found


@pytest.mark.skipif(
    importlib.util.find_spec("harlequin_duckdb") is None,
    reason="harlequin is not installed: it pins click==8.5.0, which is not the version in constraints.txt",
)
def test_harlequin_opens_the_warehouse(built: Home) -> None:
    from harlequin_duckdb import DuckDbAdapter  # noqa: PLC0415 - where it is installed

    connection = DuckDbAdapter((str(built.database),), read_only=True).connect()
    catalog = {item.label for database in connection.get_catalog().items for item in database.fetch_children()}
    assert {"core", "mart", "quality"} <= catalog
    assert connection.execute("SELECT count(*) FROM mart.website_weibo").fetchall().num_rows == 1
