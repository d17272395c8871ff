"""One wording for what is written in many ways, places kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.registry.units import factor, same_unit, units
from pipelines.registry.wording import fold, key, squeeze


@pytest.mark.parametrize(
    "text",
    [
        "统计指标",
        "统 计 指 标",
        "统\u3000计\u00a0指标",
        " 统计指标:",
        "《统计指标》",
        "“统计”指标",
        "（统计）指标",
        "【统计指标】",
        "统计、指标。",
        "統計指標",
        "統(tǒng)计(jì)指（ ｂ zhǐ ）标",
        "统计指标︵﹚",
    ],
)
def test_one_wording(text: str) -> None:
    assert key(text) == "统计指标"


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_and_squeezing_change_no_key(text: str) -> None:
    assert key(text) == key(fold(text)) == key(squeeze(fold(text)))


def test_units_of_one_kind_never_mix_with_another() -> None:
    assert same_unit("宗", "件")
    assert not same_unit("条", "件")
    assert (factor("元", "万元"), factor("人", "件")) == (factor("条", "条") / 10_000, None)  # type: ignore[operator]
    assert {units()[word] for word in units()} <= set(units())
