"""Wrong passwords: counted one attempt at a time, however many come at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from storage.attempts import Attempts
from storage.models import SignInAttempts

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
        dialect = self._work.get_bind().dialect.name
        insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
        kept = insert(SignInAttempts).values(key=key, wrong=0, since_at=now, locked_until=None)
        row = self._work.execute(
            # Updating nothing locks the row, and gives it back as it is.
            kept.on_conflict_do_update(index_elements=["key"], set_={"key": key}).returning(
                SignInAttempts.wrong, SignInAttempts.since_at, SignInAttempts.locked_until
            )
        ).one()
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
