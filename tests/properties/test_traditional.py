"""A report in traditional characters says what its simplified twin says, with what is printed in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.observation import Observation, Status
from pipelines.model.report import Unreadable
from tests.generate.formats import FORMS
from tests.generate.formats import reports as formats
from tests.generate.grid import Shape
from tests.generate.stat_2014 import reports as statistics
from tests.generate.traditional import traditional

_SEEDS = range(12)
_EVERY = [("stat_2014", None), *((form, shape) for form in FORMS for shape in Shape)]


def _texts(form: str, shape: Shape | None) -> Iterator[tuple[int, str]]:
    """Yield seeds with the texts of reports."""
    drawn = statistics(_SEEDS) if shape is None else formats(_SEEDS, form, shape)
    yield from ((seed, report.text) for seed, report in drawn)


def _said(data: bytes) -> tuple[object, ...]:
    """Return what is observed, whatever characters it is printed in."""
    try:
        reading = read_report(data)
    except Unreadable as refused:
        return (refused.reason,)
    frame = reading.extraction.frame
    told = frame.report_year, frame.body_name, frame.forms, frame.period and frame.period.value, len(frame.parts)
    return (*told, *(replace(found, label="", printed="") for found in reading.extraction.observations))


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs"])
@pytest.mark.parametrize(("form", "shape"), _EVERY)
def test_both_scripts_say_the_same(form: str, shape: Shape | None, encoding: str) -> None:
    copies = [(seed, text, traditional(Random(seed), text, encoding)) for seed, text in _texts(form, shape)]
    stored = [(seed, text, copy.encode(encoding)) for seed, text, copy in copies if _fits(copy, encoding)]
    assert len(stored) * 2 > len(copies)
    assert [seed for seed, text, data in stored if _said(data) != _said(text.encode())] == []


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


@pytest.mark.parametrize(("form", "shape"), _EVERY)
def test_what_is_printed_stands_in_the_report(form: str, shape: Shape | None) -> None:
    copies = [(seed, traditional(Random(seed), text)) for seed, text in _texts(form, shape) if shape is not Shape.RUN]
    strange = [(seed, found) for seed, copy in copies for found in _figures(copy) if found.printed not in _shown(copy)]
    assert strange == []


def _shown(text: str) -> str:
    return re.sub(r"</?(?:span|p)>", "", text)


def _figures(text: str) -> list[Observation]:
    reading = read_report(text.encode())
    return [found for found in reading.extraction.observations if found.status is not Status.UNREADABLE]
