"""What the warehouse cannot keep of a printed value."""

from collections.abc import Iterator
from decimal import Decimal

from pipelines.model.finding import Finding
from pipelines.model.report import Extraction
from pipelines.registry.rules import rules

KEPT = Decimal("0.0001")
"""The finest step of a value in the warehouse."""


def check_values(extraction: Extraction) -> Iterator[Finding]:
    """Yield every value that is printed finer than the warehouse keeps it."""
    for found in extraction.observations:
        if found.precision < KEPT and found.value is not None and found.value != found.value.quantize(KEPT):
            yield rules()["rounded-value"].broken(
                locators=(found.locator,),
                expected=found.value.quantize(KEPT),
                found=found.printed,
                time_period=found.time_period,
                indicator=found.indicator,
                breakdown=found.breakdown,
                label=found.label,
            )
