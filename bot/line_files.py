"""Files of whole lines that several processes of a host append to, and one takes away.

Whoever opens one locks it first. It may have been taken meanwhile: then the lock is on a file
without a name, and counts for nothing.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


BLOCK_BYTES = 64 * 1024
"""How much is looked at in one go for the end of the last whole line."""


@contextmanager
def locked(path: Path, flags: int, lock: int = fcntl.LOCK_EX) -> Iterator[int | None]:
    """Open and lock a file; None where it is not there, or was taken while we waited.

    None also where somebody else holds it, if `lock` says not to wait.
    """
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileNotFoundError:
        yield None
        return
    try:
        is_held = _lock(descriptor, lock)
        yield descriptor if is_held and os.fstat(descriptor).st_nlink else None
    finally:
        os.close(descriptor)


def _lock(descriptor: int, lock: int) -> bool:
    try:
        fcntl.flock(descriptor, lock)
    except BlockingIOError:
        return False
    return True


def read_all(descriptor: int) -> bytes:
    """Give all that a file holds, wherever its position is."""
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def append(descriptor: int, lines: bytes) -> None:
    """Write lines behind the last whole one, onto the disk; all of them or, with OSError, none."""
    end = _find_end(descriptor)
    try:
        os.ftruncate(descriptor, end)
        written = 0
        while written < len(lines):
            written += os.pwrite(descriptor, lines[written:], end + written)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


def _find_end(descriptor: int) -> int:
    """Find where the last whole line ends, from behind; what follows it was cut off."""
    end = os.fstat(descriptor).st_size
    while end:
        begin = max(0, end - BLOCK_BYTES)
        place = os.pread(descriptor, end - begin, begin).rfind(b"\n")
        if place >= 0:
            return begin + place + 1
        end = begin
    return 0


def sync(folder: Path) -> None:
    """Put the names of a folder's files onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
