"""A report as a whole: who speaks, about which year, and what its pages announce and hold."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from pipelines.model.body import Body
from pipelines.model.finding import Finding
from pipelines.model.observation import Observation


class Coverage(StrEnum):
    """Whether a report sums up a whole territory (汇总) or tells of one office (本级)."""

    AGGREGATE = "aggregate"
    OWN = "own"
    UNKNOWN = "unknown"


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Located(Generic[Value]):
    """A value read from a report's frame (title, period, heading), with the place where it is printed."""

    value: Value
    printed: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a report says about itself outside its figures."""

    title: Located[str]
    title_year: int
    title_name: str
    body_name: str
    body: Body
    report_year: int
    period: Located[tuple[date, date]] | None
    published: Located[datetime] | None
    coverage: Located[Coverage] | None
    announced_parts: Located[int] | None
    parts: tuple[Located[str], ...]
    announced_annexes: tuple[Located[str], ...]
    annexes: tuple[Located[str], ...]
    filled_in_by: Located[str] | None
    breaks_off: Located[str] | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One line of a publication roster: which body has made and published its report, and when."""

    position: int
    body_name: str
    status: str
    published_on: date | None
    note: str
    printed: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read from one report."""

    frame: Frame
    observations: tuple[Observation, ...]
    roster: tuple[RosterLine, ...]
    findings: tuple[Finding, ...]


class Unreadable(Exception):  # noqa: N818 - it says what the file is; that is no error of the program
    """A file that is not a readable report: `reason` is a rule of the catalogue, `detail` what was seen."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
