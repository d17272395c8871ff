"""Figures that lack no digit: sums of the form in which they stand close as they are printed."""

from collections.abc import Mapping
from decimal import Decimal

from pipelines.model.identity import Cell, Identity
from pipelines.registry.identities import exact_sums_of

_FEWEST = 3


def whole_cells(form: str, values: Mapping[Cell, Decimal]) -> frozenset[Cell]:
    """Return the cells that stand in a sum of the form all cells of which are known, where all such sums close."""
    asked = _asked(form, values)
    closing = {cell for law in asked if law.closes(values) for cell in law.cells}
    broken = {cell for law in asked if not law.closes(values) for cell in law.cells}
    return frozenset(closing - broken)


def has_broken_sum(form: str, values: Mapping[Cell, Decimal]) -> bool:
    """Say whether a sum of the form all cells of which are known does not close."""
    return not all(law.closes(values) for law in _asked(form, values))


def _asked(form: str, values: Mapping[Cell, Decimal]) -> list[Identity]:
    """Return the sums of several cells of the form all cells of which are known."""
    sums = [law for law in exact_sums_of(form) if len(law.cells) >= _FEWEST and law.applies(values)]
    return [law for law in sums if all(cell in values for cell in law.cells)]
