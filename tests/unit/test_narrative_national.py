"""Figures in prose since 2019 as publishers write them: what each sentence states, and what states nothing."""

from decimal import Decimal

import pytest

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.finding import Finding
from pipelines.model.identity import Verdict
from pipelines.model.observation import Source
from tests.generate.plain import national, said

Key = tuple[int, str, str]
Stated = dict[str | tuple[str, str] | Key, int | str]
REQUESTS = "(二)依申请公开情况。"


def claimed(reading: ReportReading) -> dict[Key, Decimal | None]:
    """Return what the prose states of figures that tables count, too."""
    return {key: value for key, value in said(reading).items() if not key[1].startswith("text.")}


def expected(stated: Stated, year: int) -> dict[Key, Decimal]:
    """Return figures under their full keys; a name alone is the total of the report's year."""
    return {_key(name, year): Decimal(value) for name, value in stated.items()}


def _key(name: str | tuple[str, str] | Key, year: int) -> Key:
    if isinstance(name, str):
        return year, name, "total"
    return name if len(name) == 3 else (year, *name)


@pytest.mark.parametrize(
    ("lines", "stated"),
    [
        (
            (REQUESTS, "受理申请2870件，答复2815件（含上年度结转41件，另有96件顺延到下年度答复）。"),
            {"requests.new": 2870, "results.total": 2815, "requests.carried_in": 41, "requests.carried_out": 96},
        ),
        (
            (
                REQUESTS,
                "共收到申请72件，上年结转4件，共计76件，依法办结73件，其中予以公开25件，部分公开4件，不予公开2件，无法提供31件，不予处理7件，其他处理4件，结转3件。",
            ),
            {
                "requests.new": 72,
                "requests.carried_in": 4,
                "results.total": 73,
                "results.granted": 25,
                "results.partially_granted": 4,
                "results.denied": 2,
                "results.unable": 31,
                "results.not_processed": 7,
                "results.other": 4,
                "requests.carried_out": 3,
            },
        ),
        (
            (REQUESTS, "除去上年结转的3件，全年共收到640件，办结636件，结转下年继续办理7件。"),
            {"requests.new": 640, "requests.carried_in": 3, "results.total": 636, "requests.carried_out": 7},
        ),
        ((REQUESTS, "加上上年结转的，除去结转下年度的，共办理1340件。"), {"results.total": 1340}),
        (
            (REQUESTS, "共收到申请1210件（上年度结转14件，结转下年度11件）。"),
            {"requests.carried_in": 14, "requests.carried_out": 11},
        ),
        (
            (REQUESTS, "受理35件，续办上年度结转2件，共办理37件，其中35件为自然人申请，2件为商业企业申请。"),
            {"requests.carried_in": 2},
        ),
        (
            (REQUESTS, "收到申请37件，其中35件为自然人申请，2件为商业企业申请。"),
            {"requests.new": 37, ("requests.new", "natural_person"): 35, ("requests.new", "commercial_enterprise"): 2},
        ),
        ((REQUESTS, "收到申请5件，全部为自然人申请，上年度结转0件。"), {"requests.new": 5, "requests.carried_in": 0}),
        (
            (
                REQUESTS,
                "公开渠道可查询并告知申请人查询方法的6件。因不属于本机关、经检索无对应信息等答复8件，属行政查询事项不予公开2件。",
            ),
            {"results.denied.administrative_query": 2},
        ),
        ((REQUESTS, "信息公开类行政复议6件，诉讼8件，均获维持。"), {"cases.review": 6, "cases.litigation": 8}),
        (
            (REQUESTS, "因信息公开引发争议4件，其中复议1件，诉讼3件，均结果维持。"),
            {"cases.review": 1, "cases.litigation": 3},
        ),
        ((REQUESTS, "行政复议1件（申请人撤回结案）、行政诉讼0件。"), {"cases.review": 1, "cases.litigation": 0}),
        ((REQUESTS, "信息公开类行政复议1起，正在办理中。"), {"cases.review": 1}),
        (
            ("制定规范性文件0件，废止0件，现行有效0件。",),
            {"normative_documents.issued": 0, "normative_documents.repealed": 0, "normative_documents.in_force": 0},
        ),
        (
            (
                "作出行政许可、行政处罚、行政强制决定分别为1980.5万宗、2310万宗和142.6万宗；行政事业性收费总金额201.3亿元。",
            ),
            {
                "licences.decisions": 19805000,
                "penalties.decisions": 23100000,
                "coercion.decisions": 1426000,
                "administrative_fees.amount": "201.3",
            },
        ),
        (
            (REQUESTS, "2024年全市接收通过邮寄、网络提交的各类政府信息公开申请共计81件，涉及自然人80件、商业企业1件。"),
            {"requests.new": 81, ("requests.new", "natural_person"): 80, ("requests.new", "commercial_enterprise"): 1},
        ),
        (("2024年1月至12月，共收到政府信息公开申请39件。",), {"requests.new": 39}),
        (
            ("2023年收到政府信息公开申请60件，2024年收到政府信息公开申请39件。",),
            {"requests.new": 39, (2023, "requests.new", "total"): 60},
        ),
        (("去年收到政府信息公开申请60件，今年收到政府信息公开申请39件。",), {"requests.new": 39}),
        (("全年收到政府信息公开申请39件（去年同期60件）。",), {"requests.new": 39}),
        (("全年收到政府信息公开申请39件，比上年减少21件，下降35%。",), {"requests.new": 39}),
        (("与去年收到的60件申请相比，今年收到政府信息公开申请39件。",), {"requests.new": 39}),
        (("与2023年的60件相比，今年收到政府信息公开申请39件，答复39件。",), {"requests.new": 39, "results.total": 39}),
        (("全市共收到政府信息公开申请300件，其中市政府本级收到45件。",), {"requests.new": 300}),
        (("全市共收到政府信息公开申请300件，市政府办公室收到45件，办结44件。",), {"requests.new": 300}),
        (("本机关收到政府信息公开申请5件。",), {"requests.new": 5}),
        (("当面受理政府信息公开申请2件，上年结转1件。",), {"requests.carried_in": 1}),
        (("收到政府信息公开申请30件，其中网络申请20件，信函申请10件。",), {"requests.new": 30}),
        (
            ("收到政府信息公开申请30件，其中，依法办结28件，2件结转下年度办理。",),
            {"requests.new": 30, "requests.carried_out": 2},
        ),
        ((REQUESTS, "不予公开8件中，涉及国家秘密3件。"), {"results.denied": 8}),
        ((REQUESTS, "收到政府信息公开申请33件（含上年结转3件）。"), {"requests.carried_in": 3}),
        ((REQUESTS, "收到政府信息公开申请33件，其中上年结转3件。"), {"requests.carried_in": 3}),
        ((REQUESTS, "含上年结转3件，全年共收到政府信息公开申请33件。"), {"requests.carried_in": 3}),
        ((REQUESTS, "收到申请33件，受理30件，不予受理3件。"), {"requests.new": 33}),
        ((REQUESTS, "收到政府信息公开申请33件、补正通知5件。"), {"requests.new": 33}),
        (
            (REQUESTS, "新收政府信息公开申请33件，上年结转2件，办结30件，结转下年5件。"),
            {"requests.new": 33, "requests.carried_in": 2, "results.total": 30, "requests.carried_out": 5},
        ),
        ((REQUESTS, "结转至2025年继续办理5件。"), {"requests.carried_out": 5}),
        (
            (REQUESTS, "办结28件，其中予以公开10件、部分公开5件、不予公开3件、无法提供8件、不予处理1件、其他处理1件。"),
            {
                "results.total": 28,
                "results.granted": 10,
                "results.partially_granted": 5,
                "results.denied": 3,
                "results.unable": 8,
                "results.not_processed": 1,
                "results.other": 1,
            },
        ),
        ((REQUESTS, "以公开渠道可查询告知的6件，予以公开10件。"), {"results.granted": 10}),
        (
            (REQUESTS, "因政府信息公开被申请行政复议3件，被提起行政诉讼2件。"),
            {"cases.review": 3, "cases.litigation": 2},
        ),
        (("因政府信息公开工作被申请行政复议3件，均维持。",), {"cases.review": 3}),
        ((REQUESTS, "行政复议、行政诉讼分别为3件、2件。"), {"cases.review": 3, "cases.litigation": 2}),
        ((REQUESTS, "行政复议3件、行政诉讼2件，其中维持4件。"), {"cases.review": 3, "cases.litigation": 2}),
        (
            (REQUESTS, "行政复议3件，其中维持2件，纠正1件；行政诉讼2件，均驳回。"),
            {"cases.review": 3, ("cases.review", "upheld"): 2, ("cases.review", "corrected"): 1, "cases.litigation": 2},
        ),
        (
            (REQUESTS, "经行政复议后提起诉讼2件，未经复议直接起诉1件。"),
            {"cases.litigation_after_review": 2, "cases.litigation_direct": 1},
        ),
        (
            (REQUESTS, "未发生行政复议、行政诉讼。"),
            {
                "cases.review": 0,
                "cases.litigation": 0,
                "cases.litigation_direct": 0,
                "cases.litigation_after_review": 0,
            },
        ),
        (
            ("全年未发生因政府信息公开引起的行政复议、行政诉讼案件。",),
            {
                "cases.review": 0,
                "cases.litigation": 0,
                "cases.litigation_direct": 0,
                "cases.litigation_after_review": 0,
            },
        ),
        (("全年未收到政府信息公开申请。",), {"requests.new": 0}),
        (("全年没有收到公民、法人或者其他组织的政府信息公开申请。",), {"requests.new": 0}),
        (("无结转下年度办理的申请。",), {"requests.carried_out": 0}),
        (("未收取信息处理费。",), {"fees.information_processing": 0}),
        (("收取信息处理费300元，上缴国库300元。",), {"fees.information_processing": 300}),
        (("2023年收取信息处理费300元。",), {(2023, "fees.information_processing", "total"): 300}),
        (("收取行政事业性收费12.5万元。",), {"administrative_fees.amount": "12.5"}),
        (
            ("制定行政规范性文件5件，废止2件，现行有效40件。",),
            {"normative_documents.issued": 5, "normative_documents.repealed": 2, "normative_documents.in_force": 40},
        ),
        (("作出行政处罚决定200件。",), {"penalties.decisions": 200}),
        (("微信公众号发布政务信息2920条。",), {"disclosure.via_wechat": 2920}),
        (("政务微博发布信息71条，转发评论300条。",), {"disclosure.via_weibo": 71}),
        (("发布政策解读12篇，其中图文解读5篇。",), {"response.policy_interpretations": 12}),
        (("参加省政府新闻发布会2场。",), {"response.press_conferences": 2}),
        (("全年主动公开政府信息约3.9万条。",), {"disclosure.items": 39000}),
        (("全年主动公开政府信息超过5万条。",), {"disclosure.items": 50000}),
        (("全年主动公开政府信息一百二十三条。",), {"disclosure.items": 123}),
        (("全年主动公开政府信息十余条。",), {"disclosure.items": 10}),
        (
            (REQUESTS, "收到申请四十二件，办结四十件，结转下年度两件。"),
            {"requests.new": 42, "results.total": 40, "requests.carried_out": 2},
        ),
        ((REQUESTS, "收到申请10余件。"), {"requests.new": 10}),
        ((REQUESTS, "收到申请30份，答复30份。"), {"requests.new": 30, "results.total": 30}),
        ((REQUESTS, "收到申请30宗。"), {"requests.new": 30}),
        ((REQUESTS, "收到政府信息公开申请30件，同比增长50%（2023年20件）。"), {"requests.new": 30}),
        ((REQUESTS, "收到申请30件，办结28件。另收到政府信息公开申请40件。"), {"results.total": 28}),
        (("组织培训班2次，培训500人次。",), {"training.sessions": 2, "training.trainees": 500}),
        (
            (
                REQUESTS,
                "2024年，全市各级行政机关共新收政府信息公开申请1520件，同比增长12.3%，其中自然人申请1480件、法人和其他组织申请40件。办结1498件，其中，予以公开560件，部分公开210件，不予公开98件，无法提供402件，不予处理150件，其他处理78件；结转下年度继续办理55件。",
            ),
            {
                "requests.new": 1520,
                ("requests.new", "natural_person"): 1480,
                "results.total": 1498,
                "results.granted": 560,
                "results.partially_granted": 210,
                "results.denied": 98,
                "results.unable": 402,
                "results.not_processed": 150,
                "results.other": 78,
                "requests.carried_out": 55,
            },
        ),
        ((REQUESTS, "共收到65件，办结65件。"), {"requests.new": 65, "results.total": 65}),
        (
            ("(二)依申请公开情况。全年收到申请20件。", "（三）12345热线办理情况。", "收到申请650件，答复649件。"),
            {"requests.new": 20},
        ),
        (
            ("(二)依申请公开情况。", "全年收到申请20件，答复20件。", "承办热线工单100件，办结98件。"),
            {"requests.new": 20, "results.total": 20},
        ),
        (("(二)依申请公开情况。", "全年收到申请20件；", "收到来信30件；", "答复50件。"), {"requests.new": 20}),
        ((REQUESTS, "全年收到申请20件，按期办结率100%，群众满意率98%。"), {"requests.new": 20}),
        (
            (REQUESTS, "全市收到政府信息公开申请80件，其中市政府办公室收到12件，县自然资源局收到30件。"),
            {"requests.new": 80},
        ),
        ((REQUESTS, "从答复结果看，予以公开20件，不予公开3件。"), {"results.granted": 20, "results.denied": 3}),
        (
            (REQUESTS, "予以公开20件，同比增加5件；不予公开3件，同比减少2件。"),
            {"results.granted": 20, "results.denied": 3},
        ),
        ((REQUESTS, "去年予以公开15件，今年予以公开20件。"), {"results.granted": 20}),
        ((REQUESTS, "予以公开20件（上年15件）。"), {"results.granted": 20}),
        (
            (REQUESTS, "2023年共收到申请15件，办结15件。2024年收到申请20件，办结19件。"),
            {"requests.new": 20, "results.total": 19},
        ),
        ((REQUESTS, "上年结转的3件已全部办结。"), {"requests.carried_in": 3}),
        ((REQUESTS, "上年度无结转，本年度收到申请20件。"), {"requests.new": 20}),
        ((REQUESTS, "收到申请20件，全部按时答复。"), {"requests.new": 20}),
        ((REQUESTS, "收到申请20件（线上15件、线下5件），答复20件。"), {"requests.new": 20, "results.total": 20}),
        (
            (REQUESTS, "收到申请20件(其中:线上15件(网站10件、邮箱5件)、线下5件)，答复20件。"),
            {"requests.new": 20, "results.total": 20},
        ),
        ((REQUESTS, "共接收申请20件，较上年15件增加5件。"), {"requests.new": 20}),
        ((REQUESTS, "较上年15件增加5件，共接收申请20件。"), {"requests.new": 20}),
        ((REQUESTS, "收到申请不足20件。"), {"requests.new": 20}),
        ((REQUESTS, "收到政府信息公开申请二十余件。"), {"requests.new": 20}),
        ((REQUESTS, "其中15件结转至下一年度继续办理，5件已撤回。"), {"requests.carried_out": 15}),
        ((REQUESTS, "因政府信息公开引发行政复议5件，其中3件维持，1件纠正，1件尚未审结。"), {"cases.review": 5}),
        (
            (REQUESTS, "政府信息公开行政复议案件5件（维持3件、纠正1件、尚未审结1件），行政诉讼2件。"),
            {
                "cases.review": 5,
                ("cases.review", "upheld"): 3,
                ("cases.review", "corrected"): 1,
                ("cases.review", "pending"): 1,
                "cases.litigation": 2,
            },
        ),
        (
            (REQUESTS, "政府信息公开行政复议案件5件，结果维持3件，结果纠正1件，其他结果0件，尚未审结1件。"),
            {
                "cases.review": 5,
                ("cases.review", "upheld"): 3,
                ("cases.review", "corrected"): 1,
                ("cases.review", "other"): 0,
                ("cases.review", "pending"): 1,
            },
        ),
        (
            (REQUESTS, "政府信息公开行政诉讼案件8件，其中未经复议直接起诉5件，复议后起诉3件。"),
            {"cases.litigation": 8, "cases.litigation_direct": 5, "cases.litigation_after_review": 3},
        ),
        (
            ("四、政府信息公开行政复议、行政诉讼情况", "行政复议3件，行政诉讼2件。"),
            {"cases.review": 3, "cases.litigation": 2},
        ),
        ((REQUESTS, "无行政复议。"), {"cases.review": 0}),
        (
            (REQUESTS, "无行政复议和行政诉讼。"),
            {
                "cases.review": 0,
                "cases.litigation": 0,
                "cases.litigation_direct": 0,
                "cases.litigation_after_review": 0,
            },
        ),
        (
            (REQUESTS, "没有引起行政复议、行政诉讼情况。"),
            {
                "cases.review": 0,
                "cases.litigation": 0,
                "cases.litigation_direct": 0,
                "cases.litigation_after_review": 0,
            },
        ),
        ((REQUESTS, "全年无政府信息公开申请。"), {"requests.new": 0}),
        ((REQUESTS, "全年无依申请公开信息。"), {"requests.new": 0}),
        (
            (REQUESTS, "本年度没有收到政府信息公开申请，无行政复议、行政诉讼。"),
            {
                "requests.new": 0,
                "cases.review": 0,
                "cases.litigation": 0,
                "cases.litigation_direct": 0,
                "cases.litigation_after_review": 0,
            },
        ),
        (("全年无收取政府信息公开信息处理费的情况。",), {"fees.information_processing": 0}),
        (("本机关2024年度未收取政府信息公开信息处理费。",), {"fees.information_processing": 0}),
        (("2024年未产生信息处理费。",), {"fees.information_processing": 0}),
        (("发出收费通知3份，收取信息处理费450元。",), {"fees.information_processing": 450}),
        (("信息处理费收入450元已上缴。",), {"fees.information_processing": 450}),
        (("收取信息处理费0.05万元。",), {"fees.information_processing": "0.05"}),
        (("全市行政机关共收取信息处理费4500元，其中市政府办公室收取450元。",), {"fees.information_processing": 4500}),
        (
            ("通过县政府门户网站公开各类信息4500条，其中动态类3000条、公告类800条、其他700条。",),
            {"disclosure.via_website": 4500},
        ),
        (("县政府网站发布信息4500条，县教育局网站发布信息300条。",), {"disclosure.via_website": 4500}),
        (("在网站公开的4500条信息中，政策类300条。",), {"disclosure.via_website": 4500}),
        (("全县主动公开政府信息1.2万条，同比增长20%。",), {"disclosure.items": 12000}),
        (("本年主动公开政府信息总数为1200条。",), {"disclosure.items": 1200}),
        (("召开新闻发布会5场，其中主要负责人出席2场。",), {"response.press_conferences": 5}),
        (("回应热点舆情12次，回复留言300条。",), {"response.hot_issues": 12}),
        (("开展在线访谈6次，发布访谈报道12篇。",), {"response.online_interviews": 6}),
        (("制定政府规章2件，修改3件，废止1件。",), {"rules.issued": 2}),
        (("印发行政规范性文件5件。",), {"normative_documents.issued": 5}),
        (("宣布废止规范性文件5件。",), {"normative_documents.repealed": 5}),
        (("公布现行有效行政规范性文件目录，现行有效行政规范性文件45件。",), {"normative_documents.in_force": 45}),
        (
            ("作出行政许可决定1.2万件、行政处罚决定300件、行政强制决定5件。",),
            {"licences.decisions": 12000, "penalties.decisions": 300, "coercion.decisions": 5},
        ),
        (("市政府共收到政府信息公开申请30件。",), {"requests.new": 30}),
        (("一、总体情况2024年，我市认真贯彻条例。全年收到政府信息公开申请30件。",), {"requests.new": 30}),
        (
            (
                "一、总体情况",
                "（一）主动公开",
                "全年主动公开政府信息3000条",
                "(二)依申请公开",
                "全年收到申请30件，已办结28件，2件结转下年度办理",
            ),
            {"disclosure.items": 3000, "requests.new": 30, "results.total": 28, "requests.carried_out": 2},
        ),
        (("2.依申请公开。全年收到申请30件，答复28件。",), {"requests.new": 30, "results.total": 28}),
        (("在依申请公开方面，全年收到申请30件，答复28件。",), {"requests.new": 30, "results.total": 28}),
        (("依申请公开。2024年，收到申请30件，均已答复。",), {"requests.new": 30}),
        (("全年收到依申请公开30件，办结30件。",), {"requests.new": 30, "results.total": 30}),
        (
            ("全年受理依申请公开政府信息30件，上年结转0件，办结30件。",),
            {"requests.new": 30, "requests.carried_in": 0, "results.total": 30},
        ),
        (("共办结政府信息公开申请30件。",), {"results.total": 30}),
        (("依法答复公民、法人和其他组织提出的政府信息公开申请30件。",), {"results.total": 30}),
        (("收到政府信息公开申请30件，数量较上年（25件）增长20%。",), {"requests.new": 30}),
        (("2024年收到政府信息公开申请30件（2023年：25件）。",), {"requests.new": 30}),
        (("全年收到政府信息公开申请30件，办结率100%，结转0件。",), {"requests.new": 30}),
        (
            (REQUESTS, "上年结转2件，本年新收30件，本年办结31件，结转下年1件。"),
            {"requests.carried_in": 2, "requests.new": 30, "results.total": 31, "requests.carried_out": 1},
        ),
        (
            (
                REQUESTS,
                "本年度新收政府信息公开申请30件；上年结转政府信息公开申请2件；本年度办理结果31件；结转下年度继续办理1件。",
            ),
            {"requests.new": 30, "requests.carried_in": 2, "requests.carried_out": 1},
        ),
        (
            (REQUESTS, "予以公开12件（占40%），部分公开3件（占10%），无法提供15件（占50%）。"),
            {"results.granted": 12, "results.partially_granted": 3, "results.unable": 15},
        ),
        ((REQUESTS, "予以公开的12件，不予公开的3件。"), {"results.granted": 12, "results.denied": 3}),
        ((REQUESTS, "不予公开3件均为涉及第三方权益。"), {"results.denied": 3}),
        (
            (REQUESTS, "信访举报投诉类申请5件、重复申请2件。"),
            {"results.not_processed.petition": 5, "results.not_processed.repeated": 2},
        ),
        ((REQUESTS, "引发行政复议3件，行政诉讼2件，均未被纠错。"), {"cases.review": 3, "cases.litigation": 2}),
        ((REQUESTS, "发生行政复议案件0件，行政诉讼案件0件。"), {"cases.review": 0, "cases.litigation": 0}),
        ((REQUESTS, "涉政府信息公开行政复议3件、行政诉讼2件。"), {"cases.review": 3, "cases.litigation": 2}),
        ((REQUESTS, "行政复议3件中，1件被撤销。"), {"cases.review": 3}),
        (
            ("三、因政府信息公开被申请复议和提起诉讼情况", "2024年，行政复议3件，行政诉讼2件。"),
            {"cases.review": 3, "cases.litigation": 2},
        ),
        (
            ("本机关无政府信息公开引起的行政复议、行政诉讼。",),
            {
                "cases.review": 0,
                "cases.litigation": 0,
                "cases.litigation_direct": 0,
                "cases.litigation_after_review": 0,
            },
        ),
        (("未出现因政府信息公开引起的行政复议案件。",), {"cases.review": 0}),
        (("收取信息处理费0元。",), {"fees.information_processing": 0}),
        (("现行有效的行政规范性文件40件全部公开。",), {"normative_documents.in_force": 40}),
        (("全年制定行政规范性文件12件（含修订3件）。",), {"normative_documents.issued": 12}),
        (("市政府制定行政规范性文件12件。",), {"normative_documents.issued": 12}),
        (("全市共制定行政规范性文件120件，其中市政府制定12件。",), {"normative_documents.issued": 120}),
        (("政府网站发布信息5500条，其中概况类10条，政务动态3000条。",), {"disclosure.via_website": 5500}),
        (("政府网站全年更新信息5500条，开设专栏12个。",), {"disclosure.via_website": 5500}),
        (("网站发布政策解读信息55条。",), {"response.policy_interpretations": 55}),
        (("公众号发布信息672条。",), {"disclosure.via_wechat": 672}),
    ],
)
def test_a_sentence_states_figures(lines: tuple[str, ...], stated: Stated) -> None:
    assert claimed(national(*lines)) == expected(stated, 2024)


@pytest.mark.parametrize(
    ("lines", "body", "year", "stated"),
    [
        (("我街道收到政府信息公开申请5件。",), "桥西区中山街道办事处", 2024, {"requests.new": 5}),
        (("我办收到政府信息公开申请5件。",), "桥西区中山街道办事处", 2024, {"requests.new": 5}),
        (("我镇收到政府信息公开申请5件。",), "汉源县九襄镇人民政府", 2024, {"requests.new": 5}),
        (
            ("全镇收到政府信息公开申请5件，办结5件。",),
            "汉源县九襄镇人民政府",
            2024,
            {"requests.new": 5, "results.total": 5},
        ),
        (("本局收到政府信息公开申请5件。",), "伊宁县水利局", 2024, {"requests.new": 5}),
        (
            ("主动公开规章11件，行政规范性文件52件，其他文件150件，人事任免130件。",),
            "某市人民政府",
            2019,
            {"rules.newly_disclosed": 11, "normative_documents.newly_disclosed": 52},
        ),
        (
            ("行政许可本年新增18项，总计18项，处理决定640件。",),
            "某市人民政府",
            2019,
            {"licences.items_change": 18, "licences.decisions": 640},
        ),
        (
            ("政府集中采购22个项目，金额18.5万元。",),
            "某市人民政府",
            2019,
            {"procurement.projects": 22, "procurement.amount": "18.5"},
        ),
        (("我局收到政府信息公开申请5件。",), "安庆市财政局", 2024, {"requests.new": 5}),
        (
            ("安庆市财政局共收到政府信息公开申请5件，办结5件。",),
            "安庆市财政局",
            2024,
            {"requests.new": 5, "results.total": 5},
        ),
        (("市人民政府办公室收到政府信息公开申请5件。",), "安庆市人民政府办公室", 2024, {"requests.new": 5}),
        (
            ("全市收到政府信息公开申请500件，市政府办公室收到政府信息公开申请5件。",),
            "安庆市人民政府办公室",
            2024,
            {"requests.new": 5},
        ),
        (("区政府共收到政府信息公开申请30件。",), "长沙市岳麓区人民政府", 2024, {"requests.new": 30}),
        (("区管委会共收到政府信息公开申请30件。",), "平潭综合实验区管委会", 2024, {"requests.new": 30}),
    ],
)
def test_a_body_states_figures_of_its_year(lines: tuple[str, ...], body: str, year: int, stated: Stated) -> None:
    assert claimed(national(*lines, body=body, year=year)) == expected(stated, year)


@pytest.mark.parametrize(
    "lines",
    [
        ("市政府规章14件（含新制定6件，修改5件，废止3件）。",),
        ("(五)监督保障情况。", "全年共收到人大代表建议、政协委员提案56件，办结56件，答复率100%。"),
        (REQUESTS, "全年收到群众来信120件，答复118件。"),
        (REQUESTS, "12345热线受理工单3200件，办结3190件，办结率99.7%。"),
        ("全年受理行政许可申请860件，办结855件。",),
        ("政务服务大厅受理申请12000件，办结11980件，结转下年度20件。",),
        (REQUESTS, "收到信访事项45件，答复45件。"),
        (REQUESTS, "通过县长信箱收到留言300条，答复298条。"),
        (REQUESTS, "收到网民咨询50件，均已答复。"),
        ("办理人大代表建议30件、政协提案20件，全部予以公开。",),
        ("办结人大建议12件，其中予以公开10件，不予公开2件。",),
        ("收到低保申请300件，审批通过280件，不予处理5件。",),
        ("共收到救助申请30件，办结28件。",),
        (REQUESTS, "受理投诉举报15件，办结15件。"),
        ("2022年至2024年，全市共收到政府信息公开申请900件。",),
        ("三年来，全市共收到政府信息公开申请900件。",),
        ("近三年共收到政府信息公开申请900件，办结880件。",),
        ("“十四五”以来，全市累计受理政府信息公开申请3000件。",),
        ("自2008年以来，共收到政府信息公开申请1200件。",),
        ("截至2024年底，共收到政府信息公开申请1200件。",),
        ("上半年，共收到政府信息公开申请30件，办结28件。",),
        ("2024年上半年收到政府信息公开申请30件。下半年收到政府信息公开申请40件。",),
        ("1-6月，收到政府信息公开申请30件。",),
        ("第三季度收到政府信息公开申请9件。",),
        ("2024年3月，收到政府信息公开申请9件，答复9件。",),
        ("政府信息公开申请较2023年增加12件。",),
        ("收到政府信息公开申请比上年增加12件。",),
        ("收到政府信息公开申请数量同比增加12件。",),
        ("市政府办公室收到政府信息公开申请12件。",),
        ("市政府本级收到政府信息公开申请45件，办结44件，结转下年度1件。",),
        ("各县区共收到政府信息公开申请200件。",),
        ("市公安局收到政府信息公开申请50件。",),
        ("各乡镇街道收到政府信息公开申请20件。",),
        ("市直各部门收到政府信息公开申请120件，办结110件。",),
        ("全国行政机关收到政府信息公开申请100万件。",),
        ("本报告汇总全市各县区政府信息公开年度报告编制而成。", "本机关收到政府信息公开申请5件。"),
        ("下属单位收到政府信息公开申请3件。",),
        ("指导县区办理政府信息公开申请16件。",),
        ("收到网络提交的政府信息公开申请30件。",),
        ("通过网络收到政府信息公开申请30件，通过信函收到政府信息公开申请10件。",),
        ("收到自然人政府信息公开申请30件。",),
        ("收到企业政府信息公开申请3件。",),
        ("收到涉及征地拆迁的政府信息公开申请20件。",),
        ("收到征地拆迁类政府信息公开申请20件。",),
        ("收到重复政府信息公开申请20件。",),
        ("收到不符合要求的政府信息公开申请3件。",),
        ("收到其他机关转办的政府信息公开申请2件。",),
        (REQUESTS, "其中按期答复28件，延期答复2件。"),
        (REQUESTS, "在法定期限内答复28件。"),
        (REQUESTS, "当场答复3件，电话答复5件。"),
        (REQUESTS, "因不掌握信息答复8件。"),
        (REQUESTS, "收到政府信息公开申请33件（包括2023年结转至本年办理的3件）。"),
        (REQUESTS, "全年共办理政府信息公开申请33件。"),
        (REQUESTS, "全年共处理政府信息公开申请33件。"),
        (REQUESTS, "受理政府信息公开申请33件。"),
        (REQUESTS, "2023年结转政府信息公开申请2件。"),
        (REQUESTS, "结转2023年申请2件。"),
        (REQUESTS, "结转至2026年继续办理5件。"),
        (REQUESTS, "结转5件。"),
        (REQUESTS, "项目资金结转下年度5件。"),
        ("行政许可结转下年度办理5件。",),
        ("行政复议案件结转下年度5件。",),
        ("上年结转行政复议案件5件，新收20件，办结22件。",),
        (REQUESTS, "上年结转复议案件5件。"),
        ("(三)政府信息管理情况。", "公文属性认定：主动公开30件、依申请公开20件、不予公开10件。"),
        ("(三)政府信息管理情况。", "全年制发公文60件，其中主动公开30件，依申请公开20件，不予公开10件。"),
        ("(一)主动公开情况。", "制作政府信息3020条，其中主动公开1030条，依申请公开460条，不予公开1530条。"),
        (REQUESTS, "依申请公开信息46条，不予公开信息1402条。"),
        (REQUESTS, "予以公开和部分公开12件。"),
        (REQUESTS, "予以公开、部分公开共12件。"),
        (REQUESTS, "不予公开或无法提供12件。"),
        (REQUESTS, "因本机关不掌握等原因无法提供26件。"),
        (REQUESTS, "拟不予公开3件。"),
        (REQUESTS, "经审查不予公开3件被撤销。"),
        ("市司法局办理行政复议案件320件，行政诉讼案件80件。",),
        ("全年受理行政复议案件320件，审结300件。",),
        ("推进法治政府建设，行政复议15件，行政诉讼8件。",),
        ("行政机关负责人出庭应诉行政诉讼案件18件。",),
        (REQUESTS, "受理信息公开类行政复议案件15件。"),
        (REQUESTS, "代理行政诉讼3件。"),
        (REQUESTS, "行政复议、行政诉讼案件共5件。"),
        (REQUESTS, "行政复议和行政诉讼5件。"),
        (REQUESTS, "行政复议、行政诉讼分别为3件。"),
        (REQUESTS, "不服行政复议决定提起诉讼2件。"),
        (REQUESTS, "行政复议被纠错1件，行政诉讼败诉1件。"),
        (REQUESTS, "行政诉讼一审3件、二审2件。"),
        (REQUESTS, "撤回行政复议申请2件。"),
        (REQUESTS, "行政复议纠错率下降5%。"),
        (REQUESTS, "收到行政复议申请书5份。"),
        ("全年未发生行政诉讼败诉案件。",),
        ("全年未发生因信息公开引发的复议纠错。",),
        ("上半年未发生行政复议、行政诉讼。",),
        ("2023年未发生行政复议。",),
        ("市政府办公室未发生行政复议。",),
        ("除1件行政复议外，未发生行政诉讼。",),
        ("一季度未收到政府信息公开申请。",),
        ("未收到企业政府信息公开申请。",),
        ("未收到对政府信息公开申请答复不服的投诉。",),
        ("未收到书面政府信息公开申请。",),
        ("各乡镇未收到政府信息公开申请。",),
        ("无因信息公开申请结转下年度办理的案件。",),
        ("减免信息处理费300元。",),
        ("应收信息处理费300元，实收200元。",),
        ("退还信息处理费300元。",),
        ("未按规定收取信息处理费的予以通报。",),
        ("无违规收取信息处理费情况。",),
        ("信息处理费收费标准为每件10元。",),
        ("减免行政事业性收费1200万元。",),
        ("未发出信息处理费收费通知。",),
        ("清理规范性文件120件，废止12件，宣布失效3件。",),
        ("审查规范性文件草案30件。",),
        ("备案行政规范性文件15件。",),
        ("拟制定规范性文件5件。",),
        ("制定规章和规范性文件12件。",),
        ("市政府办公室制定规范性文件5件。",),
        ("解读行政规范性文件5件。",),
        ("全市各部门制定规范性文件50件。",),
        ("公开规范性文件12件。",),
        ("现行有效行政规范性文件目录3份。",),
        ("计划制定行政规范性文件8件。",),
        ("办理行政许可30000件。",),
        ("公示行政许可信息3000条、行政处罚信息200条。",),
        ("市市场监管局作出行政处罚决定200件。",),
        ("公开行政处罚决定书200份。",),
        ("行政许可事项减少12项。",),
        ("政府采购项目信息188条，金额3000万元。",),
        ("通过网站发布招聘信息20条。",),
        ("网站、微博、微信发布信息300条。",),
        ("微信公众号发布视频30条。",),
        ("市教育局网站公开信息50条。",),
        ("政务微博、微信发布信息300条。",),
        ("转载国务院政策解读45篇。",),
        ("发布图文政策解读12篇。",),
        ("市政府主要负责同志出席新闻发布会3次。",),
        ("平均每月召开新闻发布会2次。",),
        ("计划召开新闻发布会12次。",),
        ("2025年将召开新闻发布会12次。",),
        ("全年主动公开政府信息百余条。",),
        ("全年主动公开政府信息数百条。",),
        ("全年主动公开政府信息5至10条。",),
        ("全年主动公开政府信息5-10条。",),
        (REQUESTS, "收到申请近百件。"),
        (REQUESTS, "收到申请三五件。"),
        (REQUESTS, "收到申请数十件。"),
        (REQUESTS, "收到申请3件次。"),
        ("全年共收到政府信息公开申请5件。", "全年共收到政府信息公开申请8件。"),
        ("第一季度组织培训班2次。",),
        ("市场监管局组织培训班2次。",),
        ("组织消防培训班2次。",),
        (REQUESTS, "全年收到群众诉求工单5000件、政府信息公开申请20件，办结率100%。"),
        (REQUESTS, "全年共办理依申请公开事项35件，人大建议20件。"),
        ("(二)依申请公开和建议提案办理情况。", "收到建议提案65件，办结65件，予以公开60件，不予公开5件。"),
        ("三、强化政务服务。", "共收到65件，办结65件，结转下年度2件。"),
        ("（四）政务服务情况。", "全年收到申请650件，答复649件。"),
        (REQUESTS, "县自然资源局收到政府信息公开申请30件，办结28件，结转下年2件。"),
        (REQUESTS, "申请量居前三位的是：县自然资源局30件、县住建局20件、县公安局10件。"),
        (REQUESTS, "申请内容主要涉及征地拆迁30件、财政预算5件。"),
        (REQUESTS, "从申请方式看，网络申请30件，信函申请10件，当面申请2件。"),
        (REQUESTS, "从申请人看，自然人申请30件，企业申请2件。"),
        (REQUESTS, "截至2024年12月31日，办结19件。"),
        (REQUESTS, "截至目前，尚有2件结转下年度办理。"),
        (REQUESTS, "对上年结转的3件申请依法答复。"),
        (REQUESTS, "累计收到政府信息公开申请200件。"),
        ("历年累计收到政府信息公开申请200件。",),
        (REQUESTS, "申请数量由2023年的15件增加到20件。"),
        (REQUESTS, "收到申请数由15件上升到20件。"),
        (REQUESTS, "收到政府信息公开申请（含补正）20件。"),
        (REQUESTS, "收到政府信息公开申请20余人次。"),
        (REQUESTS, "拟答复5件。力争答复率100%。"),
        (REQUESTS, "应于2025年答复5件。"),
        (REQUESTS, "15件正在办理。"),
        (REQUESTS, "尚在办理期限内15件。"),
        (REQUESTS, "信息公开申请引发的行政复议案件中，维持3件，纠正1件。"),
        ("全市法院审结行政诉讼案件200件。",),
        (REQUESTS, "协调化解行政复议案件12件。"),
        (REQUESTS, "行政复议调解结案3件。"),
        (REQUESTS, "行政复议应诉5件。"),
        (REQUESTS, "市政府作为复议机关办理信息公开类行政复议案件50件。"),
        (REQUESTS, "市政府行政复议机构受理复议申请50件。"),
        (REQUESTS, "涉及信息公开的行政复议较去年减少3件。"),
        (REQUESTS, "行政复议同比下降3件。"),
        (REQUESTS, "没有因答复不当引起的行政复议。"),
        (REQUESTS, "市本级无行政复议。"),
        (REQUESTS, "去年没有发生行政复议。"),
        (REQUESTS, "未收到信函形式的政府信息公开申请。"),
        (REQUESTS, "2022年、2023年均未收到政府信息公开申请。"),
        (REQUESTS, "未收到政府信息公开申请的单位有12个。"),
        (REQUESTS, "12个部门未收到政府信息公开申请。"),
        (REQUESTS, "部分乡镇未收到政府信息公开申请。"),
        (REQUESTS, "如未收到政府信息公开申请，应进行零报告。"),
        (REQUESTS, "对未收到政府信息公开申请的单位开展检查。"),
        ("按规定收取信息处理费，全年共计收取3件、金额450元。",),
        ("每件收取信息处理费30元。",),
        ("累计收取信息处理费450元。",),
        ("市自然资源局收取信息处理费450元。",),
        ("对1件申请收取信息处理费450元。",),
        ("县政府网站发布信息4500条。", "县政府网站发布信息4600条。"),
        ("县政府网站上半年发布信息2500条。",),
        ("网站发布“双公示”信息300条。",),
        ("网站公开财政预决算信息120条。",),
        ("各乡镇主动公开政府信息300条。",),
        ("全年计划主动公开政府信息1200条。",),
        ("县财政局全年主动公开政府信息1200条。",),
        ("主动公开政府信息总数中，公告300条。",),
        ("新闻发布会报道12次。",),
        ("举办新闻发布会及通气会12场。",),
        ("抖音粉丝12万人，快手点赞300次。",),
        ("关停政务新媒体12个。",),
        ("政务新媒体账号12个发布信息300条。",),
        ("提请制定政府规章2件。",),
        ("印发党内规范性文件5件。",),
        ("配合制定规范性文件5件。",),
        ("指导各县区制定规范性文件50件。",),
        ("公开作出的行政许可决定300件。",),
        ("撤销行政处罚决定3件。",),
        ("行政许可、行政处罚决定共300件。",),
        ("推送行政处罚决定300件。",),
        ("收到政府信息公开申请30件以上的单位有5个。",),
        ("对收到政府信息公开申请超过30件的部门开展指导。",),
        ("收到政府信息公开申请30件的，应当备案。",),
        ("区政府收到政府信息公开申请30件，办结28件。",),
        ("省政府收到政府信息公开申请3000件。",),
        ("过去五年共收到政府信息公开申请3000件，年均600件。",),
        ("五年内收到政府信息公开申请3000件。",),
        ("二是依申请公开规范有序。全年收到申请30件，答复28件。",),
        ("全年办理依申请公开30件。",),
        ("共答复政府信息公开申请30件次。",),
        ("其中向市政府提出的政府信息公开申请30件。",),
        ("代市政府答复政府信息公开申请30件。",),
        ("会同有关部门答复政府信息公开申请30件。",),
        ("指导答复政府信息公开申请30件。",),
        ("审核政府信息公开申请答复书30件。",),
        ("政府信息公开申请量从2023年的25件升至2024年的30件。",),
        ("上年结转2件，本年新收30件，本年办结31件，结转下年1件。",),
        (REQUESTS, "作出予以公开答复12件。"),
        (REQUESTS, "予以公开率40%。"),
        (REQUESTS, "收到重复申请2件。"),
        ("新冠肺炎疫情相关政府信息公开申请12件。",),
        ("收到咨询类政府信息公开申请12件。",),
        (REQUESTS, "收到行政复议申请3件。"),
        (REQUESTS, "上年未审结行政复议2件，本年新发生3件。"),
        (REQUESTS, "政府信息公开类行政复议被纠正1件。"),
        (REQUESTS, "行政复议维持率66.7%。"),
        ("四、行政复议、行政诉讼情况", "2024年，行政复议3件，行政诉讼2件。"),
        ("无政府信息公开行政复议案件被纠错。",),
        ("未发生政府信息公开行政复议、行政诉讼败诉情况。",),
        ("收取检索、复制、邮寄等费用300元。",),
        ("共计收取3件申请信息处理费450元。",),
        ("未发生减免信息处理费情况。",),
        ("无信息处理费收取情况。",),
        ("全年制发公文300件，主动公开行政规范性文件12件。",),
        ("行政规范性文件合法性审核30件。",),
        ("市政府网站及各部门网站共发布信息5500条。",),
        ("门户网站改版后发布信息5500条。",),
        ("通过政务微博“某市发布”发布信息300条。",),
        ("微信公众号“某市发布”推送信息300条、阅读量100万次。",),
        ("各部门微信公众号发布信息672条。",),
        ("微博、微信、抖音分别发布信息300条、200条、100条。",),
    ],
)
def test_a_trap_states_nothing(lines: tuple[str, ...]) -> None:
    assert claimed(national(*lines)) == {}


@pytest.mark.parametrize(
    ("line", "body", "year"),
    [
        ("县政府收到政府信息公开申请50件。", "汉源县九襄镇人民政府", 2024),
        ("县政府收到政府信息公开申请50件。", "伊宁县水利局", 2024),
        ("全县收到政府信息公开申请50件。", "汉源县九襄镇人民政府", 2024),
        ("各街道收到政府信息公开申请50件。", "桥西区中山街道办事处", 2024),
        ("全市财政系统收到政府信息公开申请50件。", "安庆市财政局", 2024),
        ("全市共收到政府信息公开申请50件。", "安庆市财政局", 2024),
        ("政府采购金额3000万元。", "某市人民政府", 2019),
        ("县政府收到申请30件。", "长沙市岳麓区人民政府", 2024),
        ("区财政局共收到政府信息公开申请30件。", "长沙市岳麓区人民政府", 2024),
    ],
)
def test_a_trap_of_another_body_or_year_states_nothing(line: str, body: str, year: int) -> None:
    assert claimed(national(line, body=body, year=year)) == {}


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("抖音账号发布46条。", {("text.short_video_items", "total"): 46}),
        ("推送系列原创短视频1113个、图文1775条。", {("text.short_video_items", "total"): 1113}),
        ("抖音账号12个，快手账号3个，开设短视频账号12个。", {}),
        ("抖音粉丝300条，短视频播放量300万次。", {}),
        ("网站总访问量8928万次。", {("text.site_visits", "total"): 89_280_000}),
        ("网站日均访问300次。", {}),
        ("编发政府公报12期，刊登文件112件，赠阅3000份。", {("text.gazette_issues", "total"): 12}),
        ("开展意见征集12次，收到意见300条。", {("text.consultations", "total"): 12}),
        ("回复网民留言300条，收到留言310条。", {("text.messages_answered", "total"): 300}),
        ("办理12345热线咨询300件，县长信箱收到来信76件。", {}),
        ("办理人大代表建议337件。", {("text.npc_cppcc_replies", "total"): 337}),
        ("全年共收到人大代表建议56件、政协提案33件。", {}),
        ("截至目前，全市在运维政务新媒体共计95个，关停12个。", {("text.new_media_accounts", "total"): 95}),
        ("申请数量较去年回落11.5%。", {("text.growth_rate", "total"): "-11.5"}),
        ("申请数量同比增长22.6%。", {("text.growth_rate", "total"): "22.6"}),
        ("合格率提高3个百分点。", {}),
        ("力争答复率100%。", {}),
        ("按时答复率100%。", {("text.share", "total"): 100}),
        (
            "征地拆迁类申请180件，占64%。",
            {("text.category_items", "征地拆迁类"): 180, ("text.share", "total"): 64},
        ),
        ("公开八大类信息300条。", {}),
        (
            "公开预决算信息。收到政府信息公开申请20件，其中网络申请12件（其中邮箱5件）、去年同期6件。",
            {("text.category_items", "网络申请"): 12, ("text.category_items", "邮箱"): 5},
        ),
    ],
)
def test_what_only_prose_counts(line: str, stated: Stated) -> None:
    found = {key: value for key, value in said(national(line)).items() if key[1].startswith("text.")}
    assert found == expected(stated, 2024)


def test_a_part_of_two_figures_is_a_part_of_none() -> None:
    reading = national(REQUESTS, "新收政府信息公开申请30件，办结28件，自然人20件。")
    assert claimed(reading) == expected({"requests.new": 30, "results.total": 28}, 2024)


def test_a_part_is_no_more_than_its_whole() -> None:
    reading = national(REQUESTS, "收到政府信息公开申请30件，自然人40件，商业企业1件。")
    assert claimed(reading) == expected({"requests.new": 30}, 2024)


def test_names_that_are_not_as_many_as_numbers_name_none() -> None:
    line = "行政复议、行政诉讼分别为3件、2件、1件，办结政府信息公开申请5件。"
    assert claimed(national(REQUESTS, line)) == expected({"results.total": 5}, 2024)


def test_what_does_not_let_the_year_close_is_not_carried_out() -> None:
    reading = national(REQUESTS, "收到申请72件，上年结转4件，办结73件，结转5件。")
    assert claimed(reading) == expected({"requests.new": 72, "requests.carried_in": 4, "results.total": 73}, 2024)


def found(rule: str, *lines: str) -> list[Finding]:
    """Return the findings of a rule on some lines of prose."""
    return [finding for finding in national(*lines).extraction.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("rule", "line", "verdict"),
    [
        ("carry-over", "收到申请640件，上年结转3件，办结636件，结转下年度7件。", Verdict.HOLDS),
        ("carry-over", "收到申请640件，上年结转3件，办结630件，结转下年度7件。", Verdict.BROKEN),
        ("carry-over", "收到申请640余件，上年结转3件，办结636件，结转下年度7件。", Verdict.CANNOT_TELL),
        ("carry-over", "收到申请640件，办结636件，结转下年度7件。", Verdict.CANNOT_TELL),
        ("children-sum", "收到申请30件，其中自然人申请28件，企业申请2件。", Verdict.HOLDS),
        ("children-sum", "收到申请30件，其中自然人申请28件，企业申请3件。", Verdict.BROKEN),
        ("children-sum", "收到申请30件，其中自然人申请28件。", Verdict.CANNOT_TELL),
        ("children-sum", "收到申请30件，其中自然人申请27件，其他2件。", Verdict.BROKEN),
        ("children-sum", "收到申请30余件，其中自然人申请28件，企业申请3件。", Verdict.CANNOT_TELL),
        ("children-sum", "全市共发布信息796条，其中会议220条，政策文件330条，其他246条。", Verdict.HOLDS),
        ("stated-share", "收到政府信息公开申请1363件，其中自然人申请1320件，占96.8%。", Verdict.HOLDS),
        ("stated-share", "收到政府信息公开申请1363件，其中自然人申请1320件，占86.8%。", Verdict.BROKEN),
        ("stated-share", "收到政府信息公开申请1363件，其中自然人申请1320件，占约86%。", Verdict.CANNOT_TELL),
        ("stated-share", "收到申请80件，办结80件。不予公开5件，占8.25%。", Verdict.CANNOT_TELL),
        ("stated-growth", "收到政府信息公开申请30件，去年20件，增长50%。", Verdict.HOLDS),
        ("stated-growth", "收到政府信息公开申请30件，去年20件，增长60%。", Verdict.BROKEN),
        ("stated-growth", "收到政府信息公开申请15件，去年20件，下降25%。", Verdict.HOLDS),
    ],
)
def test_prose_is_held_against_itself(rule: str, line: str, verdict: Verdict) -> None:
    assert [finding.verdict for finding in found(rule, REQUESTS, line)] == [verdict]


def test_a_growth_without_the_year_before_cannot_be_asked() -> None:
    assert found("stated-growth", REQUESTS, "收到申请30件，同比增长50%。") == []


def test_two_things_said_of_one_figure_are_both_withdrawn() -> None:
    lines = ("全年共收到政府信息公开申请5件。", "全年共收到政府信息公开申请8件。")
    assert claimed(national(*lines)) == {}
    assert [(each.expected, each.found) for each in found("prose-conflict", *lines)] == [("5件", "8件")]


def test_a_rounded_figure_and_an_exact_one_may_both_stand() -> None:
    lines = ("全年主动公开政府信息3.9万余条。", "全年主动公开政府信息39470条。")
    assert found("prose-conflict", *lines) == []


def test_a_figure_of_another_scope_is_seen_as_one() -> None:
    (finding,) = found("other-scope", "市政府办公室收到政府信息公开申请12件。")
    assert finding.found == "12件"


def test_no_number_with_a_unit_is_dropped() -> None:
    line = "关停政务新媒体12个，核查36只，提升3个百分点，开展2件次，依据国办公开办函〔2021〕30号、第711号令。"
    assert {finding.found for finding in found("unmapped-figure", line)} == {"12个", "36只", "3个百分点", "2件次"}


def test_lawsuits_told_together_are_held_against_their_sum() -> None:
    table = {
        found.indicator: found.value
        for found in national().extraction.observations
        if found.indicator.startswith("cases.litigation_") and found.breakdown == "total"
    }
    total = sum(value for value in table.values() if value is not None)
    for value, verdict in ((total, Verdict.HOLDS), (total + 1, Verdict.BROKEN)):
        (finding,) = found("source-conflict", REQUESTS, f"因政府信息公开引发行政诉讼{value}件。")
        assert (finding.indicator, finding.verdict) == ("cases.litigation", verdict)


def test_prose_is_read_though_the_table_that_it_speaks_of_is_not() -> None:
    lines = (
        "某县人民政府2023年政府信息公开工作年度报告",
        "2023年，新收政府信息公开申请12件。",
        "信息内容\t本年处理决定数量",
        "行政许可\t5",
        "三、收到和处理政府信息公开申请情况",
        "自然人 商业 其他 科研 企业 机构",
        "一、本年新收政府信息公开申请数量 12 0 0",
    )
    reading = read_report("\n".join(lines).encode())
    found = {(each.source, each.indicator): each.value for each in reading.extraction.observations}
    assert found == {(Source.TABLE, "licences.decisions"): 5, (Source.NARRATIVE, "requests.new"): 12}
