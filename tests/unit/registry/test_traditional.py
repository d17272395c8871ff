"""Traditional characters read as simplified ones, places kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.registry.traditional import simplified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府資訊公開年度報告", "政府信息公开年度报告"),
        ("資訊平臺，行政複議、行政復議", "信息平台，行政复议、行政复议"),
        ("統計期限自2017年1月1日起至12月31日止", "统计期限自2017年1月1日起至12月31日止"),
        (
            "關於辦理公民、法人和其他組織申請後的徵求意見情況的報告",
            "关于办理公民、法人和其他组织申请后的征求意见情况的报告",
        ),
        ("乾县於潜镇2017年政府信息公开工作年度报告", "乾县於潜镇2017年政府信息公开工作年度报告"),
        ("乾县政府平臺", "乾县政府平台"),
        ("", ""),
    ],
)
def test_both_scripts_have_one_wording(text: str, expected: str) -> None:
    assert simplified(text) == expected


def test_simplified_text_is_the_same_object() -> None:
    text = "某县人民政府2017年政府信息公开工作年度报告"
    assert simplified(text) is text


@given(st.text() | st.text(st.sampled_from("資訊網路程式公開報告關於乾後縣區數1 \n")))
def test_places_are_kept(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)
