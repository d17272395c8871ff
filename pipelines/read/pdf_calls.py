"""PDFium asked for all characters or objects of a page in one go.

pypdfium2 wraps every address that goes in or out in an object of its own type, which takes longer than most answers.
Here the same functions take and give bare addresses, so that a page is asked for at the speed of `map`.
"""

from collections import deque
from collections.abc import Callable, Iterable
from ctypes import PYFUNCTYPE, addressof, c_float, c_int, c_void_p, cast
from itertools import compress, repeat
from operator import not_
from typing import Any

from pypdfium2 import raw

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Columns = tuple[list[float], list[float], list[float], list[float]]

_BOX = 16
_Point, _Sides, _Matrix, _Modes = c_float * 2, c_float * 4, c_float * 6, c_int * 2


def address(handle: Any) -> int:
    """Return the address behind a handle or a function of pypdfium2; a handle must be kept open meanwhile."""
    return cast(handle, c_void_p).value or 0


def _bare(function: Any) -> Callable[..., Any]:
    """Return a function of PDFium that takes and gives addresses where pypdfium2 has it take and give pointers."""
    kinds = (function.restype, *function.argtypes)
    result, *arguments = (c_void_p if hasattr(kind, "contents") else kind for kind in kinds)
    return PYFUNCTYPE(result, *arguments)(address(function))


_count_characters, _unicode = _bare(raw.FPDFText_CountChars), _bare(raw.FPDFText_GetUnicode)
_loose_box = _bare(raw.FPDFText_GetLooseCharBox)
_count_objects, _object = _bare(raw.FPDFPage_CountObjects), _bare(raw.FPDFPage_GetObject)
_count_inside, _inside = _bare(raw.FPDFFormObj_CountObjects), _bare(raw.FPDFFormObj_GetObject)
_kind, _font, _matrix = _bare(raw.FPDFPageObj_GetType), _bare(raw.FPDFTextObj_GetFont), _bare(raw.FPDFPageObj_GetMatrix)
_bounds, _embedded = _bare(raw.FPDFPageObj_GetBounds), _bare(raw.FPDFFont_GetIsEmbedded)
_draw_mode, _count_segments = _bare(raw.FPDFPath_GetDrawMode), _bare(raw.FPDFPath_CountSegments)
_segment, _point = _bare(raw.FPDFPath_GetPathSegment), _bare(raw.FPDFPathSegment_GetPoint)
_segment_kind, _closes = _bare(raw.FPDFPathSegment_GetType), _bare(raw.FPDFPathSegment_GetClose)

is_generated: Callable[[int, int], int] = _bare(raw.FPDFText_IsGenerated)
"""Whether PDFium has put in a character that is not in the file: 1 where it has."""

angle: Callable[[int, int], float] = _bare(raw.FPDFText_GetCharAngle)
"""The angle of a character in radians."""

render_mode: Callable[[int], int] = _bare(raw.FPDFTextObj_GetTextRenderMode)
"""How a text is shown: filled, outlined, not at all."""


def codes(text_page: int) -> list[int]:
    """Return the code point of each character of a page, 0 where it has none."""
    return list(map(_unicode, repeat(text_page), range(_count_characters(text_page))))


def boxes(text_page: int, indices: Iterable[int], count: int) -> Columns:
    """Return the left, top, right and bottom sides of `count` characters; up is more, as in the file."""
    sides = (c_float * (4 * count))()
    first = addressof(sides)
    deque(map(_loose_box, repeat(text_page), indices, range(first, first + _BOX * count, _BOX)), 0)
    return sides[0::4], sides[1::4], sides[2::4], sides[3::4]


def objects_on(page: int) -> list[int]:
    """Return the objects of a page in the order of the file."""
    return list(map(_object, repeat(page), range(_count_objects(page))))


def objects_in(form: int) -> list[int]:
    """Return the objects of a form, which is drawn on a page as a whole."""
    return list(map(_inside, repeat(form), range(_count_inside(form))))


def fonts(objects: Iterable[int]) -> list[int | None]:
    """Return the font of each object; only texts have one."""
    return list(map(_font, objects))


def kind(found: int) -> int:
    """Return the kind of an object: text, path, picture, form or shading, as PDFium numbers them."""
    return int(_kind(found))


def matrix(found: int) -> Matrix:
    """Return the matrix that leads from an object to the page or the form that it is on."""
    values = _Matrix()
    _matrix(found, values)
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def has_extent(text: int) -> bool:
    """Say whether a text takes up any width."""
    sides = _Sides()
    first = addressof(sides)
    _bounds(text, first, first + 4, first + 8, first + 12)
    return bool(sides[0] != sides[2])


def not_embedded(found: Iterable[int]) -> set[int]:
    """Return the fonts among some that are not in the file, so that PDFium may have no shape for a character."""
    asked = set(found)
    return set(compress(asked, map(not_, map(_embedded, asked))))


def draw_mode(path: int) -> tuple[bool, bool]:
    """Return whether a path is filled, and whether it is outlined."""
    modes = _Modes()
    first = addressof(modes)
    _draw_mode(path, first, first + 4)
    return bool(modes[0]), bool(modes[1])


def figures(path: int) -> list[list[Point]]:
    """Return the corners of each figure of a path, the first again where the figure is closed."""
    found: list[list[Point]] = []
    point = _Point()
    across = addressof(point)
    for segment in map(_segment, repeat(path), range(_count_segments(path))):
        _point(segment, across, across + 4)
        if _segment_kind(segment) == raw.FPDF_SEGMENT_MOVETO or not found:
            found.append([])
        found[-1].append((point[0], point[1]))
        if _closes(segment):
            found[-1].append(found[-1][0])
    return found
