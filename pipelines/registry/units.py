"""Units of measure as the reports print them."""

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
