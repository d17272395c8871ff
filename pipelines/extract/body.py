"""Which body a report is by: its name, and where several bodies have that name what the page tells besides."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.model.body import Body
from pipelines.registry.bodies import bodies_alike, bodies_named, unregistered
from pipelines.registry.divisions import Division, area_codes, divisions, divisions_named, domains
from pipelines.registry.frame import frame_wording

_MOST_CANDIDATES = 12


class Hint(NamedTuple):
    """What a page tells of the place of its body: divisions, any of which it may lie in, and by what."""

    by: str
    codes: frozenset[str]


def identify(name: str, year: int, text: str) -> Body:
    """Return the body of a name, told apart from others by the codes, telephones, addresses and sites of a page.

    `text` is the page without spaces. A body that nothing tells is unresolved, with the ids that it may have.
    """
    found = bodies_named(name, year)
    if len(found) == 1:
        return found[0]
    if not found:
        alike, _ = _told(bodies_alike(name, year), text, year)
        return unregistered(name, name or text, _ids(alike))
    left, hints = _told(found, text, year)
    if hints and len(left) == 1:
        body, told = left[0], dict.fromkeys(hint.by for hint in hints)
        return Body(body.body_id, body.name, body.division, body.kind, ", ".join(told))
    return unregistered(name, name, _ids(left or found))


def _told(bodies: Sequence[Body], text: str, year: int) -> tuple[list[Body], list[Hint]]:
    """Return the bodies that fit all that a page tells, and what of it fits any of them."""
    if not bodies:
        return [], []
    hints = [hint for hint in _hints(text, year) if any(_fits(body, hint) for body in bodies)]
    return [body for body in bodies if all(_fits(body, hint) for hint in hints)], hints


def _ids(bodies: Sequence[Body]) -> tuple[str, ...]:
    """Return the ids of bodies; of a crowd none, which would help nobody."""
    return tuple(body.body_id for body in bodies) if len(bodies) <= _MOST_CANDIDATES else ()


def _fits(body: Body, hint: Hint) -> bool:
    names = divisions().get(body.division, ())
    return any(division.lies_in(code) for division in names for code in hint.codes)


def _hints(text: str, year: int) -> Iterator[Hint]:
    """Yield what a page tells of the place of its body."""
    wording = frame_wording()
    for match in wording.organ_code.finditer(text):
        if match["division"] in divisions():
            yield Hint("organ code", frozenset({match["division"]}))
    for match in wording.telephone.finditer(text):
        if places := area_codes().get(match["area"]):
            yield Hint("area code", places)
    for match in wording.address.finditer(text):
        if codes := frozenset(_places(match["address"], year)):
            yield Hint("address", codes)
    for match in wording.domain.finditer(text):
        if province := domains().get(match["province"].lower()):
            yield Hint("domain", frozenset({province}))


def _places(address: str, year: int) -> Iterator[str]:
    """Yield the prefectures that an address names, the provinces where it names none."""
    found = [place for match in _above_counties(year).finditer(address) for place in divisions_named(year)[match[0]]]
    levels = {place.level for place in found}
    wanted = "prefecture" if "prefecture" in levels else "province"
    yield from (place.code for place in found if place.level == wanted)


@cache
def _above_counties(year: int) -> re.Pattern[str]:
    names = [name for name, same in divisions_named(year).items() if any(map(_is_above_counties, same))]
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def _is_above_counties(division: Division) -> bool:
    return division.level != "county"
