"""Names of bodies: divisions as they were called in a year, organs, and what only a person can decide."""

import pytest

from pipelines.model.body import BodyKind
from pipelines.registry.bodies import bodies_alike, bodies_named
from pipelines.registry.divisions import area_codes, divisions, divisions_named


@pytest.mark.parametrize(
    ("name", "year", "body_id", "kind"),
    [
        ("沭阳县人民政府", 2019, "321322", BodyKind.GOVERNMENT),
        ("宿迁市沭阳县", 2019, "321322", BodyKind.GOVERNMENT),
        ("江苏省宿迁市沭阳县政府", 2019, "321322", BodyKind.GOVERNMENT),
        ("上海市人民政府办公厅", 2019, "310000-office", BodyKind.OFFICE),
        ("佳木斯市政府办", 2016, "230800-office", BodyKind.OFFICE),
        ("吉林市船营区人民政府", 2018, "220204", BodyKind.GOVERNMENT),
        ("吉林省人民政府", 2018, "220000", BodyKind.GOVERNMENT),
        ("内蒙古人民政府", 2018, "150000", BodyKind.GOVERNMENT),
        ("酉阳县人民政府", 2018, "500242", BodyKind.GOVERNMENT),
        ("莱芜市莱城区人民政府", 2018, "371202", BodyKind.GOVERNMENT),
        ("济南市莱芜区人民政府", 2020, "370116", BodyKind.GOVERNMENT),
    ],
)
def test_a_name_tells_its_body(name: str, year: int, body_id: str, kind: BodyKind) -> None:
    (body,) = bodies_named(name, year)
    assert (body.body_id, body.kind) == (body_id, kind)


@pytest.mark.parametrize(
    ("name", "division", "kind"),
    [
        ("国家税务总局佳木斯市税务局", "230800", BodyKind.VERTICAL),
        ("国家统计局佳木斯调查队", "230800", BodyKind.VERTICAL),
        ("江宁区东山街道", "320115", BodyKind.TOWNSHIP),
        ("汉源县九襄镇人民政府", "511823", BodyKind.TOWNSHIP),
        ("淮安市教育局", "320800", BodyKind.DEPARTMENT),
        ("平潭综合实验区地方税务局", "350128", BodyKind.VERTICAL),
        ("平潭综合实验区管委会", "350128", BodyKind.ZONE),
        ("教育部", "000000", BodyKind.DEPARTMENT),
        ("国家发展和改革委员会", "000000", BodyKind.DEPARTMENT),
    ],
)
def test_an_organ_belongs_to_its_division(name: str, division: str, kind: BodyKind) -> None:
    (body,) = bodies_named(name, 2018)
    assert (body.division, body.kind) == (division, kind)
    assert body.body_id.isascii()


def test_two_ways_to_write_a_name_are_one_body() -> None:
    for one, other in (
        ("淮安市发改委", "江苏省淮安市发展和改革委员会"),
        ("江宁区东山街道", "南京市江宁区东山街道办事处"),
        ("汉源县九襄镇", "四川省汉源县九襄镇人民政府"),
    ):
        assert bodies_named(one, 2018) == bodies_named(other, 2018)


def test_the_whole_territory_and_the_own_office_are_two_bodies() -> None:
    whole, own = bodies_named("淮安市人民政府", 2020), bodies_named("淮安市人民政府办公室", 2020)
    assert whole[0].body_id != own[0].body_id


@pytest.mark.parametrize("name", ["鼓楼区人民政府", "市中区", "朝阳区教育局"])
def test_a_name_that_several_bodies_have_is_none_of_them(name: str) -> None:
    assert len({body.body_id for body in bodies_named(name, 2018)}) > 1


@pytest.mark.parametrize("name", ["", "教育局", "我县", "某某科技", "沭阳县中学生", "白山街道办事处"])
def test_a_name_without_a_place_or_an_organ_is_no_body(name: str) -> None:
    assert bodies_named(name, 2018) == ()


def test_a_division_is_known_by_the_name_of_the_year() -> None:
    assert bodies_named("上饶县", 2018)
    assert not bodies_named("上饶县", 2022)
    assert bodies_named("上饶市广信区", 2022)
    assert "广信区" not in divisions_named(2012)


def test_one_code_with_two_names_stays_one_body() -> None:
    assert (
        bodies_named("沈阳市东陵区人民政府", 2012)[0].body_id == bodies_named("沈阳市浑南区人民政府", 2020)[0].body_id
    )


def test_a_slip_of_one_character_is_a_suggestion_and_no_body() -> None:
    assert bodies_named("沐阳县人民政府", 2025) == ()
    assert "321322" in [body.body_id for body in bodies_alike("沐阳县人民政府", 2025)]


def test_every_parent_and_every_successor_is_a_division() -> None:
    for names in divisions().values():
        for division in names:
            assert not division.parent or division.parent in divisions()
            assert all(code in divisions() for code in division.successors)
            assert division.first_year <= division.last_year
    assert {code for codes in area_codes().values() for code in codes} <= set(divisions())
