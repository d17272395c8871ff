"""The catalogue of rules and of reasons for quarantine, with their wording in both languages."""

from dataclasses import dataclass
from functools import cache

from pipelines.model.finding import Finding, Severity
from pipelines.model.frozen import maker
from pipelines.model.identity import Judgement, Verdict
from pipelines.model.observation import TOTAL
from pipelines.registry.files import read_yaml

_finding = maker(Finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: id, severity, name in both languages, why it is asked, and its two messages."""

    id: str
    severity: Severity
    zh: str
    en: str
    reason_zh: str
    reason: str
    message_zh: str
    message_en: str

    def finding(  # noqa: PLR0913 - a finding has these parts, all by name
        self,
        verdict: Verdict,
        *,
        locators: tuple[str, ...],
        expected: object = "",
        found: object = "",
        time_period: int | None = None,
        indicator: str = "",
        breakdown: str = TOTAL,
        **words: object,
    ) -> Finding:
        """Return a finding of this rule; `words` fill the placeholders of its messages."""
        words |= {"expected": expected, "found": found}
        return _finding(
            rule=self.id,
            severity=self.severity,
            verdict=verdict,
            expected=str(expected),
            found=str(found),
            message_zh=self.message_zh.format_map(words),
            message_en=self.message_en.format_map(words),
            locators=locators,
            time_period=time_period,
            indicator=indicator,
            breakdown=breakdown,
        )

    def broken(  # noqa: PLR0913 - a finding has these parts, all by name
        self,
        *,
        locators: tuple[str, ...],
        expected: object = "",
        found: object = "",
        time_period: int | None = None,
        indicator: str = "",
        breakdown: str = TOTAL,
        **words: object,
    ) -> Finding:
        """Return a finding that says that the rule is broken."""
        return self.finding(
            Verdict.BROKEN,
            locators=locators,
            expected=expected,
            found=found,
            time_period=time_period,
            indicator=indicator,
            breakdown=breakdown,
            **words,
        )


@dataclass(frozen=True, slots=True)
class QuarantineReason:
    """Why a file is not read, and what its keeper can do."""

    id: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str


@cache
def rules() -> dict[str, Rule]:
    """Return every rule that is no sum, by id."""
    return {
        name: Rule(id=name, severity=Severity(declared.pop("severity")), **declared)
        for name, declared in read_yaml("rules.yml")["findings"].items()
    }


@cache
def quarantine_reasons() -> dict[str, QuarantineReason]:
    """Return every reason for which a file is set aside, by id."""
    return {name: QuarantineReason(name, **declared) for name, declared in read_yaml("rules.yml")["quarantine"].items()}


ANSWERS = {
    Verdict.HOLDS: ("成立", "holds"),
    Verdict.BROKEN: ("不成立", "is broken"),
    Verdict.CANNOT_TELL: ("无法判断", "cannot be told"),
}


def sum_finding(judgement: Judgement, locators: tuple[str, ...], time_period: int) -> Finding:
    """Return the finding of an identity: a hard sum that is broken is an error, a soft one a warning."""
    identity, (zh, en) = judgement.identity, ANSWERS[judgement.verdict]
    left, right = str(judgement.left), f"{identity.operator.removesuffix('max')} {judgement.right}"
    indicator, breakdown = identity.left[0]
    return _finding(
        rule=identity.id,
        severity=Severity.ERROR if identity.hard else Severity.WARNING,
        verdict=judgement.verdict,
        expected=right,
        found=left,
        message_zh=f"{identity.zh}：{left} {right}，{zh}",
        message_en=f"{identity.en}: {left} {right}, {en}",
        locators=locators,
        time_period=time_period,
        indicator=indicator,
        breakdown=breakdown,
    )
