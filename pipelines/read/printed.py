"""Characters on a page to lines and texts as they are printed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from operator import eq, itemgetter, sub
from typing import Any, NamedTuple

from pipelines.read.pdf_page import Character

_WIDE = (
    r"\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_FIRST_CHINESE = "\u2e80"
_HALVES = re.compile("[\ud800-\udfff]")
_WIDE_AT_BOTH_ENDS = re.compile(rf"[{_WIDE}][{_WIDE}]")
_SAME_LINE = 0.5
_TWICE = 0.15
_GAP, _LEAST_GAP = 0.4, 0.5
_GAP_BETWEEN_WIDE = 2.0
_COLUMN_GAP = 1.5
_RAISED = 0.9
_TEXT, _LEFT, _TOP, _LEVEL = itemgetter(0), itemgetter(1), itemgetter(2), itemgetter(2, 4)
_LEADERS = re.compile(r"[.．·]{4,}|…{2,}")


class Line(NamedTuple):
    """A printed line: its text, its box, the size of its characters, and whether it is set in columns."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    columned: bool


# A page has hundreds; the class itself takes twice as long.
_printed = partial(tuple.__new__, Line)


def join(texts: Iterable[str]) -> str:
    """Return the text that goes on over several lines: Chinese without a space, anything else with one.

    >>> join(["三、本", "年度", "1", "234"])
    '三、本年度 1 234'
    """
    whole = ""
    for text in filter(None, map(str.strip, texts)):
        whole += text if not whole or _WIDE_AT_BOTH_ENDS.fullmatch(whole[-1] + text[0]) else f" {text}"
    return whole


def printed_lines(characters: Sequence[Character]) -> list[Line]:
    """Return the lines that some characters form, from top to bottom; lines of blanks are left out."""
    if len(characters) == 1:
        return [_alone(character) for character in characters if not character.text.isspace()]
    return [_line(row) for row in _rows(characters) if not all(map(str.isspace, map(_TEXT, row)))]


def _alone(character: Character) -> Line:
    """Return a character as a line of its own, as most figures of a table are."""
    text, left, top, right, bottom = character
    size = (right - left if text >= _FIRST_CHINESE else bottom - top) or 1.0
    return _printed((_whole(text), left, top, right, bottom, size, False))


def _rows(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield the characters of each line; most of a line stand on exactly one level, so that levels are sorted."""
    if len(set(map(_LEVEL, characters))) == 1:
        yield list(characters)
        return
    levels: dict[tuple[float, float], list[Character]] = {}
    for level, found in groupby(characters, _LEVEL):
        levels.setdefault(level, []).extend(found)
    row: list[Character] = []
    middle = height = 0.0
    for (top, bottom), on_level in sorted(levels.items(), key=lambda level: sum(level[0])):
        if row and (top + bottom) / 2 - middle > _SAME_LINE * min(bottom - top, height):
            yield row
            row = []
        if not row:
            middle, height = (top + bottom) / 2, bottom - top
        row += on_level
    if row:
        yield row


def _line(row: list[Character]) -> Line:
    shown = _once(_without_outer_blanks(sorted(row, key=_LEFT)))
    columns: Any = zip(*shown, strict=True)
    texts, lefts, tops, rights, bottoms = columns
    # Chinese characters are as wide as the type is large; the height of boxes depends on the font.
    text, top = "".join(texts), min(tops)
    wide = [
        right - left for character, left, right in zip(texts, lefts, rights, strict=True) if character >= _FIRST_CHINESE
    ]
    size = _median(wide or list(map(sub, bottoms, tops))) or 1.0
    gaps = list(map(sub, lefts[1:], rights))
    gap = max(gaps, default=0.0)
    widest = _widest_gap(shown) if len(text.split()) > 1 else gap
    if gap > _LEAST_GAP or top != max(tops):
        text = _spaced(shown, gaps, size)
    columned = widest > _COLUMN_GAP * size or _LEADERS.search(text) is not None
    return _printed((_whole(text), lefts[0], top, rights[-1], max(bottoms), size, columned))


def _widest_gap(row: list[Character]) -> float:
    """Return the widest space between two characters that are no blanks."""
    solid = (character for character in row if not character.text.isspace())
    return max((after.left - before.right for before, after in pairwise(solid)), default=0.0)


def _whole(text: str) -> str:
    """Return a text with the halves of rare characters, as some files hold them, brought together."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _median(values: list[float]) -> float:
    """Return the value in the middle, of two the one between them; a page asks it for hundreds of lines."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _without_outer_blanks(row: list[Character]) -> list[Character]:
    if not (row[0].text.isspace() or row[-1].text.isspace()):
        return row
    solid = [number for number, character in enumerate(row) if not character.text.isspace()]
    return row[solid[0] : solid[-1] + 1]


def _once(row: list[Character]) -> list[Character]:
    """Return characters, those that are printed twice in one place to look bold only once."""
    texts = list(map(_TEXT, row))
    if not any(map(eq, texts, texts[1:])):
        return row
    once = row[:1]
    for character in row[1:]:
        last, width = once[-1], character.right - character.left
        if character.text != last.text or character.left - last.left >= _TWICE * width:
            once.append(character)
    return once


def _spaced(row: list[Character], gaps: list[float], size: float) -> str:
    """Return the text with a space where the print leaves a gap: figures that stand apart are never run together."""
    tops = list(map(_TOP, row))
    apart = [
        place
        for place, (gap, (above, top)) in enumerate(zip(gaps, pairwise(tops), strict=True), start=1)
        if (gap > _LEAST_GAP and _is_apart(row[place - 1], row[place], size))
        or (top != above and _is_raised(row[place - 1], row[place]))
    ]
    bounds = pairwise([0, *apart, len(row)])
    return " ".join(["".join(map(_TEXT, row[start:end])) for start, end in bounds])


def _is_raised(before: Character, after: Character) -> bool:
    """Say whether two digits are of two sizes: one is the number of a footnote."""
    if not (before.text.isdecimal() and after.text.isdecimal()):
        return False
    small, large = sorted((before.bottom - before.top, after.bottom - after.top))
    return small < _RAISED * large


def _is_apart(before: Character, after: Character, size: float) -> bool:
    gap, pair = after.left - before.right, before.text + after.text
    if before.text.isspace() or after.text.isspace():
        return False
    if _WIDE_AT_BOTH_ENDS.fullmatch(pair):
        return gap > _GAP_BETWEEN_WIDE * size
    return gap > _GAP * max(before.right - before.left, after.right - after.left)
