"""Known errors of publishers: what a file says, and what is wrong with one."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.ingest.corrections import load_corrections
from pipelines.registry.problems import Problem

ENTRY = """  - body: 江苏省宿迁市沭阳县人民政府
    year: 2024
    figure: cases.review[total]
    source: table
    printed: 0
    believed: 11
    reason: {zh: 总计漏填, en: "the total was left out"}
    evidence: 10 + 1 in the same row
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "corrections.yml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(Problem, match="known errors") as told:
        load_corrections(written(tmp_path, text))
    return [each.partition("corrections.yml:")[2] for each in told.value.details]


def test_no_file_corrects_nothing(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.yml") == ()


def test_an_entry_names_one_figure_of_one_body(tmp_path: Path) -> None:
    (found,) = load_corrections(written(tmp_path, "corrections:\n" + ENTRY))
    assert found.key == ("321322", 2024, 2024, "cases.review", "total", "table", 1)
    assert (found.line, found.printed, found.believed, found.reason_en) == (2, 0, 11, "the total was left out")


def test_what_is_believed_may_be_unknown_and_the_figure_of_another_year(tmp_path: Path) -> None:
    text = ENTRY.replace("believed: 11", "believed: unknown").replace("figure:", "period: 2023\n    figure:")
    (found,) = load_corrections(written(tmp_path, "corrections:\n" + text.replace("printed: 0", "printed: 12.5")))
    assert (found.believed, found.time_period, found.printed) == (None, 2023, Decimal("12.5"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("沭阳县人民政府", "某县", "“江苏省宿迁市某县” is not one certain body"),
        ("江苏省宿迁市沭阳县人民政府", "鼓楼区人民政府", "is not one certain body: "),
        ("year: 2024", "year: last", "year 'last' is no whole number"),
        ("cases.review[total]", "cases.review[won]", "has no breakdown 'won'"),
        ("cases.review[total]", "cases.reviews", "cases.reviews"),
        ("source: table", "source: annex", "expected one of table, series, narrative"),
        ("printed: 0", "printed: none", "printed 'none' is no number"),
        ("printed: 0", "printed: 0.00001", "printed 1e-05 is no number"),
        ("printed: 0", "printed: 1e15", "is no number"),
        ("believed: 11", "believed: maybe", "believed 'maybe', expected a number"),
        ("believed: 11", "believed: 0", "printed and believed are both 0"),
        ('reason: {zh: 总计漏填, en: "the total was left out"}', "reason: 总计漏填", "reason needs zh and en"),
        ("    evidence: 10 + 1 in the same row\n", "", "missing: evidence"),
        ("evidence:", "proof: x\n    evidence:", "unknown: proof"),
        ("year: 2024", "year: 2024\n    year: 2023", "'year' is written twice"),
    ],
)  # fmt: skip
def test_a_faulty_entry_is_refused_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = "corrections:\n" + ENTRY
    assert before in text
    found = faults(tmp_path, text.replace(before, after))
    assert found
    assert all(said in fault and fault[0].isdecimal() for fault in found)


def test_one_figure_has_one_correction(tmp_path: Path) -> None:
    assert faults(tmp_path, "corrections:\n" + ENTRY + ENTRY) == [
        "10: 与第 2 行说的是同一个数 | the same figure as on line 2"
    ]


@pytest.mark.parametrize("text", ["", "known: []\n", "corrections: {}\n", "corrections:\n  - one\n", "a: [\n"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    assert len(faults(tmp_path, text)) == 1
