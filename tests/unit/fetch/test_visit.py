"""Visits: redirects are checked one by one, failures are tried again within bounds, robots.txt and turns are kept."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from ipaddress import ip_network
from itertools import pairwise

import pytest

from pipelines.fetch.failure import Failure
from pipelines.fetch.visit import Found, Visitor
from pipelines.registry.fetching import Limits
from tests.site import Handler, Site
from tests.unit.fetch.conftest import LARGEST, source_of


@pytest.fixture
def visitor(short: Limits) -> Visitor:
    return Visitor(short, LARGEST, "mailto:archive@a.org")


def visit(visitor: Visitor, address: str, known: dict[str, dict[str, str]] | None = None, **given: object) -> Found:
    return visitor.visit(address, source_of(address, **given), known)


def failure(visitor: Visitor, address: str, **given: object) -> Failure:
    with pytest.raises(Failure) as failed:
        visit(visitor, address, **given)
    return failed.value


def test_whoever_asks_says_who_it_is_and_keeps_nothing_of_the_site(site: Site, visitor: Visitor) -> None:
    site.page("/x", "公开", Set_Cookie="id=1")
    visit(visitor, f"{site.root}/x")
    visit(visitor, f"{site.root}/x")
    sent = site.requests[-1].headers
    assert sent["user-agent"].startswith("gongkai/")
    assert "mailto:archive@a.org" in sent["user-agent"]
    assert {"cookie", "referer", "authorization"} & set(sent) == set()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_on(site: Site, visitor: Visitor, status: int) -> None:
    site.moved("/x", "y/z?q=公开", status)
    site.page("/y/z?q=%E5%85%AC%E5%BC%80", "年报")
    found = visit(visitor, f"{site.root}/x")
    assert (found.address, found.answer.data.decode()) == (f"{site.root}/y/z?q=%E5%85%AC%E5%BC%80", "年报")


@pytest.mark.parametrize(
    ("to", "name"),
    [
        ("file:///etc/passwd", "bad-address"),
        ("ftp://a.gov.cn/x", "bad-address"),
        ("javascript:alert(1)", "bad-address"),
        ("http://user:word@127.0.0.1/", "bad-address"),
        ("http://2130706433/", "bad-address"),
        ("//[::1]/", "not-public"),
        ("http://10.0.0.1/x", "not-public"),
        ("http://169.254.169.254/latest/meta-data/", "not-public"),
        ("http://[::ffff:10.0.0.1]/", "not-public"),
        ("http://127.0.0.2/", "not-public"),
        ("", "bad-address"),
    ],
)
def test_a_redirect_leads_nowhere_else(site: Site, visitor: Visitor, to: str, name: str) -> None:
    site.moved("/x", to)
    assert failure(visitor, f"{site.root}/x", private=(ip_network("127.0.0.1/32"),)).name == name
    assert site.paths == ["/x"]


@pytest.mark.parametrize("path", ["/one", "/self", "/long/0"])
def test_circles_of_redirects_end(site: Site, visitor: Visitor, path: str, short: Limits) -> None:
    site.moved("/one", "/two")
    site.moved("/two", "/one")
    site.moved("/self", "/self")
    for number in range(20):
        site.moved(f"/long/{number}", f"/long/{number + 1}")
    assert failure(visitor, site.root + path).name == "too-many-redirects"
    assert len(site.paths) == short.redirects + 1


def test_a_name_cannot_become_another_address_after_it_was_checked(
    site: Site, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(["1.2.4.8", "127.0.0.1", "127.0.0.1", "127.0.0.1"])
    look_up = socket.getaddrinfo

    def rebound(host: str, port: int, *rest: object, **named: object) -> object:
        return look_up(next(numbers) if host == "rebind.gov.cn" else host, port, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    site.page("/x", "公开")
    assert failure(visitor, f"http://rebind.gov.cn:{site.port}/x", private=()).name == "not-public"
    assert site.requests == []


def test_a_missing_page_is_asked_for_once(site: Site, visitor: Visitor) -> None:
    found = failure(visitor, f"{site.root}/x")
    assert (found.name, found.detail, site.paths) == ("http-status", "404", ["/x"])


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_failing_site_is_asked_again_and_then_left(site: Site, visitor: Visitor, short: Limits, status: int) -> None:
    site.data("/x", b"", status)
    assert failure(visitor, f"{site.root}/x").detail == str(status)
    assert len(site.paths) == short.attempts


def test_a_site_that_recovers_has_answered(site: Site, visitor: Visitor) -> None:
    answers = iter([(500, b""), (200, b""), (200, "公开".encode())])

    def recover(handler: Handler) -> None:
        handler.answer(*next(answers), {})

    site.answers["/x"] = recover
    assert visit(visitor, f"{site.root}/x").answer.data.decode() == "公开"


def test_the_pause_is_as_long_as_the_site_asks(site: Site, visitor: Visitor) -> None:
    answers = iter([(503, {"Retry_After": "1"}), (200, {})])

    def busy(handler: Handler) -> None:
        status, headers = next(answers)
        handler.answer(status, b"x", headers)

    site.answers["/x"] = busy
    visit(visitor, f"{site.root}/x")
    first, second = [request.came for request in site.requests if request.path == "/x"]
    assert second - first >= 1


@pytest.mark.parametrize("pause", ["86400", "Fri, 31 Dec 2099 23:59:59 GMT"])
def test_a_site_that_asks_for_a_long_pause_is_left(site: Site, visitor: Visitor, pause: str) -> None:
    site.data("/x", b"", 503, Retry_After=pause)
    failure(visitor, f"{site.root}/x")
    assert site.paths == ["/x"]


def test_a_pause_that_is_no_number_is_none(site: Site, visitor: Visitor, short: Limits) -> None:
    site.data("/x", b"", 503, Retry_After="soon")
    failure(visitor, f"{site.root}/x")
    assert len(site.paths) == short.attempts


def test_an_unchanged_page_says_so_only_where_it_was_seen_before(site: Site, visitor: Visitor) -> None:
    site.moved("/x", "/y")
    site.answers["/y"] = lambda handler: handler.answer(304 if handler.headers["If-None-Match"] else 200, b"x", {})
    conditions = {"If-None-Match": '"1"'}
    assert visit(visitor, f"{site.root}/x", {f"{site.root}/x": conditions}).answer.status == 200
    assert visit(visitor, f"{site.root}/x", {f"{site.root}/y": conditions}).answer.status == 304


def test_a_site_that_keeps_failing_is_left_alone(site: Site, visitor: Visitor, short: Limits) -> None:
    site.page("/there", "公开")
    for number in range(short.silences):
        site.data(f"/{number}", b"", 500)
    failure(visitor, f"{site.root}/0")
    visit(visitor, f"{site.root}/there")
    for number in range(short.silences):
        assert failure(visitor, f"{site.root}/{number}").name == "http-status"
    asked = len(site.requests)
    assert failure(visitor, f"{site.root}/there").name == "site-left"
    assert len(site.requests) == asked


ROBOTS = """
User-agent: *
Disallow: /closed/
Disallow: /*.pdf$
Allow: /closed/open

User-agent: others
Disallow: /
"""


@pytest.mark.parametrize("path", ["/closed/x", "/a/b.pdf"])
def test_what_robots_forbid_is_not_asked_for(site: Site, visitor: Visitor, path: str) -> None:
    site.data("/robots.txt", ROBOTS.encode())
    site.page(path, "公开")
    site.moved("/aside", path)
    assert failure(visitor, site.root + path).name == "robots-forbid"
    assert failure(visitor, f"{site.root}/aside").name == "robots-forbid"
    assert site.paths == ["/aside"]


def test_what_robots_allow_is_asked_for_and_they_are_asked_once(site: Site, visitor: Visitor) -> None:
    site.data("/robots.txt", b"\xef\xbb\xbf" + ROBOTS.encode())
    for path in ("/x", "/closed/open/x"):
        site.page(path, "公开")
        visit(visitor, site.root + path)
    assert [request.path for request in site.requests].count("/robots.txt") == 1


def test_robots_that_name_us_are_for_us(site: Site, visitor: Visitor) -> None:
    site.data("/robots.txt", b"User-agent: gongkai\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert failure(visitor, f"{site.root}/x").name == "robots-forbid"


@pytest.mark.parametrize(("status", "body"), [(404, b""), (403, b""), (200, b""), (200, b"<html>no such page</html>")])
def test_a_site_without_rules_has_none(site: Site, visitor: Visitor, status: int, body: bytes) -> None:
    site.data("/robots.txt", body, status)
    site.page("/x", "公开")
    assert visit(visitor, f"{site.root}/x").answer.status == 200


def endless() -> Iterator[bytes]:
    while True:
        yield b"Disallow: /x\n" * 1000


def test_rules_that_cannot_be_had_are_no_permission(site: Site, visitor: Visitor, short: Limits) -> None:
    site.page("/x", "公开")
    site.data("/robots.txt", b"", 500)
    assert failure(visitor, f"{site.root}/x").name == "robots-unknown"
    site.stream("/robots.txt", endless)
    assert failure(Visitor(short, LARGEST), f"{site.root}/x").name == "robots-unknown"
    site.moved("/robots.txt", "/robots.txt")
    assert failure(Visitor(short, LARGEST), f"{site.root}/x").name == "robots-unknown"
    assert site.paths.count("/x") == 0


def test_robots_lead_to_no_private_address(site: Site, visitor: Visitor) -> None:
    site.moved("/robots.txt", "http://10.0.0.1/robots.txt")
    assert failure(visitor, f"{site.root}/x").name == "not-public"


def gaps(site: Site) -> list[float]:
    asked = sorted(site.requests, key=lambda request: request.came)
    return [after.came - before.came for before, after in pairwise(asked)]


def test_requests_to_a_host_take_turns_with_a_pause(site: Site, short: Limits) -> None:
    visitor = Visitor(replace(short, delay_seconds=0.1), LARGEST)

    def slow(handler: Handler) -> None:
        time.sleep(0.1)
        handler.answer(200, b"x", {})

    site.answers = dict.fromkeys(("/robots.txt", "/1", "/2", "/3"), slow)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda path: visit(visitor, site.root + path, own_delay=None), ("/1", "/2", "/3")))
    assert len(site.requests) == 4
    assert min(gaps(site)) >= 0.2


def test_the_pause_is_that_of_robots_where_it_is_longer(site: Site, visitor: Visitor) -> None:
    site.data("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n")
    for path in ("/1", "/2"):
        site.page(path, "公开")
        visit(visitor, site.root + path)
    assert min(gaps(site)) >= 0.3


def test_robots_that_ask_for_days_are_not_waited_for(site: Site, visitor: Visitor) -> None:
    site.data("/robots.txt", b"User-agent: *\nCrawl-delay: 86400\n")
    began = time.monotonic()
    assert failure(visitor, f"{site.root}/x").name == "robots-slow"
    assert time.monotonic() - began < 1


def test_a_shorter_pause_is_for_addresses_of_ones_own() -> None:
    assert source_of("http://a.gov.cn/", private=(), own_delay=0.1).delay(2) == 2
    assert source_of("http://a.gov.cn/", private=(), own_delay=9).delay(2) == 9
    assert source_of("http://10.0.0.1/", own_delay=0.1).delay(2) == 0.1
    assert source_of("http://10.0.0.1/", own_delay=None).delay(2) == 2
