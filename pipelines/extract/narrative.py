"""Figures in prose: a number means what the words right before it say, a list after 其中 its parts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.numbers import COUNTED_UNIT, PHRASE_OR_RUN, figure_of, is_figure
from pipelines.extract.prose import Prose, clauses
from pipelines.model.figure import Figure
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.identity import ZERO, Verdict
from pipelines.model.observation import TOTAL, Observation, Source, Status
from pipelines.registry.dictionary import indicators
from pipelines.registry.narrative import Nought, Topic, narrative_wording
from pipelines.registry.rules import rules
from pipelines.registry.units import units

_YEAR_SAID = re.compile(
    r"(?P<year>20\d{2})年|(?<![比较与同于])(?P<before>上年|上一年|去年|往年)(?!度?结转)|今年|本年|当年|《[^《》]{0,60}》"
)
_LIST_ITEM = re.compile(r"[^,、;:。\d]{2,24}$")
_LEADING = re.compile(r"^(?:\(|其中|包括|分别为|[,、;:])+")
_SPOKEN = re.compile(r"[〇零一二两三四五六七八九十]")
_LONGEST_CLAUSE = 400
_LONGEST_WORDING = 120
_observed = maker(Observation)


class Statement(NamedTuple):
    """A number in a sentence with the words before it: in its clause, and since the last number.

    `begin`, `end` and `number` say where in the sentence it, with and without the words around it, stands; `year` is
    that of which the sentence speaks there, as `said_year` gives it.
    """

    begin: int
    end: int
    number: int
    figure: Figure
    unit: str
    clause: str
    words: str
    year: str
    spoken: bool


class Denial(NamedTuple):
    """A clause of a sentence that says that there was none, and of what."""

    begin: int
    end: int
    zero_of: tuple[str, ...]


class Place(NamedTuple):
    """Where in the running text a sentence begins, and the year of the report."""

    prose: Prose
    begin: int
    report_year: int

    def locator(self, offset: int) -> str:
        """Return the place of a character of the sentence."""
        return self.prose.locator(self.begin + offset)

    def printed(self, begin: int, end: int) -> str:
        """Return how a part of the sentence is printed."""
        return self.prose.printed(self.begin + begin, self.begin + end)


@dataclass(frozen=True, slots=True)
class NarrativeReading:
    """The figures of a report's prose, and what in it was not understood."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def read_narrative(prose: Prose, asked: frozenset[str], report_year: int) -> NarrativeReading:
    """Return what the prose states; `asked` are the indicators of the forms found in the report.

    Law numbers, dates, telephone numbers and postcodes have no unit of measure and are no figures. A figure that no
    topic takes is no observation; it becomes a finding.
    """
    observations: list[Observation] = []
    findings: list[Finding] = []
    for sentence in prose.sentences(COUNTED_UNIT, narrative_wording().none):
        text, place = sentence[0], Place(prose, sentence.start(), report_year)
        taken, left = _take(_statements(text), place, asked)
        observations += taken
        findings += [_unmapped(statement, place) for statement in left]
        findings += _parts(taken)
        observations += _noughts(_denials(text, report_year), place, asked)
    return NarrativeReading(tuple(observations), tuple(findings))


@lru_cache(maxsize=2048)
def _statements(sentence: str) -> tuple[Statement, ...]:
    """Return the counted figures of a sentence."""
    return tuple(_stated(sentence))


def _stated(sentence: str) -> Iterator[Statement]:
    wording = narrative_wording()
    reached = clause = searched = 0
    for match in PHRASE_OR_RUN.finditer(sentence):
        begin, end = match.span()
        if match["unit"] is None or wording.no_figure_before.match(sentence, begin - 1, begin):
            continue
        if wording.no_unit.match(sentence, match.start("unit")) or not is_figure(match):
            continue
        clause, searched = max(clause, sentence.rfind(",", searched, begin) + 1), begin
        yield Statement(
            begin=begin,
            end=end,
            number=match.start("number"),
            figure=figure_of(match),
            unit=units()[match["unit"]],
            clause=sentence[max(clause, begin - _LONGEST_CLAUSE) : begin],
            words=sentence[reached:begin],
            year=said_year(sentence, begin),
            spoken=_SPOKEN.match(match["number"]) is not None,
        )
        reached = end


def _take(
    stated: Iterable[Statement], place: Place, asked: frozenset[str]
) -> tuple[list[Observation], list[Statement]]:
    """Return the figures of a sentence that have a meaning, and the statements that have none."""
    taken: list[Observation] = []
    left: list[Statement] = []
    parent: Observation | None = None
    listing = False
    for statement in stated:
        if listing and ")" in statement.words:
            parent, listing = None, False
        listing = parent is not None and (listing or narrative_wording().opens_list in statement.words)
        found = _part(statement, place, parent) if listing and parent else None
        found = found or _topic_figure(statement, place, asked)
        if found is not None and not _PARTED.search(place.printed(statement.number, statement.end)):
            taken.append(found)
            parent = parent if listing else found
        elif not statement.spoken:
            left.append(statement)
    return taken, left


def _topic_figure(statement: Statement, place: Place, asked: frozenset[str]) -> Observation | None:
    topic = _topic_of(statement.clause, statement.unit)
    if topic is None or statement.year == EARLIER:
        return None
    name, year = _chosen(topic, asked), int(statement.year or place.report_year)
    return _observation(statement, place, name, label=statement.clause, year=year) if name else None


@lru_cache(maxsize=2048)
def _topic_of(clause: str, unit: str) -> Topic | None:
    """Return what a number of some unit means after the words of a clause.

    None where it is a plan, an average, a part of the year, or another body's; rates are none of these.
    """
    if unit != "%" and narrative_wording().not_a_year_figure.search(clause):
        return None
    tail = max(0, len(clause) - _LONGEST_WORDING)
    topics = narrative_wording().of_unit.get(unit, ())
    return next(
        (topic for topic in topics if topic.words.search(clause, tail) and not topic.forbidden.search(clause)), None
    )


def _chosen(topic: Topic, asked: frozenset[str]) -> str | None:
    """Return the indicator that a form of the report asks for, else the first unless it belongs to one form only."""
    return next((name for name in topic.indicators if name in asked), None if topic.only_asked else topic.indicators[0])


EARLIER = "earlier"
_PARTED = re.compile(r"\d[.,，．]?\s+[.,，．]?\d")
"""A space within a number as it is printed: it may be two, as where one is struck out or is that of a footnote."""


@lru_cache(maxsize=4096)
def said_year(sentence: str, end: int) -> str:
    """Return the year of which a sentence speaks at a place: digits, "" for the report's own, EARLIER for 上年.

    A year holds until another is named; years in titles of documents, and the year that is only compared with, do not
    count.

    >>> said_year("2016年没有收到申请,也未发生行政复议", 20), said_year("去年无,今年收到3件", 10)
    ('2016', '')
    """
    said = ""
    for match in _YEAR_SAID.finditer(sentence, 0, end):
        if match[0][0] != "《":
            said = match["year"] or (EARLIER if match["before"] else "")
    return said


def _part(statement: Statement, place: Place, parent: Observation) -> Observation | None:
    """Return one item of a list after 其中: a known channel, else a category of the figure it divides."""
    item = _LIST_ITEM.search(_LEADING.sub("", statement.words))
    name = _LEADING.sub("", item[0]) if item else ""
    if not name or statement.unit != units()[parent.unit]:
        return None
    if channel := _channel(name, statement.unit):
        return _observation(statement, place, channel, label=name, year=parent.time_period)
    return _observation(
        statement, place, narrative_wording().category, label=name, year=parent.time_period, whole=parent.indicator
    )


@lru_cache(maxsize=2048)
def _channel(name: str, unit: str) -> str | None:
    """Return the indicator of a known channel that an item of a list names."""
    topics = narrative_wording().of_unit.get(unit, ())
    return next((topic.indicators[0] for topic in topics if topic.short.fullmatch(name)), None)


def _observation(  # noqa: PLR0913 - the parts of an observation that differ
    statement: Statement, place: Place, indicator: str, *, label: str, year: int, whole: str = ""
) -> Observation:
    """Return a stated figure; a part of `whole` is a category that its label names."""
    return _observed(
        source=Source.NARRATIVE,
        time_period=year,
        indicator=indicator,
        breakdown=label if whole else TOTAL,
        value=statement.figure.value,
        unit=statement.unit,
        status=Status.REPORTED,
        bound=statement.figure.bound,
        precision=statement.figure.precision,
        label=label,
        printed=place.printed(statement.begin, statement.end),
        locator=place.locator(statement.number),
        evidence=whole,
    )


def _unmapped(statement: Statement, place: Place) -> Finding:
    return rules()["unmapped-figure"].finding(
        Verdict.CANNOT_TELL,
        locators=(place.locator(statement.number),),
        found=place.printed(statement.begin, statement.end),
        label=statement.clause[-24:],
    )


def _parts(taken: list[Observation]) -> Iterator[Finding]:
    """Yield whether the categories that a sentence lists add up to the figure they divide."""
    category = narrative_wording().category
    parts = [found for found in taken if found.indicator == category]
    whole = next((found for found in taken if parts and found.indicator == parts[0].evidence), None)
    if whole is None or whole.value is None:
        return
    total = sum((part.value for part in parts if part.value is not None), ZERO)
    exact = all(found.bound == "exact" for found in (whole, *parts))
    verdict = (
        Verdict.HOLDS
        if total == whole.value
        else Verdict.BROKEN
        if exact and total > whole.value
        else Verdict.CANNOT_TELL
    )
    yield rules()["children-sum"].finding(
        verdict,
        locators=(whole.locator, *dict.fromkeys(part.locator for part in parts if part.locator != whole.locator)),
        expected=f"{whole.value:f}",
        found=f"{total:f}",
        time_period=whole.time_period,
        indicator=whole.indicator,
        label=whole.label,
        count=len(parts),
    )


@lru_cache(maxsize=2048)
def _denials(sentence: str, report_year: int) -> tuple[Denial, ...]:
    """Return the clauses of a sentence that say that there was none in the year of the report."""
    return tuple(
        Denial(clause.start(), clause.end(), nought.zero_of)
        for clause in clauses(sentence)
        if _denies(clause[0], sentence) and said_year(sentence, clause.end()) in ("", str(report_year))
        for nought in narrative_wording().noughts
        if _says(nought, clause[0], sentence)
    )


def _denies(clause: str, sentence: str) -> bool:
    """Say whether a clause says that there was none, of all of it and without exception."""
    wording = narrative_wording()
    if not wording.none.search(clause):
        return False
    return not wording.restricted.search(clause) and not wording.exception.search(sentence)


def _says(nought: Nought, clause: str, sentence: str) -> bool:
    """Say whether a clause that denies speaks of a nought."""
    if not nought.words.search(clause) or nought.forbidden.search(clause):
        return False
    return nought.sentence is None or nought.sentence.search(sentence) is not None


def _noughts(denials: Iterable[Denial], place: Place, asked: frozenset[str]) -> Iterator[Observation]:
    """Yield a nought for each figure asked for that a clause says there was none of."""
    seen: set[str] = set()
    for denial in denials:
        for name in denial.zero_of:
            if name in asked and name not in seen:
                seen.add(name)
                yield _nought(denial, place, name)


def _nought(denial: Denial, place: Place, indicator: str) -> Observation:
    printed = place.printed(denial.begin, denial.end)
    return _observed(
        source=Source.NARRATIVE,
        time_period=place.report_year,
        indicator=indicator,
        value=ZERO,
        unit=indicators()[indicator].unit,
        status=Status.STATED_ZERO,
        label=printed,
        printed=printed,
        locator=place.locator(denial.begin),
    )
