"""What differs between two builds, as lines for people and as one object for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.display.rows import Format, plain, render, text
from pipelines.model.comparison import Comparison, Section
from pipelines.model.observation import TOTAL
from pipelines.registry.comparison import DeclaredSection, declared_sections, headings
from pipelines.registry.dictionary import indicators

_Row = Mapping[str, Any]
_NOTHING = "—"
_ONE_SIDED = {"came", "gone"}


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the sections in which something differs, each with its first rows, and a summary at the end."""
    for section in comparison.sections:
        yield from _section_lines(section, declared_sections()[section.name])
    yield _summary(comparison)


def _section_lines(section: Section, declared: DeclaredSection) -> Iterator[str]:
    missing = "，".join(section.not_compared)
    if missing:
        yield f"{declared.zh} | {declared.en}：未比较，双方不都有 | not compared, not in both：{missing}"
    if section.total:
        yield f"{declared.zh} | {declared.en}：{section.total}（{_counted(section, declared)}）"
        shown = [{headings()[name]: _cell(row, name, declared) for name in declared.shown} for row in section.rows]
        columns = [headings()[name] for name in declared.shown]
        yield from (f"  {line}".rstrip() for line in render(columns, shown, Format.TABLE).splitlines())
    more = section.total - len(section.rows)
    if more:
        yield f"  … 另有 {more} | {more} more"
    if missing or section.total:
        yield ""


def _counted(section: Section, declared: DeclaredSection) -> str:
    return "，".join(f"{declared.kinds[kind]} {count}" for kind, count in section.kinds.items())


def _cell(row: _Row, name: str, declared: DeclaredSection) -> str:
    """Return what people see of a column: the word for a kind, an indicator by its name, or what it was and is."""
    if name == "kind":
        return declared.kinds[row["kind"]]
    if name == "cell":
        return _indicator(row["indicator"], row["breakdown"])
    if f"old_{name}" not in row:
        return _percent(row[name]) if name.endswith("_percent") else text(row[name])
    before, after = (text(row[f"{side}_{name}"]) for side in ("old", "new"))
    if before == after or row["kind"] in _ONE_SIDED:
        return after or before
    return f"{before or _NOTHING} → {after or _NOTHING}"


def _percent(value: Any) -> str:  # noqa: ANN401 - a decimal or nothing
    return "" if value is None else f"{value:+}"


def _indicator(indicator: str | None, breakdown: str | None) -> str:
    known = indicators().get(indicator or "")
    part = "" if breakdown in {TOTAL, "", None} else f"[{breakdown}]"
    return f"{known.zh} {indicator}{part}" if known else f"{indicator or ''}{part}"


def _summary(comparison: Comparison) -> str:
    told = "，".join(
        f"{declared_sections()[section.name].zh} {section.total}" for section in comparison.sections if section.total
    )
    part = "" if comparison.complete else "；有的未能比较 | some things could not be compared"
    found = f"有差异 differences：{told}" if told else "没有差异 | no differences"
    return f"{comparison.old} → {comparison.new}：{found}{part}"


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as one plain object: each section with its totals by kind and its first rows."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "different": comparison.different,
        "complete": comparison.complete,
        "sections": {section.name: _section_json(section) for section in comparison.sections},
    }


def _section_json(section: Section) -> dict[str, Any]:
    return {
        "total": section.total,
        "kinds": dict(section.kinds),
        "not_compared": list(section.not_compared),
        "rows": [plain(dict(row)) for row in section.rows],
    }
