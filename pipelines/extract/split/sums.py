"""What decides between cuts: the sums of the form and the figures of the prose, as one kind of thing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pipelines.extract.split.layout import Amount
from pipelines.model.identity import Cell, Identity


class Stated(NamedTuple):
    """A figure that is stated exactly for one cell, or for several together, and its place.

    `outside` says that not the prose states it but a report of another year. `signs` are those of the cells, where one
    is subtracted.
    """

    cells: tuple[Cell, ...]
    value: Decimal
    place: str
    signs: tuple[int, ...] = ()
    outside: bool = False

    @property
    def law(self) -> "Sum":
        """The statement as a sum."""
        terms = zip(self.cells, self.signs or (1,) * len(self.cells), strict=True)
        return Sum(self.place, tuple(terms), _plain(self.value), prose=True)


@dataclass(frozen=True, eq=False)
class Sum:
    """Cells with their signs that add up to a constant, or (not `exact`) to no less."""

    id: str
    terms: tuple[tuple[Cell, int], ...]
    constant: Amount = 0
    exact: bool = True
    prose: bool = False

    @cached_property
    def cells(self) -> frozenset[Cell]:
        """Every cell that takes part."""
        return frozenset(cell for cell, _ in self.terms)

    def broken(self, rest: Amount) -> bool:
        """Say whether what the terms leave over the constant breaks the sum."""
        return rest != 0 if self.exact else rest < 0


def sums_of(identities: Iterable[Identity], stated: Iterable[Stated]) -> list[Sum]:
    """Return all that may decide, in an order that does not depend on the order of the identities."""
    form = [found for identity in identities if identity.hard for found in _sums(identity)]
    return sorted(form + [told.law for told in stated], key=lambda law: (law.id, law.terms, law.exact))


def _plain(value: Decimal) -> Amount:
    return int(value) if value == value.to_integral_value() else value


def _sums(identity: Identity) -> Iterator[Sum]:
    left, right = ([(cell, 1) for cell in side] for side in (identity.left, identity.right))
    if identity.operator == ">=max":
        yield from (_difference(identity.id, left, [part], exact=False) for part in right)
    elif identity.operator == "<=":
        yield _difference(identity.id, right, left, exact=False)
    else:
        yield _difference(identity.id, left, right, exact=identity.operator == "=")


def _difference(name: str, more: Sequence[tuple[Cell, int]], less: Sequence[tuple[Cell, int]], *, exact: bool) -> Sum:
    return Sum(name, (*more, *((cell, -sign) for cell, sign in less)), exact=exact)
