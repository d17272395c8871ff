"""What docs/quality-rules.md says of everything that is tested: rules, sums, laws between years, expectations."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from pipelines.ingest.checks import across_rules, mart_rules
from pipelines.registry.continuity import Law, LawTerm, laws
from pipelines.registry.dictionary import name_of_cell
from pipelines.registry.files import read_yaml
from pipelines.registry.identities import identities
from pipelines.registry.rules import Rule, rules
from pipelines.registry.thresholds import thresholds
from pipelines.sql.statements import in_order
from tools.markdown import both, coded, grid

_EXPECTATIONS = Path(__file__).parents[1] / "expectations"
_BY_CORRECTIONS = ("believed-sum",)
_HARD = {True: "`error`", False: "`warning`"}


def rules_of_reports() -> str:
    """Return every rule that is no sum: its severity, what it looks at, why it is asked."""
    heads = ("rule", "severity", "问题 question", "理由 why", "looks at")
    seen = _seen()
    return grid(heads, (_rule(rule, seen.get(rule.id, "one report")) for rule in rules().values()))


def _rule(rule: Rule, looks_at: str) -> tuple[str, ...]:
    return f"`{rule.id}`", f"`{rule.severity}`", both(rule.zh, rule.en), both(rule.reason_zh, rule.reason), looks_at


def _seen() -> dict[str, str]:
    """Return what the rules look at that need more than one report."""
    bodies = (each.name.partition(".")[2].replace("_", "-") for each in in_order("check"))
    told = dict.fromkeys((*bodies, *_BY_CORRECTIONS), "reports of a body")
    return told | dict.fromkeys(chain(across_rules(), mart_rules()), "the whole warehouse")


def sums() -> str:
    """Return the sums of the forms as they are declared, each once: with its severity, its forms, when it is asked."""
    heads = ("rule", "severity", "关系 sum", "asked of", "备注 note")
    return grid(heads, map(_sum, read_yaml("identities.yml")))


def _sum(declared: dict[str, Any]) -> tuple[str, ...]:
    known = {identity.id: identity for identity in identities()}
    expanded = [name for name in known if name == declared["id"] or name.startswith(f"{declared['id']}.")]
    members = [name for name in expanded if "each" in declared or "rows" in declared] or [declared["id"]]
    shown = known.get(f"{declared['id']}.total") or known[members[0]]
    name = f"`{declared['id']}.*`（{len(members)}）" if len(members) > 1 else f"`{declared['id']}`"
    note = both(declared.get("note_zh", ""), declared.get("note", ""))
    return name, _HARD[declared["hard"]], both(shown.zh, shown.en), _asked(declared), note


def _asked(declared: Mapping[str, Any]) -> str:
    told = [coded(declared["forms"])]
    if declared.get("where_printed"):
        told.append("where all its cells are printed")
    if "unless" in declared:
        told.append(f"not where {coded(declared['unless'])} is")
    return ", ".join(told)


def laws_between_years() -> str:
    """Return the sums between two years as they are declared, each once."""
    heads = ("rule", "severity", "关系 law", "terms of the first", "asked of", "例外 exceptions")
    first: dict[str, list[Law]] = {}
    for law in laws().values():
        first.setdefault(law.law.partition(".")[0], []).append(law)
    return grid(heads, (_law(name, found) for name, found in first.items()))


def _law(name: str, found: list[Law]) -> tuple[str, ...]:
    law = found[0]
    forms = coded(law.forms) + (", from one to the other too" if law.across_forms else "")
    sides = f" {law.operator} ".join(" + ".join(_terms(law, side)) for side in ("left", "right")).replace("+ -", "- ")
    asked = (forms, both(law.note_zh, law.note_en))
    return f"`{name}.*`（{len(found)}）", _HARD[law.hard], both(law.zh, law.en), sides, *asked


def _terms(law: Law, side: str) -> Iterator[str]:
    return (_term(term) for term in law.terms if term.side == side)


def _term(term: LawTerm) -> str:
    before = " of the year before" if term.years_back else ""
    return f"{'-' if term.sign < 0 else ''}`{name_of_cell(term.indicator, term.breakdown)}`{before}"


def culprits() -> str:
    """Return what is said of who is likelier at fault."""
    return grid(
        ("culprit", "含义 meaning"),
        ((f"`{name}`", both(said["zh"], said["en"])) for name, said in read_yaml("continuity.yml")["culprits"].items()),
    )


def numbers() -> str:
    """Return the numbers that checks compare with, and where each comes from."""
    heads = ("threshold", "value", "含义 meaning", "来源 source")
    return grid(
        heads, ((f"`{each.threshold}`", f"{each.value}", both(each.zh, each.en), each.source) for each in thresholds())
    )


def expectations() -> str:
    """Return what the warehouse has to fulfil, file by file."""
    heads = ("table", "expectation", "severity", "理由 why")
    files = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_EXPECTATIONS.glob("*.yml")))
    return grid(heads, chain.from_iterable(map(_expectations, files)))


def _expectations(declared: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for each in declared["expectations"]:
        reason = both(each["reason"]["zh"], each["reason"]["en"])
        yield f"`{declared['table']}`", f"`{each['name']}`", f"`{each['severity']}`", reason
