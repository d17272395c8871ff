"""What the reports right before and after state of a report: the laws between two years, solved for its cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipelines.extract.split.sums import Stated
from pipelines.model.figure import Bound
from pipelines.model.identity import ZERO, Cell, Verdict, judge
from pipelines.model.observation import Observation, Source, Status
from pipelines.model.report import Coverage
from pipelines.registry.continuity import Law, LawTerm, laws
from pipelines.registry.identities import identities_of
from pipelines.registry.narrative import narrative_wording

_ANNEX = "annex"


@dataclass(frozen=True)
class YearReport:
    """A report of one year as it reads alone: its id, scope and figures."""

    report_id: str
    report_year: int
    coverage: str
    observations: tuple[Observation, ...]

    @cached_property
    def cells(self) -> dict[Cell, Observation]:
        """The cells of its statistics tables for its own year."""
        return {
            found.cell: found
            for found in self.observations
            if found.source is Source.TABLE and found.occurrence == 1 and found.time_period == self.report_year
        }

    @cached_property
    def known(self) -> dict[Cell, Observation]:
        """The cells whose value is certain and stands in no sum of the form that is broken."""
        known = {cell: each for cell, each in self.cells.items() if each.value is not None and _is_exact(each)}
        return {cell: each for cell, each in known.items() if cell not in self._doubtful}

    @cached_property
    def _doubtful(self) -> frozenset[Cell]:
        forms = {each.form for each in self.cells.values()}
        asked = (law for form in sorted(forms) for law in identities_of(form) if law.hard and law.applies(self.cells))
        broken = (law for law in asked if judge(law, self.cells).verdict is Verdict.BROKEN)
        return frozenset(cell for law in broken for cell in law.cells)


def stated_by(report: YearReport, neighbours: Iterable[YearReport]) -> tuple[Stated, ...]:
    """Return what the reports right before and after state of cells that a report leaves unreadable.

    A neighbour of another scope is not heard, nor one that a law binding by the form itself shows not to continue
    the report; where any other law is broken between the two, those of its kind are not asked.
    """
    heard = [each for each in neighbours if {report.coverage, each.coverage} != {Coverage.OWN, Coverage.AGGREGATE}]
    return tuple(stated for each in heard for stated in (*_stated(report, each), *_in_annex(report, each)))


def _stated(report: YearReport, neighbour: YearReport) -> Iterator[Stated]:
    between = [law for law in laws().values() if law.operator == "=" and _holds_between(law, report, neighbour)]
    broken = [law for law in between if _is_broken(law, report, neighbour)]
    if any(law.hard for law in broken):
        return
    silent = {_kind(law) for law in broken}
    for law in between:
        if _kind(law) not in silent and (stated := _solved(law, report, neighbour)):
            yield stated


def _in_annex(report: YearReport, later: YearReport) -> Iterator[Stated]:
    """Yield what a multi-year annex of a later report prints of the unreadable cells, where it prints one figure."""
    printed: dict[Cell, set[Decimal]] = {}
    for found in later.observations if later.report_year > report.report_year else ():
        if found.source is Source.SERIES and found.time_period == report.report_year and _is_exact(found):
            for cell in _named_in_tables(found):
                printed.setdefault(cell, set()).update({found.value} if found.value is not None else {})
    for cell, values in printed.items():
        table = report.cells.get(cell)
        if len(values) == 1 and table and table.status is Status.UNREADABLE:
            yield Stated((cell,), values.pop(), f"{_ANNEX}@{later.report_id}", (1,), outside=True)


def _named_in_tables(found: Observation) -> list[Cell]:
    """Return the cells of the tables that ask for what an annex tells."""
    names = (found.indicator, *narrative_wording().stands_for.get(found.indicator, ()))
    return [(name, found.breakdown) for name in names]


def _kind(law: Law) -> str:
    return law.law.partition(".")[0]


def _holds_between(law: Law, one: YearReport, other: YearReport) -> bool:
    """Say whether a law speaks of both reports: each prints its cells in a form in which the law holds."""
    earlier, later = sorted((one, other), key=lambda each: each.report_year)
    named = {_form(term, earlier if term.years_back else later) for term in law.terms}
    return None not in named and named <= set(law.forms) and (law.across_forms or len(named) == 1)


def _form(term: LawTerm, report: YearReport) -> str | None:
    cell = report.cells.get(_cell(term))
    return cell.form if cell else None


def _is_broken(law: Law, report: YearReport, neighbour: YearReport) -> bool:
    rest = _rest(law, report, report.known, neighbour), _rest(law, neighbour, neighbour.known, report)
    return rest[0] is not None and rest[1] is not None and rest[0] + rest[1] != ZERO


def _solved(law: Law, report: YearReport, neighbour: YearReport) -> Stated | None:
    """Return a law solved for the cells of a report of which one at least is unreadable."""
    terms = _terms(law, report, neighbour)
    rest = _rest(law, neighbour, neighbour.known, report)
    open_ = any(report.cells[_cell(term)].status is Status.UNREADABLE for term in terms)
    if rest is None or not open_:
        return None
    turn = _weight(terms[0])
    return Stated(
        cells=tuple(map(_cell, terms)),
        value=ZERO - rest * turn,
        place=f"{law.law}@{neighbour.report_id}",
        signs=tuple(_weight(term) * turn for term in terms),
        outside=True,
    )


def _rest(law: Law, of: YearReport, known: Mapping[Cell, Observation], other: YearReport) -> Decimal | None:
    """Return what the cells of one of two reports leave of left minus right, None where one is not known."""
    values = [(term, known.get(_cell(term))) for term in _terms(law, of, other)]
    if any(found is None for _, found in values):
        return None
    return sum((_weight(term) * (found.value or ZERO) for term, found in values if found), ZERO)


def _terms(law: Law, of: YearReport, other: YearReport) -> list[LawTerm]:
    """Return the terms of a law that one of two reports prints."""
    back = 1 if of.report_year < other.report_year else 0
    return [term for term in law.terms if term.years_back == back]


def _weight(term: LawTerm) -> int:
    return term.sign if term.side == "left" else -term.sign


def _cell(term: LawTerm) -> Cell:
    return term.indicator, term.breakdown


def _is_exact(found: Observation) -> bool:
    return found.bound is Bound.EXACT


def settled_cells(alone: Sequence[Observation], again: Sequence[Observation]) -> list[Observation]:
    """Return the figures that were unreadable alone and are read now; none where any other cell changed."""
    before, after = ({_key(found): found for found in each} for each in (alone, again))
    changed = [key for key, was in before.items() if _told(was) != _told(after.get(key))]
    if before.keys() != after.keys() or any(before[key].status is not Status.UNREADABLE for key in changed):
        return []
    return [after[key] for key in changed if after[key].value is not None]


def _key(found: Observation) -> tuple[object, ...]:
    return found.source, found.time_period, found.indicator, found.breakdown, found.occurrence


def _told(found: Observation | None) -> tuple[object, ...] | None:
    """Return what a reading says of a cell, but for what it rests on."""
    return (found.status, found.value, found.unit, found.bound) if found else None
