"""An export of the published warehouse: which tables, in which formats, into a folder of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from pipelines.export.column_file import parquet_file
from pipelines.export.comma_separated import Add, csv_file
from pipelines.export.folder import refuse_what_is_there, replacing
from pipelines.export.package import (
    CITATION,
    PACKAGE,
    README,
    SUMS,
    Edition,
    Reference,
    checksums,
    citation,
    datapackage,
    readme,
)
from pipelines.export.sdmx import sdmx_file
from pipelines.export.workbook import xlsx_file
from pipelines.model.file_format import FileFormat
from pipelines.registry.problems import Problem
from pipelines.registry.publishing import dataflows
from pipelines.registry.tables import Table, tables
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.query import reading

_ROWS, _MEMORY = 20_000, "1GB"
"""Rows are streamed in batches; what DuckDB needs for sorting beyond this goes to the disk, beside the warehouse."""

_DEFAULT = "mart"


class Exported(NamedTuple):
    """What was written: the folder, the rows of each table, the run that it is of."""

    folder: Path
    rows: Mapping[str, int]
    formats: tuple[str, ...]
    edition: Edition

    def as_json(self) -> dict[str, object]:
        """Return what JSON can hold of it."""
        told: dict[str, object] = {"folder": str(self.folder), "formats": [*self.formats], "rows": {**self.rows}}
        return told | self.edition._asdict()


_Files = Iterator[AbstractContextManager[Add]]
Notify = Callable[[str, int], None]


def export_warehouse(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    folder: Path,
    *,
    wanted: Sequence[str] = (),
    formats: Sequence[FileFormat] = (),
    force: bool = False,
    notify: Notify = lambda _, __: None,
) -> Exported:
    """Write tables of the published warehouse into a folder and return what was written; all marts if none is named.

    The same warehouse gives the same bytes. Raises Problem where the folder holds anything else, a table is unknown, or
    nothing is built yet.
    """
    chosen, kinds, place = chosen_tables(wanted), tuple(formats or FileFormat), folder.absolute()
    _refuse_ours(settings, place)
    refuse_what_is_there(place, force=force)
    with reading(settings.database) as connection, replacing(place) as draft:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        try:
            edition = _edition(connection)
            rows = {each.name: _write(connection, each, draft, kinds, notify) for each in chosen}
            references = {each.name: _references(connection, each, chosen) for each in chosen}
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            found = str(error).strip().partition("\n")[0]
            raise Problem("warehouse-of-another-version", settings.database, found=found) from None
        _describe(draft, edition, chosen, rows, references if FileFormat.CSV in kinds else None)
    return Exported(place, rows, tuple(kinds), edition)


def chosen_tables(wanted: Sequence[str]) -> list[Table]:
    """Return the tables that names or schemas stand for, in the order of their declaration; Problem for any other.

    >>> [table.name for table in chosen_tables(["core.body", "core.report"])]
    ['core.report', 'core.body']
    """
    asked = set(wanted or (_DEFAULT,))
    known = {*tables(), *(table.schema for table in tables().values())}
    if unknown := sorted(asked - known):
        raise Problem("no-such-table", "--table", found=", ".join(unknown))
    return [table for table in tables().values() if {table.name, table.schema} & asked]


def _refuse_ours(settings: Settings, folder: Path) -> None:
    """Refuse a folder from which raw files are read, or which holds what must not be replaced."""
    kept = (settings.home, settings.raw, settings.warehouse, settings.database, Path.cwd(), Path.home())
    inside = folder.resolve()
    if any(path.resolve().is_relative_to(inside) for path in kept) or inside.is_relative_to(settings.raw.resolve()):
        raise Problem("export-in-the-way", folder)


def _edition(connection: duckdb.DuckDBPyConnection) -> Edition:
    run_id, finished = connection.execute(statements("query")["query.latest_edition"].text).fetchall()[0]
    return Edition(run_id, finished, version("gongkai"))


def _write(
    connection: duckdb.DuckDBPyConnection, table: Table, draft: Path, formats: Iterable[FileFormat], notify: Notify
) -> int:
    """Write one table in every format, a batch of rows at a time, and return the number of its rows."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    key = ", ".join(f'"{column}"' for column in table.key)
    batches = connection.sql(f"SELECT {names} FROM {table.name} ORDER BY {key}").to_arrow_reader(_ROWS)
    rows = 0
    with ExitStack() as files:
        adders = [files.enter_context(each) for each in _files(draft, table, batches.schema, formats)]
        for batch in batches:
            for add in adders:
                add(batch)
            rows += batch.num_rows
    notify(table.name, rows)
    return rows


def _files(draft: Path, table: Table, schema: pa.Schema, formats: Iterable[FileFormat]) -> _Files:
    for form in formats:
        path = draft / form / f"{table.name}.{'csv' if form is FileFormat.SDMX else form}"
        if form is FileFormat.SDMX and table.name not in dataflows():
            continue
        path.parent.mkdir(exist_ok=True)
        match form:
            case FileFormat.PARQUET:
                yield parquet_file(path, table, schema)
            case FileFormat.CSV:
                yield csv_file(path, table)
            case FileFormat.XLSX:
                yield xlsx_file(path, table)
            case FileFormat.SDMX:
                yield sdmx_file(path, dataflows()[table.name])


def _references(connection: duckdb.DuckDBPyConnection, table: Table, chosen: Sequence[Table]) -> list[Reference]:
    """Return the columns that lead into the key of another exported table, where every value is found there."""
    names = {column.name for column in table.columns}
    single = [(each, each.key[0]) for each in chosen if len(each.key) == 1 and each is not table]
    return [
        Reference(column, each.name)
        for each, column in single
        if column in names and not _orphans(connection, table, each, column)
    ]


def _orphans(connection: duckdb.DuckDBPyConnection, table: Table, other: Table, column: str) -> bool:
    found = f'SELECT 1 FROM {table.name} ANTI JOIN {other.name} USING ("{column}") WHERE "{column}" IS NOT NULL LIMIT 1'
    return bool(connection.execute(found).fetchall())


def _describe(
    draft: Path,
    edition: Edition,
    chosen: Sequence[Table],
    rows: Mapping[str, int],
    references: Mapping[str, Sequence[Reference]] | None,
) -> None:
    """Write what describes the files; the data package describes CSV and is left out where there is none."""
    texts = {CITATION: citation(edition), README: readme(edition, rows, chosen)}
    if references is not None:
        texts[PACKAGE] = datapackage(edition, chosen, rows, references)
    for name, text in texts.items():
        (draft / name).write_text(text, encoding="utf-8")
    (draft / SUMS).write_text(checksums(draft), encoding="utf-8")
