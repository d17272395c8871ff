"""What is declared of published tables: titles, notes, and their components in SDMX."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pipelines.model.observation import Status
from pipelines.registry.files import RegistryError, read_yaml
from pipelines.registry.tables import tables


class Words(NamedTuple):
    """The same thing said in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is said of everything that is exported."""

    title: Words
    about: Words
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    notes: tuple[Words, ...]


class ObservationStatus(NamedTuple):
    """The SDMX code of one of our statuses and what it says."""

    status: Status
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataflow:
    """A table as SDMX sees it: dimensions and attributes by the names of their columns.

    `status` is the column of our status, or of a list of them; `broken` the one that tells of a break, or "";
    `uncoded` dimensions hold text, all others codes.
    """

    id: str
    table: str
    dimensions: dict[str, str]
    status: str
    attributes: dict[str, str]
    broken: str = ""
    uncoded: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the table that is used, once."""
        used = (*self.dimensions.values(), "value", self.status, *self.attributes.values(), self.broken)
        return tuple(dict.fromkeys(filter(None, used)))


@cache
def publication() -> Publication:
    """Return what is said of everything that is exported."""
    declared = _declared()
    return Publication(
        title=Words(**declared["title"]),
        about=Words(**declared["about"]),
        authors=tuple(declared["authors"]),
        keywords=tuple(declared["keywords"]),
        notes=tuple(Words(**note) for note in declared["notes"]),
    )


@cache
def observation_statuses() -> tuple[ObservationStatus, ...]:
    """Return the SDMX code of every status, first the one that prevails; a status without a code is refused."""
    found = tuple(
        ObservationStatus(Status(each["status"]), each["code"], each["zh"], each["en"])
        for each in _declared()["sdmx"]["observation_status"]
    )
    if sorted(each.status for each in found) != sorted(Status):
        raise RegistryError("publishing.yml: observation_status does not name every status once")
    return found


def status_of_contradiction() -> str:
    """Return the SDMX code of a point without a value whose parts have values."""
    return str(_declared()["sdmx"]["contradiction"])


def status_of_break() -> str:
    """Return the SDMX code of a point at which the form changed."""
    return str(_declared()["sdmx"]["break"])


@cache
def dataflows() -> dict[str, Dataflow]:
    """Return the dataflows by their table; one with a column that its table lacks is refused."""
    declared = _declared()["sdmx"]
    return {name: _dataflow(declared["agency"], name, **parts) for name, parts in declared["dataflows"].items()}


def _dataflow(agency: str, table: str, **parts: Any) -> Dataflow:  # noqa: ANN401 - as the YAML file has it
    name = f"{agency}:{parts.pop('id')}({parts.pop('version')})"
    flow = Dataflow(id=name, table=table, **parts)
    missing = {*flow.columns} - {column.name for column in tables()[table].columns}
    if missing:
        raise RegistryError(f"publishing.yml: {table} has no column {', '.join(sorted(missing))}")
    return flow


@cache
def _declared() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml("publishing.yml")
    return found
