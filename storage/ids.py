"""Ids that carry their time: UUID version 7 (RFC 9562, section 5.7), made by the application."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from datetime import datetime

ENTROPY_BYTES = 10
"""74 random bits, rounded up."""


def uuid7(now: datetime, entropy: bytes) -> UUID:
    """Make the id of a row born at `now`, so that rows lie in their tables by time.

    Args:
        now: aware; its milliseconds are the first 48 bits.
        entropy: `ENTROPY_BYTES` random bytes.
    """
    milliseconds = int(now.timestamp() * 1000)
    random = int.from_bytes(entropy, "big")
    high = (milliseconds << 16) | 0x7000 | (random >> 68)
    low = (0b10 << 62) | (random & ((1 << 62) - 1))
    return UUID(int=(high << 64) | low)


def new_id(now: datetime) -> UUID:
    """Make an id with the operating system's randomness: for the edge, not for pure code."""
    return uuid7(now, os.urandom(ENTROPY_BYTES))
