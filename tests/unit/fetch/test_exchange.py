"""One request: bounded in time and size whatever the other side does, and connected to the address that was checked."""

import datetime as dt
import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from itertools import chain, repeat
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pipelines.fetch.address import parse_address
from pipelines.fetch.exchange import Answer, exchange
from pipelines.fetch.failure import Failure
from pipelines.registry.fetching import Limits
from tests.site import Site

LARGEST = 100_000


def ask(address: str, limits: Limits, largest: int = LARGEST, **headers: str) -> Answer:
    return exchange(parse_address(address), ("127.0.0.1",), headers, limits, largest)


def slowly(piece: bytes, seconds: float = 0.05) -> Iterator[bytes]:
    for each in repeat(piece, 400):
        time.sleep(seconds)
        yield each


def failure(site: Site, path: str, limits: Limits) -> Failure:
    began = time.monotonic()
    with pytest.raises(Failure) as failed:
        ask(site.root + path, limits)
    assert time.monotonic() - began < 3
    return failed.value


def test_an_answer_is_status_headers_and_bytes(site: Site, short: Limits) -> None:
    site.data("/x", b"abc", 203, ETag='"1"')
    answer = ask(f"{site.root}/x", short)
    assert (answer.status, answer.headers["etag"], answer.data) == (203, '"1"', b"abc")


def test_a_header_on_several_lines_is_one_line(site: Site, short: Limits) -> None:
    site.stream("/x", lambda: iter([b"abc"]), 'HTTP/1.1 200 OK\r\nETag: "a\r\n b"\r\n\r\n')
    assert ask(f"{site.root}/x", short).headers["etag"] == '"a b"'


def test_the_connection_goes_to_the_checked_address_and_nowhere_else(
    site: Site, short: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    asked: list[object] = []
    look_up = socket.getaddrinfo

    def noted(host: str, *rest: object, **named: object) -> object:
        asked.append(host)
        return look_up(host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    site.data("/x", b"abc")
    assert ask(f"http://www.a.gov.cn:{site.port}/x", short).data == b"abc"
    assert site.requests[0].headers["host"] == f"www.a.gov.cn:{site.port}"
    assert set(asked) == {"127.0.0.1"}


def test_the_next_address_of_a_host_is_tried(site: Site, short: Limits) -> None:
    site.data("/x", b"abc")
    answer = exchange(parse_address(f"{site.root}/x"), ("127.0.0.2", "127.0.0.1"), {}, short, LARGEST)
    assert answer.data == b"abc"


def test_a_closed_port_may_open_later(short: Limits) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(Failure) as failed:
            ask(f"http://127.0.0.1:{closed.getsockname()[1]}/", short)
    assert (failed.value.name, failed.value.passing) == ("cannot-connect", True)


def test_an_answer_that_says_it_is_too_large_is_not_read(site: Site, short: Limits) -> None:
    site.stream("/x", lambda: iter(()), f"HTTP/1.1 200 OK\r\nContent-Length: {LARGEST + 1}\r\n\r\n")
    assert failure(site, "/x", short).name == "too-large"


@pytest.mark.parametrize("head", ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"])
def test_an_endless_answer_is_cut_off(site: Site, short: Limits, head: str) -> None:
    site.stream("/x", lambda: repeat(b"1000\r\n" + b"x" * 4096 + b"\r\n"), head)
    assert failure(site, "/x", short).name == "too-large"


@pytest.mark.parametrize(
    "head", ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "]
)
def test_an_answer_that_drips_is_cut_off(site: Site, short: Limits, head: str) -> None:
    site.stream("/x", lambda: slowly(b"x"), head)
    assert failure(site, "/x", short).name == "timeout"


def test_a_silent_site_is_left(site: Site, short: Limits) -> None:
    site.stream("/x", lambda: slowly(b"", 1), "")
    found = failure(site, "/x", short)
    assert (found.name, found.passing) == ("timeout", True)


def test_bombs_do_not_go_off(site: Site, short: Limits) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.data("/gzip", bomb, Content_Encoding="gzip")
    site.data("/twice", gzip.compress(bomb), Content_Encoding="gzip, gzip")
    site.data("/deflate", zlib.compress(b"\0" * 50_000_000), Content_Encoding="deflate")
    for path in ("/gzip", "/twice", "/deflate"):
        assert failure(site, path, short).name == "too-large"


def test_packed_answers_are_unpacked(site: Site, short: Limits) -> None:
    site.data("/x", gzip.compress("公开".encode()), Content_Encoding="gzip")
    assert ask(f"{site.root}/x", short).data.decode() == "公开"


@pytest.mark.parametrize(
    "stream",
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + "X: y\r\n" * 200 + "\r\n",
        "HTTP/1.1 200 OK\r\nX: " + "y" * 70_000 + "\r\n\r\n",
        "",
    ],
    ids=["short", "short chunk", "no chunk", "no gzip", "no http", "many headers", "long header", "nothing"],
)
def test_what_breaks_off_is_no_answer(site: Site, short: Limits, stream: str) -> None:
    site.stream("/x", lambda: iter(()), stream)
    found = failure(site, "/x", short)
    assert (found.name, found.passing) == ("broken-off", True)


def test_time_is_over_for_good_when_it_is_over(site: Site, short: Limits) -> None:
    """An answer without a length ends where the connection ends: it must not pass for a whole one."""
    site.stream("/x", lambda: chain([b"x" * 5000], slowly(b"", 0.2)))
    assert failure(site, "/x", replace(short, read_seconds=5)).name == "timeout"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of its own authority for www.a.gov.cn and 127.0.0.1, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a.gov.cn")])
    names = x509.SubjectAlternativeName([x509.DNSName("www.a.gov.cn"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure_port(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    plain, _ = listening.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(plain, server_side=True) as stream:
                        stream.recv(4096)
                        stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
                except OSError:
                    continue

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("host", ["www.a.gov.cn", "127.0.0.1"])
def test_an_encrypted_site_is_known_by_its_name(
    secure_port: int, certificate: Path, short: Limits, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert ask(f"https://{host}:{secure_port}/", short).data == b"abc"


def test_a_certificate_of_another_site_is_not_trusted(
    secure_port: int, certificate: Path, short: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Failure) as failed:
        ask(f"https://www.a.gov.cn:{secure_port}/", short)
    assert failed.value.name == "insecure"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(Failure) as failed:
        ask(f"https://www.b.gov.cn:{secure_port}/", short)
    assert (failed.value.name, failed.value.passing) == ("insecure", False)


def test_a_site_that_speaks_no_tls_is_left(site: Site, short: Limits) -> None:
    with pytest.raises(Failure) as failed:
        ask(f"https://127.0.0.1:{site.port}/", short)
    assert failed.value.name in {"insecure", "cannot-connect", "timeout"}
