"""True figures of the 2014 form: they satisfy its sums, or break them as publishers do."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from pipelines.registry.forms import FormRow, forms
from tests.generate.truth import Cell

ROWS: tuple[FormRow, ...] = next(form for form in forms() if form.form == "stat_2014").tables[0].rows
"""The printed rows; their labels are the form's, what they add up to is written down below a second time."""

RECEIVED, COMPLETED = "requests_2014.received", "requests_2014.completed"
REPLIES, DENIED = "replies_2014.total", "replies_2014.denied"
REVIEW, LITIGATION = "cases_2014.review", "cases_2014.litigation"


def _totals(prefix: str, *names: str) -> tuple[Cell, ...]:
    return tuple((f"{prefix}.{name}", "total") for name in names)


SUMS: dict[Cell, tuple[Cell, ...]] = {
    (RECEIVED, "total"): _totals(RECEIVED, "in_person", "fax", "online", "letter"),
    (COMPLETED, "total"): _totals(COMPLETED, "on_time", "extended"),
    (DENIED, "total"): _totals(
        DENIED,
        "state_secret",
        "trade_secret",
        "privacy",
        "security_stability",
        "not_government_information",
        "other_law",
    ),
    (REPLIES, "total"): _totals(
        "replies_2014",
        "already_public",
        "granted",
        "partially_granted",
        "denied",
        "not_this_body",
        "does_not_exist",
        "asked_to_amend",
        "other_route",
    ),
    (REVIEW, "total"): tuple((REVIEW, outcome) for outcome in ("upheld", "corrected", "other")),
    (LITIGATION, "total"): tuple((LITIGATION, outcome) for outcome in ("upheld", "corrected", "other")),
    ("capacity.staff", "total"): _totals("capacity.staff", "full_time", "part_time"),
}
AMOUNTS = frozenset({"fees.requests", "capacity.budget"})
_HIGHEST = (0, 0, 0, 12, 60, 3_000, 250_000)


def true_figures(random: Random) -> dict[Cell, Decimal]:
    """Return a figure for every row that carries one; totals are the sums of their parts."""
    figures = {cell(row): _leaf(random, row) for row in ROWS if not row.heading}
    for whole, parts in SUMS.items():
        figures[whole] = sum((figures[part] for part in parts), Decimal(0))
    return figures


def cell(row: FormRow) -> Cell:
    """Return the indicator and breakdown of a row."""
    return row.indicator, row.breakdown


def _leaf(random: Random, row: FormRow) -> Decimal:
    value = Decimal(random.randint(0, random.choice(_HIGHEST)))
    if row.indicator in AMOUNTS and random.randint(0, 1):
        value += Decimal(random.randint(1, 99)) / 100
    return value


def misprinted(random: Random, figures: Mapping[Cell, Decimal]) -> dict[Cell, Decimal]:
    """Return figures of which one to three break a sum: off by one, copied from the neighbour, counted twice."""
    changed = dict(figures)
    for whole in random.sample(sorted(SUMS), random.randint(1, 3)):
        spoilt = random.choice((whole, random.choice(SUMS[whole])))
        changed[spoilt] = changed[spoilt] * 2 if changed[spoilt] and random.randint(0, 1) else changed[spoilt] + 1
    return changed
