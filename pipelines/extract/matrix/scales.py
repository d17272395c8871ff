"""What a table counts in, where its caption, its heads or a row say so: money in 元, things by the ten thousand."""

import re

from pipelines.extract.matrix.columns import Order
from pipelines.extract.page import Page
from pipelines.extract.rows import RowMatch
from pipelines.registry.forms import FormTable

_REACH = 60
_MONEY = "[万亿]?元"
_CAPTION = re.compile(rf"单位({_MONEY})")
_BESIDE = re.compile(rf"(?:单位)?(?P<money>{_MONEY})(?=[\d+-])|(?P<scale>[百千万亿]+)[^\d\W元]")
_SCALED = re.compile(r"单位[百千万亿]+(?!元)|(?<![\d几十百千万余多])[百千万亿]+[件条宗项次起个]")


def scaled_before(keyed: str, end: int) -> bool:
    """Say whether what stands right before the first row of a table says that it counts by hundreds or more.

    >>> scaled_before("本年处理决定数量单位万件", 12), scaled_before("共12万件本年处理决定数量", 13)
    (True, False)
    """
    return _SCALED.search(keyed, max(0, end - _REACH), end) is not None


def with_money(table: FormTable, order: Order, keyed: str, end: int) -> Order:
    """Return the columns of a table of money with the unit of its caption, where their heads name none."""
    found = _CAPTION.findall(keyed, max(0, end - _REACH), end)
    money = all(row.unit.endswith("元") for row in table.figures)
    if not found or not money or any(head.unit for head in order.heads):
        return order
    return order._replace(heads=tuple(head._replace(unit=found[-1]) for head in order.heads))


def unit_beside(page: Page, match: RowMatch) -> re.Match[str] | None:
    """Return the unit of money or the scale that is printed right after a label, None where there is none."""
    keyed = page.keyed
    return _BESIDE.match(keyed.text, keyed.offset(match.last) + match.ends)
