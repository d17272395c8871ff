"""The data files of this folder: the only place that opens them."""

import csv
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
_PARSERS = ("olefile", "pdfminer.six", "pypdfium2", "python-calamine", "selectolax")


class RegistryError(ValueError):
    """A declared fact that contradicts itself or another; the message names file and entry."""


def read_yaml(name: str) -> Any:  # noqa: ANN401 - what a YAML file holds is checked by the module that declares it
    """Return the content of one YAML file of the registry."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file of the registry, column name to text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names(folder: str) -> list[str]:
    """Return the YAML files of a sub-folder, sorted, as names that `read_yaml` takes."""
    return sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / folder).glob("*.yml"))


@cache
def reader_version() -> str:
    """Return a digest of everything that decides how a report is read: code and declared facts.

    Twelve hexadecimal digits. A change of any line of the reader, or another version of a parser, changes it, so that
    nothing read by an older reader is taken for fresh.
    """
    package = FOLDER.parent
    digest = hashlib.sha256("".join(f"{name} {version(name)}\0" for name in _PARSERS).encode())
    for part in ("model", "registry", "read", "extract", "quality", "ingest"):
        for path in sorted(path for path in (package / part).rglob("*") if path.suffix in {".py", ".yml", ".csv"}):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
