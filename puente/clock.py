"""The one place that asks what time it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_UNITS = {"": "seconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_OFFSET = re.compile(r"([+-]?)(\d{1,7})([smhd]?)")


def now() -> datetime:
    """Give the time, aware UTC, for what no offset concerns."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Call it for the time, aware UTC, moved by `offset` (development only)."""

    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Give the time now."""
        return now() + self.offset


def parse_offset(text: str) -> timedelta | None:
    """Read PUENTE_CLOCK_OFFSET: seconds, or `+2h`, `-30m`, `1d`; None when it is neither."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    sign, number, unit = match.groups()
    offset = timedelta(**{_UNITS[unit]: int(number)})
    return -offset if sign == "-" else offset
