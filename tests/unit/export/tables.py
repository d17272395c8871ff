"""A table of every type, and batches of rows for it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from pipelines.registry.tables import Column, Table

ARROW = {
    "VARCHAR": pa.string(),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
}
TABLE = Table(
    name="mart.everything",
    zh="各种类型",
    en="Every type",
    key=("code",),
    columns=tuple(
        Column(name, kind, f"中文{name}", f"English {name}")
        for name, kind in (
            ("code", "VARCHAR"),
            ("value", "DECIMAL(18,4)"),
            ("year", "INTEGER"),
            ("size", "BIGINT"),
            ("flag", "BOOLEAN"),
            ("day", "DATE"),
            ("time", "TIMESTAMP"),
            ("parts", "VARCHAR[]"),
        )
    ),
)
SCHEMA = pa.schema([pa.field(column.name, ARROW[column.type]) for column in TABLE.columns])
Row = tuple[Any, ...]

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "＝1＋1",
    "－1",
    " =1+1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\ufeff=1",
    "\u200f=1",
    "\u202e=1",
    "'=1",
    "''",
    'a "quoted" text',
    "a,b",
    "line\nbreak\r\nand\rmore",
    "\0nul",
    "_x0041_",
    "\ufffe\uffff",
    "长" * 10_000,
    "\u200fעברית\u202c",
    "010203",
    "1e5",
    "2017-03-01",
    "https://example.org",
    "TRUE",
    "",
    " ",
    "𠮷野家",
)


def batch(rows: Sequence[Row]) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(TABLE.columns)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, SCHEMA.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def row(code: str | None = "a", value: Decimal | None = None, **others: Any) -> Row:
    said = {"code": code, "value": value, **others}
    return tuple(said.get(column.name) for column in TABLE.columns)


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_decimal = st.decimals(
    min_value=Decimal(-(10**14)) + 1, max_value=Decimal(10**14) - 1, places=4, allow_nan=False, allow_infinity=False
)
_days = {"min_value": date(1900, 3, 1), "max_value": date(2099, 12, 31)}
_times = {"min_value": datetime(1900, 3, 1), "max_value": datetime(2099, 12, 31)}  # noqa: DTZ001 - as printed
ROWS = st.lists(
    st.tuples(
        st.none() | _text | st.sampled_from(HOSTILE),
        st.none() | _decimal,
        st.none() | st.integers(-(2**31), 2**31 - 1),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.booleans(),
        st.none() | st.dates(**_days),
        st.none() | st.datetimes(**_times).map(lambda time: time.replace(microsecond=0)),
        st.none() | st.lists(_text, max_size=3),
    ),
    max_size=8,
)
