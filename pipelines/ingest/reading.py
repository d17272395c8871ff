"""One report: bytes in, everything that is printed and everything that was tested out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from pipelines.extract.report import extract
from pipelines.extract.split.sums import Stated
from pipelines.ingest.privacy import discreet
from pipelines.model.document import Document
from pipelines.model.finding import Finding
from pipelines.model.report import Extraction
from pipelines.quality.frame import check_frame
from pipelines.quality.sources import check_sources
from pipelines.quality.sums import check_sums
from pipelines.quality.values import check_values
from pipelines.read.document import read_document
from pipelines.registry.rules import rules

REPORT_ID_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReading:
    """A report as read: the digests of its bytes and of its text, how it was stored, and what it holds."""

    sha256: str
    text_sha256: str
    size: int
    media_type: str
    encoding: str
    extraction: Extraction

    @property
    def report_id(self) -> str:
        """The id of this version: the first sixteen digits of the SHA-256 of its bytes."""
        return self.sha256[:REPORT_ID_LENGTH]


def read_report(data: bytes, outside: Sequence[Stated] = ()) -> ReportReading:
    """Return what the bytes of an annual report hold, with every finding on them.

    `outside` is what reports of other years state of cells that run together; none for the reading of a report alone.
    Raises Unreadable where they are no readable annual report; `reason` is one of the reasons for quarantine.
    """
    document = read_document(data)
    extraction = extract(document, outside)
    findings = (*_damage(document), *extraction.findings, *check(extraction))
    return ReportReading(
        sha256=sha256(data).hexdigest(),
        text_sha256=sha256("\n".join(document.texts).encode("utf-8", "surrogatepass")).hexdigest(),
        size=len(data),
        media_type=document.media_type,
        encoding=document.encoding,
        extraction=discreet(replace(extraction, findings=findings), document.texts),
    )


def check(extraction: Extraction) -> Iterator[Finding]:
    """Yield the answer of every rule that one report alone can be tested by."""
    yield from check_sums(extraction)
    yield from check_sources(extraction)
    yield from check_frame(extraction)
    yield from check_values(extraction)


def _damage(document: Document) -> Iterator[Finding]:
    last = (document.places[len(document.texts) - 1],)
    for damage in document.damage:
        yield rules()["truncated-bytes"].broken(locators=last, found=damage)
    for part in document.unread:
        yield rules()["part-not-read"].broken(locators=last, found=part)
