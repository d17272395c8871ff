"""The figures of the synthetic corpus: what every body counted in every year, without a contradiction."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate
from math import exp
from random import Random
from typing import Any

from pipelines.demo.bodies import Member
from pipelines.demo.facts import facts
from pipelines.model.observation import TOTAL
from pipelines.registry.forms import forms, national_form

Cell = tuple[str, str]
Number = int | Decimal
Figures = dict[Cell, Number]
Weights = Mapping[str, float]
_MEMORY, _CENT = 0.5, Decimal("0.01")
_CHANNELS = ("cases.review", "cases.litigation_direct", "cases.litigation_after_review")
_DOCUMENTS = ("rules", "normative_documents")
_ITEMS = ("licences", "other_services", "penalties", "coercion", "administrative_fees")
_OLD_FORM, _TRIAL_FORM = "stat_2014", "format_2019"


def figures_of(member: Member, years: range, seed: int, below: Iterable[Sequence[Figures]] = ()) -> list[Figures]:
    """Return what a body counted, year by year: what is its own, and what the bodies below it did.

    A body that is abolished is counted on by the one above it, so that what it carried over is not lost.
    """
    body = _Body(Random(f"{seed} {member.body.body_id}"), member, years)  # noqa: S311 - nobody's figures
    found = [body.year(place, year) for place, year in enumerate(years)]
    for child in below:
        for mine, theirs in zip(found, child, strict=True):
            for cell, number in theirs.items():
                mine[cell] = mine.get(cell, 0) + number
    return found


class _Body:
    """A body while its years are drawn, one after the other: what it has in stock and what it has not finished."""

    def __init__(self, random: Random, member: Member, years: range) -> None:
        declared = facts("figures")
        self._random, self._level = random, member.level
        self._size = declared["sizes"][member.size_class] * exp(random.gauss(0, declared["spread"]))
        first = years.start - declared["first_year"]
        self._courses = {
            name: self._course(trend, first, len(years))
            for name, trend in (declared["trends"] | declared["amounts"]).items()
        }
        self._stocks = {name: self._count(self._mean(stock)) for name, stock in declared["stocks"].items()}
        self._open: dict[str, int] = {}
        self._pending: dict[str, int] = {}

    def year(self, place: int, year: int) -> Figures:
        """Return the figures of the next year."""
        form = national_form(year).form
        found = {(name, TOTAL): self._rounded(name, self._courses[name][place]) for name in _told(form)}
        new = self._count(self._courses["requests"][place])
        if form == _OLD_FORM:
            self._old_requests(found, new, place)
        else:
            self._requests(found, new, form)
            self._cases(found, place)
            (self._trial_items if form == _TRIAL_FORM else self._documents)(found)
        found |= dict.fromkeys(((name, TOTAL) for name in facts("figures")["none"].get(form, ())), 0)
        for name, rule in facts("figures")["within"].items():
            found[name, TOTAL] = _within(found, rule)
        return found

    def _mean(self, trend: Mapping[str, Any]) -> float:
        mean: float = trend["mean"] * self._size
        return mean if self._level in trend.get("levels", (self._level,)) else 0.0

    def _course(self, trend: Mapping[str, Any], first: int, years: int) -> list[float]:
        """Return the level of a trend in every year, which wanders about its growth."""
        mean, growth, noise, away = self._mean(trend), trend["growth"], trend["noise"], 0.0
        found = []
        for place in range(first, first + years):
            away = _MEMORY * away + self._random.gauss(0, noise)
            found.append(mean * exp(growth * place + away))
        return found

    def _count(self, level: float) -> int:
        """Return a whole number near a level: the fraction is the chance of one more."""
        return int(level + self._random.random())

    def _rounded(self, name: str, level: float) -> Number:
        return Decimal(level).quantize(_CENT) if name in facts("figures")["amounts"] else self._count(level)

    def _shared(self, total: int, weights: Weights) -> dict[str, int]:
        """Return a total shared out among its parts; each one of them goes where chance sends it."""
        found = dict.fromkeys(weights, 0)
        names, steps = _steps(tuple(weights.items()))
        for name in self._random.choices(names, cum_weights=steps, k=total):
            found[name] += 1
        return found

    def _share_out(self, found: Figures, total: str) -> None:
        parts = self._shared(int(found[total, TOTAL]), facts("figures")["shares"][total])
        found.update({(part, TOTAL): number for part, number in parts.items()})

    def _old_requests(self, found: Figures, received: int, place: int) -> None:
        """Add requests, replies and cases as the statistics table of 2014 asks for them."""
        late = self._count(received * facts("figures")["carried_out"])
        self._open = self._shared(late, facts("figures")["applicants"])
        found["requests_2014.received", TOTAL] = received
        found["requests_2014.completed", TOTAL] = found["replies_2014.total", TOTAL] = received - late
        for total in facts("figures")["shares"]:
            self._share_out(found, total)
        for name, course in (("cases_2014.review", _CHANNELS[0]), ("cases_2014.litigation", _CHANNELS[1])):
            self._old_cases(found, name, self._courses[course][place])

    def _old_cases(self, found: Figures, name: str, level: float) -> None:
        parts = self._shared(self._count(level), facts("figures")["outcomes_2014"])
        found.update({(name, outcome): number for outcome, number in parts.items()})
        found[name, TOTAL] = sum(parts.values())

    def _requests(self, found: Figures, new: int, form: str) -> None:
        """Add table three: every column closes, and what was carried out of the year before is carried in."""
        declared = facts("figures")
        for applicant, received in self._shared(new, declared["applicants"]).items():
            carried = self._open.get(applicant, 0)
            left = self._count((received + carried) * declared["carried_out"])
            self._open[applicant] = left
            done = self._results(received + carried - left, form)
            done |= {"requests.new": received, "requests.carried_in": carried, "requests.carried_out": left}
            for name, number in done.items():
                found[name, applicant] = number
                found[name, TOTAL] = found.get((name, TOTAL), 0) + number

    def _results(self, total: int, form: str) -> dict[str, int]:
        found = self._shared(total, facts("figures")["results"])
        if form != _TRIAL_FORM:
            found |= self._shared(found["results.other"], facts("figures")["other_results"])
        for group in ("results.denied", "results.unable", "results.not_processed"):
            found[group] = sum(number for name, number in found.items() if name.startswith(f"{group}."))
        return found | {"results.total": total}

    def _cases(self, found: Figures, place: int) -> None:
        """Add table four: what was pending is a case of the next year too."""
        for channel in _CHANNELS:
            pending = self._pending.get(channel, 0)
            parts = self._shared(pending + self._count(self._courses[channel][place]), facts("figures")["outcomes"])
            self._pending[channel] = parts["pending"]
            found.update({(channel, outcome): number for outcome, number in parts.items()})
            found[channel, TOTAL] = sum(parts.values())
        found["cases.litigation", TOTAL] = found[_CHANNELS[1], TOTAL] + found[_CHANNELS[2], TOTAL]

    def _trial_items(self, found: Figures) -> None:
        """Add table two of 2019: documents made, disclosed and in all; items of the year before and their change."""
        for name in _DOCUMENTS:
            issued = found.pop((f"{name}.issued", TOTAL))
            self._stocks[name] += int(issued)
            found[f"{name}.newly_made", TOTAL] = found[f"{name}.newly_disclosed", TOTAL] = issued
            found[f"{name}.total_disclosed", TOTAL] = self._stocks[name]
        for name in _ITEMS:
            change = self._random.randint(-1, 2) if self._stocks[name] else 0
            found[f"{name}.items_previous_year", TOTAL] = self._stocks[name]
            found[f"{name}.items_change", TOTAL] = change
            self._stocks[name] += change
        spread = exp(self._random.gauss(0, facts("figures")["spread"]))
        projects = int(found["procurement.projects", TOTAL])
        found["procurement.amount", TOTAL] = int(projects * facts("figures")["project"] * spread)

    def _documents(self, found: Figures) -> None:
        """Add the documents of table two since 2021: those in force are those before, and issued, without repealed."""
        for name in _DOCUMENTS:
            issued = int(found[f"{name}.issued", TOTAL])
            repealed = min(self._stocks[name], self._count(issued * self._random.uniform(0, 1.6)))
            self._stocks[name] += issued - repealed
            found[f"{name}.repealed", TOTAL] = repealed
            found[f"{name}.in_force", TOTAL] = self._stocks[name]


@cache
def _told(form: str) -> tuple[str, ...]:
    """Return the trends that a report on a form prints, in its tables or its prose."""
    declared = facts("figures")["trends"] | facts("figures")["amounts"]
    asked = {indicator for indicator, _ in _cells(form)}
    return tuple(
        name
        for name, trend in declared.items()
        if trend.get("form", form) == form and (name in asked or _is_known(name, form)) and not _is_drawn_apart(name)
    )


def _is_known(name: str, form: str) -> bool:
    """Say whether prose tells a figure that the form does not ask for."""
    issued = name.endswith(".issued") and form == _TRIAL_FORM
    return issued or name.startswith(("disclosure.", "training.", "response."))


def _is_drawn_apart(name: str) -> bool:
    return name in {"requests", *_CHANNELS}


@cache
def _cells(form: str) -> frozenset[Cell]:
    return next(each.cells for each in forms() if each.form == form)


@cache
def _steps(weights: tuple[tuple[str, float], ...]) -> tuple[list[str], list[float]]:
    return [name for name, _ in weights], list(accumulate(weight for _, weight in weights))


def _within(found: Mapping[Cell, Number], rule: Mapping[str, Any]) -> int:
    parts = [int(found.get((name, TOTAL), 0)) for name in rule["of"]]
    floor = max(parts) if rule.get("above_largest") else 0
    return floor + int((sum(parts) - floor) * rule["share"])
