"""Reports as a machine reads them from a picture: letters for digits, points for commas, spaces within numbers."""

import re
from random import Random

_LETTERS = {"0": "Oo〇○", "1": "lIi丨"}
# A figure that stands alone in its cell: on its line, or between bars or tags.
_FIGURE = re.compile(r"(?:(?<=\| )|(?<=^)|(?<=>)|(?<=\t))\d[\d,]{0,9}(?=(?: \||$|<|\t))", re.MULTILINE)


def misread(random: Random, text: str, times: int = 5) -> str:
    """Return a text in which one figure of some is printed with another sign in it."""
    return _FIGURE.sub(lambda match: match[0] if random.randrange(times) else _spoilt(random, match[0]), text)


def _spoilt(random: Random, figure: str) -> str:
    place = random.randrange(len(figure))
    if "," in figure and random.randrange(2):
        return figure.replace(",", random.choice(("，", ".", "。", " ", ", ", "、")))
    if len(figure) > 1 and not random.randrange(4):
        return f"{figure[: place or 1]} {figure[place or 1 :]}"
    signs = _LETTERS.get(figure[place], "")
    if figure in {"0", "1"} and not random.randrange(3):
        return random.choice("一—-－")
    return figure[:place] + random.choice(signs or figure[place]) + figure[place + 1 :]
