"""The rows of one table against each other: which sums can be used, and which cuts must be weighed."""

from collections import Counter
from collections.abc import Sequence

from pipelines.extract.split.layout import Cut
from pipelines.extract.split.rows import Decided, Row, TooManyError
from pipelines.extract.split.search import Cuts, Reach, Search, closes, reach_of
from pipelines.extract.split.sums import Sum
from pipelines.model.identity import Cell


class Table:
    """Rows whose cells stand in common sums.

    Where blanks have vanished a slip has too many explanations: there the sums are asked on trust only.
    """

    def __init__(self, rows: Sequence[Row], sums: Sequence[Sum], slips: int) -> None:
        """Weigh the cuts of all rows together."""
        self.rows, self._slips = rows, slips
        self._row_of = {cell: row for row in rows for cell in row.cells}
        self._crossing = [law for law in sums if len({self._row_of.get(cell) for cell in law.cells}) > 1]
        weighed = [row for row in rows if row.decided or not (row.blanks and slips)]
        self._lawful = {row: cuts for row in weighed if (cuts := _lawful(row))}
        self.decided = {row: row.decided for row in rows if row.decided} | self._told()
        self._search = Search(self._weigh(), self._sums, self.decided, slips)

    def possible(self, row: Row) -> list[Cut]:
        """Return the cuts of a row with which the whole table is right or excused by one slip; none if that is open."""
        weighed = row in self._lawful and (self._confirmed(row) or not self._slips)
        return self._search.possible(row) if weighed else []

    def evidence(self, row: Row, cell: Cell) -> str:
        """Return what decides a cell: the sums in which it stands, or else those of its row."""
        sums = [*row.sums, *self._sums]
        own = {law.id for law in sums if cell in law.cells}
        return ", ".join(sorted(own or {law.id for law in sums if law.cells & {*row.cells}}))

    def _confirmed(self, row: Row) -> bool:
        """Say whether anything but the row itself can confirm its cuts: another row, or the prose."""
        return any(law.prose for law in row.sums) or any(row.signs(law) for law in self._sums)

    def _told(self) -> dict[Row, Decided]:
        """Return what the prose decides, where no sum between the rows speaks against it.

        A slip may add a digit to the figure of the prose, hardly twice: the ink must be that of another row as well.
        """
        inks = Counter(row.strip.pieces for row in self.rows)
        open_ = [row for row in self.rows if not row.decided and (inks[row.strip.pieces] > 1 or not self._slips)]
        told = {row: row.told for row in open_ if row.told}
        lawful = self._lawful | {row: [decided.cut] for row, decided in told.items()}
        against = {cell for law in self._crossing if not self._may_hold(law, lawful) for cell in law.cells}
        told = {row: decided for row, decided in told.items() if against.isdisjoint(row.cells)}
        self._lawful |= {row: [decided.cut] for row, decided in told.items()}
        return told

    def _weigh(self) -> dict[Row, list[Cut]]:
        """Return the cuts that are lawful or excused by one slip, of each row where they can all be named.

        A row whose cuts cannot be named, or of which none is lawful, is left out with all sums of its cells.
        """
        while True:
            self._sums = [law for law in self._crossing if self._usable(law) and self._may_hold(law, self._lawful)]
            cuts = {row: self._with_rivals(row) for row in self._lawful}
            if all(cuts.values()):
                return cuts
            self._lawful = {row: self._lawful[row] for row, found in cuts.items() if found}

    def _usable(self, law: Sum) -> bool:
        """Say whether all cells of a sum lie in rows that can be weighed."""
        return all(self._row_of.get(cell) in self._lawful for cell in law.cells)

    def _may_hold(self, law: Sum, cuts: Cuts) -> bool:
        """Say whether some cuts keep a sum, or it cannot be told."""
        rows = {self._row_of.get(cell) for cell in law.cells}
        return not rows <= cuts.keys() or closes(law, reach_of(law, cuts, rows), -law.constant)

    def _with_rivals(self, row: Row) -> list[Cut]:
        """Return the lawful cuts of a row and those that one slip in it excuses; none if they are too many."""
        if row in self.decided or not self._slips:
            return self._lawful[row]
        try:
            return self._lawful[row] + row.near([self._allowed(row, cell) for cell in row.cells])
        except TooManyError:
            return []

    def _allowed(self, row: Row, cell: Cell) -> Reach:
        """Return the values with which the other rows can close all sums of a cell."""
        sums = [law for law in self._sums if law.exact and cell in law.cells and len(row.signs(law)) == 1]
        choices = [wanted for law in sums if (wanted := self._wanted(law, row, cell)) is not None]
        return frozenset.intersection(*choices) if choices else None

    def _wanted(self, law: Sum, row: Row, cell: Cell) -> Reach:
        """Return the values with which the other rows can close one sum of a cell."""
        others = {self._row_of[other] for other in law.cells} - {row}
        reach = reach_of(law, self._lawful, others)
        sign = dict(law.terms)[cell]
        return None if reach is None else frozenset((law.constant - added) * sign for added in reach)


def _lawful(row: Row) -> list[Cut]:
    """Return the cuts with which a row enters: the decided one, or the lawful ones; none if they are too many."""
    try:
        return [row.decided.cut] if row.decided else row.lawful
    except TooManyError:
        return []
