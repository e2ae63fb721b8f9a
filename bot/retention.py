"""Once a night what had its day is deleted (`storage.repositories.retention.RETENTION`)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.scheduler import Chore
from storage.repositories.due_chores import RETAIN
from storage.repositories.retention import RETENTION

if TYPE_CHECKING:
    from datetime import tzinfo

    from storage.database import Database

NIGHT = time(3)
"""When fewest people write."""

FORGET_AFTER = timedelta(days=730)
"""A number nobody wrote from for so long is deleted: it may long be somebody else's."""
FORGOTTEN_AT_ONCE = 500

EACH_MINUTE = timedelta(minutes=1)


def make_retention(database: Database, timezone: tzinfo) -> tuple[Chore, ...]:
    """Say what deletes what had its day in this database.

    Args:
        database: which.
        timezone: where the night is.
    """

    def run(now: datetime) -> None:
        with database.reading() as unit:
            found = unit.due_chores.list(RETAIN, now)
        for due in found:
            with database.unit() as unit:
                is_ours = unit.due_chores.move(due, find_next_night(now, timezone))
            if is_ours:
                _prune(database, now)

    return (Chore("retain", EACH_MINUTE, run),)


def find_next_night(now: datetime, timezone: tzinfo) -> datetime:
    """Find the time of the next night's deletions."""
    local = now.astimezone(timezone)
    night = datetime.combine(local.date(), NIGHT, timezone)
    return night if night > local else night + timedelta(days=1)


def _prune(database: Database, now: datetime) -> None:
    for kept in RETENTION:
        deleted = 1
        while deleted:
            with database.unit() as unit:
                deleted = unit.retention.prune(kept, now)
    forgotten = 1
    while forgotten:
        with database.unit() as unit:
            forgotten = unit.deletions.forget_silent(now - FORGET_AFTER, now, FORGOTTEN_AT_ONCE)
