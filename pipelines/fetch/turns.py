"""One request at a time for each host, with a pause after it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class _Lane:
    lock: Lock = field(default_factory=Lock)
    ended: float = float("-inf")


class Turns:
    """The turns of all hosts that a run asks."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._lanes: dict[str, _Lane] = {}

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait until no other request to a host is under way and its last one is `delay` seconds ago."""
        with self._guard:
            lane = self._lanes.setdefault(host, _Lane())
        with lane.lock:
            time.sleep(max(0.0, lane.ended + delay - time.monotonic()))
            try:
                yield
            finally:
                lane.ended = time.monotonic()
