"""What stands between two labels of a table: cells, units, blanks, page furniture and strangers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from pipelines.extract.numbers import UNIT, Cell, parse_cell
from pipelines.extract.page import Page
from pipelines.model.observation import Status
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.units import units
from pipelines.registry.wording import key

_PIECE = re.compile(r"[^\s|]+")
_PAGE_NUMBER = re.compile(r"[-—–]+\d{1,3}[-—–]+|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}")
_RULED_LINE = re.compile(r":?-{3,}:")
_UNIT_FIRST = re.compile(rf"(?P<unit>{UNIT})(?P<rest>[\d+-].*)")
MARKED_NUMBER = re.compile(
    r"其中[:,]?|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.)]|[①-⑳⑴-⒇㈠-㈩⒈-⒛]"
)


_DIGITS_ALONE = re.compile(r"[〇零一二两三四五六七八九十百千万]+")


class Kind(Enum):
    """What a piece between two labels is."""

    VALUE = auto()
    BLANK = auto()
    UNIT = auto()
    HEADER = auto()
    STRANGER = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one fragment; its text is empty where a blank cell is visible."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A piece with what it is, and what its cell says."""

    kind: Kind
    piece: Piece
    cell: Cell | None = None


def holds_digits(text: str) -> bool:
    """Say whether a text that is no figure may still hide one: it has a digit, or is all numerals."""
    return any(map(str.isdecimal, text)) or _DIGITS_ALONE.fullmatch(text) is not None


def pieces_of(page: Page, table: FormTable, line: int, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Yield the cells that a part of a fragment holds: none of an empty one, an empty piece of one that is all space.

    A header cell and page furniture stay whole, whatever spaces they are printed with; lines that name a person are
    passed over.
    """
    folded = page.lines[line][start:end]
    whole = page.tight[line] if start == 0 and end is None else ""
    if whole and (whole in table.header or _PAGE_NUMBER.fullmatch(whole)):
        yield Piece(line, 0, len(folded), whole)
    elif folded and not folded.strip() and start == 0:
        yield Piece(line, 0, len(folded), "")
    elif not whole.startswith(table.personal):
        for match in _PIECE.finditer(folded):
            yield Piece(line, start + match.start(), start + match.end(), match[0])


def without_note(row: FormRow, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces after the remark that follows a label, in brackets or in the form's own wording."""
    joined, seen = "", 0
    for seen, piece in enumerate(pieces, start=1):
        joined += piece.text
        if joined and not joined.startswith("(") and not key(row.note).startswith(key(joined)):
            return pieces
        if joined and joined.count("(") == joined.count(")") and (joined[0] == "(" or key(joined) == key(row.note)):
            return pieces[seen:]
    return pieces


def without_numbering(pieces: list[Piece], *, sequence: bool) -> list[Piece]:
    """Return the pieces before the number of the next row, where that stands in a cell of its own."""
    while pieces and MARKED_NUMBER.fullmatch(pieces[-1].text):
        pieces = pieces[:-1]
    return pieces[:-1] if sequence and pieces and pieces[-1].text.isdecimal() else pieces


def cell_tokens(table: FormTable, pieces: list[Piece]) -> list[Token]:
    """Return what each piece is; page numbers, ruled lines and declared remarks are left out."""
    return [token for piece in pieces if not _is_furniture(table, piece) for token in _tokens(table, piece)]


def _is_furniture(table: FormTable, piece: Piece) -> bool:
    text = piece.text
    return bool(text.startswith(table.ignored) or _PAGE_NUMBER.fullmatch(text) or _RULED_LINE.fullmatch(text))


def _tokens(table: FormTable, piece: Piece) -> Iterator[Token]:
    text = piece.text
    if text in table.header:
        yield Token(Kind.HEADER, piece)
    elif text in units():
        yield Token(Kind.UNIT, piece)
    elif match := _UNIT_FIRST.fullmatch(text):
        middle = piece.start + match.start("rest")
        yield Token(Kind.UNIT, Piece(piece.line, piece.start, middle, match["unit"]))
        yield _token(Piece(piece.line, middle, piece.end, match["rest"]))
    else:
        yield _token(piece)


def _token(piece: Piece) -> Token:
    cell = parse_cell(piece.text)
    if cell is None:
        return Token(Kind.STRANGER, piece)
    return Token(Kind.BLANK if cell.status is Status.BLANK else Kind.VALUE, piece, cell)
