"""What is printed between two labels of a table, in pieces: without the remark on the one, the number of the other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipelines.extract.numbers import PAGE_NUMBER, PHRASE, plain_cell
from pipelines.extract.page import folded
from pipelines.extract.rows import MARKED_NUMBER
from pipelines.registry.forms import FormTable
from pipelines.registry.units import units
from pipelines.registry.wording import fold, key, squeeze

_NOTE = r"\((?![一二三四五六七八九十\d]{1,3}\))[^()|]*+\)"
_BROKEN_NUMBER = r"\d[\d,.]*(?:[ ]+[,.]|(?<=[,.])[ ]+)[\d,.]*\d"
_PIECE = re.compile(rf"{_BROKEN_NUMBER}|[^\s|(]*+(?:\s*+{_NOTE})+|[^\s|]+")
_WHOLE_NOTE = re.compile(_NOTE)
_BROKEN_MARK = re.compile(r"[、.)]")
_LONGEST_NOTE, _LONG_LABEL = 6, 5
_RULED_LINE = re.compile(r"[|:]*-{3,}[|:][-|:]*")
_LEADING_NUMBER = re.compile(r"\s*(\d{1,3})\s+")

OPENED = re.compile(r"\([一二三四五六七八九十]{1,3}(?![)一二三四五六七八九十])")
"""The number of a row the bracket of which is not closed right after it."""

HEADER = "统计表头"
"""What stands for a whole head that is printed on one line."""


class Piece(NamedTuple):
    """A part of one fragment of a gap: its folded text, empty where a blank cell is visible, and how it is printed.

    `line` counts from the fragment in which the label before ends; `alone` says that nothing else stands on it.
    """

    line: int
    text: str
    printed: str
    alone: bool = False


class Between(NamedTuple):
    """What is printed between two labels: the rest of the first one's fragment, fragments, what precedes the next."""

    rest: str
    lines: tuple[str, ...] = ()
    head: str = ""


def pieces_of(table: FormTable, between: Between) -> Iterator[Piece]:
    """Yield the pieces of a gap, fragment by fragment."""
    yield from _inked(0, between.rest)
    for line, printed in enumerate(between.lines, start=1):
        if printed:
            yield from _fragment(table, line, printed)
    yield from _inked(len(between.lines) + 1, between.head)


def _inked(line: int, printed: str, *, whole: bool = False) -> Iterator[Piece]:
    """Yield what is printed in a fragment, and an empty piece for a blank cell that bars show after a unit."""
    text = fold(printed)
    matches = list(_PIECE.finditer(text)) if text else ()
    end, unit = 0, False
    for match in matches:
        begin = match.start()
        if unit and text.count("|", end, begin) > 1:
            yield Piece(line, "", printed[end:begin])
        end, unit = match.end(), match[0] in units()
        yield Piece(line, match[0], printed[begin:end], alone=whole and len(matches) == 1)


@lru_cache(maxsize=4096)
def _fragment(table: FormTable, line: int, printed: str) -> tuple[Piece, ...]:
    """Return the cells of a whole fragment: an empty piece of one that is all space.

    A header and page furniture stay whole, whatever spaces they are printed with.
    """
    if plain_cell(printed):
        return (Piece(line, printed, printed, alone=True),)
    whole = squeeze(folded(printed))
    if not whole or whole in table.header or PAGE_NUMBER.fullmatch(whole) or whole.startswith(table.footers):
        return (Piece(line, whole, printed, alone=True),)
    if table.head.fullmatch(whole):
        return (Piece(line, HEADER, printed),)
    if (number := _LEADING_NUMBER.match(printed)) and table.head.fullmatch(squeeze(folded(printed[number.end() :]))):
        return Piece(line, fold(number[1]), number[0]), Piece(line, HEADER, printed[number.end() :])
    return () if _RULED_LINE.fullmatch(whole) else tuple(_inked(line, printed, whole=True))


def joined(table: FormTable, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, a note that is broken over several of them put together again."""
    waiting = iter(pieces)
    for piece in waiting:
        if piece.text.count("(") > piece.text.count(")"):
            yield _closed(table, piece, islice(waiting, _LONGEST_NOTE))
        else:
            yield piece


def _closed(table: FormTable, piece: Piece, following: Iterable[Piece]) -> Piece:
    """Return a piece with those that follow it, up to the one that closes its bracket.

    The bracket stays open where the label of a row stands in it: lines of two rows lie between each other.
    """
    text, printed, torn = piece.text, piece.printed, _names_row(table, piece)
    for part in following:
        text, printed, torn = text + part.text, printed + part.printed.strip(), torn or _names_row(table, part)
        if text.count("(") <= text.count(")"):
            break
    return Piece(piece.line, piece.text if torn else text, printed)


def _names_row(table: FormTable, piece: Piece) -> bool:
    keyed = key(piece.text)
    return len(keyed) >= _LONG_LABEL and any(len(label) >= _LONG_LABEL and label in keyed for label in table.by_label)


@lru_cache(maxsize=1024)
def is_note(printed: str, note: str) -> bool:
    """Say whether a text is the form's own remark on a row, in brackets."""
    return key(printed) == note != "" and _WHOLE_NOTE.fullmatch(fold(printed).strip()) is not None


def without_note(note: str, pieces: list[Piece]) -> tuple[list[Piece], Piece | None]:
    """Return the pieces after the remark that follows a label, and that remark where it is not the form's own.

    It stands in brackets or in the form's own wording; one with a figure after a space may be a cell and is kept.
    """
    first = next((piece.text for piece in pieces if piece.text), "")
    if not first or MARKED_NUMBER.fullmatch(squeeze(first)) or (OPENED.match(first) and hides_figure(first)):
        return pieces, None
    if not first.lstrip().startswith("("):
        return _without_wording(note, pieces), None
    kept = _without_bracket(pieces)
    taken = pieces[: len(pieces) - len(kept)]
    text = "".join(piece.text for piece in taken)
    if not taken or key(text) == note:
        return kept, None
    if first[0] != "(" and hides_figure(text):
        return pieces, None
    return kept, Piece(taken[-1].line, text, "".join(piece.printed for piece in taken))


def _without_bracket(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces after the one that ends with the bracket that closes the first."""
    depth = 0
    for seen, piece in enumerate(pieces, start=1):
        depth += piece.text.count("(") - piece.text.count(")")
        if piece.text and depth <= 0:
            return pieces[seen:] if piece.text.endswith(")") else pieces
    return pieces


def _without_wording(note: str, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces after the form's own remark, all of them where it is not printed there."""
    joined, depth, begun = "", 0, False
    for seen, piece in enumerate(pieces, start=1):
        joined += key(piece.text)
        depth += piece.text.count("(") - piece.text.count(")")
        begun = begun or bool(piece.text)
        if not note.startswith(joined):
            return pieces
        if begun and depth == 0 and joined == note:
            return pieces[seen:]
    return pieces


def without_numbering(pieces: list[Piece], ordinal: str, *, sequence: bool) -> list[Piece]:
    """Return the pieces before the number of the next row, where that stands in a cell of its own.

    A number that was broken off its mark (`1`, then `、政府公报…`) is the next row's, and so is one that opens a line
    with other cells on it and is the number that the next label lacks.
    """
    end = len(pieces)
    if end and _BROKEN_MARK.fullmatch(pieces[end - 1].text):
        end = _before_broken_number(pieces[: end - 1])
    elif ordinal and (opening := _last_line(pieces)) < end - 1 and key(pieces[opening].text) == key(ordinal):
        end = opening if pieces[opening].line else end
    while end and MARKED_NUMBER.fullmatch(pieces[end - 1].text):
        end -= 1
    if sequence and end:
        opening = _last_line(pieces[:end])
        if pieces[opening].line:
            end = opening if pieces[opening].text.isdecimal() else end - pieces[end - 1].text.isdecimal()
    return pieces[:end]


def _before_broken_number(pieces: Sequence[Piece]) -> int:
    """Return how many pieces precede a number that was broken off its mark and opens the last line."""
    last = _last_line(pieces)
    broken = last < len(pieces) and MARKED_NUMBER.fullmatch(pieces[last].text + "、")
    return last if broken else len(pieces)


def _last_line(pieces: Sequence[Piece]) -> int:
    """Return which piece opens the last line."""
    return next((index for index, piece in enumerate(pieces) if piece.line == pieces[-1].line), 0)


def cells_of_next(pieces: Sequence[Piece]) -> str:
    """Return what is printed between a broken-off number and its label: cells of the next row."""
    marks = _BROKEN_MARK.fullmatch, MARKED_NUMBER.fullmatch
    return " ".join(piece.printed for piece in pieces[1:] if not any(mark(piece.text) for mark in marks))


def hides_figure(text: str) -> bool:
    """Say whether a remark has a digit, or numerals with a unit."""
    return any(map(str.isdecimal, text)) or PHRASE.search(text) is not None
