"""Blanks become nought only where the form's own sums or the text prove it; a blank total is derived from its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, Protocol

from pipelines.model.figure import Bound
from pipelines.model.identity import ZERO, Cell, Identity
from pipelines.model.observation import TOTAL, Observation, Status

_BLANK, _UNREADABLE, _EXACT = Status.BLANK, Status.UNREADABLE, Bound.EXACT


class Standing(Protocol):
    """What a proof asks of a cell: how its value came to be, the value, and how sure the words around it are."""

    @property
    def status(self) -> Status:
        """How the value came to be, or why there is none."""

    @property
    def value(self) -> Decimal | None:
        """The value, None where there is none."""

    @property
    def bound(self) -> Bound:
        """What the words around the figure say."""


class Proof(NamedTuple):
    """What was proved of a blank cell, and by what: the id of a sum, or where the prose states it."""

    status: Status
    value: Decimal
    evidence: str
    bound: Bound = Bound.EXACT


def settle(
    observations: Iterable[Observation], identities: Iterable[Identity], stated: Mapping[str, Observation]
) -> tuple[Observation, ...]:
    """Return the observations of one table with every blank settled that can be.

    `stated` are the noughts that the prose states, by indicator. Nothing printed is changed, broken sums least of
    all; a cell that no proof reaches stays blank.
    """
    cells = {observation.cell: observation for observation in observations}
    proofs = prove(cells, [identity for identity in identities if identity.additive], stated)
    return tuple(
        replace(found, status=proof.status, value=proof.value, evidence=proof.evidence)
        if (proof := proofs.get(cell))
        else found
        for cell, found in cells.items()
    )


def prove(
    cells: Mapping[Cell, Standing], sums: Sequence[Identity], stated: Mapping[str, Observation]
) -> dict[Cell, Proof]:
    """Return a proof for every blank cell that the prose or one of the form's sums settles."""
    standing = dict(cells)
    proofs: dict[Cell, Proof] = {}
    for name, nought in stated.items():
        if _is_blank(standing.get((name, TOTAL))) and not _contradicted((name, TOTAL), standing, sums):
            proofs[name, TOTAL] = Proof(Status.BLANK_AS_ZERO, ZERO, nought.locator)
    standing |= proofs
    reached = -1
    while sums and reached < len(proofs):
        reached = len(proofs)
        sums = [identity for identity in sums if not _close(standing, identity, proofs)]
    return proofs


def _contradicted(cell: Cell, cells: Mapping[Cell, Standing], sums: Sequence[Identity]) -> bool:
    """Say whether a part of a total that the prose calls nought is printed with a value."""
    parts = [cells.get(part) for identity in sums if identity.left[0] == cell for part in identity.right]
    return any(part is not None and (part.value or part.status is _UNREADABLE) for part in parts)


def _is_blank(cell: Standing | None) -> bool:
    return cell is not None and cell.status is _BLANK


def _close(cells: dict[Cell, Standing], identity: Identity, proofs: dict[Cell, Proof]) -> bool:
    """Settle the cells that one sum proves; say whether it proved any."""
    whole = cells.get(identity.left[0])
    if whole is None or not _sound(whole):
        return False
    total, blank = ZERO, list[Cell]()
    for cell in identity.right:
        part = cells.get(cell)
        if part is None or not _sound(part):
            return False
        if part.status is _BLANK:
            if whole.status is _BLANK:
                return False
            blank.append(cell)
        elif part.value:
            total += part.value
    proved = _proved(identity, whole, total, blank)
    cells.update(proved)
    proofs.update(proved)
    return bool(proved)


def _proved(identity: Identity, whole: Standing, total: Decimal, blank: list[Cell]) -> dict[Cell, Proof]:
    """Return a blank total whose parts are all known, or the blank parts of a total that the others reach."""
    if whole.status is _BLANK:
        return {} if blank else {identity.left[0]: Proof(Status.DERIVED, total, identity.id)}
    return dict.fromkeys(blank, Proof(Status.BLANK_AS_ZERO, ZERO, identity.id)) if whole.value == total else {}


def _sound(cell: Standing) -> bool:
    """Say whether a cell may take part in a proof: readable, exact, no less than nought."""
    if cell.value is None:
        return cell.status is not _UNREADABLE
    return cell.bound is _EXACT and cell.value >= ZERO
