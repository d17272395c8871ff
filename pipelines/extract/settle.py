"""Blanks become nought only where the form's own sums or the text prove it; a blank total is derived from its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from pipelines.model.figure import Bound
from pipelines.model.identity import ZERO, Cell, Identity
from pipelines.model.observation import TOTAL, Observation, Status

Cells = dict[Cell, Observation]


def settle(
    observations: Iterable[Observation], identities: Iterable[Identity], stated: Mapping[str, Observation]
) -> tuple[Observation, ...]:
    """Return the observations of one table with every blank settled that can be.

    `stated` are the noughts that the prose states, by indicator. Nothing printed is changed, broken sums least of
    all; a cell that no proof reaches stays blank.
    """
    cells = {observation.cell: observation for observation in observations}
    for name, nought in stated.items():
        _prove_zero(cells, (name, TOTAL), nought.locator)
    sums = [identity for identity in identities if identity.additive]
    while any([_close(cells, identity) for identity in sums]):
        pass
    return tuple(cells.values())


def _close(cells: Cells, identity: Identity) -> bool:
    """Settle what one sum proves; say whether anything changed."""
    whole = cells.get(identity.left[0])
    parts = [cells.get(cell) for cell in identity.right]
    if whole is None or None in parts or not all(map(_sound, (whole, *parts))):
        return False
    blank = [part for part in parts if part and part.status is Status.BLANK]
    total = sum((part.value for part in parts if part and part.value is not None), ZERO)
    if whole.status is Status.BLANK:
        return not blank and _derive(cells, whole, total, identity)
    if whole.value == total:
        return any([_prove_zero(cells, part.cell, identity.id) for part in blank])
    return False


def _sound(observation: Observation | None) -> bool:
    """Say whether a cell may take part in a proof: readable, exact, no less than nought."""
    if observation is None or observation.status is Status.UNREADABLE or observation.bound is not Bound.EXACT:
        return False
    return observation.value is None or observation.value >= 0


def _prove_zero(cells: Cells, cell: Cell, evidence: str) -> bool:
    blank = cells.get(cell)
    if blank is None or blank.status is not Status.BLANK:
        return False
    cells[cell] = replace(blank, status=Status.BLANK_AS_ZERO, value=ZERO, evidence=evidence)
    return True


def _derive(cells: Cells, whole: Observation, total: Decimal, identity: Identity) -> bool:
    cells[whole.cell] = replace(whole, status=Status.DERIVED, value=total, evidence=identity.id)
    return True
