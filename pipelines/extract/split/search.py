"""The search for cuts that close all sums of a table, or break no more than one misprinted cell explains."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipelines.extract.split.layout import Amount, Cut
from pipelines.extract.split.rows import Row, TooManyError
from pipelines.extract.split.sums import Sum
from pipelines.model.identity import Cell

_MOST_VISITS = 10_000
_MOST_REACHED = 5_000
Cuts = Mapping[Row, Sequence[Cut]]
Excuse = frozenset[Cell] | None
"""The cells one of which may have spoilt all sums broken so far; None while none is broken."""
Reach = frozenset[Amount] | None
"""All that some rows can add to a sum; None where that is too much to list."""


class Option(NamedTuple):
    """A cut with what it adds to each sum between the rows, and what excuses it in its own."""

    cut: Cut
    adds: Sequence[Amount]
    excuse: Excuse


class Search:
    """The search for one cut of each row such that all sums hold, or one cell lies in all that are broken."""

    def __init__(self, cuts: Cuts, sums: Sequence[Sum], certain: Collection[Row], slips: int) -> None:
        """Order the rows, those with most cuts first, and reckon what the later ones can still add.

        Rows that are `certain` may break their own sums.
        """
        self._cuts, self._sums = cuts, sums
        self._rows = sorted(cuts, key=lambda row: -len(cuts[row]))
        self._options = {
            row: [_option(row, cut, sums, certain=row in certain) for cut in cuts[row]] for row in self._rows
        }
        self._reach = _reaches(sums, cuts, self._rows)
        self._found: set[tuple[Row, Cut]] = set()
        self._visits = 0
        self._slips = 0
        self._sound = self._find(None, None) is True
        self._slips = slips

    def possible(self, row: Row) -> list[Cut]:
        """Return the cuts of a row that are part of such a choice, and those of which a bounded search cannot tell.

        Where no choice keeps all sums the slip is made already: another could make anything of it, so none is returned.
        """
        if not self._sound:
            return []
        cuts = [cut for cut in self._cuts[row] if (row, cut) in self._found or self._find(row, cut) is not False]
        return cuts if any((row, cut) in self._found for cut in cuts) else []

    def _find(self, row: Row | None, cut: Cut | None) -> bool | None:
        """Say whether there is a choice, with this cut for this row; None where the search was given up."""
        options = [
            [option for option in self._options[other] if other is not row or option.cut is cut] for other in self._rows
        ]
        try:
            chosen = self._choose(options, 0, [-law.constant for law in self._sums], None)
        except TooManyError:
            return None
        self._found |= {*zip(self._rows, chosen or (), strict=False)}
        return chosen is not None

    def _choose(
        self, options: Sequence[Sequence[Option]], depth: int, rests: Sequence[Amount], excuse: Excuse
    ) -> tuple[Cut, ...] | None:
        """Return the first choice for the rows from `depth` on."""
        if depth == len(options):
            return ()
        for option in options[depth]:
            self._visit()
            after = [rest + added for rest, added in zip(rests, option.adds, strict=True)]
            remaining = self._excuse(depth + 1, after, _both(excuse, option.excuse))
            if remaining is None or (remaining and self._slips):
                rest = self._choose(options, depth + 1, after, remaining)
                if rest is not None:
                    return (option.cut, *rest)
        return None

    def _excuse(self, depth: int, rests: Sequence[Amount], excuse: Excuse) -> Excuse:
        """Return which cells may have spoilt all sums that the later rows can no longer close."""
        for law, reach, rest in zip(self._sums, self._reach[depth], rests, strict=True):
            if not closes(law, reach, rest):
                excuse = _both(excuse, law.cells)
        return excuse

    def _visit(self) -> None:
        self._visits += 1
        if self._visits > _MOST_VISITS:
            raise TooManyError


def _option(row: Row, cut: Cut, sums: Sequence[Sum], *, certain: bool) -> Option:
    return Option(cut, [row.rest(law, cut) for law in sums], None if certain else row.excuse(cut))


def _both(one: Excuse, other: Excuse) -> Excuse:
    """Return the cells that excuse both.

    >>> _both(None, frozenset("ab")) == frozenset("ab"), _both(frozenset("a"), frozenset("b"))
    (True, frozenset())
    """
    return other if one is None else one if other is None else one & other


def closes(law: Sum, reach: Reach, rest: Amount) -> bool:
    """Say whether some rows can close a sum of which so much is left."""
    return reach is None or (-rest in reach if law.exact else max(reach) + rest >= 0)


def _reaches(sums: Sequence[Sum], cuts: Cuts, rows: Sequence[Row]) -> list[list[Reach]]:
    """Return, for each place in the order of the rows, all that the rows from there on can add to each sum."""
    reaches: list[list[Reach]] = [[frozenset((0,)) for _ in sums]]
    for row in reversed(rows):
        reaches.append([_further(reach, _adds(law, cuts, row)) for law, reach in zip(sums, reaches[-1], strict=True)])
    return reaches[::-1]


def reach_of(law: Sum, cuts: Cuts, rows: Iterable[Row | None]) -> Reach:
    """Return all that the cuts of some rows can add to a sum."""
    reach: Reach = frozenset((0,))
    for row in rows:
        if row is not None:
            reach = _further(reach, _adds(law, cuts, row))
    return reach


def _adds(law: Sum, cuts: Cuts, row: Row) -> set[Amount]:
    return {row.rest(law, cut) for cut in cuts[row]} if row.signs(law) else {0}


def _further(reach: Reach, adds: set[Amount]) -> Reach:
    if reach is None or adds == {0}:
        return reach
    if len(reach) * len(adds) > _MOST_REACHED:
        return None
    return frozenset(known + added for known in reach for added in adds)
