"""How many messages a channel may still send today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from storage.models import Allowance
from storage.repositories.upserts import hold

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

DAY = timedelta(days=1)


class Allowances:
    """Daily allowances inside one unit."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def count_left(self, channel: str, now: datetime, daily: int) -> int:
        """Count what a channel may still send in the day that began with its first message.

        Nobody else can count or spend on this channel until the unit ends.
        """
        since_at: datetime
        spent: int
        columns = (Allowance.since_at, Allowance.spent)
        since_at, spent = hold(
            self._work, Allowance, "channel", *columns, channel=channel, since_at=now, spent=0
        )
        if since_at + DAY <= now:
            self._set(channel, since_at=now, spent=0)
            spent = 0
        return max(0, daily - spent)

    def spend(self, channel: str, count: int) -> None:
        """Count messages as sent, once `count_left` has been asked."""
        self._set(channel, spent=Allowance.spent + count)

    def _set(self, channel: str, **values: object) -> None:
        self._work.execute(update(Allowance).where(Allowance.channel == channel).values(**values))
