"""SDMX-CSV: declared components, codes without points, and what each status becomes."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.export.sdmx import heads, sdmx_file, status_code
from pipelines.model.observation import VALUELESS, Status
from pipelines.registry.problems import Problem
from pipelines.registry.publishing import dataflows, observation_statuses
from pipelines.registry.tables import tables

OBSERVATION = {
    "body_id": "230804",
    "report_id": "0f1e",
    "source": "series",
    "indicator": "disclosure.via_website",
    "breakdown": "total",
    "occurrence": 1,
    "time_period": 2016,
    "value": Decimal("850.0000"),
    "status": "reported",
    "unit": "条",
    "bound": "exact",
    "form": "",
    "report_year": 2017,
}


def lines(tmp_path: Path, table: str, *rows: dict[str, Any]) -> list[dict[str, str]]:
    path = tmp_path / "t.csv"
    with sdmx_file(path, dataflows()[table]) as add:
        add(pa.RecordBatch.from_pylist(list(rows)))
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_figure_is_a_line_of_its_dataflow(tmp_path: Path) -> None:
    blank = OBSERVATION | {"value": None, "status": "blank", "occurrence": 2}
    first, second = lines(tmp_path, "core.observation", OBSERVATION, blank)
    assert first == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "GONGKAI:OBSERVATION(1.0.0)",
        "ACTION": "I",
        "FREQ": "A",
        "BODY": "230804",
        "REPORT": "0f1e",
        "SOURCE": "series",
        "INDICATOR": "disclosure-via_website",
        "BREAKDOWN": "total",
        "OCCURRENCE": "1",
        "TIME_PERIOD": "2016",
        "OBS_VALUE": "850",
        "OBS_STATUS": "A",
        "UNIT_MEASURE": "条",
        "STATUS": "reported",
        "BOUND": "exact",
        "FORM": "",
        "REPORT_YEAR": "2017",
    }
    assert (second["OBS_VALUE"], second["OBS_STATUS"]) == ("", "O")


@pytest.mark.parametrize("table", dataflows())
def test_the_dimensions_hold_the_key_of_the_table(table: str) -> None:
    assert {*tables()[table].key} <= {*dataflows()[table].dimensions.values()}
    assert len(set(heads(dataflows()[table]))) == len(heads(dataflows()[table]))


@pytest.mark.parametrize("status", Status)
def test_a_status_without_a_value_is_a_letter_that_says_so(status: Status) -> None:
    letter = status_code(status, valued=status not in VALUELESS)
    assert (letter in {"M", "L", "O"}) is (status in VALUELESS)
    assert letter in {each.code for each in observation_statuses()}


def test_blank_is_never_cannot_exist() -> None:
    assert [status_code(each, valued=False) for each in ("blank", "not_applicable", "unreadable")] == ["O", "M", "L"]


def test_what_prevails_in_a_point_of_several_parts() -> None:
    assert status_code(["blank", "reported"], valued=False) == "O"
    assert status_code(["reported", "unreadable"], valued=False) == "L"
    assert status_code(["reported"], valued=False) == "L"
    assert status_code(["reported"], valued=True, broken=True) == "B"
    assert status_code(["blank_as_zero", "reported"], valued=True, broken=True) == "I"


def test_what_can_be_no_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be a code"):
        lines(tmp_path, "core.observation", OBSERVATION | {"body_id": "区 一"})


def test_a_breakdown_of_a_local_form_is_text(tmp_path: Path) -> None:
    (found,) = lines(tmp_path, "core.observation", OBSERVATION | {"breakdown": "工作动态, 其他"})
    assert found["BREAKDOWN"] == "工作动态, 其他"
