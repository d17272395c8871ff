"""A document prepared for reading: the same fragments, folded, beside their verbatim text."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from pipelines.model.document import Document
from pipelines.registry.wording import fold, squeeze


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its fragments folded (`lines`, same lengths) and without spaces (`tight`)."""

    document: Document
    lines: list[str]
    tight: list[str]

    @classmethod
    def of(cls, document: Document) -> "Page":
        """Return the page of a document; one pass over its whole text."""
        folded = fold("\n".join(document.texts))
        return cls(document, folded.split("\n"), squeeze(folded).split("\n"))

    def locator(self, line: int) -> str:
        """Return the place of one fragment."""
        return self.document.places[line]

    def verbatim(self, line: int, start: int = 0, end: int | None = None) -> str:
        """Return what is printed in (a part of) one fragment, without the space around it."""
        return self.document.texts[line][start:end].strip()


@dataclass(frozen=True, slots=True)
class Flow:
    """Fragments run together into one text that leads back: offset to fragment."""

    text: str
    starts: list[int]
    lines: list[int]

    @classmethod
    def of(cls, pieces: list[str], lines: list[int]) -> "Flow":
        """Return the flow of some texts, which are the fragments `lines`."""
        return cls("".join(pieces), [0, *accumulate(map(len, pieces))][:-1], lines)

    def position(self, offset: int) -> int:
        """Return which of the fragments holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def line(self, offset: int) -> int:
        """Return the number of the fragment that holds an offset."""
        return self.lines[self.position(offset)]
