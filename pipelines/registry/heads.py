"""What copies print above the columns of a table: each wording with the columns of the form that it heads."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, NamedTuple

from pipelines.registry.files import RegistryError, read_yaml
from pipelines.registry.units import units
from pipelines.registry.wording import key

_YEAR = r"(?:20\d{2}年?)?"
_UNIT = "|".join(sorted(map(re.escape, units()), key=len, reverse=True))
_UNNAMED = rf"(?:单位(?:{_UNIT})|[万亿]?元)?"
_UNITS = rf"(?:单位(?P<unit>{_UNIT})|(?P<money>[万亿]?元))?"
_ALWAYS = frozenset("0123456789.年一-—" + "".join(units()))


class Role(Enum):
    """What a head is: that of a column, of several, of their sum, of what is no figure of the form; or beside all.

    A `CELL` is beside all, and is known only as the whole text of a cell.
    """

    COLUMN = auto()
    GROUP = auto()
    SUBTOTAL = auto()
    REMARK = auto()
    ASIDE = auto()
    CELL = auto()


_EXTRA = frozenset({Role.SUBTOTAL, Role.REMARK})


class Head(NamedTuple):
    """A head as printed: its role, the columns of the form that it stands for, and the unit that it names."""

    role: Role
    label: str
    columns: tuple[int, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heads:
    """The heads of a table by their wordings; `pattern` finds them in text without spaces and punctuation.

    `characters` are all that occur in heads of the form that lines cut: those of their words, of years, of numbers.
    """

    pattern: re.Pattern[str]
    by_wording: Mapping[str, Head]
    characters: frozenset[str]

    def said(self, match: re.Match[str]) -> Head:
        """Return the head that was found."""
        return self.by_wording[match["head"]]._replace(unit=match["unit"] or match["money"] or "")

    def row_of(self, count: int) -> re.Pattern[str]:
        """Return what so many heads of columns look like, one after the other."""
        wordings = [wording for wording, head in self.by_wording.items() if head.role is Role.COLUMN]
        longest_first = sorted(wordings, key=lambda wording: (-len(wording), wording))
        return re.compile(rf"(?:(?:{'|'.join(map(re.escape, longest_first))}){_UNNAMED}){{{count}}}")

    def named(self, keyed: str) -> Head | None:
        """Return the head that is a whole text, None where it is none."""
        match = self.pattern.fullmatch(keyed)
        return self.said(match) if match else self.by_wording.get(keyed)


def heads_of(declared: Mapping[str, Any], where: str) -> Heads:
    """Return the heads of a table as its form declares them."""
    columns = declared.get("columns", [])
    labels = [key(column["label"]) for column in columns]
    by_wording: dict[str, Head] = {}
    for wording, head in _heads(declared, labels):
        if by_wording.setdefault(wording, head) != head:
            raise RegistryError(f"{where}: {wording} heads two things in table {declared['table']}")
    if doubtful := [wording for wording in by_wording if _is_two(wording, by_wording)]:
        raise RegistryError(f"{where}: {doubtful[0]} may be two heads side by side in table {declared['table']}")
    anywhere = [wording for wording, head in by_wording.items() if head.role is not Role.CELL]
    longest_first = sorted(anywhere, key=lambda wording: (-len(wording), wording))
    alternatives = "|".join(map(re.escape, longest_first)) or "(?!)"
    return Heads(
        pattern=re.compile(rf"{_YEAR}(?P<head>{alternatives}){_UNITS}"),
        by_wording=by_wording,
        characters=_ALWAYS.union(*(wording for wording, head in by_wording.items() if head.role not in _EXTRA)),
    )


def _is_two(wording: str, wordings: Container[str]) -> bool:
    return any(wording[:at] in wordings and wording[at:] in wordings for at in range(1, len(wording)))


def _heads(declared: Mapping[str, Any], labels: list[str]) -> Iterator[tuple[str, Head]]:
    for index, column in enumerate(declared.get("columns", [])):
        yield from _worded(column, Role.COLUMN, (index,))
    for role, name in ((Role.GROUP, "groups"), (Role.SUBTOTAL, "subtotals")):
        for entry in declared.get(name, []):
            yield from _worded(entry, role, tuple(labels.index(key(label)) for label in entry["columns"]))
    yield from _worded({"label": declared.get("title", declared["table"])}, Role.ASIDE, ())
    for role, name in ((Role.REMARK, "remarks"), (Role.ASIDE, "asides"), (Role.CELL, "cells")):
        for label in (*_shared()[name], *declared.get(name, ())):
            if key(label) not in labels:
                yield from _worded({"label": label}, role, ())


@cache
def sequence_heads() -> tuple[str, ...]:
    """Return what stands above a column of the numbers of rows."""
    return tuple(map(key, _shared()["sequences"]))


@cache
def _shared() -> dict[str, list[str]]:
    """Return the heads that tables of any form may have."""
    return {str(name): list(wordings) for name, wordings in read_yaml("heads.yml").items()}


def _worded(entry: Mapping[str, Any], role: Role, columns: tuple[int, ...]) -> Iterable[tuple[str, Head]]:
    head = Head(role, entry["label"], columns)
    return ((key(wording), head) for wording in (entry["label"], *entry.get("aliases", ())))
