"""A document prepared for reading: the same fragments, folded, beside their verbatim text."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress

from pipelines.model.document import Document
from pipelines.registry.wording import bare, fold, squeeze

_SPACE = re.compile(" ")


@dataclass(frozen=True, slots=True)
class Flow:
    """Fragments run together into one text that leads back: offset to fragment."""

    text: str
    starts: list[int]
    lines: list[int]

    @classmethod
    def of(cls, pieces: list[str], lines: list[int]) -> "Flow":
        """Return the flow of some texts, which are the fragments `lines`."""
        starts = list(accumulate(map(len, pieces), initial=0))
        starts.pop()
        return cls("".join(pieces), starts, lines)

    def position(self, offset: int) -> int:
        """Return which of the fragments holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def line(self, offset: int) -> int:
        """Return the number of the fragment that holds an offset."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    def offset(self, line: int) -> int:
        """Return where a fragment, or the first one after it, begins."""
        position = bisect_left(self.lines, line)
        return self.starts[position] if position < len(self.starts) else len(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its fragments folded (`lines`, same lengths), without spaces (`tight`), as compared (`keys`).

    `whole` and `keyed` run together what `tight` and `keys` hold of the fragments that are not blank.
    """

    document: Document
    lines: list[str]
    tight: list[str]
    keys: list[str]
    whole: Flow
    keyed: Flow

    @classmethod
    def of(cls, document: Document) -> "Page":
        """Return the page of a document; one pass over its whole text."""
        folded = fold("\n".join(document.texts))
        squeezed = squeeze(folded)
        lines, tight, keys = folded.split("\n"), squeezed.split("\n"), bare(squeezed).split("\n")
        filled = list(compress(range(len(tight)), tight))
        return cls(
            document=document,
            lines=lines,
            tight=tight,
            keys=keys,
            whole=Flow.of(list(filter(None, tight)), filled),
            keyed=Flow.of(list(compress(keys, tight)), filled),
        )

    def locator(self, line: int) -> str:
        """Return the place of one fragment."""
        return self.document.places[line]

    def verbatim(self, line: int, start: int = 0, end: int | None = None) -> str:
        """Return what is printed in (a part of) one fragment, without the space around it."""
        return self.document.texts[line][start:end].strip()

    def offset(self, line: int, tight: int) -> int:
        """Return where character `tight` of a fragment without spaces stands in the folded fragment."""
        folded = self.lines[line]
        return tight if len(folded) == len(self.tight[line]) else offset_of(folded, tight, _SPACE)


def offset_of(folded: str, kept: int, left_out: re.Pattern[str]) -> int:
    """Return where character `kept` of a text stands before the characters that `left_out` finds are taken out.

    >>> offset_of("(一) 总 计", 2, re.compile("[() ]"))
    6
    """
    return kept + bisect_right(_kept_before(folded, left_out), kept)


@lru_cache(maxsize=4096)
def folded(line: str) -> str:
    """Return a fragment folded; one that holds many rows is folded once."""
    return fold(line)


@lru_cache(maxsize=512)
def _kept_before(folded: str, left_out: re.Pattern[str]) -> list[int]:
    """Return for each character that is left out how many that are kept stand before it."""
    return [match.start() - index for index, match in enumerate(left_out.finditer(folded))]
