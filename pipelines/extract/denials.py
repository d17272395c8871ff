"""Statements of nought: clauses that say that there was none, and of what."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.prose import clauses
from pipelines.extract.setting import Place
from pipelines.extract.statements import said_year
from pipelines.model.frozen import maker
from pipelines.model.identity import ZERO
from pipelines.model.observation import Observation, Source, Status
from pipelines.registry.dictionary import indicators
from pipelines.registry.narrative import Nought, narrative_wording

_observed = maker(Observation)


class Denial(NamedTuple):
    """A clause of a sentence that says that there was none, and of what."""

    begin: int
    end: int
    nought: Nought


def noughts(sentence: str, place: Place) -> Iterator[Observation]:
    """Yield a nought for each figure asked for that a clause says there was none of."""
    seen: set[str] = set()
    for denial in _denials(sentence, place.speaker.year):
        wanted = [name for name in denial.nought.zero_of if name not in seen and _is_wanted(name, denial, place)]
        if wanted and _in_scope(sentence, denial, place):
            seen.update(wanted)
            yield from _nought(denial, place, wanted)


def _is_wanted(name: str, denial: Denial, place: Place) -> bool:
    """Say whether a form of the report asks for a figure, for what it adds up, or none ever does."""
    asked = place.speaker.asked
    return denial.nought.always or name in asked or not asked.isdisjoint(narrative_wording().adds_up.get(name, ()))


def _in_scope(sentence: str, denial: Denial, place: Place) -> bool:
    return place.speaker.speaks_of(place.scope(sentence, denial.end, alone=True))


@lru_cache(maxsize=2048)
def _denials(sentence: str, report_year: int) -> tuple[Denial, ...]:
    """Return the clauses of a sentence that say that there was none in the year of the report."""
    return tuple(
        Denial(clause.start(), clause.end(), nought)
        for clause in clauses(sentence)
        if _denies(clause[0], sentence) and said_year(sentence, clause.end()) in ("", str(report_year))
        for nought in narrative_wording().noughts
        if _says(nought, clause[0], sentence)
    )


def _denies(clause: str, sentence: str) -> bool:
    """Say whether a clause says that there was none, without exception."""
    wording = narrative_wording()
    return wording.none.search(clause) is not None and not wording.exception.search(sentence)


def _says(nought: Nought, clause: str, sentence: str) -> bool:
    """Say whether a clause that denies speaks of a nought, of all of it."""
    if not nought.words.search(clause) or nought.forbidden.search(clause):
        return False
    if not nought.alone and narrative_wording().restricted.search(clause):
        return False
    return nought.sentence is None or nought.sentence.search(sentence) is not None


def _nought(denial: Denial, place: Place, names: Iterable[str]) -> Iterator[Observation]:
    """Yield a nought for each of some figures that a clause states together."""
    printed, locator = place.printed(denial.begin, denial.end), place.locator(denial.begin)
    for name in names:
        yield _observed(
            source=Source.NARRATIVE,
            time_period=place.speaker.year,
            indicator=name,
            value=ZERO,
            unit=indicators()[name].unit,
            status=Status.STATED_ZERO,
            label=printed,
            printed=printed,
            locator=locator,
        )
