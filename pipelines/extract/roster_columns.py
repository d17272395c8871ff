"""Publication rosters of which the rows are seen: what each cell is, the head of its column says."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pipelines.extract.annex import AnnexCell, is_foot
from pipelines.registry.annexes import ends_at, roster_wording

_FEWEST_COLUMNS = 2
_NAME = re.compile("[\u3400-\u9fff]")


class RosterRow(NamedTuple):
    """One body of a roster as its cells print it; `number` is that of the line where it has one."""

    name: AnnexCell
    status: str
    day: str
    notes: tuple[str, ...]
    number: str
    last: int


def rows_by_columns(cells: Sequence[AnnexCell]) -> list[RosterRow] | None:
    """Return the bodies of a roster that begins with its head, None where a row has not a cell under each head.

    What stands under the head of a person or a telephone is left out.
    """
    rows = [list(row) for _, row in groupby(cells, attrgetter("row"))]
    roles = [_role(cell.key) for cell in rows[0]] if rows else []
    if len(roles) < _FEWEST_COLUMNS or "" in roles or "name" not in roles:
        return None
    body = list(_body(rows[1:], rows[0]))
    if not body or any(len(row) != len(roles) for row in body):
        return None
    return [found for row in body for found in _bodies(roles, row)]


def is_name(text: str) -> bool:
    """Say whether a text may be the name of a body: it has a Chinese character."""
    return _NAME.search(text) is not None


def _body(rows: Sequence[Sequence[AnnexCell]], head: Sequence[AnnexCell]) -> Iterator[Sequence[AnnexCell]]:
    """Yield the rows up to a footer, heads that are repeated and numbers of pages left out."""
    for row in rows:
        if any(cell.key.startswith(ends_at()) and cell.key not in roster_wording().known for cell in row[:1]):
            return
        if len(row) == 1 and is_foot(row[0]):
            continue
        if len(row) == 1 and len(head) > 1:
            return
        if [cell.key for cell in row] != [cell.key for cell in head]:
            yield row


def _role(heading: str) -> str:
    """Return what a column holds, told by its head; empty where nobody knows."""
    wording = roster_wording()
    if heading in wording.name_heading:
        return "name"
    if heading in wording.status_heading:
        return "status"
    if heading in wording.date_heading:
        return "day"
    if heading in wording.personal:
        return "person"
    if heading in wording.number_heading:
        return "number"
    return "note" if heading in wording.headings else ""


def _bodies(roles: Sequence[str], row: Sequence[AnnexCell]) -> Iterator[RosterRow]:
    """Yield the bodies of a row, each begun by its number or its name; those without a name are left out."""
    opens = "number" if roles[0] == "number" else "name"
    starts = [place for place, role in enumerate(roles) if role == opens]
    for start, stop in zip(starts, [*starts[1:], len(roles)], strict=True):
        own = [(role, cell) for role, cell in zip(roles[start:stop], row[start:stop], strict=True) if cell.text]
        names = [cell for role, cell in own if role == "name"]
        if len(names) == 1:
            texts = {role: [cell.text for told, cell in own if told == role] for role, _ in own}
            yield RosterRow(
                name=names[0],
                status=" ".join(texts.get("status", ())),
                day=" ".join(texts.get("day", ())),
                notes=tuple(texts.get("note", ())),
                number=" ".join(texts.get("number", ())),
                last=own[-1][1].line,
            )
