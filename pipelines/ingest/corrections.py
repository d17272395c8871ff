"""Known errors of publishers: `corrections.yml` beside the raw files. What is printed stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import duckdb
import yaml

from pipelines.model.body import Body
from pipelines.model.observation import Source
from pipelines.registry.bodies import bodies_named
from pipelines.registry.dictionary import cell_named
from pipelines.registry.files import RegistryError
from pipelines.registry.problems import Problem
from pipelines.registry.written import Written, number, read_written
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.database import give

UNKNOWN = "unknown"
_STEP, _LARGEST = Decimal("0.0001"), Decimal(10) ** 14
_NEEDED = ("body", "year", "figure", "source", "printed", "believed", "reason", "evidence")
_ALSO = ("period", "occurrence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One figure that a publisher misprinted: where it stands, what is printed, what is believed (None: not known)."""

    line: int
    body_id: str
    report_year: int
    time_period: int
    indicator: str
    breakdown: str
    source: str
    occurrence: int
    printed: Decimal
    believed: Decimal | None
    reason_zh: str
    reason_en: str
    evidence: str

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it one figure of one report."""
        return (
            *(self.body_id, self.report_year, self.time_period),
            *(self.indicator, self.breakdown, self.source, self.occurrence),
        )


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the known errors of a file, none where there is no file.

    Raises Problem, with a line for each fault, where an entry lacks something, names no single body or no figure of
    the dictionary, believes what is printed, or is about a figure that another entry is about.
    """
    if not path.exists():
        return ()
    try:
        written = read_written(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Problem("corrections-faulty", path, (f"{path}: {' '.join(str(error).split())}",), found=1) from None
    _refuse(path, _faults(written))
    entries = zip(written.lines("corrections"), _entries(written), strict=True)
    found = tuple(_correction(line, entry) for line, entry in entries)
    _refuse(path, _told_twice(found))
    return found


def give_corrections(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Let the SQL files read the known errors; raises Problem where they are written wrongly."""
    found = load_corrections(settings.corrections)
    names = [each.name for each in fields(Correction)]
    give(connection, "core.correction", {name: [getattr(each, name) for each in found] for name in names})


def refuse_stale(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise Problem, with a line for each, where a current report does not print what a known error says it prints."""
    stale = connection.execute(statements("query")["query.stale_corrections"].text).fetchall()
    if stale:
        raise Problem("corrections-stale", path, tuple(f"{path}:{row[0]}: {row[1]}" for row in stale), found=len(stale))


def _refuse(path: Path, faults: Iterator[tuple[int, str]]) -> None:
    told = tuple(f"{path}:{line}: {fault}" for line, fault in faults)
    if told:
        raise Problem("corrections-faulty", path, told, found=len(told))


def _entries(written: Written) -> list[dict[str, Any]]:
    return cast("dict[str, list[dict[str, Any]]]", written.value)["corrections"]


def _faults(written: Written) -> Iterator[tuple[int, str]]:
    value = written.value
    if not isinstance(value, dict) or set(value) != {"corrections"} or not isinstance(value["corrections"], list):
        yield 1, "应为 corrections 列表 | expected a list `corrections` and nothing else"
        return
    yield from ((line, f"“{name}”写了两次 | {name!r} is written twice") for line, name in written.twice())
    for line, entry in zip(written.lines("corrections"), value["corrections"], strict=True):
        yield from ((line, fault) for fault in _entry_faults(entry))


def _entry_faults(entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "应为键值对 | expected keys and values"
        return
    if unknown := [str(name) for name in entry if name not in (*_NEEDED, *_ALSO)]:
        yield f"不认识 {'、'.join(unknown)} | unknown: {', '.join(unknown)}"
    if missing := [name for name in _NEEDED if entry.get(name) in (None, "")]:
        yield f"缺 {'、'.join(missing)} | missing: {', '.join(missing)}"
    else:
        yield from _place_faults(entry)
        yield from _value_faults(entry)


def _place_faults(entry: dict[str, Any]) -> Iterator[str]:
    whole = [name for name in ("year", "period", "occurrence") if name in entry and type(entry[name]) is not int]
    yield from (f"{name} “{entry[name]}”不是整数 | {name} {entry[name]!r} is no whole number" for name in whole)
    if "year" not in whole and len(found := _bodies(entry)) != 1:
        names = " | ".join(body.name for body in found) or "—"
        yield f"“{entry['body']}”不能确定为一个机关 | “{entry['body']}” is not one certain body: {names}"
    if entry["source"] not in set(Source):
        yield f"source “{entry['source']}”应为 {'、'.join(Source)} | expected one of {', '.join(Source)}"
    try:
        cell_named(str(entry["figure"]), "figure")
    except RegistryError as error:
        yield f"指标表没有 {entry['figure']} | {error}"


def _value_faults(entry: dict[str, Any]) -> Iterator[str]:
    printed, believed = _worth(entry["printed"]), _worth(entry["believed"])
    if printed is None:
        yield f"printed “{entry['printed']}”不是数 | printed {entry['printed']!r} is no number"
    if believed is None and entry["believed"] != UNKNOWN:
        yield f"believed “{entry['believed']}”应为数或 {UNKNOWN} | believed {entry['believed']!r}, expected a number"
    if printed is not None and printed == believed:
        yield f"printed 与 believed 同为 {printed} | printed and believed are both {printed}"
    reason = entry["reason"]
    if not isinstance(reason, dict) or set(reason) != {"zh", "en"} or not all(reason.values()):
        yield "reason 要有 zh 与 en | reason needs zh and en"


def _worth(written: object) -> Decimal | None:
    """Return a number as the warehouse keeps it, None where it is none or has more digits than that."""
    found = number(written)
    kept = found.quantize(_STEP) if found is not None and abs(found) < _LARGEST else None
    return kept if kept == found else None


def _bodies(entry: dict[str, Any]) -> tuple[Body, ...]:
    return bodies_named(str(entry["body"]), entry["year"])


def _correction(line: int, entry: dict[str, Any]) -> Correction:
    indicator, breakdown = cell_named(str(entry["figure"]), "figure")
    return Correction(
        line=line,
        body_id=_bodies(entry)[0].body_id,
        report_year=entry["year"],
        time_period=entry.get("period", entry["year"]),
        indicator=indicator,
        breakdown=breakdown,
        source=entry["source"],
        occurrence=entry.get("occurrence", 1),
        printed=cast("Decimal", _worth(entry["printed"])),
        believed=_worth(entry["believed"]),
        reason_zh=str(entry["reason"]["zh"]),
        reason_en=str(entry["reason"]["en"]),
        evidence=str(entry["evidence"]),
    )


def _told_twice(corrections: Sequence[Correction]) -> Iterator[tuple[int, str]]:
    first: dict[tuple[object, ...], int] = {}
    for each in corrections:
        line = first.setdefault(each.key, each.line)
        if line != each.line:
            yield each.line, f"与第 {line} 行说的是同一个数 | the same figure as on line {line}"
