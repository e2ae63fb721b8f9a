"""What the scheduler does from time to time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.retries import EXPIRED
from bot.scheduler import Chore
from storage.repositories.due_chores import SEAL

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database

HOURLY = timedelta(hours=1)
EACH_SECOND = timedelta(seconds=1)
EACH_MINUTE = timedelta(minutes=1)

TOO_LATE = timedelta(days=7)
"""What waits so long after its time has a channel that is gone, or was stopped: it is no news
any more. Longer than any kind's own deadline (`bot/retries.py`), and than any holidays."""


def make_chores(database: Database) -> tuple[Chore, ...]:
    """Say what there is to do for this database."""

    def sweep(now: datetime) -> None:
        with database.unit() as unit:
            unit.outbox.end_leases(now)
            unit.sending.give_up(now - TOO_LATE, now, EXPIRED)

    def drop_files(now: datetime) -> None:
        with database.unit() as unit:
            unit.export_jobs.drop_files(now)

    def seal(now: datetime) -> None:
        with database.reading() as unit:  # most seconds there is nothing to write
            found = unit.due_chores.list(SEAL, now) if unit.audit.has_unsealed() else ()
        for due in found:
            with database.unit() as unit:
                is_ours = unit.due_chores.move(due, now + EACH_SECOND)
            while is_ours:
                with database.unit() as unit:
                    is_ours = unit.audit.seal() > 0

    return (
        Chore("seal_audit", EACH_SECOND, seal),
        Chore("sweep_outbox", EACH_MINUTE, sweep),
        Chore("drop_files", HOURLY, drop_files),
    )
