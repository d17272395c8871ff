"""The checks that look at several reports at once: SELECT files, their answers as rows of quality.finding."""

from collections.abc import Iterable, Iterator
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
_BATCH = 10_000
_OWNER = ("report_id", "body_id", "report_year")


def found_in_bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Yield the answers of the checks that look at the reports of a body and of those around it."""
    yield from _found(connection, in_order("check"))
    yield columns_of("quality.finding", [_finding_row(*each) for each in believed_sums(connection)])


def found_across(connection: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Yield the answers of the checks that look at the whole warehouse."""
    return _found(connection, _across(marts=False))


def found_in_marts(connection: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Yield the answers of the checks that look at the whole warehouse once its marts are made."""
    return _found(connection, _across(marts=True))


def across_rules() -> list[str]:
    """Return the rules whose answers come from a look at the whole warehouse."""
    return [*map(_rule, _across(marts=False))]


def mart_rules() -> list[str]:
    """Return the rules whose answers come from a look at the marts."""
    return [*map(_rule, _across(marts=True))]


def _across(*, marts: bool) -> list[Statement]:
    """Return the checks on the whole warehouse that read marts, or those that do not."""
    return [each for each in in_order("across") if any(name.startswith("mart.") for name in each.reads) is marts]


def _found(connection: duckdb.DuckDBPyConnection, checks: Iterable[Statement]) -> Iterator[Columns]:
    """Yield the answers of checks as columns of quality.finding, in batches of bounded size."""
    for statement in checks:
        for batch in _answers(connection, statement):
            yield columns_of("quality.finding", batch)


def _answers(connection: duckdb.DuckDBPyConnection, statement: Statement) -> Iterator[list[Row]]:
    with connection.cursor() as reading:
        reading.execute("USE warehouse")
        cursor = reading.execute(statement.text)
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(_BATCH):
            yield [_answer(_rule(statement), dict(zip(names, values, strict=True))) for values in rows]


def _answer(rule: str, row: Row) -> Row:
    return _finding_row(_finding(rule, row), row)


def _rule(statement: Statement) -> str:
    return statement.name.partition(".")[2].replace("_", "-")


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
