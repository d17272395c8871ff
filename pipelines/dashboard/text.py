"""Text of reports as it may be shown: without characters that hide or turn it, and of bounded length."""

import hashlib
import re
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_LONGEST = 160
_BEIJING = timedelta(hours=8)
MINUS, NOTHING = "−", "—"


def shown(text: object, longest: int = _LONGEST) -> str:
    """Return a text of a report as one bounded line; what cannot be seen or turns the writing becomes �.

    >>> shown("政府\u202e网站  公开", 5)
    '政府�网站…'
    """
    line = _SPACES.sub(" ", _UNSEEN.sub("\ufffd", str(text)[: 4 * longest + 4])).strip()
    return line if len(line) <= longest else f"{line[:longest]}…"


def file_name(name: str) -> str:
    """Return a name as that of a file: itself where it is plain, else a digest of it.

    >>> file_name("230804-office"), len(file_name("../<b>"))
    ('230804-office', 16)
    """
    return name if _PLAIN_NAME.fullmatch(name) else hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def number(value: Any) -> str:  # noqa: ANN401 - a count, a decimal or nothing
    """Return a figure with groups of three and without noughts at the end.

    >>> number(Decimal("12345.5000")), number(Decimal("-0.0")), number(None)
    ('12,345.5', '0', '—')
    """
    if value is None:
        return NOTHING
    written = f"{Decimal(value):,f}"
    whole, _, rest = written.partition(".")
    rest = rest.rstrip("0")
    plain = f"{whole}.{rest}" if rest else whole
    return "0" if plain == "-0" else plain.replace("-", MINUS)


def signed(value: Any) -> str:  # noqa: ANN401 - a count, a decimal or nothing
    """Return a change with its sign.

    >>> signed(3), signed(Decimal("-1.50")), signed(0)
    ('+3', '−1.5', '±0')
    """
    if value is None:
        return NOTHING
    return f"+{number(value)}" if value > 0 else number(value) if value < 0 else "±0"


def share(part: Any, whole: Any, digits: int = 1) -> str:  # noqa: ANN401 - counts
    """Return a share in percent, never rounded up: what is not all is not 100.

    >>> share(9999, 10000), share(1, 1), share(0, 0)
    ('99.9%', '100%', '—')
    """
    if not whole:
        return NOTHING
    if part == whole:
        return "100%"
    exact = Decimal(100) * Decimal(part) / Decimal(whole)
    return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR)}%"


def day(moment: Any) -> str:  # noqa: ANN401 - a date, a time or nothing
    """Return the day of a date or a time as it is printed."""
    if moment is None:
        return NOTHING
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def beijing(moment: datetime) -> str:
    """Return a time of UTC as it is in Beijing.

    >>> beijing(datetime(2026, 11, 22, 18, 5))
    '2026-11-23 02:05'
    """
    return (moment + _BEIJING).strftime("%Y-%m-%d %H:%M")


def beijing_day(moment: datetime) -> str:
    """Return the day on which a time of UTC falls in Beijing.

    >>> beijing_day(datetime(2026, 11, 22, 18, 5))
    '2026-11-23'
    """
    return (moment + _BEIJING).strftime("%Y-%m-%d")


def plain(value: Any) -> str:  # noqa: ANN401 - what a column of any type holds
    """Return what a column holds as people write it.

    >>> plain(["a", "b"]), plain(None), plain(Decimal("2.50"))
    ('a, b', '—', '2.5')
    """
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    if isinstance(value, Decimal):
        return number(value)
    return NOTHING if value is None else str(value)


def days_between(earlier: date, later: date) -> int:
    """Return how many days lie between two dates."""
    return (later - earlier).days


def sql_text(text: str) -> str:
    """Return a text as a literal of SQL.

    >>> sql_text("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"
