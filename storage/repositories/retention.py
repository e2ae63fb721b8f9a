"""What is not kept for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from storage.models import Claim, Dialog

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE = 5_000
"""Rows deleted in one unit, so that nobody waits long for it."""


class Retention:
    """Deletes what has had its day, a batch per unit: call again while a batch was full."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def prune_claims(self, before: datetime, limit: int = AT_ONCE) -> int:
        """Delete claims from before a time, and how many: their deliveries will not return."""
        stale = select(Claim.hash).where(Claim.at < before).order_by(Claim.at).limit(limit)
        gone = delete(Claim).where(Claim.hash.in_(stale)).returning(Claim.hash)
        return len(self._work.execute(gone).all())

    def prune_dialogs(self, before: datetime, limit: int = AT_ONCE) -> int:
        """Delete the screens of USSD sessions from before a time, and give how many."""
        stale = select(Dialog.hash).where(Dialog.at < before).order_by(Dialog.at).limit(limit)
        gone = delete(Dialog).where(Dialog.hash.in_(stale)).returning(Dialog.hash)
        return len(self._work.execute(gone).all())
