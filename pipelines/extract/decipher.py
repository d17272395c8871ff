"""Cells in which a machine took digits for letters (1O, l5): read only where the form's sums prove the digits."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipelines.extract.gaps import Reading
from pipelines.model.figure import Bound
from pipelines.model.identity import Cell, Identity
from pipelines.model.observation import Status
from pipelines.registry.identities import exact_sums_of
from pipelines.registry.misread import meant
from pipelines.registry.wording import fold

_UNREADABLE = "unreadable-cell"


def deciphered(readings: Sequence[Reading], form: str) -> tuple[Reading, ...]:
    """Return the rows of a table, a misread cell with its figure where every sum that can be asked proves it.

    A sum is asked where all its other cells are known; a cell of which none can be asked stays unreadable.
    """
    open_cells = dict(_misread(readings))
    if not open_cells:
        return tuple(readings)
    known = {
        reading.row.cell: reading.content.value
        for reading in readings
        if reading.content.value is not None and reading.content.bound is Bound.EXACT
    }
    printed = known.keys() | open_cells.keys()
    sums = [law for law in exact_sums_of(form) if law.applies(printed)]
    proofs = _proofs(open_cells, known, sums)
    return tuple(_read(reading, known, proofs) for reading in readings)


def _misread(readings: Sequence[Reading]) -> Iterator[tuple[Cell, Decimal]]:
    for reading in readings:
        content = reading.content
        if content.status is Status.UNREADABLE and reading.row.kind == "count":
            figure = meant(fold(content.printed.strip()))
            if figure is not None:
                yield reading.row.cell, figure


def _proofs(
    open_cells: Mapping[Cell, Decimal], known: dict[Cell, Decimal], sums: Sequence[Identity]
) -> dict[Cell, str]:
    """Return what proves each cell that can be proved, one after the other, and add its figure to those known."""
    proofs: dict[Cell, str] = {}
    reached = -1
    while reached < len(proofs):
        reached = len(proofs)
        for cell, figure in open_cells.items():
            asked = [law for law in sums if cell in law.cells and _others_known(law, cell, known)]
            if cell not in proofs and asked and all(law.closes({**known, cell: figure}) for law in asked):
                known[cell], proofs[cell] = figure, ", ".join(sorted(law.id for law in asked))
    return proofs


def _others_known(law: Identity, cell: Cell, known: Mapping[Cell, Decimal]) -> bool:
    return all(other in known for other in law.cells if other != cell)


def _read(reading: Reading, known: Mapping[Cell, Decimal], proofs: Mapping[Cell, str]) -> Reading:
    cell, content = reading.row.cell, reading.content
    if cell not in proofs:
        return reading
    remarks = tuple(remark for remark in content.remarks if remark.rule != _UNREADABLE)
    told = content._replace(status=Status.SPLIT, value=known[cell], evidence=proofs[cell], remarks=remarks)
    return reading._replace(content=told)
