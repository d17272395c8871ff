"""Units of measure as the reports print them."""

from decimal import Decimal
from functools import cache

from pipelines.registry.files import read_yaml


@cache
def units() -> dict[str, str]:
    """Return every printed unit with the unit that it stands for."""
    return {word: family[0] for family in read_yaml("units.yml") for word in family}


def same_unit(printed: str, declared: str) -> bool:
    """Say whether a printed unit means the declared one.

    >>> same_unit("期", "次"), same_unit("元", "万元")
    (True, False)
    """
    return units().get(printed, printed) == units().get(declared, declared)


_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def factor(unit: str, other: str) -> Decimal | None:
    """Return how many of the other unit one of this unit is, None where they count different things.

    >>> factor("万元", "元"), factor("条", "条"), factor("条", "件")
    (Decimal('10000'), Decimal('1'), None)
    """
    if unit in _YUAN and other in _YUAN:
        return _YUAN[unit] / _YUAN[other]
    return Decimal(1) if same_unit(unit, other) else None
