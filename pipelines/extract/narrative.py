"""Figures in prose: a number means what the words around it say, a list after 其中 its parts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from pipelines.extract.denials import noughts
from pipelines.extract.lists import Level, Lists, Told
from pipelines.extract.numbers import COUNTED_UNIT
from pipelines.extract.prose import Prose
from pipelines.extract.reckoning import carry_over, reckon
from pipelines.extract.setting import Place, Speaker
from pipelines.extract.statements import Statement, names_time, statements
from pipelines.extract.topics import Meaning, Refused, chosen, meaning_of
from pipelines.model.figure import Figure
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.identity import Verdict
from pipelines.model.observation import TOTAL, Observation, Source, Status
from pipelines.registry.dictionary import indicators
from pipelines.registry.forms import forms
from pipelines.registry.narrative import Topic, narrative_wording
from pipelines.registry.rules import rules
from pipelines.registry.wording import key

_LIST_ITEM = re.compile(r"[^,、;:。\d]{2,24}$")
_LEADING = re.compile(r"^(?:\(|其中|包括|分别为|[,、;:])+")
_DIGIT = re.compile(r"\d")
_LONGEST_LABEL, _SHORTEST_NOTE = 24, 5
_PARTED = re.compile(r"\d[.,，．]?\s+[.,，．]?\d")
"""A space within a number as it is printed: it may be two, as where one is struck out or is that of a footnote."""
_CARRIED_OUT = "requests.carried_out"
_YEAR_CLOSES = ("requests.new", "requests.carried_in", "results.total")
_observed = maker(Observation)


@dataclass(frozen=True, slots=True)
class NarrativeReading:
    """The figures of a report's prose, and what in it was not understood."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def read_narrative(prose: Prose, speaker: Speaker) -> NarrativeReading:
    """Return what the prose states.

    Law numbers, dates, telephone numbers and postcodes have no unit of measure and are no figures. A figure that no
    topic takes, or that is of another scope or time than the report, is no observation; it becomes a finding.
    """
    observations: list[Observation] = []
    findings: list[Finding] = []
    for sentence in prose.sentences(COUNTED_UNIT, narrative_wording().none):
        place = Place(prose, sentence.start(), speaker)
        stated = [each for each in statements(sentence[0]) if not _is_note(each)]
        if stated:
            taken, left, levels = _take(stated, place)
            observations += taken
            findings += left
            findings += reckon(stated, levels, observations, place)
        observations += noughts(sentence[0], place)
    kept, torn = _agreeing(observations)
    return NarrativeReading(kept, (*findings, *torn, *carry_over(kept, speaker.year)))


def _is_note(statement: Statement) -> bool:
    """Say whether a figure is part of a form's own note: `同一舆情计1次` counts nothing."""
    return statement.own.endswith(_ends_of_notes()) and key(statement.own).endswith(_notes())


@cache
def _ends_of_notes() -> tuple[str, ...]:
    """Return the last characters of what the notes begin with, looked at before the rest."""
    return tuple({note[-1] for note in _notes()})


@cache
def _notes() -> tuple[str, ...]:
    """Return how the notes on rows of the forms begin that say what counts as one."""
    notes = (key(row.note) for form in forms() for table in form.tables for row in table.rows)
    begun = (_DIGIT.split(note)[0] for note in notes if _DIGIT.search(note))
    return tuple(begin for begin in begun if len(begin) > _SHORTEST_NOTE)


def _take(stated: Sequence[Statement], place: Place) -> tuple[list[Observation], list[Finding], list[Level]]:
    """Return the figures of a sentence that have a meaning, findings on those that have none, and its lists."""
    lists, told = Lists(), list[Told]()
    left: list[tuple[Statement, bool]] = []
    for statement in stated:
        level = lists.reach(statement)
        if _is_parted(statement, place):
            left.append((statement, False))
            lists.tell(statement, None, None)
            continue
        found = _part(statement, place, level, told) or _member(statement, place, told)
        if found is None:
            level = None if level and level.whole and level.whole[1] else level
            meaning = meaning_of(statement, place)
            found = _stated(statement, place, meaning) if isinstance(meaning, Meaning) else None
            if found is None and not statement.spoken:
                left.append((statement, isinstance(meaning, Refused)))
        lists.tell(statement, found, level)
        told.append((statement, found))
    carried = {each: found for each, _ in left if (found := _carried(each, told, place))}
    findings = [_unclaimed(each, place, refused=refused) for each, refused in left if each not in carried]
    return [*(found for _, found in told if found), *carried.values()], findings, lists.read


def _is_parted(statement: Statement, place: Place) -> bool:
    """Say whether a number is printed with a space within."""
    spaced = place.prose.is_spaced(place.begin + statement.number)
    return spaced and _PARTED.search(place.printed(statement.number, statement.end)) is not None


def _stated(statement: Statement, place: Place, meaning: Meaning) -> Observation:
    """Return a figure that a topic takes."""
    label = statement.clause
    if meaning.topic.named:
        label = statement.own[: statement.own.rfind("类") + 1][-_LONGEST_LABEL:].removeprefix("其中")
    return _observation(
        statement,
        place,
        meaning.indicator,
        label=label,
        year=meaning.year,
        breakdown=label if meaning.topic.named else TOTAL,
        negative=meaning.topic.negative,
    )


def _part(statement: Statement, place: Place, level: Level | None, told: Sequence[Told]) -> Observation | None:
    """Return one item of a list: a member of a breakdown, another indicator, else a category of what it divides."""
    divided, whole = level.whole if level and level.whole and level.same_time else (statement, None)
    if whole is None or statement.unit != divided.unit:
        return None
    if name := _member_named(statement, whole):
        sound = _is_no_more(statement, divided) and not _rivalled(whole, told)
        return _of_member(statement, place, whole, name) if sound else None
    label = _item(statement)
    if indicator := _named(label, statement.unit, whole.indicator, place):
        return _observation(statement, place, indicator, label=label, year=whole.time_period, whole=whole.indicator)
    return _category(statement, place, whole, label)


def _is_no_more(statement: Statement, divided: Statement) -> bool:
    """Say whether a figure is no more than another."""
    return statement.figure.value <= divided.figure.value + divided.figure.precision


def _of_member(statement: Statement, place: Place, whole: Observation, name: str) -> Observation:
    """Return a figure of one member of the breakdown of a whole."""
    return _observation(
        statement,
        place,
        whole.indicator,
        label=statement.own,
        year=whole.time_period,
        breakdown=name,
        whole=whole.indicator,
    )


def _category(statement: Statement, place: Place, whole: Observation, label: str) -> Observation | None:
    """Return one item of a list as a category of the figure that it divides."""
    listing = narrative_wording().listing
    if not label or statement.unit not in listing.units:
        return None
    return _observation(
        statement, place, listing.category, label=label, year=whole.time_period, breakdown=label, whole=whole.indicator
    )


def _item(statement: Statement) -> str:
    """Return how an item of a list is called."""
    item = _LIST_ITEM.search(_LEADING.sub("", statement.words))
    return _LEADING.sub("", item[0]) if item else ""


def _named(label: str, unit: str, whole: str, place: Place) -> str | None:
    """Return the indicator that an item of a list names, as far as it may divide the whole."""
    named = (topic for topic in _short_for(label, unit) if not topic.part_of or whole in topic.part_of)
    return next((name for topic in named if (name := chosen(topic, place.speaker))), None)


@lru_cache(maxsize=2048)
def _short_for(label: str, unit: str) -> tuple[Topic, ...]:
    """Return the topics that an item of a list may name."""
    return tuple(topic for topic in narrative_wording().of_unit.get(unit, ()) if topic.short.fullmatch(label))


def _member(statement: Statement, place: Place, told: Sequence[Told]) -> Observation | None:
    """Return a member of the breakdown of the figure stated right before, where no 其中 introduces it.

    Where two figures stand before it that it may divide, nobody knows which it does.
    """
    whole = next((found for each, found in reversed(told) if each.unit != "%"), None)
    name = _member_named(statement, whole) if whole else ""
    if whole is None or not name or _rivalled(whole, told):
        return None
    divided = next((each for each, found in told if found and found.cell == (whole.indicator, TOTAL)), None)
    if (
        divided is None
        or statement.unit != divided.unit
        or names_time(statement.sentence[divided.end : statement.begin])
    ):
        return None
    return _of_member(statement, place, whole, name) if _is_no_more(statement, divided) else None


def _rivalled(whole: Observation, told: Sequence[Told]) -> bool:
    """Say whether another figure with the same breakdown was stated before and not yet divided."""
    kind, seen = indicators()[whole.indicator].breakdown, [found for _, found in told if found]
    divided = {found.indicator for found in seen if found.breakdown != TOTAL}
    undivided = {found.indicator for found in seen if indicators()[found.indicator].breakdown == kind} - divided
    return bool(undivided - {whole.indicator})


def _member_named(statement: Statement, whole: Observation) -> str:
    """Return the member of the breakdown of a figure that the words around a number name."""
    listing = narrative_wording().listing
    members = listing.members.get(indicators()[whole.indicator].breakdown)
    if members is None:
        return ""
    for name, words in members.items():
        if words.fullmatch(statement.own):
            return name
    after = (name for name, words in listing.members_after.items() if words.fullmatch(statement.after))
    return next((name for name in after if name in members), "")


def _carried(bare: Statement, told: Sequence[Told], place: Place) -> Observation | None:
    """Return what is carried over, nobody says where, if only as carried out of the year it lets the year close."""
    if not narrative_wording().carried.fullmatch(bare.own):
        return None
    known = {found.indicator: found.value for _, found in told if found and found.breakdown == TOTAL}
    new, carried_in, total = (known.get(name) for name in _YEAR_CLOSES)
    if new is None or carried_in is None or total is None or _CARRIED_OUT in known:
        return None
    if new + carried_in != total + bare.figure.value:
        return None
    return _observation(bare, place, _CARRIED_OUT, label=bare.clause, year=place.speaker.year)


def _observation(  # noqa: PLR0913 - the parts of an observation that differ
    statement: Statement,
    place: Place,
    indicator: str,
    *,
    label: str,
    year: int,
    breakdown: str = TOTAL,
    whole: str = "",
    negative: bool = False,
) -> Observation:
    """Return a stated figure; a part of `whole` names it as its evidence."""
    value = statement.figure.value
    return _observed(
        source=Source.NARRATIVE,
        time_period=year,
        indicator=indicator,
        breakdown=breakdown,
        value=-value if negative else value,
        unit=statement.unit,
        status=Status.REPORTED,
        bound=statement.figure.bound,
        precision=statement.figure.precision,
        label=label,
        printed=place.printed(statement.begin, statement.end),
        locator=place.locator(statement.number),
        evidence=whole,
    )


def _unclaimed(statement: Statement, place: Place, *, refused: bool) -> Finding:
    return rules()["other-scope" if refused else "unmapped-figure"].finding(
        Verdict.CANNOT_TELL,
        locators=(place.locator(statement.number),),
        found=place.printed(statement.begin, statement.end),
        label=statement.clause[-_LONGEST_LABEL:],
    )


def _agreeing(observations: Sequence[Observation]) -> tuple[tuple[Observation, ...], list[Finding]]:
    """Return the observations without those of one figure of which the prose says two things, with findings on them."""
    said: dict[tuple[int, str, str], list[Observation]] = {}
    for found in observations:
        if not found.indicator.startswith("text."):
            said.setdefault((found.time_period, *found.cell), []).append(found)
    torn = [each for each in said.values() if len(each) > 1 and not _agree(each)]
    withdrawn = {id(found) for each in torn for found in each}
    kept = tuple(found for found in observations if id(found) not in withdrawn)
    return kept, [_torn(each) for each in torn]


def _agree(observations: Iterable[Observation]) -> bool:
    """Say whether every two figures can be the same number."""
    different = {(found.value, found.bound, found.precision, found.unit): found for found in observations}
    return all(
        left.unit == right.unit and (_admits(left, right) or _admits(right, left))
        for left, right in combinations(different.values(), 2)
    )


def _admits(left: Observation, right: Observation) -> bool:
    values = left.value, right.value
    return None not in values and Figure(values[0], left.bound, left.precision).admits(values[1])  # type: ignore[arg-type]


def _torn(observations: Sequence[Observation]) -> Finding:
    first = observations[0]
    return rules()["prose-conflict"].broken(
        locators=tuple(dict.fromkeys(found.locator for found in observations)),
        expected=first.printed,
        found=", ".join(found.printed for found in observations[1:]),
        time_period=first.time_period,
        indicator=first.indicator,
        breakdown=first.breakdown,
        label=indicators()[first.indicator].zh,
        label_en=indicators()[first.indicator].en,
    )
