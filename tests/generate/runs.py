"""Tables three, four and the local form as publishers print them: with or without slips, their cells run together."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple

from pipelines.extract.split.layout import Strip
from pipelines.extract.split.sums import Stated
from pipelines.model.identity import Cell, Identity

APPLICANTS = ("person", "company", "institute", "association", "legal", "other", "total")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
CHANNELS = ("review", "direct", "after_review")
Numbers = dict[Cell, int]
Misprint = Callable[[Random, Numbers], None]
Printing = Callable[[Random, list[str]], tuple[str, ...]]


class Table(NamedTuple):
    """A table: its rows of cells, the sums that bind them, and the figures printed (0 may be printed as a blank)."""

    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Identity, ...]
    printed: Numbers
    stated: tuple[Stated, ...] = ()


def adds_up(name: str, left: list[Cell], right: list[Cell], operator: str = "=") -> Identity:
    """Return a hard sum of any form."""
    return Identity(
        id=name, forms=frozenset(), left=tuple(left), operator=operator, right=tuple(right), hard=True, zh="", en=""
    )


def requests(random: Random, size: int, leaves: int = 21) -> Table:
    """Return a table three that closes: rows of new, carried in, results, their total and carried out."""
    names = [f"leaf{number}" for number in range(leaves)]
    rows = ["new", "carried_in", *names, "done", "carried_out"]
    numbers = {(row, kind): _count(random, size, kind) for row in names for kind in APPLICANTS[:-1]}
    for kind in APPLICANTS[:-1]:
        numbers["done", kind] = sum(numbers[name, kind] for name in names)
        numbers["carried_out", kind] = _count(random, size // 3, kind)
        handled = numbers["done", kind] + numbers["carried_out", kind]
        numbers["carried_in", kind] = min(handled, _count(random, size // 3, kind))
        numbers["new", kind] = handled - numbers["carried_in", kind]
    numbers |= {(row, "total"): sum(numbers[row, kind] for kind in APPLICANTS[:-1]) for row in rows}
    cells = tuple(tuple((row, kind) for kind in APPLICANTS) for row in rows)
    return Table(cells, requests_sums(rows, names), numbers)


def requests_sums(rows: list[str], leaves: list[str]) -> tuple[Identity, ...]:
    """Return the sums of table three: each row, and each column twice."""
    across = [adds_up("row", [(row, "total")], [(row, kind) for kind in APPLICANTS[:-1]]) for row in rows]
    down = [adds_up("results", [("done", kind)], [(leaf, kind) for leaf in leaves]) for kind in APPLICANTS]
    balance = [
        adds_up("balance", [("new", kind), ("carried_in", kind)], [("done", kind), ("carried_out", kind)])
        for kind in APPLICANTS
    ]
    return (*across, *down, *balance)


def cases(random: Random, size: int) -> Table:
    """Return a table four that closes; half of the reports state its totals in prose."""
    numbers: Numbers = {}
    for channel in CHANNELS:
        parts = [_count(random, size, "company") for _ in OUTCOMES[:-1]]
        numbers |= {(channel, kind): count for kind, count in zip(OUTCOMES, [*parts, sum(parts)], strict=True)}
    sums = tuple(
        adds_up("cases", [(channel, "total")], [(channel, kind) for kind in OUTCOMES[:-1]]) for channel in CHANNELS
    )
    told = (
        _told("line 7", numbers, ("review", "total")),
        _told("line 8", numbers, *((c, "total") for c in CHANNELS[1:])),
    )
    return Table((tuple(numbers),), sums, numbers, told if random.random() < 0.5 else ())


def local(random: Random, size: int) -> Table:
    """Return a local form of two columns, year and cumulative, whose first figure the prose states."""
    rows = {
        "disclosed": ["website", "gazette"],
        "requested": ["desk", "net", "letter"],
        "replied": ["granted", "denied"],
    }
    numbers: Numbers = {}
    sums: list[Identity] = []
    for total, parts in rows.items():
        for part in parts:
            year = random.choice((0, 0, random.randint(0, 9), random.randint(0, size)))
            numbers |= {(part, "year"): year, (part, "ever"): year + random.choice((0, random.randint(0, 20 * size)))}
        for column in ("year", "ever"):
            numbers[total, column] = sum(numbers[part, column] for part in parts)
            sums.append(adds_up("parts", [(total, column)], [(part, column) for part in parts]))
    names = [name for total, parts in rows.items() for name in (total, *parts)]
    sums += [adds_up("ever", [(name, "ever")], [(name, "year")], ">=") for name in names]
    cells = tuple(((name, "year"), (name, "ever")) for name in names)
    return Table(cells, tuple(sums), numbers, (_told("line 3", numbers, ("disclosed", "year")),))


def _told(place: str, numbers: Mapping[Cell, int], *cells: Cell) -> Stated:
    return Stated(cells, Decimal(sum(numbers[cell] for cell in cells)), place)


def _count(random: Random, size: int, kind: str) -> int:
    """Return a count as they occur: mostly nought, people ask more than firms, firms more than others."""
    likely = {"person": 0.5, "company": 0.3}.get(kind, 0.08)
    if random.random() > likely:
        return 0
    return int(size ** random.random()) if random.random() < 0.8 else random.randint(0, size)


def one_cell(random: Random, printed: Numbers) -> None:
    """Misprint one cell: a digit wrong, dropped, doubled, two exchanged, or another number altogether."""
    cell = random.choice([*printed])
    text = str(printed[cell])
    place = random.randrange(len(text))
    digit, other = str(random.randint(0, 9)), text[place + 1 : place + 2]
    changed = random.choice(
        (
            text[:place] + digit + text[place + 1 :],
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place] + other + text[place] + text[place + 2 :],
            str(random.randint(0, 3 * printed[cell] + 12)),
        )
    )
    printed[cell] = int(changed or "0")


def several_cells(random: Random, printed: Numbers) -> None:
    """Misprint two to five cells."""
    for _ in range(random.randint(2, 5)):
        one_cell(random, printed)


def wrong_totals(random: Random, printed: Numbers) -> None:
    """Misprint totals: of rows, or of columns."""
    totals = [cell for cell in printed if cell[1] == "total" or cell[0] in {"done", "requested", "disclosed"}]
    for cell in random.sample(totals, random.randint(1, min(3, len(totals)))):
        printed[cell] += random.choice((-1, 1, 9, 10, -printed[cell], random.randint(0, 30)))
        printed[cell] = max(0, printed[cell])


def last_year(random: Random, printed: Numbers) -> None:
    """Print a row of last year's report: every count of it a little different."""
    row = random.choice([*printed])[0]
    for cell in printed:
        if cell[0] == row and printed[cell]:
            printed[cell] = int(printed[cell] * random.uniform(0.5, 1.6))


def offsetting(random: Random, printed: Numbers) -> None:
    """Add to one cell what another of its row or column loses: one sum still closes."""
    one = random.choice([*printed])
    line = [cell for cell in printed if cell != one and (cell[0] == one[0] or cell[1] == one[1])]
    other = random.choice(line)
    moved = random.randint(0, printed[one])
    printed[one] -= moved
    printed[other] += moved


def swapped(random: Random, printed: Numbers) -> None:
    """Print the figures of two rows in each other's place."""
    one, other = random.sample(sorted({cell[0] for cell in printed}), 2)
    for _, kind in [cell for cell in printed if cell[0] == one]:
        printed[one, kind], printed[other, kind] = printed[other, kind], printed[one, kind]


MISPRINTS: tuple[Misprint, ...] = (one_cell, several_cells, wrong_totals, last_year, offsetting, swapped)


def misprinted(random: Random, table: Table, misprint: Misprint) -> Table:
    """Return the table with a slip of its publisher; the prose keeps the true figures."""
    printed = dict(table.printed)
    misprint(random, printed)
    return table._replace(printed=printed)


def together(_: Random, texts: list[str]) -> tuple[str, ...]:
    """Print a row without any separator."""
    return ("".join(texts),)


def parted(random: Random, texts: list[str]) -> tuple[str, ...]:
    """Print a row with a space here and there."""
    spaced = "".join(text + (" " if random.random() < 0.3 else "") for text in texts)
    return tuple(spaced.split())


def blanks_gone(_: Random, texts: list[str]) -> tuple[str, ...]:
    """Print a row with spaces, noughts left blank and gone."""
    return tuple(text for text in texts if text != "0")


def blanks_together(_: Random, texts: list[str]) -> tuple[str, ...]:
    """Print a row without separators, noughts left blank and gone."""
    joined = "".join(text for text in texts if text != "0")
    return (joined,) if joined else ()


def blanks_seen(random: Random, texts: list[str]) -> tuple[str, ...]:
    """Print a row in which a blank parts what stands beside it, and the figures between run together."""
    pieces: list[str] = []
    for text in texts:
        if text == "0" and random.random() < 0.5:
            pieces.append("")
        elif pieces and pieces[-1]:
            pieces[-1] += text
        else:
            pieces.append(text)
    return tuple(pieces)


LAYOUTS: tuple[Printing, ...] = (together, parted, blanks_gone, blanks_together, blanks_seen)


def strips(random: Random, table: Table, layout: Printing) -> list[Strip]:
    """Return the rows of a table as they are printed."""
    return [Strip(row, layout(random, [str(table.printed[cell]) for cell in row])) for row in table.rows]
