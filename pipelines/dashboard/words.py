"""The words of the site in both languages, from words.yml: one template says them in either."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.model.observation import TOTAL
from pipelines.registry.dictionary import breakdown_en, breakdown_zh, indicators
from pipelines.registry.forms import forms

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every word by its name: Chinese and English."""
    declared = yaml.load((FOLDER / "words.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: dict(zip(LANGUAGES, said, strict=True)) for name, said in declared.items()}


class Words:
    """What a page says in one of the languages."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        """Return a word of the catalogue with its placeholders filled."""
        said = catalogue()[name][self.language]
        return said.format_map(values) if values else said

    def known(self, group: str, value: object) -> str:
        """Return the word for one of the values of a column; a value that has none stands for itself."""
        found = catalogue().get(f"{group}.{value}")
        return found[self.language] if found else str(value or "")

    def of(self, row: Any, name: str) -> str:  # noqa: ANN401 - a row or an object with `name_zh` and `name_en`
        """Return the column of a row that is in this language: `message` is `message_zh` or `message_en`."""
        column = f"{name}_{self.language}" if name else self.language
        return str(row[column] if hasattr(row, "keys") else getattr(row, column))

    def cell(self, indicator: str | None, breakdown: str | None) -> str:
        """Return the name of an indicator's cell; an id that the dictionary does not have stands for itself."""
        return _cell(self.language, indicator or "", breakdown or TOTAL)

    def half(self, said: str) -> str:
        """Return one half of a text that says a thing in both languages: Chinese, a space, English.

        >>> Words("en").half("只在新仓库 only in the new one"), Words("zh").half("变化 change")
        ('only in the new one', '变化')
        """
        chinese, _, english = said.partition(" ")
        return chinese if self.language == "zh" or not english else english

    def reason(self, rule: Any) -> str:  # noqa: ANN401 - a row
        """Return why a rule is asked."""
        return str(rule["reason_zh" if self.language == "zh" else "reason"] or "")

    def unit(self, unit: str | None) -> str:
        """Return the name of a unit of measure; one that is not known stands for itself."""
        return self.known("unit", unit)

    def form(self, form: str | None) -> str:
        """Return the name of a form; an id that nobody declared stands for itself."""
        found = _forms().get(form or "")
        return (found.zh if self.language == "zh" else found.en) if found else form or ""


@cache
def _cell(language: str, indicator: str, breakdown: str) -> str:
    if indicator not in indicators():
        return indicator
    return (breakdown_zh if language == "zh" else breakdown_en)(indicator, breakdown)


@cache
def _forms() -> dict[str, Any]:
    return {form.form: form for form in forms()}
