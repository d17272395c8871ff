"""Parquet files by table, year and bucket: sorted by key, written under a temporary name, the same bytes every time."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.registry.tables import Table, tables
from pipelines.warehouse.columns import REPORT_TABLES, StoredReport
from pipelines.warehouse.publication import Move

_ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "DECIMAL(18,2)": pa.decimal128(18, 2),
    "VARCHAR[]": pa.list_(pa.string()),
}
_MAGIC = b"PAR1"
_IN_EVERY_REPORT = ("core.report", "core.observation")
_COMPUTED = {"core.report": {"is_current"}}
"""Columns that depend on other reports: they are computed when the database is built and are not stored."""


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """The part of a table that one file holds."""

    report_year: int
    bucket: int


def arrow_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a stored table, each field with its meaning in both languages as metadata."""
    computed = _COMPUTED.get(table.name, set())
    fields = [
        pa.field(column.name, _ARROW[column.type], metadata={"zh": column.zh, "en": column.en})
        for column in table.columns
        if column.name not in computed
    ]
    return pa.schema(fields, metadata={"table": table.name, "zh": table.zh, "en": table.en})


def partition_path(root: Path, table: str, partition: Partition) -> Path:
    """Return where a partition of a table is stored."""
    return root / table / f"report_year={partition.report_year}" / f"bucket={partition.bucket:02d}.parquet"


def partition_files(root: Path, table: str) -> list[Path]:
    """Return the published files of a table, sorted."""
    return sorted((root / table).glob("report_year=*/bucket=*.parquet"))


def coming_files(root: Path, table: str, partitions: Collection[Partition] | None = None) -> list[Path]:
    """Return the files of a table as they will stand after publication: prepared ones in place of published ones.

    `partitions` are the only ones asked for; None for all.
    """
    if partitions is not None:
        places = (partition_path(root, table, partition) for partition in sorted(partitions))
        beside = ((place.with_suffix(".next"), place) for place in places)
        return [found for pair in beside if (found := next(filter(Path.exists, pair), None))]
    prepared = {path.with_suffix(".parquet"): path for path in (root / table).glob("report_year=*/bucket=*.next")}
    published = {path: path for path in partition_files(root, table)}
    return sorted((published | prepared).values())


def moves(root: Path) -> Iterator[Move]:
    """Yield how the prepared files take the place of the published ones; one without rows leaves its place empty."""
    for path in sorted(root.glob("*/report_year=*/bucket=*.next")):
        published = path.with_suffix(".parquet")
        if pq.read_metadata(path).num_rows:
            yield Move(path, published)
        else:
            yield from (Move(None, published), Move(None, path))


def discard(root: Path) -> None:
    """Take away what an earlier run prepared and did not publish."""
    for path in [*root.glob("*/report_year=*/bucket=*.next"), *root.glob("*/report_year=*/bucket=*.building")]:
        path.unlink()


def stored_partitions(root: Path) -> set[Partition]:
    """Return every partition that any table has a file of."""
    return {_partition(path) for table in REPORT_TABLES for path in partition_files(root, table)}


def _partition(path: Path) -> Partition:
    return Partition(int(path.parent.name.split("=")[1]), int(path.stem.split("=")[1]))


def whole_partitions(root: Path) -> set[Partition]:
    """Return the partitions with all that every report has, of which no file is cut off or overwritten by anything."""
    files = [path for name in REPORT_TABLES for path in partition_files(root, name)]
    damaged = {_partition(path) for path in files if not _is_whole(path)}
    reports, observations = (set(map(_partition, partition_files(root, name))) for name in _IN_EVERY_REPORT)
    return (reports & observations) - damaged


def _is_whole(path: Path) -> bool:
    """Say whether a file begins and ends as a Parquet file does."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return False
        file.seek(-len(_MAGIC), os.SEEK_END)
        return file.read() == _MAGIC


def stage(staging: Path, number: int, reports: Sequence[StoredReport]) -> None:
    """Write reports that were just read into the staging folder, a file for each table, partition and batch.

    These are Arrow files: there are many small ones, each read once, and Parquet costs ten times as much for such.
    """
    by_partition: dict[Partition, list[StoredReport]] = {}
    for report in reports:
        by_partition.setdefault(Partition(report.report_year, report.bucket), []).append(report)
    for partition, members in by_partition.items():
        for name in REPORT_TABLES:
            schema = arrow_schema(tables()[name])
            path = partition_path(staging, name, partition).with_suffix(f".{number:06d}.arrow")
            path.parent.mkdir(parents=True, exist_ok=True)
            with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
                for each in members:
                    writer.write_table(pa.table(each.tables[name], schema=schema))


def write_partition(root: Path, staging: Path, name: str, partition: Partition, ids: Collection[str]) -> int:
    """Prepare one partition of one table beside the published one and return its number of rows.

    It holds the reports `ids` and no other: staged ones as they were just read, the others as they were stored.
    Raises ValueError on a duplicate key.
    """
    table, path = tables()[name], partition_path(root, name, partition)
    staged = _staged(staging, name, partition)
    kept = _kept(path, arrow_schema(table), set(ids) - _staged_ids(staging, partition))
    empty = arrow_schema(table).empty_table()
    return _write(path, table, pa.concat_tables([part for part in (empty, kept, staged) if part is not None]))


def _staged(staging: Path, name: str, partition: Partition) -> pa.Table | None:
    path = partition_path(staging, name, partition)
    found = sorted(path.parent.glob(f"{path.stem}.*.arrow"))
    return pa.concat_tables(map(_read, found)) if found else None


def _read(path: Path) -> pa.Table:
    with pa.OSFile(str(path), "rb") as file, pa.ipc.open_file(file) as reader:
        return reader.read_all()


def _staged_ids(staging: Path, partition: Partition) -> set[str]:
    """Return the reports that were just read: a table in which one of them has no rows must lose its old ones."""
    staged = _staged(staging, "core.report", partition)
    return set(staged["report_id"].to_pylist()) if staged is not None else set()


def _kept(path: Path, schema: pa.Schema, ids: Collection[str]) -> pa.Table | None:
    if not ids or not path.exists():
        return None
    stored = pq.read_table(path, schema=schema, partitioning=None)
    return stored.filter(pc.is_in(stored["report_id"], value_set=pa.array(sorted(ids), pa.string())))


def _write(path: Path, table: Table, rows: pa.Table) -> int:
    rows = rows.sort_by([(column, "ascending") for column in table.key])
    _refuse_duplicates(table, rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_suffix(".building")
    pq.write_table(rows.combine_chunks(), building, compression="zstd", version="2.6", store_schema=True)
    building.replace(path.with_suffix(".next"))
    return int(rows.num_rows)


def _refuse_duplicates(table: Table, rows: pa.Table) -> None:
    keys = rows.select(list(table.key))
    distinct = keys.group_by(list(table.key)).aggregate([])
    if distinct.num_rows != keys.num_rows:
        raise ValueError(f"{table.name}: {keys.num_rows - distinct.num_rows} rows have a key that another row has")
