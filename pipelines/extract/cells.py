"""What stands between two labels of a table: cells, units, blanks, page furniture and strangers."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.numbers import UNIT, Cell, parse_cell
from pipelines.extract.rows import MARKED_NUMBER, label_end, label_place
from pipelines.model.figure import Bound, Figure
from pipelines.model.identity import ZERO
from pipelines.model.observation import ONE, VALUELESS, Status
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.units import same_unit, units
from pipelines.registry.wording import fold, key, squeeze

_PIECE = re.compile(r"[^\s|]+")
_PAGE_NUMBER = re.compile(r"[-—–]+\d{1,3}[-—–]+|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}")
_RULED_LINE = re.compile(r":?-{3,}:")
_UNIT_FIRST = re.compile(rf"(?P<unit>{UNIT})(?P<rest>[\d+-].*)")
_BARE_NUMBER = re.compile(r"\d{1,9}")
_DIGITS_ALONE = re.compile(r"[〇零一二两三四五六七八九十百千万]+")


class Kind(Enum):
    """What a piece between two labels is."""

    VALUE = auto()
    BLANK = auto()
    UNIT = auto()
    HEADER = auto()
    STRANGER = auto()


class Piece(NamedTuple):
    """A part of one fragment of a gap: its folded text, empty where a blank cell is visible, and how it is printed.

    `line` counts from the fragment in which the label before ends.
    """

    line: int
    text: str
    printed: str


class Token(NamedTuple):
    """A piece with what it is, and what its cell says."""

    kind: Kind
    piece: Piece
    cell: Cell | None = None


class Remark(NamedTuple):
    """What is to be said of a row: the rule, the fragment (counted as in a piece), what was expected and found."""

    rule: str
    line: int
    expected: str
    found: str


class Content(NamedTuple):
    """The one value that a gap holds for its row, where and how it is printed, and what is to be said of it.

    `unit` is the one to be stored: the form's own where no other is printed, which `has_unit` tells; `line` is
    counted as in a piece.
    """

    status: Status
    value: Decimal | None
    bound: Bound
    precision: Decimal
    unit: str
    has_unit: bool
    line: int
    printed: str
    remarks: tuple[Remark, ...]


class Gap(NamedTuple):
    """What stands between two labels: the tokens, and which of them are bare numbers right before a header."""

    tokens: tuple[Token, ...]
    suspects: tuple[Token, ...]
    content: Content


class Between(NamedTuple):
    """What is printed between two labels: the rest of the first one's fragment, fragments, what precedes the next."""

    rest: str
    lines: tuple[str, ...] = ()
    head: str = ""


class Block(NamedTuple):
    """A row's label as it is printed, and what the gap after it holds."""

    label: str
    gap: Gap


class Layout(NamedTuple):
    """A table as it is printed: its form, and whether a column of sequence numbers stands before the labels."""

    table: FormTable
    sequence: bool


@lru_cache(maxsize=8192)
def read_block(
    layout: Layout, rows: tuple[FormRow, FormRow], place: tuple[int, int, int, int], lines: tuple[str, ...]
) -> Block:
    """Return what the fragments from a row's label to the next row's label hold.

    `place` says how many counted characters precede the label in the first fragment, in which one it ends, how many
    there are up to its end, and how many precede the next label in the last fragment.
    """
    (table, sequence), (row, following) = layout, rows
    begins, last, ends, stops = place
    end = label_end(folded(lines[last]), ends)
    until = label_place(folded(lines[-1]), stops, following.number)
    if last == len(lines) - 1:
        between = Between(lines[last][end : until.begins])
    else:
        between = Between(lines[last][end:], lines[last + 1 : -1], lines[-1][: until.begins] if until.shows else "")
    pieces = _without_numbering(_without_note(key(row.note), list(_pieces(table, between))), sequence=sequence)
    return Block(_label(row, begins, lines[: last + 1], end), _gap(row, _tokens(table, pieces)))


@lru_cache(maxsize=1024)
def read_last_block(table: FormTable, row: FormRow, place: tuple[int, int, int], lines: tuple[str, ...]) -> Block:
    """Return what a few fragments from the last label on hold, up to the first stranger."""
    begins, last, ends = place
    end = label_end(folded(lines[last]), ends)
    pieces = _pieces(table, Between(lines[last][end:], lines[last + 1 :]))
    tokens = _tokens(table, _without_note(key(row.note), list(pieces)))
    strangers = (index for index, token in enumerate(tokens) if token.kind in (Kind.STRANGER, Kind.HEADER))
    gap = _gap(row, tokens[: next(strangers, len(tokens))])
    return Block(_label(row, begins, lines[: last + 1], end), gap)


@lru_cache(maxsize=512)
def folded(line: str) -> str:
    """Return a fragment folded; one that holds many rows is folded once."""
    return fold(line)


def _label(row: FormRow, counted: int, lines: tuple[str, ...], end: int) -> str:
    """Return the label of a row as it is printed, over as many fragments as it takes."""
    shows = label_place(folded(lines[0]), counted, row.number).shows
    if len(lines) == 1:
        return lines[0][shows:end].strip()
    return "".join((lines[0][shows:].strip(), *(line.strip() for line in lines[1:-1]), lines[-1][:end].strip()))


def settle_pages(row: FormRow, gap: Gap) -> Gap:
    """Leave out the numbers of pages; where one may be the page's or the row's, turn it into a stranger."""
    suspects = set(gap.suspects)
    rest = [token for token in gap.tokens if token not in suspects]
    if not any(token.kind in (Kind.VALUE, Kind.BLANK) for token in rest):
        rest += [Token(Kind.STRANGER, token.piece) for token in gap.suspects]
    return _gap(row, rest)


def _gap(row: FormRow, tokens: Sequence[Token]) -> Gap:
    suspects = (
        token
        for token, after in pairwise(tokens)
        if after.kind is Kind.HEADER and token.kind is Kind.VALUE and _BARE_NUMBER.fullmatch(token.piece.text)
    )
    return Gap(tuple(tokens), tuple(suspects), _content(row, tokens))


def _content(row: FormRow, tokens: Sequence[Token]) -> Content:
    """Return what a gap holds; a heading carries no figure, whatever is printed there."""
    cell, pieces = _cell_of(tokens)
    line, printed = pieces[0].line if pieces else 0, " ".join(piece.printed.strip() for piece in pieces).strip()
    unit = cell.unit or next((token.piece.text for token in tokens if token.kind is Kind.UNIT), "")
    other_unit = unit if unit and not row.heading and not same_unit(unit, row.unit) else ""
    status = Status.NOT_APPLICABLE if row.heading else cell.status
    figure = None if status in VALUELESS else cell.figure or Figure(ZERO)
    strangers = [token.piece for token in tokens if token.kind is Kind.STRANGER]
    remarks = [
        *(Remark(rule, line, *words) for rule, *words in _remarks(row, cell.status, figure, other_unit, printed)),
        *(Remark("unknown-text", piece.line, "", piece.printed.strip()) for piece in strangers),
    ]
    return Content(
        status=status,
        value=figure.value if figure else None,
        bound=figure.bound if figure else Bound.EXACT,
        precision=figure.precision if figure else ONE,
        unit=other_unit or row.unit,
        has_unit=bool(unit),
        line=line,
        printed=printed,
        remarks=tuple(remarks),
    )


def _cell_of(tokens: Sequence[Token]) -> tuple[Cell, list[Piece]]:
    """Return the one cell of a gap, unreadable where it holds two values, or digits that are no figure."""
    values = [token for token in tokens if token.kind is Kind.VALUE]
    doubtful = [token.piece for token in tokens if token.kind is Kind.STRANGER and holds_digits(token.piece.text)]
    if len(values) > 1 or (doubtful and not values):
        return Cell(Status.UNREADABLE), [*(token.piece for token in values), *doubtful]
    telling = values or [token for token in tokens if token.kind is Kind.BLANK][-1:]
    return (telling[0].cell if telling else None) or Cell(Status.BLANK), [token.piece for token in telling]


def _remarks(
    row: FormRow, status: Status, figure: Figure | None, other_unit: str, printed: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what is to be said of a row's cell: the rule, what was expected and what was found."""
    if row.heading and status not in (Status.BLANK, Status.NOT_APPLICABLE):
        yield "heading-with-value", "", printed
    elif status is Status.UNREADABLE:
        yield "unreadable-cell", "1", printed
    elif other_unit:
        yield "unit-differs", row.unit, other_unit
    if figure and row.kind == "count" and (figure.value < 0 or figure.value != figure.value.to_integral_value()):
        yield "implausible-figure", "0, 1, 2, …", printed


def holds_digits(text: str) -> bool:
    """Say whether a text that is no figure may still hide one: it has a digit, or is all numerals."""
    return any(map(str.isdecimal, text)) or _DIGITS_ALONE.fullmatch(text) is not None


def _pieces(table: FormTable, between: Between) -> Iterator[Piece]:
    """Yield the pieces of a gap, fragment by fragment."""
    yield from _inked(0, between.rest)
    for line, printed in enumerate(between.lines, start=1):
        if printed:
            yield from _fragment(table, line, printed)
    yield from _inked(len(between.lines) + 1, between.head)


def _inked(line: int, printed: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(fold(printed)):
        yield Piece(line, match[0], printed[match.start() : match.end()])


def _fragment(table: FormTable, line: int, printed: str) -> Iterator[Piece]:
    """Yield the cells of a whole fragment: an empty piece of one that is all space.

    A header cell and page furniture stay whole, whatever spaces they are printed with; lines that name a person are
    passed over.
    """
    whole = squeeze(folded(printed))
    if not whole or whole in table.header or _PAGE_NUMBER.fullmatch(whole):
        yield Piece(line, whole, printed)
    elif not whole.startswith(table.personal):
        yield from _inked(line, printed)


def _without_note(note: str, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces after the remark that follows a label, in brackets or in the form's own wording."""
    first = next((piece.text for piece in pieces if piece.text), "")
    if not first:
        return pieces
    return _without_bracket(pieces) if first[0] == "(" else _without_wording(note, pieces)


def _without_bracket(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces after the one in which every bracket is closed."""
    depth = 0
    for seen, piece in enumerate(pieces, start=1):
        depth += piece.text.count("(") - piece.text.count(")")
        if piece.text and depth == 0:
            return pieces[seen:]
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


def _without_numbering(pieces: list[Piece], *, sequence: bool) -> list[Piece]:
    """Return the pieces before the number of the next row, where that stands in a cell of its own."""
    end = len(pieces)
    while end and MARKED_NUMBER.fullmatch(pieces[end - 1].text):
        end -= 1
    if sequence and end and pieces[end - 1].text.isdecimal():
        end -= 1
    return pieces[:end]


def _tokens(table: FormTable, pieces: list[Piece]) -> list[Token]:
    """Return what each piece is; page numbers, ruled lines and declared remarks are left out."""
    return [token for piece in pieces if not _is_furniture(table, piece.text) for token in _classified(table, piece)]


def _is_furniture(table: FormTable, text: str) -> bool:
    return bool(text.startswith(table.ignored) or _PAGE_NUMBER.fullmatch(text) or _RULED_LINE.fullmatch(text))


def _classified(table: FormTable, piece: Piece) -> Iterator[Token]:
    text = piece.text
    if text in table.header:
        yield Token(Kind.HEADER, piece)
    elif text in units():
        yield Token(Kind.UNIT, piece)
    elif match := _UNIT_FIRST.fullmatch(text):
        middle = match.start("rest")
        yield Token(Kind.UNIT, Piece(piece.line, match["unit"], piece.printed[:middle]))
        yield _cell_token(Piece(piece.line, match["rest"], piece.printed[middle:]))
    else:
        yield _cell_token(piece)


def _cell_token(piece: Piece) -> Token:
    cell = parse_cell(piece.text)
    if cell is None:
        return Token(Kind.STRANGER, piece)
    return Token(Kind.BLANK if cell.status is Status.BLANK else Kind.VALUE, piece, cell)
