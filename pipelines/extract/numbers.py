"""Figures as they are printed: digits of any width, Chinese numerals, 万 and 亿, 余 and 近."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.model.figure import Bound, Figure
from pipelines.model.observation import Status
from pipelines.registry.units import units

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_SINGLE = frozenset(_DIGITS | _WEIGHTS)
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "万亿": 10**12}
_BEFORE = {"约": Bound.ABOUT, "大约": Bound.ABOUT, "近": Bound.AT_MOST, "将近": Bound.AT_MOST, "不足": Bound.AT_MOST}
_BEFORE |= dict.fromkeys(("超", "超过", "逾", "突破", "不少于", "不低于"), Bound.AT_LEAST)
_AFTER = {"余": Bound.AND_MORE, "多": Bound.AND_MORE, "以上": Bound.AT_LEAST, "左右": Bound.ABOUT, "上下": Bound.ABOUT}

ARABIC = r"\d{1,3}+(?:,\d{3})+(?!\d)(?:\.\d++)?+|\d++(?:\.\d++)?+"
CHINESE = r"(?<![第数几上成])[〇零一二两三四五六七八九十][〇零一二两三四五六七八九十百千]*"
UNIT = "|".join(sorted(map(re.escape, units()), key=len, reverse=True))
_NUMBER = (
    rf"(?P<before>{'|'.join(sorted(_BEFORE, key=len, reverse=True))})?\s*+"
    rf"(?P<number>[+-]?(?:{ARABIC})|{CHINESE})\s*+(?P<scale>千|(?:万亿|万|亿)(?!元))?(?P<after>余|多)?\s*+"
)
_PHRASE = rf"{_NUMBER}(?P<unit>{UNIT})(?P<later>以上|左右|上下)?"
PHRASE = re.compile(_PHRASE)
_MAY_OPEN = rf"(?=[\d+{''.join(sorted({word[0] for word in _BEFORE}))}〇零一二两三四五六七八九十-])"
PHRASE_OR_RUN = re.compile(rf"{_MAY_OPEN}(?:{_PHRASE}|\d++(?:,\d{{3}}(?!\d))*+|{CHINESE}+)")
"""A counted figure, or digits that are none (without a unit): passed over at once, not tried again from each digit."""
_COUNTED = r"[\d〇零一二两三四五六七八九十百千万亿余多]"
COUNTED_UNIT = re.compile("|".join(rf"{re.escape(unit[0])}(?<={_COUNTED}.){re.escape(unit[1:])}" for unit in units()))
"""The unit of a counted figure in text without spaces; units are rarer than digits and sought faster."""
_CELL = re.compile(rf"{_NUMBER}(?P<unit>{UNIT})?(?P<later>以上|左右|上下)?\s*+(?P<note>\(.*\))?")
_ONES = "[一二两三四五六七八九]"
_SPOKEN = re.compile(
    rf"(?=.)(?:{_ONES}千零?)?(?:{_ONES}百零?)?(?:{_ONES}?十)?{_ONES}?|[〇零]|(?=.*〇)[〇零一二三四五六七八九]+"
)
_MOST_DIGITS = 14
_LINE = "[-—–―─~·•]+"
_PAGE = r"第(?:\d{1,3}|[一二三四五六七八九十]{1,3})页"
_PAGES = r"共(?:\d{1,3}|[一二三四五六七八九十]{1,3})页"
PAGE_NUMBER = re.compile(
    rf"{_LINE}\d{{1,3}}{_LINE}|{_PAGE}(?:[,/]?{_PAGES})?|{_PAGES}[,/]?{_PAGE}|\d{{1,3}}/\d{{1,3}}"
    r"|page\d{1,3}(?:(?:of|/)\d{1,3})?",
    re.IGNORECASE,
)
"""The number of a page as it is printed alone on a line, spaces left out; a bare one has no sign that tells it."""
BARE_NUMBER = re.compile(r"[1-9]\d?")
_NOUGHT = re.compile(r"(?:无|没有|零|〇|未发生|未收到)(?:\s*+\((?![一二三四五六七八九十\d]{1,3}\)).*\))?")
_ABSENT = re.compile(r"/|\\|不适用|N/?A", re.IGNORECASE)
_EMPTY = re.compile(r"[-—–_─…]*")


class Cell(NamedTuple):
    """What the text of one table cell says: a status, with a figure where there is one, and a unit if printed."""

    status: Status
    figure: Figure | None = None
    unit: str = ""


def chinese_number(text: str) -> Decimal:
    """Return the value of Chinese numerals, spoken (一百零五) or digit by digit (二〇一七).

    >>> chinese_number("二十三"), chinese_number("一百零五"), chinese_number("二〇一七")
    (Decimal('23'), Decimal('105'), Decimal('2017'))
    """
    if not any(character in _WEIGHTS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    total = digit = 0
    for character in text:
        if character in _WEIGHTS:
            total += (digit or 1) * _WEIGHTS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return Decimal(total + digit)


def is_figure(match: re.Match[str]) -> bool:
    """Say whether a matched number is one: 三五 and 二三十 are not exact, thirty digits in a row are several.

    >>> is_figure(PHRASE.search("三五次")), is_figure(PHRASE.search("一百零五次"))
    (False, True)
    """
    number = match["number"]
    if number[0] in _SINGLE:
        return _SPOKEN.fullmatch(number) is not None
    return len(number) <= _MOST_DIGITS or sum(map(str.isdecimal, number.partition(".")[0])) <= _MOST_DIGITS


def figure_of(match: re.Match[str]) -> Figure:
    """Return the figure of a matched number with the words around it.

    >>> figure_of(PHRASE.search("累计发布3.9万余条"))
    Figure(value=Decimal('39000.0'), bound=<Bound.AND_MORE: 'and_more'>, precision=Decimal('1000.0'))
    """
    number, scale = match["number"], _SCALES[match["scale"] or ""]
    bound = _BEFORE.get(match["before"] or "") or _AFTER.get(match["after"] or match["later"] or "") or Bound.EXACT
    if scale == 1 and bound is Bound.EXACT and number.isdecimal():
        return Figure(Decimal(number))
    if number[0] in _DIGITS or number[0] in _WEIGHTS:
        spoken = chinese_number(number)
        step = Decimal(1) if bound is Bound.EXACT else _spoken_step(spoken, Decimal(1))
        return Figure(spoken * scale, bound, step * scale)
    value = Decimal(number.replace(",", ""))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * scale
    return Figure(
        value if scale == 1 else value * scale, bound, _spoken_step(value, step) if bound is not Bound.EXACT else step
    )


def _spoken_step(value: Decimal, step: Decimal) -> Decimal:
    """Return how fine a rounded figure is: the trailing noughts of 5500余 are not counted digits."""
    whole, _, fraction = f"{value:f}".partition(".")
    if step < 1 or not value or fraction.strip("0"):
        return step
    return step * Decimal(10 ** (len(whole) - len(whole.rstrip("0"))))


def plain_cell(text: str) -> Cell | None:
    """Return what nothing but the digits of a count says, by far the commonest cell; None for any other text."""
    if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS:
        return Cell(Status.REPORTED, Figure(Decimal(text)))
    return None


@lru_cache(maxsize=8192)
def parse_cell(text: str) -> Cell | None:
    """Return what a folded cell text says, None where it is neither figure, nought, blank nor sign of absence.

    >>> parse_cell("96,171.6").figure.value, parse_cell("22(其中修订16件)").figure.value, parse_cell("3件").unit
    (Decimal('96171.6'), Decimal('22'), '件')
    >>> parse_cell("无(与上年相同)").figure.value, parse_cell("无(3)")
    (Decimal('0'), None)

    A single Chinese numeral without a unit is no figure: in tables it numbers a row.

    >>> parse_cell("无").status, parse_cell("/").status, parse_cell("——").status, parse_cell("张三")
    (<Status.STATED_ZERO: 'stated_zero'>, <Status.NOT_APPLICABLE: 'not_applicable'>, <Status.BLANK: 'blank'>, None)
    """
    text = text.strip()
    if plain := plain_cell(text):
        return plain
    if _NOUGHT.fullmatch(text):
        return Cell(Status.STATED_ZERO, Figure(Decimal(0)))
    if (match := _CELL.fullmatch(text)) and (match["unit"] or match["number"] not in _SINGLE) and is_figure(match):
        return Cell(Status.REPORTED, figure_of(match), match["unit"] or "")
    if _EMPTY.fullmatch(text):
        return Cell(Status.BLANK)
    return Cell(Status.NOT_APPLICABLE) if _ABSENT.fullmatch(text) else None
