"""The key of a figure: ids as they are, names and parts of names where they are certain."""

import pytest

from pipelines.ingest.key import UnknownKeyError, Word, parse_key

PRINTED = (
    Word("body_id", "230804", "佳木斯市前进区人民政府", held=True),
    Word("body_id", "230805", "佳木斯市东风区人民政府", held=True),
    Word("breakdown", "机构职能", "机构职能", held=True),
    Word("indicator", "disclosure.via_website", "网站信息公开数", held=True),
    Word("indicator", "requests_2014.by_fax", "传真申请数", held=True),
)


def given(key: str) -> dict[str, object]:
    return {name: value for name, value in parse_key(key, PRINTED).items() if value is not None}


def test_ids_in_any_order() -> None:
    assert parse_key("series 2017 disclosure.via_website 230804 total 2") == {
        "report_id": None,
        "body_id": "230804",
        "time_period": 2017,
        "indicator": "disclosure.via_website",
        "breakdown": "total",
        "source": "series",
        "occurrence": 2,
    }
    assert given("23b22ba9343587b6/机构职能") == {"report_id": "23b22ba9343587b6", "breakdown": "机构职能"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("政府网站公开政府信息数", "disclosure.via_website"),
        ("政府网站公开", "disclosure.via_website"),
        ("通过政府网站公开", "disclosure.via_website"),
        ("网站信息公开数", "disclosure.via_website"),
        ("政务微博", "disclosure.via_weibo"),
    ],
)
def test_an_indicator_by_its_name_or_a_part_that_no_other_has(key: str, value: str) -> None:
    assert given(key) == {"indicator": value}


@pytest.mark.parametrize("name", ["佳木斯市前进区人民政府", "前进区政府", "前进区", "前进"])
def test_a_body_by_its_name_or_a_part_of_it(name: str) -> None:
    assert given(f"{name}，2017年／series") == {"body_id": "230804", "time_period": 2017, "source": "series"}


def test_of_two_things_of_one_name_the_one_that_is_there() -> None:
    with pytest.raises(UnknownKeyError, match="fits 2 things"):
        parse_key("传真申请数")
    assert given("传真申请数") == {"indicator": "requests_2014.by_fax"}


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("disclosure.websites", r"did you mean .*disclosure\.via_website"),
        ("前进县", r"did you mean .*前进区.*\(230804\)"),
        ("230806/2017", r"did you mean .*\(230805\)"),
        ("佳木斯", r"fits 2 things: 佳木斯市前进区人民政府 \(230804\), 佳木斯市东风区"),
        ("2016/2017/230804", "'2016' and '2017' both name the time_period"),
        ("2017", "names no indicator, body or report"),
        ("", "names no indicator, body or report"),
        ("/、/", "no known indicator"),
    ],
)
def test_what_is_unknown_or_uncertain_is_refused_with_what_is_near(key: str, says: str) -> None:
    with pytest.raises(UnknownKeyError, match=says):
        parse_key(key, PRINTED)
