"""Which forms a page holds and where: two that share wordings are each read in a part of the page of its own."""

from dataclasses import replace

from pipelines.extract.page import Page
from pipelines.model.document import Grid
from pipelines.registry.forms import Form, forms, forms_in

_HEAD_REACH = 40


def forms_on(page: Page) -> list[tuple[Form, Page]]:
    """Return the forms of a page, each with the page or the part of it in which its tables are sought."""
    found = [(form, page) for form in forms_in(page.keyed.text)]
    held = {form.form: place for place, (form, _) in enumerate(found)}
    for older in forms():
        for name in older.gives_way_to:
            if name in held and (parts := _apart(page, older, found[held[name]][0])):
                found[held[name]] = (found[held[name]][0], parts[1])
                found.append((older, parts[0]))
    return sorted(found, key=lambda held: held[0].form)


def _apart(page: Page, older: Form, newer: Form) -> tuple[Page, Page] | None:
    """Return the part of a page that holds an older form and that which holds the newer one, None if it is one.

    All wordings that only the older one has must stand on one side of those that only the newer one has.
    """
    if older.own is None or newer.marks is None:
        return None
    text = page.keyed.text
    own, new = ([match.start() for match in marks.finditer(text)] for marks in (older.own, newer.marks))
    if not own or not new:
        return None
    if max(own) < min(new):
        line, last = page.keyed.line(_begins(newer, text, max(own), min(new))), page.keyed.line(max(own))
        return (part_of(page, 0, line), part_of(page, line, len(page.lines))) if last < line else None
    line, last = page.keyed.line(_begins(older, text, max(new), min(own))), page.keyed.line(max(new))
    return (part_of(page, line, len(page.lines)), part_of(page, 0, line)) if last < line else None


def _begins(form: Form, text: str, since: int, mark: int) -> int:
    """Return where the table begins in which the first wording of a form stands: at its title, else at its heads."""
    titles = [place for table in form.tables if (place := text.rfind(table.title, since, mark)) >= 0]
    return max(titles) if titles else _first_head(form, text, since, mark)


def _first_head(form: Form, text: str, since: int, place: int) -> int:
    """Return where the heads begin that stand one after another before a place, in whatever order."""
    heads = {head for table in form.tables for head in table.columns}
    while found := [at for head in heads if (at := text.rfind(head, max(since, place - _HEAD_REACH), place)) >= 0]:
        place = min(found)
    return place


def part_of(page: Page, begin: int, end: int) -> Page:
    """Return a page of which only some fragments are printed; all keep their places."""
    document = page.document
    texts = tuple("" if not begin <= line < end else text for line, text in enumerate(document.texts))
    grids = tuple(kept for grid in document.grids if (kept := _cut(grid, begin, end)).cells)
    return Page.of(replace(document, texts=texts, grids=grids))


def _cut(grid: Grid, begin: int, end: int) -> Grid:
    return replace(grid, cells=tuple(cell for cell in grid.cells if begin <= cell.fragment < end))
