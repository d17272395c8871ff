"""How printed Chinese is compared: one wording for what is written in many ways."""

import re

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    "\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\x1c\x1d\x1e\x1f"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    " ",
)
_BRACKETS = {"〔": "(", "〕": ")", "﹝": "(", "﹞": ")", "【": "(", "】": ")", "［": "(", "］": ")", "[": "(", "]": ")"}
FOLDED = _FULL_WIDTH | _SPACES | _BRACKETS
_FOLDABLE = re.compile("[" + re.escape("".join(FOLDED)) + "]")

_DROPPED = " |、,:;。·《》〈〉「」『』“”\"‘’'()（）!?"
_KEY = str.maketrans(dict.fromkeys((*_DROPPED, "\t")) | FOLDED) | str.maketrans(
    dict.fromkeys((*_SPACES, *_BRACKETS, "，", "：", "；", "（", "）", "！", "？", "＂", "＇"))
)

_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)

NOT_COUNTED = re.compile("[" + re.escape(_DROPPED) + "]")
"""A character of folded text that does not count when labels are compared."""


def fold(text: str) -> str:
    """Return text of the same length with one width, one kind of space and one kind of bracket.

    Character i of the result stands for character i of the argument, so that places are kept. A tab parts cells as a
    bar does, except where it only indents.

    >>> fold("（二）　１５７条")
    '(二) 157条'
    """
    if "\t" in text:
        text = _INDENT.sub(lambda match: " " * len(match[0]), text).replace("\t", "|")
    match = _FOLDABLE.search(text)
    while match:
        text = text.replace(match[0], FOLDED[match[0]])
        match = _FOLDABLE.search(text, match.end())
    return text


def key(text: str) -> str:
    """Return a wording without spaces, brackets and punctuation, as labels are compared.

    >>> key("不是《条例》所指 政府信息")
    '不是条例所指政府信息'
    """
    return text.translate(_KEY)


def bare(folded: str) -> str:
    """Return what `key` returns, for long text that is folded already: one replacement a character, none a place.

    >>> bare(fold("（二） 不是《条例》所指　政府信息"))
    '二不是条例所指政府信息'
    """
    for character in _DROPPED:
        if character in folded:
            folded = folded.replace(character, "")
    return folded


def squeeze(text: str) -> str:
    """Return folded text without any space.

    >>> squeeze("统 计 指 标")
    '统计指标'
    """
    return text.replace(" ", "")
