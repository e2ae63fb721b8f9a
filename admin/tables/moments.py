"""Times as exports write them: ISO 8601 with the offset of where it is read."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

DAY = len("2026-03-02")
MINUTE = len("2026-03-02T20:32")
SECOND = len("2026-03-02T20:32:05")
REMEMBERED = 2_000
"""Minutes kept at hand: people write at the same hours, and a conversation takes a few of them."""


class MomentWriter:
    """Writes UTC times elsewhere, each minute reckoned once: a calendar costs more than a row."""

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self._find = lru_cache(REMEMBERED)(self._reckon)

    def write(self, moment: str) -> str:
        """Write a time that is given as ISO 8601 in UTC, to the second; the rest is left out."""
        minute, offset = self._find(moment[:MINUTE])
        return f"{minute}{moment[MINUTE:SECOND]}{offset}"

    def write_day(self, moment: str) -> str:
        """Write its day alone."""
        minute, _ = self._find(moment[:MINUTE])
        return minute[:DAY]

    def _reckon(self, minute: str) -> tuple[str, str]:
        # Since 1972 no zone has an offset with seconds, and none changes within a minute.
        utc = datetime.fromisoformat(f"{minute}:00+00:00")
        there = utc.astimezone(self._timezone).isoformat(timespec="seconds")
        return there[:MINUTE], there[SECOND:]
