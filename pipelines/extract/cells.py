"""What stands between two labels of a table: cells, units, blanks, page furniture and strangers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

from pipelines.extract.numbers import BARE_NUMBER, PAGE_NUMBER, PHRASE, UNIT, Cell, parse_cell, plain_cell
from pipelines.extract.rows import MARKED_NUMBER, label_end, label_place
from pipelines.model.figure import Bound, Figure
from pipelines.model.identity import ZERO
from pipelines.model.observation import ONE, VALUELESS, Status
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.misread import meant
from pipelines.registry.units import same_unit, units
from pipelines.registry.wording import fold, key, squeeze

_NOTE = r"\((?![一二三四五六七八九十\d]{1,3}\))[^()|]*+\)"
_BROKEN_NUMBER = r"\d[\d,.]*(?:[ ]+[,.]|(?<=[,.])[ ]+)[\d,.]*\d"
_PIECE = re.compile(rf"{_BROKEN_NUMBER}|[^\s|(]*+(?:\s*+{_NOTE})+|[^\s|]+")
_WHOLE_NOTE = re.compile(_NOTE)
OPENED = re.compile(r"\([一二三四五六七八九十]{1,3}(?![)一二三四五六七八九十])")
"""The number of a row the bracket of which is not closed right after it."""
_BROKEN_MARK = re.compile(r"[、.)]")
_LONGEST_NOTE, _LONG_LABEL = 6, 5
_RULED_LINE = re.compile(r"[|:]*-{3,}[|:][-|:]*")
_UNIT_FIRST = re.compile(rf"(?P<unit>{UNIT})(?P<rest>[\d+-].*|[/—–]+|无|零|没有)")
_YEAR = re.compile(r"20\d{2}")
_COLON = re.compile(r"\s*[:：]")
_LEADING_NUMBER = re.compile(r"\s*(\d{1,3})\s+")
_NO_WORD = re.compile(r"[\W_〇零一二两三四五六七八九十百千万亿]+")
_NO_LABEL = re.compile(rf"(?:[\W\d_〇零一二两三四五六七八九十百千万亿余多近约a-zA-Z]|{UNIT})+")


HEADER = "统计表头"
"""What stands for a whole head that is printed on one line."""


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
_LEFT_BLANK, _UNREADABLE, _NOT_APPLICABLE = Status.BLANK, Status.UNREADABLE, Status.NOT_APPLICABLE
_ZERO = Figure(ZERO)


class Piece(NamedTuple):
    """A part of one fragment of a gap: its folded text, empty where a blank cell is visible, and how it is printed.

    `line` counts from the fragment in which the label before ends; `alone` says that nothing else stands on it.
    """

    line: int
    text: str
    printed: str
    alone: bool = False


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
    counted as in a piece. `evidence` says what decided where the print alone does not.
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
    evidence: str = ""


class Reading(NamedTuple):
    """A row with its label as printed, what its gap holds, and the fragment from which places in it are counted."""

    row: FormRow
    label: str
    content: Content
    line: int


class Gap(NamedTuple):
    """What stands between two labels: the tokens, and what they say of the row.

    `suspect` is a bare number on a line of its own right before a repeated header, or after the last row: it may be
    the row's or a page's; `late` is one after a visibly blank cell. `ordinal` is one that is the number of the next
    row, whose label has none before it. `cells` counts values and visible blanks up to the first stranger, `slots`
    those and units. `valued` says that there is a value, `inline` that one stands beside its label, `blank` that a
    blank cell is visible, `header` that a header is repeated. `spill` is a value that stands after a stranger: it
    may be the next row's, printed before the label; `shifted` says that the next row's number and cells do stand
    there. `aside` is a remark in brackets on the label that is not the form's own.
    """

    tokens: tuple[Token, ...]
    content: Content
    suspect: Token | None
    late: Token | None
    ordinal: Token | None
    cells: int
    slots: int
    valued: bool
    inline: bool
    blank: bool
    header: bool
    spill: str
    shifted: bool
    aside: Piece | None


class Between(NamedTuple):
    """What is printed between two labels: the rest of the first one's fragment, fragments, what precedes the next."""

    rest: str
    lines: tuple[str, ...] = ()
    head: str = ""


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
    plain = None if sequence else _plain_tokens(row, between)
    if plain is None:
        gap = _printed_gap(layout, row, between, ordinal)
    else:
        gap = _counted_gap(row, plain, ordinal) or _gap(row, plain, ordinal=ordinal)
    return Block(_label(row, begins, lines[: last + 1], end), begins > 0, gap)


def _counted_gap(row: FormRow, tokens: Sequence[Token], ordinal: str) -> Gap | None:
    """Return what `_gap` does of a gap that holds a count, perhaps its unit, and nothing else: the commonest of all."""
    units_of, values = [token for token in tokens if token.kind is _UNIT], [token for token in tokens if token.cell]
    if len(values) != 1 or len(tokens) - len(units_of) != 1 or row.heading:
        return None
    _, (line, _, printed, _), cell = values[0]
    if cell is None or cell.figure is None or (units_of and not same_unit(units_of[0].piece.text, row.unit)):
        return None
    content = Content(cell.status, cell.figure.value, Bound.EXACT, ONE, row.unit, bool(units_of), line, printed, ())
    return Gap(
        tokens=tuple(tokens),
        content=content,
        suspect=None,
        late=None,
        ordinal=_ordinal(tokens, ordinal) if ordinal else None,
        cells=1,
        slots=len(tokens),
        valued=True,
        inline=False,
        blank=False,
        header=False,
        spill="",
        shifted=False,
        aside=None,
    )


def _plain_tokens(row: FormRow, between: Between) -> list[Token] | None:
    """Return the tokens of a gap that holds nothing but blanks, units and bare counts, each on its own line.

    The form's own remark in brackets may precede them all.
    """
    if between.head or (between.rest and not _is_note(between.rest, row.note)):
        return None
    tokens, noted = list[Token](), between.rest != ""
    for line, printed in enumerate(between.lines, start=1):
        text = printed.strip()
        if cell := plain_cell(text):
            tokens.append(Token(_VALUE, Piece(line, text, text, alone=True), cell))
        elif text in units():
            tokens.append(Token(_UNIT, Piece(line, text, text, alone=True)))
        elif text:
            if noted or any(token.kind is not _BLANK for token in tokens) or not _is_note(text, row.note):
                return None
            tokens, noted = [], True
        elif printed:
            tokens.append(Token(_BLANK, Piece(line, "", printed), parse_cell("")))
    return tokens


@lru_cache(maxsize=1024)
def _is_note(printed: str, note: str) -> bool:
    """Say whether a text is the form's own remark on a row, in brackets."""
    return key(printed) == note != "" and _WHOLE_NOTE.fullmatch(fold(printed).strip()) is not None


def _printed_gap(layout: Layout, row: FormRow, between: Between, ordinal: str) -> Gap:
    """Return what any gap holds, whatever is printed in it."""
    table, sequence = layout
    pieces, aside = _without_note(row.note, list(_joined(table, _pieces(table, between))))
    own = _without_numbering(pieces, ordinal, sequence=sequence)
    gap = _gap(row, _tokens(table, own), ordinal=ordinal, moved=_cells_of_next(pieces[len(own) :]))
    return _beside(gap, aside)


@lru_cache(maxsize=1024)
def read_last_block(table: FormTable, row: FormRow, place: tuple[int, int, int], lines: tuple[str, ...]) -> Block:
    """Return what a few fragments from the last label on hold, up to the first stranger."""
    begins, last, ends = place
    end = label_end(folded(lines[last]), ends)
    printed = _pieces(table, Between(lines[last][end:], lines[last + 1 :]))
    pieces, aside = _without_note(row.note, list(_joined(table, printed)))
    tokens = _tokens(table, pieces)
    strange = (index for index, token in enumerate(tokens) if token.kind in (_STRANGER, _HEADER, _FOOTER))
    end = next(strange, len(tokens))
    end += before_words(tokens[max(0, end - 1) : end + 1]) is not None
    gap = _gap(row, tokens[: end - _is_date(tokens[max(0, end - 1) : end + 1])], last=True)
    return Block(_label(row, begins, lines[: last + 1], end), begins > 0, _beside(gap, aside))


def _is_date(pair: Sequence[Token]) -> bool:
    """Say whether a number and the words after it are a date that a line breaks off after its year."""
    texts = [token.piece.text for token in pair]
    return len(texts) > 1 and _YEAR.fullmatch(texts[0]) is not None and texts[1].startswith("年")


@lru_cache(maxsize=4096)
def folded(line: str) -> str:
    """Return a fragment folded; one that holds many rows is folded once."""
    return fold(line)


@lru_cache(maxsize=4096)
def _label(row: FormRow, counted: int, lines: tuple[str, ...], end: int) -> str:
    """Return the label of a row as it is printed, over as many fragments as it takes."""
    shows = label_place(folded(lines[0]), counted, row.number).shows
    if len(lines) == 1:
        return lines[0][shows:end].strip()
    return "".join((lines[0][shows:].strip(), *(line.strip() for line in lines[1:-1]), lines[-1][:end].strip()))


def without(row: FormRow, gap: Gap, number: Token) -> Gap:
    """Return a gap without a number that is no value: a page's, or the next row's."""
    return _beside(_gap(row, [token for token in gap.tokens if token is not number]), gap.aside)


def doubted(row: FormRow, gap: Gap) -> Gap:
    """Return a gap none of whose numbers is the row's for certain: one may be a part of another."""
    return spilled(row, gap, " ".join(token.piece.printed.strip() for token in gap.tokens))


def spilled(row: FormRow, gap: Gap, printed: str) -> Gap:
    """Return an empty gap whose row may have its value before the label, where it cannot be told from others."""
    if row.heading:
        return gap
    return gap._replace(content=in_doubt(gap.content, printed))


def in_doubt(content: Content, printed: str) -> Content:
    """Return the content of a cell that cannot be read in exactly one way; `printed` is all that may be its figure."""
    remarks = (*content.remarks, Remark("unreadable-cell", content.line, "1", printed))
    return content._replace(
        status=_UNREADABLE, value=None, bound=Bound.EXACT, precision=ONE, printed=printed, remarks=remarks
    )


def with_doubt(row: FormRow, gap: Gap, number: Token) -> Gap:
    """Return a gap in which a number may be the row's value or not: nobody can tell."""
    tokens = [Token(_STRANGER, token.piece) if token is number else token for token in gap.tokens]
    return _beside(_gap(row, tokens), gap.aside)


def _gap(row: FormRow, tokens: Sequence[Token], *, last: bool = False, ordinal: str = "", moved: str = "") -> Gap:
    kinds = [token.kind for token in tokens]
    own = tokens[: kinds.index(_STRANGER)] if _STRANGER in kinds else tokens
    known, beyond = kinds[: len(own)], _figures(tokens[len(own) :])
    values = [token for token in tokens if token.kind is _VALUE]
    cells = known.count(_VALUE) + known.count(_BLANK)
    return Gap(
        tokens=tuple(tokens),
        content=_content(row, tokens, kinds, *_cell_of(own, beyond)),
        suspect=_suspect(tokens, kinds, last=last) if last or _HEADER in kinds else None,
        late=_late(own, known) if _BLANK in known else None,
        ordinal=_ordinal(tokens, ordinal) if ordinal else None,
        cells=cells,
        slots=cells + known.count(_UNIT),
        valued=bool(values),
        inline=False in [token.piece.alone for token in values],
        blank=_BLANK in kinds and "" in [token.piece.text for token in tokens if token.kind is _BLANK],
        header=_HEADER in kinds,
        shifted=bool(moved),
        spill=moved or (_spill(tokens, beyond) if beyond else ""),
        aside=None,
    )


def _beside(gap: Gap, aside: Piece | None) -> Gap:
    """Return a gap beside a remark that the form does not know; a figure in that may be the blank cell's."""
    return gap._replace(content=_with_aside(gap.content, aside), aside=aside) if aside else gap


def _with_aside(content: Content, aside: Piece) -> Content:
    if content.status is _LEFT_BLANK and _hides_figure(aside.text):
        content = in_doubt(content, aside.printed.strip())
    return content._replace(remarks=(*content.remarks, Remark("unknown-text", aside.line, "", aside.printed.strip())))


def _figures(strange: Sequence[Token]) -> list[Piece]:
    """Return the figures from the first stranger on."""
    return [token.piece for token in strange if token.kind is _VALUE or _may_hide(token)] if strange else []


def _spill(tokens: Sequence[Token], beyond: Sequence[Piece]) -> str:
    """Return the figures after a stranger: they may be those of the next row, one that is this row's own cell not."""
    if len(beyond) == 1:
        first = next((token.piece for token in tokens if token.kind is not _UNIT and token.piece.text), None)
        if first is beyond[0] and _is_cell(beyond[0]) and OPENED.match(beyond[0].text) is None:
            return ""
    return " ".join([piece.printed.strip() for piece in beyond])


def _suspect(tokens: Sequence[Token], kinds: Sequence[Kind], *, last: bool) -> Token | None:
    """Return the number that may be a page's: bare, where a page may end, on a line of its own or on that of a head."""
    end = kinds.index(_HEADER) if _HEADER in kinds else len(kinds) * last
    before = tokens[end - 1] if end else None
    if before is None or is_lone_number(before):
        return before
    beside = end < len(tokens) and tokens[end].piece.line == before.piece.line
    return before if beside and before.kind is _VALUE and BARE_NUMBER.fullmatch(before.piece.text) else None


def is_lone_number(token: Token) -> bool:
    """Say whether a value is a bare number on a line of its own, as those of pages and rows are."""
    return token.kind is _VALUE and token.piece.alone and BARE_NUMBER.fullmatch(token.piece.text) is not None


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


def _late(tokens: Sequence[Token], kinds: Sequence[Kind]) -> Token | None:
    """Return the last cell where it is a bare number on a line of its own, right after a blank one that is seen."""
    if kinds[-2:] != [_BLANK, _VALUE] or kinds.count(_VALUE) > 1:
        return None
    blank, last = tokens[-2:]
    return last if is_lone_number(last) and not blank.piece.text else None


def _ordinal(tokens: Sequence[Token], number: str) -> Token | None:
    """Return the last value where it is a bare number that is that of the next row, on a line of its own."""
    last = tokens[-1] if tokens else None
    return last if last and last.kind is _VALUE and last.piece.alone and last.piece.text == number else None


def _content(
    row: FormRow, tokens: Sequence[Token], kinds: Sequence[Kind], cell: Cell, pieces: Sequence[Piece]
) -> Content:
    """Return what a gap holds, told from its one cell; a heading carries no figure, whatever is printed there."""
    line, printed = pieces[0].line if pieces else 0, " ".join([piece.printed.strip() for piece in pieces])
    unit = cell.unit or (tokens[kinds.index(_UNIT)].piece.text if _UNIT in kinds else "")
    other_unit = unit if unit and not row.heading and not same_unit(unit, row.unit) else ""
    doubled = not cell.unit and row.unit.endswith("元") and "万" in printed
    misread = row.kind == "count" and _is_fraction(cell.figure) and meant(printed) is not None
    status = _UNREADABLE if doubled or misread else cell.status
    stored = _NOT_APPLICABLE if row.heading else status
    figure = None if stored in VALUELESS else cell.figure or _ZERO
    remarks = [Remark(rule, line, *words) for rule, *words in _remarks(row, status, figure, other_unit, printed)]
    if _STRANGER in kinds:
        strange = (token.piece for token in tokens if token.kind is _STRANGER)
        remarks += [Remark("unknown-text", piece.line, "", piece.printed.strip()) for piece in strange]
    return Content(
        status=stored,
        value=figure.value if figure else None,
        bound=figure.bound if figure else Bound.EXACT,
        precision=figure.precision if figure else ONE,
        unit=other_unit or row.unit,
        has_unit=bool(unit),
        line=line,
        printed=printed,
        remarks=tuple(remarks),
    )


def _is_fraction(figure: Figure | None) -> bool:
    return figure is not None and figure.value != figure.value.to_integral_value()


def _cell_of(own: Sequence[Token], beyond: Sequence[Piece]) -> tuple[Cell, list[Piece]]:
    """Return the one cell of a gap: the value before the first stranger, figures `beyond` which are not its own.

    Unreadable where there are two, where digits are no figure, or where a value follows a stranger and no cell
    precedes it: it may belong to a row that the form does not know.
    """
    values = [token for token in own if token.kind is _VALUE]
    blanks = [token for token in own if token.kind is _BLANK]
    if len(values) > 1 or (beyond and not values and (not blanks or _is_cell(beyond[0]))):
        return Cell(_UNREADABLE), [*(token.piece for token in values), *beyond]
    telling = values or blanks[-1:]
    return (telling[0].cell if telling else None) or Cell(_LEFT_BLANK), [token.piece for token in telling]


def _is_cell(piece: Piece) -> bool:
    """Say whether a text that is no figure stands where one is expected: it has no words (3/5, 2百, *)."""
    return _NO_LABEL.fullmatch(piece.text) is not None


def is_own(token: Token) -> bool:
    """Say whether a token is of the form, and no stranger."""
    return token.kind is not _STRANGER


def _may_hide(token: Token) -> bool:
    return token.kind is _STRANGER and may_be_figure(token.piece.text)


def _remarks(
    row: FormRow, status: Status, figure: Figure | None, other_unit: str, printed: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what is to be said of a row's cell: the rule, what was expected and what was found."""
    if row.heading and status not in (_LEFT_BLANK, _NOT_APPLICABLE):
        yield "heading-with-value", "", printed
    elif status is _UNREADABLE:
        yield "unreadable-cell", "1", printed
    elif other_unit:
        yield "unit-differs", row.unit, other_unit
    if figure and row.kind == "count" and (figure.value < 0 or figure.value != figure.value.to_integral_value()):
        yield "implausible-figure", "0, 1, 2, …", printed


def _hides_figure(text: str) -> bool:
    """Say whether a remark has a digit, or numerals with a unit."""
    return any(map(str.isdecimal, text)) or PHRASE.search(text) is not None


def may_be_figure(text: str) -> bool:
    """Say whether a text that is no figure may still hide one: it has a digit, is all numerals, or all signs.

    >>> may_be_figure("2百"), may_be_figure("*"), may_be_figure("#REF!"), may_be_figure("规划计划信息数")
    (True, True, True, False)
    """
    return (text.isascii() and text != "") or any(map(str.isdecimal, text)) or _NO_WORD.fullmatch(text) is not None


def _pieces(table: FormTable, between: Between) -> Iterator[Piece]:
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


def _joined(table: FormTable, pieces: Iterable[Piece]) -> Iterator[Piece]:
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


def _without_note(note: str, pieces: list[Piece]) -> tuple[list[Piece], Piece | None]:
    """Return the pieces after the remark that follows a label, and that remark where it is not the form's own.

    It stands in brackets or in the form's own wording; one with a figure after a space may be a cell and is kept.
    """
    first = next((piece.text for piece in pieces if piece.text), "")
    if not first or MARKED_NUMBER.fullmatch(squeeze(first)) or (OPENED.match(first) and _hides_figure(first)):
        return pieces, None
    if not first.lstrip().startswith("("):
        return _without_wording(note, pieces), None
    kept = _without_bracket(pieces)
    taken = pieces[: len(pieces) - len(kept)]
    text = "".join(piece.text for piece in taken)
    if not taken or key(text) == note:
        return kept, None
    if first[0] != "(" and _hides_figure(text):
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


def _without_numbering(pieces: list[Piece], ordinal: str, *, sequence: bool) -> list[Piece]:
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


def _cells_of_next(pieces: Sequence[Piece]) -> str:
    """Return what is printed between a broken-off number and its label: cells of the next row."""
    marks = _BROKEN_MARK.fullmatch, MARKED_NUMBER.fullmatch
    return " ".join(piece.printed for piece in pieces[1:] if not any(mark(piece.text) for mark in marks))


def _tokens(table: FormTable, pieces: Iterable[Piece]) -> list[Token]:
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
