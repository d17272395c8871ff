"""What a check has to say about a report: which rule, which answer, what was expected and what was found."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.model.identity import Verdict
from pipelines.model.observation import TOTAL


class Severity(StrEnum):
    """How much a broken rule matters: an error makes figures doubtful, a warning asks for a look, info is a note."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer of one rule at one place of one report, in both languages."""

    rule: str
    severity: Severity
    verdict: Verdict
    expected: str
    found: str
    message_zh: str
    message_en: str
    locators: tuple[str, ...]
    time_period: int | None = None
    indicator: str = ""
    breakdown: str = TOTAL
