"""Small reports written by hand: a title, a period and what a test is about."""

from decimal import Decimal
from random import Random

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.observation import Observation, Source, Status
from tests.generate.formats import report
from tests.generate.grid import Shape

TITLE = "某县人民政府2017年政府信息公开工作年度报告"
PERIOD = "统计期限自2017年1月1日起至2017年12月31日止。"
HEADER = ("统计指标", "单位", "统计数")
OPENING = ("一、主动公开情况", "(一)主动公开政府信息数", "条", "157")
_DRAWN = {form: report(Random(7), form, Shape.PIPES) for form in ("format_2019", "format_2021")}
Answer = tuple[Decimal | None, Status]


def read(*lines: str) -> ReportReading:
    """Read a report that holds these lines under its title and period."""
    return read_report("\n".join((TITLE, PERIOD, *lines)).encode())


def read_table(*lines: str) -> ReportReading:
    """Read a report with a table of cells, one per line, that opens with 157 items; five more rows follow."""
    return read("2017年度政府信息公开情况统计表", *HEADER, *OPENING, *lines)


def read_prose(*sentences: str) -> list[Observation]:
    """Return what prose states, in a report with a table that asks for everything that is stated as nought."""
    table = (
        *OPENING,
        "(一)收到申请数",
        "(二)申请办结数",
        "(三)申请答复数",
        "四、行政复议数量",
        "五、行政诉讼数量",
        "六、举报投诉数量",
        "七、依申请公开信息收取的费用",
    )
    reading = read(*sentences, "2017年度政府信息公开情况统计表", *HEADER, *table)
    return [found for found in reading.extraction.observations if found.source is Source.NARRATIVE]


def national(*lines: str, body: str = "某市人民政府", year: int = 2024) -> ReportReading:
    """Read a report of the national form of its year that holds these lines of prose under its title and period."""
    form = "format_2021" if year >= 2021 else "format_2019"
    tables = _DRAWN[form].text.split("二、主动公开政府信息情况", 1)[1]
    period = f"统计期限自{year}年1月1日起至{year}年12月31日止。"
    title = f"{body}{year}年政府信息公开工作年度报告"
    return read_report("\n".join((title, period, *lines, "二、主动公开政府信息情况" + tables)).encode())


def said(reading: ReportReading) -> dict[tuple[int, str, str], Decimal | None]:
    """Return the value of every figure that the prose states, by year, indicator and breakdown."""
    return {key: value for key, (value, _) in cells(reading, Source.NARRATIVE).items()}


def cells(reading: ReportReading, source: Source = Source.TABLE) -> dict[tuple[int, str, str], Answer]:
    """Return value and status of every figure of one source."""
    return {
        (found.time_period, found.indicator, found.breakdown): (found.value, found.status)
        for found in reading.extraction.observations
        if found.source is source
    }


def rules(reading: ReportReading) -> list[str]:
    """Return the rules that have something to say."""
    return [finding.rule for finding in reading.extraction.findings]
