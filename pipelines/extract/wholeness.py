"""Figures that lack no digit: sums of the form in which they stand close as they are printed."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from pipelines.model.identity import Cell, Identity
from pipelines.registry.identities import exact_sums_of

_FEWEST = 3


def whole_cells(form: str, values: Mapping[Cell, Decimal], torn: Collection[Cell] = ()) -> frozenset[Cell]:
    """Return the cells that stand in a sum of the form all cells of which are known, where all such sums close.

    A sum in which two cells may be `torn` proves nothing: it closes as well where both lack the same digit.
    """
    asked = _asked(form, values)
    telling = (law for law in asked if law.closes(values) and sum(cell in torn for cell in law.cells) <= 1)
    closing = {cell for law in telling for cell in law.cells}
    broken = {cell for law in asked if not law.closes(values) for cell in law.cells}
    return frozenset(closing - broken)


def has_broken_sum(form: str, values: Mapping[Cell, Decimal]) -> bool:
    """Say whether a sum of the form all cells of which are known does not close."""
    return not all(law.closes(values) for law in _asked(form, values))


def _asked(form: str, values: Mapping[Cell, Decimal]) -> list[Identity]:
    """Return the sums of several cells of the form all cells of which are known."""
    sums = [law for law in exact_sums_of(form) if len(law.cells) >= _FEWEST and law.applies(values)]
    return [law for law in sums if all(cell in values for cell in law.cells)]
