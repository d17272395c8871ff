"""Reports of one body for several years whose figures continue each other, as publishers should print them."""

from collections.abc import Collection, Sequence
from random import Random

from tests.generate.formats import Drawn, report
from tests.generate.grid import Shape

BODY = "安庆市财政局"
_FIRST = {"national": (2019, 2023), "local_coded": (2009, 2016)}


def years(
    random: Random, family: str, shapes: Sequence[Shape], *, misprinted: Collection[int] = ()
) -> tuple[Drawn, ...]:
    """Return a report for each of the shapes, year after year, of the national forms or of the local one.

    Those at the places `misprinted` print some figures wrong.
    """
    first = random.randint(*_FIRST[family])
    drawn: list[Drawn] = []
    for place, shape in enumerate(shapes):
        drawn.append(_following(random, family, shape, first + place, drawn, misprints=place in misprinted))
    return tuple(drawn)


def _following(  # noqa: PLR0913 - what is drawn and what it follows
    random: Random, family: str, shape: Shape, year: int, drawn: Sequence[Drawn], *, misprints: bool
) -> Drawn:
    """Return a report that follows the last one drawn; the rows of a local form are those of the year before."""
    form = "local_coded" if family == "local_coded" else "format_2019" if year < 2021 else "format_2021"
    before = drawn[-1].actual if drawn else None
    while True:
        found = report(random, form, shape, misprints=misprints, of=(year, BODY), before=before)
        if before is None or form != "local_coded" or found.actual.keys() == before.keys():
            return found
