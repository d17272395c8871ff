"""The bodies of the synthetic corpus: governments, their organs and the governments below them, as trees."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count as numbers
from typing import NamedTuple

from pipelines.demo.facts import facts
from pipelines.model.body import Body, BodyKind
from pipelines.registry.bodies import bodies_named
from pipelines.registry.divisions import Division, divisions


class Member(NamedTuple):
    """A body of the corpus, the name it prints, the years in which it is there, and the bodies that it adds up."""

    body: Body
    name: str
    level: str
    years: range
    children: tuple["Member", ...] = ()

    @property
    def place(self) -> str:
        """The name without that of the organ."""
        return self.name.removesuffix(facts("bodies")["government"])

    @property
    def size_class(self) -> str:
        """What decides how large its own figures are."""
        return self.level if self.body.kind is BodyKind.GOVERNMENT else self.body.kind.value


def trees(count: int, years: range) -> Iterator[Member]:
    """Yield provinces with everything below them, `count` bodies in all, or as many as there are.

    >>> [tree.name for tree in trees(3, range(2014, 2016))]
    ['浙江省人民政府']
    """
    left, step = count, _step(count, years)
    for province in _provinces(years)[: step * facts("bodies")["provinces_a_step"]]:
        if left:
            tree = _grown(province, left, step, years)
            left -= size(tree)
            yield tree


def size(tree: Member) -> int:
    """Return how many bodies a tree has."""
    return 1 + sum(map(size, tree.children))


def _step(count: int, years: range) -> int:
    """Return how far the trees have to grow for some bodies."""
    before = 0
    for step in numbers(1):
        provinces = _provinces(years)[: step * facts("bodies")["provinces_a_step"]]
        reached = sum(_capacity(province, step, years) for province in provinces)
        if reached >= count or reached == before:
            return step
        before = reached
    raise AssertionError


def _capacity(division: Division, step: int, years: range) -> int:
    below = (_capacity(each, step, years) for each in _below(division, years)[: _width(division, step)])
    return 1 + len(_organs(division.level, step)) + sum(below)


def _grown(division: Division, left: int, step: int, years: range) -> Member:
    """Return the government of a division with what is below it, no more bodies than are left."""
    left -= 1
    children: list[Member] = []
    for organ in _organs(division.level, step)[:left]:
        children += _members(division, organ, years)
    left -= len(children)
    for below in _below(division, years)[: _width(division, step)]:
        if left > 0:
            children.append(_grown(below, left, step, years))
            left -= size(children[-1])
    government = _members(division, facts("bodies")["government"], years)[0]
    return government._replace(children=tuple(children))


def _organs(level: str, step: int) -> list[str]:
    declared = facts("bodies")["organs"][level]
    organs: list[str] = declared["names"][: declared["least"] + step]
    return organs


def _width(division: Division, step: int) -> int:
    return {"province": step, "prefecture": step + 3}.get(division.level, 0)


def _members(division: Division, organ: str, years: range) -> list[Member]:
    """Return a body as a list, empty where no name tells it with certainty in every year."""
    there = range(years.start, min(years.stop, division.last_year + 1))
    for name in _names(division, organ):
        found = {bodies_named(name, year) for year in there}
        if len(found) == 1 and len(bodies := found.pop()) == 1:
            return [Member(bodies[0], name, division.level, there)]
    return []


def _names(division: Division, organ: str) -> Iterator[str]:
    """Yield what a body may be called, the shortest first."""
    above, name = division, division.name
    yield name + organ
    while above.parent:
        above = divisions()[above.parent][-1]
        name = above.name + name
        yield name + organ


@cache
def _provinces(years: range) -> tuple[Division, ...]:
    """Return the provinces that have prefectures, in the declared order."""
    order = {code: place for place, code in enumerate(facts("bodies")["provinces"])}
    found = [each for each in _all(years) if each.level == "province" and _below(each, years)]
    return tuple(sorted(found, key=lambda each: (order.get(each.code, len(order)), each.code)))


@cache
def _below(division: Division, years: range) -> Sequence[Division]:
    """Return the prefectures of a province, or the counties of a prefecture, of which a name is certain.

    Those that last come first, but the second is one that is abolished, if there is any.
    """
    found = [
        each for each in _children(years).get(division.code, ()) if _members(each, facts("bodies")["government"], years)
    ]
    lasting = [each for each in found if each.last_year >= years[-1]]
    ending = [each for each in found if each.last_year < years[-1]]
    return [*lasting[:1], *ending[:1], *lasting[1:], *ending[1:]]


@cache
def _children(years: range) -> dict[str, list[Division]]:
    levels = {"": "province", "province": "prefecture", "prefecture": "county"}
    found: dict[str, list[Division]] = {}
    for division in _all(years):
        parent = divisions()[division.parent][-1].level if division.parent else ""
        if levels.get(parent) == division.level:
            found.setdefault(division.parent, []).append(division)
    return found


@cache
def _all(years: range) -> tuple[Division, ...]:
    """Return the divisions that are there in the first of some years, by code."""
    everyone = (each for names in divisions().values() for each in names)
    there = (each for each in everyone if each.first_year <= years.start <= each.last_year)
    return tuple(sorted(there, key=lambda each: each.code))
