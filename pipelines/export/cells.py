"""A value as the text of a cell, and text that no spreadsheet takes for a formula."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_TEXT = "VARCHAR"
_UNSEEN = r"[\s\x00-\x20\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
_FORMULA = re.compile(rf"{_UNSEEN}[=+\-@＝＋－﹣＠﹫﹢﹦]|[\t\r\n]|'")
_GUARD = "'"


def is_text(column_type: str) -> bool:
    """Say whether a column holds text, which is guarded where it might be a formula."""
    return column_type == _TEXT


def written(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    """Return a value as text: exact numbers without an exponent, ISO dates, lists as JSON; nothing for NULL.

    >>> written(Decimal("-8.6000")), written(Decimal("403.0000")), written(True), written(["a", "b"]), written(None)
    ('-8.6', '403', 'true', '["a", "b"]', '')
    """
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, (bool, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return "" if value is None else str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    shorter = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if shorter == "-0" else shorter


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet might run it; `unguarded` undoes this.

    >>> guarded("=1+1"), guarded(" ＠a"), guarded("'a"), guarded("公开"), guarded("-")
    ("'=1+1", "' ＠a", "''a", '公开', "'-")
    """
    return _GUARD + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that was guarded.

    >>> unguarded("'=1+1"), unguarded("''a"), unguarded("公开")
    ('=1+1', "'a", '公开')
    """
    return text.removeprefix(_GUARD)
