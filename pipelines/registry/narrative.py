"""The wording of prose, compiled once: topics, subjects, times, scopes, lists and statements of nought."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pipelines.registry.dictionary import breakdowns, indicator
from pipelines.registry.files import RegistryError, read_yaml
from pipelines.registry.units import units

_NEVER = re.compile(r"(?!)")
_CAPITALS = re.compile(r"[A-Z]{2,}")
_WHERE = "narrative.yml"


class Way(NamedTuple):
    """One way to state a figure: what its clause ends with, all the words before it, after it, earlier in the sentence.

    None where nothing is asked.
    """

    words: re.Pattern[str] | None
    own: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sentence: re.Pattern[str] | None


class Subject(NamedTuple):
    """What a figure must be about: words and headings that prove it, words that deny it.

    `counts_other` finds a number of what the words that deny it speak of.
    """

    words: re.Pattern[str]
    heading: re.Pattern[str]
    forbidden: re.Pattern[str]
    counts_other: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a number means after certain words: candidates of one meaning in different forms, and its units.

    `has` is what the words before or after hold at least; it is sought first.
    """

    indicators: tuple[str, ...]
    has: re.Pattern[str]
    ways: tuple[Way, ...]
    forbidden: re.Pattern[str]
    forbidden_before: re.Pattern[str]
    forbidden_after: re.Pattern[str]
    units: frozenset[str]
    short: re.Pattern[str]
    part_of: frozenset[str]
    only_asked: bool
    asked_with: frozenset[str]
    about: Subject | None
    beside: re.Pattern[str] | None
    negative: bool
    named: bool
    stock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Nought:
    """A statement that there was none, and of what: `always` though no form asks, `alone` whatever words restrict."""

    words: re.Pattern[str]
    forbidden: re.Pattern[str]
    sentence: re.Pattern[str] | None
    zero_of: tuple[str, ...]
    always: bool
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a list of parts opens and closes, what names the rest, and how parts of a breakdown are named."""

    opens: str
    closes: re.Pattern[str]
    rest: re.Pattern[str]
    category: str
    units: frozenset[str]
    members: Mapping[str, Mapping[str, re.Pattern[str]]]
    members_after: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeWording:
    """Everything declared in narrative.yml.

    `of_unit` holds the topics that a figure of some unit may have; `none` finds the words without which no clause
    states a nought; `time` and `scope` find the words that hold for what follows, by the name of their group.
    """

    topics: tuple[Topic, ...]
    of_unit: Mapping[str, tuple[Topic, ...]]
    noughts: tuple[Nought, ...]
    none: re.Pattern[str]
    listing: Listing
    time: re.Pattern[str]
    scope: re.Pattern[str]
    territory: re.Pattern[str]
    office_body: re.Pattern[str]
    other_body: re.Pattern[str]
    not_a_year_figure: re.Pattern[str]
    restricted: re.Pattern[str]
    exception: re.Pattern[str]
    grows: re.Pattern[str]
    carried: re.Pattern[str]
    carried_into: re.Pattern[str]
    threshold: re.Pattern[str]
    no_unit: re.Pattern[str]
    no_figure_before: re.Pattern[str]
    stands_for: Mapping[str, tuple[str, ...]]
    adds_up: Mapping[str, tuple[str, ...]]


class _Reader:
    """Compiles expressions in which capitals stand for declared phrases."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._phrases = phrases
        self._names = re.compile("|".join(sorted(phrases, key=len, reverse=True)))

    def text(self, expression: str) -> str:
        """Return an expression with every phrase written out; a phrase may use those declared with it."""
        while match := self._names.search(expression):
            expression = expression.replace(match[0], self._phrases[match[0]])
        if unknown := _CAPITALS.search(expression):
            raise RegistryError(f"{_WHERE}: {unknown[0]} is not one of the phrases")
        return expression

    def pattern(self, expression: str | None) -> re.Pattern[str]:
        """Return a compiled expression; one that never matches for None."""
        return _NEVER if expression is None else re.compile(self.text(expression))

    def either(self, expression: str | None, frame: str = "(?:{})") -> re.Pattern[str] | None:
        """Return a compiled expression in a frame, None for None."""
        return None if expression is None else re.compile(frame.format(self.text(expression)))


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(indicator(name, _WHERE).indicator for name in names)


def _way(declared: Mapping[str, str], read: _Reader) -> Way:
    return Way(
        words=read.either(declared.get("words"), "(?:{})$"),
        own=read.either(declared.get("own")),
        after=read.either(declared.get("after")) if declared.get("after") != "" else re.compile("$"),
        sentence=read.either(declared.get("sentence")),
    )


def _subject(declared: Mapping[str, str], read: _Reader) -> Subject:
    return Subject(
        words=read.pattern(declared["words"]),
        heading=read.pattern(declared["heading"]),
        forbidden=read.pattern(declared["forbidden"]),
        counts_other=re.compile(rf"(?:{read.text(declared['forbidden'])})[^,;。\d]{{0,12}}\d"),
    )


def _topic(declared: dict[str, Any], read: _Reader, subjects: Mapping[str, Subject]) -> Topic:
    stated = any(name in declared for name in ("words", "own"))
    ways = declared.get("ways", [declared] if stated else [])
    return Topic(
        indicators=_ids(declared["indicator"]),
        has=re.compile("|".join(map(re.escape, declared.get("has", [])))),
        ways=tuple(_way(way, read) for way in ways),
        forbidden=read.pattern(declared.get("not")),
        forbidden_before=read.pattern(declared.get("not_sentence")),
        forbidden_after=read.pattern(declared.get("not_after")),
        units=frozenset(units()[unit] for unit in declared["units"]),
        short=read.pattern(declared.get("short")),
        part_of=frozenset(_ids(declared.get("part_of", ()))),
        only_asked=declared.get("only_asked", False),
        asked_with=frozenset(_ids(declared.get("asked_with", ()))),
        about=subjects[declared["about"]] if "about" in declared else None,
        beside=read.either(declared.get("beside")),
        negative=declared.get("negative", False),
        named=declared.get("named", False),
        stock=declared.get("stock", False),
    )


def _nought(declared: dict[str, Any], read: _Reader) -> Nought:
    return Nought(
        words=read.pattern(declared["words"]),
        forbidden=read.pattern(declared.get("not")),
        sentence=read.either(declared.get("sentence")),
        zero_of=_ids(declared["zero_of"]),
        always=declared.get("always", False),
        alone=declared.get("alone", False),
    )


def _alternatives(group: str) -> str:
    """Return the alternatives of a group without the group: an expression that begins with letters is sought faster."""
    return group.removeprefix("(?:").removesuffix(")")


def _kinds(declared: Mapping[str, str], read: _Reader) -> re.Pattern[str]:
    """Return one expression for several kinds of words, each the group of its name."""
    return re.compile("|".join(f"(?P<{name}>{read.text(words)})" for name, words in declared.items()))


def _members(declared: Mapping[str, Mapping[str, str]], read: _Reader) -> dict[str, dict[str, re.Pattern[str]]]:
    for name, members in declared.items():
        if unknown := set(members) - set(breakdowns()[name]):
            raise RegistryError(f"{_WHERE}: breakdown {name} has no member {', '.join(sorted(unknown))}")
    return {name: _each(members, read.pattern) for name, members in declared.items()}


def _each(declared: Mapping[str, str], compiled: Callable[[str], re.Pattern[str]]) -> dict[str, re.Pattern[str]]:
    return {name: compiled(words) for name, words in declared.items()}


def _listing(declared: dict[str, Any], read: _Reader) -> Listing:
    words = declared["list"]
    return Listing(
        opens=words["opens"],
        closes=read.pattern(words["closes"]),
        rest=read.pattern(words["rest"]),
        category=indicator(words["category"], _WHERE).indicator,
        units=frozenset(units()[unit] for unit in words["units"]),
        members=_members(declared["parts"], read),
        members_after=_each(declared["parts_after"], read.pattern),
    )


@cache
def narrative_wording() -> NarrativeWording:
    """Return the wording declared in narrative.yml."""
    declared = read_yaml(_WHERE)
    read = _Reader({**declared["phrases"], "NONE": declared["none"]})
    subjects = {name: _subject(words, read) for name, words in declared["subjects"].items()}
    topics = tuple(_topic(topic, read, subjects) for topic in declared["topics"])
    scope = {**declared["scope"]}
    territory, office_body = scope.pop("territory"), scope.pop("office_body")
    return NarrativeWording(
        topics=topics,
        of_unit={unit: tuple(topic for topic in topics if unit in topic.units) for unit in units().values()},
        noughts=tuple(_nought(entry, read) for entry in declared["noughts"]),
        none=re.compile(rf"{_alternatives(declared['none'])}|未|为0"),
        listing=_listing(declared, read),
        time=_kinds(declared["time"], read),
        scope=_kinds(scope, read),
        territory=read.pattern(territory),
        office_body=read.pattern(office_body),
        **{name: read.pattern(declared[name]) for name in _PLAIN},
        stands_for=_lists(declared["stands_for"]),
        adds_up=_lists(declared["adds_up"]),
    )


_PLAIN = (
    "other_body",
    "not_a_year_figure",
    "restricted",
    "exception",
    "grows",
    "carried",
    "carried_into",
    "threshold",
    "no_unit",
    "no_figure_before",
)


def _lists(declared: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(cells) for name, cells in declared.items()}
