"""What differs between two builds of the warehouse, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What differs of one thing: how many of each kind, the first of them, and what could not be compared."""

    name: str
    kinds: Mapping[str, int]
    rows: tuple[Mapping[str, Any], ...]
    not_compared: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many things differ, those included that are not among the rows."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between an old and a new warehouse, worst first."""

    old: str
    new: str
    sections: tuple[Section, ...]

    @property
    def different(self) -> bool:
        """Whether anything differs."""
        return any(section.total for section in self.sections)

    @property
    def complete(self) -> bool:
        """Whether everything could be compared."""
        return not any(section.not_compared for section in self.sections)
