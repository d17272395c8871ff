"""Figures that a machine has misread from a picture: the digits for which letters may stand."""

import re
from decimal import Decimal
from functools import cache, lru_cache

from pipelines.registry.files import read_yaml

_MOST_DIGITS = 14
_WHOLE = re.compile(r"0|[1-9]\d*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


@cache
def _letters() -> dict[int, str]:
    declared: dict[str, str] = read_yaml("misread.yml")
    return {ord(letter): digit for digit, letters in declared.items() for letter in letters}


@lru_cache(maxsize=4096)
def meant(text: str) -> Decimal | None:
    """Return the one count that a misread cell may say, None where it is no such cell.

    A point before three digits may be a comma. Nothing is known yet: what is meant needs a proof.

    >>> meant("1O"), meant("l5"), meant("1.234"), meant("10"), meant("O5"), meant("一")
    (Decimal('10'), Decimal('15'), Decimal('1234'), None, None, None)
    """
    if len(text) > _MOST_DIGITS:
        return None
    if _THOUSANDS.fullmatch(text):
        return Decimal(text.replace(".", ""))
    digits = text.translate(_letters())
    return Decimal(digits) if digits != text and _WHOLE.fullmatch(digits) else None
