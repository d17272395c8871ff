"""The bodies of the synthetic corpus: as many as asked for, each told by its name in every year."""

from collections.abc import Iterator

import pytest

from pipelines.demo.bodies import Member, size, trees
from pipelines.model.body import BodyKind
from pipelines.registry.bodies import bodies_named

YEARS = range(2014, 2025)


def members(count: int) -> Iterator[Member]:
    def below(member: Member) -> Iterator[Member]:
        yield member
        for child in member.children:
            yield from below(child)

    for tree in trees(count, YEARS):
        yield from below(tree)


@pytest.mark.parametrize("count", [0, 1, 2, 14, 75, 76, 900])
def test_there_are_as_many_bodies_as_asked_for(count: int) -> None:
    found = list(members(count))
    assert len(found) == count == sum(map(size, trees(count, YEARS)))
    assert len({member.body.body_id for member in found}) == count


def test_a_corpus_cannot_be_larger_than_the_country() -> None:
    assert 20_000 < sum(map(size, trees(1_000_000, YEARS))) < 1_000_000


def test_every_name_tells_its_body_in_every_year() -> None:
    for member in members(300):
        for year in member.years:
            assert bodies_named(member.name, year) == (member.body,)


def test_the_default_corpus_has_bodies_of_every_level_and_kind() -> None:
    found = list(members(75))
    assert len({member.body.division[:2] for member in found}) == 5
    assert {member.level for member in found if member.body.kind is BodyKind.GOVERNMENT} == {
        "province",
        "prefecture",
        "county",
    }
    assert {member.body.kind for member in found} == {BodyKind.GOVERNMENT, BodyKind.OFFICE, BodyKind.DEPARTMENT}


def test_some_bodies_are_abolished() -> None:
    ending = [member for member in members(75) if member.years.stop < YEARS.stop]
    assert ending
    assert len(ending) < 20
