"""Readers that do what parsers of damaged files do."""

import os
import signal
import time

from pipelines.model.document import Document, ListedPlaces
from pipelines.model.report import Unreadable


def well(data: bytes, media_type: str) -> Document:
    return Document(media_type=media_type, encoding="", texts=(data.decode(),), places=ListedPlaces(("line 1",)))


def who(_: bytes, media_type: str) -> Document:
    return well(str(os.getpid()).encode(), media_type)


def refuse(*_: object) -> Document:
    raise Unreadable("damaged-file", "as seen")


def fail(*_: object) -> Document:
    raise KeyError("part")


def crash(*_: object) -> Document:
    os.kill(os.getpid(), signal.SIGSEGV)
    return well(b"", "")


def leave(*_: object) -> Document:
    os._exit(7)


def hang(*_: object) -> Document:
    while True:
        time.sleep(60)


def hang_deaf(*_: object) -> Document:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    return hang()


def eat(*_: object) -> Document:
    eaten = [bytes(64 << 20)]
    while True:
        eaten.append(eaten[-1] * 2)


def die_on_second(data: bytes, media_type: str) -> Document:
    """Crash where this process has read a file before, as after a leak."""
    if _seen:
        crash()
    _seen.append(data)
    return well(data, media_type)


_seen: list[bytes] = []
