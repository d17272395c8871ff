"""One request and its answer, over a connection of its own, within bounds of time and size."""

import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from threading import Event, Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import HTTPResponse

from pipelines.fetch.address import Address
from pipelines.fetch.failure import Failure
from pipelines.registry.fetching import Limits

_CHUNK = 1 << 16
_TRIED = 3
# A long header may be written on several lines.
_FOLD = re.compile(r"[\r\n\t ]+")
_OVER = "the answer takes longer than all of the time for one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site answered: status, headers by their names in small letters, and the bytes, unpacked."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def exchange(
    address: Address, numbers: tuple[str, ...], headers: Mapping[str, str], limits: Limits, largest: int
) -> Answer:
    """Ask for an address at one of the IP addresses `numbers` and return the answer.

    Nothing else decides where the connection goes: no second look-up, no proxy. Raises Failure where there is no
    connection, where the answer is broken off, longer than `largest` bytes, or takes longer than the limits allow.
    """
    ends = time.monotonic() + limits.total_seconds
    connection = _connected(address, numbers, limits)
    try:
        with _ended_at(ends, connection.sock) as expired:
            return _asked(connection, address, headers, largest, expired)
    finally:
        connection.close()


def _connected(address: Address, numbers: tuple[str, ...], limits: Limits) -> HTTPConnection:
    """Return a connection to the first IP address that takes one."""
    failure = Failure("cannot-connect", address.host, passing=True)
    for number in numbers[:_TRIED]:
        connection = _connection(address, number, limits.connect_seconds)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            failure = _not_connected(error)
            continue
        connection.timeout = limits.read_seconds
        return connection
    raise failure


def _not_connected(error: Exception) -> Failure:
    if isinstance(error, (SSLError, ssl.SSLError)):
        return Failure("insecure", _said(error))
    late = isinstance(error, (ConnectTimeoutError, TimeoutError)) and not isinstance(error, NewConnectionError)
    return Failure("timeout" if late else "cannot-connect", _said(error), passing=True)


def _connection(address: Address, number: str, seconds: float) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(number, address.port, timeout=seconds)
    return HTTPSConnection(
        number,
        address.port,
        timeout=seconds,
        ssl_context=ssl.create_default_context(),
        server_hostname=address.host,
    )


@contextmanager
def _ended_at(ends: float, connected: socket.socket | None) -> Iterator[Event]:
    """Shut a connection down when its time is over, whatever it is just doing; the event tells that it happened."""
    expired = Event()

    def end() -> None:
        expired.set()
        if connected is not None:
            with suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = Timer(max(0.0, ends - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()


def _asked(
    connection: HTTPConnection, address: Address, headers: Mapping[str, str], largest: int, expired: Event
) -> Answer:
    try:
        connection.request(
            "GET", address.target, headers={"Host": address.site, **headers}, preload_content=False, decode_content=True
        )
        with closing(connection.getresponse()) as response:
            answer = Answer(
                status=response.status,
                headers={name.lower(): _FOLD.sub(" ", value) for name, value in response.headers.items()},
                data=_bytes(response, largest),
            )
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise _broken_off(error, late=expired.is_set()) from None
    if expired.is_set():
        raise Failure("timeout", _OVER)
    return answer


def _bytes(response: HTTPResponse, largest: int) -> bytes:
    """Return the body of an answer, unpacked piece by piece, so that a small bomb never becomes a large one."""
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and int(promised) > largest:
        raise _too_large(int(promised), largest)
    found = bytearray()
    for piece in response.stream(_CHUNK, decode_content=True):
        found += piece
        if len(found) > largest:
            raise _too_large(len(found), largest)
    return bytes(found)


def _too_large(size: int, largest: int) -> Failure:
    return Failure("too-large", f"{size:,} > {largest:,} bytes")


def _broken_off(error: Exception, *, late: bool) -> Failure:
    if late:
        return Failure("timeout", _OVER)
    if isinstance(error, (ReadTimeoutError, TimeoutError)):
        return Failure("timeout", _said(error), passing=True)
    return Failure("broken-off", _said(error), passing=True)


def _said(error: Exception) -> str:
    """Return what went wrong in one line."""
    return " ".join(str(error).split()) or type(error).__name__
