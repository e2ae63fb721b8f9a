"""What the scheduler does from time to time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.retries import EXPIRED
from bot.scheduler import Chore

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Database
    from storage.repositories.retention import Retention

KEEP_CLAIMS = timedelta(days=30)
"""No provider delivers a message again after so long (an Android gateway tries for two days)."""

KEEP_DIALOGS = timedelta(days=1)
"""A USSD session lasts minutes; its screen is of no use to the next one."""

KEEP_SIGN_INS = timedelta(days=2)
"""Wrong passwords are counted and locks last for less (`admin/signin/guard.py`)."""

HOURLY = timedelta(hours=1)
EACH_SECOND = timedelta(seconds=1)
EACH_MINUTE = timedelta(minutes=1)

TOO_LATE = timedelta(days=7)
"""What waits so long after its time has a channel that is gone, or was stopped: it is no news
any more. Longer than any kind's own deadline (`bot/retries.py`), and than any holidays."""


def make_chores(database: Database) -> tuple[Chore, ...]:
    """Say what there is to do for this database."""

    def prune(
        old: timedelta, delete: Callable[[Retention, datetime], int]
    ) -> Callable[[datetime], None]:
        def run(now: datetime) -> None:
            deleted = 1
            while deleted:
                with database.unit() as unit:
                    deleted = delete(unit.retention, now - old)

        return run

    def sweep(now: datetime) -> None:
        with database.unit() as unit:
            unit.outbox.end_leases(now)
            unit.sending.give_up(now - TOO_LATE, now, EXPIRED)

    def prune_sign_ins(now: datetime) -> None:
        with database.unit() as unit:
            unit.sign_ins.prune(now - KEEP_SIGN_INS)

    def seal(_now: datetime) -> None:
        with database.reading() as unit:  # most seconds there is nothing to write
            is_waiting = unit.audit.has_unsealed()
        while is_waiting:
            with database.unit() as unit:
                is_waiting = unit.audit.seal() > 0

    return (
        Chore("seal_audit", EACH_SECOND, seal),
        Chore("sweep_outbox", EACH_MINUTE, sweep),
        Chore("prune_sign_ins", HOURLY, prune_sign_ins),
        Chore("prune_claims", HOURLY, prune(KEEP_CLAIMS, lambda kept, at: kept.prune_claims(at))),
        Chore(
            "prune_dialogs", HOURLY, prune(KEEP_DIALOGS, lambda kept, at: kept.prune_dialogs(at))
        ),
    )
