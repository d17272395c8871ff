"""The site from rows written by hand: whole, safe from what reports print, the same in both languages."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("vl_convert", reason="the library that draws charts is not installed")

from pipelines.dashboard import site
from pipelines.dashboard.completeness import matrix
from pipelines.dashboard.engine import render
from pipelines.dashboard.site import overview_pages, write_site
from tests.unit.dashboard.markup import Markup, dead_links, pages_in
from tests.unit.dashboard.site_rows import BODIES, SCRIPT, ask, body, covered, overview, run

DIGESTS = dict.fromkeys(BODIES, "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("site") / "dashboard"
    write_site(found, overview(), DIGESTS, ask)
    return found


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[Path, Markup]:
    return pages_in(folder)


def test_every_page_is_there_in_both_languages(folder: Path) -> None:
    chinese = {path.relative_to(folder) for path in folder.rglob("*.html")} - {
        path.relative_to(folder) for path in (folder / "en").rglob("*.html")
    }
    english = {path.relative_to(folder / "en") for path in (folder / "en").rglob("*.html")}
    assert chinese == english
    assert {"index.html", "reports/r2019.html", "bodies/110101.html"} <= {path.as_posix() for path in chinese}


def test_both_languages_have_one_structure(folder: Path, pages: dict[Path, Markup]) -> None:
    small = {"small"}  # a label of the form stands beside its English name
    for path, page in pages.items():
        if "en" not in path.relative_to(folder.resolve()).parts:
            twin = pages[folder.resolve() / "en" / path.relative_to(folder.resolve())]
            counts = [Counter(tag for tag in each.shape if tag not in small) for each in (page, twin)]
            differing = {tag for tag in counts[0] | counts[1] if counts[0][tag] != counts[1][tag]}
            assert differing <= {"bdi"}, path
            assert page.ids == twin.ids


def test_every_link_leads_somewhere(pages: dict[Path, Markup]) -> None:
    assert dead_links(pages) == []


def test_no_name_stands_twice_in_a_page(pages: dict[Path, Markup]) -> None:
    assert [path for path, page in pages.items() if len(set(page.ids)) != len(page.ids)] == []


def test_nothing_that_a_report_prints_runs(pages: dict[Path, Markup]) -> None:
    for path, page in pages.items():
        assert page.handlers == [], path
        assert all(script.endswith("assets/site.js") for script in page.scripts), path
        assert len(page.scripts) == 1, path
        assert SCRIPT not in path.read_text(encoding="utf-8"), path


def test_what_a_report_prints_is_bounded_and_turns_nothing(pages: dict[Path, Markup]) -> None:
    for path, page in pages.items():
        written = "".join(page.text)
        assert "长" * 500 not in written, path
        assert not {"\u202e", "\u200f", "\x00"} & set(written), path


def test_figures_lead_to_their_own_cells_and_back(folder: Path, pages: dict[Path, Markup]) -> None:
    about_all = [page for path, page in pages.items() if path.parent == folder.resolve()]
    assert not [link for page in about_all for link in page.links if link.endswith(("#figures", "#findings"))]
    report = pages[(folder / "reports" / "r2019.html").resolve()]
    assert {"p-requests.new-2019t", "p-disclosure.via_website-2018s", "f-requests.new-total"} <= set(report.ids)
    for page, place in (
        ("conflicts.html", "p-disclosure.via_website-2019s"),
        ("changes.html", "p-requests.new-2019t"),
        ("index.html", "p-requests.new-2019t"),
        ("sums.html", "p-results.total-2019t"),
        ("index.html", "finding-f1"),
        ("bodies/110101.html", "p-disclosure.via_website-2018s"),
        ("bodies/110101.html", "p-requests.new-2019t"),
        ("bodies/110101.html", "finding-f1"),
        ("reports/r2019.html", "finding-f1"),
    ):
        assert any(link.endswith(f"#{place}") for link in pages[(folder / page).resolve()].links), (page, place)


def test_a_chart_says_how_far_two_years_compare(folder: Path) -> None:
    written = (folder / "bodies" / "110101.html").read_text(encoding="utf-8")
    drawn = written[written.index('aria-label="新收"') :]
    assert drawn.index("≠</text>") < drawn.index("</svg>") < drawn.index("2018→2019 不可比，表式改变")


def test_checks_are_filtered_by_severity_where_a_script_runs(folder: Path) -> None:
    written = (folder / "index.html").read_text(encoding="utf-8")
    assert re.search(r'class="filters" role="group" [^>]* hidden>', written)
    assert re.findall(r'data-severity="(\w*)" aria-pressed="(\w+)"', written) == [
        ("", "true"),
        ("error", "false"),
        ("warning", "false"),
    ]
    assert re.findall(r'<tr data-severity="(\w+)"', written) == ["error", "warning", "warning"]


def test_the_first_page_does_not_grow_with_the_bodies() -> None:
    sizes = []
    for count in (310, 3100):
        names = [f"{11 + at % 31}{at:04d}" for at in range(count)]
        bodies = tuple(
            sorted((body(name, division=name, name="某局") for name in names), key=lambda row: row["body_id"])
        )
        late = ({"body_id": name, "name": "某局", "report_year": 2020, "due": date(2021, 3, 31)} for name in names)
        rows = overview(
            body=bodies, coverage=tuple(covered(name, 2019) for name in names), overdue=tuple(late), jump=(), late=()
        )
        (index, *_) = overview_pages(rows, matrix(rows.body, rows.coverage))
        sizes.append(len(render(index, "zh").encode()))
    assert sizes[1] < sizes[0] * 1.5
    assert sizes[1] < 150_000


def test_names_of_files_are_names(folder: Path) -> None:
    assert all(".." not in path.name and "<" not in path.name for path in folder.rglob("*"))


def test_each_page_forbids_what_it_does_not_need(pages: dict[Path, Markup]) -> None:
    for path in pages:
        written = path.read_text(encoding="utf-8")
        assert written.index("Content-Security-Policy") < written.index("<title>")
        assert "default-src 'none'" in written
        assert "unsafe" not in written.partition("<title>")[0]


def test_search_holds_every_name_and_no_markup(folder: Path) -> None:
    written = (folder / "assets" / "bodies.js").read_text(encoding="ascii")
    assert written.count("110101") == 1
    assert "\u2028" not in written


def test_the_same_rows_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "again", overview(), DIGESTS, ask)
    assert _bytes(tmp_path / "again") == _bytes(folder)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_pages_of_changed_bodies_are_written_again(tmp_path: Path) -> None:
    target, asked = tmp_path / "dashboard", list[Any]()

    def listening(question: str, parameters: Any) -> Any:
        asked.append(parameters["bodies"])
        return ask(question, parameters)

    first = write_site(target, overview(), DIGESTS, listening)
    before, asked[:] = _bytes(target), []
    second = write_site(target, overview(), DIGESTS | {BODIES[1]: "2"}, listening)
    assert {tuple(bodies) for bodies in asked} == {(BODIES[1],)}
    assert (first.kept, second.kept) == (0, 4)
    assert second.pages + second.kept == first.pages
    assert {name: held for name, held in _bytes(target).items() if name != "pages.json"} == {
        name: held for name, held in before.items() if name != "pages.json"
    }


def test_a_lost_page_is_made_again(tmp_path: Path) -> None:
    target = tmp_path / "dashboard"
    write_site(target, overview(), DIGESTS, ask)
    (target / "reports" / "r2019.html").unlink()
    write_site(target, overview(), DIGESTS, ask)
    assert (target / "reports" / "r2019.html").is_file()


def test_a_broken_list_of_pages_is_no_obstacle(tmp_path: Path) -> None:
    target = tmp_path / "dashboard"
    write_site(target, overview(), DIGESTS, ask)
    (target / "pages.json").write_text("{", encoding="utf-8")
    assert write_site(target, overview(), DIGESTS, ask).kept == 0


def test_a_site_that_fails_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "dashboard"
    write_site(target, overview(), DIGESTS, ask)
    before = _bytes(target)
    monkeypatch.setattr(site, "render", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_site(target, overview(), DIGESTS, ask)
    assert _bytes(target) == before


def test_a_run_that_died_between_two_names_loses_nothing(tmp_path: Path) -> None:
    target = tmp_path / "dashboard"
    write_site(target, overview(), DIGESTS, ask)
    target.rename(tmp_path / "dashboard.before")
    assert write_site(target, overview(), DIGESTS, ask).kept == 6
    assert not (tmp_path / "dashboard.before").exists()


def test_many_bodies_are_folded_by_province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "FOLDED", 1)
    write_site(tmp_path / "dashboard", overview(), DIGESTS, ask)
    pages = pages_in(tmp_path / "dashboard")
    assert (tmp_path / "dashboard" / "provinces" / "11.html").is_file()
    assert dead_links(pages) == []


@pytest.mark.parametrize(("published", "said"), [(True, "已发布"), (False, "未发布")])
def test_the_verdict_comes_first(tmp_path: Path, *, published: bool, said: str) -> None:
    rows = overview(run=(run(14, published=published), run(13)))
    write_site(tmp_path / "dashboard", rows, DIGESTS, ask)
    written = "".join(Markup(tmp_path / "dashboard" / "index.html").text)
    assert said in written[: written.index("规则通过")]
