"""A printed row whose figures may run together, and every way in which its ink can be cut."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from pipelines.model.identity import Cell

Amount = int | Decimal
State = TypeVar("State")

_GAP, _EMPTY = "|", "_"
_SIGNS = {"增": "", "减": "-", "+": "", "-": "-"}
_FIGURE = re.compile(
    r"(?P<sign>[+\-增减])?(?P<number>(?:0|[1-9]\d{0,13}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,8})?)(?:万元|亿元|元)?"
)
_LONGEST = 30


class Strip(NamedTuple):
    """The ink of one printed row, left to right, and the cells it has room for.

    `pieces` are texts parted by something visible: a space, a border. A piece may hold several figures, never a part
    of one; an empty piece is a cell that is visibly blank. In a grid (`whole`) each piece is the text of its cell.
    """

    cells: tuple[Cell, ...]
    pieces: tuple[str, ...]
    whole: bool = False


class Figure(NamedTuple):
    """One figure that may have been printed: where it starts, its text and what it is worth."""

    start: int
    text: str
    amount: Amount


class Cut(NamedTuple):
    """One way to cut a strip: the text of each cell and what it is worth, blank ones nought."""

    texts: tuple[str, ...]
    amounts: tuple[Amount, ...]


Step = Callable[[State, int, Figure, int], State | None]
"""What is known after one more cell, from right to left: state, cell, figure, characters left; None ends the way."""


def amount(text: str) -> Amount | None:
    """Return what a whole text says, None where it is not exactly one figure.

    >>> amount("减2"), amount("1,234"), amount("007"), amount("75394432.52元")
    (-2, 1234, None, Decimal('75394432.52'))
    """
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    number = _SIGNS.get(match["sign"] or "+", "") + match["number"].replace(",", "")
    return Decimal(number) if "." in number else int(number)


@lru_cache(maxsize=4096)
def figures(ink: str) -> tuple[tuple[Figure, ...], ...]:
    """Return, for each place in the ink, the figures that may end there.

    >>> [[found.text for found in ending] for ending in figures("105")]
    [[], ['1'], ['10', '0'], ['105', '5']]
    """
    return tuple(
        tuple(
            Figure(start, ink[start:end], worth)
            for start in range(max(0, end - _LONGEST), end)
            if (worth := amount(ink[start:end])) is not None
        )
        for end in range(len(ink) + 1)
    )


class Layout:
    """All ways to cut a strip into as many figures as it has cells, or fewer where blank cells may have vanished."""

    def __init__(self, strip: Strip, *, blanks: bool) -> None:
        """Prepare the ways; none is enumerated yet."""
        self.cells, self._blanks, self._whole = strip.cells, blanks, strip.whole
        self._ink = _GAP.join(piece or _EMPTY for piece in strip.pieces)

    @property
    def count(self) -> int:
        """How many ways there are."""
        return self._ways[len(self.cells)][len(self._ink)]

    def cuts(self, step: Step[State], state: State) -> Iterator[Cut]:
        """Yield the ways that a step, asked cell by cell from the right, follows to the end."""
        return self._from(len(self.cells), len(self._ink), step, state, ())

    def every(self) -> Iterator[Cut]:
        """Yield all ways."""
        return self.cuts(lambda state, *_: state, True)  # noqa: FBT003 - any state will do

    def _from(self, cell: int, end: int, step: Step[State], state: State, right: tuple[Figure, ...]) -> Iterator[Cut]:
        if not cell:
            yield Cut(tuple(found.text for found in right), tuple(found.amount for found in right))
            return
        for found in self._ending(end):
            if self._ways[cell - 1][found.start]:
                after = step(state, cell - 1, found, found.start)
                if after is not None:
                    yield from self._from(cell - 1, found.start, step, after, (found, *right))

    @cached_property
    def _ways(self) -> list[list[int]]:
        """Count the ways in which the first cells can take the ink up to each place."""
        rows = [[1] + [0] * len(self._ink)]
        for _ in self.cells:
            before = rows[-1]
            rows.append([sum(before[found.start] for found in self._ending(end)) for end in range(len(self._ink) + 1)])
        return rows

    def _ending(self, end: int) -> tuple[Figure, ...]:
        """Return what the cell that ends here may hold; the gap to its left is passed."""
        return self._choices[end]

    @cached_property
    def _choices(self) -> list[tuple[Figure, ...]]:
        return [self._choice(end) for end in range(len(self._ink) + 1)]

    def _choice(self, end: int) -> tuple[Figure, ...]:
        if end and self._ink[end - 1] == _GAP:
            return ()
        if end and self._ink[end - 1] == _EMPTY:
            found: tuple[Figure, ...] = (Figure(end - 1, "", 0),)
        else:
            found = tuple(one for one in figures(self._ink)[end] if not self._whole or self._opens(one.start))
        found = tuple(one._replace(start=self._before_gap(one.start)) for one in found)
        return (*found, Figure(end, "", 0)) if self._blanks else found

    def _opens(self, start: int) -> bool:
        """Say whether a piece begins here."""
        return not start or self._ink[start - 1] == _GAP

    def _before_gap(self, start: int) -> int:
        return start - 1 if start and self._ink[start - 1] == _GAP else start


def as_printed(strip: Strip) -> Cut | None:
    """Return the cut that the separators alone give: one piece for each cell, each exactly one figure or blank."""
    worth = [amount(piece) if piece else 0 for piece in strip.pieces]
    if len(strip.pieces) != len(strip.cells) or None in worth:
        return None
    return Cut(strip.pieces, tuple(found for found in worth if found is not None))
