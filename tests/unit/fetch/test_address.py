"""Addresses: spellings, and that only public ones are asked."""

import socket
from ipaddress import ip_address, ip_network

import pytest

from pipelines.fetch.address import is_permitted, joined, parse_address, resolve
from pipelines.fetch.failure import Failure


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("http://www.a.gov.cn", "http://www.a.gov.cn/"),
        (" HTTPS://WWW.A.GOV.CN:443/x ", "https://www.a.gov.cn/x"),
        ("http://a.gov.cn:8080/a b/年报.html", "http://a.gov.cn:8080/a%20b/%E5%B9%B4%E6%8A%A5.html"),
        ("http://a.gov.cn/x?q=1&r=公开#part", "http://a.gov.cn/x?q=1&r=%E5%85%AC%E5%BC%80"),
        ("http://a.gov.cn\\x\\y", "http://a.gov.cn/x/y"),
        ("http://中国.cn/", "http://xn--fiqs8s.cn/"),
        ("http://[2400:3200::1]:8080/", "http://[2400:3200::1]:8080/"),
        ("http://a.gov.cn./", "http://a.gov.cn/"),
        ("http://122.137.242.24:8080/", "http://122.137.242.24:8080/"),
        ("http://a.gov.cn/%E5%85%AC?x=%20", "http://a.gov.cn/%E5%85%AC?x=%20"),
        ("http://a.gov.cn/a\r\nHost: b", "http://a.gov.cn/aHost:%20b"),
    ],
)
def test_an_address_is_written_in_one_way(written: str, understood: str) -> None:
    assert str(parse_address(written.replace("\\", "/") if "\\" in written else written)) == understood


@pytest.mark.parametrize(
    "written",
    [
        *("", "www.a.gov.cn", "ftp://a.gov.cn/", "file:///etc/passwd", "javascript:void(0)", "data:text/html,x"),
        *("http://", "http:///x", "http://user@a.gov.cn/", "http://user:word@a.gov.cn/", "http://a.gov.cn:0/"),
        *("http://a.gov.cn:99999/", "http://a.gov.cn:x/", "http://[::1/", "http://[fe80::1%25eth0]/", "http://a b.cn/"),
        # Spellings of 127.0.0.1 that some programs understand.
        *("http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/"),
        *(
            "http://127.0.1/",
            "http://0/",
            "http://127.0.0.1.2/",
            "http://0x7F.1/",
            "http://a.0x7f/",
            "http://１２７.０.０.１/",
        ),
        *("http://-a.cn/", "http://a..cn/", "http://a.cn\x00.b/", "http://<a>.cn/", "http://" + "a" * 300 + ".cn/"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(written: str) -> None:
    with pytest.raises(Failure) as refused:
        resolve(parse_address(written), ())
    assert refused.value.name in {"bad-address", "not-public"}


PRIVATE = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.1", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "64:ff9b::127.0.0.1"),
    *("64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "fe80::1", "fec0::1", "fc00::1", "fd12::1"),
    *("ff02::1", "ff0e::1", "100::1", "2001:db8::1", "3fff::1", "5f00::1"),
)


@pytest.mark.parametrize("number", PRIVATE)
def test_no_address_of_special_purpose_is_asked(number: str) -> None:
    assert not is_permitted(ip_address(number), ())
    written = f"[{number}]" if ":" in number else number
    with pytest.raises(Failure) as refused:
        resolve(parse_address(f"http://{written}/"), ())
    assert refused.value.name == "not-public"


@pytest.mark.parametrize(
    "number", ["1.2.4.8", "122.137.242.24", "2400:3200::1", "::ffff:1.2.4.8", "64:ff9b::1.2.4.8", "240e::1"]
)
def test_public_addresses_are_asked(number: str) -> None:
    assert is_permitted(ip_address(number), ())


def test_what_a_source_allows_is_asked_however_it_is_embedded() -> None:
    inner = (ip_network("10.1.0.0/16"), ip_network("::1/128"))
    asked = ("10.1.2.3", "::ffff:10.1.2.3", "10.2.0.1", "::1", "127.0.0.1")
    assert [is_permitted(ip_address(number), inner) for number in asked] == [True, True, False, True, False]


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "ⓛocalhost"])
def test_a_name_is_what_it_resolves_to(name: str) -> None:
    with pytest.raises(Failure) as refused:
        resolve(parse_address(f"http://{name}/"), ())
    assert refused.value.name == "not-public"


def test_a_name_with_one_private_address_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("1.2.4.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Failure, match=r"10\.0\.0\.1"):
        resolve(parse_address("http://a.gov.cn/"), ())
    found.pop()
    assert resolve(parse_address("http://a.gov.cn/"), ()) == ("1.2.4.8",)


def test_an_unknown_name_may_be_known_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Failure) as refused:
        resolve(parse_address("http://nowhere.gov.cn/"), ())
    assert (refused.value.name, refused.value.passing) == ("unknown-host", True)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("./t1.html", "http://a.gov.cn/x/t1.html"),
        ("../y/t1.html", "http://a.gov.cn/y/t1.html"),
        ("/t1.html", "http://a.gov.cn/t1.html"),
        ("//b.gov.cn/t1.html", "http://b.gov.cn/t1.html"),
        (" https://b.gov.cn/ ", "https://b.gov.cn/"),
        ("..\\y\\t1.html", "http://a.gov.cn/y/t1.html"),
        ("mailto:a@b.cn", ""),
        ("file:///etc/passwd", ""),
        ("http://[::1", ""),
    ],
)
def test_links_are_joined_to_their_page(link: str, address: str) -> None:
    assert joined("http://a.gov.cn/x/index.html", link) == address
