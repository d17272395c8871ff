"""The running text of a report: lines joined to sentences, each character leading back to its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.page import Flow, Page

_CLOSED = ("。", ";", ":", "!", "?")
_OPENS = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d)|附件)")
_LONGEST_HEADING = 40
_SENTENCE_ENDS = "。;!?\n"
_SENTENCE = re.compile(rf"[^{_SENTENCE_ENDS}]+")
_CLAUSE = re.compile(rf"[^,{_SENTENCE_ENDS}]+")


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text without spaces: lines broken in mid-sentence are joined, headings stand alone."""

    page: Page
    flow: Flow

    @classmethod
    def of(cls, page: Page, lines: list[int]) -> "Prose":
        """Return the running text of some fragments, none of them empty."""
        pieces = [page.tight[line] for line in lines]
        opens = [_OPENS.match(piece) is not None for piece in pieces]
        closed = [
            piece + "\n" if opens_next or _ends_here(piece, opens=opens_here) else piece
            for piece, opens_here, opens_next in zip(pieces, opens, (*opens[1:], False), strict=False)
        ]
        return cls(page, Flow.of(closed, lines))

    def sentences(self, *telling: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield every sentence in which a match of one of some expressions begins."""
        text, reached = self.flow.text, 0
        for place in sorted(match.start() for pattern in telling for match in pattern.finditer(text)):
            if place >= reached:
                begin = max([text.rfind(mark, reached, place) for mark in _SENTENCE_ENDS]) + 1
                sentence = _SENTENCE.match(text, max(begin, reached))
                if sentence is not None:
                    yield sentence
                    reached = sentence.end()

    def locator(self, offset: int) -> str:
        """Return the place of a character."""
        return self.page.locator(self.flow.line(offset))

    def is_spaced(self, offset: int) -> bool:
        """Say whether the fragment that holds a character is printed with spaces."""
        line = self.flow.line(offset)
        return len(self.page.tight[line]) != len(self.page.lines[line])

    def printed(self, start: int, end: int) -> str:
        """Return the verbatim text of a span, as far as it stands on one line."""
        flow, page = self.flow, self.page
        position = flow.position(start)
        line, first = flow.lines[position], start - flow.starts[position]
        width = len(page.tight[line])
        last = min(first + end - start, width) - 1
        if width == len(page.lines[line]):
            return page.verbatim(line, first, last + 1)
        return page.verbatim(line, page.offset(line, first), page.offset(line, last) + 1)


def clauses(sentence: str) -> Iterator[re.Match[str]]:
    """Yield the clauses of a sentence."""
    return _CLAUSE.finditer(sentence)


def _ends_here(piece: str, *, opens: bool) -> bool:
    """Say whether a line ends a sentence: by its own mark, or as a heading."""
    return piece.endswith(_CLOSED) or (opens and len(piece) < _LONGEST_HEADING and "。" not in piece)
