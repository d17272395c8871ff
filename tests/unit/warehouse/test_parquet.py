"""Partitions: only what belongs there, sorted, the same bytes, and nothing published before the commit."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.registry.tables import tables
from pipelines.warehouse.columns import REPORT_TABLES, Columns, StoredReport, bucket_of
from pipelines.warehouse.parquet import (
    Partition,
    arrow_schema,
    coming_files,
    discard,
    moves,
    partition_files,
    partition_path,
    stage,
    stored_partitions,
    write_partition,
)
from pipelines.warehouse.publication import publish

YEAR = 2017
PLACE = Partition(YEAR, 0)


def stored(report_id: str, positions: Sequence[int] = (1, 2)) -> StoredReport:
    empty: dict[str, Columns] = {
        name: {field.name: [] for field in arrow_schema(tables()[name])} for name in REPORT_TABLES
    }
    count = len(positions)
    lines: Columns = {
        "report_id": [report_id] * count,
        "body_id": ["230804"] * count,
        "report_year": [YEAR] * count,
        "position": list(positions),
        "name": [f"某局{position}" for position in positions],
        "status": ["已完成"] * count,
        "published_on": [date(2018, 2, 26)] * count,
        "note": [""] * count,
        "printed": ["…"] * count,
        "locator": ["line 1"] * count,
    }
    report = {name: [None] for name in empty["core.report"]} | {
        "report_id": [report_id],
        "report_year": [YEAR],
        "body_id": ["230804"],
    }
    return StoredReport(
        report_id=report_id, report_year=YEAR, tables=empty | {"core.roster": lines, "core.report": report}
    )


def rows(path: Path) -> list[tuple[str, int]]:
    table = pq.read_table(path, partitioning=None)
    return list(zip(table["report_id"].to_pylist(), table["position"].to_pylist(), strict=True))


def write(root: Path, staging: Path, ids: set[str]) -> None:
    for name in REPORT_TABLES:
        write_partition(root, staging, name, PLACE, ids)
    root.mkdir(parents=True, exist_ok=True)
    publish(root, moves(root))


def test_reports_are_sorted_by_key_whatever_the_order(tmp_path: Path) -> None:
    outcomes = []
    for order in ([stored("00b", (2, 1)), stored("00a")], [stored("00a"), stored("00b", (1, 2))]):
        root, staging = tmp_path / str(len(outcomes)), tmp_path / f"s{len(outcomes)}"
        stage(staging, 0, order)
        write(root, staging, {"00a", "00b"})
        outcomes.append(partition_path(root, "core.roster", PLACE).read_bytes())
    assert outcomes[0] == outcomes[1]


def test_kept_reports_stay_fresh_ones_replace_gone_ones_go(tmp_path: Path) -> None:
    root = tmp_path / "parquet"
    stage(tmp_path / "first", 0, [stored("00a"), stored("00b"), stored("00c")])
    write(root, tmp_path / "first", {"00a", "00b", "00c"})
    stage(tmp_path / "second", 0, [stored("00b", (7,))])
    write(root, tmp_path / "second", {"00a", "00b"})
    assert rows(partition_path(root, "core.roster", PLACE)) == [("00a", 1), ("00a", 2), ("00b", 7)]


def test_a_fresh_report_without_rows_loses_its_old_ones(tmp_path: Path) -> None:
    root = tmp_path / "parquet"
    stage(tmp_path / "first", 0, [stored("00a")])
    write(root, tmp_path / "first", {"00a"})
    stage(tmp_path / "second", 0, [stored("00a", ())])
    write(root, tmp_path / "second", {"00a"})
    assert partition_files(root, "core.roster") == []
    assert len(partition_files(root, "core.report")) == 1


def test_nothing_is_published_before_the_commit(tmp_path: Path) -> None:
    root, staging = tmp_path / "parquet", tmp_path / "staging"
    stage(staging, 0, [stored("00a")])
    write_partition(root, staging, "core.roster", PLACE, {"00a"})
    assert partition_files(root, "core.roster") == []
    assert len(coming_files(root, "core.roster")) == 1
    discard(root)
    assert coming_files(root, "core.roster") == []
    assert stored_partitions(root) == set()


def test_duplicate_keys_are_refused(tmp_path: Path) -> None:
    stage(tmp_path / "staging", 0, [stored("00a", (1, 1))])
    with pytest.raises(ValueError, match=r"core\.roster: 1 rows have a key"):
        write_partition(tmp_path / "parquet", tmp_path / "staging", "core.roster", PLACE, {"00a"})


def test_fields_carry_their_meaning_in_both_languages(tmp_path: Path) -> None:
    stage(tmp_path / "staging", 0, [stored("00a")])
    write(tmp_path / "parquet", tmp_path / "staging", {"00a"})
    schema = pq.read_schema(partition_path(tmp_path / "parquet", "core.roster", PLACE))
    assert schema.field("position").metadata[b"zh"].decode() == "行次"
    assert schema.metadata[b"table"] == b"core.roster"


def test_buckets_cover_the_ids_evenly() -> None:
    assert sorted({bucket_of(f"{number:02x}") for number in range(256)}) == list(range(64))
