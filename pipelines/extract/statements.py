"""The counted figures of a sentence, and the year and the scope of which it speaks where each of them stands."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.numbers import PHRASE_OR_RUN, figure_of, is_figure
from pipelines.model.figure import Figure
from pipelines.registry.narrative import narrative_wording
from pipelines.registry.units import units

EARLIER, PART = "earlier", "part"
"""What a sentence may speak of besides a year: some year before, or no whole year."""
_SPOKEN = re.compile(r"[〇零一二两三四五六七八九十]")
_APART = re.compile(r"(?:[(),、;:和与]|及(?!时))+")
_BRACKETED = re.compile(r"\((?!不?含|包括|其中|除)[^()]*\)|^[^()]*\)")
_FOLLOWING = re.compile(r"[^,;。:()、]{0,32}")
_TOGETHER = re.compile(r"(?P<names>[^,;:()]+?)(?:决定|案件|申请)?分别(?:为|有|是|达|达到|共)?$")
_BETWEEN = re.compile(r"[、,和及与]+")
_LEVEL = re.compile(r"(?:人民)?政府(?:办公室|办公厅)?$|管(?:理)?委(?:员)?会$")
_LEVELS = frozenset("省市县区州盟旗镇乡")
_NAME = 3
_LONGEST_CLAUSE = 400
_LONGEST_NOTE = 40
_REACH = 1000


class Statement(NamedTuple):
    """A number in a sentence with the words before it: in its clause, and since the last number.

    `begin`, `end` and `number` say where in the sentence it, with and without the words around it, stands; `own` are
    the words of its clause that belong to no other number.
    """

    sentence: str
    begin: int
    end: int
    number: int
    figure: Figure
    unit: str
    clause: str
    words: str
    own: str
    spoken: bool

    @property
    def before(self) -> str:
        """The sentence up to the number, as far back as words reach."""
        return self.sentence[max(0, self.begin - _REACH) : self.begin]

    @property
    def after(self) -> str:
        """The words that follow up to the next mark."""
        match = _FOLLOWING.match(self.sentence, self.end)
        return match[0] if match else ""

    @property
    def note(self) -> str:
        """What follows, marks and numbers included."""
        return self.sentence[self.end : self.end + _LONGEST_NOTE]


@lru_cache(maxsize=2048)
def statements(sentence: str) -> tuple[Statement, ...]:
    """Return the counted figures of a sentence; where names stand together before several, each with its name.

    >>> [each.own for each in statements("作出行政许可、行政处罚决定分别为30件和12件")]
    ['作出行政许可决定', '行政处罚决定']
    """
    stated = tuple(_stated(sentence))
    return _distributed(stated) if "分别" in sentence else stated


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
            sentence=sentence,
            begin=begin,
            end=end,
            number=match.start("number"),
            figure=figure_of(match),
            unit=units()[match["unit"]],
            clause=sentence[max(clause, begin - _LONGEST_CLAUSE) : begin],
            words=sentence[reached:begin],
            own=_own(sentence, max(clause, reached, begin - _LONGEST_CLAUSE), begin),
            spoken=_SPOKEN.match(match["number"]) is not None,
        )
        reached = end


def _own(sentence: str, begin: int, end: int) -> str:
    """Return the words before a number as far as they are its own: in its brackets, after the last colon."""
    words = sentence[begin:end]
    if "(" in words or ")" in words:
        words = _BRACKETED.sub("", words)
    words = words[max(words.rfind("("), words.rfind(":")) + 1 :]
    match = _APART.match(words)
    return words[match.end() :] if match else words


def _distributed(stated: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return statements of which those after 分别 have their names, as many as there are, else none."""
    told = list(stated)
    for first, statement in enumerate(stated):
        match = _TOGETHER.search(statement.clause)
        if match is None:
            continue
        run = _run(stated, first)
        names = _BETWEEN.split(match["names"])
        shared = match[0][match.end("names") - match.start() :].partition("分别")[0]
        paired = names if len(names) == len(run) else [""] * len(run)
        for position, name in enumerate(paired, start=first):
            own = name if not name or name.endswith(shared) else name + shared
            told[position] = told[position]._replace(own=own, clause=own, words=own)
    return tuple(told)


def _run(stated: Sequence[Statement], first: int) -> list[Statement]:
    """Return a statement and those that follow it with nothing but a mark between."""
    run = [stated[first]]
    for following in stated[first + 1 :]:
        if not _BETWEEN.fullmatch(following.words):
            break
        run.append(following)
    return run


@lru_cache(maxsize=4096)
def said_year(sentence: str, end: int) -> str:
    """Return the year of which a sentence speaks at a place: digits, "" for the report's own, EARLIER for 上年, PART.

    A year holds until another is named; years in titles of documents do not count, and one that is compared with only
    until the words that say how it differs.

    >>> said_year("2016年没有收到申请,也未发生行政复议", 20), said_year("去年无,今年收到3件", 10)
    ('2016', '')
    >>> said_year("上半年,收到3件", 6), said_year("比2016年增加3件,答复", 12)
    ('part', '')
    """
    said, held = "", None
    for match in narrative_wording().time.finditer(sentence, max(0, end - _REACH), end):
        kind = match.lastgroup
        if kind == "compared":
            said, held = EARLIER, said if held is None else held
        elif kind == "differs":
            said, held = (said if held is None else held), None
        elif kind != "passed_over":
            said, held = _YEARS.get(kind or "", match["year"] or match["span"] or ""), None
    return said


@lru_cache(maxsize=4096)
def names_time(words: str) -> bool:
    """Say whether some words begin to speak of another time.

    >>> names_time(",同比增长"), names_time(",去年")
    (False, True)
    """
    return any(match.lastgroup not in _SAME_TIME for match in narrative_wording().time.finditer(words))


_SAME_TIME = frozenset({"differs", "passed_over"})
_YEARS = {"part": PART, "earlier": EARLIER, "own": ""}


@lru_cache(maxsize=4096)
def said_scope(sentence: str, end: int, name: str) -> str:
    """Return the scope of which a sentence speaks at a place: whole, office, self, other, or "" where it names none.

    A body that is named as the report itself is, `name`, is `self`, and so is the government of its level.

    >>> said_scope("全市收到5件", 3, ""), said_scope("全市收到5件,市政府办公室收到2件", 16, "")
    ('whole', 'office')
    """
    said = ""
    for match in narrative_wording().scope.finditer(sentence, max(0, end - _REACH), end):
        said = _scope(match, sentence, name)
    return said


def _scope(match: re.Match[str], sentence: str, name: str) -> str:
    """Return the scope that a word names in the report of a body; a territory of another level is another's."""
    kind = match.lastgroup or ""
    if kind == "other":
        return "self" if name and sentence.endswith(name[-_NAME:], 0, match.end()) else kind
    level = match["level"] or match["all"] or match["our"] or ""
    own = _LEVEL.sub("", name)[-1:]
    if level and own in _LEVELS and own != level:
        return "other"
    return kind if kind != "government" else "" if own == level or not name else "other"
