"""Table, series and prose of one report held against each other."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain, groupby, product
from operator import attrgetter

from pipelines.model.figure import Bound, Figure
from pipelines.model.finding import Finding
from pipelines.model.identity import Verdict
from pipelines.model.observation import PRINTED, Observation, Source, Status
from pipelines.model.report import Extraction
from pipelines.registry.dictionary import breakdown_en, breakdown_zh
from pipelines.registry.narrative import narrative_wording
from pipelines.registry.rules import rules
from pipelines.registry.units import factor

_NAMES = {
    Source.TABLE: ("统计表", "table"),
    Source.SERIES: ("多年附表", "annex series"),
    Source.NARRATIVE: ("正文", "prose"),
}
_ORDER = {Source.TABLE: 0, Source.SERIES: 1, Source.NARRATIVE: 2}


def check_sources(extraction: Extraction) -> Iterator[Finding]:
    """Yield whether two sources of the report agree, for each figure that both print.

    Prose that rounds (3.9万余) agrees with every figure that it can mean; units that cannot be converted cannot be
    compared.
    """
    for figures in _by_key((*extraction.observations, *_added_up(extraction.observations))).values():
        for left, right in _pairs(figures):
            yield _finding(left, right)


def _added_up(observations: tuple[Observation, ...]) -> Iterator[Observation]:
    """Yield what the table prints apart and prose tells together: the sum of cells that are all exact."""
    cells = {found.cell: found for found in observations if found.source is Source.TABLE and found.status in PRINTED}
    told = {found.cell for found in observations if found.source is Source.NARRATIVE}
    for whole, parts in narrative_wording().adds_up.items():
        for breakdown in {cell[1] for cell in told if cell[0] == whole}:
            found = [cells.get((part, breakdown)) for part in parts]
            values = [each.value for each in found if each and each.value is not None and each.bound is Bound.EXACT]
            if found[0] and len(values) == len(parts):
                yield replace(found[0], indicator=whole, value=sum(values, Decimal(0)), status=Status.REPORTED)


def _pairs(figures: list[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Yield every two figures of two sources; the figures are sorted by source."""
    if figures[0].source is figures[-1].source:
        return
    groups = [list(group) for _, group in groupby(figures, attrgetter("source"))]
    for position, group in enumerate(groups, start=1):
        yield from product(group, chain.from_iterable(groups[position:]))


def _by_key(observations: tuple[Observation, ...]) -> dict[tuple[int, str, str], list[Observation]]:
    found: dict[tuple[int, str, str], list[Observation]] = {}
    for observation in sorted(observations, key=lambda each: _ORDER[each.source]):
        if observation.status in PRINTED and not observation.indicator.startswith("text."):
            place = (observation.time_period, observation.indicator, observation.breakdown)
            found.setdefault(place, []).append(observation)
    return found


def agree(left: Observation, right: Observation) -> Verdict:
    """Answer whether two printed figures can be the same number."""
    values = _value(left, right), _value(right, left)
    if values[0] is None or values[1] is None:
        return Verdict.CANNOT_TELL
    admitted = _figure(left, values[0]).admits(values[1]) or _figure(right, values[1]).admits(values[0])
    return Verdict.HOLDS if admitted else Verdict.BROKEN


def _value(observation: Observation, other: Observation) -> Decimal | None:
    """Return a value in the smaller of two units, None where one cannot be put in terms of the other."""
    scale = factor(observation.unit, other.unit)
    return None if scale is None or observation.value is None else observation.value * max(scale, Decimal(1))


def _figure(observation: Observation, value: Decimal) -> Figure:
    return Figure(value, observation.bound, observation.precision)


def _finding(left: Observation, right: Observation) -> Finding:
    (left_zh, left_en), (right_zh, right_en) = _NAMES[left.source], _NAMES[right.source]
    verdict = agree(left, right)
    return rules()["source-conflict"].finding(
        verdict,
        locators=(left.locator, right.locator),
        expected=f"{left.value:f}",
        found=f"{right.value:f}",
        time_period=left.time_period,
        indicator=left.indicator,
        breakdown=left.breakdown,
        label=breakdown_zh(left.indicator, left.breakdown),
        label_en=breakdown_en(left.indicator, left.breakdown),
        left_zh=left_zh,
        right_zh=right_zh,
        left_en=left_en,
        right_en=right_en,
        year=left.time_period,
    )
