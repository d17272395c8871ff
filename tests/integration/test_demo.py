"""`gongkai demo` as a user runs it, and the warehouse that is built of what it writes."""

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines.registry.words import words
from tests.integration.conftest import ROOT, Home

SMALL = ("--bodies", "15", "--seed", "48")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(home: Path, *arguments: str) -> tuple[int, str]:
    done = Home(home).run("demo", *arguments)
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_it_writes_a_corpus_and_says_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "corpus"
    code, said = run(tmp_path, str(folder), "--bodies", "3", "--first-year", "2018", "--last-year", "2021")
    assert code == 0
    assert f"cd {folder} && gongkai build" in said
    assert {path.partition("/")[0] for path in files(folder)} == {"README.md", "mistakes.csv", "truth.csv", "data"}
    assert {path.split("/")[2] for path in files(folder) if path.startswith("data/raw/")} == {
        "2018",
        "2019",
        "2020",
        "2021",
    }
    assert "合成" in (folder / "README.md").read_text(encoding="utf-8").splitlines()[0]


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a/corpus", "b/another"):
        assert run(tmp_path, str(tmp_path / name), *SMALL)[0] == 0
    assert files(tmp_path / "a" / "corpus") == files(tmp_path / "b" / "another")


def test_it_refuses_a_folder_in_which_something_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    code, said = run(tmp_path, str(tmp_path))
    assert (code, "folder-not-empty" in said, "mine.txt" in said, "new folder" in said) == (1, True, True, True)
    assert run(tmp_path, str(tmp_path / "mine.txt"))[0] == 1
    assert files(tmp_path) == {"mine.txt": b"kept"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("--bodies", "0"),
        ("--first-year", "2013"),
        ("--last-year", "many"),
        ("--first-year", "2020", "--last-year", "2018"),
        (),
    ],
)
def test_a_wrong_command_line_writes_nothing(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    folder = tmp_path / "corpus"
    assert run(tmp_path, *([str(folder)] if wrong else []), *wrong)[0] == 2
    assert not folder.exists()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a corpus that is built where it was written, with the expectations of the package."""
    home = Home(tmp_path_factory.mktemp("demo") / "corpus")
    assert home.run("demo", str(home.path), *SMALL).returncode == 0
    assert home.run("build").returncode == 1  # files in quarantine
    assert home.run("build", "--allow-quarantine").returncode == 0
    return home


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def mistakes(home: Home) -> list[dict[str, str]]:
    with (home.path / "mistakes.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_no_mart_is_empty(built: Home) -> None:
    marts = [str(name) for (name,) in rows(built, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart'")]
    assert marts
    assert [mart for mart in marts if not rows(built, f"SELECT 1 FROM mart.{mart} LIMIT 1")] == []


def test_every_word_that_a_column_holds_is_in_the_dictionary(built: Home) -> None:
    vocabularies: dict[str, set[str]] = {}
    for word in words():
        for column in word.columns:
            vocabularies.setdefault(column, {""}).add(word.word)
    for place, known in vocabularies.items():
        table, _, column = place.rpartition(".")
        word = f"unnest({column})" if column == "statuses" else column
        query = f"SELECT DISTINCT {word} FROM {table} WHERE {column} IS NOT NULL"
        assert {word for (word,) in rows(built, query)} <= known, place


def test_every_question_of_the_documents_is_answered(built: Home) -> None:
    questions = sorted((ROOT / "docs" / "queries").glob("*.sql"))
    assert questions
    empty = [path.stem for path in questions if not rows(built, path.read_text(encoding="utf-8"))]
    assert empty == []


def test_every_mistake_of_the_list_is_found(built: Home) -> None:
    found = {
        *rows(built, "SELECT body_id, report_year, rule FROM quality.finding WHERE verdict <> 'holds'"),
        *rows(built, "SELECT body_id, time_period, 'mart.coverage: ' || state FROM mart.coverage"),
        *rows(built, "SELECT body_id, time_period + 1, 'mart.revision: ' || kind FROM mart.revision"),
        *rows(built, "SELECT body_id, report_year, 'core.observation: ' || status FROM core.observation"),
    }
    aside = {
        (path, reason)
        for path, reason in rows(built, "SELECT path, 'core.quarantine: ' || reason FROM core.quarantine")
    }
    listed = mistakes(built)
    missed = [
        mistake
        for mistake in listed
        if (mistake["body_id"], int(mistake["year"]), mistake["found_by"]) not in found
        and (mistake["file"].removeprefix("data/raw/"), mistake["found_by"]) not in aside
    ]
    assert missed == []
    assert len(aside) == sum(mistake["found_by"].startswith("core.quarantine") for mistake in listed)
    assert {mistake["mistake"] for mistake in listed} >= {
        *("carry-over-differs", "corrected-later", "duplicate-file"),
        *("not-collected", "not-published", "revised-later"),
    }


def test_nothing_else_is_broken(built: Home) -> None:
    listed = {(mistake["body_id"], int(mistake["year"])) for mistake in mistakes(built)}
    broken = rows(built, "SELECT DISTINCT body_id, report_year, rule FROM quality.finding WHERE verdict = 'broken'")
    # An annex with a count between 2003 and 2099, which may be a year, is not taken; small counts jump by chance.
    allowed = {"unreadable-annex", "jump"}
    assert [each for each in broken if each[:2] not in listed and each[2] not in allowed] == []


def test_the_true_figures_are_those_of_the_warehouse(built: Home) -> None:
    truth = built.path / "truth.csv"
    differ = rows(
        built,
        "SELECT DISTINCT observation.body_id, observation.report_year FROM core.observation"
        f" JOIN read_csv('{truth}', types = {{'value': 'DECIMAL(18,4)'}}) AS truth"
        " ON truth.body_id = observation.body_id AND truth.year = observation.time_period"
        " AND truth.indicator = observation.indicator AND truth.breakdown = observation.breakdown"
        " WHERE observation.value <> truth.value",
    )
    assert set(differ) <= {(mistake["body_id"], int(mistake["year"])) for mistake in mistakes(built)}
