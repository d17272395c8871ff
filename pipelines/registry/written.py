"""YAML files that people write: what they hold, on which line each entry stands, and what is written twice."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, cast

import yaml


class Written(NamedTuple):
    """The value of a file, and the parse tree that knows its lines; nothing where the file is empty."""

    value: object
    root: yaml.Node | None

    def lines(self, name: str) -> list[int]:
        """Return the line on which each entry of the list `name` begins."""
        items = next(node for key, node in cast("yaml.MappingNode", self.root).value if key.value == name).value
        return [item.start_mark.line + 1 for item in items]

    def twice(self) -> Iterator[tuple[int, str]]:
        """Yield the keys that stand twice in one mapping, with their lines: YAML would take the last in silence."""
        return _twice(self.root)


def read_written(path: Path) -> Written:
    """Return what a file holds; raises OSError, yaml.YAMLError or UnicodeDecodeError where it cannot be read."""
    loader = yaml.SafeLoader(path.read_text(encoding="utf-8-sig"))
    root = loader.get_single_node()
    return Written(loader.construct_document(root) if root else None, root)


def number(written: object) -> Decimal | None:
    """Return a number as it is written, None where it is none.

    >>> number(96171.6), number(-3), number("12"), number(True)
    (Decimal('96171.6'), Decimal('-3'), None, None)
    """
    known = isinstance(written, (int, float)) and not isinstance(written, bool)
    found = Decimal(str(written)) if known else None
    return found if found is not None and found.is_finite() else None


def _twice(node: object) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        names = [name.value for name, _ in node.value]
        yield from ((name.start_mark.line + 1, name.value) for name, _ in node.value if names.count(name.value) > 1)
        for _, below in node.value:
            yield from _twice(below)
    elif isinstance(node, yaml.SequenceNode):
        for below in node.value:
            yield from _twice(below)
