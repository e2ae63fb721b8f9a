"""Invitations go out little by little, while it is day and nothing speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.faults import describe
from bot.scheduler import Chore
from storage.errors import DatabaseAwayError
from storage.repositories.due_chores import INVITE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from bot.pacing import Lane
    from storage.broadcasts import BroadcastRecord
    from storage.database import Database
    from storage.unit import Unit

EVERY = timedelta(seconds=10)

AHEAD_SECONDS = 30
"""How much sending stands in the outbox: a pause takes no longer to be felt."""
MOST_AHEAD = 200
"""The same where a channel has no pace."""

LOOKED_AT = 20
"""Messages after which losses mean something."""
MOST_LOST = 0.2
"""More than this share lost: the list or the channel is bad, and each costs money."""

RUNNING = ("running",)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Inviter:
    """Feeds the outbox from broadcasts that run.

    Attributes:
        lanes: channel -> its pace.
        is_decent: tells whether people may be written to who have not just written.
    """

    database: Database
    lanes: Mapping[str, Lane]
    is_decent: Callable[[datetime], bool]

    @property
    def chores(self) -> tuple[Chore, ...]:
        """What the scheduler is to do."""
        return (Chore("invite", EVERY, self.run),)

    def run(self, now: datetime) -> None:
        """Give the outbox what it can take; of two schedulers at once each broadcast is one's.

        One that fails is told, and keeps nobody of another waiting.
        """
        with self.database.reading() as unit:
            found = unit.due_chores.list(INVITE, now)
        for due in found:
            try:
                with self.database.unit() as unit:
                    if unit.due_chores.move(due, now + EVERY):
                        self._feed(unit, due.subject, now)
            except DatabaseAwayError:
                raise  # of all of them, and the scheduler's to tell
            except Exception as error:  # noqa: BLE001 - as said above
                _log.error("broadcast_failed", broadcast=str(due.subject), **describe(error))

    def _feed(self, unit: Unit, broadcast_id: UUID, now: datetime) -> None:
        broadcast = unit.broadcasts.find(broadcast_id)
        if broadcast is None:
            return
        results = unit.broadcasts.count_results(broadcast)
        room = self._count_ahead(broadcast) - results.waiting
        if not unit.consultations.is_open(broadcast.consultation_id, now):
            self._pause(unit, broadcast, now, "closed")
        elif results.ended >= LOOKED_AT and results.lost > MOST_LOST * results.ended:
            self._pause(unit, broadcast, now, "losses")
        elif not unit.broadcasts.count_waiting(broadcast_id):
            unit.broadcasts.set_state(broadcast_id, "done", now, only_from=RUNNING)
        elif self.is_decent(now) and room > 0:
            left = count_affordable(broadcast, results.total)
            if left == 0:
                self._pause(unit, broadcast, now, "budget")
            else:
                unit.broadcasts.queue(broadcast, now, room if left is None else min(room, left))

    def _count_ahead(self, broadcast: BroadcastRecord) -> int:
        lane = self.lanes.get(broadcast.channel)
        if lane is None or not lane.rate:
            return MOST_AHEAD
        return max(1, min(MOST_AHEAD, int(AHEAD_SECONDS * lane.rate / broadcast.segments)))

    def _pause(self, unit: Unit, broadcast: BroadcastRecord, now: datetime, why: str) -> None:
        unit.broadcasts.set_state(broadcast.id, "paused", now, why, only_from=RUNNING)
        _log.warning("broadcast_paused", broadcast=str(broadcast.id), why=why)


def count_affordable(broadcast: BroadcastRecord, sent: int) -> int | None:
    """Count how many more messages the budget pays for; None where there is no limit."""
    if broadcast.budget is None or not broadcast.cost:
        return None
    return max(0, broadcast.budget // broadcast.cost - sent)
