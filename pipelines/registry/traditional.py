"""Traditional characters read as simplified ones, so that both scripts have one wording."""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.registry.files import RegistryError, read_yaml

_MANY = 6


@dataclass(frozen=True, slots=True)
class _Script:
    """What is replaced by what: words, characters of traditional script only, characters of both scripts."""

    words: dict[re.Pattern[str], str]
    certain: dict[int, str]
    doubtful: dict[int, str]
    seen: re.Pattern[str]


def simplified(text: str) -> str:
    """Return a text of the same length in simplified characters, so that places are kept.

    A text without a traditional character is returned as it is. Words that differ in Taiwan are replaced too.

    >>> simplified("政府資訊公開平臺"), simplified("乾县")
    ('政府信息公开平台', '乾县')
    """
    script = _script()
    if not script.seen.search(text):
        return text
    kinds = set(script.seen.findall(text))
    for word, replacement in script.words.items():
        text = word.sub(replacement, text)
    return text.translate(script.certain | script.doubtful if len(kinds) >= _MANY else script.certain)


@cache
def _script() -> _Script:
    declared = read_yaml("traditional.yml")
    certain = _pairs(declared["certain"])
    uneven = [word for word, replacement in declared["words"].items() if len(word) != len(replacement)]
    if uneven:
        raise RegistryError(f"traditional.yml: {', '.join(uneven)} are replaced by words of another length")
    return _Script(
        words=dict(_spaced(*pair) for pair in declared["words"].items()),
        certain=certain,
        doubtful=_pairs(declared["doubtful"]),
        seen=re.compile("[" + "".join(map(chr, certain)) + "]"),
    )


def _spaced(word: str, replacement: str) -> tuple[re.Pattern[str], str]:
    """Return a word, as it is found with space between its characters, and what replaces it, the space kept."""
    kept = "".join(f"{character}\\{place}" for place, character in enumerate(replacement[:-1], 1))
    return re.compile(r"(\s{0,9})".join(word)), kept + replacement[-1]


@cache
def traditional() -> frozenset[str]:
    """Return the characters that stand in no simplified text."""
    return frozenset(map(chr, _script().certain))


def _pairs(declared: dict[str, str]) -> dict[int, str]:
    """Return which character stands for which. Raises RegistryError where the two lists do not match."""
    lists = [declared[name].replace(" ", "") for name in ("traditional", "simplified")]
    if len(lists[0]) != len(lists[1]):
        raise RegistryError(f"traditional.yml: {len(lists[0])} traditional, {len(lists[1])} simplified characters")
    return {ord(character): replacement for character, replacement in zip(*lists, strict=True)}
