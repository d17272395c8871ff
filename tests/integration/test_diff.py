"""`gongkai diff` between real builds, through the command, as a user runs it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import REPORT, Home

PRINTED, CHANGED = "\n403\n", "\n4030\n"


@pytest.fixture(scope="module")
def changed(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of the real report, in which the report was exchanged for one with another figure, built again."""
    home = Home(tmp_path_factory.mktemp("changed") / "home")
    shutil.copytree(built.path, home.path)
    text = REPORT.read_text(encoding="utf-8")
    assert text.count(PRINTED) == 1
    home.add("2017/report.txt", text.replace(PRINTED, CHANGED).encode())
    home.add("2017/empty.txt", b"")
    home.run("build")
    return home


def asked(home: Home, *words: object) -> dict[str, Any]:
    done = home.run("diff", *map(str, words), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def kinds(found: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {name: section["kinds"] for name, section in found["sections"].items() if section["total"]}


def test_a_build_does_not_differ_from_itself(built: Home) -> None:
    done = built.run("diff", str(built.path), "--exit-code")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("没有差异 | no differences\n")
    assert done.stdout.count("\n") == 1


def test_two_builds_of_the_same_files_do_not_differ(built: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(built.path, home.path)
    shutil.rmtree(home.warehouse)
    assert home.run("build").returncode == 0
    found = asked(built, built.warehouse, home.path)
    assert (found["different"], found["complete"], kinds(found)) == (False, True, {})


def test_a_report_exchanged_for_another(built: Home, changed: Home) -> None:
    found = asked(changed, built.database)
    assert kinds(found)["report"] == {"gone": 1, "came": 1}
    assert kinds(found)["version"] == {"replaced": 1}
    assert kinds(found)["quarantine"] == {"aside": 1}
    assert "figure" not in kinds(found)
    figures = found["sections"]["current_figure"]["rows"]
    first = {name: figures[0][name] for name in ("kind", "indicator", "source", "old_value", "new_value", "score")}
    assert first == {
        "kind": "value",
        "indicator": "disclosure.via_website",
        "source": "table",
        "old_value": 403,
        "new_value": 4030,
        "score": 4.605,
    }


def test_the_other_way_round_it_is_the_mirror(built: Home, changed: Home) -> None:
    there, back = asked(changed, built.path, changed.path), asked(changed, changed.path, built.path)
    assert kinds(back)["quarantine"] == {"left": 1}
    for name in ("version", "current_figure", "series", "growth"):
        ours, theirs = (found["sections"][name] for found in (there, back))
        assert ours["total"] == theirs["total"]
    there_values = [(row["old_value"], row["new_value"]) for row in there["sections"]["current_figure"]["rows"]]
    back_values = [(row["new_value"], row["old_value"]) for row in back["sections"]["current_figure"]["rows"]]
    assert there_values == back_values


def test_people_see_the_same_bytes_each_time_and_the_code_tells_on_demand(built: Home, changed: Home) -> None:
    first, second = (changed.run("diff", str(built.warehouse), "--limit", "1", "--exit-code") for _ in range(2))
    assert first.stdout == second.stdout
    assert (first.returncode, first.stderr) == (4, "")
    assert "403 → 4030" in first.stdout
    assert "另有" in first.stdout
    assert "有差异 differences：" in first.stdout.splitlines()[-1]


def test_what_cannot_be_compared_is_one_line(built: Home, tmp_path: Path) -> None:
    faulty = tmp_path / "text.duckdb"
    faulty.write_text("no database", encoding="utf-8")
    for words, name in (
        ([str(tmp_path / "nowhere")], "no-warehouse-here"),
        ([str(faulty)], "warehouse-not-readable"),
        ([str(built.path), str(tmp_path)], "no-warehouse-here"),
    ):
        done = built.run("diff", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1
        assert f"error {name}: " in done.stderr
    assert built.run("diff", str(built.path), "--limit", "-1").returncode == 2
