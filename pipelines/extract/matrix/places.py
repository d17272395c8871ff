"""Where in a page a table with columns is printed, and in which of its places it is read."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from pipelines.extract.loose import is_torn, loose_numbers
from pipelines.extract.matrix.blocks import block_rows
from pipelines.extract.matrix.columns import (
    Order,
    first_number,
    has_twins,
    heads_before,
    may_be_page,
    order_before,
    order_of_form,
)
from pipelines.extract.matrix.crossings import crossing_rows
from pipelines.extract.matrix.lattice import Lattices
from pipelines.extract.matrix.rows import (
    Beside,
    Row,
    beside_first,
    displaces_heads,
    in_unit,
    inked,
    is_plain,
    is_shifted,
    is_whole,
    loses_group_head,
    row_of,
    rows_of,
)
from pipelines.extract.matrix.scales import scaled_before, with_money
from pipelines.extract.page import Page
from pipelines.extract.rows import RowMatch, match_rows
from pipelines.extract.strips import heads_share_line, ink_of, trimmed
from pipelines.registry.forms import FormTable
from pipelines.registry.heads import Head, Role, sequence_heads
from pipelines.registry.layouts import Codes
from pipelines.registry.wording import key

_LAST_REACH = 40
_CAPTION = 6
_MOST_PLACES = 5
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(20\d{2})年")
_HEAD_REACH = 200
_HEAD_BEFORE = 60
_NUMBERING = "0123456789.一"
_NO_FIGURES = frozenset({Role.SUBTOTAL, Role.REMARK})
_BEGINNING, _TELLING = 2, 3


class Place:
    """One place in which a table seems to be printed: its rows, and the order of its columns."""

    def __init__(self, rows: Sequence[Row], order: Order) -> None:
        """Take the rows in printed order."""
        self.rows, self.order = list(rows), order


def fullest(page: Page, table: FormTable, year: int) -> tuple[list[Row], Order, int | None]:
    """Return the rows of the place that looks like the table and has most cells, and where it is printed again.

    A place under a caption of another year comes last. The rows of a second table that says something else follow
    those of the first: nobody can tell which is meant.
    """
    places = list(_places(page, table))
    if not places:
        return [], order_of_form(table), None
    found = [place.rows for place in places]
    late = [_captioned_otherwise(page, table, rows[0].line, year) for rows in found]
    first, *ranked = sorted(range(len(found)), key=lambda number: (late[number], -inked(found[number]), number))
    others = [number for number in ranked if _is_table(found[number]) and _apart(found[first], found[number])]
    rivals = [row for number in others if late[number] == late[first] for row in found[number]]
    again = found[others[0]][0].line if others else None
    return [*found[first], *rivals], places[first].order, again


def _places(page: Page, table: FormTable) -> Iterator[Place]:
    """Yield the places in which a table has rows."""
    lattices = Lattices(page)
    crossing = crossing_rows(page, lattices, table) if table.blocks else []
    if crossing:
        yield Place(_untorn(page, table, crossing), order_of_form(table))
    if crossing or crossing is None:
        return
    for opening in islice(table.opening.finditer(page.keyed.text), _MOST_PLACES):
        place = _block(page, lattices, table, opening) if table.blocks else _place(page, lattices, table, opening)
        if place and place.rows:
            yield place


def _block(page: Page, lattices: Lattices, table: FormTable, opening: re.Match[str]) -> Place:
    """Return a table in which each row has heads of its own, or all have those of the opening."""
    rows = _untorn(page, table, list(block_rows(page, lattices, table, opening)))
    return Place(rows, order_of_form(table)) if rows else _listed(page, lattices, table, opening)


def _untorn(page: Page, table: FormTable, rows: Sequence[Row]) -> list[Row]:
    """Return rows, those in doubt that have a cell on a line with others beside which a part of one may stand.

    It is none where all sums of the row close; where two lines are torn, both may lack the same digit.
    """
    cells = Counter(mark.line for row in rows for mark in row.marks)
    lines = [line for line, count in cells.items() if count > 1]
    loose = loose_numbers(page, table, ()) if lines else frozenset()
    torn = {line for line in lines if is_torn(page, loose, line, line)}
    beside = [torn.intersection(mark.line for mark in row.marks) for row in rows]
    whole = [not lines or (len(lines) == 1 and is_whole(table, row)) for lines, row in zip(beside, rows, strict=True)]
    return [row if is_told else row._replace(told=False) for is_told, row in zip(whole, rows, strict=True)]


def _listed(page: Page, lattices: Lattices, table: FormTable, opening: re.Match[str]) -> Place:
    """Return a table whose rows stand below the only heads; it has no row where one lacks its cells."""
    place = _place(page, lattices, table, opening)
    rows = place.rows if place else []
    follow = page.keyed.text.startswith(tuple(table.by_label), opening.end())
    listed = follow and {row.row for row in rows} == {*table.rows} and all(row.marks for row in rows)
    return Place(rows if listed else [], order_of_form(table))


def _place(page: Page, lattices: Lattices, table: FormTable, opening: re.Match[str]) -> Place | None:
    """Return a table in which each label is followed by its cells; None where its heads do not tell the columns."""
    matches = _near(match_rows(page.keyed, table, opening.start()).matches)
    if not matches:
        return None
    if table.opens:
        return _laid_out(page, lattices, table, matches, opening.start())
    beside = beside_first(page, lattices, table, matches[0])
    order = _order(page, table, beside, matches[0])
    end = page.keyed.offset(matches[0].first) + matches[0].begins
    if order is None or scaled_before(page.keyed.text, end):
        return None
    number = first_number(page.keyed.text, end)
    if may_be_page(table, page.keyed.text, number, end) and not heads_share_line(page, table, matches[0].first):
        return None
    order = with_money(table, order, page.keyed.text, end)
    inks = ink_of(page, table, matches, matches[-1].last + _LAST_REACH, first=number)
    return Place(list(rows_of(beside, table, inks, order)), order)


def _laid_out(
    page: Page, lattices: Lattices, table: FormTable, matches: Sequence[RowMatch], begin: int
) -> Place | None:
    """Return a table whose opening told its layout: every row has the figures of this one, in its order.

    None where a column of numbers of rows stands beside one of codes.
    """
    numbered = page.keyed.text.endswith(sequence_heads(), 0, begin)
    if numbered and matches[0].row.codes is not Codes.NONE:
        return None
    inks = ink_of(page, table, matches, matches[-1].last + _LAST_REACH, first=0 if numbered else None)
    order = Order(tuple(Head(Role.COLUMN, "", (index,)) for index in range(len(matches[0].row.figures))))
    marks = trimmed([ink.marks for ink in inks], len(order.heads))
    rows = [
        in_unit(page, ink.match, row_of(ink.match, ink.label, own, order)) for ink, own in zip(inks, marks, strict=True)
    ]
    shifted = [is_shifted(lattices, ink.match, row) for ink, row in zip(inks, rows, strict=True)]
    told = [row._replace(told=row.told and not moved) for row, moved in zip(rows, shifted, strict=True)]
    return Place([row for row in told if not row.row.heading], order)


def _order(page: Page, table: FormTable, beside: Beside, first: RowMatch) -> Order | None:
    """Return the order that the heads tell, as they stand above their columns and as they follow each other.

    Where neither is certain the columns are those of the form, if nothing speaks against it.
    """
    end = page.keyed.offset(first.first) + first.begins
    told = order_before(table, page.keyed.text, end)
    if beside.columns:
        seen = beside.columns.order
        return seen if told is None or _figures(told) == _figures(seen) else None
    if told or has_twins(heads_before(table, page.keyed.text, end)):
        return None if told and loses_group_head(beside, table, first, told) else told
    told_by_form = _heads_in_order(table, page.keyed.text, end) and not displaces_heads(beside, table, first)
    return order_of_form(table) if told_by_form else None


def _figures(order: Order) -> list[tuple[int, ...]]:
    return [head.columns for head in order.heads if head.role is Role.COLUMN]


def _heads_in_order(table: FormTable, keyed: str, end: int) -> bool:
    """Say whether nothing in the heads that stand before the first row speaks against the order of the form.

    A word that no head has may be a column that shifts all others. Of a head that is cut its beginning is sought. A
    total may be read before the groups it adds up, but not before the first column.
    """
    begin = keyed.rfind(table.columns[0], max(0, end - _HEAD_REACH), end)
    since = max(0, (begin if begin >= 0 else end) - _HEAD_BEFORE)
    found = [_found(table, index, keyed, (since, end)) for index in range(len(table.columns))]
    grouped = any(head.role is Role.GROUP for head in table.heads.by_wording.values())
    places = [place for place in (found[:-1] if grouped else found) if place >= 0]
    if places != sorted(set(places)) or (grouped and 0 <= found[-1] < begin) or _lacks_parts(table, found):
        return False
    torn = any(_is_torn_off(table, index, keyed, place, end) for index, place in enumerate(found))
    if torn or _lie_around(table, keyed, places, end) or _lies_within(table, keyed, found, end):
        return False
    if _rests_disorder(table, keyed, (since, end)):
        return False
    if max(found) < 0:
        above = _DIGITS.split(keyed[since:end].rstrip(_NUMBERING))[-1]
        return not any(rest in above for rest in _rests(table, _BEGINNING))
    return _may_be_heads(table, keyed, min(place for place in found if place >= 0), end)


@cache
def _rests(table: FormTable, shortest: int) -> dict[str, tuple[int, ...]]:
    """Return the ends of heads whose beginnings stand on a line above, the longest first, with their columns."""
    columns = [(word, head.columns) for word, head in table.heads.by_wording.items() if head.role is Role.COLUMN]
    rests = {word[cut:]: column for word, column in columns for cut in range(1, len(word) - shortest + 1)}
    return dict(sorted(rests.items(), key=lambda rest: -len(rest[0])))


def _rests_disorder(table: FormTable, keyed: str, within: tuple[int, int]) -> bool:
    """Say whether heads, and the ends of those that are cut, stand in another order than the columns of the form.

    The total of groups may stand anywhere.
    """
    heads = [(table.heads.said(match), match) for match in table.heads.pattern.finditer(keyed, *within)]
    places = {head.columns: match.start() - within[0] for head, match in heads if head.role is Role.COLUMN}
    text = table.heads.pattern.sub(lambda match: "\n" * len(match[0]), keyed[slice(*within)])
    for rest, columns in _rests(table, _TELLING).items():
        if columns not in places and (place := text.rfind(rest)) >= 0:
            places[columns] = place
    if any(head.role is Role.GROUP for head in table.heads.by_wording.values()):
        places.pop((len(table.columns) - 1,), None)
    ends = [places[columns] for columns in sorted(places)]
    return ends != sorted(ends)


def _lacks_parts(table: FormTable, found: Sequence[int]) -> bool:
    """Say whether heads are seen, but of those below the head of a group one at most: their row and order are lost.

    One may be seen in the head of the group itself (其他, 法人或其他组织). Where only those are seen the row above
    them is lost.
    """
    groups = {head.columns for head in table.heads.by_wording.values() if head.role is Role.GROUP}
    seen = {index for index, place in enumerate(found) if place >= 0}
    return bool(seen) and any(len(seen.intersection(columns)) <= 1 or seen <= {*columns} for columns in groups)


def _is_torn_off(table: FormTable, index: int, keyed: str, place: int, end: int) -> bool:
    """Say whether the beginning of a head that is cut stands before all that opens heads: on a line above."""
    wordings = [word for word, head in table.heads.by_wording.items() if head.columns == (index,)]
    if place < 0 or keyed.startswith(tuple(wordings), place):
        return False
    opened = _opening_of_heads(table, keyed, place, end)
    return opened is not None and opened > place


def _lie_around(table: FormTable, keyed: str, places: Sequence[int], end: int) -> bool:
    """Say whether some heads stand before what opens them and some after it: lines of heads lie between each other."""
    opened = _opening_of_heads(table, keyed, min(places), end) if places else None
    return opened is not None and min(places) < opened < max(places)


def _lies_within(table: FormTable, keyed: str, found: Sequence[int], end: int) -> bool:
    """Say whether a whole head stands between the beginning of another and its rest: in which column, none can say."""
    rests = {place: _rest(table, index, keyed, place) for index, place in enumerate(found) if place >= 0}
    ends = [(place, keyed.find(rest, place + 1, end)) for place, rest in rests.items() if rest]
    whole = [place for place, rest in rests.items() if not rest]
    return any(begin < place < at for begin, at in ends for place in whole)


def _rest(table: FormTable, index: int, keyed: str, place: int) -> str:
    """Return what a place lacks of the head of a column that begins there, "" where it is whole."""
    wordings = [word for word, head in table.heads.by_wording.items() if head.columns == (index,)]
    kept = {word: max(cut for cut in range(len(word) + 1) if keyed.startswith(word[:cut], place)) for word in wordings}
    longest = max(wordings, key=lambda word: (kept[word] == len(word), kept[word]))
    return longest[kept[longest] :]


def _opening_of_heads(table: FormTable, keyed: str, place: int, end: int) -> int | None:
    """Return where the first text stands that opens the heads around a place, None where there is none."""
    begin = max((match.end() for match in _DIGITS.finditer(keyed, max(0, place - _HEAD_REACH), place)), default=0)
    asides = (match.start() for match in table.heads.pattern.finditer(keyed, begin, end) if _opens(table, match))
    return next(asides, None)


def _begins_another(table: FormTable, text: str) -> bool:
    """Say whether a head is cut whose rest is a whole wording of its column: it stands where its beginning does."""
    heads = [(word, head) for word, head in table.heads.by_wording.items() if head.role is Role.COLUMN]
    cut = {long[: -len(word)] for word, head in heads for long, other in heads if other == head and long.endswith(word)}
    return any(len(part) > 1 and part in cut for part in table.heads.pattern.sub("\n", text).split("\n"))


def _begins_sum(table: FormTable, text: str) -> bool:
    """Say whether a head is cut that is no column of the form: the rest of a whole group stands beside it."""
    wordings = table.heads.by_wording.items()
    own = [word for word, head in wordings if head.role is Role.COLUMN]
    groups = [word for word, head in wordings if head.role is Role.GROUP]
    own += [] if any(word in text for word in groups) else groups
    cut = [word for word, head in wordings if head.role in _NO_FIGURES]
    parts = {part.rstrip(_NUMBERING) for part in table.heads.pattern.sub("\n", text).split("\n")}
    begun = [part for part in parts if len(part) >= _BEGINNING and any(word.startswith(part) for word in cut)]
    return not all(any(word.startswith(part) for word in own) for part in begun)


def _opens(table: FormTable, match: re.Match[str]) -> bool:
    head = table.heads.said(match)
    return head.role is Role.ASIDE and key(head.label) != key(table.title)


def _may_be_heads(table: FormTable, keyed: str, first: int, end: int) -> bool:
    """Say whether nothing but words of heads stands between what opens them and the first row.

    Right above the first row, or above a title that repeats its label, no column is headed twice, none is another's.
    """
    before = table.heads.pattern.finditer(keyed, max(0, first - _HEAD_REACH), first)
    opened = max((match.end() for match in before if table.heads.said(match).role is Role.ASIDE), default=None)
    if opened is None:
        return False
    text = keyed[opened:end]
    for wording in sorted(map(key, table.rows[0].wordings), key=len, reverse=True):
        text = text.replace(wording, "\n")
    parts = (list(map(table.heads.said, table.heads.pattern.finditer(part))) for part in reversed(text.split("\n")))
    heads = next(filter(None, parts), [])
    extra = any(head.role in _NO_FIGURES for head in heads) or _begins_another(table, text) or _begins_sum(table, text)
    return set(text) <= table.heads.characters | {"\n"} and not extra and not has_twins(heads)


def _found(table: FormTable, index: int, keyed: str, within: tuple[int, int]) -> int:
    """Return where a head stands in heads that may be cut, as much of it as is there; -1 where none is."""
    wordings = [word for word, head in table.heads.by_wording.items() if head.columns == (index,)]
    longest = max(map(len, wordings))
    parts = ([word[: len(word) - cut] for word in wordings if len(word) - cut >= _BEGINNING] for cut in range(longest))
    places = (max((keyed.rfind(part, *within) for part in words), default=-1) for words in parts)
    return next((place for place in places if place >= 0), -1)


def _near(matches: Sequence[RowMatch]) -> list[RowMatch]:
    """Return the rows up to the first that stands far below the one before: prose that names a row again."""
    kept: list[RowMatch] = []
    for match in matches:
        if kept and match.first - kept[-1].last > _LAST_REACH:
            break
        kept.append(match)
    return kept


def _captioned_otherwise(page: Page, table: FormTable, line: int, year: int) -> bool:
    """Say whether the title of a table names another year than that of the report."""
    above = [page.tight[number] for number in range(max(0, line - _CAPTION), line)]
    years = {int(text) for caption in above if table.title in key(caption) for text in _YEAR.findall(caption)}
    return bool(years) and year not in years


def _is_table(rows: Sequence[Row]) -> bool:
    """Say whether rows are a table, and not prose that names them: several have all of their cells."""
    return sum(is_plain(row) and len(row.marks) > 1 for row in rows) > 1


def _apart(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Say whether the cells of one reading are none of the other's."""
    taken = {mark.line for row in rows for mark in row.marks}
    return not any(mark.line in taken for row in others for mark in row.marks)
