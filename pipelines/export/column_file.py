"""Parquet in which every field says what it means."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.export.comma_separated import Add
from pipelines.registry.tables import Table


@contextmanager
def parquet_file(path: Path, table: Table, schema: pa.Schema) -> Iterator[Add]:
    """Open a Parquet file of a table, whose fields have the types of `schema`, and yield what adds rows to it."""
    described = _described(table, schema)
    with pq.ParquetWriter(path, described, compression="zstd") as writer:
        yield lambda batch: writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=described))


def _described(table: Table, schema: pa.Schema) -> pa.Schema:
    meanings = {column.name: {"zh": column.zh, "en": column.en, "type": column.type} for column in table.columns}
    fields = [field.with_metadata(meanings[field.name]) for field in schema]
    about = {"table": table.name, "zh": table.zh, "en": table.en, "key": ", ".join(table.key)}
    return pa.schema(fields, metadata=about)
