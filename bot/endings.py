"""Conversations end by themselves: after a month of silence, and when their consultation closes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.scheduler import Chore
from storage.repositories.due_chores import CLOSE

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database

EXPIRE_AFTER = timedelta(days=30)
"""Nobody comes back after so long of silence; whoever does goes on where she was."""

ONCE_MORE = timedelta(days=1)
"""A turn taken before the closing may be written after it, from a host's spool too."""

EACH_MINUTE = timedelta(minutes=1)


def make_endings(database: Database) -> tuple[Chore, ...]:
    """Say what ends conversations in this database."""

    def expire(now: datetime) -> None:
        due = 1
        while due:
            with database.unit() as unit:
                due = unit.endings.expire(now, EXPIRE_AFTER)

    def close(now: datetime) -> None:
        with database.reading() as unit:
            found = unit.due_chores.list(CLOSE, now)
        for due in found:
            ended, all_ended = 1, 0
            while ended:
                with database.unit() as unit:
                    ended = unit.endings.close(due.subject, now)
                all_ended += ended
            with database.unit() as unit:
                if all_ended:
                    unit.due_chores.move(due, now + ONCE_MORE)
                else:
                    unit.due_chores.end(due)

    return (Chore("expire_sessions", EACH_MINUTE, expire), Chore("close", EACH_MINUTE, close))
