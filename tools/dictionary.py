"""Writes docs/dictionary.md: `make dictionary`."""

from pathlib import Path

from pipelines.display.glossary import dictionary_page

PAGE = Path(__file__).parents[1] / "docs" / "dictionary.md"


if __name__ == "__main__":
    PAGE.write_text(dictionary_page(), encoding="utf-8")
