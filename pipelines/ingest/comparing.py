"""What changed between two builds: which warehouse a word names, and the answers of the SELECTs of `sql/diff`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.model.comparison import Comparison, Section
from pipelines.registry.comparison import declared_sections, surprise
from pipelines.registry.problems import Problem
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.sql.statements import Statement, in_order, statements
from pipelines.warehouse.pair import Pair, open_pair
from pipelines.warehouse.query import NoWarehouseError

_BELOW = (Path(), Path("warehouse.duckdb"), Path("data", "warehouse", "warehouse.duckdb"))
_PREVIOUS = "previous"
_WORDS = {
    "change": "old_held, new_held, old_value, new_value, old_unit, new_unit, old_status, new_status",
    "surprise": "old_value, new_value, old_unit, new_unit, weight",
    "relative_percent": "old_value, new_value",
    "weight_of_cell": "indicator, breakdown",
}


def compare_builds(settings: Settings, old: Path, new: Path | None, limit: int) -> Comparison:
    """Return what differs between two builds; without a new one, between the old and the one published here.

    The word `previous` names the build that was published here before.
    Raises Problem where one of them is not there or no warehouse, NoWarehouseError where nothing is published here.
    """
    before = settings.previous if str(old) == _PREVIOUS else warehouse_file(old)
    if not before.is_file():
        raise Problem("no-previous-warehouse", before)
    return compare(before, warehouse_file(new) if new else _published(settings), limit)


def warehouse_file(named: Path) -> Path:
    """Return the warehouse file that a path names: the file, the one in a warehouse folder, or that of a project."""
    found = next((file for file in (named / below for below in _BELOW) if file.is_file()), None)
    if found is None:
        raise Problem("no-warehouse-here", named)
    return found


def _published(settings: Settings) -> Path:
    if not settings.database.is_file():
        raise NoWarehouseError("no-warehouse", settings.database)
    return settings.database


def compare(old: Path, new: Path, limit: int) -> Comparison:
    """Return what differs between two warehouse files, of each section the first `limit`.

    Raises Problem where a file is no warehouse, or lacks what every comparison needs.
    """
    with open_pair(old, new) as pair:
        _make_words(pair.connection)
        found = {"schema": _of_schema(pair, limit)} | dict(_sections(pair, limit))
    return Comparison(old=str(old), new=str(new), sections=tuple(found[name] for name in declared_sections()))


def _make_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the SELECTs their words: macros, and as variables what the registry says of surprise."""
    for name, parameters in _WORDS.items():
        connection.execute(f"CREATE MACRO {name}({parameters}) AS ({statements('macro')[f'macro.{name}'].text})")
    for name, value in surprise()._asdict().items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])


def _sections(pair: Pair, limit: int) -> Iterator[tuple[str, Section]]:
    pair.connection.execute("CREATE SCHEMA diff")
    for statement in in_order("diff"):
        pair.connection.execute(f"CREATE TABLE {statement.name} AS {statement.text}")
        name = statement.name.removeprefix("diff.")
        if name in declared_sections():
            yield name, _section(pair.connection, name, limit, _not_compared(statement, pair))


def _section(connection: duckdb.DuckDBPyConnection, name: str, limit: int, lacking: tuple[str, ...]) -> Section:
    made = connection.table(f"diff.{name}")
    counts = dict(made.aggregate("kind, count(*)").fetchall())
    first = made.filter(f"rank <= {limit:d}").order("rank")
    rows = tuple(dict(zip(first.columns, row, strict=True)) for row in first.fetchall())
    declared = [*declared_sections()[name].kinds]
    kinds = {kind: counts[kind] for kind in sorted(counts, key=declared.index)}
    return Section(name=name, kinds=kinds, rows=rows, not_compared=lacking)


def _not_compared(statement: Statement, pair: Pair) -> tuple[str, ...]:
    """Return the tables and columns that a SELECT asks for and that one of the files does not have."""
    words = set(re.findall(r"\w+", statement.text))
    found: list[str] = []
    for name in sorted(statement.reads & set(tables())):
        shared = pair.shared(tables()[name])
        asked = [f"{name}.{each.name}" for each in tables()[name].columns if each.name in words - {*shared}]
        found += asked if shared else [name]
    return tuple(found)


class _Difference(NamedTuple):
    """A table or a column that the files do not have alike; a type is None where there is no such thing."""

    table: str
    column: str
    old_type: str | None
    new_type: str | None

    @property
    def kind(self) -> str:
        if self.old_type is None:
            return "only_new"
        return "only_old" if self.new_type is None else "type"


def _of_schema(pair: Pair, limit: int) -> Section:
    """Return what one file has and the other has not; a table that is missing is told once, not by its columns."""
    declared = [*declared_sections()["schema"].kinds]
    found = sorted((*_of_tables(pair), *_of_columns(pair)), key=lambda each: (declared.index(each.kind), each[:2]))
    counts = {kind: sum(each.kind == kind for each in found) for kind in declared}
    rows = ({"rank": rank, "kind": each.kind} | each._asdict() for rank, each in enumerate(found[:limit], start=1))
    return Section(name="schema", kinds={kind: count for kind, count in counts.items() if count}, rows=tuple(rows))


def _of_tables(pair: Pair) -> Iterator[_Difference]:
    for name in pair.old.keys() ^ pair.new.keys():
        yield _Difference(name, "", *("" if name in held else None for held in (pair.old, pair.new)))


def _of_columns(pair: Pair) -> Iterator[_Difference]:
    for name in pair.old.keys() & pair.new.keys():
        old, new = pair.old[name], pair.new[name]
        for column in old.keys() | new.keys():
            if old.get(column) != new.get(column):
                yield _Difference(name, column, old.get(column), new.get(column))
