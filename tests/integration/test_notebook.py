"""The notebook runs from its first cell to its last on a built warehouse, and is committed without results."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import ROOT, Home

PAGE = ROOT / "docs" / "notebooks" / "analysis.ipynb"


def cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def run(path: Path) -> dict[str, Any]:
    """Run the cells one after the other, in one namespace, as a kernel does, and return what they leave."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(cells(path), start=1):
        exec(compile("".join(cell["source"]), f"{path.name} cell {number}", "exec"), names)  # noqa: S102 - ours
    return names


def test_it_is_a_notebook_without_results() -> None:
    nbformat = pytest.importorskip("nbformat", reason="make installs nbformat")
    nbformat.validate(nbformat.read(PAGE, as_version=4))
    assert [cell for cell in cells(PAGE) if cell["outputs"] or cell["execution_count"]] == []


def test_it_runs_to_its_end(built: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(built.path))
    monkeypatch.chdir(ROOT)
    names = run(PAGE)
    growth = names["growth"]
    assert list(growth["time_period"]) == [2015, 2016, 2017]
    assert list(growth["website"]) == [930, 850, 1011]
    assert names["lines"].shape[0] >= 1
    assert names["answers"]["08_two_places_two_figures"].shape[0] == 3
