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
from pipelines.sql.statements import in_order
from pipelines.warehouse.columns import Columns, finding_ids

Row = dict[str, object]


def found_columns(connection: duckdb.DuckDBPyConnection) -> Columns:
    """Return the answers of every check that looks at several reports at once, as columns of quality.finding."""
    found = [row for statement in in_order("check") for row in _check(connection, statement.name, statement.text)]
    return columns_of("quality.finding", found)


def _check(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> Iterator[Row]:
    rule = name.removeprefix("check.").replace("_", "-")
    cursor = connection.execute(text)
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        finding = _continuity(row) if "culprit" in row else _broken(rule, row)
        yield _finding_row(finding, row)


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
