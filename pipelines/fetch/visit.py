"""Visits to sites as a polite guest makes them: by their rules, in turn, not too often, and never led astray."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from threading import Lock

from protego import Protego
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from pipelines.fetch.address import Address, joined, parse_address, resolve
from pipelines.fetch.exchange import Answer, exchange
from pipelines.fetch.failure import Failure
from pipelines.fetch.sources import Source
from pipelines.fetch.turns import Turns
from pipelines.registry.fetching import Limits, agent

OK, UNCHANGED, TOO_MANY = 200, 304, 429
_MOVED = frozenset({301, 302, 303, 307, 308})
_SERVER = range(500, 600)
# What says more about a site than that its rules cannot be had.
_NO_SITE = frozenset({"cannot-connect", "insecure", "not-public", "unknown-host"})


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and the address that gave it after all redirects."""

    address: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site's robots.txt says; `failure` where it could not be had."""

    parser: Protego
    failure: Failure | None = None


def user_agent(contact: str) -> str:
    """Return the words by which every request says who asks, and why."""
    whom = f"; {contact}" if contact else ""
    return f"{agent()}/{version('gongkai')} (archives government information disclosure annual reports{whom})"


class Visitor:
    """The one guest of a run: keeps the turns of all hosts and the rules of all sites."""

    def __init__(self, limits: Limits, largest: int, contact: str = "") -> None:
        self._limits, self._largest, self._agent = limits, largest, user_agent(contact)
        self._turns = Turns()
        self._guard = Lock()
        self._locks: dict[str, Lock] = {}
        self._rules: dict[str, Rules] = {}
        self._silences: dict[str, int] = {}

    def visit(self, text: str, source: Source, known: Mapping[str, Mapping[str, str]] | None = None) -> Found:
        """Return what an address answers, 200 or 304, after redirects; each of them is checked like the first.

        `known` holds for addresses what makes a request conditional. What may be over soon is tried again; a host
        that does not answer several times over is left alone for the rest of the run. Raises Failure.
        """
        host = parse_address(text).host
        if self._silences.get(host, 0) >= self._limits.silences:
            raise Failure("site-left", host)
        ask = partial(self._polite, source=source, known=known or {})
        try:
            found = self._again(lambda: _filled(self._followed(text, ask)))
        except Failure as failure:
            silent = failure.passing or failure.name == "timeout"
            self._silences[host] = self._silences.get(host, 0) + 1 if silent else 0
            raise
        self._silences[host] = 0
        return found

    def _again(self, attempt: Callable[[], Found]) -> Found:
        pause = self._limits.backoff_seconds
        for _ in range(self._limits.attempts - 1):
            try:
                return attempt()
            except Failure as failure:
                if not failure.passing or failure.after > self._limits.longest_delay_seconds:
                    raise
                time.sleep(max(pause, failure.after))
                pause *= 2
        return attempt()

    def _followed(self, text: str, ask: Callable[[Address], Answer]) -> Found:
        """Return the first answer that is no redirect; raises Failure where it is no success or no end is in sight."""
        seen = [text]
        for _ in range(self._limits.redirects + 1):
            address = parse_address(seen[-1])
            answer = ask(address)
            if answer.status not in _MOVED:
                return Found(str(address), _success(answer))
            seen.append(_next(address, answer))
        raise Failure("too-many-redirects", " → ".join(seen))

    def _polite(self, address: Address, source: Source, known: Mapping[str, Mapping[str, str]]) -> Answer:
        resolve(address, source.private)
        rules = self._rules_of(address, source)
        if rules.failure:
            raise rules.failure
        if not rules.parser.can_fetch(str(address), agent()):
            raise Failure("robots-forbid", address)
        delay = max(source.delay(self._limits.delay_seconds), rules.parser.crawl_delay(agent()) or 0.0)
        if delay > self._limits.longest_delay_seconds:
            raise Failure("robots-slow", f"{delay:g} > {self._limits.longest_delay_seconds:g} s")
        return self._ask(address, source, delay, known.get(str(address), {}), self._largest)

    def _ask(
        self, address: Address, source: Source, delay: float, conditions: Mapping[str, str], largest: int
    ) -> Answer:
        headers = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", **conditions}
        with self._turns.turn(address.host, delay):
            answer = exchange(address, resolve(address, source.private), headers, self._limits, largest)
        if answer.status == UNCHANGED and not conditions:
            raise Failure("http-status", f"{UNCHANGED}, which nobody asked for")
        return answer

    def _rules_of(self, address: Address, source: Source) -> Rules:
        with self._guard:
            lock = self._locks.setdefault(address.root, Lock())
        with lock:
            if address.root not in self._rules:
                self._rules[address.root] = self._robots(address, source)
            return self._rules[address.root]

    def _robots(self, address: Address, source: Source) -> Rules:
        """Return the rules of a site: none where it has no robots.txt, a failure where that cannot be told."""

        def ask(one: Address) -> Answer:
            delay = source.delay(self._limits.delay_seconds)
            return self._ask(one, source, delay, {}, self._limits.robots_bytes)

        try:
            found = self._again(lambda: self._followed(f"{address.root}/robots.txt", ask))
        except Failure as failure:
            if failure.name == "http-status" and not failure.passing:
                return Rules(Protego.parse(""))
            name = failure.name if failure.name in _NO_SITE else "robots-unknown"
            return Rules(Protego.parse(""), Failure(name, f"{address.root}/robots.txt: {failure.detail}"))
        return Rules(Protego.parse(found.answer.data.decode("utf-8", "replace").lstrip("\ufeff")))


def _next(address: Address, answer: Answer) -> str:
    place = answer.headers.get("location", "")
    # Servers send the bytes of a page's encoding here, which arrive as Latin-1.
    to = joined(str(address), place.encode("latin-1", "replace").decode("utf-8", "replace")) if place else ""
    if not to:
        raise Failure("bad-address", f"{address} → {place or '—'}")
    return to


def _filled(found: Found) -> Found:
    if found.answer.status == OK and not found.answer.data:
        raise Failure("empty-answer", found.address, passing=True)
    return found


def _success(answer: Answer) -> Answer:
    """Return an answer that is a success; raises Failure for every other."""
    if answer.status in {OK, UNCHANGED}:
        return answer
    passing = answer.status in _SERVER or answer.status == TOO_MANY
    raise Failure("http-status", answer.status, passing=passing, after=_retry_after(answer))


def _retry_after(answer: Answer) -> float:
    try:
        return max(0.0, float(Retry().parse_retry_after(answer.headers.get("retry-after", "0"))))
    except InvalidHeader:
        return 0.0
