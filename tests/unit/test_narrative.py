"""Figures in prose: what a sentence states, and what only looks like a statement."""

from decimal import Decimal

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.figure import Bound
from pipelines.model.observation import Status
from tests.generate.plain import read_prose

RECEIVED, REVIEW, LITIGATION = "requests_2014.received", "cases_2014.review", "cases_2014.litigation"
REQUESTS = {RECEIVED, "requests_2014.completed", "replies_2014.total"}


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("全年主动公开政府信息5,120条。", "disclosure.items", 5120),
        ("2017年，通过县政府网站公开各类信息412条。", "disclosure.via_website", 412),
        ("政务微博发布信息71条。", "disclosure.via_weibo", 71),
        ("政务微信公众号发布信息２９２０条。", "disclosure.via_wechat", 2920),
        ("回应公众热点和重大舆情3次。", "response.hot_issues", 3),
        ("举办新闻发布会5次。", "response.press_conferences", 5),
        ("发布政策解读稿件十九篇。", "response.policy_interpretations", 19),
        ("共收到政府信息公开申请18件。", RECEIVED, 18),
        ("举办培训班两次。", "training.sessions", 2),
        ("共培训180人次。", "training.trainees", 180),
        ("刊发政府公报12期。", "text.gazette_issues", 12),
        ("网站总访问量89280次。", "text.site_visits", 89280),
        ("人大代表建议、政协委员提案办复率均达100%。", "text.share", 100),
    ],
)
def test_a_figure_is_stated(sentence: str, indicator: str, value: int) -> None:
    (found,) = read_prose(sentence)
    assert (found.indicator, found.value, found.time_period) == (indicator, Decimal(value), 2017)


def test_a_list_divides_its_figure() -> None:
    found = read_prose("通过政府网站公开信息30条，其中，机构职能17条、政策文件8条，其他5条。")
    assert [(each.indicator, each.breakdown, each.value) for each in found] == [
        ("disclosure.via_website", "total", 30),
        ("text.category_items", "机构职能", 17),
        ("text.category_items", "政策文件", 8),
        ("text.category_items", "其他", 5),
    ]


def test_a_list_within_brackets_divides_its_item() -> None:
    found = read_prose("通过政府网站公开信息30条，其中机构职能17条（其中领导信息10条、内设机构7条）、政策文件13条。")
    assert [(each.breakdown, each.value) for each in found if each.breakdown != "total"] == [
        ("机构职能", 17),
        ("领导信息", 10),
        ("内设机构", 7),
        ("政策文件", 13),
    ]


def test_a_second_list_may_divide_the_whole_or_an_item() -> None:
    found = read_prose("通过政府网站公开信息30条，其中机构职能17条、其他13条，其中英文5条。")
    assert [each.breakdown for each in found] == ["total", "机构职能", "其他"]


def test_a_list_of_channels_names_channels() -> None:
    found = read_prose("全县主动公开政府信息300条，其中政府网站100条、政务微博80条、政务微信120条。")
    stated = [(each.indicator, each.value) for each in found]
    assert stated == [
        ("disclosure.items", 300),
        ("disclosure.via_website", 100),
        ("disclosure.via_weibo", 80),
        ("disclosure.via_wechat", 120),
    ]


def test_a_rounded_figure_says_so() -> None:
    (found,) = read_prose("全年主动公开政府信息3.9万余条。")
    assert (found.value, found.bound, found.precision) == (39_000, Bound.AND_MORE, 1_000)


def test_the_figure_of_another_year_keeps_its_year() -> None:
    assert {(found.time_period, found.value) for found in read_prose("2016年共收到政府信息公开申请5件。")} <= {
        (2016, 5)
    }


def test_a_sentence_broken_over_lines_is_one() -> None:
    (found,) = read_prose("2017年，通过县政府网站公开各类", "信息412条。")
    assert (found.value, found.indicator) == (412, "disclosure.via_website")


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("2017年度无依申请公开政府信息。", REQUESTS),
        ("2017年度无依申请公开政府信息和不予公开政府信息情况，2017年无处理情况。", REQUESTS),
        ("本机关未收到政府信息公开申请。", {RECEIVED}),
        ("没有收到公民、法人和其他组织的政府信息公开申请。", {RECEIVED}),
        ("2017年度无因政府信息公开申请行政复议、提起行政诉讼的情况", {REVIEW, LITIGATION}),
        ("未发生行政复议、行政诉讼。", {REVIEW, LITIGATION}),
        ("2017年度未发生信息公开的收费和减免情况。", {"fees.requests"}),
        ("未收取任何费用。", {"fees.requests"}),
        ("没有收到举报投诉。", {"complaints.received"}),
    ],
)
def test_a_nought_is_stated(sentence: str, stated: set[str]) -> None:
    found = {each.indicator for each in read_prose(sentence) if each.status is Status.STATED_ZERO}
    assert found == stated


@pytest.mark.parametrize(
    "sentence",
    [
        "对无正当理由逾期不公开的单位予以通报。",
        "申请人无正当理由逾期不补正申请的，视为放弃申请。",
        "申请信息不存在的，告知申请人无法提供。",
        "不予公开信息有10条。",
        "2016年度没有收到政府信息公开申请，也未发生行政复议、行政诉讼。",
        "2016年没有收到政府信息公开申请，没有举报投诉。",
        "上年未收到政府信息公开申请。",
        "上年未发生行政复议、行政诉讼。",
        "去年没有举报投诉。",
        "本年度无行政复议被纠错的情况。",
        "无行政诉讼败诉的案件。",
        "没有出现超期答复的申请。",
        "收到的申请无超期处理情况。",
        "12个部门未收到政府信息公开申请。",
        "如未收到政府信息公开申请，应当零报告。",
        "政务服务大厅受理申请12000件，办结11980件。",
        "市司法局受理行政复议案件320件。",
        "未完善依申请公开目录。",
        "行政复议机关不受理申请的情形未作规定。",
        "历年来无行政复议被撤销。",
        "政务微博粉丝3200人，微信公众号关注5600人。",
        "累计主动公开政府信息60300条。",
        "国办发〔2014〕32号文件要求15个工作日内答复。",
        "邮编：154002，电话：0454—8635149。",
        "全年共开展两三次培训。",
        "举办培训班三五次。",
        "设立12345政务服务热线。",
        "2017年3月5日，县政府召开第17次常务会议。",
        "政府信息公开方面，全县行政诉讼案件120件，其中涉及政府信息公开6件。",
        "信息公开和法治工作中，行政复议56件（涉信息公开3件）。",
        "信息公开和法治工作中，行政诉讼2件，均与政府信息公开无关。",
    ],
)
def test_a_trap_states_nothing(sentence: str) -> None:
    assert read_prose(sentence) == []


def test_a_figure_that_belongs_to_a_form_is_not_given_to_another() -> None:
    text = (
        "某县2025年政府信息公开工作年度报告\n"
        "统计期限自2025年1月1日至2025年12月31日止。\n"
        "全年受理政府信息公开申请749件，主动公开政府信息20条。"
    )
    extraction = read_report(text.encode()).extraction
    assert [found.indicator for found in extraction.observations] == ["disclosure.items"]
    assert [found.found for found in extraction.findings if found.rule == "unmapped-figure"] == ["749件"]
