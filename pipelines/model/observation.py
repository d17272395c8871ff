"""One figure, or one blank cell, in one version of one report."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipelines.model.figure import Bound


class Source(StrEnum):
    """Where in a report a figure is printed; a series never mixes them."""

    TABLE = "table"
    SERIES = "series"
    NARRATIVE = "narrative"


class Status(StrEnum):
    """How a value came to be, or why there is none."""

    REPORTED = "reported"
    STATED_ZERO = "stated_zero"
    BLANK = "blank"
    BLANK_AS_ZERO = "blank_as_zero"
    DERIVED = "derived"
    SPLIT = "split"
    UNREADABLE = "unreadable"
    NOT_APPLICABLE = "not_applicable"


VALUELESS = frozenset({Status.BLANK, Status.UNREADABLE, Status.NOT_APPLICABLE})
PRINTED = frozenset({Status.REPORTED, Status.STATED_ZERO, Status.SPLIT})
_ZERO = frozenset({Status.STATED_ZERO, Status.BLANK_AS_ZERO})
TOTAL = "total"
ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A figure with its meaning, its printed text and its place.

    Raises ValueError where value and status contradict each other: such an object cannot exist.
    """

    source: Source
    time_period: int
    indicator: str
    breakdown: str = TOTAL
    occurrence: int = 1
    value: Decimal | None
    unit: str
    status: Status
    bound: Bound = Bound.EXACT
    precision: Decimal = ONE
    form: str = ""
    table: str = ""
    label: str
    printed: str
    locator: str
    evidence: str = ""

    def __post_init__(self) -> None:
        """Refuse a value that its status denies."""
        if (self.value is None) is not (self.status in VALUELESS):
            raise ValueError(f"{self.indicator}: status {self.status} and value {self.value} contradict each other")
        if self.value and self.status in _ZERO:
            raise ValueError(f"{self.indicator}: status {self.status} says nought, the value is {self.value}")

    @property
    def cell(self) -> tuple[str, str]:
        """The indicator and breakdown: what identities name."""
        return self.indicator, self.breakdown
