"""The checks that look at several reports at once: SELECT files, their answers as rows of quality.finding."""

from collections.abc import Iterator
from dataclasses import fields, replace

import duckdb

from pipelines.ingest.declared import columns_of
from pipelines.model.finding import Finding, Severity
from pipelines.model.identity import Verdict
from pipelines.model.observation import TOTAL
from pipelines.registry.continuity import culprits, laws
from pipelines.registry.rules import ANSWERS, rules
from pipelines.sql.statements import Statement, in_order
from pipelines.warehouse.columns import Columns, finding_ids

Row = dict[str, object]
_BATCH = 10_000


def found_in_bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Yield the answers of the checks that look at the reports of a body and of those around it."""
    return _found(connection, "check")


def found_across(connection: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Yield the answers of the checks that look at the whole warehouse."""
    return _found(connection, "across")


def across_rules() -> list[str]:
    """Return the rules whose answers come from a look at the whole warehouse."""
    return [_rule(statement) for statement in in_order("across")]


def _found(connection: duckdb.DuckDBPyConnection, folder: str) -> Iterator[Columns]:
    """Yield the answers of every check of a folder as columns of quality.finding, in batches of bounded size."""
    for statement in in_order(folder):
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
    return _finding_row(_continuity(row) if "culprit" in row else _broken(rule, row), row)


def _rule(statement: Statement) -> str:
    return statement.name.partition(".")[2].replace("_", "-")


def _broken(rule: str, row: Row) -> Finding:
    return rules()[rule].broken(locators=(), expected=row["expected"], found=row["found"])


def _continuity(row: Row) -> Finding:
    """Return the answer of a sum between two years, which says who is more likely at fault."""
    law = laws()[str(row["rule"])]
    verdict = Verdict(str(row["verdict"]))
    zh, en = ANSWERS[verdict]
    finding = rules()["continuity"].finding(
        verdict,
        locators=tuple(row["locators"] or ()),  # type: ignore[arg-type]
        expected=row["expected"],
        found=row["found"],
        time_period=int(str(row["time_period"])),
        indicator=str(row["indicator"]),
        breakdown=str(row["breakdown"] or TOTAL),
        law_zh=law.zh,
        law_en=law.en,
        answer_zh=zh,
        answer_en=en,
        culprit_zh=culprits()[str(row["culprit"])]["zh"],
        culprit_en=culprits()[str(row["culprit"])]["en"],
    )
    return replace(finding, rule=law.law, severity=Severity.ERROR if law.hard else Severity.WARNING)


def _finding_row(finding: Finding, row: dict[str, object]) -> dict[str, object]:
    values = {each.name: getattr(finding, each.name) for each in fields(finding)}
    owner = {name: row[name] for name in ("report_id", "body_id", "report_year")}
    key = finding_ids(str(row["report_id"]), [(finding.rule, finding.expected, finding.found)])[0]
    return values | owner | {"locators": list(finding.locators), "finding_id": key}
