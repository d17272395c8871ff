"""What a run of fetching did, as lines for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pipelines.display.lines import failure_line
from pipelines.registry.fetching import failure_reasons

_KINDS = {
    "stored": "新存 stored",
    "unchanged": "未变 unchanged",
    "wanted": "将抓取 to fetch",
    "absent": "列表中没有 not listed",
    "failed": "失败 failed",
}


class Fetched(Protocol):
    """What became of one report."""

    @property
    def kind(self) -> str:
        """A word: stored, unchanged, wanted, absent, failed."""
        ...

    @property
    def line(self) -> int:
        """The line of its source in sources.yml."""
        ...

    @property
    def body(self) -> str:
        """Whose report."""
        ...

    @property
    def year(self) -> int | None:
        """Of which year."""
        ...

    @property
    def address(self) -> str:
        """From where."""
        ...

    @property
    def reason(self) -> str:
        """Why it failed."""
        ...

    @property
    def detail(self) -> str:
        """What was seen."""
        ...


def fetched_lines(sources: str, outcomes: Sequence[Fetched]) -> Iterator[str]:
    """Yield a line for each report that failed or is not in its list, then how many there are of each kind."""
    for each in outcomes:
        if each.kind == "failed":
            yield _failure(sources, each)
        elif each.kind == "absent":
            yield (
                f"{sources}:{each.line}: info not-listed: {each.body}：列表中没有 {each.year} 年的报告"
                f"（{each.address}） | the list has no report for {each.year}"
            )
    yield _summary(outcomes)


def _failure(sources: str, each: Fetched) -> str:
    reason = failure_reasons()[each.reason]
    seen = each.address if each.detail in {"", each.address} else f"{each.address}: {each.detail}"
    zh = f"{each.body}：{reason.zh}（{seen}）；{reason.todo_zh}"
    return failure_line(f"{sources}:{each.line}", each.reason, zh, f"{reason.en} ({seen}); {reason.todo_en}")


def _summary(outcomes: Iterable[Fetched]) -> str:
    counts = Counter(str(each.kind) for each in outcomes)
    told = "，".join(f"{name} {counts[kind]}" for kind, name in _KINDS.items() if counts[kind])
    return f"fetch: {told or '没有可抓取的 nothing to fetch'}"
