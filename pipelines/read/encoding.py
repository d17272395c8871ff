"""Bytes to characters, in any encoding in which Chinese is published."""

import codecs
import re
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
_CONTROL_BYTES = (*range(0x09), *range(0x0E, 0x1C), 0x7F)
_CONTROL = [*map(chr, _CONTROL_BYTES)]
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
# 常用字 that every report holds; a wrong decoding does not yield them.
_COMMON = "公开信息政府的年"
_UTF16_SAMPLE = 4096
_MOST_CONTROL = 0.001
_LEAST_COMMON = 0.01
_GUESSES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Pages that say gb2312 hold characters of GBK; what is stored in Big5 is in traditional script.
_NAMES = (
    dict.fromkeys(("utf-8", "utf8"), "utf-8")
    | dict.fromkeys(("gb2312", "gb_2312-80", "gb2312-80", "gbk", "x-gbk", "cp936", "euc-cn", "gb18030"), "gb18030")
    | dict.fromkeys(("big5", "big-5", "big5-hkscs", "big5hkscs", "x-x-big5", "cn-big5", "cp950"), "big5hkscs")
)
_TRADITIONAL = ("年度報告", "資訊公開", "信息公開", "統計", "報告", "機關", "辦理")
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]+)|<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_REPLACED = "\ufffd"
_MOST_REPLACED = 0.001
_REPLACED_ANYWAY = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was stored in, and what of it could not be kept."""

    text: str
    encoding: str
    damage: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of some bytes without characters that have no width; see `decode_verbatim`."""
    decoded = decode_verbatim(data)
    return Decoded(_visible(decoded.text), decoded.encoding, decoded.damage)


def decode_verbatim(data: bytes, declared: str = "") -> Decoded:
    """Return the text of some bytes, in the first of these that yields plausible Chinese text.

    Byte order mark, the encoding `declared`, UTF-8, GB18030, Big5 for traditional script, UTF-16 without mark.
    A character cut in half at the very end (a truncated download) is left out, single bytes that are no character are
    replaced by U+FFFD; both are named as damage. Raises Unreadable where no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _or_unreadable(_attempt(data[len(mark) :], encoding) or _mended(data[len(mark) :], encoding), data)
    candidates = _candidates(data, declared)
    for attempt in (_attempt, _mended):
        for encoding in candidates:
            decoded = attempt(data, encoding)
            if decoded is not None and _plausible(decoded, data):
                return decoded
    return _or_unreadable(None, data)


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page says it is stored in, "" where it names none that is known.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">')
    'gb18030'
    """
    match = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return _NAMES.get((match[1] or match[2]).decode("ascii", "replace").lower(), "") if match else ""


def _candidates(data: bytes, declared: str) -> tuple[str, ...]:
    sample = data[:_UTF16_SAMPLE]
    if sample.count(0) * 50 > len(sample):
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        return ("utf-16-le",) if odd >= even else ("utf-16-be",)
    return tuple(dict.fromkeys(filter(None, (declared, *_GUESSES))))


def _attempt(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - _LONGEST_CHARACTER or error.start == 0:
            return None
        tail = f"{len(data) - error.start} bytes at the end"
        return Decoded(data[: error.start].decode(encoding), encoding, (tail,))


def _mended(data: bytes, encoding: str) -> Decoded | None:
    """Return a text in which a few bytes are no character; None where there are more than damage explains."""
    text = data.decode(encoding, "replace")
    count = text.count(_REPLACED)
    if count > max(_REPLACED_ANYWAY, _MOST_REPLACED * len(text)):
        return None
    return Decoded(text, encoding, (f"{count} characters that are no {encoding}",))


def _visible(text: str) -> str:
    for character in _INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    return text


def _plausible(decoded: Decoded, data: bytes) -> bool:
    """Say whether a decoding is Chinese text: hardly a control character, and the commonest words are there."""
    text = decoded.text
    if any(map(data.__contains__, _CONTROL_BYTES)) and _garbled(text):
        return False
    if decoded.encoding == "big5hkscs" and not any(word in text for word in _TRADITIONAL):
        return False
    return text.isascii() or _reaches(text, _COMMON, _LEAST_COMMON * _foreign(decoded, len(data)))


def _foreign(decoded: Decoded, size: int) -> float:
    """Return about how many characters of a text are not ASCII: markup does not count."""
    more = size - len(decoded.text)
    return more / 2 if decoded.encoding == "utf-8" else more


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
