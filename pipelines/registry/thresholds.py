"""The numbers that checks compare with, as declared in thresholds.yml."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipelines.registry.files import read_yaml


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number: what it decides, in both languages, and where it comes from."""

    threshold: str
    value: Decimal
    zh: str
    en: str
    source: str


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Return every declared threshold in the order of the file."""
    declared = read_yaml("thresholds.yml").items()
    return tuple(
        Threshold(name, Decimal(str(said["value"])), said["zh"], said["en"], said["source"]) for name, said in declared
    )
