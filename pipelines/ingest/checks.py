"""The checks that look at several reports at once: SELECT files, their answers as rows of quality.finding."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import duckdb

from pipelines.ingest.believed import believed_sums
from pipelines.ingest.declared import columns_of
from pipelines.model.finding import Finding, Severity
from pipelines.model.identity import Verdict
from pipelines.registry.continuity import culprits, laws
from pipelines.registry.rules import ANSWERS, rules
from pipelines.sql.statements import Statement, in_order
from pipelines.warehouse.columns import Columns, finding_ids

Row = dict[str, Any]
_OWNER = ("report_id", "body_id", "report_year")


def found_columns(connection: duckdb.DuckDBPyConnection) -> Columns:
    """Return the answers of every check that looks at several reports at once, as columns of quality.finding."""
    found = [row for check in in_order("check") if not _asks_marts(check) for row in _answers(connection, check)]
    found += [_finding_row(finding, owner) for finding, owner in believed_sums(connection)]
    return columns_of("quality.finding", found)


def found_in_marts(connection: duckdb.DuckDBPyConnection) -> Columns:
    """Return the answers of the checks that read marts, as columns of quality.finding."""
    found = [row for check in in_order("check") if _asks_marts(check) for row in _answers(connection, check)]
    return columns_of("quality.finding", found)


def rules_in_marts() -> list[str]:
    """Return the rules of the checks that read marts and can be asked only when these are made."""
    return [_rule(check) for check in in_order("check") if _asks_marts(check)]


def _asks_marts(check: Statement) -> bool:
    return any(table.startswith("mart.") for table in check.reads)


def _rule(check: Statement) -> str:
    return check.name.removeprefix("check.").replace("_", "-")


def _answers(connection: duckdb.DuckDBPyConnection, check: Statement) -> Iterator[Row]:
    rule = _rule(check)
    cursor = connection.execute(check.text)
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        yield _finding_row(_finding(rule, row), row)


def _finding(rule: str, row: Row) -> Finding:
    """Return an answer; its columns are the words of the message, one about a law has the law's name and severity."""
    words = {name: value for name, value in row.items() if name not in (*_OWNER, "rule", "verdict", "culprit")}
    words["locators"] = tuple(words.get("locators") or ())
    verdict = Verdict(row.get("verdict", Verdict.BROKEN))
    answer_zh, answer_en = ANSWERS[verdict]
    words |= {"answer_zh": answer_zh, "answer_en": answer_en}
    if "culprit" in row:
        words |= {f"culprit_{language}": said for language, said in culprits()[row["culprit"]].items()}
    if "rule" not in row:
        return rules()[rule].finding(verdict, **words)
    law = laws()[row["rule"]]
    finding = rules()[rule].finding(verdict, **words, law_zh=law.zh, law_en=law.en)
    return replace(finding, rule=law.law, severity=Severity.ERROR if law.hard else Severity.WARNING)


def _finding_row(finding: Finding, row: Row) -> Row:
    values = {each.name: getattr(finding, each.name) for each in fields(finding)}
    owner = {name: row[name] for name in _OWNER}
    content = (finding.rule, finding.indicator, finding.breakdown, finding.time_period, finding.message_en)
    key = finding_ids(str(row["report_id"]), [content])[0]
    return values | owner | {"locators": list(finding.locators), "finding_id": key}
