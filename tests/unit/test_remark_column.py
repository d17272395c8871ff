"""A column of remarks beside the figures: what stands in it is never taken for the figure of a blank cell."""

import pytest

from pipelines.ingest.reading import read_report

ROWS = (
    ("统计指标", "单位", "统计数", "备注"),
    ("一、主动公开情况", "——", "", ""),
    ("（一）主动公开政府信息数", "条", "157", ""),
    ("其中：主动公开规范性文件数", "条", "", ""),
    ("制发规范性文件总数", "件", "3", "见附表"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", "", ""),
    ("1.政府公报公开政府信息数", "条", "", "8"),
    ("2.政府网站公开政府信息数", "条", "403", ""),
    ("3.政务微博公开政府信息数", "条", "107", "2"),
    ("4.政务微信公开政府信息数", "条", "", ""),
    ("5.其他方式公开政府信息数", "条", "0", ""),
)
TITLE = "某县人民政府2017年政府信息公开工作年度报告"
PERIOD = "统计期限自2017年1月1日至2017年12月31日止。"


def on_a_page() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body><p>{TITLE}</p><p>{PERIOD}</p><table>{rows}</table></body></html>"


def parted_by(mark: str) -> str:
    return "\n".join((TITLE, PERIOD, "政府信息公开情况统计表", *map(mark.join, ROWS)))


@pytest.mark.parametrize("text", [parted_by("\t"), parted_by("|"), on_a_page()], ids=["tabs", "bars", "page"])
def test_a_remark_is_no_figure(text: str) -> None:
    found = {each.indicator: each for each in read_report(text.encode()).extraction.observations}
    assert found["disclosure.via_gazette"].value is None
    assert found["disclosure.via_website"].value == 403
    assert found["disclosure.via_wechat"].value is None
    assert found["disclosure.items"].value == 157
