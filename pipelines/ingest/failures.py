"""What a library said when the disk did not take what was to be written, as a problem that a person can solve."""

import errno
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.registry.problems import Problem

_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
_WORDS = re.compile(
    r"no space left on device|file too large|read-only file system|disk quota exceeded|input/output error"
    r"|disk i/o error|database or disk is full|attempt to write a readonly database",
    re.IGNORECASE,
)


def refused_by_disk(error: BaseException, folder: Path) -> Problem | None:
    """Return the problem that the disk took no more, if that is what an error of whatever library means."""
    for each in _causes(error):
        if isinstance(each, OSError) and each.errno in _NUMBERS:
            return Problem("disk-refuses", each.filename or folder, found=each.strerror or each)
        if match := _WORDS.search(str(each)):
            return Problem("disk-refuses", folder, found=match[0])
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
