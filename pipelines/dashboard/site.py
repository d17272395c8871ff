"""The whole site in a new folder: pages of the warehouse, pages of bodies and reports; what is unchanged is kept."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.dashboard.bodies import pages_of
from pipelines.dashboard.completeness import Matrix, lines_of, matrix
from pipelines.dashboard.engine import Page, path_in, render
from pipelines.dashboard.history import expectations_by_run, rules_by_run
from pipelines.dashboard.overview import failing_checks, key_figures, severities_of, verdict
from pipelines.dashboard.places import anchors_of_points
from pipelines.dashboard.rows import Ask, Bodies, Overview, Row, Rows, grouped
from pipelines.dashboard.sums import broken_sums, is_sum
from pipelines.dashboard.text import shown
from pipelines.dashboard.words import FOLDER, LANGUAGES
from pipelines.registry.comparison import declared_sections, headings

FOLDED = 150
"""The number of bodies above which each province has a page of its own."""
_AT_ONCE = 100
_SUMS_SHOWN = 200
_MANIFEST = "pages.json"
_LIBRARIES = ("jinja2", "vl-convert-python")


class Written(NamedTuple):
    """How many pages were written, and how many were kept from the site of before."""

    pages: int
    kept: int


def write_site(folder: Path, overview: Overview, digests: Mapping[str, str], ask: Ask) -> Written:
    """Write the site in place of the one that stands in a folder, all of it or nothing.

    Pages of bodies whose digest is that of the site of before are not made again.
    """
    building, before = folder.with_name(f"{folder.name}.building"), folder.with_name(f"{folder.name}.before")
    if before.exists() and not folder.exists():
        before.replace(folder)
    for left in (building, before):
        shutil.rmtree(left, ignore_errors=True)
    written = _fill(building, folder, overview, digests, ask)
    if folder.exists():
        folder.replace(before)
    building.replace(folder)
    shutil.rmtree(before, ignore_errors=True)
    return written


def _fill(building: Path, standing: Path, overview: Overview, digests: Mapping[str, str], ask: Ask) -> Written:
    building.mkdir(parents=True)
    shutil.copytree(FOLDER / "assets", building / "assets")
    found = matrix(overview.body, overview.coverage)
    (building / "assets" / "bodies.js").write_text(_search(found), encoding="utf-8")
    pages = sum(_put(building, page) for page in overview_pages(overview, found))
    wanted = {body["body_id"]: f"{version_of_site()}.{digests.get(body['body_id'], '')}" for body in overview.body}
    made = _keep(building, standing, wanted)
    kept = sum(len(entry["pages"]) for entry in made.values())
    changed = [body for body in overview.body if body["body_id"] not in made]
    made |= {body["body_id"]: {"digest": wanted[body["body_id"]], "pages": []} for body in changed}
    for page, body_id in _changed(changed, overview.coverage, ask):
        pages += _put(building, page)
        made[body_id]["pages"] += [path_in(page, language) for language in LANGUAGES]
    text = json.dumps(made, ensure_ascii=True, indent=0, sort_keys=True)
    (building / _MANIFEST).write_text(text, encoding="utf-8")
    return Written(pages * len(LANGUAGES), kept)


def _keep(building: Path, standing: Path, wanted: Mapping[str, str]) -> dict[str, Any]:
    """Take over the pages of bodies that have the wanted digest already, and return what the manifest holds of them."""
    alike = {name: entry for name, entry in _manifest(standing).items() if entry["digest"] == wanted.get(name)}
    for folder in {path.rpartition("/")[0] for entry in alike.values() for path in entry["pages"]}:
        (building / folder).mkdir(parents=True, exist_ok=True)
    return {name: entry for name, entry in alike.items() if _kept(standing, building, entry["pages"])}


def _changed(bodies: Iterable[Row], coverage: Rows, ask: Ask) -> Iterator[tuple[Page, str]]:
    """Yield the pages of bodies, some bodies at a time, each with the id of its body."""
    covered = grouped(coverage, "body_id")
    left = iter(bodies)
    while some := tuple(islice(left, _AT_ONCE)):
        named: dict[str, object] = {"bodies": [body["body_id"] for body in some]}
        rows = Bodies(*(ask(f"{part}_of_bodies", named) for part in Bodies._fields))
        for page in pages_of(some, rows, covered):
            yield page, page.content["body"]["body_id"]


def _put(folder: Path, page: Page) -> int:
    for language in LANGUAGES:
        path = folder / path_in(page, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(page, language), encoding="utf-8")
    return 1


def _manifest(standing: Path) -> dict[str, Any]:
    """Return what the site of before holds of each body; nothing where there is none or it cannot be read."""
    try:
        found: dict[str, Any] = json.loads((standing / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _kept(standing: Path, building: Path, paths: Iterable[str]) -> bool:
    """Take over pages of the site of before; return whether all of them were there."""
    try:
        for path in paths:
            _take_over(f"{standing}/{path}", f"{building}/{path}")
    except OSError:
        return False
    return True


def _take_over(source: str, target: str) -> None:
    """Give a page a second name; where the file system has no such thing, copy it."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


@cache
def version_of_site() -> str:
    """Return a digest of everything besides the rows that decides what a page holds."""
    package = FOLDER.parent
    digest = hashlib.sha256("".join(f"{name} {version(name)}\0" for name in _LIBRARIES).encode())
    for part in ("dashboard", "registry", "model", "sql/dashboard"):
        for path in sorted(path for path in (package / part).rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def overview_pages(rows: Overview, found: Matrix) -> Iterator[Page]:
    """Yield the pages about the whole warehouse."""
    failing = failing_checks(rows)
    yield Page("index.html", "index", _index(rows, found, failing))
    yield from _completeness(rows, found)
    sums = [row for row in rows.broken_sum if is_sum(row["rule"])]
    yield Page("sums.html", "sums", {"sums": broken_sums(sums[:_SUMS_SHOWN], rows.cells), "count": len(sums)})
    yield Page("conflicts.html", "conflicts", {"conflicts": rows.conflict, "count": rows.key_figures["conflicts"]})
    yield Page("changes.html", "changes", _changes(rows))
    asked = expectations_by_run(rows)
    yield Page("runs.html", "runs", {"runs": rows.run, "asked": asked, "rules": rules_by_run(rows)})
    answers = {row["rule"]: row for row in rows.check}
    yield Page("rules.html", "rules", {"rules": rows.rule, "answers": answers, "asked": asked})
    kinds = [*grouped(rows.dictionary, "kind").items()]
    yield Page("dictionary.html", "dictionary", {"kinds": kinds, "count": len(rows.dictionary)})


def _index(rows: Overview, found: Matrix, failing: Iterable[Any]) -> dict[str, Any]:
    checks = tuple(failing)
    return {
        "figures": rows.key_figures,
        "run": rows.run[0],
        "verdict": verdict(rows, checks),
        "key_figures": key_figures(rows.key_figures, rows.key_figures_before),
        "checks": checks,
        "severities": severities_of(checks),
        "alone": len(rows.run) == 1,
        "matrix": found,
        "punctuality": rows.punctuality,
        "late": rows.late,
        "overdue": rows.overdue,
        "quarantine": rows.quarantine,
    }


def _changes(rows: Overview) -> dict[str, Any]:
    return {
        "revisions": rows.revision,
        "jumps": rows.jump,
        "places": anchors_of_points(rows.jump_place),
        "release": rows.release,
        "declared": declared_sections(),
        "headings": headings(),
    }


def _completeness(rows: Overview, found: Matrix) -> Iterator[Page]:
    """Yield the page of all provinces, and where there are many bodies one page for each province."""
    folded = found.size > FOLDED
    yield Page("completeness.html", "completeness", {"matrix": found, "folded": folded, "figures": rows.key_figures})
    if folded:
        for province in found.provinces:
            content = {"matrix": found, "province": province}
            yield Page(f"provinces/{province.slug}.html", "province", content, heading=province.name)


def _search(found: Matrix) -> str:
    """Return the names of bodies as a script: a page that is opened as a file can load nothing else."""
    names = [
        [shown(line.name), shown(province.name), line.body]
        for province in found.provinces
        for line in lines_of(province)
    ]
    return f"window.gongkaiBodies = {json.dumps(names, ensure_ascii=True, separators=(',', ':'))};\n"
