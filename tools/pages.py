"""The parts of pages in docs/ that are made of what is declared: each stands between its mark and the next `end`."""

import re
from collections.abc import Callable
from pathlib import Path

from tools import forms, rules, words

DOCS = Path(__file__).parents[1] / "docs"
_PART = re.compile(r"(?P<mark><!-- made of the registry: (?P<name>[\w.]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_WORDS = "words."
PARTS: dict[str, Callable[[], str]] = {
    "forms": forms.overview,
    "each_form": forms.each_form,
    "concepts": forms.concepts,
    "rules": rules.rules_of_reports,
    "sums": rules.sums,
    "laws": rules.laws_between_years,
    "culprits": rules.culprits,
    "thresholds": rules.numbers,
    "expectations": rules.expectations,
    "letters": words.letters,
    "passages": words.passages,
    "alone": words.alone,
    "reasons": words.reasons,
    "undetermined": words.undetermined,
}


def parts_in(page: str) -> list[str]:
    r"""Return the names of the parts of a page.

    >>> parts_in("<!-- made of the registry: forms -->\n<!-- end -->")
    ['forms']
    """
    return [part["name"] for part in _PART.finditer(page)]


def filled(page: str) -> str:
    """Return a page with each of its parts made anew; raises KeyError for a part that nothing makes."""
    return _PART.sub(_made, page)


def _made(part: re.Match[str]) -> str:
    name = part["name"]
    text = words.vocabulary(name.removeprefix(_WORDS)) if name.startswith(_WORDS) else PARTS[name]()
    return f"{part['mark']}\n{text}\n\n{part['end']}"


def fill_pages() -> None:
    """Write every page in docs/ anew that has such parts."""
    for path in DOCS.glob("*.md"):
        page = path.read_text(encoding="utf-8")
        if parts_in(page):
            path.write_text(filled(page), encoding="utf-8")
