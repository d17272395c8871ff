"""The prose held against itself: parts and wholes, shares and growth as printed; each has one of three answers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.extract.lists import Level, Told
from pipelines.extract.setting import Place
from pipelines.extract.statements import EARLIER, Statement, said_year
from pipelines.model.finding import Finding
from pipelines.model.identity import ZERO, Verdict
from pipelines.model.observation import TOTAL, Observation
from pipelines.registry.narrative import narrative_wording
from pipelines.registry.rules import rules

_HUNDRED = Decimal(100)
_LONGEST_LABEL = 24
_WHOLES = tuple(
    (name, TOTAL) for name in ("results.total", "requests.new", "disclosure.items", "disclosure.via_website")
)
_YEAR = tuple(
    (name, TOTAL) for name in ("requests.new", "requests.carried_in", "results.total", "requests.carried_out")
)


def reckon(
    stated: Sequence[Statement], levels: Sequence[Level], so_far: Sequence[Observation], place: Place
) -> Iterator[Finding]:
    """Yield what a sentence's own figures say of each other; `so_far` are those observed up to its end."""
    for level in levels:
        yield from _parts(level, place)
    if any(statement.unit == "%" for statement in stated):
        yield from _shares(stated, levels, so_far, place)
        yield from _growth(stated, place)


def _parts(level: Level, place: Place) -> Iterator[Finding]:
    """Yield whether the parts that a list names add up to the figure they divide."""
    if level.whole is None:
        return
    whole, found = level.whole
    if said_year(whole.sentence, whole.begin) == EARLIER:
        return
    parts = [part for part, _ in level.parts if part.unit == whole.unit]
    if not parts or not level.same_time or len(parts) < len([part for part, _ in level.parts if part.unit != "%"]):
        return
    total = sum((part.figure.value for part in parts), ZERO)
    exact = all(each.figure.bound == "exact" and each.figure.precision == 1 for each in (whole, *parts))
    rest = any(narrative_wording().listing.rest.match(part.own) for part in parts)
    yield rules()["children-sum"].finding(
        _closes(total, whole.figure.value, exact=exact, exhaustive=rest),
        locators=tuple(dict.fromkeys(_locator(each, place) for each in (level.whole, *level.parts))),
        expected=f"{whole.figure.value:f}",
        found=f"{total:f}",
        time_period=found.time_period if found else place.speaker.year,
        indicator=found.indicator if found else "",
        label=whole.clause[-_LONGEST_LABEL:],
        count=len(parts),
    )


def _locator(told: Told, place: Place) -> str:
    statement, found = told
    return found.locator if found else place.locator(statement.number)


def _closes(total: Decimal, whole: Decimal, *, exact: bool, exhaustive: bool) -> Verdict:
    """Answer whether parts add up; where some may not be named, they must not be more than the whole."""
    if total == whole:
        return Verdict.HOLDS
    broken = exact and (total > whole or exhaustive)
    return Verdict.BROKEN if broken else Verdict.CANNOT_TELL


def _shares(
    stated: Sequence[Statement], levels: Sequence[Level], so_far: Sequence[Observation], place: Place
) -> Iterator[Finding]:
    """Yield whether each share printed after a figure is that of the figure in a whole."""
    for position, share in enumerate(stated):
        part = stated[position - 1] if position else None
        if share.unit != "%" or part is None or part.unit == "%" or "占" not in share.own:
            continue
        whole = _whole_of(part, levels)
        known = [each.value for each in so_far if each.cell in _WHOLES and each.unit == part.unit]
        wholes = [whole.figure.value] if whole else [value for value in known if value and value > part.figure.value]
        if wholes:
            fits = any(_is_share(part.figure.value, value, share) for value in wholes)
            yield _told("stated-share", share, place, fits=fits, sure=whole is not None, by=(part, wholes[-1]))


def _whole_of(part: Statement, levels: Sequence[Level]) -> Statement | None:
    wholes = (level.whole[0] for level in levels if level.whole and any(each is part for each, _ in level.parts))
    return next((whole for whole in wholes if whole.unit == part.unit), None)


def _is_share(part: Decimal, whole: Decimal, share: Statement) -> bool:
    """Say whether a share is printed within one unit of its last digit, which covers cutting off and rounding."""
    return bool(whole) and abs(part * _HUNDRED / whole - share.figure.value) < share.figure.precision


def _growth(stated: Sequence[Statement], place: Place) -> Iterator[Finding]:
    """Yield whether a rate of growth is that from the figure of the year before to this year's, where both stand."""
    for position, rate in enumerate(stated):
        if rate.unit != "%" or not narrative_wording().grows.search(rate.own):
            continue
        counted = [each for each in stated if each.unit != "%" and each.unit == _unit_before(stated, position)]
        before = [each for each in counted if said_year(each.sentence, each.begin) == EARLIER]
        now = [each for each in counted if each not in before and not narrative_wording().grows.search(each.own)]
        if len(before) == 1 and now and before[0].figure.value:
            moved = abs(now[0].figure.value / before[0].figure.value - 1) * _HUNDRED
            fits = abs(moved - rate.figure.value) < rate.figure.precision
            yield _told(
                "stated-growth", rate, place, fits=fits, sure=len(now) == 1, by=(now[0], before[0].figure.value)
            )


def _unit_before(stated: Sequence[Statement], position: int) -> str:
    return next((each.unit for each in reversed(stated[:position]) if each.unit != "%"), "")


def _told(  # noqa: PLR0913 - both sides of a rate
    rule: str, rate: Statement, place: Place, *, fits: bool, sure: bool, by: tuple[Statement, Decimal]
) -> Finding:
    exact = rate.figure.bound == "exact" and by[0].figure.bound == "exact"
    verdict = Verdict.HOLDS if fits else Verdict.BROKEN if exact and sure else Verdict.CANNOT_TELL
    return rules()[rule].finding(
        verdict,
        locators=tuple(dict.fromkeys((place.locator(by[0].number), place.locator(rate.number)))),
        expected=f"{by[0].figure.value:f}/{by[1]:f}",
        found=f"{rate.figure.value:f}%",
        time_period=place.speaker.year,
        label=by[0].clause[-_LONGEST_LABEL:],
    )


def carry_over(observations: Sequence[Observation], year: int) -> Iterator[Finding]:
    """Yield whether what came in is what was done and what is left; asked where three of the four are stated."""
    known = {found.indicator: found for found in observations if found.cell in _YEAR and found.time_period == year}
    if len(known) < len(_YEAR) - 1:
        return
    values = [known[name].value if name in known else None for name, _ in _YEAR]
    exact = all(found.bound == "exact" for found in known.values())
    yield rules()["carry-over"].finding(
        _balance(values, exact=exact),
        locators=tuple(dict.fromkeys(known[name].locator for name, _ in _YEAR if name in known)),
        expected=_side(values[:2]),
        found=_side(values[2:]),
        time_period=year,
        indicator="results.total",
    )


def _balance(values: Sequence[Decimal | None], *, exact: bool) -> Verdict:
    new, carried_in, total, carried_out = values
    if new is None or carried_in is None or total is None or carried_out is None or not exact:
        return Verdict.CANNOT_TELL
    return Verdict.HOLDS if new + carried_in == total + carried_out else Verdict.BROKEN


def _side(values: Sequence[Decimal | None]) -> str:
    return " + ".join("?" if value is None else f"{value:f}" for value in values)
