"""Figures in prose: a number means what the words right before it say, a list after 其中 its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.numbers import PHRASE, figure_of
from pipelines.extract.prose import Prose
from pipelines.model.figure import Figure
from pipelines.model.finding import Finding
from pipelines.model.identity import ZERO, Verdict
from pipelines.model.observation import TOTAL, Observation, Source, Status
from pipelines.registry.dictionary import indicators
from pipelines.registry.narrative import Topic, narrative_wording
from pipelines.registry.rules import rules
from pipelines.registry.units import units

_YEAR = re.compile(r"(20\d{2})年")
_LIST_ITEM = re.compile(r"[^,、;:。\d]{2,24}$")
_LEADING = re.compile(r"^(?:其中|包括|分别为|[,、;:])+")
_SPOKEN = re.compile(r"[〇零一二两三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A number in prose with the words before it: in its clause, and in the sentence since the last number."""

    match: re.Match[str]
    figure: Figure
    unit: str
    clause: str
    words: str
    locator: str
    printed: str


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
    for sentence in prose.sentences():
        stated = list(_statements(prose, sentence))
        taken, left = _take(stated, asked, report_year)
        observations += taken
        findings += [_unmapped(statement) for statement in left]
        findings += _parts(taken)
        observations += _noughts(prose, sentence, asked, report_year)
    return NarrativeReading(tuple(observations), tuple(findings))


def _statements(prose: Prose, sentence: re.Match[str]) -> Iterator[Statement]:
    text, reached, wording = prose.flow.text, sentence.start(), narrative_wording()
    for match in PHRASE.finditer(text, sentence.start(), sentence.end()):
        before = text[match.start() - 1 : match.start()]
        if wording.no_figure_before.match(before) or wording.no_unit.match(text, match.start("unit")):
            continue
        clause = max(text.rfind(mark, sentence.start(), match.start()) for mark in ",") + 1
        yield Statement(
            match=match,
            figure=figure_of(match),
            unit=units()[match["unit"]],
            clause=text[max(clause, sentence.start()) : match.start()],
            words=text[reached : match.start()],
            locator=prose.locator(match.start("number")),
            printed=prose.printed(match.start(), match.end()),
        )
        reached = match.end()


def _take(
    stated: list[Statement], asked: frozenset[str], report_year: int
) -> tuple[list[Observation], list[Statement]]:
    """Return the figures of a sentence that have a meaning, and the statements that have none."""
    taken: list[Observation] = []
    left: list[Statement] = []
    parent: Observation | None = None
    listing = False
    for statement in stated:
        listing = parent is not None and (listing or narrative_wording().opens_list in statement.words)
        found = _part(statement, parent, report_year) if listing and parent else None
        found = found or _topic_figure(statement, asked, report_year)
        if found is None:
            if not _SPOKEN.match(statement.match["number"]):
                left.append(statement)
            continue
        taken.append(found)
        parent = parent if listing else found
    return taken, left


def _topic_figure(statement: Statement, asked: frozenset[str], report_year: int) -> Observation | None:
    year = _year_of(statement, report_year)
    for topic in narrative_wording().topics:
        if statement.unit in topic.units and topic.words.search(statement.clause) and year:
            if topic.forbidden.search(statement.clause):
                continue
            return _observation(statement, _chosen(topic, asked), TOTAL, statement.clause, year)
    return None


def _chosen(topic: Topic, asked: frozenset[str]) -> str:
    return next((name for name in topic.indicators if name in asked), topic.indicators[0])


def _year_of(statement: Statement, report_year: int) -> int | None:
    """Return the year a statement speaks of; None where it compares with the year before."""
    if re.search(r"上年|上一年|去年|往年", statement.clause):
        return None
    years = _YEAR.findall(statement.clause)
    return int(years[-1]) if years else report_year


def _part(statement: Statement, parent: Observation, report_year: int) -> Observation | None:
    """Return one item of a list after 其中: a known channel, else a category of the figure it divides."""
    item = _LIST_ITEM.search(_LEADING.sub("", statement.words))
    name = _LEADING.sub("", item[0]) if item else ""
    if not name or statement.unit != units()[parent.unit]:
        return None
    for topic in narrative_wording().topics:
        if statement.unit in topic.units and topic.short.fullmatch(name):
            return _observation(statement, topic.indicators[0], TOTAL, name, report_year)
    return _observation(statement, narrative_wording().category, name, name, parent.time_period, parent.indicator)


def _observation(  # noqa: PLR0913 - the parts of an observation that differ
    statement: Statement, indicator: str, breakdown: str, label: str, year: int, evidence: str = ""
) -> Observation:
    return Observation(
        source=Source.NARRATIVE,
        time_period=year,
        indicator=indicator,
        breakdown=breakdown,
        value=statement.figure.value,
        unit=statement.unit,
        status=Status.REPORTED,
        bound=statement.figure.bound,
        precision=statement.figure.precision,
        label=label,
        printed=statement.printed,
        locator=statement.locator,
        evidence=evidence,
    )


def _unmapped(statement: Statement) -> Finding:
    return rules()["unmapped-figure"].finding(
        Verdict.CANNOT_TELL, locators=(statement.locator,), found=statement.printed, label=statement.clause[-24:]
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


def _noughts(prose: Prose, sentence: re.Match[str], asked: frozenset[str], report_year: int) -> Iterator[Observation]:
    """Yield a nought for each figure that a clause of the sentence says there was none of."""
    wording = narrative_wording()
    if not wording.none.search(prose.flow.text, sentence.start(), sentence.end()):
        return
    seen: set[str] = set()
    for clause in prose.clauses(sentence):
        other_year = [year for year in _YEAR.findall(clause[0]) if int(year) != report_year]
        for nought in wording.noughts:
            match = nought.words.search(clause[0])
            if not match or other_year or nought.forbidden.search(clause[0]):
                continue
            if nought.sentence and not nought.sentence.search(sentence[0]):
                continue
            for name in nought.zero_of:
                if name in asked and name not in seen:
                    seen.add(name)
                    yield _nought(prose, clause, name, report_year)


def _nought(prose: Prose, clause: re.Match[str], indicator: str, report_year: int) -> Observation:
    printed = prose.printed(clause.start(), clause.end())
    return Observation(
        source=Source.NARRATIVE,
        time_period=report_year,
        indicator=indicator,
        value=ZERO,
        unit=indicators()[indicator].unit,
        status=Status.STATED_ZERO,
        label=printed,
        printed=printed,
        locator=prose.locator(clause.start()),
    )
