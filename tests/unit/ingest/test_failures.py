"""Whatever library says that the disk is full: a person is told so, and what to do."""

import errno
import sqlite3
from pathlib import Path

import duckdb
import pytest

from pipelines.ingest.failures import refused_by_disk


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/there/x"), "/there/x: .*No space left"),
        (OSError("[Errno 28] Error writing bytes to file. Detail: No space left on device"), "No space left"),
        (duckdb.IOException('IO Error: Could not write file "x": No space left on device'), "No space left"),
        (sqlite3.OperationalError("database or disk is full"), "disk is full"),
        (caused(RuntimeError("a step failed"), OSError(errno.EROFS, "Read-only file system")), "Read-only"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "readonly"),
    ],
)
def test_a_disk_that_takes_no_more_is_told(error: Exception, says: str) -> None:
    problem = refused_by_disk(error, Path("warehouse"))
    assert problem is not None
    with pytest.raises(type(problem), match=says):
        raise problem


@pytest.mark.parametrize("error", [ValueError("a disk is mentioned"), FileNotFoundError(2, "No such file", "x")])
def test_another_error_is_none_of_the_disk(error: Exception) -> None:
    assert refused_by_disk(error, Path("warehouse")) is None


def test_errors_that_cause_each_other_come_to_an_end() -> None:
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert refused_by_disk(one, Path("warehouse")) is None
