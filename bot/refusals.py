"""What became of a channel's requests lately, for `puente doctor`: accepted, or why refused.

One small file a channel in the data folder, written by whichever process answers and read by
the doctor in another. It holds reasons and times, never what was sent.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.faults import Outage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACCEPTED = "accepted"
"""Stands among the reasons for a request that showed whose it was: strangers' count for nothing."""
FRESH = timedelta(seconds=10)
"""The same within this time is not written again: a flood must cost nothing."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason, as `Refused` names it, and when it last was one."""

    reason: str
    at: datetime


class RefusalMemory:
    """The last time each channel accepted a request, and refused one for each reason."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._written: dict[tuple[str, str], datetime] = {}
        self._outage = Outage("refusal_memory")

    def remember(self, channel: str, reason: str) -> None:
        """Keep a reason, or `ACCEPTED`; a full disk is told once and disturbs nobody."""
        now = self._clock()
        written_at = self._written.get((channel, reason))
        if written_at is not None and now < written_at + FRESH:
            return
        self._written[channel, reason] = now
        try:
            times = self._read(channel) | {reason: now}
            self._write(channel, {why: at.isoformat() for why, at in times.items()})
        except OSError as error:
            self._outage.begin(error)
        else:
            self._outage.end()

    def find(self, channel: str) -> list[Refusal]:
        """Give a channel's refusals, the latest first; none where nothing was kept."""
        found = [Refusal(why, at) for why, at in self._read(channel).items() if why != ACCEPTED]
        return sorted(found, key=lambda refusal: refusal.at, reverse=True)

    def find_accepted(self, channel: str) -> datetime | None:
        """Give the time of the last request that was the provider's, or None."""
        return self._read(channel).get(ACCEPTED)

    def _read(self, channel: str) -> dict[str, datetime]:
        try:
            kept = json.loads(self._path(channel).read_text(encoding="utf-8"))
            return {why: datetime.fromisoformat(at) for why, at in kept.items()}
        except (FileNotFoundError, ValueError):
            return {}

    def _path(self, channel: str) -> Path:
        return self._folder / f"{channel}.json"

    def _write(self, channel: str, times: dict[str, str]) -> None:
        # Written beside and moved, so that no reader ever sees half a file.
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=f".{channel}")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(times, file)
        os.replace(name, self._path(channel))  # noqa: PTH105 - `name` is mkstemp's text
