"""What other parts of a copy say of its tables with columns: figures of its prose, how it prints its largest table."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.extract.split.sums import Stated
from pipelines.extract.tables import TableReading
from pipelines.model.figure import Bound
from pipelines.model.identity import ZERO
from pipelines.model.observation import TOTAL, Observation, Status
from pipelines.registry.identities import exact_sums_of
from pipelines.registry.narrative import narrative_wording


class Trust(NamedTuple):
    """What another table of the same copy shows: its noughts are printed, it adds up, its cells run together.

    `gaps` says that not all of its cells are read: they may be blank and lost. Where the large table three closes in
    every row and column, the sums of table four alone may cut its figures.
    """

    noughts: bool = False
    sound: bool = False
    glued: bool = False
    gaps: bool = False

    @property
    def blanks(self) -> bool | None:
        """Whether blank cells have vanished from the copy, None where that is not known."""
        return False if self.noughts else self.gaps or None


UNPROVEN = Trust()


def stated_in(prose: Iterable[Observation], year: int) -> tuple[Stated, ...]:
    """Return the exact figures of the prose that may decide between cuts: those that it states in one way only."""
    said: dict[str, list[Observation]] = {}
    for found in prose:
        if found.value is not None and found.time_period == year and found.breakdown == TOTAL:
            said.setdefault(found.indicator, []).append(found)
    wording = narrative_wording().stands_for
    return tuple(
        Stated(((cell, TOTAL),), found[0].value or ZERO, found[0].locator)
        for name, found in said.items()
        if all(map(_is_exact, found)) and len({each.value for each in found}) == 1
        for cell in wording.get(name, (name,))
    )


def _is_exact(found: Observation) -> bool:
    return found.bound is Bound.EXACT and found.status is Status.REPORTED


def trust_in(reading: TableReading | None) -> Trust:
    """Return what the largest table of a form shows of the copy: whether it prints its noughts, whether it adds up."""
    if reading is None:
        return UNPROVEN
    contents = [each.content for each in reading.readings]
    full = all(content.value is not None for content in contents)
    return Trust(
        noughts=full and any(content.value == 0 for content in contents),
        sound=full and _adds_up(reading),
        glued=any(content.status is Status.SPLIT for content in contents),
        gaps=not full,
    )


def _adds_up(reading: TableReading) -> bool:
    """Say whether every sum of a table without a blank holds."""
    cells = {each.row.cell: each.content.value or ZERO for each in reading.readings}
    sums = [law for law in exact_sums_of(reading.table.form) if law.applies(cells)]
    asked = [law for law in sums if all(cell in cells for cell in law.cells)]
    return bool(asked) and all(law.closes(cells) for law in asked)
