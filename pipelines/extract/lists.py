"""Lists of parts in a sentence: which figure each part divides, brackets within brackets included."""

import re
from dataclasses import dataclass, field

from pipelines.extract.statements import Statement, names_time
from pipelines.model.observation import Observation
from pipelines.registry.narrative import narrative_wording

_BRACKET = re.compile("[()]")
Told = tuple[Statement, Observation | None]
"""A figure that was stated, and what it is observed as, if anything."""


@dataclass(slots=True)
class Level:
    """A figure and the parts that a sentence lists after it; nobody knows of which figure if `whole` is None.

    `same_time` is whether no other time was named since the whole.
    """

    whole: Told | None
    bracketed: bool
    parts: list[Told] = field(default_factory=list)
    same_time: bool = True


@dataclass(slots=True)
class Lists:
    """The lists of one sentence as they open and close; `last` is the figure stated last."""

    last: Told | None = None
    open: list[Level] = field(default_factory=list)
    read: list[Level] = field(default_factory=list)

    def reach(self, statement: Statement) -> Level | None:
        """Open and close what the words before a figure open and close; return the list in which it stands."""
        closed, opened = _unmatched(statement.words)
        for _ in range(closed):
            self._close_bracket()
        if opened:
            follows = self.last is not None and statement.words.lstrip(",、").startswith("(")
            self._enter(Level(self.last if follows else None, bracketed=True))
        elif narrative_wording().listing.opens in statement.words:
            self._open_list()
        if self.open and _is_no_part(statement):
            self._leave()
            return None
        if self.open and names_time(statement.words):
            self.open[-1].same_time = False
        return self.open[-1] if self.open else None

    def _leave(self) -> None:
        """Close the innermost list unless a bracket has to."""
        if not self.open[-1].bracketed:
            self.open.pop()

    def tell(self, statement: Statement, found: Observation | None, level: Level | None) -> None:
        """Take note of a figure and of the list of which it is a part."""
        if level is not None:
            level.parts.append((statement, found))
        if statement.unit != "%":
            self.last = statement, found

    def _open_list(self) -> None:
        """Open a list after 其中; a second one may divide the whole again or its last part."""
        again = bool(self.open and self.open[-1].parts)
        if self.open and not self.open[-1].bracketed:
            self.open.pop()
        self._enter(Level(None if again else self.last, bracketed=False))

    def _enter(self, level: Level) -> None:
        self.open.append(level)
        self.read.append(level)

    def _close_bracket(self) -> None:
        """Close the innermost bracket; what follows it speaks of the figure before it again: 23件(上年21件),其中."""
        while self.open:
            closed = self.open.pop()
            if closed.bracketed:
                self.last = closed.whole or self.last
                break


def _is_no_part(statement: Statement) -> bool:
    """Say whether the words around a figure tell that it is no part of the one before."""
    return narrative_wording().listing.closes.search(statement.own + statement.after) is not None


def _unmatched(words: str) -> tuple[int, int]:
    """Return how many brackets the words before a figure close, and open, that they do not also open, or close.

    >>> _unmatched("件(略)),其中("), _unmatched("条(政府")
    ((1, 1), (0, 1))
    """
    closed = opened = 0
    for bracket in _BRACKET.findall(words):
        if bracket == "(":
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    return closed, opened
