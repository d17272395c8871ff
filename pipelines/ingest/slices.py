"""What a build has to make anew: the divisions of the reports that came or went, and nothing else of the warehouse.

A build begins with a warehouse of before, of the same version, that nobody reads any more. How far that one is behind
is found out by comparing its reports with those that are there now, so that any such file will do.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.ingest.declared import give_decisions
from pipelines.ingest.files import give_files
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.origins import give_origins
from pipelines.registry.files import reader_version
from pipelines.settings import Settings
from pipelines.sql.statements import FOLDER, statements
from pipelines.warehouse.database import attach, create_database, give_parquet, journal, open_database
from pipelines.warehouse.merge import SLICE, attach_slice
from pipelines.warehouse.publication import clear

_WORTH = 4
"""A slice that is more than one part in so many of all reports takes longer than making everything."""

_VERSION_DIGITS = 12


def build_version(settings: Settings) -> str:
    """Return a digest of all that decides what the tables say besides the reports: twelve hexadecimal digits."""
    digest = sha256(reader_version().encode())
    package = FOLDER.parent
    for path in sorted(path for part in ("sql", "warehouse") for path in (package / part).rglob("*.[ps][yq]*")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for path in settings.said:
        digest.update(path.read_bytes() if path.exists() else b"\0")
    return digest.hexdigest()[:_VERSION_DIGITS]


def take_up(settings: Settings, manifest: Manifest) -> dict[str, int] | None:
    """Begin the coming warehouse with one of before and return the reports, with their years, to make anew in it.

    None where everything has to be made: there is no warehouse of this version, it cannot be opened, the last year is
    another one, or so much has changed that making everything is quicker.
    """
    try:
        return _members(settings, manifest) if _begin(settings) else None
    except duckdb.Error:
        return None


def is_sliced(settings: Settings) -> bool:
    """Say whether the run that is under way makes only a slice anew."""
    return settings.slice.exists()


@contextmanager
def open_slice(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to the slice, in which the reports of its divisions are as if there were no others."""
    with open_database(settings.slice) as connection:
        connection.execute("SET VARIABLE last_year = (SELECT last_year FROM slice.span)")
        yield connection


@contextmanager
def open_whole(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to the whole warehouse that is being built, with the slice beside it."""
    with open_database(settings.building) as connection:
        attach_slice(connection, settings.slice)
        yield connection


def count_in_new_bodies(connection: duckdb.DuckDBPyConnection) -> None:
    """Let what is replaced be that of the bodies of the slice as well as that of the bodies of before."""
    connection.execute("INSERT INTO slice.body SELECT body_id FROM core.body ANTI JOIN slice.body USING (body_id)")


def changed_years(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the years for which something that the comparison with peers is made of is not what it was."""
    connection.execute(f"CREATE TEMP VIEW given_body AS FROM {SLICE}.slice.body")
    connection.execute(f"CREATE TEMP TABLE ranked AS {statements('slice')['slice.ranked'].text}")
    rows = connection.execute(statements("slice")["slice.changed_years"].text).fetchall()
    return [int(year) for (year,) in rows]


def keep_before(settings: Settings) -> None:
    """Keep what is about to be replaced, to compare with, and a file with which the next build can begin.

    The latter is what is about to be replaced, where the build began with a warehouse of the same version, else a copy
    of the new one.
    """
    replaces = settings.database.is_file()
    if replaces:
        _stand_in(settings.database, settings.previous)
    if replaces and is_sliced(settings):
        _stand_in(settings.database, settings.standby)
    else:
        _stand_in(settings.building, settings.standby, copied=True)


def _stand_in(source: Path, target: Path, *, copied: bool = False) -> None:
    """Give a file a second name, or a copy, in the place of whatever has that name."""
    coming = target.with_name(target.name + ".next")
    clear(coming)
    if not copied:
        with suppress(OSError):
            os.link(source, coming)
    if not coming.exists():
        shutil.copyfile(source, coming)
    for path in (journal(target), target):
        clear(path)
    coming.replace(target)


def _begin(settings: Settings) -> bool:
    """Put a warehouse of before where the coming one is built and say whether there was one."""
    for path in (settings.building, settings.slice):
        clear(journal(path))
        clear(path)
    if _is_spare(settings) and _is_of_this_version(settings, settings.standby):
        if settings.previous.exists() and settings.previous.samefile(settings.standby):
            settings.previous.unlink()
        settings.standby.replace(settings.building)
        return True
    if _is_of_this_version(settings, settings.database):
        shutil.copyfile(settings.database, settings.building)
        return True
    return False


def _is_spare(settings: Settings) -> bool:
    """Say whether the standby is there, is not the published file under a second name, and is read by nobody."""
    if not settings.standby.is_file() or (settings.database.exists() and settings.standby.samefile(settings.database)):
        return False
    try:
        with open_database(settings.standby):
            return True
    except duckdb.Error:
        return False


def _is_of_this_version(settings: Settings, path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with open_database(path, read_only=True) as connection:
            found = connection.execute(statements("query")["query.build_version"].text).fetchall()
    except duckdb.Error:
        return False
    return found == [(build_version(settings),)]


def _members(settings: Settings, manifest: Manifest) -> dict[str, int] | None:
    coming = {report.report_id: report.report_year for report in manifest.reports.values()}
    with open_database(settings.building) as connection:
        if _last_year(connection) != max(coming.values(), default=None):
            return None
        _give_aside(connection, settings, manifest)
        added = _give_changed(connection, settings, coming)
        connection.execute(f"CREATE TEMP TABLE before AS {statements('slice')['slice.members'].text}")
        before = {name for (name,) in connection.execute("SELECT report_id FROM before").fetchall()}
        members = (before | added) & coming.keys()
        if len(members) * _WORTH > len(coming):
            return None
        _note(connection, settings)
    return {name: coming[name] for name in sorted(members)}


def _last_year(connection: duckdb.DuckDBPyConnection) -> int | None:
    ((year,),) = connection.execute("SELECT max(report_year) FROM core.report").fetchall()
    return None if year is None else int(year)


def _give_aside(connection: duckdb.DuckDBPyConnection, settings: Settings, manifest: Manifest) -> None:
    """Let the SQL files see which files were set aside since, or are so no longer."""
    give_files(connection, manifest)
    give_origins(connection, settings.raw, manifest)
    connection.execute(f"CREATE TEMP VIEW changed_aside AS {statements('slice')['slice.changed_aside'].text}")


def _give_changed(connection: duckdb.DuckDBPyConnection, settings: Settings, coming: Mapping[str, int]) -> set[str]:
    """Let the SQL files see which reports came and went, and whose those are that came; return the ids of these."""
    years = pa.array(coming.values(), pa.int32())
    connection.register("given_coming", pa.table({"report_id": pa.array(coming, pa.string()), "report_year": years}))
    connection.execute(f"CREATE TEMP TABLE changed AS {statements('slice')['slice.changed'].text}")
    added = dict(connection.execute("SELECT report_id, report_year FROM changed WHERE NOT gone").fetchall())
    give_parquet(connection, settings.parquet, settings.staging, added)
    give_decisions(connection, settings)
    connection.execute(f"CREATE TEMP VIEW added_report AS {statements('core')['core.report'].text}")
    return set(added)


def _note(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Write down in the file of the slice what it will replace, and what was there."""
    create_database(settings.slice)
    attach(connection, settings.slice, SLICE, read_only=False)
    connection.execute(f"CREATE SCHEMA {SLICE}.slice")
    connection.execute("CREATE TEMP VIEW given_body AS SELECT DISTINCT body_id FROM before")
    noted = {
        "report": "SELECT report_id FROM before UNION SELECT report_id FROM changed",
        "body": "FROM given_body",
        "span": "SELECT max(report_year) AS last_year FROM core.report",
        "ranked": statements("slice")["slice.ranked"].text,
    }
    for name, select in noted.items():
        connection.execute(f"CREATE TABLE {SLICE}.slice.{name} AS {select}")
    connection.execute(f"CHECKPOINT {SLICE}")
