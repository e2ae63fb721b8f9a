"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # a Monday, 9 in the morning in Guatemala


class Clock:
    """Call it for the time; `advance` moves it."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Let time pass, and give the new time."""
        self._now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self._now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still at a Monday morning, aware UTC."""
    return Clock()
