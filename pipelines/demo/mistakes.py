"""The mistakes that the synthetic corpus makes on purpose: what each changes in a report, and what tells of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import NamedTuple

from pipelines.demo.draft import Draft, growth, print_report, told
from pipelines.demo.facts import facts
from pipelines.demo.figures import Cell
from pipelines.demo.unreadable import encrypted, scanned
from pipelines.model.body import BodyKind
from pipelines.model.observation import TOTAL

_FEW = 10
_FIRST_EARLY_DEADLINE = 2019


class Mistake(NamedTuple):
    """A mistake that a report makes: its kind, the cell it is about, what is printed there and what is true."""

    kind: str
    found_by: str
    cell: Cell | None = None
    printed: str = ""
    true: str = ""


class Entry(NamedTuple):
    """What there is of a body for a year: its report as it was drawn, its files, and the mistake, if it makes one."""

    draft: Draft
    files: tuple[tuple[str, bytes], ...]
    mistake: Mistake | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A declared kind of mistake: how it is called, what is done, to which figure by form, and what tells of it."""

    kind: str
    zh: str
    en: str
    act: str
    found_by: dict[str, str]
    cell: dict[str, str]
    by: tuple[str, ...] = ()
    medium: str = ""


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of mistake by its name."""
    return {name: _kind(name, **declared) for name, declared in facts("mistakes")["kinds"].items()}


def _kind(name: str, **declared: object) -> Kind:
    found = declared["found_by"]
    by_form = found if isinstance(found, dict) else dict.fromkeys(facts("wording")["sections"], found)
    rest = {"cell": {}, **declared, "found_by": by_form, "by": tuple(declared.get("by", ()))}  # type: ignore[arg-type]
    return Kind(name, **rest)  # type: ignore[arg-type]


def clean(draft: Draft) -> Entry:
    """Return a report without any mistake."""
    return Entry(draft, ((draft.path, print_report(draft)),))


def spoil(draft: Draft, kind: Kind, random: Random) -> Entry:
    """Return a report with a mistake of one kind."""
    return _ACTS[kind.act](_Spoiling(replace(draft, medium=kind.medium or draft.medium), kind, random))


def _moves(draft: Draft, _: bool) -> bool:  # noqa: FBT001 - one of several conditions
    return any(_moved(draft, (name, TOTAL)) for name in kinds()["growth-differs"].cell.values())


def applies(kind: Kind, draft: Draft, *, clean_before: bool) -> bool:
    """Say whether a report can make a mistake of a kind such that it is told."""
    form, body = draft.form in kind.found_by, draft.member.body.kind
    if not form or (kind.by and body.value not in kind.by):
        return False
    condition = _CONDITIONS.get(kind.act)
    return condition is None or condition(draft, clean_before)


def _can_differ(draft: Draft, clean_before: bool) -> bool:  # noqa: FBT001 - one of several conditions
    return clean_before and draft.nought != "" and draft.year > _FIRST_EARLY_DEADLINE


def _shows_noughts(draft: Draft, _: bool) -> bool:  # noqa: FBT001 - where a nought is a blank no sum can be told
    return draft.nought != ""


def _can_glue(draft: Draft, _: bool) -> bool:  # noqa: FBT001 - one of several conditions
    return draft.figures["requests.new", TOTAL] > 1


def _can_be_copied(draft: Draft, _: bool) -> bool:  # noqa: FBT001 - small figures leave one way to split them
    return 1 < draft.figures["requests.new", TOTAL] < _FEW and draft.member.body.kind is BodyKind.DEPARTMENT


def _can_revise(draft: Draft, clean_before: bool) -> bool:  # noqa: FBT001 - the year before printed it, too
    years = len(draft.earlier)
    return clean_before and years > 0 and draft.year - years >= draft.member.years.start


def _can_be_late(draft: Draft, _: bool) -> bool:  # noqa: FBT001 - a roster of the same year lists no day to come
    return draft.member.body.kind is BodyKind.GOVERNMENT or draft.year >= _FIRST_EARLY_DEADLINE


def _is_inside(draft: Draft, clean_before: bool) -> bool:  # noqa: FBT001 - neither the first year nor the last
    return clean_before and draft.year + 1 in draft.member.years


_CONDITIONS: dict[str, Callable[[Draft, bool], bool]] = {
    "add": _shows_noughts,
    "blank": _shows_noughts,
    "carry": _can_differ,
    "copy": _can_be_copied,
    "glue": _can_glue,
    "revise": _can_revise,
    "late": _can_be_late,
    "missing": _is_inside,
    "rate": _moves,
}


class _Spoiling(NamedTuple):
    draft: Draft
    kind: Kind
    random: Random

    @property
    def cell(self) -> Cell:
        """The figure that it is about."""
        return self.kind.cell[self.draft.form], TOTAL

    @property
    def true(self) -> str:
        """The true figure."""
        return str(self.draft.figures.get(self.cell, 0))

    def made(self, draft: Draft, printed: str = "", true: str = "", cell: Cell | None = None) -> Entry:
        """Return the entry of a report that is printed as it was changed."""
        return Entry(draft, ((draft.path, print_report(draft)),), self.mistake(printed, true, cell))

    def stored(self, data: bytes, suffix: str) -> Entry:
        """Return the entry of a report of which there is a file without text."""
        path = f"{self.draft.path.rpartition('.')[0]}.{suffix}"
        return Entry(self.draft, ((path, data),), self.mistake())

    def mistake(self, printed: str = "", true: str = "", cell: Cell | None = None) -> Mistake:
        """Return what is to be told of it."""
        return Mistake(self.kind.kind, self.kind.found_by[self.draft.form], cell, printed, true)

    @property
    def more(self) -> int:
        """A number by which a figure may be wrong."""
        return self.random.choice((1, 2, 3, 9, 10, 20))


def _add(spoiling: _Spoiling) -> Entry:
    printed = str(spoiling.draft.figures.get(spoiling.cell, 0) + spoiling.more)
    changed = replace(spoiling.draft, printed={spoiling.cell: printed}, told={spoiling.cell: int(printed)})
    return spoiling.made(changed, printed, spoiling.true, spoiling.cell)


def _tell(spoiling: _Spoiling) -> Entry:
    other = told(spoiling.draft, spoiling.cell[0]) + spoiling.more
    changed = replace(spoiling.draft, told={spoiling.cell: other})
    return spoiling.made(changed, str(other), spoiling.true, spoiling.cell)


def _rate(spoiling: _Spoiling) -> Entry:
    true = abs(_moved(spoiling.draft, spoiling.cell))
    changed = replace(spoiling.draft, rate=str(true + spoiling.more))
    return spoiling.made(changed, f"{changed.rate}%", f"{true}%", spoiling.cell)


def _moved(draft: Draft, cell: Cell) -> Decimal:
    return growth(draft.figures.get(cell, 0), draft.before.get(cell, 0))


def _blank(spoiling: _Spoiling) -> Entry:
    changed = replace(spoiling.draft, printed={spoiling.cell: ""})
    return spoiling.made(changed, "", spoiling.true, spoiling.cell)


def _yuan(spoiling: _Spoiling) -> Entry:
    unit = facts("mistakes")["smaller_unit"]
    printed = f"{int(spoiling.draft.figures[spoiling.cell] * unit['factor'])}{unit['unit']}"
    changed = replace(spoiling.draft, printed={spoiling.cell: printed})
    return spoiling.made(changed, printed, spoiling.true, spoiling.cell)


def _glue(spoiling: _Spoiling) -> Entry:
    return spoiling.made(replace(spoiling.draft, glued=frozenset({spoiling.cell[0]})), cell=spoiling.cell)


def _copy(spoiling: _Spoiling) -> Entry:
    return spoiling.made(replace(spoiling.draft, nought="0"))


def _carry(spoiling: _Spoiling) -> Entry:
    """Print another number of requests carried in; every column still closes, as somebody made it close."""
    draft, more = spoiling.draft, spoiling.more
    rows = ("requests.carried_in", "results.granted", "results.total")
    cells = [(row, breakdown) for row in rows for breakdown in ("natural_person", TOTAL)]
    other = {cell: draft.figures.get(cell, 0) + more for cell in cells}
    changed = replace(draft, printed={cell: str(number) for cell, number in other.items()}, told=other)
    return spoiling.made(changed, str(other[cells[0]]), str(draft.figures.get(cells[0], 0)), cells[0])


def _title(spoiling: _Spoiling) -> Entry:
    draft = spoiling.draft
    return spoiling.made(replace(draft, title_year=draft.year - 1), str(draft.year - 1), str(draft.year))


def _table(spoiling: _Spoiling) -> Entry:
    draft = spoiling.draft
    return spoiling.made(replace(draft, table_year=draft.year - 1), str(draft.year - 1), str(draft.year))


def _late(spoiling: _Spoiling) -> Entry:
    draft = spoiling.draft
    late = datetime(draft.year + 1, 4, 1, 15) if _is_government(draft) else datetime(draft.year + 1, 2, 1, 15)  # noqa: DTZ001
    late += timedelta(days=spoiling.random.randint(1, 33))
    return spoiling.made(replace(draft, published=late), f"{late:%Y-%m-%d}")


def _is_government(draft: Draft) -> bool:
    return draft.member.body.kind is not BodyKind.DEPARTMENT


def _duplicate(spoiling: _Spoiling) -> Entry:
    path, data = spoiling.draft.path, print_report(spoiling.draft)
    return Entry(spoiling.draft, ((path, data), (_another(path, "copy"), data)), spoiling.mistake())


def _another(path: str, why: str) -> str:
    stem, _, suffix = path.rpartition(".")
    return f"{stem}_{why}.{suffix}"


def _repost(spoiling: _Spoiling) -> Entry:
    """Return a report and, published some days later, the one that takes its place with the true figure."""
    draft = spoiling.draft
    first = _add(spoiling)
    later = replace(draft, published=draft.published + timedelta(days=1, hours=spoiling.random.randint(0, 4)))
    files = (*first.files, (_another(draft.path, "corrected"), print_report(later)))
    return Entry(later, files, first.mistake)


def _revise(spoiling: _Spoiling) -> Entry:
    draft, year = spoiling.draft, spoiling.draft.year - 1
    true = draft.earlier[year][spoiling.cell]
    other = {**draft.earlier[year], spoiling.cell: true + spoiling.more}
    changed = replace(draft, earlier={**draft.earlier, year: other})
    return spoiling.made(changed, str(other[spoiling.cell]), str(true), spoiling.cell)


def _missing(spoiling: _Spoiling) -> Entry:
    return Entry(spoiling.draft, (), spoiling.mistake())


def _half(spoiling: _Spoiling) -> Entry:
    return spoiling.made(replace(spoiling.draft, half_year=True))


def _scan(spoiling: _Spoiling) -> Entry:
    return spoiling.stored(scanned(spoiling.random.randint(2, 250)), "pdf")


def _encrypt(spoiling: _Spoiling) -> Entry:
    return spoiling.stored(encrypted(spoiling.random.getrandbits(200)), "pdf")


def _cut(spoiling: _Spoiling) -> Entry:
    data = print_report(spoiling.draft)
    return spoiling.stored(data[: len(data) // 2], "docx")


_ACTS: dict[str, Callable[[_Spoiling], Entry]] = {
    "add": _add,
    "blank": _blank,
    "carry": _carry,
    "copy": _copy,
    "cut": _cut,
    "duplicate": _duplicate,
    "encrypt": _encrypt,
    "glue": _glue,
    "half": _half,
    "late": _late,
    "missing": _missing,
    "rate": _rate,
    "repost": _repost,
    "revise": _revise,
    "scan": _scan,
    "table": _table,
    "tell": _tell,
    "title": _title,
    "yuan": _yuan,
}
