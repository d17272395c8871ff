"""Reports of three years through the command: what one alone leaves unreadable the others settle, in whatever order."""

import json
from collections.abc import Callable, Sequence
from random import Random

import pyarrow.parquet as pq
import pytest

from tests.generate.formats import Drawn
from tests.generate.grid import Shape
from tests.generate.years import years
from tests.integration.conftest import Home, make_home
from tests.properties.test_years import settled

NewHome = Callable[[str], Home]
SHAPES = (Shape.PIPES, Shape.RUN, Shape.PIPES)
KEY = "(report_id, source, time_period, indicator, breakdown, occurrence)"


def drawn_until_settled(family: str) -> tuple[Drawn, ...]:
    every = (years(Random(seed), family, SHAPES) for seed in range(100))
    return next(drawn for drawn in every if settled(drawn))


def rows(home: Home, query: str) -> list[dict[str, object]]:
    done = home.run("sql", "--json", query)
    found: list[dict[str, object]] = json.loads(done.stdout)["rows"]
    return found


def built(home: Home, drawn: Sequence[Drawn]) -> None:
    for report in drawn:
        home.add(f"{report.year}.txt", report.data)
    done = home.run("build")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def drawn() -> tuple[Drawn, ...]:
    return drawn_until_settled("local_coded")


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Drawn, ...]) -> Home:
    home = make_home(tmp_path_factory.mktemp("together") / "home")
    built(home, drawn)
    return home


def test_neighbours_settle_and_the_parquet_files_keep_what_is_read_alone(
    together: Home, drawn: tuple[Drawn, ...]
) -> None:
    settlement = settled(drawn)
    assert settlement is not None
    shown = rows(together, "SELECT indicator, value FROM core.observation SEMI JOIN core.settlement USING " + KEY)
    expected = {(found.indicator, str(found.value)) for found in settlement.figures}
    assert {(row["indicator"], str(row["value"])) for row in shown} == expected
    statuses = "SELECT DISTINCT status FROM core.observation SEMI JOIN core.settlement USING " + KEY
    assert rows(together, statuses) == [{"status": "split"}]
    (path,) = together.warehouse.glob(f"parquet/core.observation/report_year={drawn[1].year}/*.parquet")
    alone = {row["indicator"]: row["status"] for row in pq.read_table(path, partitioning=None).to_pylist()}
    assert {alone[indicator] for indicator, _ in expected} == {"unreadable"}


def test_findings_of_a_settled_report_are_those_of_what_is_shown(together: Home) -> None:
    still_open = (
        "SELECT count(*) AS found FROM quality.finding AS finding JOIN core.settlement AS settlement"
        " USING (report_id, indicator, breakdown) WHERE finding.rule = 'unreadable-cell'"
    )
    assert rows(together, still_open) == [{"found": 0}]


def test_whatever_comes_first_the_warehouse_is_the_same(
    new_home: NewHome, together: Home, drawn: tuple[Drawn, ...]
) -> None:
    home = new_home("one-by-one")
    built(home, drawn[1:])
    built(home, drawn[:1])
    for table in ("core.settlement", "core.observation", "quality.finding"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert rows(home, query) == rows(together, query), table
    for report in drawn[::2]:
        (home.raw / f"{report.year}.txt").unlink()
    built(home, ())
    assert rows(home, "FROM core.settlement") == []
