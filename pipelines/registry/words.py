"""The words that columns hold, and what each one says."""

from functools import cache
from typing import NamedTuple

from pipelines.registry.files import RegistryError, read_yaml
from pipelines.registry.tables import tables


class Word(NamedTuple):
    """One word of a vocabulary: what it says in both languages."""

    vocabulary: str
    word: str
    zh: str
    en: str
    columns: tuple[str, ...]
    """The columns that hold it, as `core.observation.status`."""


@cache
def words() -> tuple[Word, ...]:
    """Return every word, vocabulary by vocabulary; a column that no table has is refused."""
    known = {f"{table.name}.{column.name}" for table in tables().values() for column in table.columns}
    found: list[Word] = []
    for name, declared in read_yaml("words.yml").items():
        if missing := set(declared["columns"]) - known:
            raise RegistryError(f"words.yml: {name}: {', '.join(sorted(missing))} is no column")
        columns = tuple(declared["columns"])
        found += (Word(name, word, said["zh"], said["en"], columns) for word, said in declared["words"].items())
    return tuple(found)
