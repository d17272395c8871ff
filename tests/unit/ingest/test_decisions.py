"""What people decide about uncertain bodies, and what is wrong with a file of decisions."""

from pathlib import Path

import pytest

from pipelines.ingest.decisions import load_decisions
from pipelines.registry.problems import Problem

HEAD = "report_id,printed,body,reason\n"


def written(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_text(rows, encoding="utf-8-sig")
    return path


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "decisions.csv", 2025) == ()


def test_a_decision_names_one_body(tmp_path: Path) -> None:
    (decision,) = load_decisions(written(tmp_path, HEAD + ",沐阳县人民政府,江苏省沭阳县人民政府,识别误字\n"), 2025)
    assert (decision.printed, decision.body.body_id, decision.reason) == ("沐阳县人民政府", "321322", "识别误字")


@pytest.mark.parametrize(
    "row",
    [",,江苏省沭阳县,无所指\n", ",沐阳县,江苏省沭阳县,\n", ",鼓楼,鼓楼区人民政府,有四个\n", ",甲,某地,没有此地\n"],
)
def test_a_faulty_decision_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    with pytest.raises(Problem, match="decisions") as told:
        load_decisions(written(tmp_path, HEAD + row), 2025)
    assert told.value.details[0].endswith(told.value.details[0].rpartition(":2: ")[2])
    assert ":2: " in told.value.details[0]


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="decisions"):
        load_decisions(written(tmp_path, "name,body\n甲,乙\n"), 2025)
