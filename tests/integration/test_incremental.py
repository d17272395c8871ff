"""What a build adds to a warehouse of before is what a build of everything makes, to the last row and byte."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.ingest import slices
from pipelines.ingest.comparing import compare_builds
from pipelines.registry.problems import Problem
from pipelines.settings import Settings, load_settings
from tests.generate.neighbourhood import changes, report_of
from tests.steps import build, content

STEPS = 4


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
    return {
        path.name: path.read_bytes() for path in sorted(settings.warehouse.rglob("*.json")) if "manifest" in str(path)
    }


@pytest.fixture(autouse=True)
def always_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_WORTH", 0)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
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


def first_build(home: Path) -> Settings:
    settings = settings_at(home)
    for year in (2014, 2015, 2017):
        put(settings, f"{year}.txt", report_of(0, year, 1))
    assert not build(settings)
    return settings


READER = """
import sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as reader:
    print(reader.execute("SELECT count(*) FROM core.report").fetchone()[0], flush=True)
    sys.stdin.readline()
    print(reader.execute("SELECT count(*) FROM core.report").fetchone()[0], flush=True)
"""


def test_a_reader_reads_on_while_two_builds_publish(tmp_path: Path) -> None:
    settings = first_build(tmp_path)
    command = [sys.executable, "-c", READER, str(settings.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin
        assert reader.stdout
        assert reader.stdout.readline() == "3\n"
        for number in (1, 2, 3):
            put(settings, f"more-{number}.txt", report_of(3, 2014 + number, 1))
            assert build(settings)
        assert reader.communicate("\n")[0] == "3\n"
    assert len(content(settings.database)["core.report"]) == 6


@pytest.mark.parametrize("damage", ["missing", "noise", "same", "older"])
def test_any_standby_will_do_or_none(tmp_path: Path, damage: str) -> None:
    settings = first_build(tmp_path / "step")
    older = settings.standby.read_bytes()
    put(settings, "a.txt", report_of(1, 2015, 1))
    assert build(settings)
    settings.standby.unlink()
    if damage == "noise":
        settings.standby.write_bytes(os.urandom(40_000))
    elif damage == "same":
        settings.standby.hardlink_to(settings.database)
    elif damage == "older":
        settings.standby.write_bytes(older)
    (settings.raw / "2014.txt").unlink()
    put(settings, "b.txt", report_of(4, 2016, 1))
    assert build(settings)
    whole = replace(settings, warehouse=tmp_path / "whole")
    build(whole)
    assert content(settings.database) == content(whole.database)


def test_what_a_person_decides_makes_everything_anew(tmp_path: Path) -> None:
    settings = first_build(tmp_path)
    (settings.home / "data" / "decisions.csv").write_text("report_id,printed,body,reason\n", encoding="utf-8")
    assert not build(settings)
    assert build(settings)


def test_much_that_is_new_makes_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = first_build(tmp_path)
    monkeypatch.setattr(slices, "_WORTH", 4)
    put(settings, "a.txt", report_of(1, 2015, 1))
    put(settings, "b.txt", report_of(3, 2015, 1))
    assert not build(settings)
    assert build(settings)


def test_the_record_of_every_run_is_in_the_warehouse(tmp_path: Path) -> None:
    settings = first_build(tmp_path)
    for _ in range(3):
        assert build(settings)
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        assert connection.execute("SELECT count(*), sum(read) FROM quality.run").fetchall() == [(4, 3)]


def rule_runs(settings: Settings) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        return connection.execute("FROM quality.rule_run ORDER BY ALL").fetchall()


def test_how_every_rule_answered_is_kept_run_by_run(tmp_path: Path) -> None:
    settings = first_build(tmp_path)
    put(settings, "a.txt", report_of(1, 2015, 1))
    assert build(settings)
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        runs = connection.execute("SELECT run_id FROM quality.run ORDER BY 1").fetchall()
        now = connection.execute(
            """SELECT rule, any_value(severity), count_if(verdict = 'holds'), count_if(verdict = 'broken'),
            count_if(verdict = 'cannot_tell'), len(list(DISTINCT report_id) FILTER (verdict = 'broken'))
            FROM quality.finding GROUP BY rule ORDER BY rule"""
        ).fetchall()
    kept = rule_runs(settings)
    assert [row[1:] for row in kept if row[0] == runs[-1][0]] == [(*row[:5], row[5] or 0) for row in now]
    assert {row[0] for row in kept} == {run for (run,) in runs}


def test_how_rules_answered_outlives_the_warehouse_and_an_older_record_lacks_it(tmp_path: Path) -> None:
    settings = first_build(tmp_path)
    assert build(settings)
    kept = rule_runs(settings)
    for path in settings.warehouse.glob("warehouse*"):
        path.unlink()
    oldest = min(settings.runs.glob("*.json"))
    held = json.loads(oldest.read_text(encoding="utf-8"))
    del held["rules"]
    oldest.write_text(json.dumps(held), encoding="utf-8")
    assert not build(settings)
    assert [row for row in rule_runs(settings) if row in kept] == [row for row in kept if row[0] != oldest.stem]


def test_a_build_can_be_compared_with_the_one_before(tmp_path: Path) -> None:
    settings = first_build(tmp_path)
    with pytest.raises(Problem, match="no warehouse published before"):
        compare_builds(settings, Path("previous"), None, 5)
    for number in (1, 2, 3):
        before = content(settings.database)
        put(settings, f"more-{number}.txt", report_of(3, 2014 + number, 1))
        assert build(settings)
        assert content(settings.previous) == before
        found = compare_builds(settings, Path("previous"), None, 5)
        (reports,) = [section.kinds for section in found.sections if section.name == "report"]
        assert reports == {"came": 1}
