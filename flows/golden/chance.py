"""Chance that comes out the same every time: for golden conversations and simulations."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def make_chance(seed: int) -> Callable[[int], int]:
    """Make a `chance(n)` that gives 0 … n-1, the same series for the same seed everywhere."""
    draws = count()

    def chance(size: int) -> int:
        digest = hashlib.sha256(f"{seed}:{next(draws)}".encode()).digest()
        return int.from_bytes(digest[:8]) % size

    return chance
