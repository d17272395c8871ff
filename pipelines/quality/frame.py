"""What a report says about itself against what it holds: parts, annexes, dates, year, body."""

from collections.abc import Iterator

from pipelines.model.finding import Finding
from pipelines.model.identity import Verdict
from pipelines.model.observation import Source
from pipelines.model.report import Coverage, Extraction, Frame
from pipelines.registry.annexes import roster_wording
from pipelines.registry.bodies import bodies_named
from pipelines.registry.forms import forms
from pipelines.registry.frame import deadline_for, frame_wording
from pipelines.registry.rules import rules

_COVERAGE = {Coverage.AGGREGATE: "汇总 aggregate", Coverage.OWN: "本级 own", Coverage.UNKNOWN: "未载明 unknown"}


def check_frame(extraction: Extraction) -> Iterator[Finding]:
    """Yield the findings on a report as a whole."""
    frame = extraction.frame
    yield from _identity(frame)
    yield from _contents(frame)
    yield from _dates(extraction)
    yield from _annual_reports(extraction)
    yield from _filled_in_by(frame)
    yield from _completeness(extraction)


def _answer(*, holds: bool) -> Verdict:
    return Verdict.HOLDS if holds else Verdict.BROKEN


def _identity(frame: Frame) -> Iterator[Finding]:
    title, prescribed = frame.title, frame_wording().prescribed_title
    yield rules()["title-wording"].finding(
        _answer(holds=frame.title_name == prescribed),
        locators=(title.locator,),
        expected=prescribed,
        found=frame.title_name,
    )
    if frame.period is None:
        yield rules()["period-missing"].broken(locators=(title.locator,), expected="统计期限", found=frame.title_year)
    else:
        yield rules()["report-year"].finding(
            _answer(holds=frame.title_year == frame.report_year),
            locators=(title.locator, frame.period.locator),
            expected=frame.report_year,
            found=frame.title_year,
        )
    if not frame.body.resolved:
        yield rules()["body-unresolved"].finding(
            Verdict.CANNOT_TELL,
            locators=(title.locator,),
            expected=" | ".join(frame.body.candidates),
            found=frame.body_name or title.value,
        )


def _is_body(name: str, frame: Frame) -> bool:
    """Say whether a name that a report prints is that of its own body."""
    return frame.body.body_id in {body.body_id for body in bodies_named(name, frame.report_year)}


def _contents(frame: Frame) -> Iterator[Finding]:
    if frame.announced_parts:
        announced = frame.announced_parts
        yield rules()["announced-parts"].finding(
            _answer(holds=announced.value == len(frame.parts)),
            locators=(announced.locator, *(part.locator for part in frame.parts)),
            expected=announced.value,
            found=len(frame.parts),
        )
    if frame.announced_annexes:
        announced_annexes = frame.announced_annexes
        yield rules()["announced-annexes"].finding(
            _answer(holds=len(announced_annexes) == len(frame.annexes)),
            locators=tuple(annex.locator for annex in (*announced_annexes, *frame.annexes)),
            expected=len(announced_annexes),
            found=len(frame.annexes),
        )


def _dates(extraction: Extraction) -> Iterator[Finding]:
    frame = extraction.frame
    if frame.published is None:
        return
    published, deadline = frame.published.value.date(), deadline_for(frame.report_year, frame.body.kind)
    if deadline is not None:
        due = deadline.of(frame.report_year)
        yield rules()["publication-deadline"].finding(
            _answer(holds=published <= due), locators=(frame.published.locator,), expected=due, found=published
        )
    for line in extraction.roster:
        if line.published_on and _is_body(line.body_name, frame):
            yield rules()["publication-date"].finding(
                _answer(holds=line.published_on == published),
                locators=(frame.published.locator, line.locator),
                expected=published,
                found=line.published_on,
                days=abs((published - line.published_on).days),
            )


def _annual_reports(extraction: Extraction) -> Iterator[Finding]:
    wording = roster_wording()
    done = [line for line in extraction.roster if line.status in wording.done]
    for found in extraction.observations:
        counted = found.source is Source.NARRATIVE and any(word in found.breakdown for word in wording.annual_report)
        if done and counted and found.value is not None:
            yield rules()["annual-reports-count"].finding(
                _answer(holds=found.value == len(done)),
                locators=(found.locator, done[0].locator, done[-1].locator),
                expected=len(done),
                found=f"{found.value:f}",
                time_period=found.time_period,
                indicator=found.indicator,
                breakdown=found.breakdown,
            )


def _completeness(extraction: Extraction) -> Iterator[Finding]:
    """Yield what seems to be missing: the year's form, the end of the text, every figure."""
    frame = extraction.frame
    for form in forms():
        if form.in_force(frame.report_year) and form.form not in frame.forms:
            yield rules()["form-missing"].broken(
                locators=(frame.title.locator,), expected=form.zh, found="", year=frame.report_year, source=form.source
            )
    if frame.breaks_off:
        yield rules()["ends-abruptly"].finding(
            Verdict.CANNOT_TELL, locators=(frame.breaks_off.locator,), found=frame.breaks_off.value
        )
    if all(found.value is None for found in extraction.observations):
        yield rules()["no-figures"].broken(locators=(frame.title.locator,), found=len(extraction.observations))


def _filled_in_by(frame: Frame) -> Iterator[Finding]:
    if frame.filled_in_by is None:
        return
    coverage = frame.coverage.value if frame.coverage else Coverage.UNKNOWN
    same = _is_body(frame.filled_in_by.value, frame)
    yield rules()["filled-in-by"].finding(
        _answer(holds=same) if coverage is Coverage.AGGREGATE or same else Verdict.CANNOT_TELL,
        locators=(frame.filled_in_by.locator, *((frame.coverage.locator,) if frame.coverage else ())),
        expected=frame.body_name,
        found=frame.filled_in_by.value,
        coverage=_COVERAGE[coverage],
    )
