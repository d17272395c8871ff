"""From a source to files: every content system, attachments, versions, and what is told when something fails."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.fetch.follow import Kind, Outcome
from pipelines.fetch.origin import load_origins
from tests.site import Handler, Site
from tests.unit.fetch.conftest import Follow

TITLE = "前进区{}年政府信息公开工作年度报告"
TABLE = "<table>" + "<tr><td>规章</td><td>{0}</td><td>0</td><td>12</td></tr>" * 3 + "</table>"


def markup(body: str, title: str = "政府信息公开年报") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def report(site: Site, path: str, year: int, figure: int = 1, encoding: str = "utf-8") -> str:
    """Put a report on a site and return the link to it."""
    title = TITLE.format(year)
    site.page(path, markup(f"<h1>{title}</h1>{TABLE.format(figure)}", title), encoding)
    return f'<li><a href="{path}" title="{title}">{title[:8]}…</a></li>'


def kinds(outcomes: list[Outcome]) -> list[tuple[str, int | None]]:
    return [(str(outcome.kind), outcome.year) for outcome in outcomes]


def stored(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def only(outcomes: list[Outcome]) -> Outcome:
    assert len(outcomes) == 1, outcomes
    return outcomes[0]


def test_a_report_is_stored_with_its_origin(site: Site, followed: Follow, tmp_path: Path) -> None:
    report(site, "/art/t1.html", 2024)
    site.moved("/go", "/art/t1.html")
    found = only(followed(f"{site.root}/go", years=(2024,)))
    assert (found.kind, found.body, found.line, found.year) == (Kind.STORED, "前进区人民政府", 3, 2024)
    assert found.path.startswith(f"2024/127.0.0.1_{site.port}/go-")
    assert found.path.endswith(".html")
    origin = load_origins(tmp_path)[0]
    assert (origin.path, origin.address, origin.final_address) == (
        found.path,
        f"{site.root}/go",
        f"{site.root}/art/t1.html",
    )
    assert (origin.fetched_at, origin.status, origin.content_type) == ("2026-03-01T00:00:00", 200, "text/html")
    assert origin.size == len((tmp_path / found.path).read_bytes())


def test_the_year_of_a_report_is_its_title_where_nobody_says_it(site: Site, followed: Follow) -> None:
    report(site, "/x", 2019)
    site.page("/y", markup("<p>公开</p>", "公告"))
    assert only(followed(f"{site.root}/x")).path.startswith("2019/")
    assert only(followed(f"{site.root}/y")).path.startswith("0000/")


def test_an_address_with_a_year_is_asked_for_each(site: Site, followed: Follow) -> None:
    report(site, "/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2023", 2023)
    report(site, "/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2024", 2024)
    address = site.root + "/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime={year}"
    found = followed(address, years=(2022, 2023, 2024))
    assert kinds(found) == [("failed", 2022), ("stored", 2023), ("stored", 2024)]


def test_a_second_run_writes_nothing(site: Site, followed: Follow, tmp_path: Path) -> None:
    site.page("/list", markup(report(site, "/a", 2024) + report(site, "/b", 2023)))
    followed(f"{site.root}/list", is_list=True)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert kinds(followed(f"{site.root}/list", is_list=True)) == [("unchanged", 2024), ("unchanged", 2023)]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    ("sent", "expected"),
    [({"ETag": '"1"'}, {"if-none-match": '"1"'}), ({"Last_Modified": "x"}, {"if-modified-since": "x"})],
)
def test_a_site_is_asked_for_changes_only(
    site: Site, followed: Follow, tmp_path: Path, sent: dict[str, str], expected: dict[str, str]
) -> None:
    def answer(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] or handler.headers["If-Modified-Since"]
        handler.answer(304 if known else 200, b"" if known else b"%PDF-1.4 x", sent)

    site.answers["/x.pdf"] = answer
    first = only(followed(f"{site.root}/x.pdf"))
    second = only(followed(f"{site.root}/x.pdf"))
    assert (first.kind, second.kind, second.path) == (Kind.STORED, Kind.UNCHANGED, first.path)
    assert expected.items() <= site.requests[-1].headers.items()
    (tmp_path / first.path).unlink()
    assert only(followed(f"{site.root}/x.pdf")).kind is Kind.STORED


def test_a_changed_report_stands_beside_the_old_one(site: Site, followed: Follow, tmp_path: Path) -> None:
    report(site, "/x.html", 2024, figure=1)
    first = only(followed(f"{site.root}/x.html", years=(2024,)))
    report(site, "/x.html", 2024, figure=7)
    second = only(followed(f"{site.root}/x.html", years=(2024,)))
    assert (second.kind, second.path != first.path) == (Kind.STORED, True)
    assert (tmp_path / first.path).parent == (tmp_path / second.path).parent
    assert len(load_origins(tmp_path)) == 2
    report(site, "/x.html", 2024, figure=1)
    assert only(followed(f"{site.root}/x.html", years=(2024,))).path == first.path


def test_a_page_that_shows_the_same_has_not_changed(site: Site, followed: Follow, tmp_path: Path) -> None:
    for token in ("1", "2"):
        counted = f"<input type=hidden value={token}><p>发布：2025-03-07 浏览次数：{token}</p><script>{token}</script>"
        site.page("/x", markup(f"<h1>{TITLE.format(2024)}</h1>{TABLE.format(1)}{counted}"))
        found = only(followed(f"{site.root}/x", years=(2024,)))
    assert found.kind is Kind.UNCHANGED
    assert len(load_origins(tmp_path)) == 1


def test_a_dry_run_stores_nothing(site: Site, followed: Follow, tmp_path: Path) -> None:
    site.page("/list", markup(report(site, "/a", 2024)))
    found = only(followed(f"{site.root}/list", is_list=True, dry_run=True))
    assert (found.kind, found.address) == (Kind.WANTED, f"{site.root}/a")
    assert (site.paths, stored(tmp_path)) == (["/list"], {})


System = Callable[[Site], str]
# Lists of the common content systems: each puts its pages on the site and gives the address of the list.


def hanweb(site: Site) -> str:
    group = "/module/jpage/dataproxy.jsp?page={}&webid=2&columnid=9"
    record = "<record><![CDATA[{}]]></record>"
    beyond = '<nextgroup><![CDATA[<a href="{}"></a>]]></nextgroup>'
    first = beyond.format(group.format(1).replace("&", "&amp;")) + record.format(
        report(site, "/art/2025/3/7/a.html", 2024)
    )
    second = beyond.format(group.format(2)) + record.format(report(site, "/art/2024/3/7/a.html", 2023))
    third = record.format(report(site, "/art/2023/3/7/a.html", 2022))
    site.page("/col/col9/index.html", markup(f'<script type="text/xml"><datastore>{first}</datastore></script>'))
    for number, part in enumerate((second, third), start=1):
        site.data(group.format(number), f'<?xml version="1.0"?><datastore>{part}</datastore>'.encode())
    return "/col/col9/index.html"


def trs(site: Site) -> str:
    paging = '<script>createPageHTML(3, {}, "index", "html");</script>'
    for number, name in enumerate(("index", "index_1", "index_2")):
        link = report(site, f"/xxgk/nb/202{5 - number}03/t202{5 - number}0307_1.shtml", 2024 - number)
        site.page(f"/xxgk/nb/{name}.html", markup(link.replace("/xxgk/nb/", "./") + paging.format(number)))
    return "/xxgk/nb/index.html"


def anchored(folder: str, first: str, further: tuple[str, ...], words: str, article: str) -> System:
    def put(site: Site) -> str:
        names = (first, *further)
        for number, name in enumerate(names):
            onward = f'<a href="{folder}{names[number + 1]}">{words}</a>' if number + 1 < len(names) else ""
            site.page(folder + name, markup(report(site, article.format(number), 2024 - number) + onward))
        return folder + first

    return put


def gkmlpt(site: Site) -> str:
    pages = []
    for number in range(3):
        report(site, f"/gkmlpt/content/4/{number}.html", 2024 - number)
        entry = {"title": TITLE.format(2024 - number), "url": f"{site.root}/gkmlpt/content/4/{number}.html"}
        pages.append({"total": 3, "articles": [entry]})
    for number, content in enumerate((*pages, {"total": 3, "articles": []}), start=1):
        site.data(f"/gkmlpt/api/all/32?page={number}&sid=7", json.dumps(content).encode(), Content_Type="text/json")
    site.page("/gkmlpt/index", markup("<script>window._CONFIG = {SID: '7'}</script>"))
    return "/gkmlpt/index#32"


SYSTEMS: dict[str, System] = {
    "hanweb": hanweb,
    "trs": trs,
    "guangdong": anchored(
        "/zwgk/nb/", "index.html", ("index_2.html", "index_3.html"), "下一页", "/content/post_{}.html"
    ),
    "vsb": anchored("/xxgk/", "ndbg.htm", ("ndbg/2.htm", "ndbg/1.htm"), "下页", "/info/1039/{}.htm"),
    "anhui": anchored(
        "/openness/", "list", ("list?page=2", "list?page=3"), "下一页", "/openness/OpennessAnnualReport/show/{}.html"
    ),
    "gkmlpt": gkmlpt,
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_list_is_followed_to_its_last_page(site: Site, followed: Follow, system: str) -> None:
    address = site.root + SYSTEMS[system](site)
    assert kinds(followed(address, is_list=True)) == [("stored", 2024), ("stored", 2023), ("stored", 2022)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_list_is_followed_to_the_reports_of_a_year(site: Site, followed: Follow, system: str) -> None:
    address = site.root + SYSTEMS[system](site)
    assert kinds(followed(address, is_list=True, years=(2022, 2025))) == [("stored", 2022), ("absent", 2025)]


def test_a_list_without_an_end_is_left_and_told(site: Site, followed: Follow) -> None:
    for number in range(50):
        site.page(f"/l?page={number}", markup(f'<a href="/l?page={number + 1}">下一页</a>'))
    site.page("/l?page=0", markup(report(site, "/a", 2024) + '<a href="/l?page=1">下一页</a>'))
    found = followed(f"{site.root}/l?page=0", is_list=True, years=(2023, 2024))
    assert [(outcome.kind, outcome.reason) for outcome in found] == [(Kind.FAILED, "list-too-long"), (Kind.STORED, "")]
    assert len(site.paths) == 7


def test_a_list_that_leads_to_itself_is_read_once(site: Site, followed: Follow) -> None:
    site.page("/l", markup(report(site, "/a", 2024) + '<a href="/m">下一页</a>'))
    site.page("/m", markup('<a href="/l">下一页</a><a href="/m#2">下页</a>'))
    assert kinds(followed(f"{site.root}/l", is_list=True)) == [("stored", 2024)]
    assert site.paths == ["/l", "/m", "/a"]


def test_a_page_of_a_list_that_fails_is_told_and_the_rest_fetched(site: Site, followed: Follow) -> None:
    site.page("/l", markup(report(site, "/a", 2024) + '<a href="/gone">下一页</a>'))
    found = followed(f"{site.root}/l", is_list=True, years=(2023, 2024))
    assert [(outcome.kind, outcome.address) for outcome in found] == [
        (Kind.FAILED, f"{site.root}/gone"),
        (Kind.STORED, f"{site.root}/a"),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (markup("<a href='/x'>政府信息公开指南</a>").encode(), "list-without-reports"),
        (markup("<div id=app></div>").encode(), "list-without-reports"),
        (b"%PDF-1.4 x", "list-unreadable"),
        (b"\xff\xfe\x00\xd8" * 100, "list-unreadable"),
    ],
)
def test_what_lists_nothing_is_told(site: Site, followed: Follow, body: bytes, reason: str) -> None:
    site.data("/l", body)
    assert only(followed(f"{site.root}/l", is_list=True)).reason == reason


def test_a_report_that_fails_does_not_stop_the_others(site: Site, followed: Follow) -> None:
    links = report(site, "/a", 2024) + report(site, "/b", 2023) + report(site, "/c", 2022)
    del site.answers["/b"]
    site.page("/l", markup(links + '<a href="http://10.0.0.1/x">2021年政府信息公开年度报告</a>'))
    found = followed(f"{site.root}/l", is_list=True)
    assert [(outcome.kind, outcome.reason) for outcome in found] == [
        (Kind.STORED, ""),
        (Kind.FAILED, "http-status"),
        (Kind.STORED, ""),
        (Kind.FAILED, "not-public"),
    ]


def test_pages_in_gb2312_are_followed_and_stored_as_they_are(site: Site, followed: Follow, tmp_path: Path) -> None:
    link = report(site, "/a.html", 2012, encoding="gb18030")
    site.page(
        "/l", markup(link.replace("前进区", "镕基区")).replace("<head>", "<head><meta charset=gb2312>"), "gb18030"
    )
    found = only(followed(f"{site.root}/l", is_list=True, years=(2012,)))
    assert (tmp_path / found.path).read_bytes().decode("gb18030").count("前进区2012年") == 2
    assert load_origins(tmp_path)[0].title.startswith("镕基区2012年")


PDF, DOC = b"%PDF-1.4 report", b"{\\rtf1 annex}"
COVER = (
    "<h1>"
    + TITLE.format(2024)
    + '</h1><p>附件：<a href="/f/1.pdf">2024年度报告.pdf</a><a href="/f/2">统计表.doc</a></p>'
)


def test_a_page_that_only_leads_to_its_report_is_passed_over(site: Site, followed: Follow, tmp_path: Path) -> None:
    site.page("/x", markup(COVER))
    site.data("/f/1.pdf", PDF)
    site.data("/f/2", DOC)
    found = followed(f"{site.root}/x", years=(2024,))
    assert [outcome.path.rsplit(".")[-1] for outcome in found] == ["pdf", "rtf"]
    origins = load_origins(tmp_path)
    assert {origin.found_on for origin in origins} == {f"{site.root}/x"}
    assert [origin.title for origin in origins] == ["2024年度报告.pdf", "统计表.doc"]
    assert {outcome.path.split("/")[0] for outcome in found} == {"2024"}
    assert kinds(followed(f"{site.root}/x", years=(2024,))) == [("unchanged", 2024)] * 2


PROSE = "<p>全年主动公开信息120条。</p><p>收到申请3件。</p><p>未发生行政复议、行政诉讼。</p>"


def test_a_report_in_prose_is_stored_with_its_annexes(site: Site, followed: Follow) -> None:
    site.page("/x", markup(COVER + PROSE), ETag='"1"')
    site.data("/f/1.pdf", PDF)
    site.data("/f/2", b"", 404)
    found = followed(f"{site.root}/x", years=(2024,))
    assert [(outcome.kind, outcome.path[-4:]) for outcome in found] == [
        (Kind.STORED, "html"),
        (Kind.STORED, ".pdf"),
        (Kind.FAILED, ""),
    ]


def test_attachments_of_an_unchanged_page_are_fetched_all_the_same(site: Site, followed: Follow) -> None:
    body = markup(COVER + PROSE).encode()
    site.answers["/x"] = lambda handler: handler.answer(
        304 if handler.headers["If-None-Match"] else 200,
        b"" if handler.headers["If-None-Match"] else body,
        {"ETag": '"1"'},
    )
    site.data("/f/2", DOC)
    assert [kind for kind, _ in kinds(followed(f"{site.root}/x", years=(2024,)))] == ["stored", "failed", "stored"]
    site.data("/f/1.pdf", PDF)
    assert [kind for kind, _ in kinds(followed(f"{site.root}/x", years=(2024,)))] == [
        "unchanged",
        "stored",
        "unchanged",
    ]


def test_what_else_is_attached_to_a_report_with_tables_is_left(site: Site, followed: Follow) -> None:
    links = '<a href="/f/list.xls">重点领域清单.xls</a><a href="/f/r.pdf">前进区2024年政府信息公开工作年度报告.pdf</a>'
    site.page("/x", markup(TABLE.format(1) + links))
    site.data("/f/r.pdf", PDF)
    assert len(followed(f"{site.root}/x", years=(2024,))) == 2
    assert "/f/list.xls" not in site.paths


def test_a_page_with_too_many_attachments_is_told(site: Site, followed: Follow) -> None:
    names = [f"/f/{number}.pdf" for number in range(9)]
    site.page("/x", markup("".join(f'<a href="{name}">附件</a>' for name in names)))
    for name in names:
        site.data(name, PDF + name.encode())
    found = followed(f"{site.root}/x", years=(2024,))
    assert [str(outcome.kind) for outcome in found] == ["stored"] * 4 + ["failed"]
    assert found[-1].reason == "too-many-attachments"


@pytest.mark.parametrize("body", ["", "<div id=app></div><script>draw()</script>"])
def test_a_page_that_shows_nothing_is_told(site: Site, followed: Follow, tmp_path: Path, body: str) -> None:
    site.page("/x", markup(body))
    assert only(followed(f"{site.root}/x")).reason == "nothing-shown"
    assert stored(tmp_path) == {}


def test_a_page_in_place_of_an_attachment_is_told(site: Site, followed: Follow) -> None:
    site.page("/x", markup(COVER))
    site.page("/f/1.pdf", markup("<p>您访问的页面不存在</p>"))
    site.data("/f/2", DOC)
    assert [outcome.reason for outcome in followed(f"{site.root}/x")] == ["no-file", ""]


def test_a_table_of_dates_is_no_report(site: Site, followed: Follow) -> None:
    about = "<table><tr><td>索引号</td><td>113/2025-1</td><td>日期</td><td>2025-03-07</td></tr>"
    site.page("/x", markup(f"{about}<tr><td>发布机构</td><td>区政府</td><td>文号</td><td>7</td></tr></table>{COVER}"))
    site.data("/f/1.pdf", PDF)
    site.data("/f/2", DOC)
    assert [outcome.path.rsplit(".")[-1] for outcome in followed(f"{site.root}/x")] == ["pdf", "rtf"]


def test_the_number_of_a_session_is_no_part_of_an_address(site: Site, followed: Follow) -> None:
    link = report(site, "/a", 2024)
    for number in "12":
        site.page("/l", markup(link.replace('"/a"', f'"/a;jsessionid=F{number}"')))
        found = only(followed(f"{site.root}/l", is_list=True))
        assert found.address == f"{site.root}/a"
    assert found.kind is Kind.UNCHANGED


def test_an_answer_that_nothing_has_changed_needs_a_question(site: Site, followed: Follow) -> None:
    site.data("/x", b"", 304)
    assert only(followed(f"{site.root}/x")).reason == "http-status"


def test_a_page_that_sends_its_visitors_on_is_followed(site: Site, followed: Follow) -> None:
    site.page("/xxgk/", '<html><meta http-equiv="refresh" content="0; url=list.html"></html>')
    site.page("/xxgk/list.html", markup(report(site, "/a", 2024)))
    assert kinds(followed(f"{site.root}/xxgk/", is_list=True)) == [("stored", 2024)]


def test_a_page_that_no_reader_reads_is_stored_as_it_is(site: Site, followed: Follow, tmp_path: Path) -> None:
    site.data("/x", b"\xff\xfe\x00\xd8" * 100)
    found = only(followed(f"{site.root}/x", years=(2024,)))
    assert (tmp_path / found.path).read_bytes() == b"\xff\xfe\x00\xd8" * 100


def test_the_same_address_is_stored_at_the_same_place_in_any_run(site: Site, followed: Follow, tmp_path: Path) -> None:
    address = site.root + hanweb(site)
    names = {outcome.path for outcome in followed(address, is_list=True)}
    for path in [*tmp_path.rglob("*.html"), *tmp_path.rglob(".origin.jsonl")]:
        path.unlink()
    assert {outcome.path for outcome in followed(address, is_list=True)} == names
