"""How printed Chinese is compared: one wording for what is written in many ways."""

import re
from collections.abc import Iterator
from itertools import chain
from unicodedata import normalize

from pipelines.registry.files import read_yaml
from pipelines.registry.traditional import simplified, traditional

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    "\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\x1c\x1d\x1e\x1f"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    " ",
)
_BRACKETS = {"〔": "(", "〕": ")", "﹝": "(", "﹞": ")", "【": "(", "】": ")", "［": "(", "］": ")", "[": "(", "]": ")"}
# Kangxi radicals, compatibility ideographs, punctuation of vertical and of small type.
_COMPATIBLE = (range(0x2E80, 0x2FD6), range(0xF900, 0xFB00), range(0xFE10, 0xFE1A), range(0xFE30, 0xFE70))


def _same_characters() -> Iterator[tuple[str, str]]:
    """Yield the characters that Unicode holds twice, each with the usual one: ⼈ and 人, ⻅ and 见, ︵ and (."""
    usual = {chr(code): normalize("NFKC", chr(code)) for code in chain.from_iterable(_COMPATIBLE)}
    for character, found in (usual | read_yaml("radicals.yml")).items():
        if len(found) == 1 and found not in {character, " "}:
            yield character, simplified(_BRACKETS.get(found, found))


FOLDED = dict(_same_characters()) | _FULL_WIDTH | _SPACES | _BRACKETS
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ"
_UNUSUAL = re.compile("[" + re.escape("".join((*FOLDED, *sorted(traditional()), _TONED))) + "]")
_PINYIN = re.compile(rf"\((?=[ a-z]*+[{_TONED}])[ a-zü{_TONED}]++\)", re.IGNORECASE)

_DROPPED = " |、,:;。·《》〈〉「」『』“”\"‘’'()（）!?"

_DROPPED_OF_FOLDED = "".join(character for character in _DROPPED if character not in FOLDED)
_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)

NOT_COUNTED = re.compile("[" + re.escape(_DROPPED) + "]")
"""A character of folded text that does not count when labels are compared."""


def fold(text: str) -> str:
    """Return text of the same length with one width, one kind of space and one kind of bracket.

    Character i of the result stands for character i of the argument, so that places are kept. A tab parts cells as a
    bar does, except where it only indents; pinyin in brackets is space.

    >>> fold("（二）　１５７条"), fold("⼆、資訊公開、盱(xū)眙")
    ('(二) 157条', '二、信息公开、盱    眙')
    """
    if "\t" in text:
        text = _INDENT.sub(lambda match: " " * len(match[0]), text).replace("\t", "|")
    match = _UNUSUAL.search(text)
    return _folded(text, match) if match else text


def _folded(text: str, match: re.Match[str] | None) -> str:
    """Return a text folded from the first character on that is not as it is compared."""
    toned = False
    while match:
        character = match[0]
        if character in FOLDED:
            text = text.replace(character, FOLDED[character])
        elif character in _TONED:
            toned = True
        else:
            text = simplified(text)
        match = _UNUSUAL.search(text, match.end())
    return _PINYIN.sub(lambda match: " " * len(match[0]), text) if toned else text


def key(text: str) -> str:
    """Return a wording without spaces, brackets and punctuation, as labels are compared.

    >>> key("不是《条例》所指 政府信息"), key("統計指標")
    ('不是条例所指政府信息', '统计指标')
    """
    return NOT_COUNTED.sub("", fold(text))


def bare(folded: str) -> str:
    """Return what `key` returns, for long text that is folded already: one replacement a character, none a place.

    >>> bare(fold("（二） 不是《条例》所指　政府信息"))
    '二不是条例所指政府信息'
    """
    for character in _DROPPED_OF_FOLDED:
        if character in folded:
            folded = folded.replace(character, "")
    return folded


def squeeze(text: str) -> str:
    """Return folded text without any space.

    >>> squeeze("统 计 指 标")
    '统计指标'
    """
    return text.replace(" ", "")
