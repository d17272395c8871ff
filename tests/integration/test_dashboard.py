"""The dashboard of a real build: written by the command, looked at by a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("vl_convert", reason="the library that draws charts is not installed")

from tests.chromium import PROGRAM, Chromium
from tests.integration.conftest import ROOT, Home, make_home
from tests.unit.dashboard.markup import dead_links, pages_in

AXE = Path(os.environ.get("GONGKAI_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
PICTURES = os.environ.get("GONGKAI_PICTURES", "")
NO_BROWSER = "no chromium is installed; apt-get install chromium"
NO_AXE = "no axe-core; npm install --no-save axe-core, or name its axe.min.js in GONGKAI_AXE"
_TRIES = 3
"""How often a page is opened: other work on the machine slows one opening, not all."""
HALF_A_SECOND = 500
_PAINT = """new Promise((done) => new PerformanceObserver((list) => done(list.getEntries()[0].startTime))
  .observe({type: 'paint', buffered: true}))"""
_AXE = "axe.run(document, {preload: false, resultTypes: ['violations']}).then((found) => found.violations.map((each) =>"
_AXE += " `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`))"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a project with a dozen synthetic bodies, built twice, and its dashboard."""
    home = make_home(tmp_path_factory.mktemp("dashboard"))
    corpus = home.path / "corpus"
    assert home.run("demo", str(corpus), "--bodies", "12").returncode == 0
    home.raw.rmdir()
    (corpus / "data" / "raw").rename(home.raw)
    assert home.run("build", "--allow-quarantine").returncode == 0
    next(home.raw.rglob("*.html")).unlink()
    assert home.run("build", "--allow-quarantine").returncode == 0
    said = home.run("dashboard")
    assert (said.returncode, said.stdout.strip()) == (0, str(home.warehouse / "dashboard" / "index.html")), said.stderr
    return home


@pytest.fixture(scope="module")
def site(demo: Home) -> Path:
    return demo.warehouse / "dashboard"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    if not PROGRAM:
        pytest.skip(NO_BROWSER)
    opened = Chromium(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


def _some(site: Path) -> list[Path]:
    """Return every page about the whole warehouse, and one of a body and of a report, in both languages."""
    first = [*sorted(site.glob("*.html")), next(iter(sorted(site.glob("bodies/*.html"))))]
    first.append(max(site.glob("reports/*.html"), key=lambda path: path.stat().st_size))
    return [*first, *(site / "en" / path.relative_to(site) for path in first)]


def test_pages_are_whole(site: Path) -> None:
    pages = pages_in(site)
    assert dead_links(pages) == []
    assert [path for path, page in pages.items() if len(set(page.ids)) != len(page.ids) or page.handlers] == []


def test_every_body_and_report_has_a_page(demo: Home, site: Path) -> None:
    with duckdb.connect(str(demo.database), read_only=True) as connection:
        for table, key, folder in (("core.body", "body_id", "bodies"), ("core.report", "report_id", "reports")):
            known = {found for (found,) in connection.sql(f"SELECT {key} FROM {table}").fetchall()}
            assert {path.stem for path in (site / folder).glob("*.html")} == known


def test_every_figure_of_a_report_has_a_row(demo: Home, site: Path) -> None:
    with duckdb.connect(str(demo.database), read_only=True) as connection:
        counts = connection.sql("SELECT report_id, count(*) FROM core.observation GROUP BY ALL ORDER BY ALL LIMIT 9")
        for report_id, count in counts.fetchall():
            written = (site / "reports" / f"{report_id}.html").read_text(encoding="utf-8")
            assert written.count('<tr id="p') == count


def test_what_has_not_changed_is_kept(demo: Home, site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("reports/*.html")}
    bytes_before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert demo.run("dashboard").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in site.rglob("reports/*.html")} == before
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == bytes_before


def test_without_a_warehouse_it_says_what_to_do(tmp_path: Path) -> None:
    said = make_home(tmp_path).run("dashboard")
    assert said.returncode == 1
    assert "gongkai build" in said.stderr


def test_a_browser_has_nothing_to_complain_of(site: Path, browser: Chromium) -> None:
    for path in _some(site):
        browser.screen(1180)
        browser.open(path.as_uri())
        assert browser.said == [], path
        assert [address for address in browser.requests if not address.startswith(site.as_uri())] == []
        assert browser.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", path


def test_the_first_paint_is_quick(site: Path, browser: Chromium) -> None:
    for path in _some(site):
        assert min(_painted(browser, path) for _ in range(_TRIES)) < HALF_A_SECOND, path


def _painted(browser: Chromium, path: Path) -> float:
    browser.open(path.as_uri())
    return float(browser.evaluate(_PAINT))


def test_no_page_is_wider_than_a_phone(site: Path, browser: Chromium) -> None:
    browser.screen(390)
    for path in _some(site):
        browser.open(path.as_uri())
        assert browser.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


@pytest.mark.parametrize(
    ("language", "words"), [("", "自然人 新收"), ("en", "自然人 新收"), ("", "NEW requests natural")]
)
def test_an_entry_of_the_dictionary_is_found_by_its_words(
    site: Path, browser: Chromium, language: str, words: str
) -> None:
    browser.open((site / language / "dictionary.html").as_uri())
    shown = "[...document.querySelectorAll('.entries tbody tr')].filter((row) => row.offsetParent).length"
    every = browser.evaluate(shown)
    typing = (
        "{ const box = document.getElementById('lookup'); box.value = '%s'; box.dispatchEvent(new Event('input')) }"
    )
    browser.evaluate(typing % words)
    assert 0 < browser.evaluate(shown) < every / 10
    browser.evaluate(typing % "没有的词")
    assert browser.evaluate(shown) == 0
    assert browser.evaluate("document.getElementById('looked').textContent")
    assert browser.said == []


def test_a_body_is_found_by_its_name(site: Path, browser: Chromium) -> None:
    browser.open((site / "en" / "completeness.html").as_uri())
    browser.evaluate("document.getElementById('find').focus()")
    browser.evaluate("new Promise((done) => setTimeout(done, 300))")
    typed = "const box = document.getElementById('find'); box.value = '财政'; box.dispatchEvent(new Event('input'))"
    browser.evaluate(f"{{ {typed} }}")
    links = browser.evaluate("[...document.querySelectorAll('#hits a')].map((each) => each.href)")
    assert links
    assert all(link.startswith((site / "en" / "bodies").as_uri()) for link in links)
    assert browser.said == []


def test_checks_of_one_severity_are_shown_by_the_keyboard(site: Path, browser: Chromium) -> None:
    shown = "[...new Set([...document.querySelectorAll('#checks tbody tr')].filter((row) => row.offsetParent)"
    shown += ".map((row) => row.dataset.severity))].sort()"
    pressed = "document.querySelector('.filters [aria-pressed=true]').dataset.severity"
    for width in (1180, 390):
        browser.screen(width)
        browser.open((site / "index.html").as_uri())
        every = browser.evaluate(shown)
        assert (len(every) > 1, browser.evaluate(pressed)) == (True, "")
        for severity in (*every, ""):
            browser.evaluate(f"document.querySelector('.filters [data-severity=\"{severity}\"]').focus()")
            browser.press("Enter")
            assert browser.evaluate(pressed) == severity
            assert browser.evaluate(shown) == ([severity] if severity else every)
    assert browser.said == []


def test_what_was_asked_in_both_runs_has_a_course(site: Path) -> None:
    written = (site / "en" / "runs.html").read_text(encoding="utf-8")
    rules = written[written.index('id="rules_by_run"') : written.index('id="history"')]
    assert 'class="trend"' in rules
    assert 'of the last 2 runs broken"' in rules
    assert 'class="spark' in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.skipif(not AXE.is_file(), reason=NO_AXE)
@pytest.mark.parametrize(("width", "dark"), [(1180, False), (1180, True), (390, False)])
def test_axe_finds_nothing(site: Path, browser: Chromium, width: int, *, dark: bool) -> None:
    axe = AXE.read_text(encoding="utf-8")
    for path in _some(site):
        browser.screen(width, dark=dark)
        browser.open(path.as_uri())
        browser.evaluate(f"{axe}; 1")
        assert browser.evaluate(_AXE) == [], path


@pytest.mark.skipif(not PICTURES, reason="GONGKAI_PICTURES names no folder for pictures")
def test_pictures_are_taken(site: Path, browser: Chromium) -> None:
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    looks = (("wide", 1180, False, "screen"), ("dark", 1180, True, "screen"), ("phone", 390, False, "screen"))
    for name, width, dark, medium in (*looks, ("print", 800, False, "print")):
        for path in _some(site):
            browser.screen(width, dark=dark, medium=medium)
            browser.open(path.as_uri())
            written = "-".join(path.relative_to(site).with_suffix("").parts)
            browser.picture(folder / f"{written}-{name}.png")
