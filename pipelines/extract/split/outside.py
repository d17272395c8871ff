"""Rows cut by nothing but what reports of other years state of them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipelines.extract.split.layout import Amount, Cut, Layout, Strip
from pipelines.extract.split.rows import MOST_CUTS, TELLING
from pipelines.extract.split.solver import Reading
from pipelines.extract.split.sums import Stated, Sum, sums_of
from pipelines.model.identity import Cell, Identity
from pipelines.model.observation import Status

_SEVERAL = 2


def settled(
    strip: Strip, identities: Iterable[Identity], outside: Sequence[Stated], *, blanks: bool
) -> dict[Cell, Reading]:
    """Return the figures of a row where exactly one way to cut it is what the reports of other years state.

    One statement alone is believed where it has three digits, or where the row can be cut in one way only: a small
    number fits a wrong cut by chance. Rows that sums of the form bind are left to them, unless every cell is stated.
    """
    cells = set(strip.cells)
    laws = [each.law for each in outside if cells.issuperset(each.cells)]
    form = [law for law in sums_of(identities, ()) if not cells.isdisjoint(law.cells)]
    every = {cell for law in laws if len(law.terms) == 1 for cell in law.cells} == cells
    if not laws or (any(law.exact for law in form) and not every):
        return {}
    layout = Layout(strip, blanks=blanks)
    cuts = [*layout.every()] if layout.count <= MOST_CUTS else []
    inner = [law for law in form if law.cells <= cells]
    fitting = [cut for cut in cuts if all(_keeps(strip, cut, law) for law in (*laws, *inner))]
    if len(fitting) != 1 or not (len(cuts) == 1 or _is_telling(laws)):
        return {}
    evidence = ", ".join(sorted(law.id for law in laws))
    texts = zip(strip.cells, fitting[0].texts, fitting[0].amounts, strict=True)
    return {
        cell: Reading(Status.SPLIT, Decimal(worth), text, evidence, len(cuts)) for cell, text, worth in texts if text
    }


def _keeps(strip: Strip, cut: Cut, law: Sum) -> bool:
    worth: dict[Cell, Amount] = dict(zip(strip.cells, cut.amounts, strict=True))
    total: Amount = sum(sign * worth[cell] for cell, sign in law.terms)
    return not law.broken(total - law.constant)


def _is_telling(laws: Sequence[Sum]) -> bool:
    return len({law.id for law in laws}) >= _SEVERAL or any(not -TELLING < law.constant < TELLING for law in laws)
