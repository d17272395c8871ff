"""A figure as it is printed: its value, how sure the words around it are, and how fine it is."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Bound(StrEnum):
    """What the words around a figure say: 约 about, 余 and some more, 超 at least, 近 at most."""

    EXACT = "exact"
    ABOUT = "about"
    AND_MORE = "and_more"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


_REACH = {Bound.ABOUT: (-1, 1), Bound.AND_MORE: (0, 1), Bound.AT_LEAST: (0, 10), Bound.AT_MOST: (-1, 0)}
"""How far, in units of the last counted digit, the true value may lie from the printed one."""


class Figure(NamedTuple):
    """A number with the precision it is printed with.

    `precision` is the worth of the last counted digit: 3.9万 is 39,000 with a precision of 1,000.
    """

    value: Decimal
    bound: Bound = Bound.EXACT
    precision: Decimal = Decimal(1)

    def admits(self, value: Decimal) -> bool:
        """Say whether an exact value can be meant by this figure.

        A count printed in full admits only itself; a rounded one what rounds to it; 3.9万余 all of 39,000 to 40,000.

        >>> Figure(Decimal(39000), Bound.AND_MORE, Decimal(1000)).admits(Decimal(39470))
        True
        >>> Figure(Decimal(403)).admits(Decimal(1011))
        False
        """
        if self.bound is Bound.EXACT:
            return value == self.value or (self.precision > 1 and abs(value - self.value) * 2 <= self.precision)
        low, high = _REACH[self.bound]
        return self.value + low * self.precision <= value <= self.value + high * self.precision
