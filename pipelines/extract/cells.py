"""The rows of a table without columns: each from its label to the next."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.gaps import Gap, beside, counted_gap, gap_of
from pipelines.extract.page import folded
from pipelines.extract.pieces import Between, cells_of_next, joined, pieces_of, without_note, without_numbering
from pipelines.extract.rows import label_end, label_place
from pipelines.extract.tokens import (
    Kind,
    Token,
    before_words,
    plain_tokens,
    tokens_of,
    without_numbers_of_strangers,
)
from pipelines.registry.forms import FormRow, FormTable

_ENDS_TABLE = (Kind.STRANGER, Kind.HEADER, Kind.FOOTER)
_YEAR = re.compile(r"20\d{2}")
_COLON = re.compile(r"\s*[:：]")


class Block(NamedTuple):
    """A row's label as it is printed, whether its number stands before it, and what the gap after it holds."""

    label: str
    numbered: bool
    gap: Gap


class Layout(NamedTuple):
    """A table as it is printed: its form, and whether a column of sequence numbers stands before the labels."""

    table: FormTable
    sequence: bool


@lru_cache(maxsize=2048)
def read_block(
    layout: Layout, rows: tuple[FormRow, FormRow], place: tuple[int, int, int, int], lines: tuple[str, ...]
) -> Block:
    """Return what the fragments from a row's label to the next row's label hold.

    `place` says how many counted characters precede the label in the first fragment, in which one it ends, how many
    there are up to its end, and how many precede the next label in the last fragment.
    """
    sequence, (row, following) = layout.sequence, rows
    begins, last, ends, stops = place
    end = label_end(folded(lines[last]), ends)
    until = label_place(folded(lines[-1]), stops, following.number)
    if colon := _COLON.match(lines[last], end, until.begins if last == len(lines) - 1 else len(lines[last])):
        end = colon.end()
    if last == len(lines) - 1:
        between = Between(lines[last][end : until.begins])
    else:
        between = Between(lines[last][end:], lines[last + 1 : -1], lines[-1][: until.begins] if until.shows else "")
    ordinal = following.number if not lines[-1][: until.begins].strip() else ""
    plain = None if sequence else plain_tokens(row, between)
    if plain is None:
        gap = _printed_gap(layout, row, between, ordinal)
    else:
        gap = counted_gap(row, plain, ordinal) or gap_of(row, plain, ordinal=ordinal)
    return Block(_label(row, begins, lines[: last + 1], end), begins > 0, gap)


def _printed_gap(layout: Layout, row: FormRow, between: Between, ordinal: str) -> Gap:
    """Return what any gap holds, whatever is printed in it."""
    table, sequence = layout
    pieces, aside = without_note(row.note, list(joined(table, pieces_of(table, between))))
    own = without_numbering(pieces, ordinal, sequence=sequence)
    tokens = tokens_of(table, own)
    told = without_numbers_of_strangers(tokens) if sequence else tokens
    gap = gap_of(row, told, ordinal=ordinal, moved=cells_of_next(pieces[len(own) :]))
    return beside(gap, aside)


@lru_cache(maxsize=1024)
def read_last_block(table: FormTable, row: FormRow, place: tuple[int, int, int], lines: tuple[str, ...]) -> Block:
    """Return what a few fragments from the last label on hold, up to the first stranger."""
    begins, last, ends = place
    end = label_end(folded(lines[last]), ends)
    printed = pieces_of(table, Between(lines[last][end:], lines[last + 1 :]))
    pieces, aside = without_note(row.note, list(joined(table, printed)))
    tokens = tokens_of(table, pieces)
    strange = (index for index, token in enumerate(tokens) if token.kind in _ENDS_TABLE)
    end = next(strange, len(tokens))
    end += before_words(tokens[max(0, end - 1) : end + 1]) is not None
    gap = gap_of(row, tokens[: end - _is_date(tokens[max(0, end - 1) : end + 1])], last=True)
    return Block(_label(row, begins, lines[: last + 1], end), begins > 0, beside(gap, aside))


def _is_date(pair: Sequence[Token]) -> bool:
    """Say whether a number and the words after it are a date that a line breaks off after its year."""
    texts = [token.piece.text for token in pair]
    return len(texts) > 1 and _YEAR.fullmatch(texts[0]) is not None and texts[1].startswith("年")


@lru_cache(maxsize=4096)
def _label(row: FormRow, counted: int, lines: tuple[str, ...], end: int) -> str:
    """Return the label of a row as it is printed, over as many fragments as it takes."""
    shows = label_place(folded(lines[0]), counted, row.number).shows
    if len(lines) == 1:
        return lines[0][shows:end].strip()
    return "".join((lines[0][shows:].strip(), *(line.strip() for line in lines[1:-1]), lines[-1][:end].strip()))
