"""Characters on a page to lines and texts as they are printed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipelines.read.pdf_page import Character

_WIDE = (
    r"\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_WIDE_CHARACTER = re.compile(rf"[{_WIDE}]")
_WIDE_AT_BOTH_ENDS = re.compile(rf"[{_WIDE}][{_WIDE}]")
_SAME_LINE = 0.5
_TWICE = 0.25
_GAP = 0.4
_GAP_BETWEEN_WIDE = 2.0
_COLUMN_GAP = 1.5
_LEADERS = re.compile(r"[.．·]{4,}|…{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line: its text, its box, the size of its characters, and whether it is set in columns."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    columned: bool


def join(texts: Iterable[str]) -> str:
    """Return the text that goes on over several lines: Chinese without a space, anything else with one.

    >>> join(["三、本", "年度", "1", "234"])
    '三、本年度 1 234'
    """
    whole = ""
    for text in filter(None, (text.strip() for text in texts)):
        whole += text if not whole or _WIDE_AT_BOTH_ENDS.fullmatch(whole[-1] + text[0]) else f" {text}"
    return whole


def printed_lines(characters: Iterable[Character]) -> list[Line]:
    """Return the lines that some characters form, from top to bottom; lines of blanks are left out."""
    return [_line(row) for row in _rows(characters) if any(not character.text.isspace() for character in row)]


def _rows(characters: Iterable[Character]) -> Iterator[list[Character]]:
    row: list[Character] = []
    for character in sorted(characters, key=_middle):
        if row and _middle(character) - _middle(row[0]) > _SAME_LINE * min(_height(character), _height(row[0])):
            yield row
            row = []
        row.append(character)
    if row:
        yield row


def _middle(character: Character) -> float:
    return (character.top + character.bottom) / 2


def _height(character: Character) -> float:
    return character.bottom - character.top


def _line(row: list[Character]) -> Line:
    shown = list(_once(_without_outer_blanks(sorted(row, key=lambda character: character.left))))
    size = _size(shown)
    text = "".join(_spaced(shown, size)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    gaps = (after.left - before.right for before, after in pairwise(c for c in shown if not c.text.isspace()))
    return Line(
        text=text,
        left=shown[0].left,
        top=min(character.top for character in shown),
        right=shown[-1].right,
        bottom=max(character.bottom for character in shown),
        size=size,
        columned=any(gap > _COLUMN_GAP * size for gap in gaps) or bool(_LEADERS.search(text)),
    )


def _size(row: list[Character]) -> float:
    """Return the size of the type: Chinese characters are as wide as it is, the height of boxes depends on the font."""
    wide = [character.right - character.left for character in row if _WIDE_CHARACTER.match(character.text)]
    return median(wide or map(_height, row))


def _without_outer_blanks(row: list[Character]) -> list[Character]:
    solid = [number for number, character in enumerate(row) if not character.text.isspace()]
    return row[solid[0] : solid[-1] + 1]


def _once(row: list[Character]) -> Iterator[Character]:
    """Yield characters, those that are printed twice in one place to look bold only once."""
    last: Character | None = None
    for character in row:
        width = character.right - character.left
        if last and character.text == last.text and character.left - last.left < _TWICE * width:
            continue
        yield character
        last = character


def _spaced(row: list[Character], size: float) -> Iterator[str]:
    """Yield characters and a space where the print leaves a gap: figures that stand apart are never run together."""
    yield row[0].text
    for before, after in pairwise(row):
        gap = after.left - before.right
        if _WIDE_AT_BOTH_ENDS.fullmatch(before.text + after.text):
            apart = gap > _GAP_BETWEEN_WIDE * size
        else:
            apart = gap > _GAP * max(before.right - before.left, after.right - after.left)
        if apart and not (before.text.isspace() or after.text.isspace()):
            yield " "
        yield after.text
