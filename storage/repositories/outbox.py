"""Messages that no response carries: leased in batches, each outcome recorded.

States: `waiting`, `leased`, then `sent`, `delivered`, `read`, `failed` as the provider
says; `dead` (given up), `uncertain` (nobody knows whether it was sent) or `dropped` (no
longer wanted when its time came).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select, update

from storage.ids import new_id
from storage.models import Contact, Outbox, Session
from storage.records import DueMessage
from storage.times import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session as Work

    from storage.sealing import Sealer

RETRIED_ONCE = frozenset({"reply", "receipt"})
"""Kinds sent a second time when nobody knows what became of the first: these people asked."""

RANKS = {"leased": 0, "queued": 1, "sent": 2, "failed": 3, "delivered": 4, "read": 5}
"""A provider's reports come in any order; a state only ever gives way to a higher one."""


class OutboxRows:
    """The outbox inside one unit."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def lease(
        self, channel: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueMessage]:
        """Take due messages of one channel that nobody else holds, oldest first.

        They are to be sent in the order given: of a lease that runs out, only the first
        without an outcome can have been sent, and the others go back.
        """
        self._end_leases(channel, now)
        wanted: list[Row[*tuple[Any, ...]]] = []
        while len(wanted) < limit:
            rows = self._work.execute(_due(channel, now).limit(limit - len(wanted))).all()
            if not rows:
                break
            kept = [row for row in rows if _is_wanted(row)]
            dropped = [row.id for row in rows if not _is_wanted(row)]
            self._set(dropped, state="dropped", sealed_address=None, changed_at=now)
            leased = [row.id for row in kept]
            self._set(leased, state="leased", lease_id=new_id(now), leased_until=until)
            wanted += kept
        return [self._open(row) for row in wanted]

    def release(self, message_ids: Sequence[UUID]) -> None:
        """Give back leased messages that were not tried."""
        self._set(message_ids, state="waiting", lease_id=None, leased_until=None)

    def record_sent(
        self, message_id: UUID, now: datetime, provider_id: str, segments: int | None
    ) -> None:
        """The provider took it; its address is needed no more."""
        self._end(
            message_id,
            now,
            state="sent",
            provider_id=provider_id,
            sealed_address=None,
            segments=Outbox.segments if segments is None else segments,
        )

    def record_failed(self, message_id: UUID, now: datetime, code: str, due_at: datetime) -> None:
        """Try again from `due_at` on."""
        self._end(message_id, now, state="waiting", code=code, due_at=due_at)

    def record_uncertain(self, message_id: UUID, now: datetime, code: str) -> None:
        """Nobody knows whether the provider took it; staff see it."""
        self._end(message_id, now, state="uncertain", code=code)

    def record_dead(self, message_id: UUID, now: datetime, code: str) -> None:
        """Given up; staff see it."""
        self._end(message_id, now, state="dead", code=code)

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

    def count_waiting(self) -> dict[str, int]:
        """Count what waits to be sent or is being sent, by channel."""
        rows = self._work.execute(
            select(Outbox.channel, func.count())
            .where(Outbox.state.in_(("waiting", "leased")))
            .group_by(Outbox.channel)
        )
        return {row[0]: row[1] for row in rows}

    def _end_leases(self, channel: str, now: datetime) -> None:
        lease: UUID | None = None
        rows = self._work.execute(
            select(Outbox.id, Outbox.lease_id, Outbox.kind, Outbox.tries)
            .where(Outbox.state == "leased", Outbox.leased_until <= now)
            .where(Outbox.channel == channel)
            .order_by(Outbox.lease_id, Outbox.due_at, Outbox.id)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            is_in_doubt = row.lease_id != lease
            lease = row.lease_id
            if not is_in_doubt:
                self.release([row.id])
            elif row.kind in RETRIED_ONCE and row.tries == 0:
                self._end(row.id, now, state="waiting", code="lease")
            else:
                self.record_uncertain(row.id, now, "lease")

    def _end(self, message_id: UUID, now: datetime, **values: Any) -> None:
        values = {"lease_id": None, "leased_until": None, "changed_at": now, **values}
        self._set([message_id], tries=Outbox.tries + 1, **values)

    def _set(self, message_ids: Iterable[UUID], **values: Any) -> None:
        self._work.execute(update(Outbox).where(Outbox.id.in_(message_ids)).values(**values))

    def _open(self, row: Row[*tuple[Any, ...]]) -> DueMessage:
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
            created_at=row.created_at,
            language=row.language or "es",
            seen_at=row.seen_at,
            buttons=tuple((digit, title) for digit, title in json.loads(row.buttons or "[]")),
        )


def _due(channel: str, now: datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Outbox.id,
            Outbox.contact_id,
            Outbox.channel,
            Outbox.scheme,
            Outbox.sealed_address,
            Outbox.sealed_text,
            Outbox.buttons,
            Outbox.kind,
            Outbox.tries,
            Outbox.created_at,
            Outbox.only_if_turns,
            Session.turns,
            Session.language,
            Contact.seen_at,
            Contact.stopped_at,
        )
        .join(Contact, Contact.id == Outbox.contact_id)
        .outerjoin(Session, Session.id == Outbox.session_id)
        .where(Outbox.state == "waiting", Outbox.channel == channel, Outbox.due_at <= now)
        .order_by(Outbox.due_at, Outbox.id)
        .with_for_update(of=Outbox, skip_locked=True)
    )


def _is_wanted(row: Row[*tuple[Any, ...]]) -> bool:
    if row.only_if_turns is not None and row.only_if_turns != row.turns:
        return False
    # The one confirmation of leaving is written with the very turn that leaves.
    is_last_word = row.kind == "reply" and row.stopped_at and row.created_at >= row.stopped_at
    return row.stopped_at is None or bool(is_last_word)
