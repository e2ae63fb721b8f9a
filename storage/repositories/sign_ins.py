"""Wrong passwords: counted one attempt at a time, however many come at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from storage.attempts import Attempts
from storage.models import SignInAttempts
from storage.repositories.upserts import hold

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class SignIns:
    """Counts kept under a key: a keyed hash of an account or of an address."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def lock(self, key: str, now: datetime) -> Attempts:
        """Read what is counted under a key; who asks next waits until we have committed.

        Args:
            key: locked keys of one unit must be asked for in ascending order.
            now: when counting begins, where nothing is counted yet.
        """
        columns = (SignInAttempts.wrong, SignInAttempts.since_at, SignInAttempts.locked_until)
        first = {"wrong": 0, "since_at": now, "locked_until": None}
        row = hold(self._work, SignInAttempts, "key", *columns, key=key, **first)
        return Attempts(row.wrong, row.since_at, row.locked_until)

    def save(self, key: str, attempts: Attempts) -> None:
        """Remember what is counted under a locked key."""
        self._work.execute(
            update(SignInAttempts)
            .where(SignInAttempts.key == key)
            .values(
                wrong=attempts.wrong,
                since_at=attempts.since_at,
                locked_until=attempts.locked_until,
            )
        )
