"""Where in a report a sentence stands: who speaks, under which headings, and after what."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.prose import Prose
from pipelines.extract.statements import said_scope, said_year
from pipelines.registry.narrative import Subject, narrative_wording

_HEADING = re.compile(
    r"[\n。;:](?:(?P<part>[一二三四五六七八九十]{1,3}、)|(?P<section>\([一二三四五六七八九十]{1,3}\))|"
    r"(?P<item>\d{1,2}[.、](?!\d)))(?P<title>[^\n。;:]{2,30})"
)
_LEVELS = {"part": 1, "section": 2, "item": 3}
_LONGEST_PRECEDING = 240
_ENDS = "。;!?:\n"


class Speaker(NamedTuple):
    """Who reports: for which year, under which name, whether for other bodies too, and what the forms ask."""

    year: int
    body_name: str = ""
    aggregate: bool = False
    asked: frozenset[str] = frozenset()

    @property
    def territory(self) -> bool:
        """Whether the report is that of a government and not of one of its offices; so where no name is known."""
        return not self.body_name or narrative_wording().territory.search(self.body_name) is not None

    def speaks_of(self, scope: str) -> bool:
        """Say whether figures of a scope are those of the report."""
        if scope == "whole":
            return self.territory
        if scope == "office":
            return not self.territory or narrative_wording().office_body.search(self.body_name) is not None
        return scope == "" or (scope == "self" and not (self.territory and self.aggregate))


class Place(NamedTuple):
    """Where in the running text a sentence begins, and who speaks."""

    prose: Prose
    begin: int
    speaker: Speaker

    def locator(self, offset: int) -> str:
        """Return the place of a character of the sentence."""
        return self.prose.locator(self.begin + offset)

    def printed(self, begin: int, end: int) -> str:
        """Return how a part of the sentence is printed."""
        return self.prose.printed(self.begin + begin, self.begin + end)

    def preceding(self) -> str:
        """Return what stands right before the sentence, back to the end of a sentence or to the heading before it."""
        text, end = self.prose.flow.text, max(0, self.begin - 1)
        while end and text[end - 1] in _ENDS:
            end -= 1
        found = _headings(text)
        heading = bisect_right(found, self.begin, key=lambda each: each[0])
        begin = max(text.rfind("。", 0, end), text.rfind(":", 0, end)) + 1
        return text[max(begin, found[heading - 1][0] if heading else 0, end - _LONGEST_PRECEDING) : end]

    def following(self) -> str:
        """Return what is said from the sentence on up to the next full stop."""
        end = self.prose.flow.text.find("。", self.begin)
        return self.prose.flow.text[self.begin : end if end >= 0 else None][:_LONGEST_PRECEDING]

    def headings(self) -> list[str]:
        """Return the titles under which the sentence stands, the nearest last."""
        found = _headings(self.prose.flow.text)
        above: dict[int, str] = {}
        for _, level, title in found[: bisect_right(found, self.begin, key=lambda heading: heading[0])]:
            above = {upper: name for upper, name in above.items() if upper < level} | {level: title}
        return list(above.values())

    def year(self, sentence: str, end: int, *, alone: bool) -> str:
        """Return the year of which the sentence speaks; one that names none and is not clear alone goes on."""
        said = said_year(sentence, end)
        before = "" if said or alone else self.preceding()
        return said_year(before, len(before)) if before else said

    def scope(self, sentence: str, end: int, *, alone: bool) -> str:
        """Return the scope of which the sentence speaks; one that names none and is not clear alone goes on."""
        name = self.speaker.body_name
        said = said_scope(sentence, end, name)
        before = "" if said or alone else self.preceding()
        return said_scope(before, len(before), name) if before else said

    def speaks_of(self, subject: Subject, said: str) -> bool:
        """Say whether what was said up to a number, what precedes it or a heading is about a subject."""
        if subject.forbidden.search(said):
            return False
        if subject.words.search(said):
            return True
        before = self.preceding()
        if subject.counts_other.search(before):
            return False
        return any(map(subject.heading.search, self.headings())) or bool(subject.words.search(before))


@lru_cache(maxsize=2)
def _headings(text: str) -> list[tuple[int, int, str]]:
    """Return every numbered heading of a text: where it begins, its level and its title.

    It is sought behind the mark before it, and the text behind a line break.
    """
    return [
        (match.start(), _LEVELS[kind], match["title"])
        for match in _HEADING.finditer("\n" + text)
        for kind in _LEVELS
        if match[kind]
    ]
