"""Tables and lists in Markdown."""

from collections.abc import Iterable, Sequence


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return a table.

    >>> print(grid(("id", "中文"), [("`a`", "一 | 二")]))
    | id | 中文 |
    | --- | --- |
    | `a` | 一 \| 二 |
    """
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def coded(names: Iterable[str], between: str = ", ") -> str:
    """Return names as code.

    >>> coded(["reported", "split"])
    '`reported`, `split`'
    """
    return between.join(f"`{name}`" for name in names)


def both(zh: str, en: str) -> str:
    """Return Chinese with English below it, as one cell."""
    return "<br>".join(filter(None, dict.fromkeys((zh, en))))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
