"""A page of a PDF as PDFium sees it: characters with their boxes, straight rules, pictures; its top is 0."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import compress, pairwise
from math import pi
from operator import not_
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipelines.read import pdf_calls as calls
from pipelines.read.pdf_calls import Columns, Matrix, Point

Turn = Callable[[list[float], list[float], list[float], list[float]], Columns]

_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST_FORM = 6
_THICKEST_RULE = 3.0
_SLOPE = 0.6
_SLANT = 0.05
_MOSTLY = 0.5
_SPACE = 32
_UNKNOWN = 0xFFFD
_LINE_ENDS = (10, 13)


class Character(NamedTuple):
    """A printed character and the box that it takes up."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


# A page has thousands; the class itself takes twice as long.
_character = partial(tuple.__new__, Character)


class Stroke(NamedTuple):
    """A straight rule: the x or y at which it stands, and from where to where it goes."""

    level: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page shows.

    `slanted` is text that runs askew, as watermarks do; `picture` is the share that pictures cover; `lost` says that
    PDFium leaves out characters because it has no shape for them.
    """

    height: float
    characters: tuple[Character, ...]
    slanted: tuple[Character, ...]
    horizontal: tuple[Stroke, ...]
    vertical: tuple[Stroke, ...]
    picture: float
    lost: bool = False


class _Content(NamedTuple):
    """What is on a page: texts and their fonts; paths and pictures, each with the matrix that leads to the page."""

    texts: list[int]
    fonts: list[int]
    paths: list[tuple[int, Matrix]]
    pictures: list[Matrix]


def read_page(page: Any) -> Page:
    """Return what a page of pypdfium2 shows, turned as a person sees it."""
    turned, width, height = _turning(page)
    content = _content(page)
    lines = list(_lines(content.paths, turned))
    pictured = _pictured(content.pictures, width * height)
    characters, slanted = _characters(page, turned, hidden=_is_scan(content.texts, pictured))
    return Page(
        height=height,
        characters=tuple(characters),
        slanted=tuple(slanted),
        horizontal=tuple(Stroke(y, *sorted((x, u))) for (x, y), (u, v) in lines if abs(y - v) <= _SLOPE),
        vertical=tuple(Stroke(x, *sorted((y, v))) for (x, y), (u, v) in lines if abs(x - u) <= _SLOPE),
        picture=pictured,
        lost=_loses_characters(content),
    )


def _turning(page: Any) -> tuple[Turn, float, float]:
    """Return how sides in the file (left, top, right, bottom) become those of the page as shown, and its size."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Turn] = {
        0: lambda x, y, u, v: (_past(left, x), _short_of(top, y), _past(left, u), _short_of(top, v)),
        90: lambda x, y, u, v: (_past(bottom, v), _past(left, x), _past(bottom, y), _past(left, u)),
        180: lambda x, y, u, v: (_short_of(right, u), _past(bottom, v), _short_of(right, x), _past(bottom, y)),
        270: lambda x, y, u, v: (_short_of(top, y), _short_of(right, u), _short_of(top, v), _short_of(right, x)),
    }
    rotation = page.get_rotation()
    width, height = right - left, top - bottom
    return turns[rotation], *((height, width) if rotation in {90, 270} else (width, height))


def _past(edge: float, levels: list[float]) -> list[float]:
    return [level - edge for level in levels]


def _short_of(edge: float, levels: list[float]) -> list[float]:
    return [edge - level for level in levels]


def _characters(page: Any, turned: Turn, *, hidden: bool) -> tuple[list[Character], list[Character]]:
    """Return the upright and the slanted characters; those that PDFium makes up, or nobody sees, are left out."""
    text_page = page.get_textpage()
    text = calls.address(text_page.raw)
    codes = [] if hidden else calls.codes(text)
    shown = [
        index
        for index, code in enumerate(codes)
        if not 0 < code <= _SPACE or not (code in _LINE_ENDS or calls.is_generated(text, index) == 1)
    ]
    sides = calls.boxes(text, shown, len(shown))
    texts = [chr(codes[index] or _UNKNOWN) for index in shown]
    found = list(map(_character, zip(texts, *turned(*sides), strict=True)))
    divided = _divided(found, sides[3], lambda number: _is_slanted(calls.angle(text, shown[number])))
    text_page.close()
    return divided


def _divided(
    characters: list[Character], levels: list[float], is_slanted: Callable[[int], bool]
) -> tuple[list[Character], list[Character]]:
    """Return the upright characters and the others; those on one level are like the first of them."""
    starts = [number for number, (before, level) in enumerate(pairwise([None, *levels])) if before != level]
    slanted = [is_slanted(start) for start in starts]
    if not any(slanted):
        return characters, []
    rows: tuple[list[Character], list[Character]] = [], []
    for (start, end), aslant in zip(pairwise([*starts, len(levels)]), slanted, strict=True):
        rows[aslant].extend(characters[start:end])
    return rows


def _is_slanted(angle: float) -> bool:
    return min(angle % (pi / 2), -angle % (pi / 2)) > _SLANT


def _content(page: Any) -> _Content:
    """Return what is on a page, forms opened."""
    content = _Content([], [], [], [])

    def add(objects: list[int], outer: Matrix, depth: int) -> None:
        fonts = calls.fonts(objects)
        content.texts.extend(compress(objects, fonts))
        content.fonts.extend(filter(None, fonts))
        for found in compress(objects, map(not_, fonts)):
            kind = calls.kind(found)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                content.paths.append((found, _times(calls.matrix(found), outer)))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                content.pictures.append(_times(calls.matrix(found), outer))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                add(calls.objects_in(found), _times(calls.matrix(found), outer), depth + 1)

    add(calls.objects_on(calls.address(page.raw)), _UNTURNED, 0)
    return content


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _UNTURNED:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _lines(paths: Iterable[tuple[int, Matrix]], turned: Turn) -> Iterator[tuple[Point, Point]]:
    """Yield the two ends of every line drawn: sides of what is outlined, and filled boxes as thin as a rule."""
    for path, matrix in paths:
        filled, outlined = calls.draw_mode(path)
        for figure in calls.figures(path) if filled or outlined else ():
            points = _turned(figure, matrix, turned)
            if outlined:
                yield from pairwise(points)
            elif thin := _thin(points):
                yield thin


def _turned(figure: list[Point], matrix: Matrix, turned: Turn) -> list[Point]:
    a, b, c, d, e, f = matrix
    across, up = [a * x + c * y + e for x, y in figure], [b * x + d * y + f for x, y in figure]
    return list(zip(*turned(across, up, across, up)[:2], strict=True))


def _thin(points: list[Point]) -> tuple[Point, Point] | None:
    """Return the middle line of a box that is no thicker than a rule."""
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*points, strict=True))
    if bottom - top <= min(_THICKEST_RULE, right - left):
        return (left, (top + bottom) / 2), (right, (top + bottom) / 2)
    if right - left <= _THICKEST_RULE:
        return ((left + right) / 2, top), ((left + right) / 2, bottom)
    return None


def _pictured(pictures: Iterable[Matrix], area: float) -> float:
    """Return the share of the page that its pictures cover, 1 at most."""
    sizes = (abs(a * d - b * c) for a, b, c, d, _, _ in pictures)
    return min(1.0, sum(sizes) / area) if area else 0.0


def _is_scan(texts: list[int], pictured: float) -> bool:
    """Say whether a page is a picture under text that nobody sees, which a machine has guessed from the picture."""
    if pictured < _MOSTLY:
        return False
    modes = [calls.render_mode(text) for text in texts]
    return modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) * 2 > len(modes)


def _loses_characters(content: _Content) -> bool:
    """Say whether a text without extent is set in a font that is not in the file."""
    foreign = calls.not_embedded(content.fonts)
    if not foreign:
        return False
    set_in = zip(content.texts, content.fonts, strict=True)
    return any(font in foreign and not calls.has_extent(text) for text, font in set_in)
