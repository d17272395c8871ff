"""Two laws over generated reports of the 2014 form: no figure is ever wrong, and what the layout tells is read."""

import signal
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.report import Unreadable
from tests.generate.stat_2014 import ENCODINGS, in_encoding, reports
from tests.generate.stat_2014 import report as draw_report
from tests.generate.style import Hazard
from tests.generate.truth import Report, RosterEntry
from tests.properties.laws import false_locators, leaks, missed_figures, wrong_figures

Law = Callable[[Report, ReportReading], Iterator[str]]
SECONDS = 5
_SEED = st.integers(0, 2**32 - 1)


def _broken(laws: Collection[Law], drawn: Iterable[tuple[int, Report]]) -> list[str]:
    """Return what breaks a law, with the seed that draws the same report again."""
    read = ((seed, report, read_report(report.data)) for seed, report in drawn)
    return [f"seed {seed}: {said}" for seed, report, reading in read for law in laws for said in law(report, reading)]


def test_both_laws_hold() -> None:
    assert _broken([wrong_figures, missed_figures], reports(range(150))) == []


def test_broken_sums_prove_nothing() -> None:
    assert _broken([wrong_figures, missed_figures], reports(range(150), misprints=True)) == []


@pytest.mark.parametrize("hazard", Hazard)
def test_both_laws_hold_in_spite_of(hazard: Hazard) -> None:
    assert _broken([wrong_figures, missed_figures], reports(range(120), hazard)) == []


@pytest.mark.slow
def test_no_figure_is_wrong_with_every_hazard_at_once() -> None:
    assert _broken([wrong_figures], reports(range(2_000), *Hazard)) == []


@pytest.mark.slow
def test_both_laws_hold_for_thousands() -> None:
    assert _broken([wrong_figures, missed_figures], reports(range(150, 2_150))) == []


@pytest.mark.parametrize("hazards", [(), (Hazard.SPLIT_SIGNATURES,), (Hazard.SPLIT_SIGNATURES, Hazard.ALIEN_ROWS)])
def test_nobody_is_named(hazards: tuple[Hazard, ...]) -> None:
    assert _broken([leaks], reports(range(60), *hazards)) == []


def test_every_locator_leads_to_what_is_printed() -> None:
    assert _broken([_misleads], reports(range(150))) == []


def _misleads(report: Report, reading: ReportReading) -> Iterator[str]:
    return false_locators(report.text, reading)


def test_every_encoding_says_the_same() -> None:
    for seed, report in reports(range(60), encoding="utf-8"):
        said = {name: read_report(in_encoding(report, name).data).extraction for name in (*ENCODINGS, "utf-16-be")}
        assert (seed, [name for name, extraction in said.items() if extraction != said["utf-8"]]) == (seed, [])


def test_reading_twice_says_the_same() -> None:
    assert all(read_report(report.data) == read_report(report.data) for _, report in reports(range(60)))


def test_the_frame_is_read() -> None:
    assert _broken([_frame_differs], reports(range(150))) == []


def _frame_differs(report: Report, reading: ReportReading) -> Iterator[str]:
    """Yield what the frame says otherwise than the report prints."""
    frame = reading.extraction.frame
    expected = {
        "report_year": report.year,
        "title_year": report.year,
        "body_name": report.body,
        "forms": ("stat_2014",),
    }
    yield from (f"{name}: {getattr(frame, name)}" for name, value in expected.items() if getattr(frame, name) != value)
    announced = frame.announced_parts.value if frame.announced_parts else None
    if (announced, frame.period is not None, len(frame.parts)) != (report.announced_parts, report.has_period, 7):
        yield f"{announced} parts announced, period {frame.period}, parts {frame.parts}"


def test_the_roster_is_read() -> None:
    assert _broken([_roster_differs], reports(range(150))) == []


def _roster_differs(report: Report, reading: ReportReading) -> Iterator[str]:
    """Yield what the roster says otherwise than the report prints."""
    read = [
        RosterEntry(line.body_name, line.status, line.published_on, line.note) for line in reading.extraction.roster
    ]
    if read != list(report.roster):
        yield f"{read}, printed {report.roster}"


def _read_or_refuse(data: bytes) -> None:
    """Read bytes that may be anything: they are read or refused, and neither takes long."""
    with _bounded(), suppress(Unreadable):
        read_report(data)


@contextmanager
def _bounded() -> Iterator[None]:
    """Break off what takes longer than SECONDS."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"took more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@given(seed=_SEED, share=st.floats(0, 1))
def test_a_report_cut_off_anywhere_is_read_or_refused(seed: int, share: float) -> None:
    report = draw_report(Random(seed))
    _read_or_refuse(report.data[: int(len(report.data) * share)])


@given(
    seed=_SEED,
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_a_report_with_spoilt_bytes_is_read_or_refused(seed: int, flips: list[tuple[float, int]]) -> None:
    data = bytearray(draw_report(Random(seed)).data)
    for share, value in flips:
        data[int(len(data) * share)] = value
    _read_or_refuse(bytes(data))


@given(data=st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)


_WORDS = st.sampled_from(
    (
        *"0123456789,.-/()|:,。;、 \t\n\x1c\x1f\u2028\u3000\u200b一二十百千万亿○〇〔第约近余多条件次元%年月日",
        "2017年",
        "2001年",
        "9999年",
        "政府信息公开工作年度报告",
        "统计期限自",
        "1月1日",
        "至",
        "12月31日",
        "发布日期:2018-03-16",
        "统计指标单位统计数",
        "一、主动公开情况",
        "(一)主动公开政府信息数",
        "其中:主动公开规范性文件数",
        "政府网站公开政府信息数",
        "网站公开信息",
        "其中",
        "未收到政府信息公开申请",
        "行政复议",
        "附件2",
        "年度",
        "网站信息公开数",
        "单位名称",
        "公布日期",
        "已完成",
        "等7个部分",
    )
)
_TEXTS = st.lists(_WORDS | st.characters(), max_size=120).map("".join)


@settings(max_examples=400)
@given(text=_TEXTS, titled=st.booleans())
@example(text="发布日期:2002-03-16\n", titled=True)
def test_any_text_is_read_or_refused(text: str, *, titled: bool) -> None:
    title = "某县2017年政府信息公开工作年度报告\n" if titled else ""
    _read_or_refuse((title + text).encode("utf-8-sig", "ignore"))


_TITLE = "某县2017年政府信息公开工作年度报告\n"
_TABLE = "统计指标\n单位\n统计数\n一、主动公开情况\n(一)主动公开政府信息数\n条\n{}\n其中:主动公开规范性文件数\n条\n3\n"
_TABLE += "制发规范性文件总数\n件\n4\n政府公报公开政府信息数\n条\n5\n政府网站公开政府信息数\n条\n6\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "某县2001年政府信息公开工作年度报告\n发布日期:2002-03-16\n网站公开信息5条", id="year before any deadline"
        ),
        pytest.param(_TITLE + "发布日期:2018-03-16\n统计期限自9999年1月1日起至12月31日止。", id="year without a next"),
        pytest.param(_TITLE + "发布日期:2018-03-16\n统计期限自0001年1月1日起至12月31日止。", id="year one"),
        pytest.param("\x1f\x1f2017年政府信息公开工作年度报告(", id="separators that are no space"),
        pytest.param(_TITLE + "网站公开信息约" + "1" * 40 + "条。", id="rounded figure of forty digits"),
        pytest.param(_TITLE + _TABLE.format("9" * 5_000 + "\n统计指标\n单位\n统计数"), id="five thousand digits"),
        pytest.param(_TITLE + _TABLE.format("1") + "\n" + "1" * 60_000, id="a long run of digits in a table"),
        pytest.param(_TITLE + "网站公开信息" + "1" * 60_000 + "。", id="a long run of digits in prose"),
        pytest.param(_TITLE + "网站公开信息" + "1," * 40_000 + "条。", id="a long run of commas"),
        pytest.param(_TITLE + "一" * 60_000, id="a long run of numerals"),
        pytest.param(_TITLE + "包括由" * 20_000, id="a long announcement"),
        pytest.param(_TITLE + "汇总综合根据各部门" * 10_000, id="a long claim of coverage"),
        pytest.param(_TITLE + "无未收到" * 20_000, id="a long denial"),
        pytest.param(_TITLE + "2017年" * 20_000, id="a long row of years"),
        pytest.param(_TITLE + "年度\n" * 20_000, id="many heads of series"),
        pytest.param(_TITLE + "单位名称\n公布日期\n" * 10_000, id="many heads of rosters"),
        pytest.param(_TITLE + "统计指标" * 20_000, id="many heads of tables"),
        pytest.param(_TITLE + _TABLE.format("1") * 300, id="a table three hundred times"),
        pytest.param(_TITLE + "(" * 60_000, id="many brackets"),
        pytest.param(_TITLE + " " * 200_000 + "x", id="wide space"),
        pytest.param(_TITLE + _TABLE.format("(" * 30_000), id="brackets in a cell"),
        pytest.param(_TITLE + _TABLE.format("x " * 30_000), id="many strangers in a cell"),
    ],
)
def test_strange_texts_are_read_or_refused(text: str) -> None:
    _read_or_refuse(text.encode("utf-8-sig"))
