"""Reports of every family in one warehouse: whatever publishers print, the gate stays open and a figure leads back."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.generate.formats import FORMS, reports
from tests.generate.grid import Shape
from tests.integration.conftest import REPORT, Home

SEEDS = range(3)
REAL = Path(__file__).parents[3] / "shared" / "reports"


def one(home: Home, query: str) -> dict[str, object]:
    (row,) = json.loads(home.run("sql", "--json", query).stdout)["rows"]
    return dict(row)


def figure_of(home: Home, form: str) -> dict[str, object]:
    """Return a figure that a form prints, chosen by its key."""
    return one(
        home,
        "SELECT report_id, time_period, indicator, breakdown, value FROM core.observation "
        f"WHERE form = '{form}' AND status = 'reported' AND value > 0 ORDER BY ALL LIMIT 1",
    )


def assert_leads_back(home: Home, form: str) -> None:
    figure = figure_of(home, form)
    key = "/".join(str(figure[part]) for part in ("report_id", "time_period", "indicator", "breakdown"))
    done = home.run("explain", key, "--json")
    assert done.returncode == 0, done.stderr
    assert str(figure["value"]) in done.stdout


def test_reports_of_every_form_and_shape_make_one_warehouse(new_home: Callable[[str], Home]) -> None:
    home = new_home("drawn")
    home.add("2017.txt", REPORT.read_bytes())
    for form, shape, misprints in product(FORMS, Shape, (False, True)):
        for seed, drawn in reports(SEEDS, form, shape, misprints=misprints):
            home.add(f"{form}/{shape}/{seed}-{misprints}", drawn.data)
    done = home.run("build", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["run"]["published"]
    for form in ("stat_2014", *FORMS):
        assert_leads_back(home, form)


@pytest.mark.skipif(not REAL.exists(), reason="the real reports, which are not ours to publish, are not beside")
def test_the_real_reports_make_one_warehouse(new_home: Callable[[str], Home]) -> None:
    home = new_home("real")
    real = [path for path in REAL.iterdir() if path.is_file() and path.name != "README.md"]
    for path in real:
        home.add(path.name, path.read_bytes())
    done = home.run("build", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["run"]["reports"] == len(real)
    for form in ("stat_2014", *FORMS):
        assert_leads_back(home, form)
