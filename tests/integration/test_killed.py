"""A build that is killed leaves the warehouse as it was or as it will be; the next one completes it."""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import pytest

from pipelines.settings import Settings
from tests.generate.neighbourhood import report_of
from tests.integration.test_incremental import manifest, parquet, settings_at
from tests.steps import build, content

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.steps"])
Row = tuple[object, ...]
Content = dict[str, list[Row]]
RAW = ({(0, 2014), (0, 2015), (3, 2016), (4, 2017)}, {(0, 2014), (3, 2016), (3, 2017), (4, 2017), (1, 2015)})
"""Two states of a raw folder, between which builds go back and forth: bodies and years."""


@dataclass
class Swing:
    """A warehouse between two states, with what each of them holds."""

    settings: Settings
    states: tuple[Content, Content]
    at: int = 0

    def turn(self) -> None:
        """Put the raw files of the other state in place."""
        self.at = 1 - self.at
        set_raw(self.settings, self.at)

    def kill(self, deadly: Callable[[Settings, float], None], when: float) -> bool:
        """Run a build that is killed, and say whether it was; the warehouse must be the old or the new one."""
        self.turn()
        process = PROCESSES.Process(target=deadly, args=(self.settings, when))
        process.start()
        end(process, when)
        assert content(self.settings.database) in self.states
        return process.exitcode == -signal.SIGKILL

    def complete(self) -> None:
        """Build again: everything is as after a build that nobody disturbed, and nothing is left over."""
        build(self.settings)
        assert content(self.settings.database) == self.states[self.at]
        left = [path.name for path in self.settings.warehouse.rglob("*.next")]
        assert left == []


def set_raw(settings: Settings, state: int) -> None:
    for path in settings.raw.glob("*.txt"):
        path.unlink()
    for body, year in RAW[state]:
        (settings.raw / f"{body}-{year}.txt").write_bytes(report_of(body, year, 1))


def end(process: BaseProcess, when: float) -> None:
    """Kill a process after some seconds; one that kills itself is waited for."""
    process.join(when if when < 1_000 else None)
    process.kill()
    process.join()


@pytest.fixture(scope="module")
def swing(tmp_path_factory: pytest.TempPathFactory) -> Swing:
    home, states = tmp_path_factory.mktemp("swing"), list[Content]()
    for state in (1, 0):
        settings = settings_at(home / str(state))
        set_raw(settings, state)
        build(settings)
        states.append(content(settings.database))
    return Swing(settings, (states[1], states[0]))


def plainly(settings: Settings, _: float) -> None:
    """Build without a word; whoever runs this will kill it."""
    build(settings)


def until_change(settings: Settings, number: float) -> None:
    """Build until so many files have been renamed or taken away, and end as if killed right after."""
    calls = 0

    def counted(act: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*arguments: object, **options: object) -> object:
            nonlocal calls
            done = act(*arguments, **options)
            calls += 1
            if calls == number - 1_000:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return wrapped

    for name in ("replace", "rename", "unlink", "link"):
        setattr(os, name, counted(getattr(os, name)))
    build(settings)


@pytest.mark.long
@pytest.mark.parametrize("shard", range(5))
def test_killed_at_any_moment(swing: Swing, shard: int) -> None:
    chance = random.Random(shard)
    start = time.perf_counter()
    swing.turn()
    swing.complete()
    lasts = time.perf_counter() - start
    for _ in range(20):
        swing.kill(plainly, chance.uniform(0, 1.1 * lasts))
        swing.complete()


@pytest.mark.long
def test_killed_after_each_change_of_a_file(swing: Swing) -> None:
    number = 1
    while swing.kill(until_change, 1_000 + number):
        swing.complete()
        number += 1
    assert number > 20
    assert content(swing.settings.database) == swing.states[swing.at]
    whole = settings_at(swing.settings.home / "whole")
    set_raw(whole, swing.at)
    build(whole)
    assert parquet(swing.settings) == parquet(whole)
    assert manifest(swing.settings) == manifest(whole)


def test_killed_now_and_then(swing: Swing) -> None:
    chance = random.Random(99)
    for _ in range(3):
        swing.kill(plainly, chance.uniform(0, 2))
        swing.complete()
