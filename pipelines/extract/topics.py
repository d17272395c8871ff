"""What a counted figure of a sentence means, told by the words around it, and whether it is one of the report's."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.setting import Place, Speaker
from pipelines.extract.statements import EARLIER, PART, Statement, said_scope
from pipelines.registry.narrative import Topic, Way, narrative_wording

_LONGEST_WORDING = 120


class Meaning(NamedTuple):
    """What a figure means: an indicator, the year it is of, and the topic that says so."""

    indicator: str
    year: int
    topic: Topic


class Refused(NamedTuple):
    """That a figure has a meaning and is not the report's: another year, part of a year, another scope."""

    topic: Topic


def meaning_of(statement: Statement, place: Place) -> Meaning | Refused | None:
    """Return what a figure means in its place; None where no topic takes it."""
    refused: Refused | None = None
    for topic in _topics_of(statement):
        indicator = chosen(topic, place.speaker)
        if indicator is None or not _is_about(topic, statement, place):
            continue
        year = _year(topic, statement, place)
        if year is not None and _is_next(statement, place) and _in_scope(topic, indicator, statement, place):
            return Meaning(indicator, year, topic)
        refused = Refused(topic)
    return refused


def chosen(topic: Topic, speaker: Speaker) -> str | None:
    """Return the indicator that a form of the report asks for, else the first unless it belongs to one form only."""
    if topic.asked_with & speaker.asked:
        return topic.indicators[0]
    asked = next((name for name in topic.indicators if name in speaker.asked), None)
    return asked if asked or topic.only_asked else topic.indicators[0]


def _topics_of(statement: Statement) -> Iterator[Topic]:
    """Yield the topics whose words stand around a number of some unit."""
    if narrative_wording().threshold.match(statement.after):
        return
    for topic in _possible(statement.clause, statement.after, statement.unit):
        fits = any(_fits(way, statement) for way in topic.ways)
        off = topic.forbidden_before.search(statement.before) or topic.forbidden_after.match(statement.note)
        if fits and not off:
            yield topic


@lru_cache(maxsize=2048)
def _possible(clause: str, after: str, unit: str) -> tuple[Topic, ...]:
    """Return the topics that a number of some unit may have in a clause.

    None where it is a plan, an average, a part of the year, or another body's; rates are none of these.
    """
    wording = narrative_wording()
    off = unit != "%" and wording.not_a_year_figure.search(clause) is not None
    others = unit != "%" and wording.other_body.search(clause) is not None
    return tuple(
        topic
        for topic in wording.of_unit.get(unit, ())
        if topic.ways
        and (topic.stock or not off)
        and (topic.about is not None or not others)
        and (topic.has.search(clause) or topic.has.search(after))
        and not topic.forbidden.search(clause)
    )


def _fits(way: Way, statement: Statement) -> bool:
    """Say whether everything that one way asks for is there."""
    clause, own = statement.clause, statement.own
    return (
        (way.own is None or way.own.fullmatch(own) is not None)
        and (way.words is None or way.words.search(clause, max(0, len(clause) - _LONGEST_WORDING)) is not None)
        and (way.after is None or way.after.match(statement.after) is not None)
        and (way.sentence is None or way.sentence.search(statement.before.removesuffix(own)) is not None)
    )


def _is_clear(topic: Topic, statement: Statement) -> bool:
    """Say whether the clause alone tells what the figure is about."""
    return topic.about is None or topic.about.words.search(statement.clause + statement.after) is not None


def _is_alone(topic: Topic, statement: Statement) -> bool:
    """Say whether nothing of the sentence before holds for a figure: 其中 at the beginning divides what it says."""
    return _is_clear(topic, statement) and not statement.sentence.startswith(narrative_wording().listing.opens)


def _is_about(topic: Topic, statement: Statement, place: Place) -> bool:
    """Say whether a figure is about the subject of its topic, with what must be stated beside it."""
    if topic.beside is not None and not topic.beside.search(place.following()):
        return False
    if topic.about is None:
        return True
    if topic.about.forbidden.search(statement.clause + statement.after):
        return False
    return _is_clear(topic, statement) or place.speaks_of(topic.about, statement.before + statement.after)


def _year(topic: Topic, statement: Statement, place: Place) -> int | None:
    """Return the year of a figure, None where it is not that of one whole year up to the report's."""
    clear, reported = _is_clear(topic, statement), place.speaker.year
    said = place.year(statement.sentence, statement.begin, alone=_is_alone(topic, statement))
    if said == EARLIER or (said == PART and not topic.stock):
        return None
    year = reported if said in ("", PART) else int(said)
    return year if year == reported or (clear and year < reported) else None


def _in_scope(topic: Topic, indicator: str, statement: Statement, place: Place) -> bool:
    """Say whether a figure is of the scope of the report; what only prose counts has none."""
    if indicator.startswith("text."):
        return True
    if topic.about is None:
        return _is_not_others(statement, place, alone=_is_alone(topic, statement))
    scope = place.scope(statement.sentence, statement.begin, alone=_is_alone(topic, statement))
    return place.speaker.speaks_of(scope)


def _is_not_others(statement: Statement, place: Place, *, alone: bool) -> bool:
    """Say whether a sentence counts neither a whole territory in an office's report nor an office in a territory's.

    A sentence that lists who acted counts for the one who reports.
    """
    before = "" if alone else place.preceding()
    if place.speaker.territory:
        said = said_scope(statement.clause, len(statement.clause), "")
        return (said or said_scope(before, len(before), "")) != "office"
    said = said_scope(statement.sentence, statement.begin, "")
    return (said or said_scope(before, len(before), "")) != "whole"


def _is_next(statement: Statement, place: Place) -> bool:
    """Say whether a year into which something is carried is the one after the report's."""
    text = statement.own + statement.after
    return all(
        int(match["year"]) == place.speaker.year + 1 for match in narrative_wording().carried_into.finditer(text)
    )
