"""What stands in the cells of a row with several columns: texts parted by something visible, with their places."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipelines.extract.cells import folded
from pipelines.extract.numbers import UNIT, parse_cell
from pipelines.extract.page import Page
from pipelines.extract.rows import RowMatch, label_end, label_place
from pipelines.registry.units import units

_NOTE = re.compile(r"\s*\([^()\d]*\)")
_MARK = r"[、.)．]"
_NUMBER_BEFORE = re.compile(
    rf"(?:\((?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})\)|[一二三四五六七八九十]{{1,3}}{_MARK}|其中:?|[①-⑳])\s*$"
)
_MARKED = re.compile(rf"(?P<number>\d+)\s*{_MARK}\s*$")
_OPENING = re.compile(rf"\W*(?P<number>\d{{1,2}})\s*{_MARK}\s*")
_UNKNOWN = re.compile(r"(?<!\w)\d")
_CLOSING = "”\"’'」』》〉)）"
_RUN = re.compile(rf"(?:{UNIT})?(?P<ink>(?:[+-]?[\d.,]+(?:万元|亿元|元)?|[增减]\d+)*)")
_UNCHANGED = frozenset({"不变", "无变化"})


class Mark(NamedTuple):
    """The text of one cell, or of several that run together; empty where a blank cell is seen.

    `line` is the fragment it stands in.
    """

    line: int
    text: str


class Ink(NamedTuple):
    """What is printed after a label: its label, the fragment it ends in, and the marks up to the next label."""

    match: RowMatch
    label: str
    marks: tuple[Mark, ...]


def ink_of(page: Page, matches: Sequence[RowMatch], cells: frozenset[int], end: int) -> list[Ink]:
    """Return the marks of each row; `cells` are the fragments that are cells of grids, `end` ends the last row."""
    inks: list[Ink] = []
    ordinal = ""
    for here, there in zip_longest(matches, matches[1:]):
        pieces = _pieces(page, here, there, end)
        if there:
            expected = {_next(ordinal), "1", there.row.number}
            opens = there.first > here.last and _OPENING.fullmatch(folded(pieces[-1][1]))
            pieces[-1], ordinal = _without_number(pieces[-1], {opens["number"]} if opens else expected)
        inks.append(Ink(here, _label(page, here), tuple(_marks(pieces, cells))))
    return inks


def _next(ordinal: str) -> str:
    return str(int(ordinal) + 1) if ordinal.isdecimal() else "1"


def _pieces(page: Page, here: RowMatch, there: RowMatch | None, end: int) -> list[tuple[int, str]]:
    """Return what stands between two labels, by fragment."""
    texts = page.document.texts
    stop = there.first if there else min(end, len(texts)) - 1
    pieces = [(line, texts[line]) for line in range(here.last, stop + 1)]
    if there:
        place = label_place(folded(texts[there.first]), there.begins, "")
        pieces[-1] = (there.first, texts[there.first][: place.begins])
    line, text = pieces[0]
    return [(line, text[label_end(folded(texts[line]), here.ends) :].lstrip(_CLOSING)), *pieces[1:]]


def _label(page: Page, here: RowMatch) -> str:
    """Return a label as it is printed, without what precedes it in its fragment."""
    texts = page.document.texts
    if here.first != here.last:
        return here.row.label
    shape = folded(texts[here.first])
    return texts[here.first][
        label_place(shape, here.begins, here.row.number).shows : label_end(shape, here.ends)
    ].strip()


def marks_after(page: Page, line: int, ends: int, cells: frozenset[int], end: int) -> Iterator[Mark]:
    """Yield what stands after a place in a fragment, up to the first words: `ends` counts characters of its key."""
    texts = page.document.texts
    begin = label_end(folded(texts[line]), ends)
    yield from _marks([(line, texts[line][begin:]), *enumerate(texts[line + 1 : end], start=line + 1)], cells)


def _without_number(piece: tuple[int, str], expected: Collection[str]) -> tuple[tuple[int, str], str]:
    """Return what precedes a label without the number of its row, and that number where it is an Arabic one.

    The number may be glued to the digits before it: only one that is `expected` there is taken off.

    >>> _without_number((9, "00000002."), {"2"}), _without_number((9, "0000000三、"), {"1"})
    (((9, '0000000'), '2'), ((9, '0000000'), ''))
    """
    line, text = piece
    shape = folded(text)
    if match := _NUMBER_BEFORE.search(shape):
        return (line, text[: match.start()]), ""
    marked = _MARKED.search(shape)
    fitting = [number for number in expected if number and marked and marked["number"].endswith(number)]
    if marked is None or not fitting:
        return piece, ""
    longest = max(fitting, key=len)
    return (line, text[: marked.end("number") - len(longest)]), longest


def _marks(pieces: Sequence[tuple[int, str]], cells: frozenset[int]) -> Iterator[Mark]:
    """Yield what is printed in some fragments, a remark after the label left out, up to words that follow figures."""
    noted = inked = False
    for line, text in pieces:
        shape = folded(text)
        if not noted and (match := _NOTE.match(shape)):
            shape = shape[match.end() :]
        noted = noted or bool(shape.strip())
        for found in _parted(shape, whole=line in cells):
            kept, ends = _figures_of(found)
            if kept is not None:
                inked = True
                yield Mark(line, kept)
            elif not inked and _UNKNOWN.search(found):
                inked = True
                yield Mark(line, found)
            if ends and inked:
                return


def _parted(shape: str, *, whole: bool) -> list[str]:
    """Return the texts that bars, borders or space part in a folded fragment."""
    if whole:
        return [shape.strip()] if shape else []
    if "|" not in shape:
        return shape.split()
    texts = [text.strip() for text in shape.strip().removeprefix("|").removesuffix("|").split("|")]
    return texts if any(texts) else []


def _figures_of(text: str) -> tuple[str | None, bool]:
    """Return what a text says of cells, None where it is words or a unit; and whether the cells end with it.

    >>> _figures_of("条294981916"), _figures_of("0000000四、行政复议"), _figures_of("申请人情况"), _figures_of("无")
    (('294981916', False), ('0000000', True), (None, True), ('无', False))
    """
    if text in units():
        return None, False
    if parse_cell(text) is not None or text in _UNCHANGED:
        return text, False
    match = _RUN.match(text)
    if match is None or not match["ink"]:
        return None, True
    return match["ink"], match.end() < len(text)
