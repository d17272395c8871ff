"""Writes docs/dictionary.md, and the parts of other pages that are made of the registry: `make dictionary`."""

from pipelines.display.glossary import dictionary_page
from tools.pages import DOCS, fill_pages

if __name__ == "__main__":
    (DOCS / "dictionary.md").write_text(dictionary_page(), encoding="utf-8")
    fill_pages()
