"""Pages: which links are reports of which year, where lists go on, what is attached."""

import time
from contextlib import suppress

import pytest

from pipelines.fetch.page import look_at, next_pages, read_page, report_year, reports_on
from pipelines.model.report import Unreadable

WHERE = "http://www.a.gov.cn/x/index.html"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("佳木斯市前进区2017年政府信息公开工作年度报告", 2017),
        ("前进区人民政府2024年政府信息公开年度报告", 2024),
        ("某局2019年度政府信息公开工作年度报告", 2019),
        ("２０２１年度 政府信息 公开年报", 2021),
        ("二〇〇九年政府信息公开年度报告", 2009),
        ("二○一二年度政府信息公开工作年度报告", 2012),
        ("政府信息公开工作年度报告（2015年）", 2015),
        ("2010年政务公开工作年度报告", 2010),
        ("2018年信息公开工作报告", 2018),
        ("2022年度报告（政府信息公开）", 2022),
        ("关于公布2016年政府信息公开年度报告的公告", 2016),
        ("2024年政府信息公开年度报告解读", None),
        ("图解：某市2024年政府信息公开年度报告", None),
        ("一图读懂2024年政府信息公开年度报告", None),
        ("关于报送2024年政府信息公开工作年度报告的通知", None),
        ("2024年政府信息公开年度报告格式", None),
        ("2024年政府工作报告", None),
        ("2024年度法治政府建设年度报告", None),
        ("2024年部门决算公开", None),
        ("政府信息公开年报", None),
        ("2024年第一季度政府信息公开统计年报", None),
        ("政府信息公开指南", None),
    ],
)
def test_a_title_tells_of_which_year_it_is_the_report(title: str, year: int | None) -> None:
    assert report_year(title) == year


def link(address: str, title: str, cut: str = "") -> str:
    return f'<li><a href="{address}" title="{title}">{cut or title}</a><span>2025-03-07</span></li>'


def page(body: str) -> str:
    return f"<html><head><meta charset=utf-8><title>政府信息公开年报_某市</title></head><body>{body}</body></html>"


def found(body: str, where: str = WHERE) -> list[tuple[str, int]]:
    return [(report.address, report.year) for report in reports_on(read_page(where, page(body).encode()))]


def further(body: str, where: str = WHERE, listed: str = "") -> tuple[str, ...]:
    return next_pages(read_page(where, body.encode()), listed or where)


def test_reports_are_found_by_title_or_text_and_once() -> None:
    body = (
        link("/a.html", "2024年政府信息公开年度报告", "2024年政府信…")
        + link("./b.html#top", "", "2023年政府信息公开年度报告")
        + link("./b.html", "2023年政府信息公开年度报告")
        + link("/c.html", "2024年政府信息公开年度报告解读", "2024年政府信息公开年度报告")
        + link("javascript:void(0)", "2022年政府信息公开年度报告")
        + link("#", "2018年政府信息公开年度报告")
        + link("", "2016年政府信息公开年度报告")
        + "<!-- " + link("/old.html", "2021年政府信息公开年度报告") + " -->"
        + '<a href="/d.html"><span>2020年</span><b>政府信息公开<br>年度报告</b></a>'
    )  # fmt: skip
    assert found(body) == [
        ("http://www.a.gov.cn/a.html", 2024),
        ("http://www.a.gov.cn/x/b.html", 2023),
        ("http://www.a.gov.cn/d.html", 2020),
    ]


def test_a_base_moves_links() -> None:
    body = '<base href="/y/">' + link("a.html", "2024年政府信息公开年度报告")
    assert found(body) == [("http://www.a.gov.cn/y/a.html", 2024)]


HANWEB = """
<script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/jpage/dataproxy.jsp?page=1&amp;webid=2&amp;columnid=91825"></a>]]></nextgroup>
<recordset>
<record><![CDATA[
<li><a href="/art/2025/3/7/art_1_2.html" title="2024年政府信息公开年度报告">2024年…</a></li>]]></record>
<record><![CDATA[<a href='/art/2024/3/7/art_1_1.html' title='2023年政府信息公开年度报告'>2023年…</a>]]></record>
</recordset></datastore></script>
"""


def test_lists_of_hanweb_are_data_in_the_page() -> None:
    where = "http://www.a.gov.cn/col/col91825/index.html"
    assert found(HANWEB, where) == [
        ("http://www.a.gov.cn/art/2025/3/7/art_1_2.html", 2024),
        ("http://www.a.gov.cn/art/2024/3/7/art_1_1.html", 2023),
    ]
    beyond = "http://www.a.gov.cn/module/jpage/dataproxy.jsp?page=1&webid=2&columnid=91825"
    assert further(page(HANWEB), where) == (beyond,)
    data = HANWEB.replace('<script type="text/xml">', "<?xml version='1.0' encoding='UTF-8'?>").replace("</script>", "")
    assert [report.year for report in reports_on(read_page(beyond, data.encode()))] == [2024, 2023]


@pytest.mark.parametrize(
    ("call", "pages"),
    [
        ('createPageHTML(4, 0, "index", "html");', ("index_1.html", "index_2.html", "index_3.html")),
        ("createPageHTML('page_div',3, 1,'ndbg','htm',50);", ("ndbg_1.htm", "ndbg_2.htm")),
        ('createPageHTML(1, 0, "index", "html");', ()),
        ('createPageHTML(0, 0, "index", "shtml");', ()),
    ],
)
def test_lists_of_trs_count_their_pages(call: str, pages: tuple[str, ...]) -> None:
    assert further(page(f"<script>{call}</script>")) == tuple(f"http://www.a.gov.cn/x/{name}" for name in pages)


def test_a_count_without_end_ends() -> None:
    assert len(further(page('<script>createPageHTML(999999999, 0, "index", "html")</script>'))) < 100


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<a class="next" href="index_2.html">下一页</a>', "http://www.a.gov.cn/x/index_2.html"),
        ('<a href="ndbg/3.htm" class="Next">下页</a>', "http://www.a.gov.cn/x/ndbg/3.htm"),
        (
            '<a href="/openness/OpennessAnnualReport/list?page=2">下一页 &gt;</a>',
            "http://www.a.gov.cn/openness/OpennessAnnualReport/list?page=2",
        ),
        ('<a href="?page=2">&gt;</a>', "http://www.a.gov.cn/x/index.html?page=2"),
        ('<a href="?page=2"> Next </a>', "http://www.a.gov.cn/x/index.html?page=2"),
    ],
)
def test_lists_go_on_where_a_link_says_so(body: str, address: str) -> None:
    assert further(page(body)) == (address,)


@pytest.mark.parametrize(
    "body", ['<a href="javascript:next()">下一页</a>', '<a href="#">下一页</a>', '<a href="/y">下一篇</a>', ""]
)
def test_lists_end_where_no_link_leads_on(body: str) -> None:
    assert further(page(body)) == ()


def test_lists_of_gkmlpt_are_data_elsewhere() -> None:
    listed = "http://www.a.gov.cn/gkmlpt/index#3243"
    body = page("<script>window._CONFIG = { SID: '755001', TITLE: '年报' }</script>")
    data = "http://www.a.gov.cn/gkmlpt/api/all/3243?page={}&sid=755001"
    assert further(body, "http://www.a.gov.cn/gkmlpt/index", listed) == (data.format(1),)
    first = (
        '{"total": 2, "articles": [{"title": "2024年政府信息公开年度报告", "url": "http:\\/\\/www.a.gov.cn\\/1.html"},'
        ' {"title": "2023年\\u653f府信息公开年度报告", "post_url": "/content/post_2.html", "url": ""}, {"title": 3}]}'
    )
    read = read_page(data.format(1), first.encode())
    assert [(report.address, report.year) for report in reports_on(read)] == [
        ("http://www.a.gov.cn/1.html", 2024),
        ("http://www.a.gov.cn/content/post_2.html", 2023),
    ]
    assert next_pages(read, data.format(1)) == (data.format(2),)
    assert further('{"total": 2, "articles": []}', data.format(2)) == ()


def test_data_that_is_none_links_to_nothing() -> None:
    assert read_page(WHERE, b'{"articles": [').links == ()
    assert read_page(WHERE, b"[" * 100_000).links == ()


@pytest.mark.parametrize("declared", ["gb2312", "gbk", ""])
def test_pages_in_gb2312_are_read(declared: str) -> None:
    text = page(link("a.html", "2012年镕基区政府信息公开年度报告")).replace("utf-8", declared or "x")
    assert [report.year for report in reports_on(read_page(WHERE, text.encode("gb18030")))] == [2012]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000,
        "<b id=1>" * 100_000,
        "<!--" * 200_000,
        "<" * 500_000,
        '<a href="' * 100_000,
        "<script>" * 90_000,
        "<object>" * 90_000,
        "<a href=x>政府信息公开" * 40_000,
    ],
)
def test_no_page_takes_long(markup: str) -> None:
    began = time.monotonic()
    with suppress(Unreadable):
        next_pages(read_page(WHERE, markup.encode()), WHERE)
    assert time.monotonic() - began < 3


ATTACHED = [
    ('<a href="./P020250307.docx">2024年政府信息公开年度报告.docx</a>', "http://www.a.gov.cn/x/P020250307.docx"),
    (
        '<a href="/module/download/downfile.jsp?classid=0&filename=1.pdf">报告</a>',
        "http://www.a.gov.cn/module/download/downfile.jsp?classid=0&filename=1.pdf",
    ),
    (
        '<a href="/system/_content/download.jsp?owner=1&wbfileid=2">附件【统计表.xls】</a>',
        "http://www.a.gov.cn/system/_content/download.jsp?owner=1&wbfileid=2",
    ),
    ('<iframe src="/pdfjs/web/viewer.html?file=/f/1.pdf"></iframe>', "http://www.a.gov.cn/f/1.pdf"),
    ('<embed src="1.pdf">', "http://www.a.gov.cn/x/1.pdf"),
    ('<object data="1.PDF"></object>', "http://www.a.gov.cn/x/1.PDF"),
    ('<a href="/attachment/0/1/2.zip?x=1">附件</a>', "http://www.a.gov.cn/attachment/0/1/2.zip?x=1"),
]


@pytest.mark.parametrize(("body", "address"), ATTACHED)
def test_attachments_are_known_by_address_or_name(body: str, address: str) -> None:
    look = look_at(WHERE, page(f"<p>见附件</p>{body}{body}").encode())
    assert [each.address for each in look.attachments] == [address]


@pytest.mark.parametrize(
    "body", ['<a href="a.html">附件</a>', '<a href="1.pdf">政府信息公开指南</a>', '<a href="申请表.doc">申请表</a>']
)
def test_other_links_are_no_attachments(body: str) -> None:
    assert look_at(WHERE, page(body).encode()).attachments == ()


MENU = "".join(f'<a href="/{word}">{word}</a>' for word in ("主动公开", "依申请公开", "行政复议", "行政诉讼", "收费"))


def test_a_menu_is_no_report() -> None:
    assert not look_at(WHERE, page(f"{MENU}<p>2024年政府信息公开年度报告</p>").encode()).has_contents
    prose = "<p>主动公开信息120条。</p><p>收到申请3件。</p><p>未发生行政复议、行政诉讼。</p>"
    look = look_at(WHERE, page(MENU + prose).encode())
    assert (look.has_contents, look.has_table) == (True, False)
    table = "<table>" + "<tr><td>规章</td><td>0</td><td>+1</td><td>9,617.6</td></tr>" * 2 + "</table>"
    assert look_at(WHERE, page(table).encode()).has_table
