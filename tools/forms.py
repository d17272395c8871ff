"""What docs/forms.md says of the declared forms: how each is told, its tables, and what they have in common."""

from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.registry.crosswalk import Concept, Term, crosswalk
from pipelines.registry.dictionary import name_of_cell
from pipelines.registry.files import names, read_yaml
from pipelines.registry.forms import Form, FormTable, forms, load_form
from pipelines.registry.identities import identities_of
from tools.markdown import both, coded, grid


def overview() -> str:
    """Return one row for each form."""
    heads = ("form", "称谓 name", "规定 laid down in", "年度 years", "范围 asked for", "tables", "figures", "sums")
    return grid(heads, map(_summary, forms()))


def _summary(form: Form) -> tuple[str, ...]:
    asked = "全国 nationwide" if form.national else "部分地方 in some places"
    counts = (len(form.tables), len(form.cells), len(identities_of(form.form)))
    years = f"{form.first_year}—{form.last_year}"
    return f"`{form.form}`", both(form.zh, form.en), form.source, years, asked, *map(str, counts)


def each_form() -> str:
    """Return a section for each form: by which wordings it is told, and its tables."""
    return "\n\n".join(_section(load_form(name), read_yaml(name)) for name in names("forms"))


def _section(form: Form, declared: dict[str, Any]) -> str:
    heads = ("table", "题名 title", "栏目 columns", "rows", "figures")
    rows = (_table(*pair) for pair in zip(form.tables, declared["tables"], strict=True))
    return "\n".join((f"### `{form.form}`", "", *_told_by(declared), "", grid(heads, rows)))


def _told_by(declared: dict[str, Any]) -> Iterator[str]:
    marks = coded(declared["marks"], "、") if "marks" in declared else "its table, which is looked for in every report"
    yield f"* 识别 told by: {marks}"
    if "gives_way_to" in declared:
        yield f"* 让位于 gives way to: {coded(declared['gives_way_to'])}, where a wording of that form is found too"
    if "own" in declared:
        own = coded(declared["own"], "、")
        yield f"* 其独有 its own wordings; where they stand apart from those of the other form, both are read: {own}"


def _table(table: FormTable, declared: dict[str, Any]) -> tuple[str, ...]:
    figures = sum(not figure.heading for figure in table.figures)
    rows = f"{len(table.rows)}（可选 optional）" if table.optional else str(len(table.rows))
    return f"`{table.table}`", declared["title"], _columns(declared), rows, str(figures)


def _columns(declared: dict[str, Any]) -> str:
    """Return the columns of a table; of one with several layouts, each of them."""
    columns = [column["label"] for column in declared.get("columns", ())] or [declared.get("header", [""])[-1]]
    return "；或 or ".join("、".join(layout) for layout in declared.get("layouts", [columns]))


def concepts() -> str:
    """Return what each concept is called in each form."""
    asked = [form.form for form in sorted(forms(), key=lambda form: (form.first_year, form.form))]
    heads = ("concept", "含义 meaning", *(f"`{form}`" for form in asked))
    return grid(heads, (_concept(each, asked) for each in crosswalk()))


def _concept(concept: Concept, asked: Iterable[str]) -> tuple[str, ...]:
    terms = ([term for term in concept.terms if term.form == form] for form in asked)
    return f"`{concept.concept}`", both(concept.zh, concept.en), *map(_terms, terms)


def _terms(terms: list[Term]) -> str:
    told = coded((name_of_cell(term.indicator, term.breakdown) for term in terms), " + ")
    return f"{told}（正文 prose）" if any(term.source == "narrative" for term in terms) else told or "—"
