"""Broadcasts and whom they go to: a list read once, given to the outbox little by little."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from storage.broadcasts import BroadcastRecord, Disposition, Results
from storage.ids import new_id
from storage.models import (
    AddressHash,
    Broadcast,
    Contact,
    Invitee,
    Outbox,
    Person,
    Session,
    Suppression,
)
from storage.records import NewOutgoing
from storage.repositories.dispositions import select_dispositions
from storage.repositories.due_chores import INVITE
from storage.repositories.strangers import SCHEME, add_stranger
from storage.turns.outgoing import Recipient, outgoing_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

    from storage.repositories.due_chores import DueChores
    from storage.sealing import Sealer

AT_ONCE = 200
"""Numbers looked up in one statement."""

LOST = ("dead", "failed", "uncertain")
WAITING = "waiting"
KIND = "invitation"
FIELDS = tuple(field.name for field in fields(BroadcastRecord))


class Broadcasts:
    """Broadcasts inside one unit."""

    def __init__(self, work: Work, sealer: Sealer, chores: DueChores) -> None:
        self._work = work
        self._sealer = sealer
        self._chores = chores

    def add(self, new: BroadcastRecord, numbers: Iterable[str]) -> Mapping[str, int]:
        """Add a broadcast and whom it goes to, each number once; give how many, by state.

        Args:
            new: in the state `trial`.
            numbers: in E.164.
        """
        self._work.execute(insert(Broadcast).values({one: getattr(new, one) for one in FIELDS}))
        counts: Counter[str] = Counter()
        for some in _split(dict.fromkeys(numbers)):
            found = self._look_up(new.consultation_id, some)
            rows = [self._make_row(new, number, found[number]) for number in some]
            self._work.execute(insert(Invitee), rows)
            counts.update(row["state"] for row in rows)
        return counts

    def find(self, broadcast_id: UUID) -> BroadcastRecord | None:
        """Find a broadcast."""
        return next(iter(self._select(Broadcast.id == broadcast_id)), None)

    def get(self, broadcast_id: UUID) -> BroadcastRecord:
        """Give a broadcast that is known to be there."""
        (found,) = self._select(Broadcast.id == broadcast_id)
        return found

    def list(self, consultation_id: UUID | None = None) -> Sequence[BroadcastRecord]:
        """List all broadcasts, or those of a consultation, the newest first."""
        if consultation_id is None:
            return self._select()
        return self._select(Broadcast.consultation_id == consultation_id)

    def set_state(
        self,
        broadcast_id: UUID,
        state: str,
        at: datetime,
        why: str = "",
        *,
        only_from: Collection[str],
    ) -> bool:
        """Let a broadcast run from a time on, or not; one that is cancelled keeps no number.

        Args:
            broadcast_id: which.
            state: the new one.
            at: from when on losses count against it.
            why: it is paused.
            only_from: the states it may be in; in another one, whoever changed it, it stays.

        Returns:
            Whether it was in one of them.
        """
        values: dict[str, Any] = {"state": state, "why": why}
        if state == "running":
            values["watched_at"] = at
        moved = self._work.scalar(
            update(Broadcast)
            .where(Broadcast.id == broadcast_id, Broadcast.state.in_(only_from))
            .values(values)
            .returning(Broadcast.id)
        )
        if moved is None:
            return False
        if state == "running":
            self._chores.put(INVITE, broadcast_id, at)
        else:
            self._chores.drop(INVITE, broadcast_id)
        if state == "cancelled":
            of_it = update(Invitee).where(*_waits_in(broadcast_id))
            self._work.execute(of_it.values(sealed_address=None))
        return True

    def set_budget(self, broadcast_id: UUID, budget: int) -> None:
        """Allow a broadcast to cost more, or less."""
        this = update(Broadcast).where(Broadcast.id == broadcast_id)
        self._work.execute(this.values(budget=budget))

    def count_waiting(self, broadcast_id: UUID) -> int:
        """Count whom it still has to write to."""
        return self._work.scalar(select(func.count()).where(*_waits_in(broadcast_id))) or 0

    def count_results(self, broadcast: BroadcastRecord) -> Results:
        """Count how its messages stand."""
        count = func.count()
        waits = Outbox.state.in_(("waiting", "leased"))
        since = Outbox.created_at >= broadcast.watched_at
        row = self._work.execute(
            select(
                count,
                count.filter(waits),
                count.filter(~waits, since),
                count.filter(Outbox.state.in_(LOST), since),
            )
            .select_from(Invitee)
            .join(Outbox, Outbox.id == Invitee.message_id)
            .where(Invitee.broadcast_id == broadcast.id)
        ).one()
        return Results(*row)

    def queue(self, broadcast: BroadcastRecord, now: datetime, limit: int) -> int:
        """Give the next ones to the outbox; give how many were looked at.

        Who asked to be forgotten, left or began by herself since the list was read gets nothing.
        """
        rows = self._work.execute(
            select(Invitee.id, Invitee.sealed_address)
            .where(*_waits_in(broadcast.id))
            .order_by(Invitee.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        numbers = {
            row.id: self._sealer.open("invitee", row.id.bytes, row.sealed_address) for row in rows
        }
        found: dict[str, tuple[str, UUID | None]] = {}
        for some in _split(numbers.values()):
            found |= self._look_up(broadcast.consultation_id, some)
        for row in rows:
            number = numbers[row.id]
            state, contact_id = found[number]
            values: dict[str, Any] = {"state": state, "sealed_address": None}
            if state == WAITING:
                contact_id, message_id = self.send(broadcast, number, now, contact_id)
                values |= {"state": "queued", "message_id": message_id}
            values["contact_id"] = contact_id
            self._work.execute(update(Invitee).where(Invitee.id == row.id).values(values))
        return len(rows)

    def send(
        self, broadcast: BroadcastRecord, number: str, now: datetime, contact_id: UUID | None
    ) -> tuple[UUID, UUID]:
        """Give one message to the outbox, and the contact's and its own id."""
        if contact_id is None:
            contact_id = add_stranger(self._work, self._sealer, number, now)
        person_id = self._work.scalars(
            select(Contact.person_id).where(Contact.id == contact_id)
        ).one()
        message = NewOutgoing(
            id=new_id(now),
            channel=broadcast.channel,
            text=broadcast.text,
            due_at=now,
            created_at=now,
            session_id=None,
            kind=KIND,
            segments=broadcast.segments,
        )
        to = Recipient(contact_id, person_id, SCHEME, number)
        self._work.execute(insert(Outbox).values(outgoing_row(self._sealer, message, to)))
        return contact_id, message.id

    def try_on(self, broadcast: BroadcastRecord, number: str, now: datetime) -> str:
        """Send the text to one number that is not counted; give `waiting`, or why it gets none."""
        state, contact_id = self._look_up(broadcast.consultation_id, [number])[number]
        if state == "taking_part":  # whoever tries it may have answered
            state = WAITING
        if state == WAITING:
            self.send(broadcast, number, now, contact_id)
        return state

    def count_dispositions(self, broadcast_id: UUID) -> Mapping[Disposition, int]:
        """Say of everybody on the list how she stands; the counts add up to the list."""
        rows = self._work.execute(select_dispositions().where(Invitee.broadcast_id == broadcast_id))
        return Counter(Disposition(*row) for row in rows)

    def _select(self, *where: Any) -> Sequence[BroadcastRecord]:
        columns = [getattr(Broadcast, name) for name in FIELDS]
        newest = (Broadcast.created_at.desc(), Broadcast.id)
        rows = self._work.execute(select(*columns).where(*where).order_by(*newest))
        return [BroadcastRecord(*row) for row in rows]

    def _make_row(
        self, new: BroadcastRecord, number: str, found: tuple[str, UUID | None]
    ) -> dict[str, Any]:
        state, contact_id = found
        id_ = new_id(new.created_at)
        sealed = self._sealer.seal("invitee", id_.bytes, number) if state == WAITING else None
        return {
            "id": id_,
            "broadcast_id": new.id,
            "hash": self._sealer.hashes("address", SCHEME, number)[0][1],
            "sealed_address": sealed,
            "state": state,
            "contact_id": contact_id,
            "message_id": None,
        }

    def _look_up(
        self, consultation_id: UUID, numbers: Sequence[str]
    ) -> dict[str, tuple[str, UUID | None]]:
        """Say of each number whether it may be invited, and whose it is."""
        owners = {
            hashed: number
            for number in numbers
            for _, hashed in self._sealer.hashes("address", SCHEME, number)
        }
        gone = select(Suppression.hash).where(Suppression.hash.in_(list(owners)))
        suppressed = {owners[hashed] for hashed in self._work.scalars(gone)}
        begun = (
            select(Session.id)
            .join(Person, Person.id == Session.person_id)
            .where(Person.contact_id == Contact.id, Session.consultation_id == consultation_id)
            .exists()
        )
        rows = self._work.execute(
            select(AddressHash.hash, Contact.id, Contact.stopped_at, begun.label("has_begun"))
            .join(Contact, Contact.id == AddressHash.contact_id)
            .where(AddressHash.hash.in_(list(owners)))
        )
        found: dict[str, tuple[str, UUID | None]] = dict.fromkeys(numbers, (WAITING, None))
        for row in rows:
            state = "left" if row.stopped_at else "taking_part" if row.has_begun else WAITING
            found[owners[row.hash]] = (state, row.id)
        return found | dict.fromkeys(suppressed, ("suppressed", None))


def _waits_in(broadcast_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Who is still to be written to; of who never will be the number is gone."""
    return (
        Invitee.broadcast_id == broadcast_id,
        Invitee.state == WAITING,
        Invitee.sealed_address.is_not(None),
    )


def _split(numbers: Iterable[str]) -> Iterable[list[str]]:
    listed = list(numbers)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
