"""Pages out of templates: escaped by default, one template for both languages, and nothing that runs in line."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.dashboard import text
from pipelines.dashboard.places import anchor_of
from pipelines.dashboard.words import FOLDER, Words

SECTIONS = ("index", "completeness", "sums", "conflicts", "changes", "runs", "rules", "dictionary")


class Page(NamedTuple):
    """One page: its path below the root of a language, its template and what is in it.

    `heading` is its title where the template does not give one of its own words.
    """

    path: str
    template: str
    content: Mapping[str, Any]
    heading: str = ""

    @property
    def depth(self) -> int:
        """How many folders lie between the page and the root of its language."""
        return self.path.count("/")


def path_in(page: Page, language: str) -> str:
    """Return the path of a page below the root of the site: Chinese at the root, English in `en`."""
    return page.path if language == "zh" else f"{language}/{page.path}"


def render(page: Page, language: str) -> str:
    """Return a page in one language."""
    other = "en" if language == "zh" else "zh"
    up = "../" * page.depth
    top = up if language == "zh" else f"{up}../"
    written: str = _template(page.template).render(
        page=page,
        words=Words(language),
        other=Words(other),
        language=language,
        sections=SECTIONS,
        up=up,
        top=top,
        twin=f"{top}{path_in(page, other)}",
        **page.content,
    )
    return written


@cache
def _template(name: str) -> Any:  # noqa: ANN401 - a template, kept so that thousands of pages are quick
    return _environment().get_template(f"{name}.html")


class _OfRows(Environment):
    """An environment in which a point after a row names a column, and nothing else is tried first."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever a template holds
        """Return a column of a row, or what else has a name."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def _environment() -> Environment:
    environment = _OfRows(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    functions = (
        text.shown, text.number, text.signed, text.share, text.day, text.beijing, text.beijing_day, text.file_name,
        text.plain,
    )  # fmt: skip
    environment.filters.update({each.__name__: each for each in functions})
    environment.globals.update({each.__name__: each for each in (*functions, anchor_of)})
    return environment
