"""What stands in the cells of a row with several columns: texts parted by something visible, with their places."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipelines.extract.codes import up_to_words, without_code_after, without_code_before
from pipelines.extract.loose import is_torn, loose_numbers
from pipelines.extract.numbers import BARE_NUMBER, PAGE_NUMBER, UNIT, parse_cell
from pipelines.extract.page import Page, folded
from pipelines.extract.rows import RowMatch, label_end, label_place
from pipelines.model.document import GridCell
from pipelines.registry.forms import FormTable
from pipelines.registry.layouts import Codes
from pipelines.registry.misread import meant
from pipelines.registry.units import units
from pipelines.registry.wording import bare, key, squeeze

_NOTE = re.compile(r"\s*\([^()\d]*\)")
_MARK = r"[、.)．]"
_NUMBER_BEFORE = re.compile(
    rf"(?:\((?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})\)|[一二三四五六七八九十]{{1,3}}{_MARK}|其中:?|[①-⑳])\s*$"
)
_MARKED = re.compile(rf"(?P<number>\d+)\s*{_MARK}\s*$")
_OPENING = re.compile(rf"\W*(?P<number>\d{{1,2}})\s*{_MARK}\s*")
_WORDS = re.compile(r"[\u4e00-\u9fff]{1,12}")
_WORD, _BAR = re.compile(r"\S+"), re.compile(r"\|")
_CLOSING = "”\"’'」』》〉)）"
_RUN = re.compile(rf"(?:{UNIT})?(?P<ink>(?:[+-]?[\d.,]+(?:万元|亿元|元)?|[增减]\d+)*)")
OPENS_NEXT = re.compile(
    r"[一二三四五六七八九十]{1,2}[、.]|第[一二三四五六七八九十]+条|\([一二三四五六七八九十]+\)|其中|附|注|(?:行政)?(?:复议|诉讼)"
)
_DOUBT = "?"
"""Stands beside the cells of a row whose code cannot be told from them: nobody can read it as a figure."""
_LONGEST_CODE = 3
_MOST_ROWS_BETWEEN = 4
_PAIR = 2
_HEAD_LINES = 4
_LABEL = "、"
"""Stands for the label before a text, whose tabs part cells there and do not indent it."""
_HEADS = frozenset({"行政复议", "行政诉讼"})
UNCHANGED = frozenset({"不变", "无变化"})
"""Words that stand for nought in a column of changes."""


class Mark(NamedTuple):
    """The text of one cell, or of several that run together; empty where a blank cell is seen.

    `line` is the fragment it stands in; `apart` says that borders or bars part it from other cells; `printed` is the
    text before it was folded.
    """

    line: int
    text: str
    apart: bool = False
    printed: str = ""


class Ink(NamedTuple):
    """What is printed after a label: the label, and the marks up to the next one.

    `torn` says that a number beside the row may be a part of one of them; `clean` are the marks if it is a page's.
    """

    match: RowMatch
    label: str
    marks: tuple[Mark, ...]
    torn: bool = False
    clean: tuple[Mark, ...] = ()


class Cells:
    """Where the fragments of a page stand in its grids."""

    def __init__(self, page: Page) -> None:
        """Look every cell up once."""
        self.at = {
            cell.fragment: (number, cell) for number, grid in enumerate(page.document.grids) for cell in grid.cells
        }
        self._rows: dict[tuple[int, int], list[GridCell]] = {}
        for number, cell in self.at.values():
            self._rows.setdefault((number, cell.row), []).append(cell)

    def right_of(self, fragment: int) -> list[GridCell]:
        """Return the cells of the same row to the right of one, from left to right."""
        number, label = self.at[fragment]
        row = self._rows[number, label.row]
        return sorted((cell for cell in row if cell.column > label.column), key=lambda cell: cell.column)


def ink_of(page: Page, table: FormTable, matches: Sequence[RowMatch], end: int, *, first: int | None) -> list[Ink]:
    """Return the marks of each row; `end` ends the last one, `first` numbers the first where all are."""
    cells, inks = Cells(page), list[Ink]()
    ordinal, code = "", first or 0
    for here, there in zip_longest(matches, matches[1:]):
        pieces = _pieces(page, here, there, end)
        if there:
            expected = {_next(ordinal), "1", there.row.number}
            opens = there.first > here.last and _OPENING.fullmatch(folded(pieces[-1][1]))
            pieces[-1], ordinal = _without_number(pieces[-1], {opens["number"]} if opens else expected)
        if here.last in cells.at:
            marks = _cells_beside(page, here, cells)
        else:
            marks, code = _marks_without_code(pieces, cells, (here, there, first is not None), code)
        inks.append(Ink(here, _label(page, here), tuple(marks)))
    return _on_their_lines(page, table, inks)


def _on_their_lines(page: Page, table: FormTable, inks: Sequence[Ink]) -> list[Ink]:
    """Return the rows without blank lines and numbers of pages that stand below them, where rows are lines.

    Where they may be lines a number below a line of cells is in doubt: a page's, or what is left of a figure.
    """
    pairs = [*zip_longest(inks, inks[1:])]
    beside = [_before_next(_without_numbers(ink), after) == {ink.match.last} for ink, after in pairs]
    in_lines = 2 * sum(beside) > sum(_inked(ink.marks) and not _only_below(ink) for ink in inks)
    lined = in_lines or (bool(inks) and heads_share_line(page, table, inks[0].match.first))
    loose = loose_numbers(page, table, [ink.match for ink in inks])
    return [
        _torn(ink, _without_below(ink, after))
        if _is_line(page, ink, in_lines=lined) and _is_broken(page, table, loose, ink, after)
        else _without_below(ink, after)
        if in_lines
        else _with_doubt(page, ink, in_lines=lined)
        for ink, after in pairs
    ]


def heads_share_line(page: Page, table: FormTable, first: int) -> bool:
    """Say whether several heads stand on one line right above the first row: its cells do not have a line each."""
    above = page.keys[max(0, first - _HEAD_LINES) : first]
    return any(len(table.heads.pattern.findall(text)) > 1 or _begins_head(table, text) for text in above)


def _begins_head(table: FormTable, text: str) -> bool:
    """Say whether a whole head stands on a line, and of another that a line broke the beginning."""
    rest = table.heads.pattern.sub("", text)
    return _PAIR <= len(rest) < len(text) and any(word.startswith(rest) for word in table.heads.by_wording)


def _is_line(page: Page, ink: Ink, *, in_lines: bool) -> bool:
    return in_lines or _is_beside(ink) or is_parted(page, ink.match.last)


def _is_broken(page: Page, table: FormTable, loose: frozenset[int], ink: Ink, after: Ink | None) -> bool:
    """Say whether a part of a figure, or of the label, of a row that is a line may stand above or below it."""
    first, last = ink.match.first, ink.match.last
    if is_torn(page, loose, first, last):
        return True
    below = next((line for line in range(last + 1, after.match.first) if page.tight[line]), None) if after else None
    short = first == last and ink.match.ends - ink.match.begins < len(key(ink.match.row.label))
    bare_label = not ink.marks and page.keys[last][ink.match.ends :] == ""
    words = page.keys[below] if table.optional and (short or bare_label) and below is not None else ""
    if bare_label:
        return _WORDS.search(words) is not None
    return _WORDS.fullmatch(words) is not None and table.head.fullmatch(words) is None


def is_parted(page: Page, line: int) -> bool:
    """Say whether bars or tabs part the texts of a fragment."""
    return "|" in page.lines[line] or "\t" in page.document.texts[line].strip("\r\n")


def _before_next(ink: Ink, after: Ink | None) -> set[int]:
    """Return the fragments in which the marks of a row stand, that of the next label left out where it is another."""
    return {mark.line for mark in ink.marks if mark.text} - {_next_row(ink, after)}


def _next_row(ink: Ink, after: Ink | None) -> int:
    """Return the fragment in which the next label begins, -1 where this row is not on a line of its own."""
    return after.match.first if after and after.match.first > ink.match.last and _is_beside(ink) else -1


def _is_beside(ink: Ink) -> bool:
    """Say whether a figure stands on the line on which the label ends."""
    return any(mark.text and mark.line == ink.match.last for mark in ink.marks)


def _without_below(ink: Ink, after: Ink | None) -> Ink:
    """Return a row that is a line without what stands below it, and before the next label on the line of that."""
    next_row = _next_row(ink, after)
    kept = (mark for mark in ink.marks if mark.line != next_row and not _is_below(mark, ink))
    return ink._replace(marks=tuple(kept))


def _torn(ink: Ink, clean: Ink) -> Ink:
    own = tuple(mark for mark in clean.marks if mark.line == ink.match.last or not _is_beside(ink))
    return ink._replace(marks=(*ink.marks, Mark(ink.match.last, _DOUBT)), torn=True, clean=own)


def _without_numbers(ink: Ink) -> Ink:
    """Return a row whose label has cells on its line without the bare numbers below that."""
    below = [mark for mark in ink.marks if mark.text and _is_below(mark, ink)] if _is_beside(ink) else []
    return ink._replace(marks=tuple(mark for mark in ink.marks if mark not in below)) if below else ink


def _with_doubt(page: Page, ink: Ink, *, in_lines: bool) -> Ink:
    """Return a row with a doubtful cell in place of the bare numbers below the line of its label and its cells."""
    in_line = in_lines or _is_beside(ink) or is_parted(page, ink.match.last)
    below = [mark for mark in ink.marks if mark.text and _is_below(mark, ink)] if in_line else []
    if not below:
        return ink
    return ink._replace(marks=(*(mark for mark in ink.marks if mark not in below), Mark(below[0].line, _DOUBT)))


def _only_below(ink: Ink) -> bool:
    """Say whether all that stands beside a label is one number below its line: it may be a page's."""
    inked = [mark for mark in ink.marks if mark.text]
    return len(inked) == 1 and _is_below(inked[0], ink)


def _is_below(mark: Mark, ink: Ink) -> bool:
    bare = not mark.text or BARE_NUMBER.fullmatch(mark.text) is not None
    alone = [other.line for other in ink.marks].count(mark.line) == 1
    return mark.line != ink.match.last and not mark.apart and bare and alone


def _marks_without_code(
    pieces: list[tuple[int, str]], cells: Cells, between: tuple[RowMatch, RowMatch | None, bool], code: int
) -> tuple[list[Mark], int]:
    """Return the marks of a row without the code of this row or the next, and the last code that was seen."""
    here, there, numbered = between
    codes, own = here.row.codes, pieces
    if codes is Codes.NONE and numbered and any(text.strip() for _, text in pieces):
        codes = Codes.BEFORE
    if codes is Codes.NONE:
        return list(_marks(pieces, cells)), code
    if codes is Codes.AFTER:
        taken = without_code_after(pieces, code)
    else:
        own, is_row = up_to_words(pieces)
        if here.row.codes is Codes.NONE and (not there or own != pieces):
            following = without_code_before(pieces, code)
            opens = own[-1][0] if own != pieces and own[-1][0] != here.last else -1
            return _up_to_number(list(_marks(own, cells)), code, opens), following[1] if following else code
        taken = without_code_before(own, code) if there or is_row else (pieces, code)
        taken = None if len(pieces) > 1 and (there or is_row) and _ends_on_label(own) else taken
    if taken is None or (here.row.codes is Codes.NONE and taken[1] > code + _MOST_ROWS_BETWEEN):
        return [*_marks(own, cells), Mark(here.last, _DOUBT)], code
    return list(_marks(taken[0], cells)), taken[1]


def _ends_on_label(own: Sequence[tuple[int, str]]) -> bool:
    """Say whether nothing is printed below the line of a label, though more follows: no code of the next row."""
    return not any(text.strip() for _, text in own[1:])


def _up_to_number(marks: list[Mark], number: int, opens: int) -> list[Mark]:
    """Return the marks of a row that words follow; those that end with what may be the number of a row are in doubt.

    So are those that end on the line that goes on with the words, `opens`.
    """
    following = {str(number + more) for more in range(1, _MOST_ROWS_BETWEEN + 1)}
    doubtful = bool(marks) and (marks[-1].text in following or marks[-1].line == opens)
    return [*marks, Mark(marks[-1].line, _DOUBT)] if doubtful else marks


def _cells_beside(page: Page, here: RowMatch, cells: Cells) -> list[Mark]:
    """Return the cells of a row of a grid, a column of units and repetitions of the label left out."""
    found = [_cell(page, cell) for cell in cells.right_of(here.last)]
    names = {*here.row.wordings, here.row.number + here.row.label}
    wordings = {key(name) for name in names}
    while found and key(found[0].text).removeprefix(here.row.number.strip("()")).lstrip(".") in wordings:
        found = found[1:]
    if here.row.codes is Codes.AFTER:
        found = _without_code_cell(found)
    return found[1:] if found and found[0].text in units() else found


def _without_code_cell(found: list[Mark]) -> list[Mark]:
    """Return the cells beside a label without that of its code, which stands first or after the unit."""
    place = 1 if found and found[0].text in units() else 0
    if len(found) > place and found[place].text.isdecimal() and len(found[place].text) <= _LONGEST_CODE:
        return found[:place] + found[place + 1 :]
    return [*found, Mark(found[-1].line, _DOUBT, apart=True)] if found else found


def trimmed(rows: Sequence[Sequence[Mark]], figures: int) -> list[Sequence[Mark]]:
    """Return the marks of rows without blank columns on one side that a label or an exporter takes.

    They are blank in every row that has more marks than figures; on both sides nobody can tell which to leave out.
    Where cells have lines of their own every row has them: elsewhere a blank cell stands beside a strange number.
    """
    wide = [marks for marks in rows if len(marks) > figures and _inked(marks)]
    lined = not any(mark.apart for marks in wide for mark in marks)
    alike = len(wide) == sum(map(_inked, rows)) and len(set(map(len, wide))) == 1 and not any(map(_has_words, wide))
    if lined and not (alike and len(wide) > _PAIR):
        return list(rows)
    left = any(_inked(marks[:-figures]) for marks in wide)
    right = any(_inked(marks[figures:]) for marks in wide)
    open_end = right and not lined and not any(marks[-1].text for marks in wide)
    if (left == right or open_end) and wide:
        return list(rows)
    return [marks if len(marks) <= figures else marks[-figures:] if right else marks[:figures] for marks in rows]


def _has_words(marks: Sequence[Mark]) -> bool:
    return any(mark.text not in UNCHANGED and _WORDS.match(mark.text) for mark in marks)


def _inked(marks: Sequence[Mark]) -> bool:
    return any(mark.text for mark in marks)


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


def marks_after(page: Page, line: int, ends: int, end: int) -> Iterator[Mark]:
    """Yield what stands after a place in a fragment, up to the first words: `ends` counts characters of its key."""
    texts, cells = page.document.texts, Cells(page)
    begin = label_end(folded(texts[line]), ends)
    pieces = [(line, texts[line][begin:]), *enumerate(texts[line + 1 : end], start=line + 1)]
    while line in cells.at and len(pieces) > 1 and bare(squeeze(folded(pieces[0][1]))) in {"", *_HEADS}:
        pieces.pop(0)
    first = cells.at.get(pieces[0][0])
    if first is None:
        yield from _marks(pieces, cells)
        return
    row = [cell for number, cell in cells.at.values() if number == first[0] and cell.row == first[1].row]
    yield from (_cell(page, cell) for cell in sorted(row, key=lambda cell: cell.column))


def _cell(page: Page, cell: GridCell) -> Mark:
    text = page.document.texts[cell.fragment]
    return Mark(cell.fragment, folded(text).strip(), apart=True, printed=text.strip())


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


def _marks(pieces: Sequence[tuple[int, str]], cells: Cells) -> list[Mark]:
    """Return what is printed in some fragments; two texts on a line are one where the others have a line each.

    There a space may stand within a number, and another cell may be lost.
    """
    marks = list(_marks_apart(pieces, cells))
    lines = Counter(mark.line for mark in marks if not mark.apart)
    pairs = {line for line, count in lines.items() if count == _PAIR}
    if not pairs or len(pairs) * 2 > len(lines) or max(lines.values()) > _PAIR:
        return marks
    joined: list[Mark] = []
    for mark in marks:
        if mark.line in pairs and joined and joined[-1].line == mark.line:
            text, printed = f"{joined[-1].text} {mark.text}", f"{joined[-1].printed} {mark.printed}"
            joined[-1] = mark._replace(text=text, printed=printed)
        else:
            joined.append(mark)
    return joined


def _marks_apart(pieces: Sequence[tuple[int, str]], cells: Cells) -> Iterator[Mark]:
    """Yield what is printed in some fragments, a remark after the label left out, up to words or a grid.

    Words where a figure is expected are yielded as they are: nobody can read them as one.
    """
    noted = inked = False
    for line, whole in pieces:
        text, shape = whole, folded(whole) if line != pieces[0][0] else folded(_LABEL + whole)[len(_LABEL) :]
        if line in cells.at:
            return
        if not noted and (match := _NOTE.match(shape)):
            text, shape = whole[match.end() :], shape[match.end() :]
        noted = noted or bool(shape.strip())
        if PAGE_NUMBER.fullmatch(squeeze(shape)):
            continue
        if whole and not shape.strip() and line != pieces[0][0]:
            yield Mark(line, "")
        for found, printed in _parted(text, shape):
            kept, ends = _figures_of(found)
            if kept is not None or (ends and not inked):
                inked = True
                shown = printed if kept in {None, found} else kept
                yield Mark(line, kept or found, apart="|" in shape, printed=shown or "")
            if ends:
                return


def _parted(text: str, shape: str) -> list[tuple[str, str]]:
    """Return the texts that bars, tabs or space part in a fragment, folded and as printed; `shape` is the folded one.

    >>> _parted("| ３ |  |", "| 3 |  |")
    [('3', '３'), ('', '')]
    """
    if "|" not in shape:
        return [(match[0], text[match.start() : match.end()]) for match in _WORD.finditer(shape)]
    kept = shape.rstrip().removesuffix("|") if "|" in text else shape.rstrip(" ")
    begin = len(kept) - len(kept.lstrip().removeprefix("|"))
    ends = [*(match.start() for match in _BAR.finditer(kept, begin)), len(kept)]
    places = list(zip((begin, *(end + 1 for end in ends)), ends, strict=False))
    texts = [(shape[start:end].strip(), text[start:end].strip()) for start, end in places]
    return texts if any(found for found, _ in texts) else []


def _figures_of(text: str) -> tuple[str | None, bool]:
    """Return what a text says of cells, None where it is words or a unit; and whether the cells end with it.

    A figure that words follow is one only where these open something new: the number of a part, an article.

    >>> _figures_of("条294981916"), _figures_of("0000000四、行政复议"), _figures_of("申请人"), _figures_of("2022年5件")
    (('294981916', False), ('0000000', True), (None, True), ('2022年5件', True))
    """
    if text in units():
        return None, False
    if parse_cell(text) is not None or text in UNCHANGED or meant(text) is not None:
        return text, False
    match = _RUN.match(text)
    if match is None or not match["ink"]:
        return None, True
    rest = text[match.end() :]
    return (match["ink"], bool(rest)) if not rest or OPENS_NEXT.match(rest) else (text, True)
