"""Waiting for what another process does, no longer than it takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


def wait_for(find: Callable[[], Found | None], what: str, seconds: float = 30) -> Found:
    """Ask again and again until there is something (or True); fail after `seconds`.

    Args:
        find: gives what is waited for, or None or False while it is not there.
        what: names it in the failure, `the second worker`.
        seconds: the longest wait.
    """
    deadline = time.monotonic() + seconds
    while not (found := find()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} seconds in vain for {what}")
        time.sleep(0.02)
    return found
