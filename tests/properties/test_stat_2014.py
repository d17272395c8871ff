"""Two laws over generated reports of the 2014 form: no figure is ever wrong, and what the layout tells is read."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.ingest.reading import ReportReading, read_report
from pipelines.model.report import Unreadable
from tests.generate.stat_2014 import ENCODINGS, in_encoding, reports
from tests.generate.style import Hazard
from tests.generate.truth import Report, RosterEntry
from tests.properties.laws import false_locators, leaks, missed_figures, wrong_figures

Law = Callable[[Report, ReportReading], Iterator[str]]
SECONDS = 5
_FEW = settings(max_examples=60)
_MANY = settings(max_examples=2_000)


def _broken(law: Law, report: Report) -> list[str]:
    return list(law(report, read_report(report.data)))


@given(report=reports())
def test_no_figure_is_wrong(report: Report) -> None:
    assert _broken(wrong_figures, report) == []


@given(report=reports())
def test_what_the_layout_determines_is_read(report: Report) -> None:
    assert _broken(missed_figures, report) == []


@given(report=reports(misprints=True))
def test_broken_sums_prove_nothing(report: Report) -> None:
    assert _broken(wrong_figures, report) == []
    assert _broken(missed_figures, report) == []


@pytest.mark.parametrize("hazard", Hazard)
def test_no_figure_is_wrong_in_spite_of(hazard: Hazard) -> None:
    @_FEW
    @given(report=reports(hazard))
    def holds(report: Report) -> None:
        assert _broken(wrong_figures, report) == []

    holds()


@pytest.mark.parametrize("hazard", Hazard)
def test_what_the_layout_determines_is_read_in_spite_of(hazard: Hazard) -> None:
    @_FEW
    @given(report=reports(hazard))
    def holds(report: Report) -> None:
        assert _broken(missed_figures, report) == []

    holds()


@pytest.mark.slow
@_MANY
@given(report=reports(*Hazard))
def test_no_figure_is_wrong_with_every_hazard_at_once(report: Report) -> None:
    assert _broken(wrong_figures, report) == []


@pytest.mark.slow
@_MANY
@given(report=reports())
def test_both_laws_hold_for_thousands(report: Report) -> None:
    reading = read_report(report.data)
    assert [*wrong_figures(report, reading), *missed_figures(report, reading)] == []


@pytest.mark.parametrize("hazards", [(), (Hazard.SPLIT_SIGNATURES,), (Hazard.SPLIT_SIGNATURES, Hazard.ALIEN_ROWS)])
def test_nobody_is_named(hazards: tuple[Hazard, ...]) -> None:
    @_FEW
    @given(report=reports(*hazards))
    def holds(report: Report) -> None:
        assert _broken(leaks, report) == []

    holds()


@given(report=reports())
def test_every_locator_leads_to_what_is_printed(report: Report) -> None:
    assert list(false_locators(report.text, read_report(report.data))) == []


@_FEW
@given(report=reports(encoding="utf-8"))
def test_every_encoding_says_the_same(report: Report) -> None:
    said = {name: read_report(in_encoding(report, name).data).extraction for name in (*ENCODINGS, "utf-16-be")}
    assert [name for name, extraction in said.items() if extraction != said["utf-8"]] == []


@_FEW
@given(report=reports())
def test_reading_twice_says_the_same(report: Report) -> None:
    assert read_report(report.data) == read_report(report.data)


@given(report=reports())
def test_the_frame_is_read(report: Report) -> None:
    frame = read_report(report.data).extraction.frame
    assert (frame.report_year, frame.title_year, frame.body_name) == (report.year, report.year, report.body)
    assert (frame.announced_parts.value if frame.announced_parts else None) == report.announced_parts
    assert (frame.period is not None) == report.has_period
    assert frame.forms == ("stat_2014",)
    assert len(frame.parts) == 7


@given(report=reports())
def test_the_roster_is_read(report: Report) -> None:
    read = [
        RosterEntry(line.body_name, line.status, line.published_on, line.note)
        for line in read_report(report.data).extraction.roster
    ]
    assert read == list(report.roster)


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


@given(report=reports(), share=st.floats(0, 1))
def test_a_report_cut_off_anywhere_is_read_or_refused(report: Report, share: float) -> None:
    _read_or_refuse(report.data[: int(len(report.data) * share)])


@given(
    report=reports(),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_a_report_with_spoilt_bytes_is_read_or_refused(report: Report, flips: list[tuple[float, int]]) -> None:
    data = bytearray(report.data)
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
