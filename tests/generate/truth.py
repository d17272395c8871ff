"""What a generated report really prints: the key of every figure, its value, and whether the layout tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.generate.grid import Block

Key = tuple[str, int, str, str]
Cell = tuple[str, str]
Secrets = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed figure, None for a blank; `determined` is False where a careful reader could not be sure."""

    value: Decimal | None
    determined: bool = True


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One line of a publication roster as printed."""

    body: str
    status: str
    published_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Nought:
    """A sentence that says that there was none: what it states, and what follows from it."""

    text: str
    states: tuple[str, ...]
    implies: tuple[str, ...] = ()

    @property
    def covers(self) -> frozenset[str]:
        """Every indicator that the sentence may prove to be nought."""
        return frozenset(self.states + self.implies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A generated report and the truth about it."""

    data: bytes
    text: str
    encoding: str
    year: int
    body: str
    truth: Mapping[Key, Entry]
    actual: Mapping[Cell, Decimal]
    consistent: bool
    noughts: tuple[Nought, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    announced_parts: int | None = None
    has_period: bool = True
    secrets: Secrets = ()
    hazards: frozenset[str] = field(default_factory=frozenset)
    blocks: tuple[Block, ...] = ()

    def __repr__(self) -> str:
        """Show the report as it is printed: what one needs to see when a law is broken."""
        return f"<{self.encoding} report, hazards: {', '.join(sorted(self.hazards)) or 'none'}\n{self.text}>"

    @property
    def lines(self) -> list[str]:
        """The lines of the report, as an editor counts them."""
        return self.text.replace("\r\n", "\n").split("\n")

    @property
    def stated_zero(self) -> frozenset[str]:
        """Every indicator that some sentence may prove to be nought."""
        return frozenset().union(*(nought.covers for nought in self.noughts))
