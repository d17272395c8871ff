"""The figures of the synthetic corpus: they add up, within a report, over the years and over the bodies."""

from collections import defaultdict
from itertools import pairwise

import pytest

from pipelines.demo.bodies import Member, trees
from pipelines.demo.figures import Figures, figures_of
from pipelines.registry.continuity import laws
from pipelines.registry.forms import national_form

YEARS = range(2014, 2025)
Counted = list[tuple[Member, list[Figures]]]


def counted(member: Member, seed: int) -> Counted:
    below = [counted(child, seed) for child in member.children]
    return [
        *(each for own in below for each in own),
        (member, figures_of(member, YEARS, seed, [own[-1][1] for own in below])),
    ]


@pytest.fixture(scope="module", params=[2024, 7])
def everything(request: pytest.FixtureRequest) -> Counted:
    return [each for tree in trees(30, YEARS) for each in counted(tree, request.param)]


def test_every_cell_of_the_form_has_a_figure(everything: Counted) -> None:
    for member, figures in everything:
        for year, found in zip(YEARS, figures, strict=True):
            missing = national_form(year).cells - found.keys()
            assert {cell for cell in missing if cell[1] != "total"} == set(), (member.name, year)
            assert {name for name, _ in missing if not name.startswith("rules.")} == set(), (member.name, year)


def test_nothing_is_negative_but_a_change(everything: Counted) -> None:
    below = {cell[0] for _, figures in everything for found in figures for cell, number in found.items() if number < 0}
    assert all(name.endswith(".items_change") for name in below)


def test_a_government_counts_no_less_than_the_bodies_below_it(everything: Counted) -> None:
    figures = {member.body.body_id: found for member, found in everything}
    for member, found in everything:
        for place in range(len(YEARS)):
            total: dict[tuple[str, str], object] = defaultdict(int)
            for child in member.children:
                for cell, number in figures[child.body.body_id][place].items():
                    total[cell] += number
            assert all(found[place][cell] >= number for cell, number in total.items() if "change" not in cell[0])


def test_every_law_between_two_years_holds(everything: Counted) -> None:
    asked = 0
    for member, figures in everything:
        for place, year in enumerate(YEARS[1:], start=1):
            for law in laws().values():
                if national_form(year).form not in law.forms or not _comparable(law.across_forms, year):
                    continue
                sides = {"left": 0, "right": 0}
                for term in law.terms:
                    found = figures[place - term.years_back]
                    sides[term.side] += term.sign * found.get((term.indicator, term.breakdown), 0)
                holds = sides["left"] >= sides["right"] if law.operator == ">=" else sides["left"] == sides["right"]
                assert holds, (law.law, member.name, year, sides)
                asked += 1
    assert asked > 1000


def _comparable(across_forms: bool, year: int) -> bool:  # noqa: FBT001
    before, now = national_form(year - 1).form, national_form(year).form
    return before == now or (across_forms and before != "stat_2014")


def test_most_figures_move_a_little_from_year_to_year(everything: Counted) -> None:
    cell = ("disclosure.via_website", "total")
    moves = [
        float(later[cell] / sooner[cell])
        for _, figures in everything
        for sooner, later in pairwise(figures)
        if sooner[cell]
    ]
    assert all(0.3 < move < 3 for move in moves)
    assert 1 < sum(moves) / len(moves) < 1.2
