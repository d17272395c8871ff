"""Real reports against figures keyed by hand: none is read wrong, and what is not read is listed with its reason."""

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import yaml

from pipelines.ingest.reading import read_report
from pipelines.model.observation import Observation, Status

REPORTS = Path(__file__).parents[4] / "shared" / "reports"
TRUTH = sorted((REPORTS / "truth").glob("*.csv"))
UNDETERMINED = yaml.safe_load((Path(__file__).parent / "undetermined.yml").read_text(encoding="utf-8"))
Key = tuple[int, str, str, str]
_CLAIMED = frozenset({Status.REPORTED, Status.STATED_ZERO, Status.SPLIT})

pytestmark = pytest.mark.skipif(not TRUTH, reason="the real reports, which are not ours to publish, are not beside")


def figure(text: str) -> Decimal | None:
    """Return a keyed figure; one that was keyed with its unit in yuan is the figure without it."""
    try:
        return Decimal(text.removesuffix("元").replace(",", "")) if text else None
    except InvalidOperation:
        return None


def keyed(path: Path) -> dict[Key, Decimal | None]:
    with path.open(encoding="utf-8") as lines:
        return {
            (int(row["time_period"]), row["indicator"], row["breakdown"], row["source"]): figure(row["value"])
            for row in csv.DictReader(lines)
        }


def read(path: Path) -> dict[Key, list[Observation]]:
    found: dict[Key, list[Observation]] = {}
    for each in read_report(path.read_bytes()).extraction.observations:
        found.setdefault((each.time_period, each.indicator, each.breakdown, each.source.value), []).append(each)
    return found


@pytest.mark.parametrize("truth", TRUTH, ids=lambda path: path.stem)
def test_no_figure_of_a_real_report_is_wrong(truth: Path) -> None:
    found = read(REPORTS / truth.stem)
    wrong = []
    for key, value in keyed(truth).items():
        claims = [each.value for each in found.get(key, []) if each.status in _CLAIMED]
        agree = [claim == value for claim in claims]
        if claims and not (any(agree) if key[3] == "narrative" else all(agree)):
            wrong.append((key, value, claims))
    assert wrong == []


@pytest.mark.parametrize("truth", TRUTH, ids=lambda path: path.stem)
def test_what_is_not_read_is_listed_with_its_reason(truth: Path) -> None:
    found = read(REPORTS / truth.stem)
    listed = {cell for entry in UNDETERMINED.get(truth.stem, []) for cell in entry["cells"]}
    missing = {
        key[1]
        for key, value in keyed(truth).items()
        if value is not None and all(each.value is None for each in found.get(key, []))
    }
    assert missing == listed


def test_what_cannot_be_determined_keeps_its_ink() -> None:
    for name, entries in UNDETERMINED.items():
        cells = {cell for entry in entries for cell in entry["cells"]}
        statuses = {
            (each.status, bool(each.printed))
            for key, observations in read(REPORTS / name).items()
            for each in observations
            if key[1] in cells and key[3] == "table"
        }
        assert statuses == {(Status.UNREADABLE, True)}, name
