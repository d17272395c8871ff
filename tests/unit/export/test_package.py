"""What describes an export: accepted by its validator whatever the cells hold, with units, and the same each time."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from pipelines.export.comma_separated import csv_file
from pipelines.export.package import Edition, Reference, checksums, citation, datapackage, readme
from pipelines.registry.publishing import observation_statuses, publication
from pipelines.registry.tables import tables
from tests.unit.export.tables import HOSTILE, TABLE, batch, row

EDITION = Edition("20260101T000000000000Z", "2026-01-01T00:00:00Z", "0.1.0")


def test_a_validator_accepts_hostile_text(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="make installs frictionless")
    (tmp_path / "csv").mkdir()
    texts = [text for text in HOSTILE if text]
    with csv_file(tmp_path / "csv" / f"{TABLE.name}.csv", TABLE) as add:
        add(batch([row(text, Decimal(number), parts=[text]) for number, text in enumerate(texts)]))
    described = datapackage(EDITION, [TABLE], {TABLE.name: len(texts)}, {})
    (tmp_path / "datapackage.json").write_text(described, encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["rowNumber", "type", "message"]) == []
    assert report.tasks[0].stats["rows"] == len(texts)


def test_a_key_that_stands_twice_is_noticed_by_the_validator(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="make installs frictionless")
    (tmp_path / "csv").mkdir()
    with csv_file(tmp_path / "csv" / f"{TABLE.name}.csv", TABLE) as add:
        add(batch([row("a"), row("a")]))
    (tmp_path / "datapackage.json").write_text(datapackage(EDITION, [TABLE], {TABLE.name: 2}, {}), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_units_come_from_what_the_columns_say() -> None:
    wide = tables()["mart.capacity"], tables()["mart.disclosure"], tables()["mart.requests"]
    package = json.loads(datapackage(EDITION, wide, {table.name: 0 for table in wide}, {}))
    units = {
        (resource["name"], field["name"]): field.get("unit")
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert units["mart-capacity", "budget"] == "万元"
    assert units["mart-capacity", "trainees"] == "人次"
    assert units["mart-disclosure", "procurement_amount"] == "万元"
    assert units["mart-requests", "granted_percent"] == "%"
    assert units["mart-requests", "carried_in"] is None


def test_a_reference_names_the_other_resource() -> None:
    (resource,) = json.loads(
        datapackage(EDITION, [TABLE], {TABLE.name: 0}, {TABLE.name: [Reference("code", "core.body")]})
    )["resources"]
    assert resource["schema"]["foreignKeys"] == [
        {"fields": ["code"], "reference": {"resource": "core-body", "fields": ["code"]}}
    ]


def test_the_citation_is_plain_yaml() -> None:
    told = yaml.safe_load(citation(EDITION))
    assert (told["cff-version"], told["type"], told["version"]) == ("1.2.0", "dataset", EDITION.run_id)
    assert told["authors"] == [{"name": "gongkai contributors"}]


def test_the_readme_says_how_to_read_the_files() -> None:
    text = readme(EDITION, {TABLE.name: 3}, [TABLE])
    assert "| `mart.everything` | 3 | 各种类型 | Every type |" in text
    assert all(note.zh in text and note.en in text for note in publication().notes)
    assert all(f"| `{each.status}` | {each.code} |" in text for each in observation_statuses())


def test_checksums_are_sorted_and_leave_themselves_out(tmp_path: Path) -> None:
    for name in ("b", "a", "SHA256SUMS"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [line.split("  ")[1] for line in checksums(tmp_path).splitlines()] == ["a", "b"]
