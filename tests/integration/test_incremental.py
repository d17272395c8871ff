"""What a build adds to a warehouse of before is what a build of everything makes, to the last row and byte."""

import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.ingest import slices
from pipelines.settings import Settings, load_settings
from tests.generate.neighbourhood import changes, report_of
from tests.steps import build, content

STEPS = 5


def settings_at(home: Path) -> Settings:
    home.mkdir(parents=True, exist_ok=True)
    raw = home / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    return replace(load_settings(home), raw=raw, warehouse=home / "data" / "warehouse", workers=1)


def put(settings: Settings, name: str, data: bytes) -> None:
    (settings.raw / name).parent.mkdir(exist_ok=True)
    (settings.raw / name).write_bytes(data)


def parquet(settings: Settings) -> dict[str, bytes]:
    root = settings.parquet
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.parquet"))}


def manifest(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(settings.warehouse.rglob("*.json")) if "manifest" in str(path)}


@pytest.fixture(autouse=True)
def always_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_WORTH", 0)


@pytest.mark.parametrize("seed", range(6))
def test_step_by_step_is_as_all_at_once(tmp_path: Path, seed: int) -> None:
    settings, sliced = settings_at(tmp_path / "step"), list[bool]()
    for added, gone in changes(seed, STEPS):
        for name in gone:
            (settings.raw / name).unlink()
        for name, data in added.items():
            put(settings, name, data)
        sliced.append(build(settings))
        whole = replace(settings, warehouse=tmp_path / f"whole-{len(sliced)}")
        assert not build(whole)
        assert content(settings.database) == content(whole.database)
        assert parquet(settings) == parquet(whole)
        assert manifest(settings) == manifest(whole)
    assert not sliced[0]
    assert any(sliced[1:])


def test_a_reader_of_the_last_but_one_is_not_disturbed(tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    for year in (2014, 2015, 2017):
        put(settings, f"{year}.txt", report_of(0, year, 1))
    build(settings)
    put(settings, "more.txt", report_of(3, 2015, 1))
    assert build(settings)
    with duckdb.connect(str(settings.database), read_only=True) as reader:
        ...
    other = os.fork()
    if not other:
        with duckdb.connect(str(settings.database), read_only=True) as reader:
            os._exit(0)
