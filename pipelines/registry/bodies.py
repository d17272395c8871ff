"""Names of public bodies to bodies: the divisions and organs that a name can mean, and what people have registered."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import ne

from pipelines.model.body import Body, BodyKind
from pipelines.registry.divisions import Division, division_name, divisions_named
from pipelines.registry.files import RegistryError, read_csv, read_yaml
from pipelines.registry.wording import fold, squeeze

CENTRE = "000000"
_OFFICE, _DIGITS, _LONGEST_NAME, _SHORTEST_ALIKE = "office", 8, 16, 3


@dataclass(frozen=True, slots=True)
class _Organs:
    """The wording of organs.yml, compiled."""

    systems: re.Pattern[str]
    kinds: tuple[tuple[BodyKind, re.Pattern[str]], ...]
    same_name: tuple[tuple[re.Pattern[str], str], ...]
    central: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _organs() -> _Organs:
    declared = read_yaml("organs.yml")
    return _Organs(
        systems=re.compile("|".join(declared["systems"])),
        kinds=tuple((BodyKind(each["kind"]), re.compile(each["words"])) for each in declared["kinds"]),
        same_name=tuple((re.compile(written), name) for written, name in declared["same_name"]),
        central=re.compile(declared["central"]),
        before=re.compile(declared["before"]),
    )


@cache
def registered_bodies() -> dict[str, Body]:
    """Return every registered body by each of its names; a name that two bodies share is refused."""
    found: dict[str, Body] = {}
    for row in read_csv("bodies.csv"):
        body = Body(row["body_id"], row["name"], row["division"], BodyKind(row["kind"]), "registry")
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            if found.setdefault(name, body) != body:
                raise RegistryError(f"bodies.csv: {name} names both {found[name].body_id} and {body.body_id}")
    return found


@lru_cache(maxsize=8192)
def bodies_named(name: str, year: int) -> tuple[Body, ...]:
    """Return the bodies that a name can mean in a year: one where it is certain, none where it names no place.

    >>> [body.body_id for body in bodies_named("佳木斯市前进区人民政府", 2017)]
    ['230804']
    >>> [body.division for body in bodies_named("市中区人民政府办公室", 2017)]
    ['370103', '370402', '511002', '511102']
    >>> bodies_named("教育局", 2017)
    ()
    """
    wanted = _organs().before.sub("", squeeze(fold(name)))
    if wanted in registered_bodies():
        return (registered_bodies()[wanted],)
    system = _organs().systems.match(wanted)
    head, rest = (system[0], wanted[system.end() :]) if system else ("", wanted)
    places = _places(rest, year, short=bool(system))
    if not places:
        return tuple(filter(None, (_in_zone(wanted) or _central(wanted),)))
    reach = max(end for _, end in places)
    found = [_placed(place, head, rest[end:], year) for place, end in places if end == reach]
    return tuple(dict.fromkeys(body for body in found if body))


@lru_cache(maxsize=8192)
def bodies_alike(name: str, year: int) -> tuple[Body, ...]:
    """Return the bodies that a name would mean if one character of its place were another: 沐阳县 for 沭阳县.

    These are suggestions for a person and no more.

    >>> [body.name for body in bodies_alike("佳木市前进区", 2025)]
    []
    >>> [body.name for body in bodies_alike("乌鲁术齐市财政局", 2025)]
    ['新疆维吾尔自治区乌鲁木齐市财政局']
    """
    wanted = squeeze(fold(name))
    places = [place for place in divisions_named(year) if len(place) >= _SHORTEST_ALIKE and _is_alike(place, wanted)]
    found = (
        bodies_named(place + wanted[len(place) :], year)
        for place in sorted(places, key=lambda each: (-len(each), each))
    )
    return tuple(chain.from_iterable(found))


def _is_alike(place: str, name: str) -> bool:
    return place[-1:] == name[len(place) - 1 : len(place)] and sum(map(ne, place, name)) == 1


def unregistered(name: str, told_by: str, candidates: tuple[str, ...] = ()) -> Body:
    """Return a body that nobody knows: its id is made from its name, or from what tells it where it has none."""
    return Body("x" + _digest(told_by, 12), name, candidates=candidates)


def _places(text: str, year: int, *, short: bool) -> list[tuple[Division, int]]:
    """Return the divisions that a text begins with, the innermost of each chain, and where their names end."""
    found = list(_next(text, 0, year))
    if short and not found:
        found = list(_shortened(text, year))
    reached: list[tuple[Division, int]] = []
    while found:
        division, end = found.pop()
        inner = [(below, stop) for below, stop in _next(text, end, year) if _is_below(below, division)]
        found += inner
        reached += [] if inner else [(division, end)]
    return sorted(reached, key=lambda place: place[0].code)


def _next(text: str, begin: int, year: int) -> Iterator[tuple[Division, int]]:
    names = divisions_named(year)
    for end in range(min(len(text), begin + _LONGEST_NAME), begin + 1, -1):
        for division in names.get(text[begin:end], ()):
            yield division, end


def _shortened(text: str, year: int) -> Iterator[tuple[Division, int]]:
    """Yield the divisions that a text names without their last character: 佳木斯调查队."""
    names = divisions_named(year)
    for end in range(min(len(text), _LONGEST_NAME), 1, -1):
        for suffix in "市县区旗":
            yield from ((division, end) for division in names.get(text[:end] + suffix, ()))


def _is_below(division: Division, above: Division) -> bool:
    return division.code != above.code and above.code in (division.parent, division.province)


def _placed(place: Division, head: str, rest: str, year: int) -> Body | None:
    """Return the body of a division that the rest of a name tells, None where the rest is no name of an organ."""
    organ = _one_name(rest)
    if head:
        return _body(place.code, head + place.name + organ, head + organ)
    return _body(place.code, division_name(place.code, year) + organ, organ)


def _in_zone(name: str) -> Body | None:
    """Return a body of a registered zone, which is no division of its own."""
    zones = (each for each, body in registered_bodies().items() if body.kind is BodyKind.ZONE and name.startswith(each))
    zone = max(zones, key=len, default="")
    return _body(registered_bodies()[zone].division, name, _one_name(name)) if zone else None


def _central(name: str) -> Body | None:
    return _body(CENTRE, name, name) if _organs().central.match(name) else None


def _one_name(rest: str) -> str:
    for written, name in _organs().same_name:
        rest = written.sub(name, rest)
    return rest


def _body(division: str, name: str, organ: str) -> Body | None:
    kind = next((kind for kind, words in _organs().kinds if words.search(organ)), None)
    if kind is None:
        return None
    return Body(_body_id(division, kind, organ), name, division, kind, "name")


def _body_id(division: str, kind: BodyKind, organ: str) -> str:
    if kind is BodyKind.GOVERNMENT:
        return division
    return f"{division}-{_OFFICE if kind is BodyKind.OFFICE else _digest(organ, _DIGITS)}"


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
