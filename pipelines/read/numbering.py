"""Numbers that Word sets before headings by itself, put into words: 一、 （一） 1."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_DIGITS = "〇一二三四五六七八九"
_MOST_CHINESE = 99
_MOST_CIRCLED = 20
_CIRCLED_ONE = 0x2460
_DEEPEST = 9


def chinese_number(number: int) -> str:
    """Return a number up to ninety-nine as it is counted in Chinese.

    >>> chinese_number(3), chinese_number(10), chinese_number(12), chinese_number(40)
    ('三', '十', '十二', '四十')
    """
    if not 0 < number <= _MOST_CHINESE:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")  # noqa: PLR2004


def _circled(number: int) -> str:
    return chr(_CIRCLED_ONE + number - 1) if number <= _MOST_CIRCLED else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "ideographDigital": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": lambda number: chr(96 + number) if number <= 26 else str(number),  # noqa: PLR2004
    "upperLetter": lambda number: chr(64 + number) if number <= 26 else str(number),  # noqa: PLR2004
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_label(self, number: str, level: int) -> str:
        """Return the label of the next paragraph of a list, empty where it has none that can be said."""
        family = self.lists.get(number, "")
        levels = self.levels.get(family, {})
        if level not in levels:
            return ""
        counts = self.counts[family]
        for restarted, start in self.restarts.pop(number, {}).items():
            counts[restarted] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in range(level + 1, _DEEPEST):
            counts.pop(deeper, None)
        return self._worded(levels, counts, level)

    def _worded(self, levels: Mapping[int, Level], counts: Mapping[int, int], level: int) -> str:
        if levels[level].format not in _FORMATS:
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = _FORMATS.get(levels[at].format if at in levels else "decimal", str)
            return shown(counts.get(at, levels[at].start if at in levels else 1))

        return re.sub(r"%([1-9])", counted, levels[level].text)


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """Return the lists that two parts of a Word package declare."""
    found = Numbering()
    for each in numbering if numbering is not None else ():
        if local(each) == "abstractNum":
            found.levels[attribute(each, "abstractNumId")] = dict(map(_level, children(each, "lvl")))
        elif local(each) == "num":
            found.lists[attribute(each, "numId")] = value(each, "abstractNumId")
            found.restarts[attribute(each, "numId")] = dict(_restarts(each))
    declared = {attribute(style, "styleId"): style for style in styles or () if local(style) == "style"}
    for name in declared:
        if own := _numbered_style(name, declared, _DEEPEST):
            found.styles[name] = own
    return found


def _restarts(number: Element) -> Iterator[tuple[int, int]]:
    """Yield the levels at which a list begins to count anew, each with the number from which."""
    for override in children(number, "lvlOverride"):
        level, start = attribute(override, "ilvl"), value(override, "startOverride")
        if level.isdigit() and start.isdigit():
            yield int(level), int(start)


def _level(level: Element) -> tuple[int, Level]:
    start = value(level, "start")
    declared = Level(value(level, "numFmt") or "decimal", value(level, "lvlText"), int(start) if start.isdigit() else 1)
    return int(attribute(level, "ilvl") or 0), declared


def _numbered_style(name: str, styles: Mapping[str, Element], depth: int) -> tuple[str, int] | None:
    if name not in styles or not depth:
        return None
    own = list_of(next(children(styles[name], "pPr"), None))
    return own or _numbered_style(value(styles[name], "basedOn"), styles, depth - 1)


def list_of(properties: Element | None) -> tuple[str, int] | None:
    """Return the list and level that the properties of a paragraph name."""
    numbered = next(children(properties, "numPr"), None) if properties is not None else None
    if numbered is None or not (number := value(numbered, "numId")):
        return None
    level = value(numbered, "ilvl")
    return number, int(level) if level.isdigit() else 0


def local(element: Element) -> str:
    """Return the name of an element without its namespace; the strict and the usual form of the format differ in it."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute, whatever its namespace, empty where there is none."""
    return next((found for key, found in element.items() if key.rpartition("}")[2] == name), "")


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of that name."""
    return (child for child in (element if element is not None else ()) if local(child) == name)


def value(element: Element, name: str) -> str:
    """Return the value that the first child of that name carries."""
    return next((attribute(child, "val") for child in children(element, name)), "")
