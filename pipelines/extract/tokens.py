"""What each piece between two labels is: a value, a blank cell, a unit, page furniture, a stranger."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import zip_longest
from typing import NamedTuple

from pipelines.extract.numbers import BARE_NUMBER, PAGE_NUMBER, UNIT, Cell, parse_cell, plain_cell
from pipelines.extract.pieces import HEADER, Between, Piece, is_note
from pipelines.model.observation import Status
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.units import units

_UNIT_FIRST = re.compile(rf"(?P<unit>{UNIT})(?P<rest>[\d+-].*|[/—–]+|无|零|没有)")
_NO_WORD = re.compile(r"[\W_〇零一二两三四五六七八九十百千万亿]+")


class Kind(Enum):
    """What a piece between two labels is."""

    VALUE = auto()
    BLANK = auto()
    UNIT = auto()
    HEADER = auto()
    STRANGER = auto()
    FOOTER = auto()
    PAGE = auto()


# Members of an enum cost a look-up each time; a table asks for them thousands of times.
_VALUE, _BLANK, _UNIT, _HEADER, _STRANGER, _FOOTER, _PAGE = Kind
_LEFT_BLANK = Status.BLANK


class Token(NamedTuple):
    """A piece with what it is, and what its cell says."""

    kind: Kind
    piece: Piece
    cell: Cell | None = None


def plain_tokens(row: FormRow, between: Between) -> list[Token] | None:
    """Return the tokens of a gap that holds nothing but blanks, units and bare counts, each on its own line.

    The form's own remark in brackets may precede them all.
    """
    if between.head or (between.rest and not is_note(between.rest, row.note)):
        return None
    tokens, noted = list[Token](), between.rest != ""
    for line, printed in enumerate(between.lines, start=1):
        text = printed.strip()
        if cell := plain_cell(text):
            tokens.append(Token(_VALUE, Piece(line, text, text, alone=True), cell))
        elif text in units():
            tokens.append(Token(_UNIT, Piece(line, text, text, alone=True)))
        elif text:
            if noted or any(token.kind is not _BLANK for token in tokens) or not is_note(text, row.note):
                return None
            tokens, noted = [], True
        elif printed:
            tokens.append(Token(_BLANK, Piece(line, "", printed), parse_cell("")))
    return tokens


def tokens_of(table: FormTable, pieces: Iterable[Piece]) -> list[Token]:
    """Return what each piece is.

    What follows the words of a footer (a person's name, a telephone number) is left out too, up to a header.
    """
    tokens: list[Token] = []
    for piece in pieces:
        found = list(_classified(table, piece))
        if not (tokens and tokens[-1].kind is _FOOTER and found[0].kind is not _HEADER):
            tokens += found
    return [_told_page(token, following) for token, following in zip_longest(tokens, tokens[1:])]


def _told_page(token: Token, following: Token | None) -> Token:
    """Return a token; 3/5 is the number of a page only where a header follows."""
    told = token.kind is not _PAGE or "/" not in token.piece.text or (following and following.kind is _HEADER)
    return token if told else Token(_STRANGER, token.piece)


def _classified(table: FormTable, piece: Piece) -> Iterator[Token]:
    text = piece.text
    if text in table.header or text is HEADER:
        yield Token(_HEADER, piece)
    elif text and text.startswith(table.footers):
        yield Token(_FOOTER, piece)
    elif piece.alone and PAGE_NUMBER.fullmatch(text):
        yield Token(_PAGE, piece)
    elif text in units():
        yield Token(_UNIT, piece)
    elif match := _UNIT_FIRST.fullmatch(text):
        middle = match.start("rest")
        yield Token(_UNIT, Piece(piece.line, match["unit"], piece.printed[:middle]))
        yield _cell_token(Piece(piece.line, match["rest"], piece.printed[middle:]))
    else:
        yield _cell_token(piece)


def _cell_token(piece: Piece) -> Token:
    cell = parse_cell(piece.text)
    if cell is None:
        return Token(_STRANGER, piece)
    return Token(_BLANK if cell.status is _LEFT_BLANK else _VALUE, piece, cell)


def is_lone_number(token: Token) -> bool:
    """Say whether a value is a bare number on a line of its own, as those of pages and rows are."""
    return token.kind is _VALUE and token.piece.alone and BARE_NUMBER.fullmatch(token.piece.text) is not None


def is_own(token: Token) -> bool:
    """Say whether a token is of the form, and no stranger."""
    return token.kind is not _STRANGER


def before_words(tokens: Sequence[Token]) -> Token | None:
    """Return a number that opens a line below the label and that words follow there: it is that of their row."""
    if _STRANGER not in [token.kind for token in tokens]:
        return None
    lines = [0, *(token.piece.line for token in tokens)]
    pairs = zip(lines, tokens, tokens[1:], strict=False)
    return next(
        (
            here
            for above, here, there in pairs
            if above < here.piece.line == there.piece.line and here.kind is _VALUE and there.kind is _STRANGER
        ),
        None,
    )


def without_numbers_of_strangers(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens of a table whose rows are numbered in a column of their own.

    A number right before words that nobody knows may be that of their row, and is no value for certain.
    """
    pairs = zip_longest(tokens, tokens[1:])
    return [
        Token(_STRANGER, here.piece) if there and there.kind is _STRANGER and is_lone_number(here) else here
        for here, there in pairs
    ]


def may_hide(token: Token) -> bool:
    """Say whether a token that is no figure may still hide one."""
    return token.kind is _STRANGER and may_be_figure(token.piece.text)


def may_be_figure(text: str) -> bool:
    """Say whether a text that is no figure may still hide one: it has a digit, is all numerals, or all signs.

    >>> may_be_figure("2百"), may_be_figure("*"), may_be_figure("#REF!"), may_be_figure("规划计划信息数")
    (True, True, True, False)
    """
    return (text.isascii() and text != "") or any(map(str.isdecimal, text)) or _NO_WORD.fullmatch(text) is not None
