"""Public bodies: who publishes a report, and which part of the country it speaks for."""

from dataclasses import dataclass
from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is; a government sums up its whole territory, its office speaks for itself."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    ZONE = "zone"
    VERTICAL = "vertical"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Body:
    """A public body: its id, the name it is known by, its GB/T 2260 division ("" where unresolved) and its kind.

    `evidence` says in a word or two what tells which body it is, and is empty where nothing does; `candidates` are
    then the ids of those that it may be.
    """

    body_id: str
    name: str
    division: str = ""
    kind: BodyKind = BodyKind.UNKNOWN
    evidence: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether it is certain which body it is."""
        return bool(self.evidence)
