"""Bytes to characters, in any encoding in which Chinese is published."""

import codecs
from dataclasses import dataclass
from itertools import accumulate

from pipelines.model.report import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_CHARACTER = 4
_CONTROL = [*map(chr, range(0x09)), *map(chr, range(0x0E, 0x1C)), "\x7f"]
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
# 常用字 that every report holds; a wrong decoding does not yield them.
_COMMON = "公开信息政府的年"
_UTF16_SAMPLE = 4096
_MOST_CONTROL = 0.001
_LEAST_COMMON = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was stored in, and what of it could not be kept."""

    text: str
    encoding: str
    damage: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of some bytes: byte order mark, UTF-8, UTF-16 without mark, GB18030, Big5, in this order.

    A character cut in half at the very end (a truncated download) is left out and named as damage. Raises
    Unreadable where no encoding yields plausible Chinese text: nothing is replaced by question marks.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _or_unreadable(_attempt(data[len(mark) :], encoding), data)
    for encoding in _candidates(data):
        decoded = _attempt(data, encoding)
        if decoded is not None and _plausible(decoded.text):
            return decoded
    return _or_unreadable(None, data)


def _candidates(data: bytes) -> tuple[str, ...]:
    sample = data[:_UTF16_SAMPLE]
    if sample.count(0) * 50 > len(sample):
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        return ("utf-16-le",) if odd >= even else ("utf-16-be",)
    return ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")


def _attempt(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(_visible(data.decode(encoding)), encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - _LONGEST_CHARACTER or error.start == 0:
            return None
        tail = f"{len(data) - error.start} bytes at the end"
        return Decoded(_visible(data[: error.start].decode(encoding)), encoding, (tail,))


def _visible(text: str) -> str:
    for character in _INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    return text


def _plausible(text: str) -> bool:
    """Say whether a decoding is Chinese text: hardly a control character, and the commonest words are there."""
    return not _garbled(text) and (text.isascii() or _reaches(text, _COMMON, _LEAST_COMMON * len(text)))


def _garbled(text: str) -> bool:
    return sum(map(text.count, filter(text.__contains__, _CONTROL))) > _MOST_CONTROL * len(text)


def _reaches(text: str, characters: str, wanted: float) -> bool:
    """Say whether some characters occur so often in a text; the counting ends as soon as that is sure."""
    counts = accumulate(map(text.count, characters), initial=0)
    return any(count >= wanted for count in counts)


def _or_unreadable(decoded: Decoded | None, data: bytes) -> Decoded:
    if decoded is None or _garbled(decoded.text):
        raise Unreadable("unknown-encoding", f"{len(data)} bytes beginning {data[:8].hex(' ')}")
    return decoded
