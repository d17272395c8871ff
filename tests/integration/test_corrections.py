"""Known errors through the command: a broken sum says what becomes of it, a stale entry stops the build."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.ingest import slices
from pipelines.settings import load_settings
from tests.generate.neighbourhood import report_of
from tests.integration.conftest import REPORT, Home
from tests.steps import build

NewHome = Callable[[str], Home]
ENTRY = """corrections:
  - body: 黑龙江省佳木斯市前进区人民政府
    year: {year}
    figure: disclosure.items
    source: table
    printed: {printed}
    believed: 3405
    reason: {{zh: 总数应为各渠道之和, en: the total is that of its channels}}
    evidence: 附件 1
"""


def told(home: Home, query: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(home.run("sql", "--json", query).stdout)["rows"]
    return rows


def corrected(new_home: NewHome, *entries: tuple[int, int]) -> Home:
    home = new_home("corrected")
    home.add("2017.txt", REPORT.read_bytes())
    first, *more = (ENTRY.format(year=year, printed=printed) for year, printed in entries)
    text = first + "".join(each.removeprefix("corrections:\n") for each in more)
    (home.path / "data" / "corrections.yml").write_text(text, encoding="utf-8")
    return home


def test_a_sum_that_is_broken_as_printed_is_put_to_what_is_believed(new_home: NewHome) -> None:
    home = corrected(new_home, (2017, 157), (2018, 9))
    done = home.run("build")
    assert done.returncode == 0, done.stderr
    assert told(home, "SELECT value FROM core.observation WHERE indicator = 'disclosure.items'") == [{"value": 157}]
    assert told(home, "SELECT state FROM core.correction ORDER BY report_year") == [
        {"state": "applies"},
        {"state": "waits"},
    ]
    rules = "SELECT rule, verdict FROM quality.finding WHERE rule IN ('known-error', 'believed-sum') ORDER BY ALL"
    assert told(home, rules) == [
        {"rule": "believed-sum", "verdict": "cannot_tell"},
        {"rule": "known-error", "verdict": "broken"},
    ]


def test_a_stale_entry_stops_the_build_and_every_one_is_listed(new_home: NewHome) -> None:
    home = corrected(new_home, (2017, 158), (2018, 9))
    done = home.run("build")
    assert done.returncode == 1
    assert "corrections.yml:2: 230804 2017 disclosure.items[total]" in done.stderr
    assert "158" in done.stderr
    assert "corrections.yml:10" not in done.stderr
    assert not home.database.exists()


def test_a_slice_leaves_the_known_errors_of_other_bodies_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_WORTH", 0)
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    settings = replace(load_settings(tmp_path), raw=raw, warehouse=tmp_path / "data" / "warehouse", workers=1)
    (raw / "2017.txt").write_bytes(REPORT.read_bytes())
    (raw / "other.txt").write_bytes(report_of(3, 2016, 1))
    text = ENTRY.format(year=2017, printed=157) + ENTRY.format(year=2018, printed=9).removeprefix("corrections:\n")
    settings.corrections.write_text(text, encoding="utf-8")
    assert not build(settings)
    (raw / "another.txt").write_bytes(report_of(3, 2017, 1))
    assert build(settings)
    query = "SELECT report_year, state FROM core.correction ORDER BY ALL"
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        assert connection.execute(query).fetchall() == [(2017, "applies"), (2018, "waits")]
    (raw / "2017.txt").unlink()
    build(settings)
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        assert connection.execute(query).fetchall() == []
