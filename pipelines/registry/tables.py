"""The tables of the warehouse as declared in tables.yml."""

from dataclasses import dataclass
from functools import cache

from pipelines.registry.files import RegistryError, read_yaml

SLICES = ("", "report", "body", "year", "whole", "all")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its DuckDB type, and what it means in both languages."""

    name: str
    type: str
    zh: str
    en: str

    @property
    def comment(self) -> str:
        """The comment stored with the column: `中文 | English`."""
        return f"{self.zh} | {self.en}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: schema-qualified name, what one row is, key columns, columns in order.

    `slice` is what a build replaces in it: the rows of a report, of a body, of a year, those that differ (`all` where
    it is made in a look at the whole warehouse), or "" none.
    """

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    slice: str = ""

    @property
    def schema(self) -> str:
        """The schema: core, mart or quality."""
        return self.name.split(".")[0]

    @property
    def short_name(self) -> str:
        """The name within its schema."""
        return self.name.split(".")[1]

    @property
    def comment(self) -> str:
        """The comment stored with the table: `中文 | English`."""
        return f"{self.zh} | {self.en}"


@cache
def tables() -> dict[str, Table]:
    """Return every declared table by its name; a key that names no column and an unknown slice are refused."""
    found = {}
    for name, declared in read_yaml("tables.yml").items():
        columns = tuple(Column(column, **meaning) for column, meaning in declared["columns"].items())
        missing = set(declared["key"]) - {column.name for column in columns}
        if missing:
            raise RegistryError(f"tables.yml: {name}: key {', '.join(sorted(missing))} is no column")
        if (part := declared.get("slice", "")) not in SLICES:
            raise RegistryError(f"tables.yml: {name}: slice {part!r} is none of {', '.join(SLICES[1:])}")
        key = tuple(declared["key"])
        found[name] = Table(name=name, zh=declared["zh"], en=declared["en"], key=key, columns=columns, slice=part)
    return found
