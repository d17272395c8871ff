"""The key of a figure as people write it: ids, Chinese names, or parts of a name that no other has."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipelines.model.observation import Source
from pipelines.registry.bodies import registered_bodies
from pipelines.registry.dictionary import breakdowns, indicators
from pipelines.registry.problems import Problem
from pipelines.registry.wording import key as wording

PARTS = ("report_id", "body_id", "time_period", "indicator", "breakdown", "source", "occurrence")
_BETWEEN = re.compile(r"[/\s,|／，｜]+")
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_REPORT = re.compile(r"[0-9a-f]{16}")
_MANNER = "通过"
_SHOWN = 5
_ALIKE = 0.4


class UnknownKeyError(Problem):
    """A key that cannot be understood, or fits no figure."""


@dataclass(frozen=True, slots=True)
class Word:
    """A name and what it names: the part of a key, the id, and whether the warehouse has a figure of it."""

    part: str
    value: str
    name: str
    held: bool = False

    @property
    def meaning(self) -> tuple[str, str]:
        """What the word names, whatever it is called."""
        return self.part, self.value

    def __str__(self) -> str:
        return self.value if self.value == self.name else f"{self.name} ({self.value})"


def declared_words() -> Iterator[Word]:
    """Yield every name that the dictionary and the register of bodies declare."""
    yield from (Word("indicator", each.indicator, each.zh) for each in indicators().values())
    yield from (Word("body_id", body.body_id, name) for name, body in registered_bodies().items())
    for members in breakdowns().values():
        yield from (Word("breakdown", member, zh) for member, (zh, _) in members.items())


def parse_key(key: str, words: Iterable[Word] = ()) -> dict[str, object]:
    """Return the parts of a key in any order: body or report, year, indicator, breakdown, source, occurrence.

    `words` are names that a warehouse knows besides the declared ones. Raises UnknownKeyError where a word is unknown,
    fits several things, or names what another word names.

    >>> parse_key("前进区/2017/政府网站公开/series")["indicator"]
    'disclosure.via_website'
    """
    known = tuple(dict.fromkeys((*words, *declared_words())))
    parts: dict[str, object] = dict.fromkeys(PARTS)
    written: dict[str, str] = {}
    for word in filter(None, _BETWEEN.split(key.strip())):
        name, value = _part(key, word, known)
        if name in written:
            raise UnknownKeyError("key-twice", key, word=written[name], other=word, part=name)
        parts[name], written[name] = value, word
    if parts["indicator"] is None and parts["report_id"] is None and parts["body_id"] is None:
        raise UnknownKeyError("key-without-subject", key)
    return parts


def _part(key: str, word: str, known: Sequence[Word]) -> tuple[str, object]:
    """Return which part of a key a word is, with its value: ids first, names after them."""
    if year := _YEAR.fullmatch(word):
        return "time_period", int(year[1])
    if _REPORT.fullmatch(word):
        return "report_id", word
    if word in set(Source):
        return "source", word
    if by_id := next((each.meaning for each in known if each.value == word), None):
        return by_id
    if word.isdecimal() and len(word) < len("230804"):
        return "occurrence", int(word)
    return _named(key, word, known)


def _named(key: str, word: str, known: Sequence[Word]) -> tuple[str, str]:
    """Return what a name, or a part of one, names; of several the one that the warehouse has figures of."""
    found = _fitting(word, known)
    meanings = dict.fromkeys(each.meaning for each in found)
    held = dict.fromkeys(each.meaning for each in found if each.held)
    chosen = held if len(held) == 1 else meanings
    if len(chosen) == 1:
        return next(iter(chosen))
    if chosen:
        raise UnknownKeyError("key-ambiguous", key, word=word, count=len(chosen), nearest=_listed(found))
    raise UnknownKeyError("key-unknown", key, word=word, nearest=_listed(_nearest(word, known)))


def _fitting(word: str, known: Sequence[Word]) -> list[Word]:
    """Return the words of exactly that name, else those whose name has it in it, spaces and punctuation aside."""
    wanted = wording(word)
    for text in filter(None, (wanted, wanted.removeprefix(_MANNER))):
        names = [(wording(each.name), each) for each in known if each.name]
        if found := [each for name, each in names if name == text] or [each for name, each in names if text in name]:
            return found
    return []


def _nearest(word: str, known: Sequence[Word]) -> list[Word]:
    names = {name: each for each in reversed(known) for name in (each.value, each.name)}
    return [names[name] for name in get_close_matches(word, names, n=_SHOWN, cutoff=_ALIKE)]


def _listed(words: Iterable[Word]) -> str:
    first: dict[tuple[str, str], str] = {}
    for word in words:
        first.setdefault(word.meaning, str(word))
    shown = list(first.values())
    return ", ".join(shown[:_SHOWN]) + ("…" if len(shown) > _SHOWN else "") or "—"
