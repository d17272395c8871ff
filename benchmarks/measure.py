"""Timing that can be trusted on a noisy machine: the least of many repetitions, both sides in turn."""

import time
from collections.abc import Callable


def least_seconds(*actions: Callable[[], object], repeat: int = 200) -> list[float]:
    """Return the least time of each action; they are run in turn, so that drift of the machine hits all of them."""
    best = [float("inf")] * len(actions)
    for _ in range(repeat):
        for index, action in enumerate(actions):
            start = time.perf_counter()
            action()
            best[index] = min(best[index], time.perf_counter() - start)
    return best


def verdict(name: str, ratio: float, limit: float) -> bool:
    """Print a ratio with its limit and return whether it is kept."""
    kept = ratio <= limit
    print(f"{name:<58} {ratio:8.1f} ×   limit {limit:g} ×   {'ok' if kept else 'TOO SLOW'}")
    return kept
