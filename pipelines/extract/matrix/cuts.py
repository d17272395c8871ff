"""Cells that run together, cut by the sums of the form and by the prose."""

from collections.abc import Iterable, Mapping, Sequence

from pipelines.extract.matrix.rows import Row, is_apart
from pipelines.extract.matrix.trust import Trust
from pipelines.extract.split.layout import Strip
from pipelines.extract.split.outside import settled
from pipelines.extract.split.rows import ONLY_CUT
from pipelines.extract.split.solver import Reading as Cut
from pipelines.extract.split.solver import split
from pipelines.extract.split.sums import Stated
from pipelines.model.identity import ZERO, Cell, Identity
from pipelines.model.observation import Status
from pipelines.registry.forms import FormTable
from pipelines.registry.identities import identities_of

_FEW_CELLS = 2


def cuts_of(table: FormTable, rows: Sequence[Row], stated: Iterable[Stated], trust: Trust) -> Mapping[Cell, Cut]:
    """Return what the sums of the form, the prose and reports of other years say of cells that run together.

    Only a copy that runs a row of noughts together (`0000000`) is cut by sums: elsewhere what is missing is a blank.
    """
    told = tuple(stated)
    glued = trust.glued or any(map(_is_glued, rows))
    if not (glued or any(each.outside for each in told)):
        return {}
    inked = [row for row in rows if row.told and row.marks and all(_has_ink(mark.text) for mark in row.marks)]
    strips = [strip for row in inked if not (strip := _strip(row)).whole or len(row.marks) == len(row.figures)]
    printed = {cell for strip in strips for cell in strip.cells}
    sums = [identity for identity in identities_of(table.form) if identity.applies(printed)]
    told = tuple(each for each in told if printed.issuperset(each.cells))
    cut = _by_sums(table, strips, sums, told, trust) if glued else {}
    return {**cut, **_by_other_years(strips, sums, told, cut, trust)}


def _by_sums(
    table: FormTable, strips: Sequence[Strip], sums: Sequence[Identity], told: Sequence[Stated], trust: Trust
) -> dict[Cell, Cut]:
    """Return what the sums of the form and all that is stated say of rows that run together."""
    cut: Mapping[Cell, Cut] = split(
        strips, sums, told, slips=0 if table.blocks and trust.sound else 1, blanks=trust.blanks
    )
    if all(len(strip.cells) <= _FEW_CELLS for strip in strips):
        cut = _also_with_blanks(cut, split(strips, sums, told, slips=0, blanks=True))
    borne_out = [strip for strip in strips if _is_borne_out(strip, cut, sums)]
    return {cell: found for strip in borne_out for cell in strip.cells if (found := cut.get(cell))}


def _by_other_years(
    strips: Sequence[Strip], sums: Sequence[Identity], told: Sequence[Stated], cut: Mapping[Cell, Cut], trust: Trust
) -> dict[Cell, Cut]:
    """Return what reports of other years alone say of cells that are not cut yet."""
    outside = [each for each in told if each.outside]
    found = (settled(strip, sums, outside, blanks=trust.blanks is not False) for strip in strips if outside)
    return {cell: each for cells in found for cell, each in cells.items() if _is_open(cut.get(cell))}


def _is_open(found: Cut | None) -> bool:
    return found is None or found.status is Status.UNREADABLE


def _also_with_blanks(cut: Mapping[Cell, Cut], blanks: Mapping[Cell, Cut]) -> dict[Cell, Cut]:
    """Return the cuts that stand even if blank cells have vanished from rows of few cells, which hide it well."""
    return {
        cell: found if found.value == blanks[cell].value else Cut(Status.UNREADABLE, cuts=found.cuts)
        for cell, found in cut.items()
    }


def _is_borne_out(strip: Strip, cut: Mapping[Cell, Cut], sums: Sequence[Identity]) -> bool:
    """Say whether the only cut of a row is one that its sums confirm; a row of noughts needs no sum.

    No figure of several digits begins with a nought, so that as many noughts as cells are one in each.
    """
    found = [cut[cell] for cell in strip.cells if cell in cut]
    if not any(each.evidence == ONLY_CUT for each in found) or all(each.printed == "0" for each in found):
        return True
    worth = {cell: each.value or ZERO for cell, each in cut.items()}
    own = [law for law in sums if law.operator == "=" and not set(strip.cells).isdisjoint(law.cells)]
    asked = [law for law in own if all(cell in worth for cell in law.cells)]
    return bool(asked) and all(law.closes(worth) for law in asked)


def _is_glued(row: Row) -> bool:
    """Say whether all cells of a row are noughts that run together."""
    ink = row.marks[0].text if len(row.marks) == 1 else ""
    return row.told and len(row.figures) > 1 and ink == "0" * len(row.figures)


def _has_ink(text: str) -> bool:
    """Say whether a text may be cut: digits, or nothing; one with separators of thousands is one figure or none."""
    return not text or ((text[0] in "+-增减" or text[0].isdecimal()) and "," not in text)


def _strip(row: Row) -> Strip:
    """Return the strip of a row; it is `whole` where its cells are seen apart: then nothing runs together."""
    cells = tuple(figure.cell for figure in row.figures)
    return Strip(cells, tuple(mark.text for mark in row.marks), whole=is_apart(row))
