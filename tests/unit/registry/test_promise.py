"""What is promised to analysts: no table or column of a mart goes away or changes its type without being told."""

import csv
from pathlib import Path

from pipelines.registry.tables import tables

ROOT = Path(__file__).parents[3]
PROMISED = ROOT / "docs" / "promised.csv"
TOLD = "a major version and a line in CHANGELOG.md go with it"


def promised() -> set[tuple[str, str, str]]:
    with PROMISED.open(encoding="utf-8", newline="") as lines:
        return {(row["table"], row["column"], row["type"]) for row in csv.DictReader(lines)}


def declared() -> set[tuple[str, str, str]]:
    marts = [table for table in tables().values() if table.schema == "mart"]
    return {(table.name, column.name, column.type) for table in marts for column in table.columns}


def test_nothing_that_is_promised_is_gone() -> None:
    assert sorted(promised() - declared()) == [], TOLD


def test_what_is_new_is_promised_too() -> None:
    assert sorted(declared() - promised()) == [], "add it to docs/promised.csv: from now on it is promised"


def test_the_promise_is_written_down() -> None:
    assert "docs/promised.csv" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
