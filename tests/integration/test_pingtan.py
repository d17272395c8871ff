"""The reports of Pingtan from 2011 to 2025 in one warehouse: series over the forms, however the years arrive."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.ingest import slices
from tests.integration.test_incremental import manifest, parquet, settings_at
from tests.steps import build, content

REAL = Path(__file__).parents[3] / "shared" / "reports"
ZONE = "350128-pingtan-zone"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside this repository")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of all its reports, built at once."""
    settings = settings_at(tmp_path_factory.mktemp("pingtan"))
    for path in sorted(REAL.glob("*pingtan*")):
        (settings.raw / path.name).write_bytes(path.read_bytes())
    build(settings)
    return settings.home


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings_at(home).database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_series_runs_over_the_forms_with_its_breaks_marked(whole: Path) -> None:
    found = rows(
        whole,
        "SELECT time_period, form, value::INTEGER, comparability, is_break FROM mart.series "
        f"WHERE body_id = '{ZONE}' AND concept = 'new_requests' ORDER BY time_period",
    )
    assert found == [
        (2011, "local_coded", 0, None, False),
        (2013, "local_coded", 0, "full", False),
        (2015, "local_coded", 0, "full", False),
        (2017, "local_coded", 0, "full", False),
        (2019, "format_2019", 23, "partial", True),
        (2021, "format_2021", 70, "full", True),
        (2023, "format_2021", 81, "full", False),
        (2025, "format_2021", 154, "full", False),
    ]


def test_what_no_form_of_a_year_asks_is_not_joined(whole: Path) -> None:
    joined = rows(whole, "SELECT concept, segment FROM mart.series WHERE comparability = 'none' AND segment = 1")
    assert joined == []
    grades = {grade for (grade,) in rows(whole, "SELECT DISTINCT comparability FROM mart.series WHERE is_break")}
    assert grades <= {"full", "near", "partial", "none"}
    assert len(grades) > 1


def test_the_bodies_of_one_name_are_kept_apart(whole: Path) -> None:
    found = rows(whole, "SELECT body_id, kind, first_year, last_year FROM core.body ORDER BY body_id")
    assert [row[:2] for row in found[:1] + found[2:]] == [("350128", "government"), (ZONE, "zone")]
    assert found[2][2:] == (2011, 2025)


def test_years_that_arrive_one_by_one_make_the_same_warehouse(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = settings_at(whole)
    monkeypatch.setattr(slices, "_WORTH", 0)
    settings = replace(settings_at(tmp_path), home=everything.home)
    sliced = []
    for path in sorted(REAL.glob("*pingtan*"), key=lambda path: path.name[3::-1]):
        (settings.raw / path.name).write_bytes(path.read_bytes())
        sliced.append(build(settings))
    assert sliced.count(True) > len(sliced) / 2
    assert content(settings.database) == content(everything.database)
    assert parquet(settings) == parquet(everything)
    assert manifest(settings) == manifest(everything)
