"""The codes that some forms print beside their labels: taken off, so that no code is ever read as a figure."""

import re
from collections.abc import Sequence

from pipelines.extract.numbers import UNIT
from pipelines.registry.wording import fold

_CODE = r"\d{1,3}"
_AT_END = re.compile(rf"(?:^|(?<=[\s|]))(?P<code>{_CODE})[\s|]*$")
_AT_BEGIN = re.compile(rf"[\s|]*(?:(?:{UNIT})[\s|]*)?(?P<code>{_CODE})(?=[\s|]|$|{UNIT})")
_SAID = re.compile(r"[^\s|]")
_NUMBERING = re.compile(r"其中[:,]?\s*$")
_NO_INK = re.compile(rf"[\s|]*(?:{UNIT})?[\s|]*")
_WORDS = re.compile(rf"(?!其中|(?:{UNIT}|无|没有|不变)(?![\u4e00-\u9fff]))[\u4e00-\u9fff]{{2,}}")
_ROW = re.compile(rf"[\u4e00-\u9fff]{{2,30}}[\s|]*(?:{UNIT})(?=[\s|\d]|$)")
Piece = tuple[int, str]
"""A fragment, and what of it is looked at."""


def without_code_before(pieces: Sequence[Piece], last: int) -> tuple[list[Piece], int] | None:
    """Return what precedes a label without the code of its row, and that code.

    Codes count up; None where nothing that stands there apart can be one. A code stands on the line of its label or
    alone on one above, and not on that of the label before.

    >>> without_code_before([(3, "条 5 7 02 其中:")], 1), without_code_before([(3, "条 5702")], 1)
    (([(3, '条 5 7 ')], 2), None)
    """
    kept = list(pieces)
    while kept:
        line, text = kept.pop()
        shape = fold(text)
        if found := _NUMBERING.search(shape):
            text, shape = text[: found.start()], shape[: found.start()]
        if not shape.strip():
            continue
        match = _AT_END.search(shape)
        if match is None or int(match["code"]) <= last:
            return None
        above = len(kept) + 1 < len(pieces)
        if above and (not kept or _SAID.search(shape, 0, match.start())):
            return None
        return [*kept, (line, text[: match.start()])], int(match["code"])
    return None


def up_to_words(pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """Return what precedes the first words that are no label of the form, and whether these look like a row.

    >>> up_to_words([(3, "条 5 7 02 查阅点数 个 4 03")])
    ([(3, '条 5 7 02 ')], True)
    """
    for index, (line, text) in enumerate(pieces):
        if match := _WORDS.search(fold(text)):
            rest = " ".join([fold(text)[match.start() :], *(fold(below) for _, below in pieces[index + 1 :])])
            return [*pieces[:index], (line, text[: match.start()])], _ROW.match(rest) is not None
    return list(pieces), False


def without_code_after(pieces: Sequence[Piece], last: int) -> tuple[list[Piece], int] | None:
    """Return what follows a label without the code of its row, which the unit may precede, and that code.

    >>> without_code_after([(3, ""), (4, "条"), (5, "02"), (6, "5")], 1)
    ([(5, ''), (6, '5')], 2)
    """
    for index, (line, text) in enumerate(pieces):
        shape = fold(text)
        if _NO_INK.fullmatch(shape):
            continue
        match = _AT_BEGIN.match(shape)
        if match is None or int(match["code"]) <= last:
            return None
        return [(line, text[match.end() :]), *pieces[index + 1 :]], int(match["code"])
    return None
