"""Addresses on the web, and which of them may be asked: what counts is the IP address that is connected to."""

import re
import socket
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from pipelines.fetch.failure import Failure
from pipelines.registry.fetching import Network, networks, session

IPAddress = IPv4Address | IPv6Address
_PORTS = {"http": 80, "https": 443}
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_IPV4_BITS = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An http or https address, taken apart; `host` is a name or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def site(self) -> str:
        """The host with its port where that is not the usual one, as in the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def root(self) -> str:
        """Scheme and site."""
        return f"{self.scheme}://{self.site}"

    def __str__(self) -> str:
        return self.root + self.target


def parse_address(text: str) -> Address:
    """Return an address without its fragment; raises Failure where it is no plain http or https address.

    An IP address has to be written the usual way: other spellings are read differently by different programs.

    >>> str(parse_address("HTTP://www.example.gov.cn:80/公开?x=1#top"))
    'http://www.example.gov.cn/%E5%85%AC%E5%BC%80?x=1'
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise Failure("bad-address", error) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname or parts.username is not None or port == 0:
        raise Failure("bad-address", text)
    return Address(scheme=scheme, host=_host(parts.hostname), port=port or _PORTS[scheme], target=_target(parts))


def _target(parts: SplitResult) -> str:
    path = quote(parts.path.replace("\\", "/"), safe=_SAFE) or "/"
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _host(name: str) -> str:
    if ":" in name:
        return _literal(name)
    try:
        host = name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        raise Failure("bad-address", name) from None
    if _NUMBER.fullmatch(host):
        return _literal(host)
    if not _HOST.fullmatch(host):
        raise Failure("bad-address", name)
    return host


def _literal(text: str) -> str:
    try:
        address = ip_address(text)
    except (AddressValueError, ValueError):
        raise Failure("bad-address", text) from None
    if isinstance(address, IPv6Address) and address.scope_id:
        raise Failure("bad-address", text)
    return str(address)


def joined(base: str, link: str) -> str:
    """Return the address that a link on a page means, "" where it is no http or https address.

    The number of a session, which sites write into links for guests without cookies, is no part of it.

    >>> joined("http://a.gov.cn/x/index.html", "./t1.html"), joined("http://a.gov.cn/", "javascript:void(0)")
    ('http://a.gov.cn/x/t1.html', '')
    """
    try:
        address = session().sub("", urljoin(base, link.strip().replace("\\", "/")))
        return address if urlsplit(address).scheme in _PORTS else ""
    except ValueError:
        return ""


def is_permitted(address: IPAddress, private: tuple[Network, ...]) -> bool:
    """Say whether an IP address may be asked: a public one, or one that the source allows although it is not.

    >>> is_permitted(ip_address("::ffff:127.0.0.1"), ())
    False
    """
    meant = _meant(address)
    if any(meant in network for network in private):
        return True
    return meant.is_global and not meant.is_multicast and not _within(meant, networks().never_public)


def _meant(address: IPAddress) -> IPAddress:
    return IPv4Address(int(address) & _IPV4_BITS) if _within(address, networks().holds_ipv4) else address


def _within(address: IPAddress, some: tuple[Network, ...]) -> bool:
    return any(address in network for network in some)


def resolve(address: Address, private: tuple[Network, ...]) -> tuple[str, ...]:
    """Return the IP addresses of a host; raises Failure where it is unknown or any of them may not be asked.

    Whoever connects has to connect to one of these and ask no second time: a name can mean another address by then.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failure("unknown-host", f"{address.host}: {error}", passing=True) from None
    numbers = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    for number in numbers:
        if not is_permitted(ip_address(number), private):
            raise Failure("not-public", f"{address.host} → {number}" if number != address.host else number)
    return numbers
