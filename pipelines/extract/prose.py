"""The running text of a report: lines joined to sentences, each character leading back to its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.page import Flow, Page

_CLOSED = re.compile(r"[。;:!?]$")
_OPENS = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d)|附件)")
_LONGEST_HEADING = 40
_SENTENCE = re.compile(r"[^。;!?\n]+")
_CLAUSE = re.compile(r"[^,。;!?\n]+")


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text without spaces: lines broken in mid-sentence are joined, headings stand alone."""

    page: Page
    flow: Flow

    @classmethod
    def of(cls, page: Page, lines: list[int]) -> "Prose":
        """Return the running text of some fragments, none of them empty."""
        pieces = [page.tight[line] for line in lines]
        closed = [
            piece + "\n" if _ends_here(piece, after) else piece
            for piece, after in zip(pieces, [*pieces[1:], ""], strict=True)
        ]
        return cls(page, Flow.of(closed, lines))

    def sentences(self) -> Iterator[re.Match[str]]:
        """Yield every sentence."""
        return _SENTENCE.finditer(self.flow.text)

    def clauses(self, sentence: re.Match[str]) -> Iterator[re.Match[str]]:
        """Yield the clauses of a sentence."""
        return _CLAUSE.finditer(self.flow.text, sentence.start(), sentence.end())

    def locator(self, offset: int) -> str:
        """Return the place of a character."""
        return self.page.locator(self.flow.line(offset))

    def printed(self, start: int, end: int) -> str:
        """Return the verbatim text of a span, as far as it stands on one line."""
        position = self.flow.position(start)
        line, first = self.flow.lines[position], start - self.flow.starts[position]
        folded = self.page.lines[line]
        if " " not in folded:
            return self.page.verbatim(line, first, first + end - start)
        shown = [offset for offset, character in enumerate(folded) if character != " "][first : first + end - start]
        return self.page.verbatim(line, shown[0], shown[-1] + 1)


def _ends_here(piece: str, after: str) -> bool:
    """Say whether a line ends a sentence: by its own mark, as a heading, or because the next one opens."""
    heading = len(piece) < _LONGEST_HEADING and _OPENS.match(piece) and "。" not in piece
    return bool(_CLOSED.search(piece) or heading or _OPENS.match(after))
