"""Messages that no response carries: leased in batches, each outcome recorded.

States: `waiting`, `leased`, then `sent`, `delivered`, `read`, `failed` as the provider
says; `dead` (given up), `uncertain` (nobody knows whether it was sent) or `dropped` (no
longer wanted when its time came).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, literal, select, update

from storage.due import DueMessage
from storage.ids import new_id
from storage.models import Contact, Halt, Outbox, Pace
from storage.repositories.due import IN_ORDER, Slots, is_wanted, select_due
from storage.repositories.upserts import hold
from storage.times import UtcDateTime
from storage.vocabulary import ANSWERS, LEAST_URGENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row
    from sqlalchemy.orm import Session as Work

    from storage.due import Taken
    from storage.sealing import Sealer

RETRIED_ONCE = frozenset({"reply", "receipt"})
"""Kinds sent a second time when nobody knows what became of the first: these people asked."""

RANKS = {"leased": 0, "queued": 1, "sent": 2, "failed": 3, "delivered": 4, "read": 5}
"""A provider's reports come in any order; a state only ever gives way to a higher one."""

_RECORD_SENT = (
    update(Outbox.__table__)  # type: ignore[arg-type] # a Table, as the many rows at once want
    .where(Outbox.id == bindparam("taken", type_=Outbox.id.type))
    .values(
        state="sent",
        tries=Outbox.tries + 1,
        provider_id=bindparam("given", type_=Outbox.provider_id.type),
        segments=func.coalesce(bindparam("counted", type_=Outbox.segments.type), Outbox.segments),
        sealed_address=None,
        lease_id=None,
        leased_until=None,
        changed_at=bindparam("at", type_=Outbox.changed_at.type),
    )
)


class OutboxRows:
    """The outbox inside one unit."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def lease(  # noqa: PLR0913 - what to lease, for how long, and how fast
        self,
        channel: str,
        now: datetime,
        until: datetime,
        limit: int,
        rate: float = 0,
        *,
        clock: Callable[[], datetime] | None = None,
        answers_alone: bool = False,
    ) -> Sequence[DueMessage]:
        """Take due messages of one channel that nobody else holds: most urgent, oldest first.

        They are to be sent in the order given: of a lease that runs out, only the first
        without an outcome can have been sent, and the others go back. A message waits while
        an earlier one to the same contact is being sent or will be tried again.

        Args:
            channel: its name.
            now: the time.
            until: when the lease runs out.
            limit: how many at most.
            rate: segments a second; the messages then carry their slots, none of them more
                than `AHEAD` from now. 0 for as fast as the channel takes them.
            clock: tells when the rows have been found, and slots can begin; else they begin now.
            answers_alone: leave everything else waiting, as at night.
        """
        if not self._has_work(channel, now):
            return []
        slots = Slots(self._lock_pace(channel, now), now, rate)
        self._end_leases(channel, now)
        if self._is_halted() or not slots.are_free:
            return []
        lease_id = new_id(now)
        urgency = ANSWERS if answers_alone else LEAST_URGENT
        taken: list[DueMessage] = []
        while len(taken) < limit and slots.are_free:
            rows = self._work.execute(
                select_due(channel, now, urgency).limit(limit - len(taken))
            ).all()
            slots.begin(clock() if clock else now)
            dropped = [row.id for row in rows if not is_wanted(row, now)]
            leased = [
                self._open(row, slots.take(row.segments))
                for row in rows
                if row.id not in dropped and slots.are_free
            ]
            self._set(dropped, state="dropped", sealed_address=None, changed_at=now)
            ids = [message.id for message in leased]
            self._set(ids, state="leased", lease_id=lease_id, leased_until=until)
            taken += leased
            if not dropped:
                break
        if taken and rate:
            self._work.execute(
                update(Pace).where(Pace.channel == channel).values(free_at=slots.free_at)
            )
        return taken

    def release(self, message_ids: Sequence[UUID]) -> None:
        """Give back leased messages that were not tried."""
        self._set(message_ids, state="waiting", lease_id=None, leased_until=None)

    def record_sent(self, taken: Sequence[Taken]) -> None:
        """Their provider took them; their addresses are needed no more."""
        rows = [
            {"taken": one.id, "at": one.at, "given": one.provider_id, "counted": one.segments}
            for one in taken
        ]
        self._work.connection().execute(_RECORD_SENT, rows)

    def record_failed(
        self,
        message_id: UUID,
        now: datetime,
        code: str,
        due_at: datetime,
        *,
        is_doubt: bool = False,
    ) -> None:
        """Try again from `due_at` on; `is_doubt` where the provider may have taken it."""
        doubts = Outbox.doubts + int(is_doubt)
        self._end(message_id, now, state="waiting", code=code, due_at=due_at, doubts=doubts)

    def record_uncertain(self, message_id: UUID, now: datetime, code: str) -> None:
        """Nobody knows whether the provider took it; staff see it."""
        self._end(message_id, now, state="uncertain", code=code)

    def record_dead(self, message_id: UUID, now: datetime, code: str) -> None:
        """Given up; staff see it."""
        self._end(message_id, now, state="dead", code=code)

    def record_moved(
        self, message_id: UUID, now: datetime, code: str, channel: str, segments: int
    ) -> None:
        """Its channel will not take it: try another one, from now on."""
        self._end(
            message_id,
            now,
            state="waiting",
            code=code,
            fell_from=Outbox.channel,
            channel=channel,
            segments=segments,
            due_at=now,
        )

    def record_status(
        self, channel: str, provider_id: str, status: str, now: datetime, code: str = ""
    ) -> UUID | None:
        """Note what the provider says later of a message it took; never back to a lower state.

        Returns:
            The contact whose message changed; None for an unknown id and for old news,
            which are no errors.
        """
        lower = [state for state, rank in RANKS.items() if rank < RANKS[status]]
        return self._work.execute(
            update(Outbox)
            .where(Outbox.channel == channel, Outbox.provider_id == provider_id)
            .where(Outbox.provider_id != "", Outbox.state.in_(lower))
            .values(state=status, code=code, changed_at=now)
            .returning(Outbox.contact_id)
        ).scalar()

    def stop_contact(self, contact_id: UUID, now: datetime) -> None:
        """The provider says that this number has left: silence it everywhere."""
        first_at = func.coalesce(Contact.stopped_at, literal(now, UtcDateTime))
        self._work.execute(
            update(Contact)
            .where(Contact.id == contact_id)
            .values(version=Contact.version + 1, stopped_at=first_at)
        )

    def end_leases(self, now: datetime) -> None:
        """End the leases that have run out on any channel, whether or not it still exists."""
        stale = select(Outbox.channel).where(Outbox.state == "leased", Outbox.leased_until <= now)
        for channel in self._work.scalars(stale.distinct().order_by(Outbox.channel)).all():
            self._lock_pace(channel, now)
            self._end_leases(channel, now)

    def _has_work(self, channel: str, now: datetime) -> bool:
        """Look before locking: most looks, one a second on every channel, find nothing."""
        due = select(Outbox.id).where(Outbox.state == "waiting", Outbox.due_at <= now)
        stale = select(Outbox.id).where(Outbox.state == "leased", Outbox.leased_until <= now)
        return any(
            self._work.scalar(query.where(Outbox.channel == channel).limit(1)) is not None
            for query in (due, stale)
        )

    def _lock_pace(self, channel: str, now: datetime) -> datetime:
        """Let one unit at a time lease a channel's messages; gives when its next slot begins."""
        row = hold(self._work, Pace, "channel", Pace.free_at, channel=channel, free_at=now)
        free_at: datetime = row.free_at
        return free_at

    def _is_halted(self) -> bool:
        return self._work.scalar(select(Halt.id)) is not None

    def _end_leases(self, channel: str, now: datetime) -> None:
        lease: UUID | None = None
        rows = self._work.execute(
            select(Outbox.id, Outbox.lease_id, Outbox.kind, Outbox.doubts)
            .where(Outbox.state == "leased", Outbox.leased_until <= now)
            .where(Outbox.channel == channel)
            .order_by(Outbox.lease_id, *IN_ORDER)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            is_in_doubt = row.lease_id != lease
            lease = row.lease_id
            if not is_in_doubt:
                self.release([row.id])
            elif row.kind in RETRIED_ONCE and row.doubts == 0:
                self._end(row.id, now, state="waiting", code="lease", doubts=1)
            else:
                self.record_uncertain(row.id, now, "lease")

    def _end(self, message_id: UUID, now: datetime, **values: Any) -> None:
        values = {"lease_id": None, "leased_until": None, "changed_at": now, **values}
        self._set([message_id], tries=Outbox.tries + 1, **values)

    def _set(self, message_ids: Iterable[UUID], **values: Any) -> None:
        self._work.execute(update(Outbox).where(Outbox.id.in_(message_ids)).values(**values))

    def _open(self, row: Row[*tuple[Any, ...]], send_at: datetime | None) -> DueMessage:
        id_ = row.id.bytes
        return DueMessage(
            id=row.id,
            contact_id=row.contact_id,
            channel=row.channel,
            scheme=row.scheme,
            address=self._sealer.open("outbox.address", id_, row.sealed_address),
            text=self._sealer.open("outbox", id_, row.sealed_text),
            kind=row.kind,
            tries=row.tries,
            doubts=row.doubts,
            created_at=row.created_at,
            language=row.language or "es",
            seen_at=row.seen_at,
            buttons=tuple((digit, title) for digit, title in json.loads(row.buttons or "[]")),
            send_at=send_at,
            fell_from=row.fell_from,
            cause_id=row.cause_id,
        )
