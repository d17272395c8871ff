"""Which of several bodies of one name a report is by: what the page tells besides, and nothing else."""

import pytest

from pipelines.extract.body import identify


@pytest.mark.parametrize(
    ("told", "body_id", "evidence"),
    [
        ("地址:四川省乐山市市中区柏杨东路1号", "511102", "address"),
        ("联系电话:0537-2212345", "", ""),
        ("联系电话:0632-3312345", "370402", "area code"),
        ("索引号:11370103004188888X/2019-00012", "370103", "organ code"),
        ("索引号:11370103004188888X/2019-00012联系电话:0531-82012345", "370103", "organ code, area code"),
        ("索引号:11370103004188888X/2019-00012地址:四川省乐山市", "", ""),
        ("网站:http://www.szq.sd.gov.cn/联系电话", "", ""),
        ("网站:http://www.szq.sc.gov.cn/xxgk,联系电话", "", ""),
        ("邮箱:szq@sc.gov.cn,地址:四川省乐山市", "511102", "address, domain"),
        ("网站:http://www.szq.sc.gov.cn地址:山东省枣庄市", "", ""),
        ("网站:http://www.szq.gz.gov.cn", "", ""),
        ("网站:http://sc.gov.cnn.com、http://www.gov.cn", "", ""),
        ("", "", ""),
        ("2018年,乐山市市中区代表团来我区考察。", "", ""),
    ],
)
def test_a_shared_name_is_told_by_codes_telephones_and_addresses(told: str, body_id: str, evidence: str) -> None:
    body = identify("市中区人民政府", 2018, told)
    assert body.evidence == evidence
    assert body.body_id == body_id if body_id else body.body_id.startswith("x")
    assert body.resolved or len(body.candidates) > 1


def test_a_shared_name_is_told_by_the_province_in_the_name_of_its_site() -> None:
    body = identify("鼓楼区人民政府", 2018, "网站:http://www.GL.FJ.gov.cn/xxgk,联系电话")
    assert (body.body_id, body.evidence) == ("350102", "domain")
    assert not identify("鼓楼区人民政府", 2018, "网站:http://www.gl.js.gov.cn").resolved


def test_an_unresolved_body_has_one_id_wherever_it_is_read() -> None:
    first, again = identify("市中区人民政府", 2018, "甲"), identify("市中区人民政府", 2018, "乙")
    assert first == again


def test_a_report_without_a_name_is_told_by_its_own_text() -> None:
    assert identify("", 2018, "甲").body_id != identify("", 2018, "乙").body_id


def test_a_name_with_a_slip_comes_with_a_suggestion() -> None:
    body = identify("沐阳县人民政府", 2025, "联系电话:0527-83551234")
    assert not body.resolved
    assert body.candidates == ("321322", "321323")
