"""A font in which every character is a box: enough to embed, so that no font need be on the machine."""

from functools import cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

_ROWS = range(0xA1, 0xF8)
_CELLS = range(0xA1, 0xFF)
_EM = 1000


def characters() -> list[str]:
    """Return ASCII and all of GB 2312."""
    pairs = (bytes((row, cell)).decode("gb2312", "ignore") for row in _ROWS for cell in _CELLS)
    return sorted({*map(chr, range(32, 127)), *filter(None, pairs), *"〇⼀—\ue123"})


@cache
def box_font() -> bytes:
    """Return the font as TrueType: Chinese a thousand wide, ASCII half of that."""
    shown = characters()
    names = {ord(character): f"u{ord(character):04X}" for character in shown}
    widths = {name: (_EM if code > 127 else _EM // 2, 50) for code, name in names.items()}
    glyphs = {name: _box(width) for name, (width, _) in widths.items()}
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": _box(_EM), **glyphs})
    builder.setupHorizontalMetrics({".notdef": (_EM, 50), **widths})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    stream = BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 800), (width - 50, 800), (width - 50, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
