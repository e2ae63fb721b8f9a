"""How many wrong passwords are too many: for one account, and from one address.

Pure: what was counted so far and the time go in, what is to be remembered comes out. An
account nobody has is counted like any other, so that a lock tells nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.attempts import Attempts

if TYPE_CHECKING:
    from datetime import datetime

WINDOW = timedelta(minutes=15)
"""Wrong passwords further apart than this have nothing to do with each other."""
LOCK = timedelta(minutes=15)
ACCOUNT_LIMIT = 10
"""A person who forgot hers gives up before; a program gets 40 guesses an hour."""
ADDRESS_LIMIT = 50
"""A whole office may share one address."""


def is_locked(attempts: Attempts, now: datetime) -> bool:
    """Tell whether no further attempt is looked at for now."""
    return attempts.locked_until is not None and now < attempts.locked_until


def count_attempt(before: Attempts, now: datetime, limit: int) -> Attempts:
    """Count one more attempt, which is looked at; the last one allowed locks what follows.

    Call it only where `before` is not locked.
    """
    if before.locked_until is not None or now - before.since_at >= WINDOW:
        before = Attempts(0, now)
    wrong = before.wrong + 1
    return Attempts(wrong, before.since_at, now + LOCK if wrong >= limit else None)


def forgive_attempt(before: Attempts) -> Attempts:
    """Take one attempt back: its password was right."""
    return Attempts(before.wrong - 1, before.since_at)
