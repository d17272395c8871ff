"""The dictionary as a page: the same entries as mart.dictionary, for reading and searching."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipelines.registry.glossary import Entry, glossary
from pipelines.registry.tables import Table, tables

_HEAD = """# 字典 | Dictionary

由登记的事实生成（`make dictionary`），请勿手改；同样的内容在 `mart.dictionary` 中，可用中文查找：

    gongkai sql "SELECT kind, name, zh, unit FROM mart.dictionary WHERE zh LIKE '%结转%'"

Made from the declared facts by `make dictionary`; do not edit. `mart.dictionary` holds the same for queries.
"""
_TITLES = {
    "word": "列中用词 | Words that columns hold",
    "concept": "概念 | Concepts",
    "indicator": "指标 | Indicators",
    "breakdown": "分组 | Breakdowns",
    "form": "表式 | Forms",
    "form_row": "表式的行 | Rows of the forms",
    "rule": "规则 | Rules",
    "quarantine": "隔离原因 | Reasons for quarantine",
}


def dictionary_page() -> str:
    """Return the page, in Markdown."""
    others = (entry for entry in glossary() if entry.kind in _TITLES)
    parts = (_HEAD, *_tables(tables().values()), *(_section(kind, each) for kind, each in groupby(others, _kind)))
    return "\n".join(parts)


def _kind(entry: Entry) -> str:
    return entry.kind


def _tables(declared: Iterable[Table]) -> Iterator[str]:
    yield "## 表 | Tables\n"
    for table in declared:
        heads = ("列 column", "类型 type", "含义", "meaning")
        columns = ((f"`{column.name}`", column.type, column.zh, column.en) for column in table.columns)
        about = f"{table.zh} | {table.en}。主键 key: {', '.join(f'`{each}`' for each in table.key)}"
        yield f"### {table.name}\n\n{about}\n\n{_grid(heads, columns)}"


def _section(kind: str, entries: Iterable[Entry]) -> str:
    heads = ("编号 id", "中文", "English", "单位 unit", "说明 remark", "用在 used in")
    return f"## {_TITLES[kind]}\n\n{_grid(heads, map(_row, entries))}"


def _row(entry: Entry) -> tuple[str, ...]:
    note = " / ".join(filter(None, dict.fromkeys((entry.note_zh, entry.note_en))))
    return f"`{entry.name}`", entry.zh, entry.en, entry.unit, note, "、".join(entry.used_in)


def _grid(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
