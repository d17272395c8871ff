"""The declared facts of the synthetic corpus: the YAML files of this folder, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def facts(name: str) -> dict[str, Any]:
    """Return what one YAML file of this folder declares.

    >>> facts("figures")["sizes"]["department"]
    1
    """
    path = Path(__file__).with_name(f"{name}.yml")
    declared: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return declared
