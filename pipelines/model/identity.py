"""A sum that ought to close (勾稽关系), and the three answers to the question whether it does."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pipelines.model.figure import Bound
from pipelines.model.observation import PRINTED, Observation, Status

Cell = tuple[str, str]
INFINITY = Decimal("Infinity")
ZERO = Decimal(0)


class Verdict(StrEnum):
    """Three answers, never two: a blank is not a nought, an unchecked sum is not a passed one."""

    HOLDS = "holds"
    BROKEN = "broken"
    CANNOT_TELL = "cannot_tell"


class Range(NamedTuple):
    """All values a cell may have: a point where it is known, up to infinity where a count is blank."""

    low: Decimal
    high: Decimal

    @property
    def known(self) -> bool:
        """Whether exactly one value is left."""
        return self.low is self.high or self.low == self.high

    def __str__(self) -> str:
        """Return the value, or the interval: `157`, `2895…`."""
        return f"{self.low:f}" if self.known else f"{self.low:f}…{'' if self.high.is_infinite() else f'{self.high:f}'}"


NOUGHT = Range(ZERO, ZERO)
OPEN = Range(ZERO, INFINITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`left` op `right`, each side a list of cells to be added (`>=max`: the largest of them).

    `where_printed`: it is asked only of a report that prints all of its cells, and none of `unless`.
    """

    id: str
    forms: frozenset[str]
    left: tuple[Cell, ...]
    operator: str
    right: tuple[Cell, ...]
    hard: bool
    zh: str
    en: str
    note: str = ""
    note_zh: str = ""
    where_printed: bool = False
    unless: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that takes part."""
        return self.left + self.right

    def applies(self, printed: Container[Cell]) -> bool:
        """Say whether this is to be asked of a report that prints these cells."""
        held_back = any(cell in printed for cell in self.unless)
        return not held_back and (not self.where_printed or all(cell in printed for cell in self.cells))

    @property
    def exact(self) -> bool:
        """Whether both sides have to be the same."""
        return self.hard and self.operator == "="

    def closes(self, values: Mapping[Cell, Decimal]) -> bool:
        """Say whether both sides of a sum are the same, all cells of which are known."""
        left, right = (sum((values[cell] for cell in side), ZERO) for side in (self.left, self.right))
        return left == right

    @property
    def additive(self) -> bool:
        """Whether this is a total with its parts, which the solver may use."""
        return self.exact and len(self.left) == 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """An identity put to one report: the answer and both sides as far as they are known."""

    identity: Identity
    verdict: Verdict
    left: Range
    right: Range


def range_of(observation: Observation | None) -> Range:
    """Return what a cell may hold: its value, nought for `/`, anything from nought up for a blank or 约.

    >>> str(range_of(None))
    '0…'
    """
    if observation is None or observation.status is Status.BLANK or observation.status is Status.UNREADABLE:
        return OPEN
    if observation.bound is not Bound.EXACT:
        return OPEN
    return NOUGHT if observation.value is None else Range(observation.value, observation.value)


def total(ranges: Iterable[Range]) -> Range:
    """Return the range of a sum."""
    low = high = ZERO
    for part in ranges:
        low += part.low
        high += part.high
    return Range(low, high)


def largest(ranges: Sequence[Range]) -> Range:
    """Return the range of the largest of several cells."""
    return Range(max(part.low for part in ranges), max(part.high for part in ranges))


def compare(left: Range, operator: str, right: Range) -> Verdict:
    """Answer whether left op right holds for every, for no, or for some of the values left open.

    >>> compare(Range(ZERO, ZERO), "<=", Range(ZERO, INFINITY))
    <Verdict.HOLDS: 'holds'>
    """
    if operator == "<=":
        return compare(right, ">=", left)
    if operator == "=":
        if left.high < right.low or right.high < left.low:
            return Verdict.BROKEN
        return Verdict.HOLDS if left.known and right.known else Verdict.CANNOT_TELL
    if left.low >= right.high:
        return Verdict.HOLDS
    return Verdict.BROKEN if left.high < right.low else Verdict.CANNOT_TELL


def judge(identity: Identity, cells: Mapping[Cell, Observation]) -> Judgement:
    """Test one identity on the cells of one table; a sum of which nothing is printed cannot be told."""
    left_cells, right_cells = [*map(cells.get, identity.left)], [*map(cells.get, identity.right)]
    left = total(map(range_of, left_cells))
    right_parts = [range_of(part) for part in right_cells]
    right = largest(right_parts) if identity.operator == ">=max" else total(right_parts)
    verdict = compare(left, identity.operator.removesuffix("max"), right)
    if verdict is Verdict.HOLDS and not (_any_printed(left_cells) and _any_printed(right_cells)):
        verdict = Verdict.CANNOT_TELL
    return Judgement(identity, verdict, left, right)


def _any_printed(observations: Iterable[Observation | None]) -> bool:
    return any(found is not None and found.status in PRINTED for found in observations)
