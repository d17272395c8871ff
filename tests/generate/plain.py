"""Small reports written by hand: a title, a period and what a test is about."""

from decimal import Decimal

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.observation import Observation, Source, Status

TITLE = "某县人民政府2017年政府信息公开工作年度报告"
PERIOD = "统计期限自2017年1月1日起至2017年12月31日止。"
HEADER = ("统计指标", "单位", "统计数")
OPENING = ("一、主动公开情况", "(一)主动公开政府信息数", "条", "157")
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
