"""From a source to its reports: lists are followed, pages and their attachments stored, everything else told."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pipelines.fetch.archive import Archive, Held, stored_path
from pipelines.fetch.failure import Failure
from pipelines.fetch.origin import Origin
from pipelines.fetch.page import PAGES, Candidate, Look, Page, look_at, next_pages, read_page, report_year, reports_on
from pipelines.fetch.sources import Source
from pipelines.fetch.visit import UNCHANGED, Found, Visitor
from pipelines.model.report import Unreadable
from pipelines.read.media import HTML, media_type
from pipelines.registry.fetching import Limits, counter


class Kind(StrEnum):
    """What became of a report: stored, unchanged, wanted (a dry run), absent from its list, or failed."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    WANTED = "wanted"
    ABSENT = "absent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one report of one source; `path` is below the raw folder, `reason` is that of a failure."""

    kind: Kind
    line: int
    body: str
    year: int | None
    address: str
    path: str = ""
    reason: str = ""
    detail: str = ""


class Wanted(NamedTuple):
    """A report to fetch, or an attachment of one: `found_on` is the page with the link."""

    address: str
    year: int | None = None
    title: str = ""
    found_on: str = ""


class Guest(NamedTuple):
    """With what sources are followed: who visits, where it is stored, how much, and the clock for the records."""

    visitor: Visitor
    archive: Archive
    limits: Limits
    now: Callable[[], datetime]
    dry_run: bool = False


def follow(source: Source, guest: Guest) -> Iterator[Outcome]:
    """Yield what became of each report of a source; a failure ends nothing but the report that it is of."""
    for address, year in source.addresses:
        if source.is_list:
            yield from _follow_list(replace(source, years=(year,) if year else source.years), address, guest)
        else:
            yield from _fetch(source, Wanted(address, year), guest)


class _Walk(NamedTuple):
    """What the pages of a list link to, and what kept the walk from going on."""

    reports: tuple[Candidate, ...]
    failures: tuple[tuple[str, Failure], ...]


def _follow_list(source: Source, address: str, guest: Guest) -> Iterator[Outcome]:
    walk = _walk(source, address, guest)
    for where, failure in walk.failures:
        yield _failed(source, Wanted(where), failure)
    if not walk.reports and not walk.failures:
        yield _failed(source, Wanted(address), Failure("list-without-reports", address))
        return
    for report in walk.reports:
        if not source.years or report.year in source.years:
            yield from _fetch(source, Wanted(report.address, report.year, report.title, address), guest)
    if not walk.failures:
        for year in sorted({*source.years} - {report.year for report in walk.reports}):
            yield _outcome(Kind.ABSENT, source, Wanted(address, year))


def _walk(source: Source, address: str, guest: Guest) -> _Walk:
    """Read a list from its first page to its last, and no more pages than are allowed."""
    waiting, seen, visited = deque([address]), {address}, 0
    reports: dict[str, Candidate] = {}
    failures: list[tuple[str, Failure]] = []
    while waiting:
        one = waiting.popleft()
        if visited == guest.limits.pages:
            failures.append((address, Failure("list-too-long", f"{visited} pages")))
            break
        visited += 1
        try:
            page = _page(source, one, guest)
        except Failure as failure:
            failures.append((one, failure))
            continue
        reports |= {report.address: report for report in reports_on(page) if report.address not in reports}
        further = [each for each in next_pages(page, one) if each not in seen and each != page.address]
        seen.update((page.address, *further))
        waiting += further
    return _Walk(tuple(reports.values()), tuple(failures))


def _page(source: Source, address: str, guest: Guest) -> Page:
    found = guest.visitor.visit(address, source)
    try:
        if media_type(found.answer.data) not in PAGES:
            raise Failure("list-unreadable", media_type(found.answer.data))
        return read_page(found.address, found.answer.data)
    except Unreadable as reason:
        raise Failure("list-unreadable", reason.detail) from None


def _fetch(source: Source, wanted: Wanted, guest: Guest, *, attached: bool = False) -> Iterator[Outcome]:
    if guest.dry_run:
        yield _outcome(Kind.WANTED, source, wanted)
        return
    try:
        held = tuple(guest.archive.held(wanted.address))
        known = {each.origin.final_address: each.origin.conditions for each in held[:1]}
        found = guest.visitor.visit(wanted.address, source, known)
        look = _look(found, held, attached=attached)
    except Failure as failure:
        yield _failed(source, wanted, failure)
        return
    wanted = wanted._replace(year=wanted.year or (report_year(look.title) if look else None))
    further = _attachments(wanted, found, look)
    if not _only_leads(look, further):
        yield _taken(source, wanted, guest, _Taking(found, look, held))
    for each in further[: guest.limits.attachments]:
        yield from _fetch(source, each, guest, attached=True)
    if len(further) > guest.limits.attachments:
        yield _failed(source, wanted, Failure("too-many-attachments", len(further)))


def _look(found: Found, held: Sequence[Held], *, attached: bool) -> Look | None:
    """Return what a page holds, also of one that has not changed; None where it is no page that can be read.

    Raises Failure where it shows nothing, or stands in place of an attachment: so sites say that a file is not there.
    """
    data = held[0].path.read_bytes() if found.answer.status == UNCHANGED and held else found.answer.data
    media = media_type(data)
    if attached and media == HTML:
        raise Failure("no-file", found.address)
    if attached or media not in PAGES:
        return None
    try:
        look = look_at(found.address, data)
    except Unreadable:
        return None
    if not look.texts and not look.attachments:
        raise Failure("nothing-shown", found.address)
    return look


def _attachments(wanted: Wanted, found: Found, look: Look | None) -> list[Wanted]:
    """Return what is fetched with a page: its report as a file, and all attachments where it has no table."""
    if look is None:
        return []
    named = ((link, report_year(link.title) or report_year(link.text)) for link in look.attachments)
    return [
        Wanted(link.address, year or wanted.year, link.title or link.text, found.address)
        for link, year in named
        if year or not look.has_table
    ]


def _only_leads(look: Look | None, further: Sequence[Wanted]) -> bool:
    """Say whether a page is no report but only leads to one."""
    return look is not None and not look.has_contents and bool(further)


class _Taking(NamedTuple):
    found: Found
    look: Look | None
    held: tuple[Held, ...]


def _taken(source: Source, wanted: Wanted, guest: Guest, taking: _Taking) -> Outcome:
    """Store an answer where no such bytes, and no page that shows the same, were stored from this address before."""
    found, look, held = taking
    if found.answer.status == UNCHANGED and held:
        return _outcome(Kind.UNCHANGED, source, wanted, path=held[0].origin.path)
    sha256, shown = hashlib.sha256(found.answer.data).hexdigest(), _shown_sha256(look)
    for origin, _ in held:
        if origin.sha256 == sha256 or (shown and origin.text_sha256 == shown):
            return _outcome(Kind.UNCHANGED, source, wanted, path=origin.path)
    headers = found.answer.headers
    origin = Origin(
        path=stored_path(wanted.address, wanted.year, sha256, media_type(found.answer.data)),
        sha256=sha256,
        size=len(found.answer.data),
        address=wanted.address,
        final_address=found.address,
        found_on=wanted.found_on,
        source=source.address,
        title=wanted.title,
        body=source.body,
        year=wanted.year,
        fetched_at=guest.now().replace(tzinfo=None).isoformat(timespec="seconds"),
        status=found.answer.status,
        content_type=headers.get("content-type", ""),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        text_sha256=shown,
    )
    guest.archive.keep(origin, found.answer.data)
    return _outcome(Kind.STORED, source, wanted, path=origin.path)


def _shown_sha256(look: Look | None) -> str:
    """Return a digest of what a page shows and links to: counters and tokens in its markup change every day."""
    if look is None:
        return ""
    shown = (counter().sub("", text) for text in look.texts)
    parts = (*shown, *(link.address for link in look.attachments))
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()


def _outcome(kind: Kind, source: Source, wanted: Wanted, path: str = "") -> Outcome:
    return Outcome(kind=kind, line=source.line, body=source.body, year=wanted.year, address=wanted.address, path=path)


def _failed(source: Source, wanted: Wanted, failure: Failure) -> Outcome:
    return replace(_outcome(Kind.FAILED, source, wanted), reason=failure.name, detail=failure.detail)
