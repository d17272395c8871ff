"""Reports of three years in one warehouse: what one alone leaves unreadable the others settle, in whatever order."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.ingest import slices
from pipelines.settings import Settings, load_settings
from tests.generate.formats import Drawn
from tests.generate.grid import Shape
from tests.generate.years import years
from tests.properties.test_years import settled
from tests.steps import build, content

SHAPES = (Shape.PIPES, Shape.RUN, Shape.PIPES)
KEY = "(report_id, source, time_period, indicator, breakdown, occurrence)"


@pytest.fixture(scope="module")
def drawn() -> tuple[Drawn, ...]:
    every = (years(Random(seed), "local_coded", SHAPES) for seed in range(100))
    return next(drawn for drawn in every if settled(drawn))


def settings_at(home: Path) -> Settings:
    raw = home / "data" / "raw"
    raw.mkdir(parents=True)
    return replace(load_settings(home), raw=raw, warehouse=home / "data" / "warehouse", workers=1)


def added(settings: Settings, drawn: Sequence[Drawn]) -> bool:
    """Add reports, bring the warehouse up to date, and say whether only a slice was made anew."""
    for report in drawn:
        (settings.raw / f"{report.year}.txt").write_bytes(report.data)
    return build(settings)


def rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Drawn, ...]) -> Settings:
    settings = settings_at(tmp_path_factory.mktemp("together"))
    added(settings, drawn)
    return settings


def test_neighbours_settle_and_the_parquet_files_keep_what_is_read_alone(
    together: Settings, drawn: tuple[Drawn, ...]
) -> None:
    settlement = settled(drawn)
    assert settlement is not None
    expected = {(found.indicator, found.value) for found in settlement.figures}
    shown = rows(
        together, f"SELECT indicator, value, status FROM core.observation SEMI JOIN core.settlement USING {KEY}"
    )
    assert {(indicator, value) for indicator, value, _ in shown} == expected
    assert {status for _, _, status in shown} == {"split"}
    (path,) = together.parquet.glob(f"core.observation/report_year={drawn[1].year}/*.parquet")
    alone = {row["indicator"]: row["status"] for row in pq.read_table(path, partitioning=None).to_pylist()}
    assert {alone[indicator] for indicator, _ in expected} == {"unreadable"}


def test_findings_of_a_settled_report_are_those_of_what_is_shown(together: Settings) -> None:
    still_open = (
        "SELECT count(*) FROM quality.finding AS finding JOIN core.settlement AS settlement"
        " USING (report_id, indicator, breakdown) WHERE finding.rule = 'unreadable-cell'"
    )
    assert rows(together, still_open) == [(0,)]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 1, 0), (0, 2, 1)])
def test_whatever_comes_first_the_warehouse_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: Settings, drawn: tuple[Drawn, ...], order: Sequence[int]
) -> None:
    monkeypatch.setattr(slices, "_WORTH", 0)
    settings = settings_at(tmp_path)
    sliced = [added(settings, [drawn[place]]) for place in order]
    assert not sliced[0]
    assert content(settings.database) == content(together.database)
    (settings.raw / f"{drawn[0].year}.txt").unlink()
    (settings.raw / f"{drawn[2].year}.txt").unlink()
    build(settings)
    assert rows(settings, "FROM core.settlement") == []


def test_bytes_that_are_gone_settle_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: tuple[Drawn, ...]
) -> None:
    from pipelines.ingest import settlements  # noqa: PLC0415 - what is patched

    def changed(path: Path, _: int) -> bytes:
        return b"something else than " + path.name.encode()

    monkeypatch.setattr(settlements, "load", changed)
    settings = settings_at(tmp_path)
    added(settings, drawn)
    assert rows(settings, "FROM core.settlement") == []
