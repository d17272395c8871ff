"""A page of a PDF as PDFium sees it: characters with their boxes, straight rules, pictures; its top is 0."""

from collections.abc import Callable, Iterator
from ctypes import c_float, c_int
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import pi
from typing import Any, NamedTuple

from pypdfium2 import raw

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]

_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST_FORM = 6
_THICKEST_RULE = 3.0
_SLOPE = 0.6
_SLANT = 0.05
_MOSTLY = 0.5
_SPACE = 32
_UNKNOWN = 0xFFFD
_LINE_ENDS = (10, 13)
_TEXT, _DRAWN = raw.FPDF_PAGEOBJ_TEXT, frozenset({raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE})


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


def read_page(page: Any) -> Page:
    """Return what a page of pypdfium2 shows, turned as a person sees it."""
    turned, width, height = _turning(page)
    objects = list(_objects(page))
    texts = [found for found, kind, _ in objects if kind == raw.FPDF_PAGEOBJ_TEXT]
    lines = list(_lines(objects, turned))
    pictured = _pictured(objects, width * height)
    characters, slanted = _characters(page, turned, hidden=_is_scan(texts, pictured))
    return Page(
        height=height,
        characters=tuple(characters),
        slanted=tuple(slanted),
        horizontal=tuple(Stroke(y, *sorted((x, u))) for (x, y), (u, v) in lines if abs(y - v) <= _SLOPE),
        vertical=tuple(Stroke(x, *sorted((y, v))) for (x, y), (u, v) in lines if abs(x - u) <= _SLOPE),
        picture=pictured,
        lost=_loses_characters(texts),
    )


def _turning(page: Any) -> tuple[Turn, float, float]:
    """Return how boxes of the file (left, bottom, right, top) become those of the page as shown, and its size."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Turn] = {
        0: lambda x, y, u, v: (x - left, top - v, u - left, top - y),
        90: lambda x, y, u, v: (y - bottom, x - left, v - bottom, u - left),
        180: lambda x, y, u, v: (right - u, y - bottom, right - x, v - bottom),
        270: lambda x, y, u, v: (top - v, right - u, top - y, right - x),
    }
    rotation = page.get_rotation()
    width, height = right - left, top - bottom
    return turns[rotation], *((height, width) if rotation in {90, 270} else (width, height))


def _characters(page: Any, turned: Turn, *, hidden: bool) -> tuple[list[Character], ...]:
    """Return the upright and the slanted characters; those that PDFium makes up, or nobody sees, are left out.

    Characters on one level are upright like the first of them, so that their angle is not asked for one by one.
    """
    text_page = page.get_textpage()
    text, box, level = text_page.raw, raw.FS_RECTF(), None
    unicode_at, box_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    upright: list[Character] = []
    slanted: list[Character] = []
    for index in range(0 if hidden else raw.FPDFText_CountChars(text)):
        code = unicode_at(text, index)
        if 0 < code <= _SPACE and (code in _LINE_ENDS or raw.FPDFText_IsGenerated(text, index) == 1):
            continue
        box_at(text, index, box)
        bottom = box.bottom
        if level != bottom:
            row = slanted if _is_slanted(raw.FPDFText_GetCharAngle(text, index)) else upright
            level = bottom
        row.append(_character((chr(code or _UNKNOWN), *turned(box.left, bottom, box.right, box.top))))
    text_page.close()
    return upright, slanted


def _is_slanted(angle: float) -> bool:
    return min(angle % (pi / 2), -angle % (pi / 2)) > _SLANT


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield the texts, paths and pictures of a page, forms opened, each with the matrix that leads to the page."""

    def below(count: int, item: Callable[[int], Any], outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
        kind_of = raw.FPDFPageObj_GetType
        for found in map(item, range(count)):
            kind = kind_of(found)
            if kind == _TEXT:
                yield found, kind, outer
            elif kind in _DRAWN:
                yield found, kind, _times(_matrix(found), outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                form = partial(raw.FPDFFormObj_GetObject, found)
                inner = _times(_matrix(found), outer)
                yield from below(raw.FPDFFormObj_CountObjects(found), form, inner, depth + 1)

    return below(raw.FPDFPage_CountObjects(page.raw), partial(raw.FPDFPage_GetObject, page.raw), _UNTURNED, 0)


def _matrix(found: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(found, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _lines(objects: list[tuple[Any, int, Matrix]], turned: Turn) -> Iterator[tuple[Point, Point]]:
    """Yield the two ends of every line drawn: sides of what is outlined, and filled boxes as thin as a rule."""
    fill, stroke = c_int(), c_int()
    for found, kind, matrix in objects:
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPath_GetDrawMode(found, fill, stroke)
        for figure in _figures(found):
            points = [turned(x, y, x, y)[:2] for x, y in (_at(point, matrix) for point in figure)]
            if stroke.value:
                yield from pairwise(points)
            elif fill.value and (thin := _thin(points)):
                yield thin


def _figures(path: Any) -> list[list[Point]]:
    """Return the corners of each figure of a path, the first again where the figure is closed."""
    figures: list[list[Point]] = []
    x, y = c_float(), c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not figures:
            figures.append([])
        figures[-1].append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            figures[-1].append(figures[-1][0])
    return figures


def _thin(points: list[Point]) -> tuple[Point, Point] | None:
    """Return the middle line of a box that is no thicker than a rule."""
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*points, strict=True))
    if bottom - top <= min(_THICKEST_RULE, right - left):
        return (left, (top + bottom) / 2), (right, (top + bottom) / 2)
    if right - left <= _THICKEST_RULE:
        return ((left + right) / 2, top), ((left + right) / 2, bottom)
    return None


def _pictured(objects: list[tuple[Any, int, Matrix]], area: float) -> float:
    """Return the share of the page that its pictures cover, 1 at most."""
    sizes = (abs(m[0] * m[3] - m[1] * m[2]) for _, kind, m in objects if kind == raw.FPDF_PAGEOBJ_IMAGE)
    return min(1.0, sum(sizes) / area) if area else 0.0


def _is_scan(texts: list[Any], pictured: float) -> bool:
    """Say whether a page is a picture under text that nobody sees, which a machine has guessed from the picture."""
    if pictured < _MOSTLY:
        return False
    modes = [raw.FPDFTextObj_GetTextRenderMode(text) for text in texts]
    return modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) * 2 > len(modes)


def _loses_characters(texts: list[Any]) -> bool:
    """Say whether a text without extent is set in a font that is not in the file."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    bounds = raw.FPDFPageObj_GetBounds
    for text in texts:
        bounds(text, left, bottom, right, top)
        if left.value == right.value and not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(text)):
            return True
    return False
