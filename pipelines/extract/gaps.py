"""What the gap between two labels says of its row: one value, or why there is none."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipelines.extract.numbers import BARE_NUMBER, UNIT, Cell
from pipelines.extract.pieces import OPENED, Piece, hides_figure
from pipelines.extract.tokens import Kind, Token, is_lone_number, may_hide
from pipelines.model.figure import Bound, Figure
from pipelines.model.identity import ZERO
from pipelines.model.observation import ONE, VALUELESS, Status
from pipelines.registry.forms import FormRow
from pipelines.registry.misread import meant
from pipelines.registry.units import same_unit

# Members of an enum cost a look-up each time; a table asks for them thousands of times.
_VALUE, _BLANK, _UNIT, _HEADER, _STRANGER = Kind.VALUE, Kind.BLANK, Kind.UNIT, Kind.HEADER, Kind.STRANGER
_NO_LABEL = re.compile(rf"(?:[\W\d_〇零一二两三四五六七八九十百千万亿余多近约a-zA-Z]|{UNIT})+")
_LEFT_BLANK, _UNREADABLE, _NOT_APPLICABLE = Status.BLANK, Status.UNREADABLE, Status.NOT_APPLICABLE
_ZERO = Figure(ZERO)


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


def counted_gap(row: FormRow, tokens: Sequence[Token], ordinal: str) -> Gap | None:
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


def gap_of(row: FormRow, tokens: Sequence[Token], *, last: bool = False, ordinal: str = "", moved: str = "") -> Gap:
    """Return what tokens say of a row.

    `last` says that it is the table's last row, `ordinal` is the number that the next label lacks, `moved` what is
    printed of the next row before its label.
    """
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


def without(row: FormRow, gap: Gap, number: Token) -> Gap:
    """Return a gap without a number that is no value: a page's, or the next row's."""
    return beside(gap_of(row, [token for token in gap.tokens if token is not number]), gap.aside)


def doubted(row: FormRow, gap: Gap) -> Gap:
    """Return a gap none of whose numbers is the row's for certain: one may be a part of another."""
    return spilled(row, gap, " ".join(token.piece.printed.strip() for token in gap.tokens))


def spilled(row: FormRow, gap: Gap, printed: str) -> Gap:
    """Return an empty gap whose row may have its value before the label, where it cannot be told from others."""
    if row.heading:
        return gap
    return gap._replace(content=in_doubt(gap.content, printed))


def with_doubt(row: FormRow, gap: Gap, number: Token) -> Gap:
    """Return a gap in which a number may be the row's value or not: nobody can tell."""
    tokens = [Token(_STRANGER, token.piece) if token is number else token for token in gap.tokens]
    return beside(gap_of(row, tokens), gap.aside)


def beside(gap: Gap, aside: Piece | None) -> Gap:
    """Return a gap beside a remark that the form does not know; a figure in that may be the blank cell's."""
    return gap._replace(content=_with_aside(gap.content, aside), aside=aside) if aside else gap


def _with_aside(content: Content, aside: Piece) -> Content:
    if content.status is _LEFT_BLANK and hides_figure(aside.text):
        content = in_doubt(content, aside.printed.strip())
    return content._replace(remarks=(*content.remarks, Remark("unknown-text", aside.line, "", aside.printed.strip())))


def in_doubt(content: Content, printed: str) -> Content:
    """Return the content of a cell that cannot be read in exactly one way; `printed` is all that may be its figure."""
    remarks = (*content.remarks, Remark("unreadable-cell", content.line, "1", printed))
    return content._replace(
        status=_UNREADABLE, value=None, bound=Bound.EXACT, precision=ONE, printed=printed, remarks=remarks
    )


def _figures(strange: Sequence[Token]) -> list[Piece]:
    """Return the figures from the first stranger on."""
    return [token.piece for token in strange if token.kind is _VALUE or may_hide(token)] if strange else []


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
