"""One row of a table before its neighbours are asked: what layout, prose and its own sums leave of its cuts."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from pipelines.extract.split.layout import Amount, Cut, Figure, Layout, Strip, as_printed
from pipelines.extract.split.sums import Sum
from pipelines.model.identity import Cell

ONLY_CUT = "only cut"
MOST_CUTS = 300
_MOST_STEPS = 10_000
TELLING = 100
"""A figure of the prose that alone may choose has three digits: a shorter one begins many a run by chance."""

Rests = tuple[Amount | None, ...]
Allowed = Sequence[Collection[Amount] | None]


class TooManyError(Exception):
    """A row has more cuts than are worth weighing."""


class Decided(NamedTuple):
    """The cut of a row that needs no neighbour, and why: nothing where separators alone give it."""

    cut: Cut
    evidence: str


class Row:
    """A strip with the sums that lie wholly in it."""

    def __init__(self, strip: Strip, sums: Sequence[Sum], *, blanks: bool) -> None:
        """Take the sums of the row, those of the prose only as far as some cut agrees with them."""
        self.strip, self.cells = strip, strip.cells
        self.place = {cell: index for index, cell in enumerate(strip.cells)}
        self.layout, self.blanks = Layout(strip, blanks=blanks), blanks
        self._signs: dict[Sum, Sequence[tuple[int, int]]] = {}
        self._form = [found for found in sums if not found.prose and found.cells <= self.place.keys()]
        self._prose = [found for found in sums if found.prose and found.cells <= self.place.keys()]

    @cached_property
    def decided(self) -> Decided | None:
        """The cut that separators or layout alone give, if they do."""
        if printed := as_printed(self.strip):
            return Decided(self._derived(printed), "")
        if self.layout.count == 1:
            return Decided(self._derived(next(self.layout.every())), ONLY_CUT)
        return None

    @cached_property
    def told(self) -> Decided | None:
        """The cut that one telling figure of the prose gives, if only one has it and it keeps the sums of the form.

        Not in a copy that has lost its blanks: there a number has too many places to be found by chance.
        """
        telling = [law for law in self._prose if law.constant >= TELLING and len(law.terms) == 1 and not self.blanks]
        told = [self._told(law) for law in telling]
        return told[0] if len({decided and decided.cut for decided in told}) == 1 else None

    @cached_property
    def lawful(self) -> list[Cut]:
        """The cuts that keep every sum of the row. Raises TooManyError."""
        return self._lawful[1]

    @property
    def sums(self) -> list[Sum]:
        """The sums of the row: of the form, and of the prose where a lawful cut agrees with it."""
        return self._lawful[0]

    def near(self, allowed: Allowed) -> list[Cut]:
        """Return the unlawful cuts that one misprinted cell excuses, if all other cells are allowed."""

        def step(missed: int, index: int, figure: Figure, _: int) -> int | None:
            count()
            choice = allowed[index]
            if choice is None or figure.amount in choice or not figure.text:
                return missed
            return index if missed < 0 else None

        count = _counter()
        return _few(cut for cut in map(self._derived, self.layout.cuts(step, -1)) if self.excuse(cut))

    def excuse(self, cut: Cut) -> frozenset[Cell] | None:
        """Return the cells one of which may have spoilt all sums of the row that a cut breaks, None if it keeps all."""
        broken = [found.cells for found in self.sums if found.broken(self.rest(found, cut) - found.constant)]
        return frozenset.intersection(*broken) if broken else None

    def rest(self, found: Sum, cut: Cut) -> Amount:
        """Return what the cells of this row add to a sum."""
        return sum(sign * cut.amounts[index] for index, sign in self.signs(found))

    def signs(self, law: Sum) -> Sequence[tuple[int, int]]:
        """Return the places of the row that take part in a sum, with their signs."""
        if law not in self._signs:
            self._signs[law] = [(self.place[cell], sign) for cell, sign in law.terms if cell in self.place]
        return self._signs[law]

    @cached_property
    def _lawful(self) -> tuple[list[Sum], list[Cut]]:
        sums = self._form + self._prose
        cuts = self._keeping(sums)
        return (sums, cuts) if cuts or not self._prose else (self._form, self._keeping(self._form))

    def _keeping(self, sums: Sequence[Sum]) -> list[Cut]:
        weights = [_Weights(found, self) for found in sums]

        def step(rests: Rests, index: int, figure: Figure, room: int) -> Rests | None:
            count()
            after = tuple(weight.after(rest, index, figure) for weight, rest in zip(weights, rests, strict=True))
            open_ = all(weight.may_close(rest, index, room) for weight, rest in zip(weights, after, strict=True))
            return after if open_ else None

        count = _counter()
        start: Rests = tuple(-found.constant for found in sums)
        return _few(map(self._derived, self.layout.cuts(step, start)))

    def _told(self, found: Sum) -> Decided | None:
        """Return the only cut that gives its cell the figure of the prose, if it keeps the sums of the form."""
        place = self.place[found.terms[0][0]]

        def step(_: int, index: int, figure: Figure, __: int) -> int | None:
            count()
            return None if index == place and figure.amount != found.constant else 0

        count = _counter()
        try:
            cuts = [*map(self._derived, islice(self.layout.cuts(step, 0), 2))]
        except TooManyError:
            return None
        if len(cuts) != 1 or any(law.broken(self.rest(law, cuts[0]) - law.constant) for law in self._form):
            return None
        return Decided(cuts[0], found.id)

    def _derived(self, cut: Cut) -> Cut:
        """Return a cut in which blank totals are worth the sum of their parts, as in the form they are never nought."""
        amounts = [*cut.amounts]
        for index, law in self._totals.items():
            if not cut.texts[index]:
                amounts[index] = -sum(sign * amounts[self.place[cell]] for cell, sign in law.terms if sign < 0)
        return Cut(cut.texts, tuple(amounts))

    @cached_property
    def _totals(self) -> dict[int, Sum]:
        """The totals of the row, each with the sum that derives it."""
        return {index: law for law in self._form if (index := self.total_of(law)) is not None}

    def total_of(self, law: Sum) -> int | None:
        """Return the place of the one cell that is the total of a sum."""
        totals = [self.place[cell] for cell, sign in law.terms if sign > 0]
        return totals[0] if law.exact and len(totals) == 1 and not law.prose else None


class _Weights:
    """A sum of a row, followed from right to left while the row is cut."""

    def __init__(self, law: Sum, row: Row) -> None:
        self._law, self._total = law, row.total_of(law)
        self._sign = dict(row.signs(law))
        signed = any(mark in piece for piece in row.strip.pieces for mark in "-减")
        self._first = {
            sign: min((i for i, s in self._sign.items() if s == sign or signed), default=99) for sign in (1, -1)
        }

    def after(self, rest: Amount | None, index: int, figure: Figure) -> Amount | None:
        """Return the rest with one more cell; None once the total is blank, as then nothing can break."""
        if rest is None or (index == self._total and not figure.text):
            return None
        return rest + self._sign.get(index, 0) * figure.amount

    def may_close(self, rest: Amount | None, index: int, room: int) -> bool:
        """Say whether the cells left of here, with ink for so many digits, can still close the sum."""
        if rest is None:
            return True
        reach = 10**room
        high = rest + (reach if self._first[1] < index else 0)
        low = rest - (reach if self._first[-1] < index else 0)
        return high >= 0 and (low <= 0 or not self._law.exact)


def _counter() -> Callable[[], None]:
    """Return a function that raises TooManyError when it is called too often."""
    steps = iter(range(_MOST_STEPS))

    def count() -> None:
        if next(steps, None) is None:
            raise TooManyError

    return count


def _few(cuts: Iterable[Cut]) -> list[Cut]:
    found = [*islice(cuts, MOST_CUTS + 1)]
    if len(found) > MOST_CUTS:
        raise TooManyError
    return found
