"""Personal telephone numbers reach no table, and no figure is taken for one."""

import pytest

from pipelines.ingest.reading import read_report
from tests.integration.conftest import REPORT

TITLE = (
    "某县人民政府2017年政府信息公开工作年度报告\n统计期限自2017年1月1日至2017年12月31日止。\n主动公开政府信息12条。\n"
)
MOBILE = "13812345678"


def told(text: str) -> str:
    extraction = read_report(text.encode()).extraction
    said = [f"{found.label} {found.printed}" for found in extraction.observations]
    said += [f"{found.message_zh} {found.message_en} {found.found}" for found in extraction.findings]
    said += [f"{line.body_name} {line.note} {line.printed}" for line in extraction.roster]
    return "\n".join(said)


@pytest.mark.parametrize(
    "sentence",
    [
        f"联系人王某{MOBILE}办理各类来信120条。",
        f"咨询电话{MOBILE}接到来电35次。",
        f"王某（{MOBILE}）全年办理留言20条。",
    ],
)
def test_a_personal_number_in_prose_is_masked(sentence: str) -> None:
    said = told(TITLE + sentence)
    assert MOBILE not in said
    assert "138********" in said


def test_a_personal_number_in_a_table_is_masked_where_a_word_says_what_it_is() -> None:
    text = REPORT.read_text(encoding="utf-8")
    printed = text.replace("\n403\n", f"\n403 联系电话{MOBILE}\n", 1)
    assert printed != text
    assert MOBILE not in told(printed)


def test_an_amount_of_eleven_digits_is_printed_as_it_stands() -> None:
    assert f"{MOBILE}元" in told(f"{TITLE}全年收费{MOBILE}元。")


def test_digits_that_run_together_in_a_table_are_no_telephone_number() -> None:
    text = REPORT.read_text(encoding="utf-8").replace("\n403\n", f"\n{MOBILE}\n", 1)
    assert MOBILE in told(text)
