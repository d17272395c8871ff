"""CSV comes back as it was, through the csv module, pandas and DuckDB, and holds no formula."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings

from pipelines.export.cells import guarded, unguarded, written
from pipelines.export.comma_separated import csv_file
from tests.unit.export.tables import HOSTILE, ROWS, TABLE, Row, batch, row


def written_file(rows: Sequence[Row]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        with csv_file(path, TABLE) as add:
            add(batch(rows[: len(rows) // 2]))
            add(batch(rows[len(rows) // 2 :]))
        return path.read_bytes()


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_text(found: Row) -> list[str]:
    return [guarded(value) if isinstance(value, str) else written(value) for value in found]


@given(ROWS)
@settings(max_examples=60)
def test_the_csv_module_reads_what_was_written(rows: list[Row]) -> None:
    found = lines(written_file(rows))
    assert found[0] == [column.name for column in TABLE.columns]
    assert found[1:] == [as_text(each) for each in rows]


@given(ROWS)
@settings(max_examples=40)
def test_pandas_reads_every_value(rows: list[Row]) -> None:
    rows = [each for each in rows if each[0] is not None]
    frame = pd.read_csv(
        io.BytesIO(written_file(rows)), dtype=str, keep_default_na=False, encoding="utf-8-sig", engine="python"
    )
    assert [unguarded(code) for code in frame["code"]] == [each[0] for each in rows]
    assert list(frame["value"]) == [written(each[1]) for each in rows]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_begins_like_a_formula_and_none_is_lost(text: str) -> None:
    (_, (cell, *_)) = lines(written_file([row(text)]))
    visible = "".join(character for character in cell if character.isprintable()).lstrip()
    assert not visible.startswith(tuple("=+-@＝＋－＠"))
    assert unguarded(cell) == text


def test_numbers_are_never_guarded_and_never_rounded() -> None:
    from decimal import Decimal  # noqa: PLC0415 - only here

    worth = [Decimal("-8.6000"), Decimal("99999999999999.9999"), Decimal("0.0001"), Decimal("-0.0000"), Decimal(100)]
    found = [each[1] for each in lines(written_file([row(str(n), value) for n, value in enumerate(worth)]))[1:]]
    assert found == ["-8.6", "99999999999999.9999", "0.0001", "0", "100"]


def test_it_begins_with_the_mark_that_excel_needs_and_ends_lines_as_the_standard_says() -> None:
    data = written_file([row("公开")])
    assert data.startswith(b"\xef\xbb\xbfcode,")
    assert data.endswith(b"\r\n")


def test_null_and_a_text_of_no_length_are_told_apart_by_quotes() -> None:
    assert written_file([row(None), row("")]).decode("utf-8-sig").splitlines()[1:] == [",,,,,,,", '"",,,,,,,']


def test_duckdb_reads_types_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(written_file([row("001", None, parts=["a, b", '"c"'], year=2017, flag=True)]))
    read = f"read_csv('{path}', types = {{'code': 'VARCHAR'}})"
    with duckdb.connect(":memory:") as connection:
        (found,) = connection.execute(f"SELECT code, year, flag, parts FROM {read}").fetchall()
    assert (found[0], found[1], found[2], json.loads(found[3])) == ("001", 2017, True, ["a, b", '"c"'])
