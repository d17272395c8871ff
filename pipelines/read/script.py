"""Pages that a script writes: HTML that stands as strings in JavaScript or JSON."""

import re
from collections.abc import Iterator
from html import unescape

HOLDS_TABLE = re.compile(r"(?:<|\\u003c|\\x3c|&lt;)table", re.IGNORECASE)
"""A table that opens in a text, escaped or not."""

_TOKEN = re.compile(
    r"""
      "(?P<double>(?:[^"\\\n]|\\[\s\S])*+)"
    | '(?P<single>(?:[^'\\\n]|\\[\s\S])*+)'
    | `(?P<template>(?:[^`\\]|\\[\s\S])*+)`
    | //[^\n]*+
    | /\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)
    | \\[\s\S]
    """,
    re.VERBOSE,
)
# What stands between two strings that are parts of one text.
_JOINT = re.compile(
    r"\s*+(?:\+\s*+|\)\s*+;?\s*+(?:window\.)?document\.write(?:ln)?\s*+\(\s*+|;?\s*+[\w.$]++\s*+\+=\s*+)"
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": "\f", "v": " ", "0": "", "\n": "", "\r\n": ""}
_CHARACTER_DATA = re.compile(r"<!\[CDATA\[|\]\]>")
_LARGEST_CODE = 0x10FFFF


def written_pages(script: str, kind: str) -> Iterator[str]:
    r"""Yield the HTML with tables that a script of some type holds: its strings, or all of it where it is no code.

    >>> list(written_pages(r'document.write("<table><tr><td>\u516c<\/td>" + "</table>")', ""))
    ['<table><tr><td>公</td></table>']
    """
    if kind and not re.search("javascript|ecmascript|json|module", kind, re.IGNORECASE):
        yield _CHARACTER_DATA.sub("", script)
    else:
        yield from dict.fromkeys(page for page in map(_markup, _texts(script)) if HOLDS_TABLE.search(page))


def _texts(script: str) -> Iterator[str]:
    """Yield the strings of a script, those put together in one go as one."""
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(script):
        if token.lastgroup is None:
            continue
        if parts and not _JOINT.fullmatch(script, end, token.start()):
            yield "".join(parts)
            parts.clear()
        parts.append(_unescaped(token[token.lastgroup]))
        end = token.end()
    yield "".join(parts)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _NAMED.get(match[4], match[4])
    return chr(min(int(code, 16), _LARGEST_CODE))


def _markup(text: str) -> str:
    """Return the HTML that a string holds; where its angle brackets are entities it is read twice."""
    return text if "<" in text else unescape(text)
