"""The synthetic corpus: reports of many bodies over many years, lazily and always the same for the same seed."""

from collections.abc import Generator, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from pipelines.demo.bodies import Member, trees
from pipelines.demo.draft import Draft, RosterLine
from pipelines.demo.facts import facts
from pipelines.demo.figures import Figures, figures_of
from pipelines.demo.mistakes import Entry, Kind, applies, clean, kinds, spoil
from pipelines.model.body import BodyKind
from pipelines.registry.forms import national_form
from pipelines.registry.frame import deadline_for

BODIES, YEARS, SEED = 75, range(2014, 2025), 2024


def reports(bodies: int = BODIES, years: range = YEARS, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Yield the name below the folder of raw reports and the bytes of every file of a corpus of any size.

    >>> path, data = next(reports(1, range(2014, 2015)))
    >>> path, "2014年政府信息公开工作年度报告" in data.decode("gb18030")
    ('2014/synthetic_2014_330000.html', True)
    """
    for entry in entries(bodies, years, seed):
        yield from entry.files


def entries(bodies: int = BODIES, years: range = YEARS, seed: int = SEED) -> Iterator[Entry]:
    """Yield what there is of every body for every year, with the truth about it."""
    press = _Press(years, seed)
    for tree in trees(bodies, years):
        yield from press.entries(tree)


class _Press:
    """What prints a corpus; it remembers which mistake comes next."""

    def __init__(self, years: range, seed: int) -> None:
        self._years, self._seed = years, seed
        self._turns: list[Kind] = list(kinds().values())

    def entries(self, member: Member) -> Generator[Entry, None, tuple[list[Figures], list[Entry]]]:
        """Yield the reports of a body after those of the bodies below it; return its figures and its own reports."""
        below = []
        for child in member.children:
            below.append((child, *(yield from self.entries(child))))  # noqa: PERF401 - no comprehension can yield
        figures = figures_of(member, self._years, self._seed, [counted for _, counted, _ in below])
        rosters = _rosters([own for child, _, own in below if child.body.kind is not BodyKind.GOVERNMENT])
        own: list[Entry] = []
        for year in member.years:
            draft = self._draft(member, year, figures, rosters.get(year, ()))
            own.append(self._entry(draft, clean_before=bool(own) and own[-1].mistake is None))
            yield own[-1]
        return figures, own

    def _draft(self, member: Member, year: int, figures: Sequence[Figures], roster: Sequence[RosterLine]) -> Draft:
        form, habits = national_form(year).form, Random(f"{self._seed} habits {member.body.body_id}")  # noqa: S311
        wording = facts("wording")
        media, variant = wording["media"][form], habits.randrange(1000)
        return Draft(
            member=member,
            year=year,
            form=form,
            figures=figures[year - self._years.start],
            published=_published(member, year, self._chance("published", member, year)),
            medium=media[variant % len(media)],
            variant=variant // len(media),
            nought=habits.choice(wording["noughts"]),
            title_year=year,
            table_year=year,
            before=figures[year - 1 - self._years.start] if year > self._years.start else {},
            earlier=self._earlier(member, year, figures) if habits.random() < wording["with_series"] else {},
            roster=tuple(roster),
        )

    def _earlier(self, member: Member, year: int, figures: Sequence[Figures]) -> dict[int, Figures]:
        """Return the figures that an annex of the years before prints, if a body has one."""
        first = year + 1 - facts("wording")["series_years"]
        if first < self._years.start or member.body.kind is not BodyKind.GOVERNMENT:
            return {}
        return {each: figures[each - self._years.start] for each in range(first, year + 1)}

    def _entry(self, draft: Draft, *, clean_before: bool) -> Entry:
        random = self._chance("mistake", draft.member, draft.year)
        if random.random() < facts("mistakes")["share"]:
            for kind in self._turns:
                if applies(kind, draft, clean_before=clean_before):
                    self._turns.remove(kind)
                    self._turns.append(kind)
                    return spoil(draft, kind, random)
        return clean(draft)

    def _chance(self, purpose: str, member: Member, year: int) -> Random:
        return Random(f"{self._seed} {purpose} {member.body.body_id} {year}")  # noqa: S311 - figures of nobody


def _rosters(below: Sequence[Sequence[Entry]]) -> dict[int, list[RosterLine]]:
    """Return for each year the organs of a government, and the day on which each published its report, if it did."""
    found: dict[int, list[RosterLine]] = {}
    for entry in (entry for own in below for entry in own):
        day = entry.draft.published if entry.files else None
        found.setdefault(entry.draft.year, []).append(RosterLine(entry.draft.member.name, day))
    return found


def _published(member: Member, year: int, random: Random) -> datetime:
    """Return when a report is published: before it is due, that of a government after those of its organs."""
    deadline = deadline_for(year, member.body.kind)
    if deadline is None:
        raise ValueError(year)
    kind = "government" if member.body.kind is BodyKind.GOVERNMENT else "other"
    days = facts("wording")["published_before"][kind]
    day = deadline.of(year) - timedelta(days=random.randint(days["least"], days["most"]))
    return datetime(day.year, day.month, day.day, random.randint(8, 14), random.randint(0, 59), random.randint(0, 59))  # noqa: DTZ001
