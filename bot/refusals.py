"""Why a channel's requests were refused lately: what `puente doctor` explains.

One small file a channel in the data folder, written by whichever process refuses and read by
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

FRESH = timedelta(seconds=10)
"""The same reason within this time is not written again: a flood must cost nothing."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason, as `Refused` names it, and when it last was one."""

    reason: str
    at: datetime


class RefusalMemory:
    """The last time each channel refused for each reason."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._written: dict[tuple[str, str], datetime] = {}
        self._outage = Outage("refusal_memory")

    def remember(self, channel: str, reason: str) -> None:
        """Keep a reason; a disk that is full or away is told once and disturbs nobody."""
        now = self._clock()
        written_at = self._written.get((channel, reason))
        if written_at is not None and now < written_at + FRESH:
            return
        self._written[channel, reason] = now
        try:
            times = {one.reason: one.at for one in self.find(channel)} | {reason: now}
            self._write(channel, {why: at.isoformat() for why, at in times.items()})
        except OSError as error:
            self._outage.begin(error)
        else:
            self._outage.end()

    def find(self, channel: str) -> list[Refusal]:
        """Give a channel's refusals, the latest first; none where nothing was kept."""
        try:
            kept = json.loads(self._path(channel).read_text(encoding="utf-8"))
            found = [Refusal(why, datetime.fromisoformat(at)) for why, at in kept.items()]
        except (FileNotFoundError, ValueError):
            return []
        return sorted(found, key=lambda refusal: refusal.at, reverse=True)

    def _path(self, channel: str) -> Path:
        return self._folder / f"{channel}.json"

    def _write(self, channel: str, times: dict[str, str]) -> None:
        # Written beside and moved, so that no reader ever sees half a file.
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=f".{channel}")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(times, file)
        os.replace(name, self._path(channel))  # noqa: PTH105 - `name` is mkstemp's text
